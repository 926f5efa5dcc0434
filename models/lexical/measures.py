"""Figures about a model: recall and precision by class, and the baseline that drift is seen by."""

from typing import Any

import numpy as np

from models.lexical.calibration import Judged, measure_calibration_error

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
    known: np.ndarray[Any, np.dtype[np.bool_]],
) -> dict[str, Any]:
    """How many documents are classified without a person, and how many of those rightly."""
    probabilities = judged.probabilities(temperature)
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    other = labels.index("other")
    certain = known & (confidence >= np.array(thresholds)[answers]) & (answers != other)
    wanted = judged.truth != other
    right = certain & (answers == judged.truth)
    return {
        "automatic": round(float((certain & wanted).sum() / wanted.sum()), 4),
        "automatic_right": round(float(right.sum() / max(1, int((certain & wanted).sum()))), 4),
        "unknown_passed": round(float((certain & ~wanted).sum() / max(1, (~wanted).sum())), 4),
        "calibration_error": measure_calibration_error(judged, temperature),
    }


def describe_baseline(
    judged: Judged, labels: tuple[str, ...], *, temperature: float
) -> dict[str, Any]:
    """Distributions to compare later documents with: class mix, confidence, coverage, length."""
    probabilities = judged.probabilities(temperature)
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    best = judged.similarity[np.arange(len(answers)), answers]

    def quantiles(values: np.ndarray[Any, Any]) -> dict[str, float]:
        return {str(one): round(float(np.quantile(values, one)), 4) for one in _QUANTILES}

    return {
        "documents": len(answers),
        "labels": {label: int((answers == index).sum()) for index, label in enumerate(labels)},
        "confidence": quantiles(confidence),
        "similarity": quantiles(best),
        "coverage": quantiles(judged.coverage),
        "words": quantiles(judged.words),
    }
