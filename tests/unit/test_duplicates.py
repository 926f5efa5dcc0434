from datetime import datetime, timedelta

from lambdas.intake.duplicates import find_original
from lambdas.shared import documents
from lambdas.shared.contracts import Document, Reason
from tests.samples import NOON, make_decision, make_document
from tests.tables import Tables

WINDOW = timedelta(days=30)


def arrive(tables: Tables, document_id: str, *, now: datetime = NOON) -> Reason | None:
    document = make_document(id=document_id, key=f"{document_id}.pdf")
    documents.register(tables.documents, document, state="registered", now=now)
    return look(tables, document, now)


def look(tables: Tables, document: Document, now: datetime) -> Reason | None:
    return find_original(
        document,
        window=WINDOW,
        now=now,
        idempotency_table=tables.idempotency,
        documents_table=tables.documents,
    )


def fail(tables: Tables, document_id: str, code: str) -> None:
    documents.decide(tables.documents, document_id, make_decision("hold", code), now=NOON)


def test_the_second_with_the_same_content_is_refused_naming_the_first(tables: Tables) -> None:
    assert arrive(tables, "doc-1") is None

    reason = arrive(tables, "doc-2")

    assert reason
    assert reason.code == "duplicate"
    assert "doc-1.pdf (doc-1)" in reason.message


def test_looking_twice_at_a_document_does_not_make_it_a_duplicate_of_itself(
    tables: Tables,
) -> None:
    assert arrive(tables, "doc-1") is None
    assert arrive(tables, "doc-1") is None


def test_other_content_is_no_duplicate(tables: Tables) -> None:
    arrive(tables, "doc-1")

    assert look(tables, make_document(id="doc-2", content_sha256="d" * 64), NOON) is None


def test_the_same_content_may_come_again_after_the_window(tables: Tables) -> None:
    arrive(tables, "doc-1")

    assert arrive(tables, "doc-2", now=NOON + WINDOW) is not None
    assert arrive(tables, "doc-3", now=NOON + WINDOW + timedelta(seconds=1)) is None


def test_a_claim_is_kept_for_as_long_as_the_window(tables: Tables) -> None:
    arrive(tables, "doc-1")

    (claim,) = tables.idempotency.scan()["Items"]
    assert claim["expires_at"] == int((NOON + WINDOW).timestamp())


def test_a_document_that_failed_does_not_bar_its_second_try(tables: Tables) -> None:
    arrive(tables, "doc-1")
    fail(tables, "doc-1", "processing_failed")

    assert arrive(tables, "doc-2") is None
    assert arrive(tables, "doc-3") is not None


def test_a_document_that_was_held_for_its_content_bars_the_next(tables: Tables) -> None:
    arrive(tables, "doc-1")
    fail(tables, "doc-1", "invoice.total_present")

    assert arrive(tables, "doc-2") is not None


def test_a_claim_whose_document_is_unknown_bars_nothing(tables: Tables) -> None:
    look(tables, make_document(id="doc-1"), NOON)

    assert arrive(tables, "doc-2") is None
