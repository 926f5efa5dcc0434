"""Two packages on the same documents."""

from collections.abc import Sequence
from math import comb

from models.evaluation.judgement import Judgement


def compute_regression_chance(live: Sequence[Judgement], candidate: Sequence[Judgement]) -> float:
    """The probability that a package no worse than the live one loses so many documents to it.

    McNemar's exact test, one-sided, over the documents that exactly one of them handles well.
    """
    pairs = list(zip(live, candidate, strict=True))
    lost = sum(old.well_handled and not new.well_handled for old, new in pairs)
    won = sum(new.well_handled and not old.well_handled for old, new in pairs)
    return compute_chance(least=lost, of=lost + won)


def compute_chance(*, least: int, of: int) -> float:
    """The probability that at least so many of the tosses of a fair coin are heads."""
    return float(sum(comb(of, count) for count in range(least, of + 1)) / 2**of)


def measure_agreement(one: Sequence[Judgement], other: Sequence[Judgement]) -> float:
    """The share of documents that both answer alike, whatever they are."""
    pairs = list(zip(one, other, strict=True))
    return sum(first.answer == second.answer for first, second in pairs) / max(1, len(pairs))
