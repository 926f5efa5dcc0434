"""How far confidence keeps its word, and what a threshold would cost."""

from collections.abc import Sequence

from lambdas.shared.model import Frozen
from models.evaluation.judgement import UNKNOWN, Judgement

_BINS = 10


class Bin(Frozen):
    """Documents of about the same confidence: its mean, and how many of them are right."""

    documents: int
    confidence: float
    accuracy: float


class CurvePoint(Frozen):
    """What a threshold would do, were it that of all classes.

    `coverage` is the share of known documents that would pass, `accuracy` the share of right
    answers among all that would.
    """

    threshold: float
    coverage: float
    accuracy: float


def gather_bins(judgements: Sequence[Judgement]) -> tuple[Bin, ...]:
    """The documents in ten equal steps of confidence; empty steps are left out."""
    steps: list[list[Judgement]] = [[] for _ in range(_BINS)]
    for judgement in judgements:
        steps[min(_BINS - 1, int(judgement.confidence * _BINS))].append(judgement)
    return tuple(
        Bin(
            documents=len(step),
            confidence=round(sum(each.confidence for each in step) / len(step), 4),
            accuracy=round(sum(each.right for each in step) / len(step), 4),
        )
        for step in steps
        if step
    )


def measure_calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: |confidence - accuracy|, weighted by documents."""
    documents = sum(each.documents for each in bins)
    gap = sum(abs(each.confidence - each.accuracy) * each.documents for each in bins)
    return round(gap / max(1, documents), 4)


def trace_curve(judgements: Sequence[Judgement]) -> tuple[CurvePoint, ...]:
    """Coverage and accuracy at every confidence, were it the threshold of all classes."""
    taken = [each for each in judgements if each.known and each.answer != UNKNOWN]
    wanted = sum(each.label != UNKNOWN for each in judgements)
    points = []
    for threshold in sorted({round(each.confidence, 2) for each in taken}):
        passed = [each for each in taken if each.confidence >= threshold]
        if passed:
            points.append(
                CurvePoint(
                    threshold=threshold,
                    coverage=round(
                        sum(each.label != UNKNOWN for each in passed) / max(1, wanted), 4
                    ),
                    accuracy=round(sum(each.right for each in passed) / len(passed), 4),
                )
            )
    return tuple(points)
