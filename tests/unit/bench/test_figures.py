import pytest

from local.bench.figures import Spread, percentile, summarise


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile(list(range(1, 101)), 0.99) == 99
    assert percentile([7], 0.99) == 7


def test_of_few_values_the_99th_percentile_is_the_most() -> None:
    assert percentile([1, 2, 3], 0.99) == 3


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_a_spread_tells_median_tail_and_extremes() -> None:
    assert summarise([5, 1, 4, 2, 3]) == Spread(p50=3, p99=5, least=1, most=5)
