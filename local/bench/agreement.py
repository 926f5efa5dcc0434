"""Whether ways that should give the same answers do; without that, nothing is compared."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

import numpy as np

from local.bench.comparison import (
    EAGER,
    EMBEDDING,
    EMBEDDING_EXACT,
    PIPELINE,
    WHOLE,
    WHOLE_EXACT,
)
from local.bench.process import BenchError, Process, Way

_EXACT = 1e-3
"""How far logits of the same 32-bit weights may lie apart."""
_AGREE = 0.9
"""The least share of documents that 8-bit weights must give the same label: a head that few
documents were fitted to is of two minds about some."""
_COMPARED = (
    (PIPELINE, EAGER),
    (WHOLE_EXACT, EAGER),
    (WHOLE, EAGER),
    (EMBEDDING, EMBEDDING_EXACT),
)
"""The package has a head of its own for its fewer layers: only its own exact weights compare."""

Answers = Sequence[Sequence[float]]


def check(ways: Mapping[str, Way], texts: Sequence[str]) -> Iterator[str]:
    """How far logits lie apart, way by way; raises BenchError where they do not agree."""
    with ExitStack() as stack:
        names = dict.fromkeys(name for pair in _COMPARED for name in pair)
        processes = {name: stack.enter_context(Process(ways[name], threads=2)) for name in names}
        answers = {name: process.ask(texts).answers for name, process in processes.items()}
    yield f"Answers on {len(texts)} generated documents"
    for name, other in _COMPARED:
        apart, same = compare(answers[other], answers[name])
        yield (
            f"  {name:<23} as {other:<23} same label {same:.3f}, logits at most {apart:.5f} apart"
        )
        if name in (WHOLE, EMBEDDING):
            if same < _AGREE:
                raise BenchError(
                    f"{name}: same label for {same:.3f} of documents, less than {_AGREE}"
                )
        elif apart > _EXACT:
            raise BenchError(f"{name}: logits are {apart:.5f} apart, more than {_EXACT}")


def compare(first: Answers, second: Answers) -> tuple[float, float]:
    """The largest difference of two ways' logits, and the share of equal labels."""
    one, other = np.array(first), np.array(second)
    same = one.argmax(axis=1) == other.argmax(axis=1)
    return float(np.abs(one - other).max()), float(same.mean())
