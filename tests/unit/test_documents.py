from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import boto3
import pytest

from lambdas.shared import documents
from lambdas.shared.contracts import Decision
from lambdas.shared.documents import AWAITING_MANIFEST, DocumentRecord, State
from tests.samples import (
    NOON,
    make_classification,
    make_decision,
    make_document,
    make_extraction_result,
    make_validation,
)
from tests.tables import Tables


def register(tables: Tables, *, state: State = "registered", **changes: object) -> None:
    documents.register(tables.documents, make_document(**changes), state=state, now=NOON)


def read(tables: Tables, document_id: str = "doc-1") -> DocumentRecord:
    record = documents.read(tables.documents, document_id)
    assert record
    return record


def decide(tables: Tables, decision: Decision, *, seconds: float = 0) -> Decision:
    now = NOON + timedelta(seconds=seconds)
    return documents.decide(tables.documents, "doc-1", decision, now=now)


def store_token(tables: Tables, token: str = "token-1") -> DocumentRecord | None:
    return documents.record_task_token(
        tables.documents, "doc-1", task_token=token, execution_id="execution-1"
    )


def store_extraction(tables: Tables) -> DocumentRecord | None:
    return documents.record_extraction(
        tables.documents, "doc-1", result=make_extraction_result(pages=3), usd=Decimal("0.195")
    )


def test_a_registered_document_is_read_as_it_was_written(tables: Tables) -> None:
    register(tables)

    assert read(tables).document() == make_document()
    assert read(tables).decision() is None
    assert documents.read(tables.documents, "doc-2") is None


def test_registering_again_changes_nothing(tables: Tables) -> None:
    register(tables)

    again = documents.register(
        tables.documents, make_document(batch_id="batch-2"), state="registered", now=NOON
    )

    assert not again
    assert read(tables).batch_id == "batch-1"


def test_a_decision_is_made_once(tables: Tables) -> None:
    register(tables)
    first = decide(tables, make_decision("hold", "processing_failed"))
    later = decide(tables, make_decision("pass"), seconds=60)

    assert later == first
    record = read(tables)
    assert (record.state, record.route, record.decided_at) == ("decided", "hold", NOON)


def test_a_decision_keeps_what_it_was_made_from(tables: Tables) -> None:
    register(tables)
    documents.decide(
        tables.documents,
        "doc-1",
        make_decision("pass"),
        now=NOON,
        classification=make_classification(confidence=0.123456789),
        validation=make_validation(warned_by=("invoice.x",)),
    )

    record = read(tables)
    assert record.classification == make_classification(confidence=0.123456789)
    assert record.validation == make_validation(warned_by=("invoice.x",))


def test_deciders_at_the_same_time_agree(tables: Tables) -> None:
    register(tables)
    tables_of_each = [boto3.resource("dynamodb").Table(tables.documents.name) for _ in range(3)]
    wishes = [make_decision(route) for route in ("pass", "hold", "reject")]

    def decide_with(number: int) -> Decision:
        return documents.decide(tables_of_each[number], "doc-1", wishes[number], now=NOON)

    with ThreadPoolExecutor(3) as deciders:
        made = list(deciders.map(decide_with, range(3)))

    assert made == [read(tables).decision()] * 3


def test_an_unknown_document_cannot_be_decided(tables: Tables) -> None:
    with pytest.raises(LookupError, match="doc-1 is not in the table"):
        decide(tables, make_decision("pass"))
    assert documents.read(tables.documents, "doc-1") is None


def test_a_delivery_is_stamped_once(tables: Tables) -> None:
    register(tables)
    documents.record_delivery(tables.documents, "doc-1", now=NOON)
    documents.record_delivery(tables.documents, "doc-1", now=NOON + timedelta(hours=1))

    assert read(tables).delivered_at == NOON


def test_the_token_is_stored_before_the_extraction_is_seen(tables: Tables) -> None:
    """Token first: the extraction's writer sees it and answers."""
    register(tables)
    store_token(tables)

    record = store_extraction(tables)

    assert record
    assert (record.task_token, record.pages) == ("token-1", 3)


def test_an_extraction_that_came_first_is_seen_with_the_token(tables: Tables) -> None:
    """Extraction first: whoever stores the token sees it and answers."""
    register(tables)
    store_extraction(tables)

    record = store_token(tables)

    assert record
    assert record.extraction == make_extraction_result(pages=3)
    assert record.state == "processing"


def test_a_later_attempt_waits_with_its_own_token(tables: Tables) -> None:
    register(tables)
    store_token(tables, "token-1")
    store_token(tables, "token-2")

    assert read(tables).task_token == "token-2"


def test_nothing_waits_for_a_decided_or_unknown_document(tables: Tables) -> None:
    assert store_token(tables) is None
    register(tables)
    decide(tables, make_decision("reject", "empty"))

    assert store_token(tables) is None
    assert read(tables).task_token is None


def test_an_extraction_of_an_unknown_document_is_not_stored(tables: Tables) -> None:
    assert store_extraction(tables) is None
    assert documents.read(tables.documents, "doc-1") is None


def test_a_waiting_document_is_adopted_by_its_batch(tables: Tables) -> None:
    register(tables, state="awaiting_manifest", batch_id=AWAITING_MANIFEST, pages=0)
    whole = make_document(batch_id="march", pages=4)

    later = NOON + timedelta(minutes=5)
    adopted = documents.adopt(tables.documents, whole, standing=read(tables), now=later)

    record = read(tables)
    assert adopted
    assert (record.state, record.registered_at) == ("registered", later)
    assert record.document() == whole


def test_only_one_of_two_batches_adopts_a_document(tables: Tables) -> None:
    register(tables, batch_id="lost")
    standing = read(tables)

    outcomes = [
        documents.adopt(
            tables.documents, make_document(batch_id=batch), standing=standing, now=NOON
        )
        for batch in ("batch-2", "batch-3")
    ]

    assert outcomes == [True, False]
    assert read(tables).batch_id == "batch-2"


def test_a_document_in_an_execution_is_not_adopted(tables: Tables) -> None:
    register(tables)
    standing = read(tables)
    store_token(tables)

    assert not documents.adopt(
        tables.documents, make_document(batch_id="batch-2"), standing=standing, now=NOON
    )


def test_adopting_a_decided_document_leaves_its_decision(tables: Tables) -> None:
    register(tables)
    decide(tables, make_decision("reject", "empty"))

    documents.adopt(
        tables.documents, make_document(batch_id="batch-2"), standing=read(tables), now=NOON
    )

    record = read(tables)
    assert (record.state, record.route, record.batch_id) == ("decided", "reject", "batch-2")


def test_many_documents_are_read_in_the_order_asked_for(tables: Tables) -> None:
    names = [f"doc-{number}" for number in range(230)]
    for name in reversed(names):
        register(tables, id=name)

    found = documents.read_many(tables.documents, [*names, "unknown", "doc-0"])

    assert [record.id for record in found] == [*names, "doc-0"]


def test_only_documents_that_waited_long_are_found_waiting(tables: Tables) -> None:
    for number, minutes in enumerate((0, 10, 20)):
        documents.register(
            tables.documents,
            make_document(id=f"doc-{number}", batch_id=AWAITING_MANIFEST),
            state="awaiting_manifest",
            now=NOON + timedelta(minutes=minutes),
        )
    decided = make_document(id="doc-9", batch_id=AWAITING_MANIFEST)
    documents.register(tables.documents, decided, state="awaiting_manifest", now=NOON)
    documents.decide(tables.documents, "doc-9", make_decision("hold", "manifest_missing"), now=NOON)

    until = NOON + timedelta(minutes=10)
    waiting = documents.read_awaiting(tables.documents, until=until)

    assert [record.id for record in waiting] == ["doc-0", "doc-1"]


def test_documents_are_found_by_batch_and_by_route(tables: Tables) -> None:
    for number, route in enumerate(("pass", "hold", "hold")):
        register(tables, id=f"doc-{number}", batch_id="march")
        documents.decide(
            tables.documents,
            f"doc-{number}",
            make_decision(route),
            now=NOON + timedelta(minutes=number),
        )

    by_batch = documents.read_batch(tables.documents, "march")
    held = documents.read_route(tables.documents, "hold", since=NOON + timedelta(minutes=2))

    assert {record.id for record in by_batch} == {"doc-0", "doc-1", "doc-2"}
    assert [record.id for record in held] == ["doc-2"]
