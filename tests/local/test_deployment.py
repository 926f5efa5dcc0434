"""The real Terraform on local AWS: applied, used, planned again, destroyed; in this order.

Two packages are registered, approved, promoted and rolled back on the way, as people would.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lambdas.classify.event import Event
from lambdas.classify.package import ModelPackage, load_package
from lambdas.shared.contracts import Transition
from lambdas.shared.documents import DocumentRecord
from local.deployment import Deployment
from local.endpoint import running
from local.terraform_root import DeploymentError
from models.corpus.classes import KINDS
from models.corpus.typesetting import render_pdf
from models.lexical.building import build_package
from models.lexical.recipe import Recipe

MODEL = Path(__file__).parents[2] / "build" / "model"
REASON = ("--reason", "a better one")


@pytest.fixture(scope="module")
def first() -> ModelPackage:
    """The package that `make model` has built: good enough to let a document pass."""
    assert (MODEL / "package.json").is_file(), "build the model package first: make model"
    return load_package(MODEL)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> ModelPackage:
    """Another one."""
    return build_package(tmp_path_factory.mktemp("second"), Recipe(documents=36, folds=2))


@pytest.fixture(scope="module")
def deployment(
    first: ModelPackage, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("deployment")
    with running(state_directory=folder / "endpoint") as state:
        deployment = Deployment(state, folder / ".terraform")
        deployment.prepare()
        deployment.release(first.directory)
        apply(deployment)
        yield deployment


@pytest.fixture(scope="module")
def submitted(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> subprocess.CompletedProcess[str]:
    """An invoice that went all its way."""
    paper = tmp_path_factory.mktemp("paper") / "März #1+2.pdf"
    paper.write_bytes(render_pdf(KINDS["invoice"].make(Random("a submitted file"))))
    return deployment.intray("submit", str(paper), "--wait", "--json")


def apply(deployment: Deployment) -> None:
    for _ in deployment.apply():
        pass


def run(deployment: Deployment, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = deployment.intray("models", *arguments)
    assert done.returncode == 0, done.stderr
    return done


def ask(deployment: Deployment) -> DocumentRecord:
    told = deployment.intray("where", "März #1+2.pdf", "--json")
    assert told.returncode == 0, told.stderr
    return DocumentRecord.model_validate(json.loads(told.stdout)["document"])


def classify_again(deployment: Deployment, record: DocumentRecord) -> str:
    """Lets the deployed function tell a document's class once more; the digest that it used."""
    assert record.execution_id
    assert record.extraction
    transition = Transition(
        state="Classify", execution_id=record.execution_id, attempt=1, entered_at=record.received_at
    )
    event = Event(document=record.document(), transition=transition, extraction=record.extraction)
    client: Any = deployment.session().client("lambda", endpoint_url=deployment.endpoint.endpoint)
    reply = client.invoke(FunctionName="intray-local-classify", Payload=event.model_dump_json())
    answer = json.loads(reply["Payload"].read())
    assert "FunctionError" not in reply, answer
    return str(answer["model_digest"])


def test_a_second_plan_changes_nothing(deployment: Deployment) -> None:
    assert deployment.differences() == ""


def test_a_submitted_file_is_decided_by_the_promoted_package(
    deployment: Deployment, submitted: subprocess.CompletedProcess[str], first: ModelPackage
) -> None:
    assert submitted.returncode == 0, submitted.stderr
    document = ask(deployment)
    assert document.route == "pass"
    assert document.classification
    assert document.classification.model_digest == first.digest


def test_a_plan_after_use_changes_nothing(deployment: Deployment) -> None:
    assert deployment.differences() == ""


def test_what_nobody_approved_is_neither_promoted_nor_planned(
    deployment: Deployment, second: ModelPackage
) -> None:
    run(deployment, "register", str(second.directory), *REASON)
    refused = deployment.intray("models", "promote", second.digest, *REASON)
    ssm: Any = deployment.session().client("ssm", endpoint_url=deployment.endpoint.endpoint)
    name = "/intray/local/model"
    before = ssm.get_parameter(Name=name)["Parameter"]["Value"]
    by_hand = {
        "digest": second.digest,
        "package_arn": json.loads(before)["package_arn"].rpartition("/")[0] + "/2",
    }
    ssm.put_parameter(Name=name, Value=json.dumps(by_hand), Overwrite=True)

    with pytest.raises(DeploymentError) as failed:
        deployment.differences()

    ssm.put_parameter(Name=name, Value=before, Overwrite=True)
    told = " ".join(str(failed.value).replace("│", " ").split())
    assert refused.returncode == 1
    assert "is not approved (waits for approval)" in refused.stderr
    assert f"{second.digest}, promoted to local, is not approved but PendingManual" in told
    assert "intray models approve" in told


def test_an_approved_package_is_promoted_applied_and_rolled_back(
    deployment: Deployment, first: ModelPackage, second: ModelPackage
) -> None:
    document = ask(deployment)
    run(deployment, "approve", second.digest, "--without-gate", *REASON)
    run(deployment, "promote", second.digest, *REASON)
    apply(deployment)
    promoted = classify_again(deployment, document)
    listed = json.loads(run(deployment, "list", "--json").stdout)["packages"]

    run(deployment, "rollback", "--reason", "it was worse")
    apply(deployment)
    rolled_back = classify_again(deployment, document)

    assert (promoted, rolled_back) == (second.digest, first.digest)
    used = {each["version"]["digest"]: each["use"] for each in listed}
    assert used[second.digest] == {"promoted": ["local"], "deployed": ["local"]}
    assert used[first.digest] == {"promoted": [], "deployed": []}


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
    sagemaker: Any = session.client("sagemaker", endpoint_url=endpoint)
    assert sagemaker.list_model_package_groups()["ModelPackageGroupSummaryList"] == []
