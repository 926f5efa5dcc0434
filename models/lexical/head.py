"""The linear head: one fit of logistic regression, with the same result wherever it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

Rows: TypeAlias = csr_matrix | NDArray[np.float64]
_DECIMALS = 4
"""Beyond these, coefficients depend on the order in which a processor sums."""


@dataclass(frozen=True, slots=True)
class Head:
    """Weights (features, classes) and bias (classes,)."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def score(self, features: Rows) -> NDArray[np.float64]:
        """Logits, a row a document."""
        scores: NDArray[np.float64] = features @ self.weights.astype(np.float64) + self.bias
        return scores


def fit_head(
    features: Rows,
    labels: Sequence[int],
    *,
    strength: float,
    steps: int,
    weights: Sequence[float] | None = None,
) -> Head:
    """Fit on rows of features; `strength` is the inverse of the regularisation.

    A row counts as its weight says; without weights all count alike.
    """
    with threadpool_limits(limits=1):
        model = LogisticRegression(C=strength, max_iter=steps, tol=1e-4)
        model.fit(features, labels, sample_weight=weights)
    coefficients = np.round(model.coef_.T, _DECIMALS).astype(np.float32)
    return Head(coefficients, np.round(model.intercept_, _DECIMALS).astype(np.float32))


def find_centroids(
    features: Rows,
    labels: Sequence[int],
    classes: int,
    *,
    weights: Sequence[float] | None = None,
) -> NDArray[np.float32]:
    """The mean direction of each class, as columns of length 1; rows are weighted as in the fit."""
    marks = np.asarray(labels)
    counted = np.ones(len(marks)) if weights is None else np.asarray(weights)
    rows = []
    for index in range(classes):
        own = marks == index
        # A sparse product: a dense one's sums depend on the number of threads.
        mean = counted[own] @ csr_matrix(features[own]) / counted[own].sum()
        rows.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
    return np.round(np.array(rows).T, 6).astype(np.float32)
