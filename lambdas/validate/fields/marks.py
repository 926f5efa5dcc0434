"""Marks that people leave on forms: signatures, ticked boxes, what they wrote beside a `*`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lambdas.shared.extraction import Box, Page
from lambdas.validate.fields.labels import LabelBook
from lambdas.validate.fields.layout import find_below, read_rows
from lambdas.validate.fields.mapping import FieldSpec
from lambdas.validate.fields.values import is_blank

_SIGNED = re.compile(r"/s/\s*(\S.*)", re.IGNORECASE)
_STARRED = re.compile(r"([^\W\d_][^*]{1,48}?)\s?\*\s?:?(?:\s+(.*)|$)")
_LEGEND = re.compile(r"required|mandatory|marked|pflicht|obligat", re.IGNORECASE)
_TICKED = re.compile(r"^\s*(?:\[\s?[xX✓✔]\s?\]|\([xX]\)|[☑☒✓✔])\s*")
_EMPTY = re.compile(r"^\s*(?:\[\s?\]|\(\s?\)|[☐□])\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark with the label that it belongs to; `text` is empty where nothing was written."""

    label: str
    text: str
    box: Box
    confidence: float


def find_signatures(pages: Sequence[Page], spec: FieldSpec, other_labels: LabelBook) -> list[Mark]:
    """Every signature: seen as such, written as `/s/ name` or standing beside its label.

    One of `other_labels` beside it means that the line for the signature was left empty.
    """
    book = LabelBook({"signature": spec.labels})
    marks: list[Mark] = []
    for page in pages:
        found = [Mark("signature", "signed", box, 100.0) for box in page.signatures]
        for line in page.lines:
            signed = _SIGNED.search(line.text)
            if signed:
                found.append(Mark("signature", signed[1], line.box, line.confidence))
        found += [
            Mark(pair.key, pair.value, pair.box, pair.confidence)
            for pair in page.key_values
            if book.match(pair.key) and _is_written(pair.value, other_labels)
        ]
        for row in read_rows(page):
            for position, piece in enumerate(row.pieces):
                label, _, value = piece.text.partition(":")
                if not book.match(label):
                    continue
                place = piece
                if not value.strip() and position + 1 < len(row.pieces):
                    place = row.pieces[position + 1]
                    value = place.text
                if _is_written(value, other_labels):
                    found.append(Mark(label, value.strip(), place.box, place.confidence))
        marks += _drop_repeated(found)
    return marks


def find_boxes(pages: Sequence[Page], spec: FieldSpec) -> list[Mark]:
    """Every check box whose label matches one of the field's patterns; ticked ones have a text."""
    wanted = [re.compile(pattern, re.IGNORECASE) for pattern in spec.patterns]
    marks: list[Mark] = []
    for page in pages:
        found = []
        for pair in page.key_values:
            ticked, empty = _TICKED.search(pair.value), _EMPTY.search(pair.value)
            if ticked or empty:
                found.append(Mark(pair.key, "x" if ticked else "", pair.box, pair.confidence))
        for line in page.lines:
            ticked, empty = _TICKED.search(line.text), _EMPTY.search(line.text)
            box = ticked or empty
            if box:
                label = line.text[box.end() :]
                found.append(Mark(label, "x" if ticked else "", line.box, line.confidence))
        found = [mark for mark in found if any(p.search(mark.label) for p in wanted)]
        marks += _drop_repeated(found)
    return marks


def find_starred(pages: Sequence[Page]) -> list[Mark]:
    """Every label that is marked as required with a star, and what stands beside or under it."""
    marks: list[Mark] = []
    for page in pages:
        found = [
            Mark(pair.key.strip(" *:"), _clean(pair.value), pair.box, pair.confidence)
            for pair in page.key_values
            if "*" in pair.key.strip()[1:] and not _LEGEND.search(pair.key)
        ]
        paired = {mark.label for mark in found}
        for row in read_rows(page):
            for position, piece in enumerate(row.pieces):
                starred = _STARRED.fullmatch(piece.text.strip())
                if starred is None or _LEGEND.search(piece.text) or starred[1] in paired:
                    continue
                value = starred[2] or ""
                following = row.pieces[position + 1 : position + 2]
                if not value and following and not _STARRED.fullmatch(following[0].text):
                    value = following[0].text
                if not value:
                    below = find_below(piece.box, page.lines)
                    if below and not _STARRED.fullmatch(below.text) and ":" not in below.text:
                        value = below.text
                found.append(Mark(starred[1], _clean(value), piece.box, piece.confidence))
        marks += _merge_by_label(found)
    return marks


def _is_written(text: str, book: LabelBook) -> bool:
    return not is_blank(text) and not book.match_exactly(text.partition(":")[0])


def _clean(text: str) -> str:
    return "" if is_blank(text) else text


def _merge_by_label(marks: Sequence[Mark]) -> list[Mark]:
    """One mark a label: the first that has a text, else the first."""
    merged: dict[str, Mark] = {}
    for mark in marks:
        known = merged.get(mark.label.casefold())
        if known is None or (not known.text and mark.text):
            merged[mark.label.casefold()] = mark
    return list(merged.values())


def _drop_repeated(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without those at a place where another one already is."""
    kept: list[Mark] = []
    for mark in marks:
        if not any(_same_place(mark.box, other.box) for other in kept):
            kept.append(mark)
    return kept


def _same_place(one: Box, other: Box) -> bool:
    level = abs(one.top + one.height / 2 - other.top - other.height / 2) < 0.03
    overlap = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    return level and overlap > -0.08
