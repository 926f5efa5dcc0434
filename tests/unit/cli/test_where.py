import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cli.whereabouts import locate
from lambdas.shared import documents
from lambdas.shared.identity import document_id
from tests.samples import MODEL, RULES, make_decision, make_document
from tests.unit.cli.conftest import Run
from tests.unit.cli.stacks import EXECUTION, LAST, WAY, Deployment

ODD_KEYS = (
    "suppliers/a b+c#d%20e?.pdf",
    "Rechnung Müller 請求書.pdf",
    "[bold]x[/bold] \\ 'q' \"q\".pdf",
    "s3:/odd.pdf",
)


def test_a_decided_document_is_told_with_its_decision_evidence_digests_and_way(
    deployment: Deployment, run: Run
) -> None:
    document = deployment.finish("invoice.pdf", "hold", "invoice.total_adds_up")

    result = run("where", "invoice.pdf")

    assert result.exit_code == 0
    for said in (
        document.id,
        "HOLD",
        "because of invoice.total_adds_up",
        "confidence 0.970, threshold 0.80",
        "amount due 24%",
        MODEL,
        RULES,
        "total = 118.00",
        "page 1 at 61%,80% 10x2",
        "$0.065",
        "decided after 9.2 s",
        EXECUTION,
        "The chain of 9 records holds.",
        *WAY,
        "Route",
        LAST["hold"],
    ):
        assert said in result.stdout


def test_each_transition_has_its_time_and_its_duration_to_the_next(
    deployment: Deployment, run: Run
) -> None:
    document = deployment.finish("invoice.pdf")

    trail = json.loads(run("where", document.id, "--json").stdout)["trail"]

    assert [step["sequence"] for step in trail] == list(range(1, 10))
    assert [step["seconds"] for step in trail] == [1.0, *[1.25] * 5, 1.3, 0.0, None]
    assert trail[0]["actor"] == "intake"
    assert trail[-1]["outcome"] == {"reasons": [], "route": "pass"}


def test_a_document_under_way_is_told_with_the_state_that_it_is_in(
    deployment: Deployment, run: Run
) -> None:
    document = deployment.put("slow.pdf")
    deployment.register(document)
    deployment.process(document, until="ExtractText")

    result = run("where", "slow.pdf")

    assert result.exit_code == 0
    assert "PROCESSING" in result.stdout
    assert "in ExtractText for 9 min" in result.stdout


def test_an_unknown_name_is_explained_and_exits_1(deployment: Deployment, run: Run) -> None:
    deployment.put("2026/invoice.pdf")

    unknown, beginning = run("where", "nothing.pdf"), run("where", "2026/inv")

    assert (unknown.exit_code, beginning.exit_code) == (1, 1)
    assert "No object with this key" in unknown.stdout
    assert "'2026/invoice.pdf'" in beginning.stdout


def test_an_upload_that_intake_has_not_seen_is_told_apart_from_nothing(
    deployment: Deployment, run: Run
) -> None:
    document = deployment.put("new.pdf")

    result = run("where", "new.pdf", "--json")

    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["document"] is None
    assert "intake has not registered it yet" in answer["explanation"]
    assert [version["document_id"] for version in answer["versions"]] == [document.id]


@pytest.mark.parametrize("key", ODD_KEYS)
def test_keys_are_found_and_shown_as_they_are(deployment: Deployment, run: Run, key: str) -> None:
    document = deployment.finish(key)
    deployment.finish(key + "x")

    answer = json.loads(run("where", key, "--json").stdout)
    page = run("where", f"s3://{document.bucket}/{key}")

    assert answer["document"]["id"] == document.id
    assert answer["document"]["key"] == key
    assert len(answer["versions"]) == 1
    assert page.stdout.startswith(f" PASS   {key}\n")


def test_control_characters_in_a_key_do_not_reach_the_terminal(
    deployment: Deployment, run: Run
) -> None:
    document = deployment.finish("a\x9b2J\nb.pdf")

    page = run("where", document.id).stdout

    assert "\x9b" not in page
    assert "a\\x9b2J\\nb.pdf" in page


def test_of_several_versions_the_newest_is_told_and_the_others_are_listed(
    deployment: Deployment, run: Run
) -> None:
    first = deployment.finish("twice.pdf", "pass")
    second = deployment.finish("twice.pdf", "hold", "low_confidence")

    answer = json.loads(run("where", "twice.pdf", "--json").stdout)
    page = run("where", "twice.pdf").stdout
    by_id = json.loads(run("where", first.id, "--json").stdout)

    assert answer["document"]["id"] == second.id
    assert [(each["document_id"], each["route"]) for each in answer["versions"]] == [
        (second.id, "hold"),
        (first.id, "pass"),
    ]
    assert first.id in page.partition("Other versions of this key")[2]
    assert by_id["document"]["id"] == first.id


def test_a_deleted_object_is_still_found_by_its_key(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("gone.pdf")
    deployment.s3.delete_object(Bucket=document.bucket, Key="gone.pdf")

    answer = json.loads(run("where", "gone.pdf", "--json").stdout)

    assert answer["document"]["id"] == document.id
    assert [version["deleted"] for version in answer["versions"]] == [True, False]


def test_what_a_manifest_named_in_vain_is_found_by_its_key(
    deployment: Deployment, run: Run
) -> None:
    bucket, key = deployment.stack.incoming_bucket, "batches/b/absent.pdf"
    absent = make_document(
        id=document_id(bucket, key, "missing"), bucket=bucket, key=key, version_id="missing"
    )
    deployment.register(absent)

    result = run("where", key)

    assert result.exit_code == 0
    assert absent.id in result.stdout


def test_a_document_elsewhere_is_not_looked_for_here(deployment: Deployment, run: Run) -> None:
    result = run("where", "s3://another-bucket/invoice.pdf")

    assert result.exit_code == 1
    assert deployment.stack.incoming_bucket in result.stdout


def test_the_task_token_is_not_told(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("invoice.pdf")
    record = documents.read(deployment.tables.documents, document.id)
    assert record
    assert record.task_token == "secret"

    assert "secret" not in run("where", document.id, "--json").stdout
    assert "secret" not in run("where", document.id).stdout


def test_without_its_explanation_the_rest_is_told(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("invoice.pdf")
    key = f"{document.id}/classification.json"
    deployment.s3.delete_object(Bucket=deployment.stack.extractions_bucket, Key=key)

    result = run("where", "invoice.pdf")

    assert result.exit_code == 0
    assert f"{key} is no longer there" in result.stdout
    assert "Findings: 1 rule applied" in result.stdout


def test_without_its_findings_the_rest_is_told(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("invoice.pdf", "reject", "invoice.date_not_future")
    key = f"{document.id}/findings.json"
    deployment.s3.delete_object(Bucket=deployment.stack.extractions_bucket, Key=key)

    result = run("where", document.id)

    assert result.exit_code == 0
    assert "no longer there" in result.stdout
    assert "because of invoice.date_not_future" in result.stdout


class DeniedBuckets:
    """S3 for a role that may not look into the buckets."""

    def _deny(self, *_arguments: Any, **_request: Any) -> Any:
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")

    get_object = get_paginator = _deny
    exceptions = SimpleNamespace(NoSuchKey=KeyError)


def test_who_may_read_the_tables_only_is_told_what_they_hold(deployment: Deployment) -> None:
    document = deployment.finish("invoice.pdf", "hold", "low_confidence")
    s3: Any = DeniedBuckets()

    answer = locate(
        document.id,
        documents_table=deployment.tables.documents,
        audit_table=deployment.tables.audit,
        s3=s3,
        bucket=document.bucket,
        now=document.received_at,
    )

    assert answer.document
    assert answer.document.route == "hold"
    assert len(answer.trail) == 9
    assert "may not read" in str(answer.findings_unavailable)


def test_a_failed_rule_that_is_no_reason_is_told_with_its_message(
    deployment: Deployment, run: Run
) -> None:
    document = deployment.put("invoice.pdf")
    deployment.register(document)
    validation = deployment.validate(document, "invoice.currency_known")
    documents.decide(
        deployment.tables.documents,
        document.id,
        make_decision("pass"),
        now=document.received_at + timedelta(seconds=9),
        validation=validation,
    )

    assert "invoice.currency_known says no" in run("where", document.id).stdout


def test_a_trail_that_does_not_hold_is_told(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("invoice.pdf")
    deployment.tables.audit.delete_item(Key={"document_id": document.id, "sequence": 3})

    result = run("where", document.id)

    assert result.exit_code == 1
    assert "The trail does not hold" in result.stdout
    assert "record 4 (ExtractText)" in result.stdout
