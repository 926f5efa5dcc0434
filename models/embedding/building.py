"""Builds the embedding package; the same code, recipe and encoder give the same bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import ModelProto
from tokenizers import Tokenizer

from lambdas.classify.inference import find_unknown_word
from lambdas.classify.package import ModelPackage
from models.corpus.classes import LABELS
from models.corpus.training import Sample, draw_samples
from models.embedding.graph import OPSET, add_head, build_encoder, quantise
from models.embedding.pretrained import Pretrained
from models.embedding.recipe import EmbeddingRecipe
from models.lexical.calibration import Floats, Judged
from models.lexical.head import Head, find_centroids, fit_head
from models.lexical.training import deal_folds
from models.packaging import Made, write_package

NAME = "intray-embedding"
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "onnx", "onnxruntime", "tokenizers")
_WHAT = """The first {layers} layers of all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), as
they are: the mean of the last one's outputs over the first {most} word pieces, scaled to length 1,
then a linear layer. Weights are {precision}. All of it lies in `tokenizer.json` and `model.onnx`.
It does not tell the words that carried an answer."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Texts as the encoder sees them, a row or value each."""

    rows: Floats
    coverage: Floats
    words: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is trained on top of the encoder, and what was judged on unseen genres."""

    head: Head
    centroids: NDArray[np.float32]
    unseen: Judged


def build_packages(
    directory: Path, reference: Path, recipe: EmbeddingRecipe, *, pretrained: Pretrained
) -> tuple[ModelPackage, ModelPackage]:
    """Write the int8 package, and the one of 32-bit floats with the same head as its reference."""
    encoder = build_encoder(pretrained, layers=recipe.layers, most=recipe.most_words)
    small = quantise(encoder)
    samples = list(draw_samples(recipe.documents, seed=recipe.seed))
    fitted = fit(samples, recipe, encoder=small, pretrained=pretrained)

    def write(place: Path, graph: ModelProto, precision: Literal["int8", "fp32"]) -> ModelPackage:
        made = make_model(fitted, recipe, precision, encoder=graph, pretrained=pretrained)
        return write_package(place, made, fitted.unseen, samples, recipe)

    return write(directory, small, "int8"), write(reference, encoder, "fp32")


def fit(
    samples: Sequence[Sample],
    recipe: EmbeddingRecipe,
    *,
    encoder: ModelProto,
    pretrained: Pretrained,
) -> Fitted:
    """Fit the head to the samples' embeddings."""
    embedded = embed(encoder, pretrained.tokenizer, [sample.text for sample in samples])
    truth = [LABELS.index(sample.label) for sample in samples]
    return Fitted(
        head=fit_head(embedded.rows, truth, strength=recipe.strength, steps=recipe.steps),
        centroids=find_centroids(embedded.rows, truth, len(LABELS)),
        unseen=_judge_unseen(samples, embedded, truth, recipe),
    )


def embed(encoder: ModelProto, tokenizer: Tokenizer, texts: Sequence[str]) -> Embedded:
    """Run the encoder on each text, with one thread: sums depend on their number."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        encoder.SerializeToString(), sess_options=options, providers=["CPUExecutionProvider"]
    )
    unknown = find_unknown_word(tokenizer)
    words = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]

    def run() -> Iterator[NDArray[np.float32]]:
        for text in words:
            given = np.array([text or [unknown]], np.int64)
            yield session.run(["embedding"], {"words": given})[0][0]

    known = [sum(word != unknown for word in text) / max(1, len(text)) for text in words]
    return Embedded(
        rows=np.array(list(run())).astype(np.float64).round(6),
        coverage=np.array(known),
        words=np.array([len(text) for text in words]),
    )


def _judge_unseen(
    samples: Sequence[Sample], embedded: Embedded, truth: Sequence[int], recipe: EmbeddingRecipe
) -> Judged:
    """Judge every sample by a head that has seen no document of its genre."""
    folds, marks = np.array(deal_folds(samples, recipe.folds)), np.array(truth)
    logits = np.zeros((len(samples), len(LABELS)))
    similarity = np.zeros_like(logits)
    for fold in range(recipe.folds):
        seen, unseen = folds != fold, folds == fold
        own = marks[seen].tolist()
        head: Head = fit_head(
            embedded.rows[seen], own, strength=recipe.strength, steps=recipe.steps
        )
        logits[unseen] = head.score(embedded.rows[unseen])
        centroids = find_centroids(embedded.rows[seen], own, len(LABELS))
        similarity[unseen] = embedded.rows[unseen] @ centroids
    return Judged(logits, similarity, embedded.coverage, embedded.words, marks)


def make_model(
    fitted: Fitted,
    recipe: EmbeddingRecipe,
    precision: Literal["int8", "fp32"],
    *,
    encoder: ModelProto,
    pretrained: Pretrained,
) -> Made:
    """An encoder of that precision with the fitted head as graph and tokenizer."""
    head = fitted.head
    graph = add_head(encoder, head.weights, head.bias, fitted.centroids)
    return Made(
        kind="embedding",
        name=NAME if precision == "int8" else f"{NAME}-{precision}",
        labels=LABELS,
        opset=OPSET,
        graph=graph.SerializeToString(deterministic=True),
        tokenizer=pretrained.tokenizer.to_str(),
        what=_WHAT.format(layers=recipe.layers, most=recipe.most_words - 2, precision=precision),
        hyperparameters=asdict(recipe),
        libraries=(*_LIBRARIES, *pretrained.libraries),
        precision=precision,
    )
