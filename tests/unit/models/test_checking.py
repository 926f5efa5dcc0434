"""Each fault is told in one line, and alone where it is the only one."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from click.testing import CliRunner
from onnx import numpy_helper

from cli.main import intray
from lambdas.classify.inference import Classifier
from lambdas.classify.package import MODEL, ModelPackage
from lambdas.shared.errors import ModelPackageError
from models.checking.package import find_faults
from tests.unit.models.copies import PackageCopy


def test_a_package_that_was_just_built_has_no_fault(small_package: ModelPackage) -> None:
    assert find_faults(small_package.directory) == []


def _truncate_model(package: PackageCopy) -> None:
    package.write(MODEL, (package.directory / MODEL).read_bytes()[:1000])


def _forget_label(package: PackageCopy) -> None:
    labels = package.read_description()["labels"]
    package.describe(labels=[label for label in labels if label != "resume"])


def _forget_label_everywhere(package: PackageCopy) -> None:
    described = package.read_description()
    for part in (described["thresholds"], described["known"]["similarity"]):
        del part["resume"]
    package.describe(**described)
    _forget_label(package)


def _spoil_digest(package: PackageCopy) -> None:
    files = package.read_description()["files"]
    package.describe(files=files | {"baseline.json": "0" * 64})


def _lead_out(package: PackageCopy) -> None:
    files = package.read_description()["files"]
    (package.directory.parent / "secret.json").write_text("{}")
    package.describe(files=files | {"../secret.json": "0" * 64})


def _link_out(package: PackageCopy) -> None:
    card = package.directory / "MODEL_CARD.md"
    shutil.move(card, package.directory.parent / "card.md")
    card.symlink_to(package.directory.parent / "card.md")


def _spoil_weights(graph: onnx.GraphProto) -> None:
    (bias,) = (each for each in graph.initializer if each.name == "bias")
    broken = np.full_like(numpy_helper.to_array(bias), np.nan)
    bias.CopyFrom(numpy_helper.from_array(broken, "bias"))


def _outgrow_table(graph: onnx.GraphProto) -> None:
    """Look every word up in a table that is shorter than the vocabulary."""
    graph.initializer.append(numpy_helper.from_array(np.zeros(5, np.float32), "table"))
    graph.node.append(onnx.helper.make_node("Gather", ["table", "words"], ["looked_up"]))
    graph.output.append(
        onnx.helper.make_tensor_value_info("looked_up", onnx.TensorProto.FLOAT, ["one", "word"])
    )


FAULTS: dict[str, tuple[Callable[[PackageCopy], object], str]] = {
    "truncated model": (_truncate_model, "model.onnx cannot be run"),
    "missing label": (
        _forget_label,
        "package.json: Value error, thresholds and labels do not name the same",
    ),
    "a label less than the graph has": (
        _forget_label_everywhere,
        "model.onnx: output logits does not have 8 columns",
    ),
    "tokenizer with fixed padding": (
        lambda package: package.change_tokenizer(lambda one: one.enable_padding(length=128)),
        "tokenizer.json truncates or pads",
    ),
    "tokenizer that truncates": (
        lambda package: package.change_tokenizer(lambda one: one.enable_truncation(128)),
        "tokenizer.json truncates or pads",
    ),
    "tokenizer that is none": (
        lambda package: package.write("tokenizer.json", b"{}"),
        "tokenizer.json cannot be read",
    ),
    "wrong digest": (_spoil_digest, "baseline.json does not match its digest"),
    "a path out of the folder": (_lead_out, "../secret.json lies outside the package"),
    "a link out of the folder": (_link_out, "MODEL_CARD.md lies outside the package"),
    "missing file": (
        lambda package: (package.directory / "baseline.json").unlink(),
        "baseline.json is missing",
    ),
    "no description": (
        lambda package: (package.directory / "package.json").unlink(),
        "package.json is missing",
    ),
    "a description that is no JSON": (
        lambda package: (package.directory / "package.json").write_text("{"),
        "package.json: Invalid JSON",
    ),
    "a description without temperature": (
        lambda package: package.describe(temperature=None),
        "package.json: temperature: Field required",
    ),
    "unknown kind": (lambda package: package.describe(kind="oracle"), "package.json: kind: Input"),
    "unknown format": (
        lambda package: package.describe(format=2),
        "package.json: format: Input should be 1",
    ),
    "unknown opset": (lambda package: package.describe(opset=99), "package.json: opset: Input"),
    "another opset": (
        lambda package: package.describe(opset=18),
        "model.onnx is of opset 17, package.json says 18",
    ),
    "weights that are no numbers": (
        lambda package: package.change_graph(_spoil_weights),
        "model.onnx: logits of a text without words is not a number",
    ),
    "a graph for fewer words than the tokenizer knows": (
        lambda package: package.change_graph(_outgrow_table),
        "model.onnx fails on the vocabulary's last word",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_in_one_line(package_copy: PackageCopy, name: str) -> None:
    spoil, line = FAULTS[name]
    spoil(package_copy)

    faults = find_faults(package_copy.directory)

    assert faults[0].startswith(line)
    assert all("\n" not in fault for fault in faults)
    # Labels are the columns of both outputs; every other fault stands alone.
    assert len(faults) == (2 if name == "a label less than the graph has" else 1)


def test_every_fault_is_told_at_once(package_copy: PackageCopy) -> None:
    for name in ("tokenizer with fixed padding", "wrong digest", "truncated model"):
        FAULTS[name][0](package_copy)

    assert len(find_faults(package_copy.directory)) == 3


@pytest.mark.parametrize("name", FAULTS)
def test_what_the_function_refuses_is_a_fault_in_the_same_words(
    package_copy: PackageCopy, name: str
) -> None:
    FAULTS[name][0](package_copy)
    try:
        Classifier(package_copy.load())
    except ModelPackageError as error:
        refusal = " ".join(str(error).split())
    else:
        return

    assert any(fault in refusal for fault in find_faults(package_copy.directory))


def test_the_command_tells_the_faults_and_exits_1(package_copy: PackageCopy) -> None:
    sound = CliRunner().invoke(intray, ["models", "check", str(package_copy.directory)])
    _spoil_digest(package_copy)
    spoilt = CliRunner().invoke(intray, ["models", "check", str(package_copy.directory)])

    assert (sound.exit_code, spoilt.exit_code) == (0, 1)
    assert spoilt.stdout == "baseline.json does not match its digest\n"


def test_the_operators_command_starts_without_the_model_factory() -> None:
    look = "import sys, cli.main; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", look],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert not {"models", "numpy", "onnx", "onnxruntime", "sklearn"} & set(done.stdout.split())
