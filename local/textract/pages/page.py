"""What was read from one page, before any meaning is given to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from local.textract.pages.geometry import Box, Frame, enclose


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its place and how sure the reader is of it (0 to 100)."""

    text: str
    box: Box
    confidence: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand together on one line, from left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words as one text."""
        return " ".join(word.text for word in self.words)


def join_words(words: Sequence[Word]) -> Line:
    """A line of these words; there must be at least one."""
    return Line(tuple(words), enclose(word.box for word in words))


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn line: `at` is its y when horizontal and its x when vertical."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """From one end to the other."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Selection:
    """A checkbox or radio button."""

    box: Box
    selected: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Ink:
    """A scribble that may be a signature."""

    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page in its upright frame; the frame leads back to the page as displayed."""

    number: int
    frame: Frame
    lines: tuple[Line, ...] = ()
    asides: tuple[Line, ...] = ()  # set across the reading direction: reported, not analysed
    horizontals: tuple[Ruling, ...] = ()
    verticals: tuple[Ruling, ...] = ()
    selections: tuple[Selection, ...] = ()
    inks: tuple[Ink, ...] = ()
    em: float = 10.0

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the lines, in reading order."""
        return tuple(word for line in self.lines for word in line.words)


def measure_text(words: Sequence[Word]) -> float:
    """The page's usual text height, the unit of every distance that layout is judged by."""
    return median(word.box.height for word in words) if words else 10.0
