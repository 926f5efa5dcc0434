"""Rates and open jobs."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.textract.api.errors import ProvisionedThroughputExceededError, ThrottlingError
from local.textract.jobs.quotas import Limits, RateGate, TokenBucket
from tests.local.textract.conftest import Cloud, Desk, open_desk
from tests.local.textract.paper import write_lines, write_pdf


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_holds_one_seconds_worth_and_refills_at_the_rate() -> None:
    bucket = TokenBucket(rate=4, now=0)
    assert [bucket.take(0) for _ in range(5)] == [True] * 4 + [False]
    assert [bucket.take(0.25), bucket.take(0.25)] == [True, False]
    assert [bucket.take(9) for _ in range(5)] == [True] * 4 + [False]


def test_a_rate_below_one_still_admits_a_call() -> None:
    bucket = TokenBucket(rate=0.5, now=0)
    assert [bucket.take(0), bucket.take(1), bucket.take(2)] == [True, False, True]


def test_start_and_get_have_rates_of_their_own_and_so_has_each_operation() -> None:
    gate = RateGate(Limits(start_rate=1, get_rate=2), Clock())
    gate.admit("StartDocumentAnalysis")
    gate.admit("StartDocumentTextDetection")
    gate.admit("GetDocumentAnalysis")
    gate.admit("GetDocumentAnalysis")
    for operation in ("StartDocumentAnalysis", "GetDocumentAnalysis"):
        with pytest.raises(ProvisionedThroughputExceededError):
            gate.admit(operation)


def test_who_keeps_calling_is_told_to_slow_down_until_time_has_passed() -> None:
    clock = Clock()
    gate = RateGate(Limits(start_rate=1), clock)
    gate.admit("StartDocumentAnalysis")
    for _ in range(3):
        with pytest.raises(ProvisionedThroughputExceededError):
            gate.admit("StartDocumentAnalysis")
    with pytest.raises(ThrottlingError):
        gate.admit("StartDocumentAnalysis")
    clock.now += 1
    gate.admit("StartDocumentAnalysis")


def _find_code(error: pytest.ExceptionInfo[ClientError]) -> str:
    return error.value.response["Error"]["Code"]


def _start_detections(desk: Desk, location: Any, *, count: int) -> None:
    for _ in range(count):
        desk.textract.start_document_text_detection(DocumentLocation=location)


def test_open_jobs_are_limited_and_finished_ones_make_room(cloud: Cloud) -> None:
    data = write_pdf(write_lines("Some text"))
    limits = Limits(start_rate=100, get_rate=100, open_jobs=2)
    with open_desk(cloud, limits=limits, delay=2.5) as desk:
        jobs = [desk.start(data), desk.start(data)]
        with pytest.raises(ClientError) as refused:
            desk.start(data)
        assert _find_code(refused) == "LimitExceededException"
        for job in jobs:
            assert desk.finish(job)["JobStatus"] == "SUCCEEDED"
        assert desk.finish(desk.start(data))["JobStatus"] == "SUCCEEDED"


def test_counters_prove_what_was_throttled_and_the_quota_page_says_the_limits(
    cloud: Cloud,
) -> None:
    data = write_pdf(write_lines("Some text"))
    with open_desk(cloud, limits=Limits(start_rate=1, get_rate=50, open_jobs=7)) as desk:
        location = {"S3Object": cloud.put(data)}
        with pytest.raises(ClientError) as refused:
            _start_detections(desk, location, count=3)
        assert _find_code(refused) == "ProvisionedThroughputExceededException"
        assert desk.read_page("/_local/quotas") == {
            "start_rate_per_second": 1,
            "get_rate_per_second": 50,
            "open_jobs": 7,
        }
        counters = desk.read_page("/_local/counters")
    # Slow machines refill the bucket meanwhile: one or two starts were admitted, then one was not.
    assert counters["throttled"] == {"ProvisionedThroughputExceededException": 1}
    assert counters["starts"] in {2, 3}
    assert 1 <= counters["max_open_jobs"] < counters["starts"]
    assert sum(counters["jobs"].values()) == counters["starts"] - 1
