"""Each criterion that an evaluation answers has an evaluation that fails it alone."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from pydantic import ValidationError

from models.evaluation.judgement import Judgement
from models.gate.comparison import compute_regression_chance, measure_agreement
from models.gate.criteria import read_criteria
from models.gate.quality import measure_quality
from models.gate.verdict import Measured, Verdict, decide
from tests.unit.models.judgements import make_evaluation, make_judgement, make_judgements

LABELS = ("invoice", "receipt", "form", "contract")
GOOD = {**{(label, label): 40 for label in LABELS}, ("other", "other"): 30}


def decide_quality(judgements: Sequence[Judgement]) -> tuple[Verdict, ...]:
    measured = measure_quality(make_evaluation(judgements, labels=(*LABELS, "other")))
    criteria = {name: one for name, one in read_criteria().items() if name in measured}
    return decide(criteria, measured, kind="lexical")


def list_failed(judgements: Sequence[Judgement]) -> list[str]:
    return [verdict.criterion for verdict in decide_quality(judgements) if not verdict.passed]


def change(counts: Mapping[tuple[str, str], int], **changes: object) -> list[Judgement]:
    return make_judgements({**GOOD, **counts}, **changes)


def test_a_good_evaluation_passes() -> None:
    assert list_failed(change({})) == []


def test_three_classes_are_too_few_to_judge_by() -> None:
    assert list_failed(change({("contract", "contract"): 4})) == ["classes_measured"]


def test_a_mean_recall_that_may_be_low_is_refused() -> None:
    """Each class is told rightly 33 times of 40: the mean is 0.825, and may be less."""
    judged = [
        *change({(label, label): 33 for label in LABELS}),
        *make_judgements({(label, "other"): 7 for label in LABELS}, confidence=0.05),
    ]
    assert list_failed(judged) == ["macro_recall"]


def test_few_documents_are_too_few_for_a_high_lower_bound() -> None:
    """All are told rightly, in both."""
    assert list_failed(change({(label, label): 5 for label in LABELS})) == ["macro_recall"]
    assert list_failed(change({(label, label): 9 for label in LABELS})) == []


def test_one_class_that_is_not_recognised_is_refused_by_name() -> None:
    judged = [
        *change({("form", "form"): 30}),
        *make_judgements({("form", "other"): 10}, confidence=0.1),
    ]
    (verdict,) = [one for one in decide_quality(judged) if not one.passed]
    assert verdict.criterion == "class_recall"
    assert verdict.told.startswith("form 0.75; at least 0.8")


def test_a_package_that_sends_most_to_people_is_refused() -> None:
    judged = [*make_judgements(GOOD, certain=False), *make_judgements({("form", "form"): 700})]
    assert list_failed(judged) == []
    assert list_failed(judged[:-400]) == ["automatic"]


def test_wrong_answers_that_pass_are_refused() -> None:
    judged = [*change({}), *make_judgements({("form", "invoice"): 4}, confidence=0.9)]
    assert list_failed(judged) == ["automatic_right"]


def test_unknown_documents_that_pass_are_refused() -> None:
    judged = [
        *change({("other", "other"): 26}),
        *make_judgements({("other", "form"): 4}, confidence=0.6),
    ]
    assert list_failed(judged) == ["unknown_passed"]


def test_without_unknown_documents_nothing_is_known_about_them() -> None:
    judged = change({("other", "other"): 0})
    (verdict,) = [one for one in decide_quality(judged) if not one.passed]
    assert (verdict.criterion, verdict.told) == (
        "unknown_passed",
        "no unknown document was evaluated",
    )


def test_confidence_that_does_not_keep_its_word_is_refused() -> None:
    assert list_failed(change({}, confidence=0.9)) == ["calibration"]


def test_a_slice_that_falls_behind_is_refused_by_name() -> None:
    judged = [
        *change({}, slices={"language": "en"}),
        *make_judgements({("form", "form"): 12}, slices={"language": "de"}),
        *make_judgements({("form", "other"): 6}, slices={"language": "de"}, confidence=0.1),
    ]
    (verdict,) = [one for one in decide_quality(judged) if not one.passed]
    assert verdict.criterion == "slices"
    assert verdict.told.startswith("language=de 0.1")


def test_a_slice_of_few_documents_says_nothing() -> None:
    judged = [
        *change({}, slices={"language": "en"}),
        *make_judgements({("form", "other"): 3}, slices={"language": "de"}, confidence=0.1),
    ]
    assert list_failed(judged) == []


def test_an_evaluation_without_documents_passes_nothing_that_matters() -> None:
    assert set(list_failed([])) >= {"classes_measured", "macro_recall", "class_recall", "automatic"}


@pytest.mark.parametrize(
    ("lost", "won", "chance"),
    [(0, 0, 1.0), (1, 0, 0.5), (5, 0, 1 / 32), (1, 9, 1023 / 1024), (8, 2, 56 / 1024)],
)
def test_losing_documents_to_the_live_package_is_tested_in_pairs(
    lost: int, won: int, chance: float
) -> None:
    right, wrong = make_judgement("form"), make_judgement("form", "invoice")
    live = [right] * lost + [wrong] * won + [right] * 50
    candidate = [wrong] * lost + [right] * won + [right] * 50
    assert compute_regression_chance(live, candidate) == pytest.approx(chance)


def test_agreement_counts_equal_answers_right_or_wrong() -> None:
    one = [make_judgement("form", "invoice"), make_judgement("form"), make_judgement("form")]
    other = [
        make_judgement("form", "invoice"),
        make_judgement("form", "other"),
        make_judgement("form"),
    ]
    assert measure_agreement(one, other) == pytest.approx(2 / 3)


def test_a_limit_may_be_touched_and_may_depend_on_the_kind(tmp_path: Path) -> None:
    path = tmp_path / "criteria.toml"
    path.write_text('[size]\nwhat = "MB"\nmost = { lexical = 2, embedding = 50 }\n')
    criteria, measured = read_criteria(path), {"size": Measured(values={"": 2.0})}
    assert decide(criteria, measured, kind="lexical")[0].passed
    assert not decide(criteria, {"size": Measured(values={"": 2.1})}, kind="lexical")[0].passed
    assert decide(criteria, {"size": Measured(values={"": 2.1})}, kind="embedding")[0].passed


@pytest.mark.parametrize("limits", ["", "least = 1\nmost = 2\n", 'most = "much"\n'])
def test_a_criterion_without_one_limit_is_refused(tmp_path: Path, limits: str) -> None:
    path = tmp_path / "criteria.toml"
    path.write_text(f'[size]\nwhat = "MB"\n{limits}')
    with pytest.raises(ValidationError, match="size"):
        read_criteria(path)
