"""Drawn lines, cleaned: pieces that continue each other become one."""

from __future__ import annotations

from collections.abc import Iterable

from local.textract.pages.page import Ruling

_SAME_PLACE = 1.6
_SAME_LINE_GAP = 3.0


def merge_rulings(
    rulings: Iterable[Ruling], *, place: float = _SAME_PLACE, gap: float = _SAME_LINE_GAP
) -> tuple[Ruling, ...]:
    """Join what lies on one line, touching or nearly so; the two edges of a thick line are one."""
    merged: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda ruling: (round(ruling.at), ruling.start)):
        for index in range(len(merged) - 1, max(-1, len(merged) - 40), -1):
            other = merged[index]
            if abs(other.at - ruling.at) <= place and (
                ruling.start <= other.end + gap and ruling.end >= other.start - gap
            ):
                merged[index] = Ruling(
                    other.at, min(other.start, ruling.start), max(other.end, ruling.end)
                )
                break
        else:
            merged.append(ruling)
    return tuple(merged)
