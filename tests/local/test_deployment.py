"""The real Terraform on local AWS: applied, used, planned again, destroyed; in this order."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from local.deployment import Deployment
from local.endpoint import running
from models.corpus.classes import KINDS
from models.corpus.typesetting import render_pdf

MODEL = Path(__file__).parents[2] / "build" / "model"


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    assert (MODEL / "package.json").is_file(), "build the model package first: make model"
    folder = tmp_path_factory.mktemp("deployment")
    with running(state_directory=folder / "endpoint") as state:
        deployment = Deployment(state, folder / ".terraform", MODEL)
        deployment.prepare()
        for _ in deployment.apply():
            pass
        yield deployment


def run_intray(deployment: Deployment, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        env=deployment.environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_second_plan_changes_nothing(deployment: Deployment) -> None:
    assert deployment.differences() == ""


def test_a_submitted_file_is_decided_and_where_tells_so(
    deployment: Deployment, tmp_path: Path
) -> None:
    document = KINDS["invoice"].make(Random("a submitted file"))
    paper = tmp_path / "März #1+2.pdf"
    paper.write_bytes(render_pdf(document))
    submitted = run_intray(deployment, "submit", str(paper), "--wait", "--json")
    assert submitted.returncode == 0, submitted.stderr
    told = run_intray(deployment, "where", paper.name, "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["document"]["route"] == "pass"


def test_a_plan_after_use_changes_nothing(deployment: Deployment) -> None:
    assert deployment.differences() == ""


def test_destroying_leaves_nothing(deployment: Deployment) -> None:
    endpoint = deployment.endpoint.endpoint
    session = deployment.session()
    deployment.destroy()
    assert deployment.resources() == []
    s3 = session.client("s3", endpoint_url=endpoint)
    buckets = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    assert [name for name in buckets if not name.startswith("intray-terraform-")] == []
    assert session.client("dynamodb", endpoint_url=endpoint).list_tables()["TableNames"] == []
    assert session.client("sqs", endpoint_url=endpoint).list_queues().get("QueueUrls", []) == []
    functions = session.client("lambda", endpoint_url=endpoint).list_functions()["Functions"]
    assert functions == []
