"""The words of a PDF page that carries text: characters, their places and their directions."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import pi
from zlib import crc32

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from local.textract.pages.geometry import Box
from local.textract.pages.page import Word

_BREAKS = frozenset(" \t\r\n\x00\u00a0\u2002\u2003\u2007\u2009\u200b\u202f\u3000\ufffe\uffff")
_HYPHEN_AT_LINE_END = 2  # pdfium's own mark
BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A run of characters in page coordinates (points, y upwards).

    `quarter` is the direction that it reads in, in quarter turns clockwise.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    quarter: int
    bold: bool


def read_glyphs(textpage: pdfium.PdfTextpage) -> list[Glyphs]:
    """Every word of the text layer, in the page's own unrotated coordinates."""
    return _drop_overprints(_read_runs(textpage))


def _read_runs(textpage: pdfium.PdfTextpage) -> Iterator[Glyphs]:
    raw, box = textpage.raw, pdfium_c.FS_RECTF()
    by_reference = ctypes.byref(box)
    read_code, read_box = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    run: _Run | None = None
    for index in range(textpage.count_chars()):
        code = read_code(raw, index)
        letter = "-" if code == _HYPHEN_AT_LINE_END else chr(code)
        if letter in _BREAKS or code < 32 or 0xD800 <= code < 0xE000:
            if run:
                yield run.finish(raw)
                run = None
            continue
        if not read_box(raw, index, by_reference):
            continue
        if run and not run.continues(box):
            yield run.finish(raw)
            run = None
        if run is None:
            quarter = round(pdfium_c.FPDFText_GetCharAngle(raw, index) / (pi / 2)) % 4
            run = _Run(index, quarter, box.left, box.bottom, box.right, box.top)
        run.extend(letter, box)
    if run:
        yield run.finish(raw)


@dataclass(slots=True)
class _Run:
    """A word that grows; `first` is the index of its first character on the page."""

    first: int
    quarter: int
    left: float
    bottom: float
    right: float
    top: float
    letters: list[str] = field(default_factory=list)

    def extend(self, letter: str, box: pdfium_c.FS_RECTF) -> None:
        self.letters.append(letter)
        self.left, self.right = min(self.left, box.left), max(self.right, box.right)
        self.bottom, self.top = min(self.bottom, box.bottom), max(self.top, box.top)

    def continues(self, box: pdfium_c.FS_RECTF) -> bool:
        """Tell whether a character follows the word so far without a jump."""
        if self.quarter % 2:
            size = self.right - self.left
            gap = max(box.bottom - self.top, self.bottom - box.top)
            shift = abs((box.left + box.right) - (self.left + self.right)) / 2
        else:
            size = self.top - self.bottom
            gap = max(box.left - self.right, self.left - box.right)
            shift = abs((box.bottom + box.top) - (self.bottom + self.top)) / 2
        return bool(gap <= 0.3 * size and shift <= 0.5 * size)

    def finish(self, raw: object) -> Glyphs:
        return Glyphs(
            "".join(self.letters),
            self.left,
            self.bottom,
            self.right,
            self.top,
            self.quarter,
            _is_bold(raw, self.first),
        )


def _is_bold(raw: object, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(raw, index) >= BOLD_WEIGHT:
        return True
    # Many producers leave the weight out and say it in the font's name.
    buffer, flags = ctypes.create_string_buffer(96), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(raw, index, buffer, len(buffer), ctypes.byref(flags))
    return b"bold" in buffer.value.lower() or b"black" in buffer.value.lower()


def _drop_overprints(runs: Iterator[Glyphs]) -> list[Glyphs]:
    """A shadow or a poor man's bold prints a word twice at nearly one place; it is one word."""
    kept: list[Glyphs] = []
    seen: dict[str, list[Glyphs]] = defaultdict(list)
    for run in runs:
        near = 0.25 * (run.top - run.bottom)
        if any(
            abs(other.left - run.left) < near and abs(other.bottom - run.bottom) < near
            for other in seen[run.text]
        ):
            continue
        seen[run.text].append(run)
        kept.append(run)
    return kept


def name_word(text: str, box: Box, *, bold: bool) -> Word:
    """A word read without doubt: its confidence is 99 and a little, the same every time."""
    place = f"{text}{box.left:.0f}{box.top:.0f}".encode()
    return Word(text, box, 99.0 + (crc32(place) % 9990) / 10000, bold)
