"""Who may import whom, and what is installed where."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "lambdas").rglob("*.py"))
REQUIREMENTS = ROOT / "docker" / "requirements"
CLOCKS = {"now", "today", "utcnow", "time", "monotonic"}


def list_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


modules = pytest.mark.parametrize("path", MODULES, ids=name_of)


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 50


@modules
def test_a_step_imports_itself_and_what_is_shared(path: Path) -> None:
    step = path.relative_to(ROOT / "lambdas").parts[0]
    own = {name for name in list_imports(path) if name.split(".")[0] == "lambdas"}

    assert {name.split(".")[1] for name in own if "." in name} <= {step, "shared"}


@modules
def test_what_runs_in_aws_knows_nothing_of_this_machine(path: Path) -> None:
    packages = {name.split(".")[0] for name in list_imports(path)}

    assert packages.isdisjoint({"local", "models", "cli", "tests", "moto"})


@modules
def test_only_classify_knows_the_model_runtime(path: Path) -> None:
    packages = {name.split(".")[0] for name in list_imports(path)}

    if path.parent.name != "classify":
        assert packages.isdisjoint({"onnxruntime", "numpy", "tokenizers"})


@modules
def test_only_handlers_and_wirings_look_at_the_clock(path: Path) -> None:
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    }

    if path.name not in {"handler.py", "wiring.py"}:
        assert called.isdisjoint(CLOCKS)


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name == "handler.py"], ids=name_of
)
def test_a_handler_does_not_branch(path: Path) -> None:
    """What is worth a branch is worth a test without Lambda around it."""
    branches = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.If | ast.IfExp | ast.For | ast.While | ast.Try | ast.Match)
    ]

    assert branches == []


def list_pins(group: str) -> dict[str, set[str]]:
    """Versions by library; some have one for older interpreters and one for newer."""
    pins: dict[str, set[str]] = defaultdict(set)
    for line in (REQUIREMENTS / f"{group}.txt").read_text().splitlines():
        if match := re.match(r"([a-z0-9.-]+)==(\S+)", line):
            pins[match[1]].add(match[2])
    return pins


@pytest.mark.parametrize("group", ["pipeline", "classifier", "runtime", "dev"])
def test_what_trains_is_installed_nowhere_else(group: str) -> None:
    training = {name for name in list_pins("models-training") if re.match("dvc|mlflow", name)}

    assert {"dvc", "mlflow"} <= training
    assert list_pins(group).keys().isdisjoint(training)


def test_no_image_takes_what_trains() -> None:
    assert "models-training" not in (ROOT / "docker" / "Dockerfile").read_text()


def test_a_library_is_of_one_version_in_training_and_elsewhere() -> None:
    """A package names the versions that it was built with, and so does its digest."""
    training, others = list_pins("models-training"), list_pins("dev")
    shared = training.keys() & others.keys()

    assert {"numpy", "scikit-learn", "onnx", "tokenizers"} <= shared
    assert {name: training[name] for name in shared} == {name: others[name] for name in shared}
