"""Periods of months and years, as a résumé gives them."""

import re
from dataclasses import dataclass

from lambdas.validate.notations.dates import MONTH_NAMES, fold

_MONTHS = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))
_POINT = (
    rf"(?:(?P<{{side}}name>{_MONTHS})\.?\s+|(?P<{{side}}month>\d{{{{1,2}}}})[/.])?"
    r"(?P<{side}year>(?:19|20)\d\d)"
)
_NOW = r"(?:present|current|now|today|ongoing|heute|actuel|aujourd'hui|actualidad|presente)"
_PERIOD = re.compile(
    rf"(?<![\w/.-]){_POINT.format(side='a')}"
    r"\s*(?:[-\u2013\u2014\u2212~]|to|until|bis|a)\s*"
    rf"(?:{_POINT.format(side='b')}|{_NOW})(?![\w/-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """From one month or year to another; `end` is None for one that goes on.

    Months are `2019-03`; a year alone is `2019`, which sorts before its months.
    """

    text: str
    start: str
    end: str | None


def find_periods(text: str) -> list[Period]:
    """Every period in a line of text."""
    return [
        Period(
            text[match.start() : match.end()],
            _read_point(match, "a") or "",
            _read_point(match, "b"),
        )
        for match in _PERIOD.finditer(fold(text))
    ]


def _read_point(match: re.Match[str], side: str) -> str | None:
    year, name, month = (match[f"{side}{part}"] for part in ("year", "name", "month"))
    if year is None:
        return None
    if name:
        return f"{year}-{MONTH_NAMES[name.casefold()]:02d}"
    return f"{year}-{int(month):02d}" if month else str(year)
