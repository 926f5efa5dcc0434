"""A BERT encoder as ONNX nodes, written out: no exporter, so the same bytes wherever it is built.

Devlin et al. 2018, with the mean of all tokens as the text's embedding (Reimers and Gurevych 2019).
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from models.embedding.pretrained import Pretrained


@dataclass
class Draft:
    """A graph that is being written: nodes in order and constants by name."""

    nodes: list[NodeProto] = field(default_factory=list)
    constants: dict[str, TensorProto] = field(default_factory=dict)

    def add(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:  # noqa: ANN401 - ONNX's own
        """Append a node; the name of its output."""
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def keep(self, name: str, value: NDArray[np.generic]) -> str:
        """Add a constant; its name."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def keep_integers(self, name: str, *values: int) -> str:
        """Add a constant list of integers; its name."""
        return self.keep(name, np.array(values, np.int64))


def write_encoder(
    draft: Draft, pretrained: Pretrained, words: str, *, layers: int, most: int
) -> str:
    """Add what turns words of shape (1, n) into an embedding of length 1; the name of that.

    Of the encoder's layers the first so many are there; words beyond `most`, less the two tokens
    around them, are left out.
    """
    state = _embed(draft, pretrained, _frame(draft, pretrained, words, most))
    for layer in range(layers):
        state = _attend(draft, pretrained, state, layer)
        state = _feed_forward(draft, pretrained, state, layer)
    mean = draft.add("ReduceMean", [state], "mean", axes=[1], keepdims=0)
    length = draft.add("ReduceL2", [mean], "length", axes=[1], keepdims=1)
    return draft.add("Div", [mean, length], "embedding")


def _frame(draft: Draft, pretrained: Pretrained, words: str, most: int) -> str:
    """The first words between the tokens for beginning and end."""
    zero, last = draft.keep_integers("zero", 0), draft.keep_integers("last", most - 2)
    draft.keep_integers("one", 1)
    first = draft.add("Slice", [words, zero, last, "one"], "first")
    begin = draft.keep("begin", np.array([[pretrained.begin]], np.int64))
    end = draft.keep("end", np.array([[pretrained.end]], np.int64))
    return draft.add("Concat", [begin, first, end], "tokens", axis=1)


def _embed(draft: Draft, pretrained: Pretrained, tokens: str) -> str:
    weights = pretrained.weights
    table = draft.keep("word_table", weights["embeddings.word_embeddings.weight"])
    # Every text is of the first type: its row is added to each place once and for all.
    types = weights["embeddings.token_type_embeddings.weight"][0]
    places = draft.keep("places", weights["embeddings.position_embeddings.weight"] + types)
    looked_up = draft.add("Gather", [table, tokens], "looked_up", axis=0)
    shape = draft.add("Shape", [tokens], "shape")
    count = draft.add("Slice", [shape, "one", draft.keep_integers("two", 2)], "count")
    placed = draft.add("Slice", [places, "zero", count, "zero"], "placed")
    summed = draft.add("Add", [looked_up, placed], "embedded")
    return _normalise(draft, pretrained, summed, "embeddings.LayerNorm")


def _attend(draft: Draft, pretrained: Pretrained, state: str, layer: int) -> str:
    name = f"encoder.layer.{layer}.attention"
    size = pretrained.width // pretrained.heads
    split = draft.keep_integers("split", 0, 0, pretrained.heads, size)
    join = draft.keep_integers("join", 0, 0, pretrained.width)
    scale = draft.keep("scale", np.array(size**-0.5, np.float32))
    parts = {}
    for part, order in (("query", (0, 2, 1, 3)), ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3))):
        whole = _apply(draft, pretrained, state, f"{name}.self.{part}")
        heads = draft.add("Reshape", [whole, split], f"{name}.{part}.heads")
        parts[part] = draft.add("Transpose", [heads], f"{name}.{part}.turned", perm=order)
    scores = draft.add("MatMul", [parts["query"], parts["key"]], f"{name}.scores")
    scaled = draft.add("Mul", [scores, scale], f"{name}.scaled")
    shares = draft.add("Softmax", [scaled], f"{name}.shares", axis=-1)
    context = draft.add("MatMul", [shares, parts["value"]], f"{name}.context")
    turned = draft.add("Transpose", [context], f"{name}.context.turned", perm=(0, 2, 1, 3))
    joined = draft.add("Reshape", [turned, join], f"{name}.context.joined")
    out = _apply(draft, pretrained, joined, f"{name}.output.dense")
    return _normalise(
        draft, pretrained, draft.add("Add", [out, state], f"{name}.sum"), f"{name}.output.LayerNorm"
    )


def _feed_forward(draft: Draft, pretrained: Pretrained, state: str, layer: int) -> str:
    name = f"encoder.layer.{layer}"
    wide = _apply(draft, pretrained, state, f"{name}.intermediate.dense")
    root = draft.keep("root_of_two", np.array(np.sqrt(2), np.float32))
    one, half = (draft.keep(f"{value}", np.array(value, np.float32)) for value in (1.0, 0.5))
    error = draft.add("Erf", [draft.add("Div", [wide, root], f"{name}.z")], f"{name}.erf")
    raised = draft.add("Add", [error, one], f"{name}.raised")
    bent = draft.add("Mul", [wide, raised], f"{name}.bent")
    active = draft.add("Mul", [bent, half], f"{name}.active")
    narrow = _apply(draft, pretrained, active, f"{name}.output.dense")
    return _normalise(
        draft,
        pretrained,
        draft.add("Add", [narrow, state], f"{name}.sum"),
        f"{name}.output.LayerNorm",
    )


def _apply(draft: Draft, pretrained: Pretrained, state: str, name: str) -> str:
    """A linear layer; its weights are kept as (in, out), which MatMul wants."""
    weight = draft.keep(f"{name}.weight", pretrained.weights[f"{name}.weight"].T)
    bias = draft.keep(f"{name}.bias", pretrained.weights[f"{name}.bias"])
    product = draft.add("MatMul", [state, weight], f"{name}.product")
    return draft.add("Add", [product, bias], f"{name}.out")


def _normalise(draft: Draft, pretrained: Pretrained, state: str, name: str) -> str:
    weight = draft.keep(f"{name}.weight", pretrained.weights[f"{name}.weight"])
    bias = draft.keep(f"{name}.bias", pretrained.weights[f"{name}.bias"])
    return draft.add(
        "LayerNormalization", [state, weight, bias], f"{name}.out", epsilon=pretrained.epsilon
    )
