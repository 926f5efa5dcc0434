"""The visual layout of a page: lines that stand side by side form a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from lambdas.shared.extraction import Box, Line, Page


@dataclass(frozen=True, slots=True)
class Row:
    """Lines at one height, from left to right."""

    pieces: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The pieces joined by two spaces."""
        return "  ".join(piece.text for piece in self.pieces)

    @property
    def confidence(self) -> float:
        """The confidence of the least sure piece."""
        return min(piece.confidence for piece in self.pieces)


def read_rows(page: Page) -> list[Row]:
    """The page's rows from top to bottom: a line joins a row whose last piece is level with it."""
    rows: list[list[Line]] = []
    for line in sorted(page.lines, key=lambda line: (line.box.left, line.box.top)):
        level = [row for row in rows if _is_level(row[-1].box, line.box)]
        if level:
            min(level, key=lambda row: abs(_middle(row[-1].box) - _middle(line.box))).append(line)
        else:
            rows.append([line])
    rows.sort(key=lambda row: min(_middle(piece.box) for piece in row))
    return [Row(tuple(row)) for row in rows]


def find_below(box: Box, lines: Sequence[Line]) -> Line | None:
    """The nearest line under `box` that begins near its left edge, within two line heights."""
    below = [
        line
        for line in lines
        if 0 < line.box.top - box.top <= 2.4 * box.height
        and line.box.top >= box.top + 0.6 * box.height
        and (abs(line.box.left - box.left) < 0.02 or _share_columns(line.box, box))
    ]
    return min(below, key=lambda line: (line.box.top, line.box.left), default=None)


def surround(boxes: Sequence[Box]) -> Box:
    """The smallest box around boxes of one page."""
    left = min(box.left for box in boxes)
    top = min(box.top for box in boxes)
    return Box(
        page=boxes[0].page,
        left=left,
        top=top,
        width=max(box.left + box.width for box in boxes) - left,
        height=max(box.top + box.height for box in boxes) - top,
    )


def _is_level(left: Box, right: Box) -> bool:
    if right.left < left.left + left.width - 0.01:
        return False
    # Lines of text are at least a line's height apart; a tilted scan moves one by half of it.
    return abs(_middle(left) - _middle(right)) < 0.75 * min(left.height, right.height)


def _share_columns(one: Box, other: Box) -> bool:
    overlap = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    return overlap > 0.5 * min(one.width, other.width)


def _middle(box: Box) -> float:
    return box.top + box.height / 2
