import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cli.verification import Verdict, verify
from lambdas.shared import documents
from lambdas.shared.contracts import Document
from tests.samples import make_decision
from tests.unit.cli.conftest import Run
from tests.unit.cli.stacks import Deployment


def change(deployment: Deployment, document: Document, sequence: int, **values: Any) -> None:
    """What nobody's role allows: a record changed where it is stored."""
    item = read(deployment, document, sequence)
    deployment.tables.audit.put_item(Item={**item, **values})


def read(deployment: Deployment, document: Document, sequence: int) -> dict[str, Any]:
    key: dict[str, Any] = {"document_id": document.id, "sequence": sequence}
    return deployment.tables.audit.get_item(Key=key)["Item"]


def judge(deployment: Deployment, document: Document) -> Verdict:
    return verify(
        document.id,
        audit_table=deployment.tables.audit,
        documents_table=deployment.tables.documents,
        now=datetime.now(UTC),
    )


def set_in_documents(deployment: Deployment, document: Document, name: str, value: Any) -> None:
    deployment.tables.documents.update_item(
        Key={"id": document.id},
        UpdateExpression="SET #name = :value",
        ExpressionAttributeNames={"#name": name},
        ExpressionAttributeValues={":value": value},
    )


def test_the_trails_of_every_outcome_hold(deployment: Deployment, run: Run) -> None:
    deployment.finish("a.pdf", "pass")
    deployment.finish("b.pdf", "hold", "low_confidence")
    deployment.finish("c.pdf", "reject", "invoice.iban_valid")
    deployment.refuse("d.pdf", "empty")
    under_way = deployment.put("e.pdf")
    deployment.register(under_way)

    result = run("audit", "verify", "--all", "--json")

    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["holds"] is True
    assert (answer["documents"], answer["records"]) == (5, 9 + 9 + 9 + 2 + 1)


def test_changing_a_byte_of_a_record_fails_and_names_it(deployment: Deployment) -> None:
    document = deployment.finish("a.pdf", "hold", "low_confidence")
    record = read(deployment, document, 7)

    for attribute in ("state", "actor", "at", "outcome", "previous_hash", "hash"):
        stored = str(record[attribute])
        for position in {*range(0, len(stored), 6), len(stored) - 1}:
            other = chr(ord(stored[position]) ^ 1)
            changed = f"{stored[:position]}{other}{stored[position + 1 :]}"
            deployment.tables.audit.put_item(Item=record | {attribute: changed})
            state = changed if attribute == "state" else "Route"
            faults = judge(deployment, document).faults
            assert any(f"record 7 ({state}) of {document.id}" in fault for fault in faults)

    deployment.tables.audit.put_item(Item=record)
    assert judge(deployment, document).faults == ()


def test_whatever_a_record_was_changed_to_it_is_named(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("a.pdf")
    record = read(deployment, document, 5)

    for values in (
        {"attempt": 1},
        {"at": "2026-03-14 12:00:00Z"},
        {"at": "yesterday"},
        {"outcome": "not JSON"},
        {"note": "added"},
    ):
        deployment.tables.audit.put_item(Item=record | values)
        assert f"record 5 (Classify) of {document.id}" in judge(deployment, document).faults[0]

    result = run("audit", "verify", "a.pdf")
    assert result.exit_code == 1
    assert f"record 5 (Classify) of {document.id}" in result.stdout


def test_the_same_instant_written_otherwise_is_a_change(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("a.pdf")
    change(deployment, document, 5, at=read(deployment, document, 5)["at"].replace("T", " "))

    result = run("audit", "verify", document.id)

    assert result.exit_code == 1
    assert f"record 5 (Classify) of {document.id}: is not stored as it was" in result.stdout


def test_a_removed_middle_record_fails(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("a.pdf")
    deployment.tables.audit.delete_item(Key={"document_id": document.id, "sequence": 4})

    result = run("audit", "verify", document.id)

    assert result.exit_code == 1
    assert f"record 5 (Classify) of {document.id}: expected sequence 4" in result.stdout


def test_removed_last_records_fail(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("a.pdf")

    for kept in range(8, 0, -1):
        key: dict[str, Any] = {"document_id": document.id, "sequence": kept + 1}
        deployment.tables.audit.delete_item(Key=key)
        (fault,) = judge(deployment, document).faults
        assert fault.startswith(f"record {kept} (")
        assert "the record of its delivery or refusal is missing" in fault

    assert run("audit", "verify", document.id).exit_code == 1


def test_a_removed_trail_fails(deployment: Deployment, run: Run) -> None:
    document = deployment.refuse("d.pdf", "empty")
    for sequence in (1, 2):
        deployment.tables.audit.delete_item(Key={"document_id": document.id, "sequence": sequence})
    set_in_documents(deployment, document, "registered_at", "2026-01-01T00:00:00.000+00:00")

    result = run("audit", "verify", "--all")

    assert result.exit_code == 1
    assert f"{document.id} is registered but has no audit record" in result.stdout


def test_a_trail_without_its_document_fails(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("a.pdf")
    deployment.tables.documents.delete_item(Key={"id": document.id})

    result = run("audit", "verify", "--all")

    assert result.exit_code == 1
    assert f"the documents table does not know {document.id}" in result.stdout


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("route", "pass", "record 9 (Hold) of {id}: says hold, the documents table pass"),
        ("reasons", [], "record 9 (Hold) of {id}: says low_confidence, the documents table no"),
        ("state", "processing", "record 9 (Hold) of {id} ends the document's way"),
        ("state", "nonsense", "the item of {id} in the documents table cannot be read"),
    ],
)
def test_a_documents_table_that_says_otherwise_fails(
    deployment: Deployment, run: Run, name: str, value: Any, said: str
) -> None:
    document = deployment.finish("a.pdf", "hold", "low_confidence")
    set_in_documents(deployment, document, name, value)

    result = run("audit", "verify", document.id)

    assert result.exit_code == 1
    assert said.format(id=document.id) in result.stdout


def test_another_model_digest_in_the_documents_table_fails(
    deployment: Deployment, run: Run
) -> None:
    document = deployment.finish("a.pdf")
    item = deployment.tables.documents.get_item(Key={"id": document.id})["Item"]
    classification: Any = item["classification"]
    set_in_documents(
        deployment, document, "classification", {**classification, "model_digest": "sha256:other"}
    )

    result = run("audit", "verify", document.id)

    assert result.exit_code == 1
    assert f"record 7 (Route) of {document.id}: decided with model" in result.stdout


def test_a_document_decided_this_moment_is_under_way_and_no_fault(
    deployment: Deployment, run: Run
) -> None:
    document = deployment.put("a.pdf")
    deployment.register(document)
    deployment.process(document)
    documents.decide(
        deployment.tables.documents, document.id, make_decision(), now=datetime.now(UTC)
    )

    result = run("audit", "verify", document.id)

    assert result.exit_code == 0
    assert "1 still being recorded" in result.stdout


def test_a_delivery_that_is_long_overdue_is_a_fault(deployment: Deployment, run: Run) -> None:
    document = deployment.put("a.pdf").model_copy(
        update={"received_at": datetime(2026, 1, 1, tzinfo=UTC)}
    )
    deployment.register(document)
    at = deployment.process(document)
    documents.decide(deployment.tables.documents, document.id, make_decision(), now=at)

    assert run("audit", "verify", document.id).exit_code == 1


def test_a_key_verifies_every_version_of_it(deployment: Deployment, run: Run) -> None:
    first = deployment.finish("twice.pdf")
    deployment.finish("twice.pdf")
    change(deployment, first, 2, actor="somebody")

    result = run("audit", "verify", "twice.pdf")

    assert result.exit_code == 1
    assert "2 documents, 18 records verified: 1 trail does not hold." in result.stdout


def test_a_batch_is_verified_by_its_name(deployment: Deployment, run: Run) -> None:
    deployment.finish("a.pdf")
    deployment.finish("b.pdf")

    assert "2 documents, 18 records verified" in run("audit", "verify", "--batch", "batch-1").stdout
    assert run("audit", "verify", "--batch", "unknown").exit_code == 1


@pytest.mark.usefixtures("deployment")
@pytest.mark.parametrize("name", ["unknown.pdf", f"doc-{'0' * 32}"])
def test_an_unknown_document_does_not_verify(run: Run, name: str) -> None:
    assert run("audit", "verify", name).exit_code == 1


@pytest.mark.usefixtures("deployment")
@pytest.mark.parametrize("arguments", [(), ("a.pdf", "--all"), ("--batch", "b", "--all")])
def test_what_to_verify_is_said_in_one_way(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("audit", "verify", *arguments).exit_code == 2


def test_a_trail_is_shown_with_actors_and_outcomes(deployment: Deployment, run: Run) -> None:
    document = deployment.finish("a.pdf", "hold", "low_confidence")

    page = run("audit", "show", "a.pdf").stdout
    answer = json.loads(run("audit", "show", "a.pdf", "--json").stdout)

    assert "route hold, reasons low_confidence" in page
    assert answer["document_id"] == document.id
    assert [step["state"] for step in answer["trail"]][-2:] == ["ChooseRoute", "Hold"]
    assert answer["faults"] == []
