"""The ONNX graph: word numbers in; logits, similarities to the class centroids and evidence out.

The evidence are the grams that carried the best label: a gram's feature times the difference
between the label's weight and the mean of the other labels' weights. Summed over all grams, with
the same difference of the biases, that is the logit less the mean of the others, exactly.
"""

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

from models.lexical.features import Features

OPSET = 17
_IR_VERSION = 9
_EVIDENCE = 8
"""How many grams are told at most."""


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
    told = min(_EVIDENCE, len(features.grams))
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
        helper.make_node("Gemm", ["features", "head", "bias"], ["logits"], transB=1),
        helper.make_node("MatMul", ["features", "centroids"], ["similarity"]),
        *_explain(),
    ]
    constants = {
        "one": np.array(1, np.float32),
        "tiny": np.array(1e-9, np.float32),
        "rarity": features.weights,
        "head": np.ascontiguousarray(weights.T),
        "bias": bias,
        "centroids": centroids,
        "mean": weights.mean(axis=1, dtype=np.float64).astype(np.float32),
        "spread": np.array(classes / (classes - 1), np.float32),
        "grams": np.array([(*gram, 0)[:2] for gram in features.grams], np.int32),
        "told": np.array([told], np.int64),
        "zero": np.array(0, np.float32),
        "axis": np.array([1], np.int64),
    }
    graph = helper.make_graph(
        nodes,
        "lexical",
        [helper.make_tensor_value_info("words", TensorProto.INT64, ["documents", "words"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["documents", classes])
            for name in ("logits", "similarity")
        ]
        + [
            helper.make_tensor_value_info("evidence", TensorProto.FLOAT, ["documents", told]),
            helper.make_tensor_value_info(
                "evidence_words", TensorProto.INT32, ["documents", told, 2]
            ),
            helper.make_tensor_value_info("evidence_total", TensorProto.FLOAT, ["documents", 1]),
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


def _explain() -> list[NodeProto]:
    """The best label's strongest grams as pairs of words (0: no second one), and the total for it.

    A weight w of n classes of mean m, less the mean of the others, is (w - m) * n / (n - 1).
    """
    return [
        helper.make_node("ArgMax", ["logits"], ["best"], axis=1, keepdims=0),
        helper.make_node("Gather", ["head", "best"], ["own"], axis=0),
        helper.make_node("Sub", ["own", "mean"], ["above"]),
        helper.make_node("Mul", ["above", "spread"], ["contrast"]),
        helper.make_node("Mul", ["features", "contrast"], ["contributions"]),
        helper.make_node("TopK", ["contributions", "told"], ["evidence", "places"], axis=1),
        helper.make_node("Gather", ["grams", "places"], ["evidence_words"], axis=0),
        helper.make_node("Max", ["contributions", "zero"], ["favourable"]),
        helper.make_node("ReduceSum", ["favourable", "axis"], ["evidence_total"], keepdims=1),
    ]
