"""Whether all ways to MiniLM's answer give the same one; without that, nothing is compared."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

import numpy as np

from local.bench.comparison import EAGER, EMBEDDING, PIPELINE, REFERENCE
from local.bench.process import BenchError, Process, Way

_EXACT = 1e-3
"""How far logits of the same 32-bit weights may lie apart."""
_AGREE = 0.96
"""The least share of documents that 8-bit weights must give the same label."""

Answers = Sequence[Sequence[float]]


def check(ways: Mapping[str, Way], texts: Sequence[str]) -> Iterator[str]:
    """How far each way's logits lie from PyTorch's; raises BenchError where they do not agree."""
    with ExitStack() as stack:
        names = (EAGER, PIPELINE, REFERENCE, EMBEDDING)
        processes = {name: stack.enter_context(Process(ways[name], threads=2)) for name in names}
        answers = {name: process.ask(texts).answers for name, process in processes.items()}
    yield f"Answers on {len(texts)} generated documents, compared with {EAGER}"
    for name in (PIPELINE, REFERENCE, EMBEDDING):
        apart, same = compare(answers[EAGER], answers[name])
        yield f"  {name:<24} same label {same:.3f}, logits at most {apart:.5f} apart"
        if name == EMBEDDING and same < _AGREE:
            raise BenchError(f"{name}: same label for {same:.3f} of documents, less than {_AGREE}")
        if name != EMBEDDING and apart > _EXACT:
            raise BenchError(f"{name}: logits are {apart:.5f} apart, more than {_EXACT}")


def compare(first: Answers, second: Answers) -> tuple[float, float]:
    """The largest difference of two ways' logits, and the share of equal labels."""
    one, other = np.array(first), np.array(second)
    same = one.argmax(axis=1) == other.argmax(axis=1)
    return float(np.abs(one - other).max()), float(same.mean())
