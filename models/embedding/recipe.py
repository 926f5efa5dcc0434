"""The parameters that an embedding package is built with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EmbeddingRecipe:
    """As the lexical recipe; a text's first `most_words` word pieces are read, and no more."""

    documents: int = 120
    seed: int = 7
    most_words: int = 256
    strength: float = 30.0
    steps: int = 300
    folds: int = 3
    precision: float = 0.98
    quantile: float = 0.01
    least_words: int = 8
