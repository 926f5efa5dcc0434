"""The places on the pages that may hold a field: beside, under or behind one of its labels."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, takewhile

from lambdas.shared.extraction import Box, Cell, Extraction, Line, Page, Table
from lambdas.validate.fields.labels import LabelBook, Match
from lambdas.validate.fields.layout import Row, find_below, read_rows
from lambdas.validate.fields.mapping import FieldSpec
from lambdas.validate.fields.tables import find_columns, list_item_cells
from lambdas.validate.fields.values import is_blank
from lambdas.validate.notations.money import is_amount


class Source(IntEnum):
    """How a candidate was found, the surest first."""

    KEY_VALUE = 0
    TABLE_ROW = 1
    LINE = 2
    TABLE_HEADER = 3
    BELOW = 4
    PATTERN = 5
    TOP = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be a field's value, and why it may."""

    text: str
    box: Box
    confidence: float
    source: Source
    label: Match | None = None
    strict: bool = False
    """Found without a colon or a gap between label and value: only a typed value will do."""

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The order in which candidates are tried."""
        if self.label is None:
            return (9, 0, 0, self.source)
        weak = int(self.source >= Source.TABLE_HEADER)
        return (weak, self.label.quality // 2, self.label.priority, self.source)


_Found = tuple[list[Match], str, Box, float, Source, bool]
_NEXT_LABEL = re.compile(r"\s+(?=[^\W\d][\w.' -]{1,25}:(?:\s|$))")
_LONGER_LABEL = re.compile(r"[^:]*[^\W\d][^:]*:(?:\s|$)")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}[a-z]?[.)]|[a-z][.)]?)\s", re.IGNORECASE)


def find_candidates(
    extraction: Extraction, specs: Mapping[str, FieldSpec]
) -> dict[str, list[Candidate]]:
    """Every labelled place of every field, the best first, then in reading order.

    A place that was left blank has an empty text.
    """
    book = LabelBook({name: spec.labels for name, spec in specs.items()})
    row_specs = [spec for spec in specs.values() if spec.kind == "rows"]
    found: dict[str, list[Candidate]] = defaultdict(list)
    for page in extraction.pages:
        for matches, text, box, confidence, source, strict in _read_page(page, book, row_specs):
            if book.match_exactly(text):
                continue
            written = "" if is_blank(text) else text
            for match in matches:
                found[match.field].append(
                    Candidate(written, box, confidence, source, label=match, strict=strict)
                )
    return {
        field: sorted(candidates, key=lambda candidate: candidate.rank)
        for field, candidates in found.items()
    }


def _read_page(page: Page, book: LabelBook, row_specs: Sequence[FieldSpec]) -> Iterator[_Found]:
    items = [
        table for table in page.tables if any(find_columns(table.rows(), s)[0] for s in row_specs)
    ]
    bodies = [cell.box for table in items for cell in list_item_cells(table)]
    for pair in page.key_values:
        matches = book.match(pair.key)
        if matches and not any(_holds(box, pair.box) for box in bodies):
            yield matches, pair.value, pair.box, pair.confidence, Source.KEY_VALUE, False
    for table in page.tables:
        yield from _read_table(table, book)
    for row in read_rows(page):
        yield from _read_row(row, page, book)


def _read_table(table: Table, book: LabelBook) -> Iterator[_Found]:
    rows = table.rows()
    for row in rows:
        cells = [cell for cell in row if cell is not None and cell.text.strip()]
        for position, cell in enumerate(cells):
            for matches, text, strict in _split_inline(cell.text, book):
                yield matches, text, cell.box, cell.confidence, Source.TABLE_ROW, strict
            matches = book.match(cell.text)
            followers = cells[position + 1 :]
            if not matches or not followers or _is_item([one.text for one in followers]):
                continue
            yield _from_cell(matches, followers[0], Source.TABLE_ROW)
            if len(followers) > 1 and not any(book.match(other.text) for other in followers):
                yield _from_cell(matches, followers[-1], Source.LINE)
    yield from _read_under_header(rows, book)


def _read_under_header(rows: Sequence[Sequence[Cell | None]], book: LabelBook) -> Iterator[_Found]:
    """The values under a row of labels; a row with an empty first cell goes on with them."""
    if len(rows) < 2:
        return
    matched = [book.match(cell.text) if cell else [] for cell in rows[0]]
    labels = sum(bool(cell and cell.text.strip()) for cell in rows[0])
    if sum(map(bool, matched)) < max(1, labels / 2):
        return
    body = [rows[1], *takewhile(lambda row: not (row[0] and row[0].text.strip()), rows[2:])]
    for column, matches in enumerate(matched):
        cells = [row[column] for row in body]
        written = [cell for cell in cells if cell is not None and cell.text.strip()]
        if matches and written:
            text = " ".join(cell.text for cell in written)
            first = written[0]
            yield matches, text, first.box, first.confidence, Source.TABLE_HEADER, False


def _from_cell(matches: list[Match], cell: Cell, source: Source) -> _Found:
    return matches, cell.text, cell.box, cell.confidence, source, False


def _read_row(row: Row, page: Page, book: LabelBook) -> Iterator[_Found]:
    for position, piece in enumerate(row.pieces):
        for matches, text, strict in _split_inline(piece.text, book):
            yield matches, text, piece.box, piece.confidence, Source.LINE, strict
        matches = book.match(piece.text)
        followers = row.pieces[position + 1 :]
        if not matches or _is_item([one.text for one in followers]):
            continue
        if followers:
            right = followers[0]
            yield matches, right.text, right.box, right.confidence, Source.LINE, False
            rest = find_below(right.box, page.lines)
            runs_on = rest is not None and not _has_label(rest, piece, page)
            if rest is not None and runs_on and not book.match(right.text):
                text = f"{right.text} {rest.text}"
                yield matches, text, right.box, right.confidence, Source.BELOW, False
        if len(followers) > 1 and not any(book.match(other.text) for other in followers):
            last = followers[-1]  # a rate or a count stands between
            yield matches, last.text, last.box, last.confidence, Source.LINE, False
        below = find_below(piece.box, page.lines)
        if below is not None and not _looks_like_label(below.text):
            yield matches, below.text, below.box, below.confidence, Source.BELOW, False


def _has_label(line: Line, above: Line, page: Page) -> bool:
    """Whether something stands beside a line in the column of the label above: its own label."""
    return any(
        above.box.left - 0.02 < other.box.left < line.box.left - 0.02
        and abs(other.box.top - line.box.top) < 0.5 * line.box.height
        for other in page.lines
    )


def _is_item(followers: Sequence[str]) -> bool:
    """Whether three or more amounts follow: then it is an item that is called like a label."""
    return len(followers) >= 3 and all(is_amount(text) for text in followers)


def _looks_like_label(text: str) -> bool:
    return (
        text.rstrip().endswith((":", "*"))
        or _NUMBERED.match(text) is not None
        or _LONGER_LABEL.match(text) is not None
    )


def _holds(box: Box, place: Box) -> bool:
    """Whether a cell holds the middle of a place."""
    across, down = place.left + place.width / 2, place.top + place.height / 2
    return box.left <= across <= box.left + box.width and box.top <= down <= box.top + box.height


def _split_inline(text: str, book: LabelBook) -> Iterator[tuple[list[Match], str, bool]]:
    """The ways to read a line as a label and its value."""
    label, colon, value = text.partition(":")
    if colon and value.strip():
        matches = book.match(label)
        if matches:
            yield matches, _NEXT_LABEL.split(value.strip())[0], False
            return
    words = text.split()
    if len(words) > 25:
        return
    for count in range(min(6, len(words) - 1), 0, -1):
        matches = book.match_exactly(" ".join(words[:count]))
        rest = " ".join(words[count:])
        if matches and not _LONGER_LABEL.match(rest):
            yield matches, rest.lstrip(": "), True
            return


def find_matches(
    pages: Sequence[Page], patterns: Sequence[str]
) -> Iterator[tuple[re.Match[str], Candidate]]:
    """Every match of the patterns in the pages' texts: the group `value`, else the whole match.

    Patterns are tried in their order; `^` and `$` are the ends of lines, case does not matter.
    """
    for pattern in patterns:
        compiled = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
        for page in pages:
            starts = [0, *accumulate(len(line.text) + 1 for line in page.lines)][:-1]
            if not starts:
                continue
            for match in compiled.finditer(page.text):
                group = "value" if "value" in compiled.groupindex else 0
                if match[group] is None:
                    continue
                line = page.lines[bisect_right(starts, match.start(group)) - 1]
                text = " ".join(match[group].split())
                yield match, Candidate(text, line.box, line.confidence, Source.PATTERN)
