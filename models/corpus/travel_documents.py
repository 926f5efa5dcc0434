"""Machine-readable zones of passports and identity cards, after ICAO Doc 9303."""

import unicodedata
from dataclasses import dataclass

from models.corpus.days import Day


@dataclass(frozen=True, slots=True)
class Holder:
    """What a machine-readable zone says; `country` and `nationality` are three letters."""

    country: str
    surname: str
    given_names: str
    number: str
    nationality: str
    born: Day
    sex: str
    expires: Day


def check_digit(text: str) -> str:
    """ICAO 9303's weighted sum (7, 3, 1) modulo 10."""
    values = (0 if letter == "<" else int(letter, 36) for letter in text)
    return str(sum(value * (7, 3, 1)[index % 3] for index, value in enumerate(values)) % 10)


def _checked(text: str) -> str:
    return text + check_digit(text)


def _letters(text: str) -> str:
    text = text.replace("ß", "ss").replace("ø", "oe").replace("Ø", "OE")
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return "".join(letter if letter.isalpha() else "<" for letter in plain.upper())


def _short(day: Day) -> str:
    return f"{day.year % 100:02}{day.month:02}{day.day:02}"


def _names(holder: Holder, width: int) -> str:
    return f"{_letters(holder.surname)}<<{_letters(holder.given_names)}".ljust(width, "<")[:width]


def write_td3(holder: Holder) -> tuple[str, str]:
    """The two lines of 44 characters of a passport."""
    number = _checked(holder.number.ljust(9, "<"))
    born, expires = _checked(_short(holder.born)), _checked(_short(holder.expires))
    personal = _checked("<" * 14)
    whole = check_digit(number + born + expires + personal)
    first = f"P<{holder.country}{_names(holder, 39)}"
    return first, f"{number}{holder.nationality}{born}{holder.sex}{expires}{personal}{whole}"


def write_td2(holder: Holder) -> tuple[str, str]:
    """The two lines of 36 characters of a larger identity card."""
    number = _checked(holder.number.ljust(9, "<"))
    born, expires = _checked(_short(holder.born)), _checked(_short(holder.expires))
    optional = "<" * 7
    whole = check_digit(number + born + expires + optional)
    first = f"I<{holder.country}{_names(holder, 31)}"
    return first, f"{number}{holder.nationality}{born}{holder.sex}{expires}{optional}{whole}"


def write_td1(holder: Holder) -> tuple[str, str, str]:
    """The three lines of 30 characters of an identity card the size of a credit card."""
    number = _checked(holder.number.ljust(9, "<"))
    born, expires = _checked(_short(holder.born)), _checked(_short(holder.expires))
    upper = f"I<{holder.country}{number}{'<' * 15}"
    middle = f"{born}{holder.sex}{expires}{holder.nationality}{'<' * 11}"
    whole = check_digit(upper[5:] + born + expires + "<" * 11)
    return upper, f"{middle}{whole}", _names(holder, 30)
