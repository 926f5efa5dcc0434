"""One endpoint and one stack for all tests of this tier; each test's batch runs beside the others.

A test that is the first to ask for a batch starts every batch, because most of their time is
waiting: for retries, for Textract, for processes to start.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.endpoint import running
from tests.statemachine.batch import Submitter
from tests.statemachine.cases import Cases
from tests.statemachine.stack import ROOT, Stack

_STARTS_A_SECOND = "1"
"""So few that who does not keep to the reservation is throttled."""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model package: what `make model` has built, or else a package built now."""
    built = ROOT / "build" / "model"
    if (built / "package.json").is_file():
        return built
    folder = tmp_path_factory.mktemp("model") / "package"
    subprocess.run(
        [sys.executable, "-m", "models", "build", "--out", str(folder)], cwd=ROOT, check=True
    )
    return folder


@pytest.fixture(scope="session")
def stack(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(
        code=ROOT,
        state_directory=tmp_path_factory.mktemp("endpoint"),
        textract_arguments=["--delay", "0.2", "--start-rate", _STARTS_A_SECOND],
    ) as endpoint:
        stack = Stack(endpoint, model)
        stack.deploy()
        yield stack


@pytest.fixture(scope="session")
def cases(stack: Stack) -> Cases:
    """Every batch of this tier, started."""
    cases = Cases(stack, Submitter(stack))
    cases.start()
    return cases
