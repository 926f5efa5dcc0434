"""Drawn grids: rulings that cross, and the regions that they enclose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from local.textract.pages.geometry import Box
from local.textract.pages.page import Page, Ruling

Slot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of slots without a line through it: rows and columns from..to, from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def slots(self) -> list[Slot]:
        """The slots inside, row by row."""
        return [
            (row, column)
            for row in range(self.top, self.bottom + 1)
            for column in range(self.left, self.right + 1)
        ]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rulings that hang together: `ys` part the rows, `xs` the columns."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def box(self) -> Box:
        """The outline of the grid."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def find_slot(self, x: float, y: float) -> Slot | None:
        """The slot that holds the point, or None outside of the grid."""
        if not self.box.holds(x, y):
            return None
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        return row, column

    def place(self, region: Region) -> Box:
        """Where a region lies on the page."""
        return Box(
            self.xs[region.left],
            self.ys[region.top],
            self.xs[region.right + 1],
            self.ys[region.bottom + 1],
        )


def find_grids(page: Page) -> list[Grid]:
    """Every grid of at least two slots, from the top."""
    slack = max(2.5, 0.35 * page.em)
    horizontals = [ruling for ruling in page.horizontals if ruling.length > 1.2 * page.em]
    verticals = [ruling for ruling in page.verticals if ruling.length > 0.8 * page.em]
    grids = []
    for across, down in _group(horizontals, verticals, slack):
        grid = _build(across, down, slack, page.em)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.ys[0])


def _group(
    horizontals: Sequence[Ruling], verticals: Sequence[Ruling], slack: float
) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Rulings that touch, directly or by way of others."""
    parents = list(range(len(horizontals) + len(verticals)))

    def find(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for row, horizontal in enumerate(horizontals):
        for column, vertical in enumerate(verticals):
            if (
                horizontal.start - slack <= vertical.at <= horizontal.end + slack
                and vertical.start - slack <= horizontal.at <= vertical.end + slack
            ):
                parents[find(row)] = find(len(horizontals) + column)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for index, ruling in enumerate([*horizontals, *verticals]):
        group = groups.setdefault(find(index), ([], []))
        group[index >= len(horizontals)].append(ruling)
    return [group for group in groups.values() if group[0] and group[1]]


def _build(
    horizontals: list[Ruling], verticals: list[Ruling], slack: float, em: float
) -> Grid | None:
    # A table may be open at its sides: where the lines end, there is its border.
    left, right = min(h.start for h in horizontals), max(h.end for h in horizontals)
    top, bottom = min(v.start for v in verticals), max(v.end for v in verticals)
    xs = _cluster([*(v.at for v in verticals), left, right], slack)
    ys = _cluster([*(h.at for h in horizontals), top, bottom], slack)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) < 6 or ys[-1] - ys[0] < em:
        return None
    return Grid(xs, ys, tuple(_find_regions(xs, ys, horizontals, verticals, slack)))


def _cluster(values: Sequence[float], slack: float) -> tuple[float, ...]:
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][-1] <= slack:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return tuple(sum(cluster) / len(cluster) for cluster in clusters)


def _find_regions(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    horizontals: Sequence[Ruling],
    verticals: Sequence[Ruling],
    slack: float,
) -> list[Region]:
    """Grow a rectangle from each free slot, to the right first, as far as no line stops it."""
    walls = {
        (row, column)
        for column in range(len(xs) - 2)
        for row in range(len(ys) - 1)
        if _covers(verticals, xs[column + 1], (ys[row] + ys[row + 1]) / 2, slack)
    }
    floors = {
        (row, column)
        for row in range(len(ys) - 2)
        for column in range(len(xs) - 1)
        if _covers(horizontals, ys[row + 1], (xs[column] + xs[column + 1]) / 2, slack)
    }
    return _Growth(len(ys) - 1, len(xs) - 1, walls, floors).run()


@dataclass(slots=True)
class _Growth:
    """Rectangles grown over free slots until walls (on the right) and floors (below) stop them."""

    rows: int
    columns: int
    walls: set[Slot]
    floors: set[Slot]
    taken: set[Slot] = field(default_factory=set)

    def run(self) -> list[Region]:
        regions = []
        for row in range(self.rows):
            for column in range(self.columns):
                if (row, column) not in self.taken:
                    region = self._grow(row, column)
                    self.taken.update(region.slots)
                    regions.append(region)
        return regions

    def _grow(self, row: int, column: int) -> Region:
        right = column
        while (
            right + 1 < self.columns
            and (row, right) not in self.walls
            and (row, right + 1) not in self.taken
        ):
            right += 1
        bottom = row
        while bottom + 1 < self.rows and self._is_open(bottom, column, right):
            bottom += 1
        return Region(row, column, bottom, right)

    def _is_open(self, row: int, left: int, right: int) -> bool:
        """Tell whether the slots below continue those of a row, without a line among them."""
        return all(
            (row, at) not in self.floors and (row + 1, at) not in self.taken
            for at in range(left, right + 1)
        ) and not any((row + 1, at) in self.walls for at in range(left, right))


def _covers(rulings: Sequence[Ruling], at: float, middle: float, slack: float) -> bool:
    return any(
        abs(ruling.at - at) <= slack and ruling.start - slack <= middle <= ruling.end + slack
        for ruling in rulings
    )
