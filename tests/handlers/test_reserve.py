import json
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from lambdas.reserve import service_quotas
from lambdas.shared import quota
from lambdas.shared.quota import Quota
from tests.handlers.conftest import Handler, Pipeline, read_event
from tests.samples import make_document

STARTS = "Transactions per second per account for all start (asynchronous) operations"
JOBS = "Maximum number of asynchronous jobs per account that can simultaneously exist"


class Quotas:
    """Service Quotas with values that a test can change; counts how often it is asked."""

    def __init__(self, starts: float = 4, jobs: float = 100) -> None:
        self.values = {
            f"{STARTS}: StartDocumentTextDetection": 99.0,
            f"{STARTS}: StartDocumentAnalysis": starts,
            JOBS: jobs,
        }
        self.asked = 0

    def get_paginator(self, operation: str) -> "Quotas":
        assert operation == "list_service_quotas"
        return self

    def paginate(self, *, ServiceCode: str) -> list[dict[str, Any]]:  # noqa: N803 - boto3's
        assert ServiceCode == "textract"
        self.asked += 1
        return [
            {"Quotas": [{"QuotaName": name, "Value": value}]} for name, value in self.values.items()
        ]


@pytest.fixture
def quotas(pipeline: Pipeline) -> Quotas:
    fake, make_client = Quotas(), boto3.client
    pipeline.monkeypatch.setattr(
        boto3,
        "client",
        lambda service, **options: (
            fake if service == "service-quotas" else make_client(service, **options)
        ),
    )
    return fake


@pytest.fixture
def reserve(pipeline: Pipeline, quotas: Quotas) -> Handler:  # noqa: ARG001 - asked at init
    return pipeline.load("reserve")


def make_event(document_id: str = "doc-1") -> dict[str, Any]:
    event = read_event("reserve_extraction_slot")
    event["document"]["id"] = document_id
    return event


def read_start(answer: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(answer["start_at"])


def test_the_first_document_may_start_now(reserve: Handler) -> None:
    before = datetime.now(UTC)
    answer = reserve(make_event())

    assert before <= read_start(answer) <= datetime.now(UTC)
    wait_until = datetime.fromisoformat(answer["wait_until"])
    assert wait_until.microsecond == 0
    assert timedelta(0) <= read_start(answer) - wait_until < timedelta(seconds=1)


def test_documents_start_at_this_pipelines_share_of_the_quota(reserve: Handler) -> None:
    """4 a second in the account, half of them for this pipeline."""
    starts = [read_start(reserve(make_event(f"doc-{number}"))) for number in range(4)]

    assert starts[3] - starts[0] >= timedelta(seconds=1.5)


def test_reserving_twice_is_the_same_reservation(pipeline: Pipeline, reserve: Handler) -> None:
    first = reserve(make_event())
    before = pipeline.snapshot()
    event = make_event()
    event["transition"]["attempt"] = 1

    assert reserve(event) == first
    assert pipeline.snapshot() == before


def test_a_reservation_is_on_the_trail(pipeline: Pipeline, reserve: Handler) -> None:
    answer = reserve(make_event())

    (record,) = pipeline.read_trail()
    assert record.state == "ReserveExtractionSlot"
    assert datetime.fromisoformat(json.loads(record.outcome)["start_at"]) == read_start(answer)
    assert record.at.isoformat() == "2025-03-14T12:00:10.123000+00:00"


def test_the_quota_is_asked_once_and_stored(
    pipeline: Pipeline, quotas: Quotas, reserve: Handler
) -> None:
    for number in range(3):
        reserve(make_event(f"doc-{number}"))

    assert quotas.asked == 1
    stored = quota.read(pipeline.tables.limits)
    assert stored == Quota(starts_per_second=2, open_jobs=50)


def test_an_old_quota_is_asked_anew(pipeline: Pipeline, quotas: Quotas) -> None:
    reserve = pipeline.load("reserve", QUOTA_MAX_AGE_SECONDS="0")
    reserve(make_event("doc-1"))
    quotas.values[JOBS] = 40
    reserve(make_event("doc-2"))

    stored = quota.read(pipeline.tables.limits)
    assert stored
    assert stored.open_jobs == 20


def test_a_quota_that_the_operator_gives_is_used_whole_and_nobody_is_asked(
    pipeline: Pipeline, quotas: Quotas
) -> None:
    given = Quota(starts_per_second=7, open_jobs=9)
    pipeline.load("reserve", GIVEN_QUOTA=given.model_dump_json())(make_event())

    assert quota.read(pipeline.tables.limits) == given
    assert quotas.asked == 0


def test_a_small_share_leaves_at_least_one_job(pipeline: Pipeline, quotas: Quotas) -> None:
    quotas.values[JOBS] = 3
    pipeline.load("reserve", QUOTA_SHARE="0.1")(make_event())

    stored = quota.read(pipeline.tables.limits)
    assert stored
    assert stored.open_jobs == 1


def test_a_quota_that_is_not_listed_is_named() -> None:
    fake = Quotas()
    del fake.values[JOBS]

    with pytest.raises(LookupError, match="asynchronous jobs"):
        service_quotas.fetch(fake, share=1)  # type: ignore[arg-type]


def test_an_event_with_a_field_that_nobody_knows_is_refused(reserve: Handler) -> None:
    with pytest.raises(ValueError, match="surprise"):
        reserve(make_event() | {"surprise": 1})


def test_a_document_may_be_anything_that_intake_registers(reserve: Handler) -> None:
    document = make_document(key="ünï #1 +2 100%.pdf", pages=3000)
    event = make_event() | {"document": document.model_dump(mode="json")}

    assert reserve(event)["start_at"]
