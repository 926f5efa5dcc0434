"""The ONNX graph: word numbers in, logits and similarities to the class centroids out."""

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper

from models.lexical.features import Features

OPSET = 17
_IR_VERSION = 9


def build_graph(
    features: Features,
    weights: NDArray[np.float32],
    bias: NDArray[np.float32],
    centroids: NDArray[np.float32],
) -> ModelProto:
    """The graph for `weights` and `centroids` of shape (features, classes), `bias` (classes,)."""
    ones = [gram[0] for gram in features.grams if len(gram) == 1]
    pairs = [word for gram in features.grams if len(gram) == 2 for word in gram]
    classes = len(bias)
    nodes = [
        helper.make_node(
            "TfIdfVectorizer",
            ["words"],
            ["counts"],
            mode="TF",
            min_gram_length=1,
            max_gram_length=2,
            max_skip_count=0,
            ngram_counts=[0, len(ones)],
            ngram_indexes=list(range(len(features.grams))),
            pool_int64s=[*ones, *pairs],
        ),
        helper.make_node("Add", ["counts", "one"], ["raised"]),
        helper.make_node("Log", ["raised"], ["damped"]),
        helper.make_node("Mul", ["damped", "rarity"], ["weighted"]),
        helper.make_node("ReduceL2", ["weighted"], ["length"], axes=[1], keepdims=1),
        helper.make_node("Max", ["length", "tiny"], ["divisor"]),
        helper.make_node("Div", ["weighted", "divisor"], ["features"]),
        helper.make_node("MatMul", ["features", "head"], ["scores"]),
        helper.make_node("Add", ["scores", "bias"], ["logits"]),
        helper.make_node("MatMul", ["features", "centroids"], ["similarity"]),
    ]
    constants = {
        "one": np.array(1, np.float32),
        "tiny": np.array(1e-9, np.float32),
        "rarity": features.weights,
        "head": weights,
        "bias": bias,
        "centroids": centroids,
    }
    graph = helper.make_graph(
        nodes,
        "lexical",
        [helper.make_tensor_value_info("words", TensorProto.INT64, ["documents", "words"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["documents", classes])
            for name in ("logits", "similarity")
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(
        graph,
        producer_name="intray",
        ir_version=_IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    checker.check_model(model)
    return model
