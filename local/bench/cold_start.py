"""Seconds from starting a process to its first answer, imports and loading included."""

import time
from collections.abc import Iterator, Mapping, Sequence

from local.bench.comparison import EAGER, LEXICAL
from local.bench.figures import Spread, summarise
from local.bench.process import Process, Way
from local.bench.table import lay_out
from local.bench.verdicts import Target, Verdict

_START = Target("classify's import, load and first answer", 0.4, "at most", " s")
_FASTER = Target("the same against PyTorch's", 5, "at least", "x")


def measure(ways: Sequence[Way], text: str, *, runs: int) -> dict[str, Spread]:
    """Starts every way in turn, `runs` times after one that fills the disk's cache."""
    times: dict[str, list[float]] = {way.name: [] for way in ways}
    for number in range(runs + 1):
        for way in ways:
            seconds = _start(way, text)
            if number:
                times[way.name].append(seconds)
    return {name: summarise(values) for name, values in times.items()}


def _start(way: Way, text: str) -> float:
    with Process(way) as process:
        process.ask([text])
        return time.perf_counter() - process.started


def tell(figures: Mapping[str, Spread], runs: int) -> Iterator[str]:
    """The table: median and extremes, and how many times faster than PyTorch."""
    yield (
        f"Cold start: seconds from starting a process to its first answer, {runs} starts each, "
        "the ways in turn, files in the disk's cache"
    )
    baseline = figures[EAGER].p50
    rows = [
        (
            name,
            [
                *(f"{figure:.3f}" for figure in (one.p50, one.least, one.most)),
                f"{baseline / one.p50:.1f}x",
            ],
        )
        for name, one in figures.items()
    ]
    yield lay_out(("", ["p50", "least", "most", "ratio"]), rows)


def judge(figures: Mapping[str, Spread]) -> Iterator[Verdict]:
    """The targets of the classifier: import, load, first answer, without clients of AWS."""
    own = figures[LEXICAL].p50
    yield Verdict(_START, own)
    yield Verdict(_FASTER, figures[EAGER].p50 / own)
