"""Figures of evaluations, against values worked out by hand or in the literature."""

import math

import pytest

from models.evaluation.calibration import gather_bins, measure_calibration_error, trace_curve
from models.evaluation.figures import measure
from models.evaluation.intervals import estimate_mean_recall, estimate_share
from tests.unit.models.judgements import make_evaluation, make_judgement, make_judgements


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    # Newcombe 1998, table I: the score method without continuity correction.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_shares_have_the_score_interval(right: int, total: int, low: float, high: float) -> None:
    share = estimate_share(right, total)
    assert (share.low, share.high) == pytest.approx((low, high), abs=1e-4)


def test_nothing_seen_says_nothing() -> None:
    assert (estimate_share(0, 0).low, estimate_share(0, 0).high) == (0, 1)
    assert (estimate_mean_recall([]).low, estimate_mean_recall([]).high) == (0, 1)


def test_five_right_of_five_are_no_certainty() -> None:
    few, many = estimate_mean_recall([(5, 5)] * 3), estimate_mean_recall([(500, 500)] * 3)
    assert few.value == many.value == 1
    assert few.low < 0.93
    assert many.low > 0.996


def test_the_mean_recall_of_many_documents_has_the_normal_interval() -> None:
    counts = [(800, 1000), (900, 1000)]
    mean = estimate_mean_recall(counts)
    deviation = math.sqrt(0.8 * 0.2 / 1000 + 0.9 * 0.1 / 1000) / 2
    assert mean.value == 0.85
    assert mean.low == pytest.approx(0.85 - 1.96 * deviation, abs=0.002)
    assert mean.high == pytest.approx(0.85 + 1.96 * deviation, abs=0.002)


def test_the_same_counts_always_have_the_same_interval() -> None:
    assert estimate_mean_recall([(7, 9), (5, 5)]) == estimate_mean_recall([(7, 9), (5, 5)])


def test_classes_have_recall_and_precision() -> None:
    counts = {("invoice", "invoice"): 8, ("invoice", "receipt"): 2, ("receipt", "receipt"): 6}
    figures = measure(make_evaluation(make_judgements(counts)))
    assert figures.classes["invoice"].recall.value == 0.8
    assert figures.classes["receipt"].precision.value == 0.75
    assert figures.confusion["invoice"] == {"invoice": 8, "receipt": 2}
    assert figures.macro_recall.value == 0.9


def test_small_classes_and_unknown_documents_do_not_count_in_the_mean() -> None:
    counts = {("invoice", "invoice"): 5, ("form", "invoice"): 4, ("other", "invoice"): 9}
    figures = measure(make_evaluation(make_judgements(counts)))
    assert figures.macro_classes == ("invoice",)
    assert figures.macro_recall.value == 1


def test_a_class_that_the_package_does_not_know_is_counted_as_missed() -> None:
    figures = measure(make_evaluation(make_judgements({("payslip", "invoice"): 5})))
    assert figures.classes["payslip"].recall.value == 0
    assert figures.macro_recall.value == 0


def test_documents_pass_when_the_package_is_certain() -> None:
    judged = [
        *make_judgements({("invoice", "invoice"): 6, ("invoice", "receipt"): 1}),
        *make_judgements({("receipt", "receipt"): 3}, certain=False),
        *make_judgements({("other", "other"): 3, ("other", "form"): 1}),
    ]
    figures = measure(make_evaluation(judged))
    assert figures.automatic.value == 0.7
    assert figures.automatic_right.value == pytest.approx(6 / 7, abs=1e-4)
    assert (figures.unknown, figures.unknown_passed.value) == (4, 0.25)
    assert figures.passed_right.value == 0.75


def test_the_calibration_error_is_the_gap_weighted_by_documents() -> None:
    judged = [
        *make_judgements({("invoice", "invoice"): 6, ("invoice", "form"): 2}, confidence=0.95),
        *make_judgements({("receipt", "receipt"): 2}, confidence=0.55),
    ]
    bins = gather_bins(judged)
    assert [each.documents for each in bins] == [2, 8]
    assert measure_calibration_error(bins) == pytest.approx(0.2 * 0.45 + 0.8 * 0.2)


def test_full_confidence_belongs_to_the_last_step() -> None:
    assert gather_bins([make_judgement("form", confidence=1.0)])[0].confidence == 1


def test_the_curve_falls_in_coverage_as_the_threshold_rises() -> None:
    judged = [
        make_judgement("invoice", confidence=0.9),
        make_judgement("receipt", "invoice", confidence=0.6),
        make_judgement("form", confidence=0.8, known=False),
        make_judgement("other", "form", confidence=0.7),
    ]
    points = trace_curve(judged)
    assert [one.threshold for one in points] == [0.6, 0.7, 0.9]
    assert [one.coverage for one in points] == pytest.approx([2 / 3, 1 / 3, 1 / 3], abs=1e-4)
    assert [one.accuracy for one in points] == pytest.approx([1 / 3, 1 / 2, 1], abs=1e-4)


def test_slices_are_looked_at_by_themselves() -> None:
    judged = [
        *make_judgements({("invoice", "invoice"): 3}, slices={"language": "de"}),
        *make_judgements({("invoice", "form"): 1}, slices={"language": "en"}),
        *make_judgements({("other", "form"): 1}, slices={"language": "en"}, certain=False),
    ]
    figures = measure(make_evaluation(judged))
    assert [(one.value, one.documents, one.well_handled.value) for one in figures.slices] == [
        ("de", 3, 1.0),
        ("en", 2, 0.5),
    ]
