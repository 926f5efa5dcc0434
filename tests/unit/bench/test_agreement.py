import pytest

from local.bench.agreement import compare


def test_answers_are_compared_by_label_and_by_distance() -> None:
    apart, same = compare([[1.0, 0.0], [0.0, 2.0]], [[1.5, 0.0], [2.25, 2.0]])

    assert apart == pytest.approx(2.25)
    assert same == 0.5
