"""Confidence intervals of 95 %: what a share might be, given how few documents it was seen on."""

import math
from collections.abc import Sequence

import numpy as np

from lambdas.shared.model import Frozen

_NORMAL = 1.959964
"""Standard deviations that hold 95 % of a normal distribution."""
_DRAWS = 4000
_SEED = 95


class Interval(Frozen):
    """A share with the bounds that it lies between with 95 % confidence."""

    value: float
    low: float
    high: float


def estimate_share(right: int, total: int) -> Interval:
    """The share right / total with Wilson's score interval; without documents anything may be."""
    if not total:
        return Interval(value=0.0, low=0.0, high=1.0)
    share, square = right / total, _NORMAL**2
    centre = (share + square / (2 * total)) / (1 + square / total)
    reach = (
        _NORMAL
        * math.sqrt(share * (1 - share) / total + square / (4 * total**2))
        / (1 + square / total)
    )
    return Interval(
        value=round(share, 4),
        low=round(max(0.0, centre - reach), 4) if right else 0.0,
        high=round(min(1.0, centre + reach), 4) if right < total else 1.0,
    )


def estimate_mean_recall(counts: Sequence[tuple[int, int]]) -> Interval:
    """The mean of the classes' recalls, of (right, total) each, by a Bayesian bootstrap.

    A class's recall is drawn from its posterior under Jeffreys' prior. Resampling the documents
    themselves would call five right of five a certainty.
    """
    if not counts:
        return Interval(value=0.0, low=0.0, high=1.0)
    random = np.random.default_rng(_SEED)
    draws = np.mean(
        [random.beta(right + 0.5, total - right + 0.5, _DRAWS) for right, total in counts], axis=0
    )
    value = float(np.mean([right / total for right, total in counts]))
    low, high = (float(np.quantile(draws, edge)) for edge in (0.025, 0.975))
    return Interval(
        value=round(value, 4), low=round(min(low, value), 4), high=round(max(high, value), 4)
    )
