"""Counts of one and two words, weighted: what the ONNX graph computes, for training."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize

Gram = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """The grams in their columns' order, those of one word first, and each column's weight."""

    grams: tuple[Gram, ...]
    weights: NDArray[np.float32]

    def transform(self, texts: Sequence[Sequence[int]]) -> csr_matrix:
        """A row of length 1 a text: log(1 + count) times weight."""
        column = {gram: index for index, gram in enumerate(self.grams)}
        values: list[float] = []
        columns: list[int] = []
        ends = [0]
        for words in texts:
            counts = Counter(column[gram] for gram in _grams(words) if gram in column)
            for index in sorted(counts):
                columns.append(index)
                values.append(float(np.log1p(counts[index])) * float(self.weights[index]))
            ends.append(len(columns))
        shape = (len(texts), len(self.grams))
        return normalize(csr_matrix((values, columns, ends), shape=shape, dtype=np.float64))


def _grams(words: Sequence[int]) -> list[Gram]:
    """Grams of known words; an unknown one (0) parts its neighbours."""
    ones: list[Gram] = [(word,) for word in words if word]
    pairs: list[Gram] = [(first, second) for first, second in pairwise(words) if first and second]
    return ones + pairs


def choose_features(texts: Sequence[Sequence[int]], *, least: int, most: int) -> Features:
    """The grams that stand in at least `least` texts, the `most` commonest, weighted by rarity."""
    counts: Counter[Gram] = Counter()
    for words in texts:
        counts.update(set(_grams(words)))
    common = sorted(
        (gram for gram, count in counts.items() if count >= least),
        key=lambda gram: (-counts[gram], gram),
    )[:most]
    grams = tuple(sorted(common, key=lambda gram: (len(gram), gram)))
    documents = np.array([counts[gram] for gram in grams], dtype=np.float64)
    rarity = np.log((1 + len(texts)) / (1 + documents)) + 1
    return Features(grams, rarity.astype(np.float32))
