"""Texts with words struck out, to train on beside the whole ones.

A model of generated texts leans on their few strongest words; one that has also seen the texts
without them spreads its weight over all that speak for a class, as documents it never saw require.
"""

from collections.abc import Sequence
from random import Random

_LEAST, _MOST = 0.2, 0.8
"""Between these shares of a text's words are struck out, another share for each text."""


def thin_words(texts: Sequence[Sequence[int]], *, seed: int) -> list[list[int]]:
    """Each text once more, words struck out at random: 0, as a word that nobody knows."""
    random = Random(seed)
    thinned = []
    for words in texts:
        share = random.uniform(_LEAST, _MOST)
        thinned.append([0 if random.random() < share else word for word in words])
    return thinned
