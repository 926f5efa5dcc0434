"""The criteria that an evaluation answers by itself."""

import math
from collections.abc import Sequence

from models.evaluation.figures import FEW, Figures, measure
from models.evaluation.intervals import Interval, estimate_share
from models.evaluation.judgement import UNKNOWN, Evaluation, Judgement
from models.gate.verdict import Measured

_FEW_IN_SLICE = 10
"""A slice of fewer documents says nothing about the slice."""


def measure_quality(evaluation: Evaluation) -> dict[str, Measured]:
    """Values by criterion."""
    figures = measure(evaluation)
    return {
        "classes_measured": Measured(values={"": len(figures.macro_classes)}),
        "macro_recall": _one(figures.macro_recall.low, len(figures.macro_classes), "known class"),
        "class_recall": _measure_recalls(figures),
        "automatic": _one(figures.automatic.value, _count_known(figures), "known document"),
        "automatic_right": _one(
            figures.automatic_right.value,
            sum(each.certain and each.label != UNKNOWN for each in evaluation.judgements),
            "document that passes",
        ),
        "unknown_passed": _one(figures.unknown_passed.value, figures.unknown, "unknown document"),
        "calibration": _one(figures.calibration_error, figures.documents, "document"),
        "slices": _measure_slices(evaluation.judgements),
    }


def _one(value: float, seen: int, name: str) -> Measured:
    return Measured(values={"": value}) if seen else Measured(missing=f"no {name} was evaluated")


def _count_known(figures: Figures) -> int:
    return figures.documents - figures.unknown


def _measure_recalls(figures: Figures) -> Measured:
    recalls = {label: figures.classes[label].recall.value for label in figures.macro_classes}
    return Measured(values=recalls, missing=f"no known class has {FEW} documents")


def _measure_slices(judged: Sequence[Judgement]) -> Measured:
    """How far each slice falls behind the documents outside of it, at the very least."""
    lags = {}
    for name, value in sorted({pair for each in judged for pair in each.slices.items()}):
        inside = [each for each in judged if each.slices.get(name) == value]
        outside = [each for each in judged if each.slices.get(name) != value]
        if min(len(inside), len(outside)) >= _FEW_IN_SLICE:
            lags[f"{name}={value}"] = _find_least_lag(_share_well(inside), _share_well(outside))
    missing = f"no slice of {_FEW_IN_SLICE} documents has as many outside of it"
    return Measured(values=lags, missing=missing, waived=True)


def _share_well(judged: Sequence[Judgement]) -> Interval:
    return estimate_share(sum(each.well_handled for each in judged), len(judged))


def _find_least_lag(own: Interval, rest: Interval) -> float:
    """The lower bound of the difference of two shares (Newcombe 1998, method 10)."""
    reach = math.hypot(rest.value - rest.low, own.high - own.value)
    return round(rest.value - own.value - reach, 4)
