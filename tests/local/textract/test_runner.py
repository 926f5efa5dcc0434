"""How jobs end when something goes wrong on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from local.textract.api.errors import BadDocumentError, InvalidKmsKeyError
from local.textract.jobs.aws import Account
from local.textract.jobs.job import Job
from local.textract.jobs.replies import describe_job
from local.textract.jobs.results import BlockFile
from local.textract.jobs.runner import JobRunner
from local.textract.pages.geometry import Frame
from local.textract.pages.ocr import OcrDiedError
from local.textract.pages.page import Page
from tests.local.local_aws import wait_for
from tests.local.textract.conformity import find_deviations
from tests.local.textract.paper import paint, save
from tests.local.textract.reading import NoReader

_OUTPUT = {"S3Bucket": "results", "S3Prefix": "p"}
_CHANNEL = {"SNSTopicArn": "arn:aws:sns:eu-central-1:123456789012:ended", "RoleArn": "r"}


class Notebook(Account):
    """An account that only notes what is done in it."""

    def __init__(self, *, locked: bool = False) -> None:
        self.notes: list[tuple[str, str]] = []
        self._locked = locked

    def write_object(self, bucket: str, key: str, body: bytes, kms_key: str | None) -> None:
        if self._locked:
            raise InvalidKmsKeyError(f"no such key: {kms_key}")
        assert json.loads(body)["JobStatus"] in {"SUCCEEDED", "PARTIAL_SUCCESS"}
        self.notes.append((bucket, key))

    def publish(self, topic: str, message: Mapping[str, Any]) -> None:
        self.notes.append((topic.rpartition(":")[2], message["Status"]))


class Script(NoReader):
    """A reader that meets each page as it was told: "ok", "damaged", "dies" or "fault"."""

    def __init__(self, *fates: str) -> None:
        self._fates = iter(fates)

    def read_image(self, data: bytes, frame: int, number: int) -> Page:  # noqa: ARG002
        match next(self._fates):
            case "damaged":
                raise BadDocumentError("damaged")
            case "dies":
                raise OcrDiedError("gone")
            case "fault":
                raise ZeroDivisionError
        return Page(number, frame=Frame(1, 0, 0, 0, 1, 0))


def _write_tiff(pages: int) -> bytes:
    rest = [paint(str(page), size=(60, 40)) for page in range(1, pages)]
    return save(paint("0", size=(60, 40)), "TIFF", save_all=True, append_images=rest)


@contextmanager
def _run(
    folder: Path, reader: Script, *, pages: int, account: Notebook | None = None
) -> Iterator[Job]:
    request = {
        "DocumentLocation": {"S3Object": {"Bucket": "b", "Name": "n"}},
        "OutputConfig": _OUTPUT,
        "NotificationChannel": _CHANNEL,
    }
    job = Job("j", "StartDocumentAnalysis", request, BlockFile(folder / "j"))
    runner = JobRunner(account or Notebook(), reader, delay=0)
    runner.submit(job, _write_tiff(pages))
    wait_for(lambda: job.status != "IN_PROGRESS")
    yield job
    runner.stop()


def test_a_page_that_cannot_be_read_leaves_a_partial_success_with_a_warning(
    tmp_path: Path,
) -> None:
    with _run(tmp_path, Script("ok", "damaged", "ok"), pages=3) as job:
        reply = describe_job(job)
    assert reply["JobStatus"] == "PARTIAL_SUCCESS"
    assert reply["Warnings"] == [{"ErrorCode": "UNREADABLE_PAGE", "Pages": [2]}]
    assert [block["Page"] for block in reply["Blocks"]] == [1, 3]
    assert reply["DocumentMetadata"] == {"Pages": 3}
    assert reply["StatusMessage"]
    assert find_deviations("GetDocumentAnalysis", reply) == []


def test_a_document_without_a_page_that_can_be_read_fails(tmp_path: Path) -> None:
    with _run(tmp_path, Script("damaged", "damaged"), pages=2) as job:
        reply = describe_job(job)
    assert (reply["JobStatus"], reply["StatusMessage"]) == ("FAILED", "INVALID_DOCUMENT")
    assert "Blocks" not in reply


def test_a_page_is_read_again_when_the_reader_died_once(tmp_path: Path) -> None:
    with _run(tmp_path, Script("ok", "dies", "ok"), pages=2) as job:
        assert job.status == "SUCCEEDED"
        assert len(job.results) == 2


def test_a_reader_that_keeps_dying_fails_the_job(tmp_path: Path) -> None:
    with _run(tmp_path, Script("dies", "dies"), pages=1) as job:
        assert (job.status, job.status_message) == ("FAILED", "INTERNAL_ERROR")


def test_a_fault_of_the_reader_ends_the_job_too(tmp_path: Path) -> None:
    with _run(tmp_path, Script("fault"), pages=1) as job:
        assert (job.status, job.status_message) == ("FAILED", "INTERNAL_ERROR")


def test_the_result_is_written_before_the_end_is_published(tmp_path: Path) -> None:
    account = Notebook()
    with _run(tmp_path, Script("ok"), pages=1, account=account):
        wait_for(lambda: len(account.notes) == 2)
    assert account.notes == [("results", "p/j/1"), ("ended", "SUCCEEDED")]


def test_a_failed_job_writes_nothing_and_says_so(tmp_path: Path) -> None:
    account = Notebook()
    with _run(tmp_path, Script("damaged"), pages=1, account=account):
        wait_for(lambda: account.notes)
    assert account.notes == [("ended", "FAILED")]


def test_a_result_that_cannot_be_written_fails_the_job(tmp_path: Path) -> None:
    account = Notebook(locked=True)
    with _run(tmp_path, Script("ok"), pages=1, account=account) as job:
        assert (job.status, job.status_message) == ("FAILED", "InvalidKMSKeyException")
