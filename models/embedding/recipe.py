"""The parameters that an embedding package is built with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EmbeddingRecipe:
    """As the lexical recipe; a text's first `most_words` word pieces are read, and no more.

    The encoder's last layers serve the likeness of sentences, for which it was trained: without
    them documents of unseen genres are told better, and sooner.
    """

    documents: int = 300
    seed: int = 7
    layers: int = 4
    most_words: int = 256
    strength: float = 30.0
    steps: int = 300
    folds: int = 3
    precision: float = 0.98
    quantile: float = 0.01
    least_words: int = 8
