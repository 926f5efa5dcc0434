"""Temperature, thresholds and limits, chosen on documents of genres that the model never saw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_TEMPERATURES = np.round(np.geomspace(0.1, 3.0, 69), 4)
_FLOOR = 0.7


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


def choose_temperature(judged: Judged) -> float:
    """The temperature of the least negative log likelihood."""
    rows = np.arange(len(judged.truth))
    losses = [
        -float(np.log(judged.probabilities(float(one))[rows, judged.truth] + 1e-12).mean())
        for one in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def choose_thresholds(judged: Judged, temperature: float, *, precision: float) -> list[float]:
    """For each class the least confidence from which on `precision` of the answers are right.

    At least 0.7, also where every answer is right. Where no confidence reaches the precision it is
    0.99: a person looks at such answers.
    """
    probabilities = judged.probabilities(temperature)
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    thresholds = []
    for label in range(probabilities.shape[1]):
        mine = answers == label
        order = np.argsort(-confidence[mine], kind="stable")
        right = (judged.truth[mine] == label)[order]
        share = np.cumsum(right) / np.arange(1, len(right) + 1)
        good = np.flatnonzero(share >= precision)
        lowest = 0.99 if not len(good) else float(confidence[mine][order][good[-1]])
        if len(good) and good[-1] == len(right) - 1:
            lowest = _FLOOR
        thresholds.append(round(min(0.99, max(_FLOOR, np.floor(lowest * 100) / 100)), 2))
    return thresholds


def choose_similarity(judged: Judged, *, quantile: float) -> list[float]:
    """For each class the similarity that all but `quantile` of its own documents reach."""
    limits = []
    for label in range(judged.similarity.shape[1]):
        own = judged.similarity[judged.truth == label, label]
        limits.append(round(float(np.quantile(own, quantile)), 4))
    return limits


def choose_coverage(judged: Judged, *, quantile: float) -> float:
    """The share of known words that all but `quantile` of the documents reach."""
    return round(float(np.quantile(judged.coverage, quantile)), 4)


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
