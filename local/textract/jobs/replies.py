"""What a job has to say: a page of its blocks, as Get replies with it and the output holds it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import Any

from local.textract.api.errors import InvalidParameterError
from local.textract.jobs.job import FAILED, IN_PROGRESS, Job

MODEL_VERSION = "1.0"
MOST_BLOCKS = 1000
_VERSION_NAMES = {
    "StartDocumentAnalysis": "AnalyzeDocumentModelVersion",
    "StartDocumentTextDetection": "DetectDocumentTextModelVersion",
}


def describe_job(job: Job, start: int = 0, count: int = MOST_BLOCKS) -> dict[str, Any]:
    """The reply to Get: `count` blocks from `start` on, and the token of what follows."""
    status = job.status
    reply: dict[str, Any] = {
        "JobStatus": status,
        _VERSION_NAMES[job.operation]: MODEL_VERSION,
    }
    if job.status_message:
        reply["StatusMessage"] = job.status_message
    if status in {IN_PROGRESS, FAILED}:
        return reply
    reply["DocumentMetadata"] = {"Pages": job.page_count}
    reply["Blocks"] = job.results.slice(start, count)
    return _complete(reply, job, start + count)


def _complete(reply: dict[str, Any], job: Job, following: int) -> dict[str, Any]:
    if job.warnings:
        reply["Warnings"] = job.warnings
    if following < len(job.results):
        reply["NextToken"] = encode_token(job, following)
    return reply


def write_output(job: Job, start: int, status: str) -> bytes:
    """One file of the output: a reply with every member, null where there is nothing to say."""
    reply: dict[str, Any] = {
        _VERSION_NAMES[job.operation]: MODEL_VERSION,
        "DocumentMetadata": {"Pages": job.page_count},
        "JobStatus": status,
        "NextToken": None,
        "StatusMessage": job.status_message,
        "Warnings": None,
    }
    head = json.dumps(_complete(reply, job, start + MOST_BLOCKS)).removesuffix("}")
    blocks = job.results.slice_text(start, MOST_BLOCKS)
    return head.encode() + b', "Blocks": ' + blocks + b"}"


def encode_token(job: Job, start: int) -> str:
    """An opaque token that only this job understands."""
    return urlsafe_b64encode(f"{job.identity}/{start}".encode()).decode()


def decode_token(job: Job, token: str) -> int:
    """The first block that the token stands for; raises InvalidParameterError for others."""
    try:
        identity, start = urlsafe_b64decode(token.encode()).decode().split("/")
        position = int(start)
    except (Base64Error, UnicodeError, ValueError) as error:
        raise InvalidParameterError("Request has an invalid NextToken") from error
    if identity != job.identity or not 0 < position < len(job.results):
        raise InvalidParameterError("Request has an invalid NextToken")
    return position
