"""The figures of an evaluation."""

from collections import Counter
from collections.abc import Sequence

from lambdas.shared.model import Frozen
from models.evaluation.calibration import (
    Bin,
    CurvePoint,
    gather_bins,
    measure_calibration_error,
    trace_curve,
)
from models.evaluation.intervals import Interval, estimate_mean_recall, estimate_share
from models.evaluation.judgement import UNKNOWN, Evaluation, Judgement

FEW = 5
"""A class of fewer documents is shown, but does not count in the mean over the classes."""


class ClassFigures(Frozen):
    """One class: how many there are and are called so, and how often that is right."""

    documents: int
    answered: int
    recall: Interval
    precision: Interval


class SliceFigures(Frozen):
    """The documents that share a property, and how many of them are handled well."""

    name: str
    value: str
    documents: int
    well_handled: Interval


class Figures(Frozen):
    """What an evaluation comes to.

    `macro_recall` is the mean over known classes of five documents or more. `automatic` is the
    share of known documents that no person needs to see, `automatic_right` how many of those
    are right, `unknown_passed` how many of the unknown ones pass as something they are not, and
    `passed_right` how many of all that pass are right.
    """

    documents: int
    accuracy: Interval
    macro_recall: Interval
    macro_classes: tuple[str, ...]
    classes: dict[str, ClassFigures]
    automatic: Interval
    automatic_right: Interval
    unknown: int
    unknown_passed: Interval
    passed_right: Interval
    calibration_error: float
    bins: tuple[Bin, ...]
    curve: tuple[CurvePoint, ...]
    slices: tuple[SliceFigures, ...]
    confusion: dict[str, dict[str, int]]
    """Documents by their class, then by the answer."""


def measure(evaluation: Evaluation) -> Figures:
    """Every figure of an evaluation."""
    judged = evaluation.judgements
    counts = {label: _count_class(judged, label) for label in _list_labels(evaluation)}
    macro = {
        label: (right, own)
        for label, (right, own, _) in counts.items()
        if own >= FEW and label != UNKNOWN
    }
    wanted = [each for each in judged if each.label != UNKNOWN]
    unknown = [each for each in judged if each.label == UNKNOWN]
    certain = [each for each in wanted if each.certain]
    passed = [each for each in judged if each.certain]
    bins = gather_bins(judged)
    pairs = Counter((each.label, each.answer) for each in judged)
    return Figures(
        documents=len(judged),
        accuracy=estimate_share(sum(each.right for each in judged), len(judged)),
        macro_recall=estimate_mean_recall(list(macro.values())),
        macro_classes=tuple(macro),
        classes={
            label: ClassFigures(
                documents=own,
                answered=given,
                recall=estimate_share(right, own),
                precision=estimate_share(right, given),
            )
            for label, (right, own, given) in counts.items()
        },
        automatic=estimate_share(len(certain), len(wanted)),
        automatic_right=estimate_share(sum(each.right for each in certain), len(certain)),
        unknown=len(unknown),
        unknown_passed=estimate_share(sum(each.certain for each in unknown), len(unknown)),
        passed_right=estimate_share(sum(each.right for each in passed), len(passed)),
        calibration_error=measure_calibration_error(bins),
        bins=bins,
        curve=trace_curve(judged),
        slices=_measure_slices(judged),
        confusion={
            label: {answer: pairs[label, answer] for answer in counts if pairs[label, answer]}
            for label in counts
        },
    )


def _list_labels(evaluation: Evaluation) -> list[str]:
    """The package's labels, then those of documents that it does not know."""
    found = sorted({each.label for each in evaluation.judgements} - set(evaluation.labels))
    return [*evaluation.labels, *found]


def _count_class(judged: Sequence[Judgement], label: str) -> tuple[int, int, int]:
    """How many are rightly called so, are so, and are called so."""
    right = sum(each.right and each.label == label for each in judged)
    own = sum(each.label == label for each in judged)
    return right, own, sum(each.answer == label for each in judged)


def _measure_slices(judged: Sequence[Judgement]) -> tuple[SliceFigures, ...]:
    shares = sorted({pair for each in judged for pair in each.slices.items()})
    figures = []
    for name, value in shares:
        inside = [each for each in judged if each.slices.get(name) == value]
        figures.append(
            SliceFigures(
                name=name,
                value=value,
                documents=len(inside),
                well_handled=estimate_share(sum(each.well_handled for each in inside), len(inside)),
            )
        )
    return tuple(figures)
