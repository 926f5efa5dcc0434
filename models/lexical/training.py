"""Trains the lexical model: once on everything, and in folds to learn how far to trust it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack
from tokenizers import Tokenizer

from models.corpus.training import Sample
from models.lexical.calibration import Judged, join
from models.lexical.features import Features, choose_features
from models.lexical.head import Head, find_centroids, fit_head
from models.lexical.mixture import NO_OWN, Own, balance_classes
from models.lexical.recipe import Recipe
from models.lexical.thinning import thin_words
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

    def tell(self, texts: Sequence[str]) -> list[str]:
        """The class of each text."""
        rows = self.features.transform(encode(self.tokenizer, texts))
        return [self.labels[answer] for answer in self.head.score(rows).argmax(axis=1)]


def train(
    samples: Sequence[Sample], labels: tuple[str, ...], recipe: Recipe, own: Own = NO_OWN
) -> Model:
    """Fit tokenizer, features and head to the samples, and to a customer's own beside them."""
    texts, own_texts = ([one.text for one in part] for part in (samples, own.samples))
    tokenizer = build_tokenizer(texts, least=recipe.least_texts, own=own_texts)
    words, own_words = encode(tokenizer, texts), encode(tokenizer, own_texts)
    features = choose_features(
        words,
        least=recipe.least_texts,
        most=recipe.most_grams,
        own=own_words,
        own_weight=own.weight,
        genres=[one.source for one in samples],
    )
    whole = words + own_words
    rows = features.transform(whole)
    truth = [labels.index(sample.label) for sample in (*samples, *own.samples)]
    weights = balance_classes(truth, [1.0] * len(samples) + [own.weight] * len(own.samples))
    thin = features.transform(thin_words(whole, seed=recipe.seed))
    head = fit_head(
        vstack([rows, thin]),
        truth * 2,
        strength=recipe.strength,
        steps=recipe.steps,
        weights=weights * 2,
    )
    centroids = find_centroids(rows, truth, len(labels), weights=weights)
    return Model(labels, tokenizer, features, head, centroids)


def judge_unseen(
    samples: Sequence[Sample], labels: tuple[str, ...], recipe: Recipe, own: Own = NO_OWN
) -> Judged:
    """Judge every sample by a model that has seen no document of its genre.

    And every own document by one that has seen neither it nor its source. Rows are in the order of
    the samples, then of the own documents.
    A class of one genre cannot be told without it: its documents are dealt out over the folds.
    """
    judged = _judge_folds(
        samples, recipe.folds, lambda seen: train(_pick(samples, seen), labels, recipe, own)
    )
    if not own.samples:
        return judged
    theirs = _judge_folds(
        own.samples, recipe.folds, lambda seen: train(samples, labels, recipe, own.pick(seen))
    )
    return join([judged, theirs])


def _judge_folds(
    samples: Sequence[Sample], folds: int, train_on: Callable[[Sequence[bool]], Model]
) -> Judged:
    """Judge each fold by a model of the others; rows are in the samples' order."""
    places = np.array(deal_folds(samples, folds))
    judged, order = [], []
    for fold in range(folds):
        unseen = places == fold
        if unseen.any():
            model = train_on((~unseen).tolist())
            judged.append(model.judge(_pick(samples, unseen.tolist())))
            order.append(np.flatnonzero(unseen))
    return join(judged).pick(np.argsort(np.concatenate(order)))


def _pick(samples: Sequence[Sample], marks: Sequence[bool]) -> list[Sample]:
    return list(compress(samples, marks))


def deal_folds(samples: Sequence[Sample], folds: int) -> list[int]:
    """The fold of each sample: a genre is in one fold only, where its class has several.

    So is a source of own documents: those of one supplier resemble one another.
    """
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
