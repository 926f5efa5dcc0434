"""Figures of repeated measurements."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Spread:
    """What a number of measurements come to, in their own unit."""

    p50: float
    p99: float
    least: float
    most: float


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that `share` of all values do not exceed; raises ValueError of none."""
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def summarise(values: Sequence[float]) -> Spread:
    """Median, 99th percentile, least and most."""
    return Spread(percentile(values, 0.5), percentile(values, 0.99), min(values), max(values))
