import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cli.batch_run import BatchFailedError, BatchRun
from cli.named_batch import plan_batch
from cli.waiting import Patience
from lambdas.shared import batches, documents, storage
from lambdas.shared.manifest import read_manifest
from lambdas.summarise.report import Report
from tests.samples import make_decision, make_document
from tests.unit.cli.conftest import Run
from tests.unit.cli.stacks import Deployment


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "scans").mkdir()
    for name in ("a #1.pdf", "scans/ü.png", ".hidden", "scans/manifest.json"):
        (tmp_path / name).write_bytes(b"%PDF-")
    return tmp_path


def make_run(deployment: Deployment, name: str = "march") -> BatchRun:
    return BatchRun(
        name=name,
        document_batch_arn=deployment.stack.document_batch_arn,
        batch_summary_arn=deployment.stack.batch_summary_arn,
        decisions_bucket=deployment.stack.decisions_bucket,
        documents_table=deployment.tables.documents,
        s3=deployment.s3,
        states=deployment.states,
    )


def start(deployment: Deployment, name: str = "march") -> str:
    return deployment.states.start_execution(
        stateMachineArn=deployment.stack.document_batch_arn, name=name, input="{}"
    )["executionArn"]


def write_report(deployment: Deployment, name: str = "march") -> None:
    report = Report(
        batch_id=name,
        opened_at=datetime(2026, 3, 1, tzinfo=UTC),
        reported_at=datetime(2026, 3, 1, 0, 1, tzinfo=UTC),
        routes={"pass": 2},
        reasons={},
        classes={"invoice": 2},
        pages=2,
        extraction_usd=Decimal("0.13"),
        documents=(),
    )
    pointer = batches.report_pointer(deployment.stack.decisions_bucket, name)
    storage.write_model(deployment.s3, pointer, report)


def patience_with(*events: Callable[[], Any]) -> Patience:
    """A minute in which one event after the other happens while one sleeps."""
    coming, slept = iter(events), [0.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        next(coming, lambda: None)()

    return Patience(limit=timedelta(minutes=1), elapsed=lambda: sum(slept), sleep=sleep)


def test_every_file_of_the_directory_goes_up_and_the_manifest_last(
    deployment: Deployment, run: Run, directory: Path
) -> None:
    result = run("batch", str(directory), "--name", "march", "--json")

    answer = json.loads(result.stdout)
    bucket = deployment.stack.incoming_bucket
    stored = deployment.s3.get_object(Bucket=bucket, Key="batches/march/manifest.json")
    assert result.exit_code == 0
    assert read_manifest(stored["Body"].read()) == ("a #1.pdf", "scans/ü.png")
    assert [each["key"] for each in answer["documents"]] == [
        "batches/march/a #1.pdf",
        "batches/march/scans/ü.png",
    ]
    assert answer["started"] is True
    assert ".hidden is left out" in result.stderr
    assert "scans/manifest.json is left out" in result.stderr


def test_a_manifest_in_the_directory_is_used_as_it_stands(directory: Path) -> None:
    body = b'{"documents": ["a #1.pdf", "absent.pdf"]}'
    (directory / "manifest.json").write_bytes(body)

    plan = plan_batch(directory, "march", max_bytes=100)

    assert plan.manifest == body
    assert plan.absent_keys == ("batches/march/absent.pdf",)
    assert len(plan.uploads) == 2


@pytest.mark.parametrize("name", ["", "a b", "ä", "-a", "a/b", "x" * 61])
def test_a_name_that_intake_would_not_take_is_refused(directory: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is no name for a batch"):
        plan_batch(directory, name, max_bytes=100)


def test_a_batch_that_cannot_be_is_wrong_usage(
    deployment: Deployment, run: Run, directory: Path
) -> None:
    result = run("batch", str(directory), "--name", "a b")

    assert result.exit_code == 2
    assert "is no name for a batch" in result.stderr
    listed = deployment.s3.list_objects_v2(Bucket=deployment.stack.incoming_bucket)
    assert "Contents" not in listed


def test_a_directory_that_makes_no_batch_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no files"):
        plan_batch(tmp_path, "march", max_bytes=100)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(ValueError, match="manifest"):
        plan_batch(tmp_path, "march", max_bytes=100)


def test_a_batch_that_was_started_is_not_started_again(
    deployment: Deployment, run: Run, directory: Path
) -> None:
    start(deployment)

    result = run("batch", str(directory), "--name", "march")

    assert result.exit_code == 1
    assert "give this one another name" in result.stderr
    listed = deployment.s3.list_objects_v2(Bucket=deployment.stack.incoming_bucket)
    assert "Contents" not in listed


def test_waiting_tells_how_many_are_decided_and_ends_with_the_report(
    deployment: Deployment,
) -> None:
    for number in (1, 2):
        documents.register(
            deployment.tables.documents,
            make_document(id=f"doc-{number}"),
            state="registered",
            now=datetime.now(UTC),
        )

    def decide(document_id: str) -> None:
        documents.decide(
            deployment.tables.documents, document_id, make_decision(), now=datetime.now(UTC)
        )

    told: list[int] = []
    report = make_run(deployment).wait_for_report(
        ["doc-1", "doc-2"],
        manifest_id="doc-manifest",
        patience=patience_with(
            lambda: decide("doc-2"), lambda: decide("doc-1"), lambda: write_report(deployment)
        ),
        report=told.append,
    )

    assert told == [0, 1, 2]
    assert report
    assert report.batch_id == "march"


def test_waiting_ends_when_the_manifest_is_refused(deployment: Deployment) -> None:
    manifest = deployment.refuse("batches/march/manifest.json", "manifest_malformed")

    with pytest.raises(BatchFailedError, match="because of manifest_malformed"):
        make_run(deployment).wait_for_report(
            [], manifest_id=manifest.id, patience=patience_with(), report=lambda _: None
        )


def test_waiting_ends_when_the_execution_ends_badly(deployment: Deployment) -> None:
    arn = start(deployment)

    with pytest.raises(BatchFailedError, match="document-batch ended as ABORTED"):
        make_run(deployment).wait_for_report(
            [],
            manifest_id="doc-manifest",
            patience=patience_with(lambda: deployment.states.stop_execution(executionArn=arn)),
            report=lambda _: None,
        )


def test_a_report_that_does_not_come_in_time_exits_1(
    deployment: Deployment, run: Run, directory: Path
) -> None:
    result = run("batch", str(directory), "--name", "march", "--wait", "--timeout", "0")

    assert result.exit_code == 1
    assert "had not ended in time" in result.stderr
    assert not make_run(deployment).is_started()


def test_the_report_is_told_as_the_summary_tells_it(
    deployment: Deployment, run: Run, directory: Path
) -> None:
    write_report(deployment)

    result = run("batch", str(directory), "--name", "march", "--wait")

    assert result.exit_code == 0
    assert "2 documents" in result.stdout
    assert f"s3://{deployment.stack.decisions_bucket}/reports/march.json" in result.stdout
