"""A customer's own documents among generated ones, and how much each of them counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from models.corpus.classes import LABELS
from models.corpus.training import Sample, draw_samples

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Own:
    """Own documents; to train on, each counts as `weight` generated ones."""

    samples: tuple[Sample, ...] = ()
    weight: float = 1.0

    def pick(self, marks: Iterable[bool]) -> "Own":
        """Those that are marked."""
        return replace(self, samples=tuple(compress(self.samples, marks)))


NO_OWN = Own()


def list_labels(own: Iterable[Sample]) -> tuple[str, ...]:
    """The generated classes, then those that only own documents are of."""
    return (*LABELS, *sorted({sample.label for sample in own} - set(LABELS)))


def draw_beside(own: Iterable[Sample], *, documents: int, seed: int) -> list[Sample]:
    """Generated documents; none of a genre that a customer has a class of its own for."""
    new = set(list_labels(own)) - set(LABELS)
    drawn = draw_samples(documents, seed=seed)
    return [sample for sample in drawn if sample.source.lower().replace(" ", "_") not in new]


def balance_classes(truth: Sequence[int], weights: Sequence[float]) -> list[float]:
    """The weights with every class counting alike: what nobody brought would else be seldom told.

    A class is not commoner for a customer having brought documents of it.
    """
    totals = np.bincount(truth, weights=weights)
    counts: list[float] = (np.asarray(weights) * (totals.mean() / totals)[truth]).tolist()
    return counts


def weigh_evidence(samples: Sequence[Sample], own: Own) -> Floats:
    """What each document counts for how far to trust the model: the samples, then the own ones.

    Own documents of a class count together as much as its generated ones, though they are few: they
    are what the model will see. None counts less than a generated one.
    """
    generated = Counter(sample.label for sample in samples)
    brought = Counter(sample.label for sample in own.samples)
    usual = fmean(generated.values())
    theirs = [max(1.0, (generated[one.label] or usual) / brought[one.label]) for one in own.samples]
    return np.array([1.0] * len(samples) + theirs)
