"""Account, tax and social security numbers whose check digits are right, and how to break them."""

from collections.abc import Callable
from random import Random

_IBAN_BODY = {
    "DE": "n" * 18,
    "AT": "n" * 16,
    "BE": "n" * 12,
    "ES": "n" * 20,
    "FR": "n" * 23,
    "GB": "a" * 4 + "n" * 14,
    "IT": "a" + "n" * 22,
    "NL": "a" * 4 + "n" * 10,
}
_EIN_PREFIXES = (10, 12, 20, 26, 27, 35, 36, 41, 45, 46, 47, 54, 61, 68, 74, 77, 81, 82, 84, 88, 94)
_CIF_CONTROL = "JABCDEFGHI"


def _digits(random: Random, count: int) -> str:
    return "".join(str(random.randrange(10)) for _ in range(count))


def _as_number(text: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in text))


def draw_iban(random: Random, country: str) -> str:
    """An IBAN in groups of four whose checksum (ISO 7064 mod 97-10) holds."""
    body = "".join(
        random.choice("ABCDEFGHKLMNPRSTW") if kind == "a" else str(random.randrange(10))
        for kind in _IBAN_BODY[country]
    )
    check = 98 - _as_number(f"{body}{country}00") % 97
    text = f"{country}{check:02}{body}"
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def flip_digit(text: str, *, position: int = -1) -> str:
    """The same text with one digit changed: the one at `position` among its digits."""
    places = [index for index, letter in enumerate(text) if letter.isdigit()]
    place = places[position]
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


def luhn_digit(digits: str) -> str:
    """The digit that completes a Luhn number."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if index % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def _vat_de(random: Random) -> str:
    body = str(random.randint(1, 9)) + _digits(random, 7)
    product = 10
    for digit in body:
        product = 2 * (((int(digit) + product) % 10) or 10) % 11
    return f"DE{body}{(11 - product) % 10}"


def _vat_at(random: Random) -> str:
    body = _digits(random, 7)
    total = 0
    for digit, factor in zip(body, (1, 2, 1, 2, 1, 2, 1), strict=True):
        total += sum(divmod(int(digit) * factor, 10))
    return f"ATU{body}{(10 - (total + 4) % 10) % 10}"


def _vat_fr(random: Random) -> str:
    body = str(random.randint(3, 8)) + _digits(random, 7)
    siren = body + luhn_digit(body)
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


def _vat_it(random: Random) -> str:
    body = "0" + str(random.randint(1, 9)) + _digits(random, 5) + f"{random.randint(1, 100):03}"
    return f"IT{body}{luhn_digit(body)}"


def _vat_nl(random: Random) -> str:
    while True:
        body = str(random.randint(1, 8)) + _digits(random, 7)
        check = sum(int(digit) * (9 - index) for index, digit in enumerate(body)) % 11
        if check < 10:
            return f"NL{body}{check}B01"


def _vat_es(random: Random) -> str:
    letter, body = random.choice("AB"), random.choice("028") + _digits(random, 6)
    total = sum(int(digit) for digit in body[1::2])
    total += sum(sum(divmod(int(digit) * 2, 10)) for digit in body[0::2])
    return f"ES{letter}{body}{-total % 10}"


def _vat_be(random: Random) -> str:
    body = int("0" + str(random.randint(4, 8)) + _digits(random, 6))
    return f"BE{body:08}{97 - body % 97:02}"


def _vat_gb(random: Random) -> str:
    body = str(random.randint(2, 9)) + _digits(random, 6)
    total = sum(int(digit) * (8 - index) for index, digit in enumerate(body))
    return f"GB{body}{97 - total % 97:02}"


_VAT: dict[str, Callable[[Random], str]] = {
    "DE": _vat_de,
    "AT": _vat_at,
    "FR": _vat_fr,
    "IT": _vat_it,
    "NL": _vat_nl,
    "ES": _vat_es,
    "BE": _vat_be,
    "GB": _vat_gb,
}


def draw_vat_number(random: Random, country: str) -> str:
    """A VAT number of that country, with its prefix, whose check digits hold."""
    return _VAT[country](random)


def draw_ssn(random: Random) -> str:
    """A social security number in a range that the Social Security Administration issues."""
    area = random.choice([*range(1, 666), *range(667, 900)])
    return f"{area:03}-{random.randint(1, 99):02}-{random.randint(1, 9999):04}"


def draw_ein(random: Random) -> str:
    """An employer identification number with a prefix that the IRS assigns."""
    return f"{random.choice(_EIN_PREFIXES)}-{_digits(random, 7)}"
