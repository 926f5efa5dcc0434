"""Changes of a package's graph that make it worse in one way."""

import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tests.unit.models.copies import PackageCopy


def replace_logits(graph: onnx.GraphProto, *nodes: onnx.NodeProto) -> None:
    """Let the nodes make the logits of what was the logits, now named `plain`."""
    for node in graph.node:
        for names in (node.input, node.output):
            for index, name in enumerate(names):
                if name == "logits":
                    names[index] = "plain"
    graph.node.extend(nodes)


def add_noise(graph: onnx.GraphProto) -> None:
    replace_logits(
        graph,
        helper.make_node("RandomNormalLike", ["plain"], ["noise"], scale=1e-4),
        helper.make_node("Add", ["plain", "noise"], ["logits"]),
    )


def add_work(graph: onnx.GraphProto) -> None:
    """Multiply large matrices that depend on the logits, and add nothing of it."""
    matrix = np.full((450, 450), 1e-6, np.float32)
    graph.initializer.extend(
        [
            numpy_helper.from_array(matrix, "matrix"),
            numpy_helper.from_array(np.array(0, np.float32), "none"),
        ]
    )
    replace_logits(
        graph,
        helper.make_node("ReduceSum", ["plain"], ["sum"], keepdims=0),
        helper.make_node("Add", ["matrix", "sum"], ["work0"]),
        *(
            helper.make_node("MatMul", [f"work{step}", "matrix"], [f"work{step + 1}"])
            for step in range(4)
        ),
        helper.make_node("ReduceMax", ["work4"], ["largest"], keepdims=0),
        helper.make_node("Mul", ["largest", "none"], ["nothing"]),
        helper.make_node("Add", ["plain", "nothing"], ["logits"]),
    )


def prefer(graph: onnx.GraphProto, column: int) -> None:
    (bias,) = (each for each in graph.initializer if each.name == "bias")
    values = numpy_helper.to_array(bias).copy()
    values[column] += 100
    bias.CopyFrom(numpy_helper.from_array(values, "bias"))


def distrust(graph: onnx.GraphProto, column: int, package: PackageCopy) -> None:
    """Where the last word of the vocabulary is there, add to one label's logit."""
    vocabulary = json.loads((package.directory / "tokenizer.json").read_text())["model"]["vocab"]
    push = np.zeros(len(package.read_description()["labels"]), np.float32)
    push[column] = 30
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.array(len(vocabulary), np.int64), "word"),
            numpy_helper.from_array(push, "push"),
        ]
    )
    replace_logits(
        graph,
        helper.make_node("Equal", ["words", "word"], ["found"]),
        helper.make_node("Cast", ["found"], ["marks"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["marks"], ["any"], axes=[1], keepdims=1),
        helper.make_node("Mul", ["any", "push"], ["pushed"]),
        helper.make_node("Add", ["plain", "pushed"], ["logits"]),
    )
