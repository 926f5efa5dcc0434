"""The train and export stages of the embedding kind."""

from pathlib import Path
from typing import Literal

from onnx import ModelProto

from models.embedding.building import Fitted, fit, make_model
from models.embedding.graph import build_encoder, quantise
from models.embedding.pretrained import Pretrained
from models.embedding.recipe import EmbeddingRecipe
from models.lexical.head import Head
from models.packaging import write_package
from models.pipeline.arrays import read_arrays, read_unseen, write_arrays, write_unseen
from models.pipeline.corpus import Corpus
from models.pipeline.faults import StageError

_HEAD = "head.npz"


def train_embedding(
    folder: Path, corpus: Corpus, recipe: EmbeddingRecipe, *, pretrained: Pretrained
) -> None:
    """Fit the head to the corpus; write it, and what was judged on unseen genres.

    Raises StageError where the encoder has fewer layers than are wanted.
    """
    try:
        encoder = build_encoder(pretrained, layers=recipe.layers, most=recipe.most_words)
    except ValueError as error:
        raise StageError(f"embedding.training.layers: {error}") from error
    fitted = fit(corpus.generated, recipe, encoder=quantise(encoder), pretrained=pretrained)
    write_unseen(folder, fitted.unseen)
    write_arrays(
        folder / _HEAD,
        {
            "weights": fitted.head.weights,
            "bias": fitted.head.bias,
            "centroids": fitted.centroids,
        },
    )


def export_embedding(
    folder: Path,
    corpus: Corpus,
    recipe: EmbeddingRecipe,
    *,
    candidate: Path,
    reference: Path,
    pretrained: Pretrained,
) -> None:
    """Write the candidate's directory, and that of the package it was quantised from."""
    arrays = read_arrays(folder / _HEAD)
    head = Head(arrays["weights"], arrays["bias"])
    fitted = Fitted(head, arrays["centroids"], read_unseen(folder))
    encoder = build_encoder(pretrained, layers=recipe.layers, most=recipe.most_words)

    def write(place: Path, graph: ModelProto, precision: Literal["int8", "fp32"]) -> None:
        made = make_model(fitted, recipe, precision, encoder=graph, pretrained=pretrained)
        write_package(place, made, fitted.unseen, corpus.generated, recipe)

    write(candidate, quantise(encoder), "int8")
    write(reference, encoder, "fp32")
