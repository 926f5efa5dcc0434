"""The parameters that a package is built with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that may be turned; the same recipe and code give the same package.

    `documents` a class are generated from `seed`. A word must stand in `least_texts` of them, a
    gram too, and the `most_grams` commonest are used. `strength` is the inverse of the
    regularisation. `folds` of genres are left out in turn to choose what the model is not fitted
    to: temperature, thresholds of that `precision`, and the limits of what looks known, which
    `quantile` of known documents may fall short of. A customer's own document counts as
    `own_weight` generated ones.
    """

    documents: int = 1000
    seed: int = 7
    least_texts: int = 3
    most_grams: int = 40_000
    strength: float = 30.0
    steps: int = 300
    folds: int = 8
    precision: float = 0.97
    quantile: float = 0.003
    least_words: int = 8
    own_weight: float = 3.0
