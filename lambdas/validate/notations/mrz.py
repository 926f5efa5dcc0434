"""Machine-readable zones of travel documents: ICAO Doc 9303 formats TD1, TD2 and TD3."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

_LOOKS_LIKE = re.compile(r"[A-Z0-9<]{24,48}")
_WEIGHTS = (7, 3, 1)
_TO_FILLER = str.maketrans("\u2039\uff1c\u2264", "<<<")
_TO_DIGIT = str.maketrans("OQDIZSBG", "00012586")


class _Span(NamedTuple):
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Format:
    lines: int
    width: int
    number: _Span
    birth: _Span
    expiry: _Span
    optional: _Span | None
    """The optional data with a check digit of its own (TD3 only)."""
    composite: tuple[_Span, ...]


_FORMATS = {
    "TD1": _Format(
        lines=3,
        width=30,
        number=_Span(0, 5, 14),
        birth=_Span(1, 0, 6),
        expiry=_Span(1, 8, 14),
        optional=None,
        composite=(_Span(0, 5, 30), _Span(1, 0, 7), _Span(1, 8, 15), _Span(1, 18, 29)),
    ),
    "TD2": _Format(
        lines=2,
        width=36,
        number=_Span(1, 0, 9),
        birth=_Span(1, 13, 19),
        expiry=_Span(1, 21, 27),
        optional=None,
        composite=(_Span(1, 0, 10), _Span(1, 13, 20), _Span(1, 21, 35)),
    ),
    "TD3": _Format(
        lines=2,
        width=44,
        number=_Span(1, 0, 9),
        birth=_Span(1, 13, 19),
        expiry=_Span(1, 21, 27),
        optional=_Span(1, 28, 42),
        composite=(_Span(1, 0, 10), _Span(1, 13, 20), _Span(1, 21, 43)),
    ),
}


@dataclass(frozen=True, slots=True)
class Zone:
    """The lines of one machine-readable zone, in the width of its format."""

    format: str
    lines: tuple[str, ...]

    @property
    def number(self) -> str:
        """The document number, without filler."""
        return self._take(_FORMATS[self.format].number).rstrip("<")

    def birth(self, today: date) -> date | None:
        """The date of birth, in the century that makes it lie in the past."""
        return _read_date(self._take(_FORMATS[self.format].birth), latest=today.year)

    def expiry(self, today: date) -> date | None:
        """The date of expiry, at most fifty years ahead."""
        return _read_date(self._take(_FORMATS[self.format].expiry), latest=today.year + 50)

    def find_faults(self) -> list[str]:
        """The names of the check digits that do not match what they protect."""
        form = _FORMATS[self.format]
        protected = {"number": form.number, "date of birth": form.birth, "expiry": form.expiry}
        faults = [name for name, span in protected.items() if not self._matches(span)]
        if form.optional and not self._matches(form.optional, filler_allowed=True):
            faults.append("optional data")
        last_line = form.composite[-1].line
        composite = "".join(self._take(span) for span in form.composite)
        if not _same_digit(self.lines[last_line][form.width - 1], check_digit(composite)):
            faults.append("composite")
        return faults

    def _matches(self, span: _Span, *, filler_allowed: bool = False) -> bool:
        found = self.lines[span.line][span.end]
        if found == "<":
            if filler_allowed:
                return not self._take(span).strip("<")
            # TD1: a number of more than nine characters goes on in the optional data.
            return span == _FORMATS["TD1"].number and self.format == "TD1"
        return _same_digit(found, check_digit(self._take(span)))

    def _take(self, span: _Span) -> str:
        return self.lines[span.line][span.start : span.end]


def check_digit(text: str) -> int:
    """The check digit of a run of letters, digits and filler (Doc 9303-3, 4.9)."""
    values = (0 if char == "<" else int(char, 36) for char in text)
    return sum(value * _WEIGHTS[index % 3] for index, value in enumerate(values)) % 10


def is_zone_line(text: str) -> bool:
    """Whether a line of text looks like a line of a machine-readable zone."""
    compact = clean_line(text)
    return _LOOKS_LIKE.fullmatch(compact) is not None and (
        compact.count("<") >= 2 or re.match(r"[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}", compact)
        is not None
    )  # fmt: skip


def clean_line(text: str) -> str:
    """A line without the spaces and with the filler that readers mistake restored."""
    upper = re.sub(r"\s", "", text.upper())
    return upper.replace("«", "<<").translate(_TO_FILLER)


def read_zone(lines: Sequence[str]) -> Zone | None:
    """The zone that consecutive lines make up; None when they fit no format.

    A reader that miscounts a run of filler is forgiven: the longest run of the line is mended.
    """
    cleaned = [clean_line(line) for line in lines]
    for name, form in _FORMATS.items():
        for first in range(len(cleaned) - form.lines + 1):
            mended = [_mend(line, form.width) for line in cleaned[first : first + form.lines]]
            if all(mended) and mended[0][0] in "PIACV":
                return Zone(name, _read_digits(form, mended))
    return None


def _mend(line: str, width: int) -> str:
    missing = width - len(line)
    if missing == 0:
        return line
    runs = [run for run in re.finditer(r"<{2,}", line) if len(run[0]) > max(2, -missing)]
    if not runs or abs(missing) > 4:
        return ""
    run = max(runs, key=lambda run: len(run[0]))
    return line[: run.start()] + "<" * (len(run[0]) + missing) + line[run.end() :]


def _read_digits(form: _Format, lines: list[str]) -> tuple[str, ...]:
    """Puts digits where only digits can stand: a reader takes 0 for O and the like."""
    for span in (form.birth, form.expiry):
        line = lines[span.line]
        digits = line[span.start : span.end + 1].translate(_TO_DIGIT)
        lines[span.line] = line[: span.start] + digits + line[span.end + 1 :]
    number = form.number
    line = lines[number.line]
    check = line[number.end].translate(_TO_DIGIT)
    lines[number.line] = line[: number.end] + check + line[number.end + 1 :]
    return tuple(lines)


def _same_digit(found: str, expected: int) -> bool:
    return found.translate(_TO_DIGIT) == str(expected)


def _read_date(digits: str, *, latest: int) -> date | None:
    if not digits.isdigit():
        return None
    year = latest // 100 * 100 + int(digits[:2])
    try:
        day = date(year, int(digits[2:4]), int(digits[4:6]))
        return day if year <= latest else day.replace(year=year - 100)
    except ValueError:
        return None
