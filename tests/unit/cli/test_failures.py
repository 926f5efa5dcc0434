import json
import socket
from pathlib import Path

import pytest
from botocore.exceptions import ClientError, NoCredentialsError, NoRegionError
from click.testing import CliRunner

from cli.connection import find_local_host
from cli.failures import explain
from cli.main import intray
from tests.conftest import REGION
from tests.unit.cli.conftest import WORKSPACE, Run
from tests.unit.cli.stacks import Deployment, publish


def make_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no\nway"}}, "GetParameter")


def test_an_endpoint_that_does_not_answer_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)

    result = CliRunner().invoke(intray, ["where", "a.pdf"], catch_exceptions=False)

    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert url in result.stderr
    assert "python -m local up" in result.stderr


@pytest.mark.usefixtures("account")
def test_a_stack_that_is_not_there_is_told_in_one_line(run: Run) -> None:
    result = run("status", "--workspace", "prod", "--json")

    assert result.exit_code == 3
    assert result.stdout == ""
    assert "There is no stack 'prod'" in result.stderr
    assert "/intray/prod/stack" in result.stderr


def test_a_stack_of_another_version_is_told_in_one_line(deployment: Deployment, run: Run) -> None:
    names = deployment.stack.model_dump()
    del names["audit_table"]
    publish(names, WORKSPACE, REGION)

    result = run("status")

    assert result.exit_code == 3
    assert "audit_table: Field required" in result.stderr


def test_a_profile_that_does_not_exist_is_told_in_one_line(run: Run) -> None:
    result = run("status", "--profile", "nobody")

    assert result.exit_code == 3
    assert "nobody" in result.stderr
    assert "--profile" in result.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (make_error("AccessDeniedException"), "AWS denied GetParameter (no way): use a role"),
        (make_error("ExpiredTokenException"), "sign in again"),
        (make_error("InternalError"), "AWS answered GetParameter with InternalError: no way"),
        (NoCredentialsError(), "No AWS credentials"),
        (NoRegionError(), "--region"),
    ],
)
def test_what_aws_refuses_is_explained_in_one_line(
    error: ClientError | NoCredentialsError | NoRegionError, said: str
) -> None:
    line = explain(error, workspace="dev")

    assert said in line
    assert "\n" not in line


def test_the_options_of_a_command_win_over_those_before_its_name(
    deployment: Deployment, run: Run
) -> None:
    deployment.finish("a.pdf")

    before = run("where", "a.pdf")
    after = CliRunner().invoke(intray, ["where", "a.pdf", "--workspace", WORKSPACE])
    other = run("where", "a.pdf", "--workspace", "staging")

    assert (before.exit_code, after.exit_code, other.exit_code) == (0, 0, 3)


def test_the_workspace_can_come_from_the_environment(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployment.finish("a.pdf")
    monkeypatch.setenv("INTRAY_WORKSPACE", WORKSPACE)

    assert CliRunner().invoke(intray, ["where", "a.pdf"]).exit_code == 0


def test_the_endpoint_that_runs_here_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".local").mkdir()
    state = {
        "endpoint": "http://127.0.0.1:4711",
        "textract": None,
        "lambda_runtime": "",
        "pid": 1,
        "log": "",
    }
    (tmp_path / ".local" / "endpoint.json").write_text(json.dumps(state))
    monkeypatch.chdir(tmp_path)

    found = find_local_host()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    overruled = find_local_host()

    assert found == "127.0.0.1:4711"
    assert overruled is None


@pytest.mark.usefixtures("account")
def test_every_command_explains_itself() -> None:
    for name in ("submit", "batch", "where", "audit verify", "audit show", "queue hold", "status"):
        result = CliRunner().invoke(intray, [*name.split(), "--help"])
        assert result.exit_code == 0
        assert "--json" in result.stdout
