"""The embedding kind, with a small encoder of random weights in place of the pretrained one."""

import json
import struct
from dataclasses import replace
from math import erf
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

from lambdas.classify.inference import Classifier
from lambdas.classify.package import MODEL, ModelPackage, load_package
from models.checking.package import find_faults
from models.corpus.training import draw_samples
from models.embedding.building import build_packages, embed
from models.embedding.graph import build_encoder, quantise
from models.embedding.pretrained import Pretrained, Weights, read_safetensors
from models.embedding.recipe import EmbeddingRecipe
from models.lexical.vocabulary import split_words
from models.pipeline.corpus import Corpus
from models.pipeline.embedding import export_embedding, train_embedding
from models.pipeline.faults import StageError

Floats = NDArray[np.float64]
WIDTH, LAYERS, HEADS, MOST = 24, 2, 3, 12
RECIPE = EmbeddingRecipe(documents=8, seed=3, layers=LAYERS, most_words=MOST, folds=2)


def make_tokenizer() -> Tokenizer:
    words = {word for sample in draw_samples(4, seed=3) for word in split_words(sample.text)}
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted(words)]
    vocabulary = {name: number for number, name in enumerate(names)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), Whitespace()
    return tokenizer


def make_weights(words: int) -> Weights:
    random = np.random.default_rng(5)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (words, WIDTH),
        "embeddings.position_embeddings.weight": (MOST, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        for part, rows, columns in (
            *((f"attention.self.{one}", WIDTH, WIDTH) for one in ("query", "key", "value")),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", 4 * WIDTH, WIDTH),
            ("output.dense", WIDTH, 4 * WIDTH),
        ):
            shapes[f"{name}.{part}.weight"] = (rows, columns)
            shapes[f"{name}.{part}.bias"] = (rows,)
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes[f"{name}.{part}.weight"] = shapes[f"{name}.{part}.bias"] = (WIDTH,)
    return {
        name: random.normal(scale=0.4, size=shape).astype(np.float32)
        for name, shape in shapes.items()
    }


@pytest.fixture(scope="module")
def pretrained() -> Pretrained:
    tokenizer = make_tokenizer()
    weights = make_weights(tokenizer.get_vocab_size())
    return Pretrained(weights, LAYERS, HEADS, WIDTH, 1e-12, tokenizer)


@pytest.fixture(scope="module")
def packages(
    pretrained: Pretrained, tmp_path_factory: pytest.TempPathFactory
) -> tuple[ModelPackage, ModelPackage]:
    folder = tmp_path_factory.mktemp("embedding")
    return build_packages(folder / "int8", folder / "fp32", RECIPE, pretrained=pretrained)


def embed_by_hand(pretrained: Pretrained, words: list[int], *, layers: int = LAYERS) -> Floats:
    """BERT as its paper has it, word by word and head by head."""
    weights = {name: value.astype(np.float64) for name, value in pretrained.weights.items()}

    def normalise(rows: Floats, name: str) -> Floats:
        centred = rows - rows.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        return np.asarray(scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"])

    def apply(rows: Floats, name: str) -> Floats:
        return np.asarray(rows @ weights[f"{name}.weight"].T + weights[f"{name}.bias"])

    tokens = [2, *words[: MOST - 2], 3]
    rows = np.array(
        [
            weights["embeddings.word_embeddings.weight"][token]
            + weights["embeddings.position_embeddings.weight"][place]
            + weights["embeddings.token_type_embeddings.weight"][0]
            for place, token in enumerate(tokens)
        ]
    )
    rows = normalise(rows, "embeddings.LayerNorm")
    for layer in range(layers):
        name = f"encoder.layer.{layer}"
        query, key, value = (
            apply(rows, f"{name}.attention.self.{part}") for part in ("query", "key", "value")
        )
        heads = []
        for head in range(HEADS):
            own = slice(head * WIDTH // HEADS, (head + 1) * WIDTH // HEADS)
            scores = np.exp(query[:, own] @ key[:, own].T / np.sqrt(WIDTH // HEADS))
            heads.append(scores / scores.sum(axis=1, keepdims=True) @ value[:, own])
        attended = apply(np.concatenate(heads, axis=1), f"{name}.attention.output.dense")
        rows = normalise(rows + attended, f"{name}.attention.output.LayerNorm")
        wide = apply(rows, f"{name}.intermediate.dense")
        active = wide * 0.5 * (1 + np.vectorize(erf)(wide / np.sqrt(2)))
        rows = normalise(rows + apply(active, f"{name}.output.dense"), f"{name}.output.LayerNorm")
    mean = rows.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


@pytest.mark.parametrize("text", ["invoice number", "", "total " * 40, "zxqj invoice, form"])
def test_the_graph_computes_what_the_paper_says(pretrained: Pretrained, text: str) -> None:
    graph = build_encoder(pretrained, layers=LAYERS, most=MOST)
    words = pretrained.tokenizer.encode(text, add_special_tokens=False).ids

    embedded = embed(graph, pretrained.tokenizer, [text])

    assert np.allclose(embedded.rows[0], embed_by_hand(pretrained, words or [1]), atol=1e-5)
    assert embedded.words[0] == len(words)


def test_layers_beyond_those_that_are_wanted_are_left_out(pretrained: Pretrained) -> None:
    graph = build_encoder(pretrained, layers=1, most=MOST)
    words = pretrained.tokenizer.encode("invoice number", add_special_tokens=False).ids

    embedded = embed(graph, pretrained.tokenizer, ["invoice number"])

    by_hand = embed_by_hand(pretrained, words, layers=1)
    assert np.allclose(embedded.rows[0], by_hand, atol=1e-5)
    assert not any("layer.1." in each.name for each in graph.graph.initializer)


@pytest.mark.parametrize("layers", [0, LAYERS + 1])
def test_layers_that_the_encoder_does_not_have_are_refused(
    pretrained: Pretrained, layers: int, tmp_path: Path
) -> None:
    recipe = replace(RECIPE, layers=layers)
    corpus = Corpus(tuple(draw_samples(1, seed=1)))
    with pytest.raises(StageError, match=rf"layers: {layers} layers .* has 1 to {LAYERS}"):
        train_embedding(tmp_path, corpus, recipe, pretrained=pretrained)


def test_the_runtime_fuses_what_is_quicker_for_it_and_nothing_else(
    packages: tuple[ModelPackage, ModelPackage], tmp_path: Path
) -> None:
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "fused.onnx")
    options.log_severity_level = 4
    small, _ = packages
    onnxruntime.InferenceSession(
        str(small.directory / MODEL), options, providers=["CPUExecutionProvider"]
    )

    operators = {node.op_type for node in onnx.load(tmp_path / "fused.onnx").graph.node}

    assert {"DynamicQuantizeMatMul", "FusedMatMul", "Gelu", "LayerNormalization"} <= operators
    assert "SkipLayerNormalization" not in operators


def test_words_beyond_the_limit_change_nothing(pretrained: Pretrained) -> None:
    graph = build_encoder(pretrained, layers=LAYERS, most=MOST)
    short = " ".join(["invoice"] * (MOST - 2))
    first, second, third = embed(
        graph, pretrained.tokenizer, [short, f"{short} total", short[len("invoice ") :]]
    ).rows
    assert np.array_equal(first, second)
    assert not np.allclose(first, third)


def test_unknown_words_are_counted_as_such(pretrained: Pretrained) -> None:
    graph = build_encoder(pretrained, layers=LAYERS, most=MOST)
    assert embed(graph, pretrained.tokenizer, ["invoice zxqj"]).coverage[0] == 0.5


def test_the_function_runs_the_package_by_its_description_alone(
    packages: tuple[ModelPackage, ModelPackage],
) -> None:
    for package, precision in zip(packages, ("int8", "fp32"), strict=True):
        assert find_faults(package.directory) == []
        assert package.description.kind == "embedding"
        assert package.description.precision == precision
        classifier = Classifier(package)
        answer = classifier.classify("Invoice number 4711, total due 120.00")
        assert answer.label in package.description.labels
        assert classifier.read("invoice").carried_by == ()
        assert not classifier.classify("").known


def test_quantising_makes_it_smaller_and_hardly_changes_an_embedding(
    pretrained: Pretrained,
) -> None:
    graph = build_encoder(pretrained, layers=LAYERS, most=MOST)
    small = quantise(graph)
    assert small.ByteSize() < 0.6 * graph.ByteSize()
    texts = ["invoice number", "terms of the agreement", "date of birth"]
    exact = embed(graph, pretrained.tokenizer, texts).rows
    assert (embed(small, pretrained.tokenizer, texts).rows * exact).sum(axis=1).min() > 0.97


def test_the_same_recipe_builds_the_same_packages_elsewhere(
    pretrained: Pretrained, packages: tuple[ModelPackage, ModelPackage], tmp_path: Path
) -> None:
    again = build_packages(tmp_path / "a", tmp_path / "b", RECIPE, pretrained=pretrained)
    assert [one.digest for one in again] == [one.digest for one in packages]


def test_the_stages_of_the_pipeline_build_the_same_packages(
    pretrained: Pretrained, packages: tuple[ModelPackage, ModelPackage], tmp_path: Path
) -> None:
    corpus = Corpus(tuple(draw_samples(RECIPE.documents, seed=RECIPE.seed)))
    train_embedding(tmp_path / "trained", corpus, RECIPE, pretrained=pretrained)
    candidate, reference = tmp_path / "candidate", tmp_path / "reference"
    export_embedding(
        tmp_path / "trained",
        corpus,
        RECIPE,
        candidate=candidate,
        reference=reference,
        pretrained=pretrained,
    )
    digests = [load_package(place).digest for place in (candidate, reference)]
    assert digests == [one.digest for one in packages]


def test_weights_are_read_from_safetensors(tmp_path: Path) -> None:
    values = np.arange(6, dtype="<f4").reshape(2, 3)
    header = json.dumps(
        {
            "__metadata__": {"format": "pt"},
            "places": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]},
            "layer": {"dtype": "F32", "shape": [2, 3], "data_offsets": [8, 32]},
        }
    ).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(8) + values.tobytes())

    weights = read_safetensors(path)

    assert list(weights) == ["layer"]
    assert np.array_equal(weights["layer"], values)
