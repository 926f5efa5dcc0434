"""Trains the lexical model: once on everything, and in folds to learn how far to trust it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.corpus.training import Sample
from models.lexical.calibration import Judged
from models.lexical.features import Features, choose_features
from models.lexical.head import Head, find_centroids, fit_head
from models.lexical.recipe import Recipe
from models.lexical.vocabulary import build_tokenizer, encode


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that the graph and the tokenizer are made from; `labels` in the logits' order."""

    labels: tuple[str, ...]
    tokenizer: Tokenizer
    features: Features
    head: Head
    centroids: NDArray[np.float32]

    def judge(self, samples: Sequence[Sample]) -> Judged:
        """What the model says about these samples."""
        words = encode(self.tokenizer, [sample.text for sample in samples])
        rows = self.features.transform(words)
        known = [sum(word != 0 for word in text) / max(1, len(text)) for text in words]
        return Judged(
            logits=self.head.score(rows),
            similarity=np.asarray(rows @ self.centroids.astype(np.float64)),
            coverage=np.array(known),
            words=np.array([len(text) for text in words]),
            truth=np.array([self.labels.index(sample.label) for sample in samples]),
        )


def train(samples: Sequence[Sample], labels: tuple[str, ...], recipe: Recipe) -> Model:
    """Fit tokenizer, features and head to the samples."""
    texts = [sample.text for sample in samples]
    tokenizer = build_tokenizer(texts, least=recipe.least_texts)
    words = encode(tokenizer, texts)
    features = choose_features(words, least=recipe.least_texts, most=recipe.most_grams)
    rows = features.transform(words)
    truth = [labels.index(sample.label) for sample in samples]
    head = fit_head(rows, truth, strength=recipe.strength, steps=recipe.steps)
    return Model(labels, tokenizer, features, head, find_centroids(rows, truth, len(labels)))


def judge_unseen(
    samples: Sequence[Sample], labels: tuple[str, ...], recipe: Recipe
) -> tuple[Judged, list[Sample]]:
    """Judge every sample by a model that has seen no document of its genre.

    A class of one genre cannot be told without it: its documents are dealt out over the folds.
    """
    folds = deal_folds(samples, recipe.folds)
    judged, order = [], []
    for fold in range(recipe.folds):
        seen = [one for one, place in zip(samples, folds, strict=True) if place != fold]
        unseen = [one for one, place in zip(samples, folds, strict=True) if place == fold]
        judged.append(train(seen, labels, recipe).judge(unseen))
        order += unseen
    joined = Judged(
        logits=np.concatenate([one.logits for one in judged]),
        similarity=np.concatenate([one.similarity for one in judged]),
        coverage=np.concatenate([one.coverage for one in judged]),
        words=np.concatenate([one.words for one in judged]),
        truth=np.concatenate([one.truth for one in judged]),
    )
    return joined, order


def deal_folds(samples: Sequence[Sample], folds: int) -> list[int]:
    """The fold of each sample: a genre is in one fold only, where its class has several."""
    sources: dict[str, list[str]] = {}
    for sample in samples:
        known = sources.setdefault(sample.label, [])
        if sample.source not in known:
            known.append(sample.source)
    return [
        sorted(sources[sample.label]).index(sample.source) % folds
        if len(sources[sample.label]) > 1
        else number % folds
        for number, sample in enumerate(samples)
    ]
