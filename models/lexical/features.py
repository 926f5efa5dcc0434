"""Counts of one and two words, weighted: what the ONNX graph computes, for training."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.preprocessing import normalize

from models.lexical.vocabulary import LEAST_OWN

Gram: TypeAlias = tuple[int, ...]
Keys: TypeAlias = NDArray[np.int64]
_EMPHASIS = 1.5
"""The power of the rarity: what few documents say tells more of a class than what many do, and the
more so in documents of genres that were never seen."""
_RADIX = 1 << 32
"""A pair of words as one number, a key: the first times this and the second; one word is itself."""


@dataclass(frozen=True, slots=True)
class Features:
    """The grams in their columns' order, those of one word first, and each column's weight."""

    grams: tuple[Gram, ...]
    weights: NDArray[np.float32]

    def transform(self, texts: Sequence[Sequence[int]]) -> csr_matrix:
        """A row of length 1 a text: log(1 + count) times weight."""
        columns = np.array([_make_key(gram) for gram in self.grams], np.int64)
        rows, keys = _list_keys(texts)
        found = np.isin(keys, columns)
        order = np.argsort(columns)
        places = order[np.searchsorted(columns, keys[found], sorter=order)]
        ones = np.ones(len(places))
        shape = (len(texts), len(self.grams))
        counts = csr_matrix((ones, (rows[found], places)), shape=shape, dtype=np.float64)
        return normalize(counts.log1p() @ diags(self.weights.astype(np.float64)))


def choose_features(
    texts: Sequence[Sequence[int]],
    *,
    least: int,
    most: int,
    own: Sequence[Sequence[int]] = (),
    own_weight: float = 1.0,
    genres: Sequence[str] = (),
) -> Features:
    """The grams that stand in at least `least` texts, the `most` commonest, weighted by rarity.

    Or in LEAST_OWN of the `own` texts, each of which counts as `own_weight` of the others. With the
    texts' `genres`, pairs that a single genre has are left out: they are that genre's phrases.
    """
    rows, keys = _list_keys(texts)
    counts, owned = _count_homes(rows, keys), _count_homes(*_list_keys(own))
    found = {key for key, count in counts.items() if count >= least}
    if genres:
        _, kinds = np.unique(np.asarray(genres), return_inverse=True)
        found -= {
            key
            for key, count in _count_homes(kinds[rows], keys).items()
            if count == 1 and key >= _RADIX
        }
    found |= {key for key, count in owned.items() if count >= LEAST_OWN}
    totals = {key: counts.get(key, 0) + own_weight * owned.get(key, 0) for key in found}
    common = sorted(sorted(found, key=lambda key: (-totals[key], key))[:most])
    documents = np.array([totals[key] for key in common], dtype=np.float64)
    rarity = np.log((1 + len(texts) + own_weight * len(own)) / (1 + documents)) + 1
    weights = (rarity**_EMPHASIS).astype(np.float32)
    return Features(tuple(_read_key(key) for key in common), weights)


def _list_keys(texts: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], Keys]:
    """Every gram of every text, by its text's place; an unknown word (0) parts its neighbours."""
    words = np.array([word for text in texts for word in text], np.int64)
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    known = words > 0
    pairs = known[:-1] & known[1:] & (rows[:-1] == rows[1:])
    keys = words[:-1][pairs] * _RADIX + words[1:][pairs]
    return np.concatenate([rows[known], rows[:-1][pairs]]), np.concatenate([words[known], keys])


def _count_homes(homes: NDArray[np.int64], keys: Keys) -> dict[int, int]:
    """In how many different homes (texts, or genres) each key stands."""
    order = np.lexsort((homes, keys))
    homes, keys = homes[order], keys[order]
    first = np.ones(len(keys), bool)
    first[1:] = (keys[1:] != keys[:-1]) | (homes[1:] != homes[:-1])
    found, counts = np.unique(keys[first], return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _make_key(gram: Gram) -> int:
    return gram[0] if len(gram) == 1 else gram[0] * _RADIX + gram[1]


def _read_key(key: int) -> Gram:
    return (key,) if key < _RADIX else divmod(key, _RADIX)
