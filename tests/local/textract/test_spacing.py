"""Spaces that a reader of pictures missed, found again in the ink."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from local.textract.pages.geometry import Box
from local.textract.pages.page import Word
from local.textract.pages.pixels import binarise
from local.textract.pages.spacing import part_words

_FONT = ImageFont.load_default(size=36)


def _part(printed: str, read: str, *, underlined: bool = False) -> list[str]:
    """What becomes of a word that was read without the spaces that were printed."""
    picture = Image.new("L", (900, 100), 255)
    drawing = ImageDraw.Draw(picture)
    drawing.text((20, 20), printed, fill=0, font=_FONT)
    left, top, right, bottom = drawing.textbbox((20, 20), printed, font=_FONT)
    if underlined:
        drawing.line((left, bottom + 2, right, bottom + 2), fill=0, width=2)
    centres, at = [], 0
    for letter in read:
        at = printed.index(letter, at)
        start = drawing.textlength(printed[:at], font=_FONT)
        end = drawing.textlength(printed[: at + 1], font=_FONT)
        centres.append((20 + (start + end) / 2 - left) / (right - left))
        at += 1
    word = Word(read, Box(left, top, right, bottom + 4 * underlined), 99.0)
    ink = binarise(np.asarray(picture))
    return [part.text for part in part_words(ink, [(word, tuple(centres))])]


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("0532 0130", ["0532", "0130"]),
        ("EUR 1,468.46", ["EUR", "1,468.46"]),
        ("+49 30", ["+49", "30"]),
    ],
)
def test_a_missed_space_parts_the_word(printed: str, parts: list[str]) -> None:
    assert _part(printed, printed.replace(" ", "")) == parts


@pytest.mark.parametrize(
    "text", ["INV-2024/17", "1,111.11", "CUSTOMER", "TTC", "jane.doe@example.org", "illegible"]
)
def test_a_word_without_a_space_stays_whole(text: str) -> None:
    assert _part(text, text) == [text]


def test_letters_that_all_stand_apart_stay_together() -> None:
    assert _part("I < A < B < C < D", "I<A<B<C<D") == ["I<A<B<C<D"]


def test_an_underline_does_not_hide_a_space() -> None:
    assert _part("0532 0130", "05320130", underlined=True) == ["0532", "0130"]
