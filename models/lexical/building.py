"""Builds the lexical package; the same code and recipe give the same bytes."""

from dataclasses import asdict
from pathlib import Path

from lambdas.classify.package import ModelPackage
from models.corpus.classes import LABELS
from models.corpus.training import draw_samples
from models.lexical.graph import OPSET, build_graph
from models.lexical.recipe import Recipe
from models.lexical.training import Model, judge_unseen, train
from models.packaging import Made, write_package

NAME = "intray-lexical"
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "onnx", "tokenizers")
_WHAT = """Words ({words} in the vocabulary, lower case, without accents, letters only) and pairs of
words ({grams} features in all), counted, damped by a logarithm, weighted by rarity and scaled to
length 1, then a linear layer. All of it lies in `tokenizer.json` and `model.onnx`. It tells the
words that carried an answer, exactly."""


def build_package(directory: Path, recipe: Recipe) -> ModelPackage:
    """Generate documents, train, choose limits, and write the package."""
    samples = list(draw_samples(recipe.documents, seed=recipe.seed))
    unseen, _ = judge_unseen(samples, LABELS, recipe)
    made = make_model(train(samples, LABELS, recipe), recipe)
    return write_package(directory, made, unseen, samples, recipe)


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
