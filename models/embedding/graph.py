"""The ONNX graph: word numbers in, logits and similarities to the class centroids out."""

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, checker, helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from models.embedding.encoder import Draft, write_encoder
from models.embedding.pretrained import Pretrained

OPSET = 17
_IR_VERSION = 9


def build_encoder(pretrained: Pretrained, *, layers: int, most: int) -> ModelProto:
    """The graph from words to the embedding alone; raises ValueError where layers are missing."""
    if not 1 <= layers <= pretrained.layers:
        raise ValueError(f"{layers} layers are wanted: the encoder has 1 to {pretrained.layers}")
    draft = Draft()
    embedding = write_encoder(draft, pretrained, "words", layers=layers, most=most)
    return _finish(draft, {embedding: [1, pretrained.width]})


def add_head(
    encoder: ModelProto,
    weights: NDArray[np.float32],
    bias: NDArray[np.float32],
    centroids: NDArray[np.float32],
) -> ModelProto:
    """The encoder's graph with the linear head; `weights` and `centroids` are (width, classes)."""
    draft = Draft(
        nodes=list(encoder.graph.node),
        constants={each.name: each for each in encoder.graph.initializer},
    )
    head, shift = draft.keep("head", weights), draft.keep("head_bias", bias)
    middle = draft.keep("centroids", centroids)
    draft.add("Gemm", ["embedding", head, shift], "logits")
    draft.add("MatMul", ["embedding", middle], "similarity")
    opsets = [each for each in encoder.opset_import if each.domain]
    shape = [1, len(bias)]
    return _finish(draft, {"logits": shape, "similarity": shape}, *opsets)


def quantise(model: ModelProto) -> ModelProto:
    """The graph with weights of 8 bits, each column with a scale of its own."""
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder, "plain.onnx"), Path(folder, "small.onnx")
        plain.write_bytes(model.SerializeToString(deterministic=True))
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True)
        quantised = ModelProto()
        quantised.ParseFromString(small.read_bytes())
    return quantised


def _finish(draft: Draft, outputs: dict[str, list[int]], *opsets: object) -> ModelProto:
    # Without the shapes between: with them onnxruntime makes one node of an addition and the
    # normalisation after it, whose loop goes number by number and takes a fifth longer in all.
    graph = helper.make_graph(
        draft.nodes,
        "embedding",
        [helper.make_tensor_value_info("words", TensorProto.INT64, [1, "count_of_words"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in outputs.items()
        ],
        list(draft.constants.values()),
    )
    model = helper.make_model(
        graph,
        producer_name="intray",
        ir_version=_IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET), *opsets],
    )
    checker.check_model(model)
    return model
