"""The command against a stack in an account in memory."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from cli.main import intray
from tests.conftest import REGION
from tests.unit.cli.stacks import Deployment, deploy

WORKSPACE = "dev"
Run = Callable[..., Result]


@pytest.fixture
def deployment(account: None) -> Deployment:  # noqa: ARG001 - in whose memory it lies
    return deploy(WORKSPACE, REGION)


@pytest.fixture
def run() -> Run:
    """Runs the command; what it leaves uncaught fails the test."""

    def invoke(*arguments: str) -> Result:
        command = ["--workspace", WORKSPACE, *arguments]
        return CliRunner().invoke(intray, command, catch_exceptions=False)

    return invoke
