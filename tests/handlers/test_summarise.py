from decimal import Decimal
from typing import Any

import pytest

from lambdas.shared import batches, documents, storage
from lambdas.shared.batches import Member, Members
from lambdas.shared.errors import ObjectMissingError
from tests.handlers.conftest import Handler, Pipeline, read_event
from tests.samples import NOON, make_decision, make_document, make_extraction_result

REPORT = "reports/march.json"


@pytest.fixture
def summarise(pipeline: Pipeline) -> Handler:
    return pipeline.load("summarise")


def open_batch(pipeline: Pipeline, **routes: str | None) -> None:
    """A batch `march`; each document with its route, or None when it was left undecided."""
    members = []
    for name, route in routes.items():
        document = pipeline.register(make_document(id=name, key=f"{name}.pdf", batch_id="march"))
        members.append(Member(id=document.id, key=document.key))
        table = pipeline.tables.documents
        usd = Decimal("0.065")
        documents.record_extraction(table, name, result=make_extraction_result(), usd=usd)
        if route:
            documents.decide(table, name, make_decision(route, "invoice.x"), now=NOON)
            documents.record_delivery(table, name, now=NOON)
    storage.write_model(
        pipeline.s3,
        batches.members_pointer("decisions", "march"),
        Members(
            batch_id="march",
            opened_at=NOON,
            manifest_version_id=None,
            members=tuple(members),
        ),
    )


def summarise_it(summarise: Handler) -> dict[str, Any]:
    answer: dict[str, Any] = summarise(read_event("summarise"))
    return answer


def test_a_batch_is_told_and_its_report_written(pipeline: Pipeline, summarise: Handler) -> None:
    open_batch(pipeline, a="pass", b="hold", c="reject")

    answer = summarise_it(summarise)

    assert answer["subject"] == "Intray batch march: 1 pass, 1 hold, 1 reject"
    assert answer["report"] == {"bucket": "decisions", "key": REPORT}
    report = pipeline.read_json("decisions", REPORT)
    assert report["routes"] == {"pass": 1, "hold": 1, "reject": 1}
    assert report["extraction_usd"] == "0.195"
    assert [entry["key"] for entry in report["documents"]] == ["a.pdf", "b.pdf", "c.pdf"]


def test_what_its_own_execution_left_undecided_is_held(
    pipeline: Pipeline, summarise: Handler
) -> None:
    open_batch(pipeline, a="pass", b=None)

    answer = summarise_it(summarise)

    assert "1 pass, 1 hold, 0 reject" in answer["subject"]
    record = pipeline.read("b")
    assert (record.route, record.reasons[0].code) == ("hold", "processing_failed")
    assert record.delivered_at
    assert pipeline.list_states("b") == ["Summarise"]
    (key,) = pipeline.list_keys("decisions", "hold/")
    assert key.endswith("/b.json")


def test_what_was_decided_but_not_delivered_is_delivered_as_decided(
    pipeline: Pipeline, summarise: Handler
) -> None:
    open_batch(pipeline, a=None)
    documents.decide(pipeline.tables.documents, "a", make_decision("pass"), now=NOON)

    assert "1 pass, 0 hold" in summarise_it(summarise)["subject"]
    assert pipeline.list_keys("decisions", "pass/") == ["pass/2025/03/14/a.json"]
    assert pipeline.read("a").route == "pass"


def test_summarising_twice_settles_nothing_anew(pipeline: Pipeline, summarise: Handler) -> None:
    open_batch(pipeline, a="pass", b=None)
    first = summarise_it(summarise)
    before = pipeline.snapshot()

    again = summarise_it(summarise)

    assert again["subject"] == first["subject"]
    after = pipeline.snapshot()
    assert after["tables"] == before["tables"]
    changed = {name for name, body in after["objects"].items() if before["objects"][name] != body}
    assert changed <= {("decisions", REPORT)}  # it says when it was written


def test_a_batch_of_early_decisions_only_is_told(pipeline: Pipeline, summarise: Handler) -> None:
    open_batch(pipeline, a="reject")

    assert summarise_it(summarise)["subject"].endswith("0 pass, 0 hold, 1 reject")


def test_a_batch_without_its_members_cannot_be_told(summarise: Handler) -> None:
    with pytest.raises(ObjectMissingError, match=r"batches/march/members\.json"):
        summarise_it(summarise)
