"""`make bench`: this project's ways to an answer beside PyTorch's, and the handlers' imports.

Ends with 1 when the two sides do not give the same answers. A missed target is told and fails
nothing: on a machine that does other things too, a figure is no proof.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from lambdas.classify.package import TOKENIZER
from local.bench import agreement, cold_start, footprint, imports, latency, verdicts
from local.bench.comparison import EAGER, EMBEDDING, HANDLER, LEXICAL, PIPELINE, WHOLE, list_ways
from local.bench.functions import serve_package, surround
from local.bench.preparation import Places, prepare
from local.bench.process import BenchError, Way
from local.bench.texts import cut_texts, draw_texts
from local.bench.verdicts import Verdict

SECTIONS = ("latency", "cold-start", "footprint", "imports")
_AGREEING = 5
"""Documents of each class that the sides must agree on."""


def main(given: list[str] | None = None) -> int:
    """Runs the sections that are asked for, and ends with the targets."""
    parser = argparse.ArgumentParser(prog="python -m local.bench", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"of {', '.join(SECTIONS)}; all without")
    parser.add_argument("--model", type=Path, default=Path("build/model"), help="lexical package")
    parser.add_argument("--rounds", type=int, default=8, help="of every text, for latency")
    parser.add_argument("--runs", type=int, default=5, help="of every process, for starts")
    options = parser.parse_args(given)
    if unknown := set(options.sections) - {*SECTIONS}:
        parser.error(f"no such section: {', '.join(sorted(unknown))}; {', '.join(SECTIONS)} are")
    sections = options.sections or SECTIONS
    try:
        for line in _run(sections, options.model.resolve(), options.rounds, options.runs):
            print(line, flush=True)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(sections: Sequence[str], model: Path, rounds: int, runs: int) -> Iterator[str]:
    found: list[Verdict] = []
    yield f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}"
    if {*sections} & {"latency", "cold-start", "footprint"}:
        places = Places(lexical=model)
        prepare(places)
        yield from _compare(sections, places, rounds, runs, found)
    if "imports" in sections:
        yield ""
        yield from imports.measure(model, max(1, runs // 2))
    if found:
        yield ""
        yield from verdicts.tell(found)


def _compare(
    sections: Sequence[str], places: Places, rounds: int, runs: int, found: list[Verdict]
) -> Iterator[str]:
    ways = list_ways(places)
    tokenizer = Tokenizer.from_file(str(places.embedding.small / TOKENIZER))
    texts = {length: cut_texts(tokenizer, length) for length in latency.LENGTHS}
    yield ""
    yield from agreement.check(ways, [*draw_texts(_AGREEING), *texts[512]])
    if "latency" in sections:
        for threads in latency.THREADS:
            compared = [ways[name] for name in latency.COMPARED]
            latencies = latency.measure(compared, texts, threads=threads, rounds=rounds)
            yield ""
            yield from latency.tell(latencies)
            found += latency.judge(latencies)
    if not {*sections} & {"cold-start", "footprint"}:
        return
    with serve_package(places.lexical) as registry:
        surroundings = surround("classify", registry)
        function = Way(HANDLER, places.classifier_python, "handler", environment=surroundings)
        started = [ways[name] for name in (EAGER, PIPELINE)]
        started += [function, *(ways[name] for name in (WHOLE, EMBEDDING, LEXICAL))]
        if "cold-start" in sections:
            starts = cold_start.measure(started, texts[256][0], runs=runs)
            yield ""
            yield from cold_start.tell(starts, runs)
            found += cold_start.judge(starts)
        if "footprint" in sections:
            models = {EAGER: places.encoder, PIPELINE: places.encoder}
            models |= {HANDLER: places.lexical, LEXICAL: places.lexical}
            models |= {WHOLE: places.whole.small, EMBEDDING: places.embedding.small}
            yield ""
            yield from footprint.tell(footprint.measure(started, models, texts[256][0]))


if __name__ == "__main__":
    sys.exit(main())
