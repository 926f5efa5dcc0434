import pytest

from local.bench.cold_start import judge as judge_starts
from local.bench.comparison import EAGER, EMBEDDING, HANDLER, LEXICAL
from local.bench.figures import Spread, summarise
from local.bench.latency import Latencies
from local.bench.latency import judge as judge_latencies
from local.bench.verdicts import Target, Verdict, tell


@pytest.mark.parametrize(
    ("kind", "figure", "met"),
    [
        ("at least", 4.0, True),
        ("at least", 3.99, False),
        ("at most", 4.0, True),
        ("at most", 4.01, False),
    ],
)
def test_a_target_is_met_up_to_its_bound(kind: str, figure: float, met: bool) -> None:
    target = Target("speed", 4, kind, "x")  # type: ignore[arg-type] # the table's own words
    assert target.is_met(figure) == met


def test_a_verdict_tells_figure_and_bound() -> None:
    verdicts = [Verdict(Target("start", 0.4, "at most", " s"), figure) for figure in (0.31, 0.5)]

    assert list(tell(verdicts)) == [
        "Targets",
        "  met     start: 0.31 s, wanted at most 0.4 s",
        "  missed  start: 0.50 s, wanted at most 0.4 s",
    ]


def spread(value: float) -> Spread:
    return summarise([value])


def make_latencies(threads: int) -> Latencies:
    return Latencies(
        threads=threads,
        calls=1,
        figures={
            EAGER: {128: spread(40), 256: spread(80)},
            EMBEDDING: {128: spread(10), 256: spread(40)},
            LEXICAL: {128: spread(0.2), 256: spread(0.4)},
        },
    )


def test_the_embedding_package_is_judged_at_256_tokens_and_the_lexical_one_at_its_slowest() -> None:
    assert [verdict.figure for verdict in judge_latencies(make_latencies(1))] == [2.0, 0.4]


def test_two_threads_have_no_target() -> None:
    assert list(judge_latencies(make_latencies(2))) == []


def test_the_cold_start_that_is_judged_is_the_classifiers_without_clients_of_aws() -> None:
    starts = {EAGER: spread(3.0), HANDLER: spread(0.5), LEXICAL: spread(0.2)}

    assert [verdict.figure for verdict in judge_starts(starts)] == [0.2, 15.0]
