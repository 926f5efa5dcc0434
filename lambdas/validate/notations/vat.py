"""VAT identification numbers: the form and checksum that each country defines."""

import re
from collections.abc import Callable
from itertools import takewhile

from lambdas.validate.notations import spanish_tax_number

_PREFIXED = re.compile(
    r"\b(CHE|AT|BE|DE|DK|EL|ES|FI|FR|GB|IE|IT|LU|NL|PL|PT|SE)"
    r"[ .:-]{0,2}((?:[A-Z0-9][ .-]?){6,13}[A-Z0-9])\b"
)


def find_vat_number(text: str) -> str | None:
    """The first VAT number with a known country's prefix in `text`, without its separators.

    A number of another form than its country's is returned as it stands, for a rule to judge.
    """
    for match in _PREFIXED.finditer(text.upper()):
        groups = re.split(r"[ .-]+", match[2])
        form, _ = _COUNTRIES[match[1]]
        for count in range(1, len(groups) + 1):
            if form.fullmatch("".join(groups[:count])):
                return match[1] + "".join(groups[:count])
        digits = "".join(takewhile(lambda group: any(map(str.isdigit, group)), groups))
        if digits:
            return match[1] + digits
    return None


def is_vat_number(text: str) -> bool:
    """Whether a VAT number with its prefix has its country's form and a right checksum."""
    country = "CHE" if text.startswith("CHE") else text[:2]
    form, check = _COUNTRIES.get(country, (None, None))
    digits = text[len(country) :]
    return form is not None and form.fullmatch(digits) is not None and bool(check and check(digits))


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of those before it."""
    total = 0
    for position, char in enumerate(reversed(digits)):
        doubled = int(char) * (1 + position % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _weigh(digits: str, weights: str) -> int:
    return sum(int(digit) * int(weight, 16) for digit, weight in zip(digits, weights, strict=False))


def _austria(text: str) -> bool:
    doubled = [int(char) * (1 + index % 2) for index, char in enumerate(text[1:8])]
    return (10 - (sum(n // 10 + n % 10 for n in doubled) + 4)) % 10 == int(text[8])


def _belgium(text: str) -> bool:
    return 97 - int(text[:8]) % 97 == int(text[8:])


def _denmark(text: str) -> bool:
    return _weigh(text, "27654321") % 11 == 0


def _finland(text: str) -> bool:
    return (11 - _weigh(text, "79A5842")) % 11 == int(text[7])


def _france(text: str) -> bool:
    key, siren = text[:2], text[2:]
    if not key.isdigit():
        return True  # keys with letters have no published checksum
    if siren[:3] == "000":  # Monaco
        return int(key) == (12 + 3 * (int(siren) % 97)) % 97
    return passes_luhn(siren) and int(key) == (12 + 3 * (int(siren) % 97)) % 97


def _germany(text: str) -> bool:
    product = 10
    for char in text[:8]:
        product = 2 * ((int(char) + product) % 10 or 10) % 11
    return (11 - product) % 10 == int(text[8])


def _greece(text: str) -> bool:
    return sum(int(digit) << (8 - index) for index, digit in enumerate(text[:8])) % 11 % 10 == int(
        text[8]
    )


def _ireland(text: str) -> bool:
    letters = "WABCDEFGHIJKLMNOPQRSTUV"
    if not text[1].isdigit():
        return True  # the form before 2013, whose holders kept it
    second = text[8:9]
    extra = (ord(second) - ord("A") + 1) * 9 if second and second != "W" else 0
    return letters[(_weigh(text, "8765432") + extra) % 23] == text[7]


def _luxembourg(text: str) -> bool:
    return int(text[:6]) % 89 == int(text[6:])


def _netherlands(text: str) -> bool:
    if _weigh(text, "98765432") % 11 == int(text[8]):
        return True
    # Sole traders since 2020: mod 97-10 over the whole number, prefix included.
    return int("".join(str(int(char, 36)) for char in f"NL{text}")) % 97 == 1


def _poland(text: str) -> bool:
    return _weigh(text, "657234567") % 11 == int(text[9])


def _portugal(text: str) -> bool:
    check = 11 - _weigh(text, "98765432") % 11
    return (0 if check > 9 else check) == int(text[8])


def _sweden(text: str) -> bool:
    return passes_luhn(text[:10])


def _switzerland(text: str) -> bool:
    return (11 - _weigh(text, "54327654")) % 11 == int(text[8])


def _united_kingdom(text: str) -> bool:
    if text[:2] == "GD":
        return int(text[2:]) < 500
    if text[:2] == "HA":
        return int(text[2:]) >= 500
    total = _weigh(text, "8765432") + int(text[7:9])
    return total % 97 == 0 or (total + 55) % 97 == 0


_Country = tuple[re.Pattern[str], Callable[[str], bool]]
_COUNTRIES: dict[str, _Country] = {
    "AT": (re.compile(r"U\d{8}"), _austria),
    "BE": (re.compile(r"[01]\d{9}"), _belgium),
    "CHE": (re.compile(r"\d{9}"), _switzerland),
    "DE": (re.compile(r"[1-9]\d{8}"), _germany),
    "DK": (re.compile(r"[1-9]\d{7}"), _denmark),
    "EL": (re.compile(r"\d{9}"), _greece),
    "ES": (re.compile(r"[A-Z0-9]\d{7}[A-Z0-9]"), spanish_tax_number.is_valid),
    "FI": (re.compile(r"\d{8}"), _finland),
    "FR": (re.compile(r"[A-HJ-NP-Z0-9]{2}\d{9}"), _france),
    "GB": (re.compile(r"\d{9}|\d{12}|(?:GD|HA)\d{3}"), _united_kingdom),
    "IE": (re.compile(r"\d[A-Z0-9+*]\d{5}[A-W][A-I]?|\d{7}W"), _ireland),
    "IT": (re.compile(r"\d{11}"), passes_luhn),
    "LU": (re.compile(r"\d{8}"), _luxembourg),
    "NL": (re.compile(r"\d{9}B\d{2}"), _netherlands),
    "PL": (re.compile(r"\d{10}"), _poland),
    "PT": (re.compile(r"[1-9]\d{8}"), _portugal),
    "SE": (re.compile(r"\d{10}(?:0[1-9]|[1-9]\d)"), _sweden),
}
