"""The train and export stages of the lexical kind."""

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from lambdas.classify.package import TOKENIZER
from models.lexical.building import Trained, train_on, write_trained
from models.lexical.features import Features
from models.lexical.head import Head
from models.lexical.mixture import Own
from models.lexical.recipe import Recipe
from models.lexical.training import Model
from models.pipeline.arrays import read_arrays, read_unseen, write_arrays, write_unseen
from models.pipeline.corpus import Corpus

_MODEL = "model.npz"


def train_lexical(folder: Path, corpus: Corpus, recipe: Recipe) -> None:
    """Fit the model to the corpus; write it, and what was judged on unseen genres."""
    trained = train_on(corpus.generated, corpus.own, recipe)
    write_unseen(folder, trained.unseen)
    write_model(folder, trained.model)


def export_lexical(folder: Path, corpus: Corpus, recipe: Recipe, *, candidate: Path) -> None:
    """Write the candidate's directory from what was trained in a folder."""
    own = Own(corpus.own, recipe.own_weight)
    model, unseen = read_model(folder), read_unseen(folder)
    write_trained(candidate, Trained(recipe, corpus.generated, own, model, unseen))


def write_model(folder: Path, model: Model) -> None:
    """Write the weights with their labels and grams, and the tokenizer."""
    write_arrays(
        folder / _MODEL,
        {
            "labels": np.array(model.labels),
            "grams": np.array([(*gram, 0)[:2] for gram in model.features.grams], np.int64),
            "rarity": model.features.weights,
            "weights": model.head.weights,
            "bias": model.head.bias,
            "centroids": model.centroids,
        },
    )
    (folder / TOKENIZER).write_text(model.tokenizer.to_str(), encoding="utf-8")


def read_model(folder: Path) -> Model:
    """The model that was written; raises TrainedError."""
    arrays = read_arrays(folder / _MODEL)
    grams = tuple((one, two) if two else (one,) for one, two in arrays["grams"].tolist())
    return Model(
        labels=tuple(arrays["labels"].tolist()),
        tokenizer=Tokenizer.from_file(str(folder / TOKENIZER)),
        features=Features(grams, arrays["rarity"]),
        head=Head(arrays["weights"], arrays["bias"]),
        centroids=arrays["centroids"],
    )
