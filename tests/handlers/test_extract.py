import json
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from lambdas.extract.event import Event
from lambdas.extract.job import Clock, JobTemplate, start_job
from lambdas.shared import documents, job_leases, quota
from lambdas.shared.errors import (
    DocumentUnreadableError,
    ObjectMissingError,
    OpenJobsExhaustedError,
    PermanentError,
)
from lambdas.shared.quota import Quota
from tests.handlers.conftest import Handler, Pipeline, read_event
from tests.handlers.messages import make_queue_event
from tests.handlers.states import CrashedError
from tests.handlers.textract import Job
from tests.samples import NOON, make_decision, make_document
from tests.unit.test_textract_blocks import make_block


@pytest.fixture
def extract(pipeline: Pipeline) -> Handler:
    store_quota(pipeline, jobs=2)
    pipeline.register(make_document())
    pipeline.states.wait("token-1")
    return pipeline.load("extract")


def store_quota(pipeline: Pipeline, *, jobs: int) -> None:
    quota.refresh(
        pipeline.tables.limits,
        lambda: Quota(starts_per_second=10, open_jobs=jobs),
        max_age=timedelta(0),
        now=NOON,
    )


def read_holders(pipeline: Pipeline) -> set[str]:
    return set(job_leases.read_holders(pipeline.tables.limits, quota.ANALYSIS))


def find_job(pipeline: Pipeline) -> Job:
    (job,) = pipeline.textract.jobs.values()
    return job


def make_event(**changes: Any) -> dict[str, Any]:
    return read_event("extract_text", **changes)


def end_job(pipeline: Pipeline, job: Job, status: str = "SUCCEEDED") -> None:
    """Ends the job and lets its notice be worked off."""
    parts = [[make_block("l", "LINE", Text="Total 10.00")]]
    notice = pipeline.textract.end(job, status, parts=parts)
    answer = pipeline.load("extraction_completed")(make_queue_event(json.dumps(notice)))
    assert answer == {"batchItemFailures": []}


def test_a_job_is_started_with_all_that_its_end_needs(pipeline: Pipeline, extract: Handler) -> None:
    extract(make_event())

    request = find_job(pipeline).request
    assert request["ClientRequestToken"] == request["JobTag"] == "doc-1"
    location = request["DocumentLocation"]["S3Object"]
    assert location == {"Bucket": "incoming", "Name": "invoice.pdf", "Version": "v1"}
    assert request["FeatureTypes"] == ["FORMS", "TABLES"]
    assert request["OutputConfig"] == {"S3Bucket": "extractions", "S3Prefix": "doc-1/textract"}
    assert request["KMSKeyId"] == pipeline.environment["EXTRACTIONS_KEY_ARN"]
    assert request["NotificationChannel"] == {
        "SNSTopicArn": pipeline.environment["NOTIFICATION_TOPIC_ARN"],
        "RoleArn": pipeline.environment["NOTIFICATION_ROLE_ARN"],
    }


def test_nothing_is_answered_until_the_job_has_ended(pipeline: Pipeline, extract: Handler) -> None:
    assert extract(make_event()) is None

    record = pipeline.read()
    assert (record.state, record.task_token) == ("processing", "token-1")
    assert record.job_id == find_job(pipeline).id
    assert pipeline.states.answers == {}
    assert read_holders(pipeline) == {"doc-1"}


def test_the_token_is_stored_before_the_job_is_started(
    pipeline: Pipeline, extract: Handler
) -> None:
    """The notice may be faster than Textract's reply."""
    seen = []
    start = pipeline.textract.start_document_analysis

    def look_and_start(**request: Any) -> dict[str, str]:
        seen.append(pipeline.read().task_token)
        return start(**request)

    pipeline.textract.start_document_analysis = look_and_start  # type: ignore[method-assign]
    extract(make_event())

    assert seen == ["token-1"]


def test_the_wait_before_it_and_the_state_itself_are_on_the_trail(
    pipeline: Pipeline, extract: Handler
) -> None:
    extract(make_event())

    trail = pipeline.read_trail()
    assert [record.state for record in trail] == ["WaitForExtractionSlot", "ExtractText"]
    assert trail[0].at.isoformat() == "2025-03-14T12:00:05.500000+00:00"


def test_a_second_attempt_joins_the_job_of_the_first(pipeline: Pipeline, extract: Handler) -> None:
    extract(make_event())
    pipeline.states.wait("token-2")
    event = make_event(task_token="token-2")
    event["transition"]["attempt"] = 1

    extract(event)
    end_job(pipeline, find_job(pipeline))

    assert set(pipeline.states.answers) == {"token-2"}
    assert pipeline.list_states() == ["WaitForExtractionSlot", "ExtractText"]


def test_killed_after_the_start_the_next_attempt_answers_from_the_stored_extraction(
    pipeline: Pipeline, extract: Handler
) -> None:
    with pipeline.monkeypatch.context() as patch:
        patch.setattr(documents, "record_job", raise_crash)
        with pytest.raises(CrashedError):
            extract(make_event())
    pipeline.states._waiting.clear()  # the killed attempt's token is void
    end_job(pipeline, find_job(pipeline))
    pipeline.states.wait("token-2")

    extract(make_event(task_token="token-2"))

    assert len(pipeline.textract.jobs) == 1
    assert set(pipeline.states.answers) == {"token-2"}
    assert pipeline.states.answers["token-2"]["lines"] == 1


def raise_crash(*_: Any, **__: Any) -> None:
    raise CrashedError


@pytest.mark.parametrize(
    "code",
    [
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "LimitExceededException",
        "InternalServerError",
    ],
)
def test_an_error_to_be_tried_again_keeps_its_name_and_frees_the_place(
    pipeline: Pipeline, extract: Handler, code: str
) -> None:
    pipeline.textract.refuse_with = [code]

    with pytest.raises(ClientError) as refused:
        extract(make_event())

    assert type(refused.value).__name__ == code
    assert read_holders(pipeline) == set()
    extract(make_event())
    assert find_job(pipeline).document_id == "doc-1"


@pytest.mark.parametrize(
    "code",
    [
        "BadDocumentException",
        "DocumentTooLargeException",
        "InvalidS3ObjectException",
        "UnsupportedDocumentException",
    ],
)
def test_what_textract_cannot_read_is_permanent_and_frees_the_place(
    pipeline: Pipeline, extract: Handler, code: str
) -> None:
    pipeline.textract.refuse_with = [code]

    with pytest.raises(DocumentUnreadableError, match=r"s3://incoming/invoice\.pdf"):
        extract(make_event())

    assert read_holders(pipeline) == set()


def test_no_more_jobs_are_opened_than_there_are_places(
    pipeline: Pipeline, extract: Handler
) -> None:
    store_quota(pipeline, jobs=1)
    extract(make_event())
    pipeline.register(make_document(id="doc-2"))
    event = make_event(document=make_document(id="doc-2").model_dump(mode="json"))

    with pytest.raises(OpenJobsExhaustedError):
        extract(event)
    assert len(pipeline.textract.jobs) == 1

    end_job(pipeline, find_job(pipeline))
    extract(event)
    assert len(pipeline.textract.jobs) == 2


def test_nothing_is_started_for_a_document_that_is_decided(
    pipeline: Pipeline, extract: Handler
) -> None:
    documents.decide(pipeline.tables.documents, "doc-1", make_decision("hold", "x"), now=NOON)

    with pytest.raises(PermanentError, match="decided"):
        extract(make_event())

    assert pipeline.textract.jobs == {}


def test_without_a_stored_quota_nothing_is_started(pipeline: Pipeline) -> None:
    pipeline.register(make_document())

    with pytest.raises(ObjectMissingError, match="no quota"):
        pipeline.load("extract")(make_event())

    assert pipeline.textract.jobs == {}


@pytest.mark.parametrize(("early", "slept"), [(0.75, 0.75), (0, 0), (-3600, 0)])
def test_what_is_left_of_the_reservation_is_slept(
    pipeline: Pipeline, early: float, slept: float
) -> None:
    store_quota(pipeline, jobs=1)
    pipeline.register(make_document())
    event = Event.model_validate(make_event())
    naps: list[float] = []
    now = event.reservation.start_at - timedelta(seconds=early)

    start_job(
        event,
        clock=Clock(now=lambda: now, sleep=naps.append),
        template=JobTemplate(
            features=["FORMS"],
            output_bucket="extractions",
            output_key_arn="arn:aws:kms:eu-central-1:123456789012:key/k",
            notification_topic_arn="arn:aws:sns:eu-central-1:123456789012:AmazonTextract-t",
            notification_role_arn="arn:aws:iam::123456789012:role/notify",
        ),
        lease=timedelta(hours=1),
        textract=pipeline.textract,  # type: ignore[arg-type]
        states=pipeline.states,  # type: ignore[arg-type]
        documents_table=pipeline.tables.documents,
        limits_table=pipeline.tables.limits,
        audit_table=pipeline.tables.audit,
    )

    assert naps == [slept]
