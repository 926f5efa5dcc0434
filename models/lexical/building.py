"""Builds the lexical package; the same code and recipe give the same bytes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from lambdas.classify.package import ModelPackage
from models.corpus.training import Sample
from models.lexical.calibration import Judged
from models.lexical.gain import Gain, measure_gain
from models.lexical.graph import OPSET, build_graph
from models.lexical.mixture import Own, draw_beside, list_labels
from models.lexical.recipe import Recipe
from models.lexical.training import Model, judge_unseen, train
from models.packaging import Made, write_package

NAME = "intray-lexical"
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "onnx", "tokenizers")
_WHAT = """Words ({words} in the vocabulary, lower case, without accents, letters only) and pairs of
words ({grams} features in all), counted, damped by a logarithm, weighted by rarity and scaled to
length 1, then a linear layer. All of it lies in `tokenizer.json` and `model.onnx`. It tells the
words that carried an answer, exactly."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with what it was trained on, and what was judged unseen: samples, then own."""

    recipe: Recipe
    samples: Sequence[Sample]
    own: Own
    model: Model
    unseen: Judged


def build_package(directory: Path, recipe: Recipe, brought: Sequence[Sample] = ()) -> ModelPackage:
    """Generate documents, train on them and on what a customer brought, and write the package."""
    return write_trained(directory, train_beside(brought, recipe))


def train_beside(brought: Sequence[Sample], recipe: Recipe) -> Trained:
    """Generate documents, train on them and on what a customer brought, and judge both unseen."""
    samples = draw_beside(brought, documents=recipe.documents, seed=recipe.seed)
    return train_on(samples, brought, recipe)


def train_on(samples: Sequence[Sample], brought: Sequence[Sample], recipe: Recipe) -> Trained:
    """Train on samples and on what a customer brought, and judge both unseen."""
    labels, own = list_labels(brought), Own(tuple(brought), recipe.own_weight)
    unseen = judge_unseen(samples, labels, recipe, own)
    return Trained(recipe, samples, own, train(samples, labels, recipe, own), unseen)


def write_trained(directory: Path, trained: Trained) -> ModelPackage:
    """Choose limits and write the package."""
    made = make_model(trained.model, trained.recipe)
    return write_package(
        directory, made, trained.unseen, trained.samples, trained.recipe, own=trained.own
    )


def compare_without(trained: Trained) -> Gain:
    """What the own documents brought: the same ones, told by a model of generated ones alone.

    A class that is not generated cannot be told without them.
    """
    own, labels = trained.own.samples, trained.model.labels
    plain = train(trained.samples, list_labels(()), trained.recipe)
    answers = trained.unseen.logits[len(trained.samples) :].argmax(axis=1)
    return measure_gain(
        labels,
        [sample.label for sample in own],
        before=plain.tell([sample.text for sample in own]),
        after=[labels[answer] for answer in answers],
    )


def make_model(model: Model, recipe: Recipe) -> Made:
    """A trained model as graph and tokenizer."""
    graph = build_graph(model.features, model.head.weights, model.head.bias, model.centroids)
    return Made(
        kind="lexical",
        name=NAME,
        labels=model.labels,
        opset=OPSET,
        graph=graph.SerializeToString(deterministic=True),
        tokenizer=model.tokenizer.to_str(),
        what=_WHAT.format(words=model.tokenizer.get_vocab_size(), grams=len(model.features.grams)),
        hyperparameters=asdict(recipe),
        libraries=_LIBRARIES,
    )
