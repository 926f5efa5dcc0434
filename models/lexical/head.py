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


def fit_head(features: Rows, labels: Sequence[int], *, strength: float, steps: int) -> Head:
    """Fit on rows of features; `strength` is the inverse of the regularisation."""
    with threadpool_limits(limits=1):
        model = LogisticRegression(C=strength, max_iter=steps, tol=1e-4)
        model.fit(features, labels)
    weights = np.round(model.coef_.T, _DECIMALS).astype(np.float32)
    return Head(weights, np.round(model.intercept_, _DECIMALS).astype(np.float32))


def find_centroids(features: Rows, labels: Sequence[int], classes: int) -> NDArray[np.float32]:
    """The mean direction of each class, as columns of length 1."""
    marks = np.asarray(labels)
    rows = []
    for index in range(classes):
        mean = np.asarray(features[marks == index].mean(axis=0)).ravel()
        rows.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
    return np.round(np.array(rows).T, 6).astype(np.float32)
