"""Temperature, thresholds and limits, chosen on documents of genres that the model never saw."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_TEMPERATURES = np.round(np.geomspace(0.1, 3.0, 69), 4)
_FLOOR = 0.85
"""No lower threshold, whatever the judged documents say: more kinds of paper exist than a generator
knows, and below this too many of them would pass for the class that they resemble."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model said about documents whose class is known, a row or value each."""

    logits: Floats
    similarity: Floats
    coverage: Floats
    words: Integers
    truth: Integers

    def probabilities(self, temperature: float) -> Floats:
        """Softmax of the tempered logits."""
        scaled = self.logits / temperature
        weights = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        shares: Floats = weights / weights.sum(axis=1, keepdims=True)
        return shares

    def pick(self, rows: "Integers | slice") -> "Judged":
        """Some of the documents, in this order."""
        return Judged(*(getattr(self, field.name)[rows] for field in fields(self)))


def join(parts: Sequence[Judged]) -> Judged:
    """What several models said, one after the other."""
    return Judged(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Judged))
    )


def choose_temperature(judged: Judged, weights: Floats) -> float:
    """The temperature of the least negative log likelihood, documents counting as their weights."""
    rows = np.arange(len(judged.truth))
    losses = [
        -float(
            (weights * np.log(judged.probabilities(float(one))[rows, judged.truth] + 1e-12)).sum()
        )
        for one in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def choose_thresholds(
    judged: Judged, weights: Floats, temperature: float, *, precision: float
) -> list[float]:
    """For each class the least confidence from which on `precision` of the answers are right.

    At least 0.85, also where every answer is right. Where no confidence reaches the precision it is
    0.99: a person looks at such answers.
    """
    probabilities = judged.probabilities(temperature)
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    thresholds = []
    for label in range(probabilities.shape[1]):
        mine = answers == label
        order = np.argsort(-confidence[mine], kind="stable")
        right = (judged.truth[mine] == label)[order]
        counted = weights[mine][order]
        share = np.cumsum(right * counted) / np.cumsum(counted)
        good = np.flatnonzero(share >= precision)
        lowest = 0.99 if not len(good) else float(confidence[mine][order][good[-1]])
        if len(good) and good[-1] == len(right) - 1:
            lowest = _FLOOR
        thresholds.append(round(min(0.99, max(_FLOOR, np.floor(lowest * 100) / 100)), 2))
    return thresholds


def choose_similarity(judged: Judged, weights: Floats, *, quantile: float) -> list[float]:
    """For each class the similarity that all but `quantile` of its own documents reach."""
    limits = []
    for label in range(judged.similarity.shape[1]):
        own = judged.truth == label
        limits.append(find_quantile(judged.similarity[own, label], weights[own], quantile))
    return limits


def choose_coverage(judged: Judged, weights: Floats, *, quantile: float) -> float:
    """The share of known words that all but `quantile` of the documents reach."""
    return find_quantile(judged.coverage, weights, quantile)


def find_quantile(values: NDArray[Any], weights: Floats, quantile: float) -> float:
    """The weighted quantile, linear between the middles of neighbours; 4 decimals."""
    order = np.argsort(values, kind="stable")
    middles = np.cumsum(weights[order]) - weights[order] / 2
    places = (middles - middles[0]) / max(float(middles[-1] - middles[0]), 1e-9)
    return round(float(np.interp(quantile, places, values[order])), 4)


def measure_calibration_error(judged: Judged, temperature: float, bins: int = 10) -> float:
    """The expected calibration error: confidence minus accuracy, weighted over equal bins."""
    probabilities = judged.probabilities(temperature)
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == judged.truth
    error = 0.0
    for index in range(bins):
        inside = (confidence > index / bins) & (confidence <= (index + 1) / bins)
        if inside.any():
            error += float(inside.mean()) * abs(
                float(confidence[inside].mean()) - float(right[inside].mean())
            )
    return round(error, 4)
