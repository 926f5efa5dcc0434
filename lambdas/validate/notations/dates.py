"""Dates as documents write them; a date that is written but does not exist is not a missing one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

DayOrder = Literal["day_first", "month_first"]

_MONTHS = {
    1: "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
    2: "february feb februar février fevrier fev fév febrero febbraio fevereiro februari",
    3: "march mar mär märz maerz mars marzo março marco maart mrt",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio mag maio mei",
    6: "june jun juni juin junio giugno giu junho",
    7: "july jul juli juillet juil julio luglio lug julho",
    8: "august aug août aout agosto ago augustus",
    9: "september sept sep septembre septiembre settembre set setembro",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez décembre décember déc diciembre dic dicembre dezembro",
}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


MONTH_NAMES = {_plain(name): number for number, names in _MONTHS.items() for name in names.split()}

_MONTH = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))
_LINK = r"[\s.,/-]*(?:(?:de|del|of|day of)\s+)?"
_PATTERNS = (
    ("ymd", re.compile(r"(?<![\d.,/-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")),
    ("ymd", re.compile(r"(\d{4})(年)\s?(\d{1,2})月\s?(\d{1,2})日")),
    (
        "dmy",
        re.compile(
            rf"(?<![\d.,])(\d{{1,2}})(?:st|nd|rd|th|er|o|\.)?{_LINK}(?<![a-z])({_MONTH})(?![a-z])"
            rf"{_LINK}(\d{{4}}|'?\d{{2}})(?![\d:])"
        ),
    ),
    (
        "mdy",
        re.compile(
            rf"(?<![a-z])({_MONTH})(?![a-z])[\s.]*(\d{{1,2}})(?:st|nd|rd|th)?[\s,.]+(\d{{4}})(?!\d)"
        ),
    ),
    (
        "numeric",
        re.compile(
            r"(?<![\d.,/-])(\d{1,2})(?:\s?([./-])\s?)(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d]|[./-]\d)"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text, under both orders of day and month; None where that day does not exist."""

    text: str
    start: int
    day_first: date | None
    month_first: date | None
    numeric: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether the two orders give two different days."""
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first

    def resolve(self, order: DayOrder) -> date | None:
        """The day it means in a document of this order; None when no such day exists."""
        if order == "day_first":
            return self.day_first or self.month_first
        return self.month_first or self.day_first


def fold(text: str) -> str:
    """The text in lower case without accents, character for character, so that offsets hold."""
    if text.isascii():
        return text.lower()
    plain = []
    for char in text:
        folded = _plain(char)
        plain.append(folded if len(folded) == 1 else char.lower()[:1])
    return "".join(plain)


def find_dates(text: str) -> list[WrittenDate]:
    """Every date written in `text`, existing or not, in order of appearance."""
    plain = fold(text)
    found: list[WrittenDate] = []
    taken: list[tuple[int, int]] = []
    for form, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append(_read_match(form, match, text[match.start() : match.end()]))
    return sorted(found, key=lambda written: written.start)


def find_day_order(texts: Iterable[str], *, currency: str | None = None) -> DayOrder | None:
    """The order that the document's own dates prove, else the one its currency suggests."""
    day_first = month_first = 0
    for text in texts:
        for written in find_dates(text):
            if not written.numeric or written.ambiguous:
                continue
            if written.day_first and not written.month_first:
                day_first += 1
            elif written.month_first and not written.day_first:
                month_first += 1
    if day_first != month_first:
        return "day_first" if day_first > month_first else "month_first"
    if currency is None:
        return None
    return "month_first" if currency == "USD" else "day_first"


def _read_match(form: str, match: re.Match[str], text: str) -> WrittenDate:
    if form == "numeric":
        first, mark, second, year = int(match[1]), match[2], int(match[3]), _read_year(match[4])
        day_first = _existing(year, second, first)
        month_first = _existing(year, first, second)
        if mark == "." and (day_first or second <= 12):  # dots put the day first everywhere
            month_first = day_first
        return WrittenDate(text, match.start(), day_first, month_first, numeric=mark != ".")
    if form == "ymd":
        day = _existing(int(match[1]), int(match[3]), int(match[4]))
    elif form == "dmy":
        day = _existing(_read_year(match[3]), MONTH_NAMES[match[2]], int(match[1]))
    else:
        day = _existing(int(match[3]), MONTH_NAMES[match[1]], int(match[2]))
    return WrittenDate(text, match.start(), day, day)


def _read_year(digits: str) -> int:
    digits = digits.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
