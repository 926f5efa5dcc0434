"""The fields found so far on a page, and the words that are spoken for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from local.textract.meaning.content import Field, Table
from local.textract.meaning.labels import is_rule
from local.textract.pages.geometry import Box, enclose
from local.textract.pages.lines import group_rows
from local.textract.pages.page import Line, Page, Ruling, Selection, Word


class FieldBook:
    """Collects fields; a word is the value of one field only, and never key and value."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.em = page.em
        self.rows = group_rows(page.lines)
        self.fields: list[Field] = []
        self._used: set[int] = set()

    def is_free(self, words: Iterable[Word]) -> bool:
        """Tell whether no field holds any of these words."""
        return not any(id(word) in self._used for word in words)

    def add(
        self,
        key: Sequence[Word],
        value: Sequence[Word],
        confidence: float,
        *,
        selection: Selection | None = None,
        blank: Box | None = None,
    ) -> None:
        """Note a field; its words are no longer free.

        A line drawn of underscores or dots is the place for a value, not one.
        """
        self._used.update(id(word) for word in (*key, *value))
        filled = tuple(word for word in value if not is_rule(word.text))
        if not filled and value and blank is None:
            blank = bound(value)
        self.fields.append(Field(tuple(key), filled, confidence, selection, blank))

    def lines_below(self, key: Box, *, most: int, align: float) -> list[Line]:
        """Free lines directly under a box, at its left edge, one close under the other."""
        found: list[Line] = []
        at = key
        for line in self.page.lines:
            if len(found) == most:
                break
            gap = line.box.top - at.bottom
            if line.box.middle <= at.middle or gap > 0.75 * self.em:
                continue
            # The first line may be set further in; what follows keeps to the first.
            reference = found[0].box.left if found else key.left
            if abs(line.box.left - reference) > align or gap < -0.6 * self.em:
                continue
            if not self.is_free(line.words) or self.is_parted(at, line.box):
                continue
            found.append(line)
            at = line.box
        return found

    def is_parted(self, one: Box, other: Box) -> bool:
        """Tell whether a drawn line runs between two boxes."""
        if one.overlap_y(other) > 0:
            left, right = (one, other) if one.left < other.left else (other, one)
            return _crosses(
                self.page.verticals, left.centre, right.centre, (one.middle + other.middle) / 2
            )
        above, below = (one, other) if one.top < other.top else (other, one)
        middle = (max(one.left, other.left) + min(one.right, other.right)) / 2
        return _crosses(self.page.horizontals, above.middle, below.middle, middle)


def _crosses(rulings: Iterable[Ruling], low: float, high: float, across: float) -> bool:
    return any(
        low < ruling.at < high and ruling.start <= across <= ruling.end for ruling in rulings
    )


def bound(words: Iterable[Word]) -> Box:
    """The box around words."""
    return enclose(word.box for word in words)


def collect_words(tables: Sequence[Table], *, structured: bool) -> set[int]:
    """The words, by identity, of the tables that have a header, or of those that have none."""
    return {
        id(word)
        for table in tables
        if table.structured == structured
        for cell in table.cells
        for word in cell.words
    }
