"""Figures about a model: recall and precision by class, and the baseline that drift is seen by."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.lexical.calibration import Floats, Judged, find_quantile, measure_calibration_error

_QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)


def measure_classes(judged: Judged, labels: tuple[str, ...]) -> dict[str, Any]:
    """Recall, precision and count of each class, and the mean recall over the classes."""
    answers = judged.logits.argmax(axis=1)
    classes = {}
    for index, label in enumerate(labels):
        own, given = judged.truth == index, answers == index
        right = int((own & given).sum())
        classes[label] = {
            "documents": int(own.sum()),
            "recall": round(right / max(1, int(own.sum())), 4),
            "precision": round(right / max(1, int(given.sum())), 4),
        }
    recalls = [figures["recall"] for figures in classes.values() if figures["documents"]]
    return {"macro_recall": round(float(np.mean(recalls)), 4), "classes": classes}


def measure_routing(
    judged: Judged,
    labels: tuple[str, ...],
    *,
    temperature: float,
    thresholds: list[float],
    known: NDArray[np.bool_],
) -> dict[str, Any]:
    """How many documents are classified without a person, and how many of those rightly."""
    probabilities = judged.probabilities(temperature)
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    other = labels.index("other")
    certain = known & (confidence >= np.array(thresholds)[answers]) & (answers != other)
    wanted = judged.truth != other
    right = certain & (answers == judged.truth)
    return {
        "automatic": round(float((certain & wanted).sum() / max(1, int(wanted.sum()))), 4),
        "automatic_right": round(float(right.sum() / max(1, int((certain & wanted).sum()))), 4),
        "passed_right": round(float(right.sum() / max(1, int(certain.sum()))), 4),
        "unknown_passed": round(float((certain & ~wanted).sum() / max(1, (~wanted).sum())), 4),
        "calibration_error": measure_calibration_error(judged, temperature),
    }


@dataclass(frozen=True, slots=True)
class Step:
    """One threshold for all classes: how many known documents pass, how many of all are right."""

    threshold: float
    coverage: float
    accuracy: float


def trace_steps(
    judged: Judged, labels: tuple[str, ...], *, temperature: float, known: NDArray[np.bool_]
) -> list[Step]:
    """What every hundredth of confidence would do as the threshold, from the least one up."""
    probabilities = judged.probabilities(temperature)
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    other = labels.index("other")
    taken, wanted = known & (answers != other), judged.truth != other
    steps = []
    for percent in range(100):
        passed = taken & (confidence >= percent / 100)
        if passed.any():
            coverage = float((passed & wanted).sum() / max(1, int(wanted.sum())))
            accuracy = float((passed & (answers == judged.truth)).sum() / passed.sum())
            steps.append(Step(percent / 100, round(coverage, 4), round(accuracy, 4)))
    return steps


@dataclass(frozen=True, slots=True)
class Tenth:
    """The documents of one tenth of confidence: how many, their mean, how many are right."""

    documents: int
    confidence: float
    accuracy: float


def gather_tenths(judged: Judged, *, temperature: float) -> list[Tenth]:
    """The documents by tenths of confidence; empty ones are left out."""
    probabilities = judged.probabilities(temperature)
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == judged.truth
    places = np.minimum(9, (confidence * 10).astype(int))
    return [
        Tenth(
            documents=int(inside.sum()),
            confidence=round(float(confidence[inside].mean()), 4),
            accuracy=round(float(right[inside].mean()), 4),
        )
        for place in range(10)
        if (inside := places == place).any()
    ]


def describe_baseline(
    judged: Judged, weights: Floats, labels: tuple[str, ...], *, temperature: float
) -> dict[str, Any]:
    """Distributions to compare later documents with: class mix, confidence, coverage, length.

    A document counts in the distributions as its weight says.
    """
    probabilities = judged.probabilities(temperature)
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    best = judged.similarity[np.arange(len(answers)), answers]

    def quantiles(values: np.ndarray[Any, Any]) -> dict[str, float]:
        return {str(one): find_quantile(values, weights, one) for one in _QUANTILES}

    return {
        "documents": len(answers),
        "labels": {label: int((answers == index).sum()) for index, label in enumerate(labels)},
        "confidence": quantiles(confidence),
        "similarity": quantiles(best),
        "coverage": quantiles(judged.coverage),
        "words": quantiles(judged.words),
    }
