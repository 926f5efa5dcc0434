"""Milliseconds from text to answer; the ways take turns, so that what disturbs one disturbs all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from local.bench.comparison import EAGER, EMBEDDING, LEXICAL, PIPELINE, WHOLE
from local.bench.figures import Spread, summarise
from local.bench.process import Process, Way
from local.bench.table import lay_out
from local.bench.verdicts import Target, Verdict

LENGTHS = (128, 256, 512)
THREADS = (1, 2)
COMPARED = (EAGER, PIPELINE, WHOLE, EMBEDDING, LEXICAL)
_FASTER = Target("embedding package against PyTorch, 256 tokens, 1 thread", 4, "at least", "x")
_QUICK = Target("lexical package, p50 at most lengths, 1 thread", 1, "at most", " ms")


@dataclass(frozen=True, slots=True)
class Latencies:
    """Of one number of threads: milliseconds by way and length in tokens."""

    threads: int
    calls: int
    figures: Mapping[str, Mapping[int, Spread]]


def measure(
    ways: Sequence[Way], texts: Mapping[int, Sequence[str]], *, threads: int, rounds: int
) -> Latencies:
    """Asks every way for every text in turn, `rounds` times after one that does not count."""
    times: dict[str, dict[int, list[float]]] = {
        way.name: {length: [] for length in texts} for way in ways
    }
    with ExitStack() as stack:
        processes = [(way.name, stack.enter_context(Process(way, threads=threads))) for way in ways]
        for number in range(rounds + 1):
            for length, own in texts.items():
                for name, process in processes:
                    seconds = process.ask(own).seconds
                    if number:
                        times[name][length] += [1000 * second for second in seconds]
    return Latencies(
        threads=threads,
        calls=rounds * min(map(len, texts.values())),
        figures={
            name: {length: summarise(values) for length, values in lengths.items()}
            for name, lengths in times.items()
        },
    )


def tell(latencies: Latencies) -> Iterator[str]:
    """The table: p50, p99, and how many times faster than PyTorch."""
    threads = latencies.threads
    yield (
        f"Latency on {threads} thread{'s' * (threads > 1)}: milliseconds from text to answer, "
        f"{latencies.calls} calls each, the ways in turn"
    )
    lengths = list(next(iter(latencies.figures.values())))
    baseline = latencies.figures.get(EAGER)
    rows = [
        (
            name,
            [
                cell
                for length, spread in figures.items()
                for cell in (
                    _round(spread.p50),
                    _round(spread.p99),
                    f"{baseline[length].p50 / spread.p50:.1f}x" if baseline else "",
                )
            ],
        )
        for name, figures in latencies.figures.items()
    ]
    head = ("", ["p50", "p99", "ratio" if baseline else ""] * len(lengths))
    yield lay_out(head, rows, above=[(f"{length} tokens", 3) for length in lengths])


def judge(latencies: Latencies) -> Iterator[Verdict]:
    """The targets of one thread."""
    figures = latencies.figures
    if latencies.threads == 1:
        yield Verdict(_FASTER, figures[EAGER][256].p50 / figures[EMBEDDING][256].p50)
        yield Verdict(_QUICK, max(spread.p50 for spread in figures[LEXICAL].values()))


def _round(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:.1f}"
