"""The command against a stack in an account in memory."""

from collections.abc import Callable
from pathlib import Path

import botocore.loaders
import pytest
from click.testing import CliRunner, Result

from cli.main import intray
from lambdas.classify.package import ModelPackage
from models.lexical.building import build_package
from models.lexical.recipe import Recipe
from tests.conftest import REGION
from tests.unit.cli.registries import RegistryInMemory, make_registry
from tests.unit.cli.stacks import Deployment, deploy

WORKSPACE = "dev"
Run = Callable[..., Result]
_service_models = botocore.loaders.create_loader()


@pytest.fixture(autouse=True)
def _read_service_models_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command opens a session of its own, which would read them anew."""
    monkeypatch.setattr("botocore.session.create_loader", lambda *_: _service_models)


@pytest.fixture
def deployment(account: None) -> Deployment:  # noqa: ARG001 - in whose memory it lies
    return deploy(WORKSPACE, REGION)


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModelPackage:
    """A small package; nobody may write to it."""
    return build_package(tmp_path_factory.mktemp("package"), Recipe(documents=36, folds=2))


@pytest.fixture
def registry(
    account: None,  # noqa: ARG001 - in whose memory it lies
    package: ModelPackage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> RegistryInMemory:
    return make_registry(package, tmp_path, monkeypatch)


@pytest.fixture
def run() -> Run:
    """Runs the command; what it leaves uncaught fails the test."""

    def invoke(*arguments: str) -> Result:
        command = ["--workspace", WORKSPACE, *arguments]
        return CliRunner().invoke(intray, command, catch_exceptions=False)

    return invoke
