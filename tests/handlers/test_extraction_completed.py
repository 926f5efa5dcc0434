import gzip
import json
from decimal import Decimal
from typing import Any

import pytest

from lambdas.shared import documents, job_leases, quota, storage
from lambdas.shared.extraction import Extraction
from tests.handlers.conftest import Handler, Pipeline, read_event
from tests.handlers.messages import list_failed, make_queue_event
from tests.handlers.test_extract import read_holders, store_quota
from tests.handlers.textract import Job
from tests.samples import NOON, make_decision, make_document
from tests.unit.test_textract_blocks import make_block


@pytest.fixture
def complete(pipeline: Pipeline) -> Handler:
    return pipeline.load("extraction_completed")


def start(pipeline: Pipeline, document_id: str = "doc-1") -> Job:
    """A document with a job under way, whose state waits with the token `of-<document>`."""
    store_quota(pipeline, jobs=5)
    document = pipeline.register(make_document(id=document_id))
    token = pipeline.states.wait(f"of-{document_id}")
    event = read_event("extract_text", document=document.model_dump(mode="json"), task_token=token)
    pipeline.load("extract")(event)
    return next(job for job in pipeline.textract.jobs.values() if job.document_id == document_id)


def make_lines(*texts: str, page: int = 1) -> list[dict[str, Any]]:
    return [
        make_block(f"{page}-{number}", "LINE", Text=text, Page=page, Confidence=80.0 + number)
        for number, text in enumerate(texts)
    ]


def make_event(*notices: dict[str, Any]) -> dict[str, Any]:
    return make_queue_event(*map(json.dumps, notices))


def read_extraction(pipeline: Pipeline) -> Extraction:
    pointer = storage.extraction_pointer("extractions", "doc-1")
    return storage.read_model(pipeline.s3, pointer, Extraction)


def test_a_job_that_succeeded_lets_its_document_go_on(
    pipeline: Pipeline, complete: Handler
) -> None:
    job = start(pipeline)
    notice = pipeline.textract.end(job, parts=[make_lines("Invoice", "Total 10.00")])

    assert list_failed(complete(make_event(notice))) == []

    assert pipeline.states.answers == {
        "of-doc-1": {
            "job_id": job.id,
            "extraction": {"bucket": "extractions", "key": "doc-1/extraction.json.gz"},
            "pages": 1,
            "lines": 2,
            "unread_pages": 0,
            "confidence": 80.5,
        }
    }
    assert read_extraction(pipeline).text() == "Invoice\nTotal 10.00"
    assert read_holders(pipeline) == set()


def test_the_answer_has_the_fields_that_later_steps_expect(
    pipeline: Pipeline, complete: Handler
) -> None:
    job = start(pipeline)
    complete(make_event(pipeline.textract.end(job, parts=[make_lines("x")])))

    record = pipeline.read()
    assert record.extraction
    assert record.extraction.model_dump(mode="json") == pipeline.states.answers["of-doc-1"]
    assert record.extraction_usd == Decimal("0.065")


def test_a_result_in_many_parts_is_one_extraction(pipeline: Pipeline, complete: Handler) -> None:
    """Parts are ordered as numbers: 10 comes after 9, and a page may go over two of them."""
    parts = [make_lines(f"page {page}", page=page) for page in range(1, 12)]
    parts.insert(1, make_lines("rest", page=1))
    parts[1][0]["Id"] = "another"

    complete(make_event(pipeline.textract.end(start(pipeline), parts=parts)))

    extraction = read_extraction(pipeline)
    assert [page.number for page in extraction.pages] == list(range(1, 12))
    assert extraction.pages[0].text == "page 1\nrest"
    assert pipeline.read().pages == 11


def test_the_same_notice_again_changes_nothing(pipeline: Pipeline, complete: Handler) -> None:
    notice = pipeline.textract.end(start(pipeline), parts=[make_lines("x")])
    complete(make_event(notice))
    before, answers = pipeline.snapshot(), dict(pipeline.states.answers)

    assert list_failed(complete(make_event(notice, notice))) == []

    assert pipeline.snapshot() == before
    assert pipeline.states.answers == answers


def test_pages_that_textract_gave_up_on_are_counted(pipeline: Pipeline, complete: Handler) -> None:
    parts = [make_lines("first", page=1) + make_lines("third", page=3)]
    notice = pipeline.textract.end(
        start(pipeline), "PARTIAL_SUCCESS", parts=parts, unread_pages=[2]
    )

    complete(make_event(notice))

    answer = pipeline.states.answers["of-doc-1"]
    assert (answer["pages"], answer["unread_pages"]) == (3, 1)
    assert read_extraction(pipeline).unread_pages == (2,)


def test_a_page_without_text_is_an_extraction_without_lines(
    pipeline: Pipeline, complete: Handler
) -> None:
    complete(make_event(pipeline.textract.end(start(pipeline), parts=[[make_block("p", "PAGE")]])))

    answer = pipeline.states.answers["of-doc-1"]
    assert (answer["pages"], answer["lines"], answer["confidence"]) == (1, 0, 0)


def test_a_job_that_failed_fails_the_waiting_state(pipeline: Pipeline, complete: Handler) -> None:
    job = start(pipeline)

    complete(make_event(pipeline.textract.end(job, "FAILED")))

    assert pipeline.states.answers == {}
    error, cause = pipeline.states.failures["of-doc-1"]
    assert error == "ExtractionFailedError"
    assert f"{job.id} ended as FAILED" in cause
    assert read_holders(pipeline) == set()
    assert pipeline.read().extraction is None


def test_a_success_without_its_output_comes_again(pipeline: Pipeline, complete: Handler) -> None:
    job = start(pipeline)
    notice = pipeline.textract.end(job, parts=[])

    answer = complete(make_event(notice))

    assert list_failed(answer) == ["message-1"]
    assert pipeline.states.answers == {}
    pipeline.textract.end(job, parts=[make_lines("late")])
    assert list_failed(complete(make_event(notice))) == []
    assert "of-doc-1" in pipeline.states.answers


def test_a_message_that_is_no_notice_does_not_hold_up_its_neighbours(
    pipeline: Pipeline, complete: Handler
) -> None:
    first = pipeline.textract.end(start(pipeline, "doc-1"), parts=[make_lines("one")])
    second = pipeline.textract.end(start(pipeline, "doc-2"), parts=[make_lines("two")])

    answer = complete(make_queue_event(json.dumps(first), "no notice", json.dumps(second)))

    assert list_failed(answer) == ["message-2"]
    assert set(pipeline.states.answers) == {"of-doc-1", "of-doc-2"}


def test_a_notice_before_the_token_leaves_the_extraction_for_it(
    pipeline: Pipeline, complete: Handler
) -> None:
    """A job from an attempt whose item write was lost: nobody waits yet."""
    job = start(pipeline)
    pipeline.tables.documents.update_item(Key={"id": "doc-1"}, UpdateExpression="REMOVE task_token")

    complete(make_event(pipeline.textract.end(job, parts=[make_lines("x")])))

    assert pipeline.states.answers == {}
    pipeline.states.wait("token-2")
    pipeline.load("extract")(read_event("extract_text", task_token="token-2"))
    assert pipeline.states.answers["token-2"]["lines"] == 1


def test_a_job_of_nobody_is_no_error(pipeline: Pipeline, complete: Handler) -> None:
    job = start(pipeline)
    notice = pipeline.textract.end(job, parts=[make_lines("x")])
    pipeline.tables.documents.delete_item(Key={"id": "doc-1"})

    assert list_failed(complete(make_event(notice))) == []
    assert pipeline.list_keys("extractions", "doc-1/extraction") == []


def test_a_decided_document_is_not_answered(pipeline: Pipeline, complete: Handler) -> None:
    job = start(pipeline)
    documents.decide(pipeline.tables.documents, "doc-1", make_decision("hold", "x"), now=NOON)

    complete(make_event(pipeline.textract.end(job, parts=[make_lines("x")])))

    assert pipeline.states.answers == {}
    assert read_holders(pipeline) == set()
    assert pipeline.read().decision() == make_decision("hold", "x")


def test_the_extraction_of_the_same_result_is_the_same_bytes(
    pipeline: Pipeline, complete: Handler
) -> None:
    complete(make_event(pipeline.textract.end(start(pipeline), parts=[make_lines("x")])))

    body = pipeline.s3.get_object(Bucket="extractions", Key="doc-1/extraction.json.gz")["Body"]
    packed = body.read()
    assert packed == gzip.compress(gzip.decompress(packed), mtime=0)


def test_places_of_other_documents_stay(pipeline: Pipeline, complete: Handler) -> None:
    first = start(pipeline, "doc-1")
    start(pipeline, "doc-2")

    complete(make_event(pipeline.textract.end(first, parts=[make_lines("x")])))

    assert set(job_leases.read_holders(pipeline.tables.limits, quota.ANALYSIS)) == {"doc-2"}
