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
    """The graph for `weights` and `centroids` of shape (features, classes), `bias` (classes,).

    It reads one document at a time.
    """
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
        *_find_present(),
        helper.make_node("Gather", ["counts", "present"], ["present_counts"], axis=1),
        helper.make_node("Add", ["present_counts", "one"], ["raised"]),
        helper.make_node("Log", ["raised"], ["damped"]),
        helper.make_node("Gather", ["rarity", "present"], ["present_rarity"]),
        helper.make_node("Mul", ["damped", "present_rarity"], ["weighted"]),
        helper.make_node("ReduceL2", ["weighted"], ["length"], axes=[1], keepdims=1),
        helper.make_node("Max", ["length", "tiny"], ["divisor"]),
        helper.make_node("Div", ["weighted", "divisor"], ["features"]),
        helper.make_node("Gather", ["head", "present"], ["present_head"], axis=0),
        helper.make_node("MatMul", ["features", "present_head"], ["scores"]),
        helper.make_node("Add", ["scores", "bias"], ["logits"]),
        helper.make_node("Gather", ["centroids", "present"], ["present_centroids"], axis=0),
        helper.make_node("MatMul", ["features", "present_centroids"], ["similarity"]),
        *_explain(),
    ]
    constants: dict[str, NDArray[np.generic]] = {
        "one": np.array(1, np.float32),
        "tiny": np.array(1e-9, np.float32),
        "rarity": features.weights,
        "head": weights,
        "bias": bias,
        "centroids": centroids,
        "spread": np.array(classes / (classes - 1), np.float32),
        "grams": np.array([(*gram, 0)[:2] for gram in features.grams], np.int32),
        "told": np.array([_EVIDENCE], np.int64),
        "zero": np.array(0, np.float32),
        "column": np.array(1, np.int64),
        "axis": np.array([1], np.int64),
    }
    graph = helper.make_graph(
        nodes,
        "lexical",
        [helper.make_tensor_value_info("words", TensorProto.INT64, [1, "words"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, classes])
            for name in ("logits", "similarity")
        ]
        + [
            helper.make_tensor_value_info("evidence", TensorProto.FLOAT, [1, "told"]),
            helper.make_tensor_value_info("evidence_words", TensorProto.INT32, [1, "told", 2]),
            helper.make_tensor_value_info("evidence_total", TensorProto.FLOAT, [1, 1]),
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


def _find_present() -> list[NodeProto]:
    """The columns of the grams that are in the document: the others' weights need not be read."""
    return [
        helper.make_node("NonZero", ["counts"], ["places"]),
        helper.make_node("Gather", ["places", "column"], ["present"], axis=0),
    ]


def _explain() -> list[NodeProto]:
    """The best label's strongest grams as pairs of words (0: no second one), and the total for it.

    A weight w of n classes of mean m, less the mean of the others, is (w - m) * n / (n - 1).
    """
    return [
        helper.make_node("ArgMax", ["logits"], ["best"], axis=1, keepdims=0),
        helper.make_node("Gather", ["present_head", "best"], ["columns"], axis=1),
        helper.make_node("Transpose", ["columns"], ["own"]),
        helper.make_node("ReduceMean", ["present_head"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("Sub", ["own", "mean"], ["above"]),
        helper.make_node("Mul", ["above", "spread"], ["contrast"]),
        helper.make_node("Mul", ["features", "contrast"], ["contributions"]),
        helper.make_node("Shape", ["present"], ["count"]),
        helper.make_node("Min", ["told", "count"], ["most"]),
        helper.make_node("TopK", ["contributions", "most"], ["evidence", "ranked"], axis=1),
        helper.make_node("Gather", ["grams", "present"], ["present_grams"], axis=0),
        helper.make_node("Gather", ["present_grams", "ranked"], ["evidence_words"], axis=0),
        helper.make_node("Max", ["contributions", "zero"], ["favourable"]),
        helper.make_node("ReduceSum", ["favourable", "axis"], ["evidence_total"], keepdims=1),
    ]
