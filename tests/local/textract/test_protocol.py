"""Requests and replies on the wire."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from botocore.exceptions import ClientError

from tests.local.textract.conformity import find_deviations
from tests.local.textract.conftest import Desk
from tests.local.textract.paper import write_lines, write_pdf, write_rows

_TABLE = write_rows(
    [("Item", "Qty", "Amount"), ("Paper", "2", "6.00"), ("Pens", "5", "9.50")],
    lefts=(60, 300, 460), top=300,
)  # fmt: skip
_DATA = write_pdf(
    lambda canvas: (write_lines("Name: Jane Roe", "[x] Agreed")(canvas), _TABLE(canvas))
)
_JOB = "0" * 64


def _post(desk: Desk, operation: str, body: bytes) -> tuple[int, dict[str, str], dict[str, Any]]:
    request = Request(desk.server.url, body, {"X-Amz-Target": f"Textract.{operation}"})
    try:
        with urlopen(request) as reply:
            return reply.status, dict(reply.headers), json.load(reply)
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), json.load(error)


def test_synchronous_replies_conform_to_the_model(desk: Desk) -> None:
    analysed: Any = desk.textract.analyze_document(
        Document={"Bytes": _DATA}, FeatureTypes=["FORMS", "TABLES", "SIGNATURES", "LAYOUT"]
    )
    detected: Any = desk.textract.detect_document_text(
        Document={"S3Object": desk.cloud.put(_DATA)}  # type: ignore[typeddict-item]
    )
    assert find_deviations("AnalyzeDocument", analysed) == []
    assert find_deviations("DetectDocumentText", detected) == []
    assert analysed["AnalyzeDocumentModelVersion"] == "1.0"
    assert detected["DetectDocumentTextModelVersion"] == "1.0"
    assert analysed["DocumentMetadata"] == detected["DocumentMetadata"] == {"Pages": 1}
    kinds = {block["BlockType"] for block in analysed["Blocks"]}
    assert {"KEY_VALUE_SET", "TABLE", "CELL", "SELECTION_ELEMENT"} <= kinds
    assert {block["BlockType"] for block in detected["Blocks"]} == {"PAGE", "LINE", "WORD"}


def test_asynchronous_replies_conform_to_the_model(desk: Desk) -> None:
    started: Any = desk.textract.start_document_analysis(
        DocumentLocation={"S3Object": desk.cloud.put(_DATA)},  # type: ignore[typeddict-item]
        FeatureTypes=["FORMS", "TABLES"],
    )
    assert find_deviations("StartDocumentAnalysis", started) == []
    running: Any = desk.textract.get_document_analysis(JobId=started["JobId"])
    assert find_deviations("GetDocumentAnalysis", running) == []
    finished = desk.finish(started["JobId"])
    assert find_deviations("GetDocumentAnalysis", finished) == []
    assert finished["AnalyzeDocumentModelVersion"] == "1.0"
    assert {block["Page"] for block in finished["Blocks"]} == {1}


def test_every_reply_carries_a_request_id_of_its_own(desk: Desk) -> None:
    identities = set()
    for _ in range(2):
        status, headers, _body = _post(desk, "GetDocumentAnalysis", b'{"JobId": "x"}')
        assert status == 400
        identities.add(headers["x-amzn-RequestId"])
    assert len(identities) == 2


def test_errors_name_themselves_in_header_and_body(desk: Desk) -> None:
    status, headers, body = _post(desk, "GetDocumentAnalysis", b'{"JobId": "unknown"}')
    assert status == 400
    assert headers["x-amzn-ErrorType"] == body["__type"] == "InvalidJobIdException"
    assert body["message"]


@pytest.mark.parametrize(
    ("operation", "request_", "named"),
    [
        ("StartDocumentAnalysis", {"FeatureTypes": ["FORMS"]}, "DocumentLocation"),
        ("StartDocumentAnalysis", {"DocumentLocation": {}, "FeatureTypes": []}, "FeatureTypes"),
        ("StartDocumentAnalysis", {"DocumentLocation": {}, "FeatureTypes": ["X"]}, "FeatureTypes"),
        ("StartDocumentAnalysis", {"DocumentLocation": {}, "FeatureTypes": ["QUERIES"]}, "QUERIES"),
        ("StartDocumentTextDetection", {"DocumentLocation": {}, "JobTag": "ä"}, "JobTag"),
        ("StartDocumentTextDetection", {"DocumentLocation": {}, "JobTag": "x" * 65}, "JobTag"),
        ("StartDocumentTextDetection", {"DocumentLocation": {}, "ClientRequestToken": "a b"},
         "ClientRequestToken"),
        ("StartDocumentTextDetection",
         {"DocumentLocation": {}, "NotificationChannel": {"SNSTopicArn": "x" * 20, "RoleArn": "y"}},
         "NotificationChannel"),
        ("StartDocumentTextDetection",
         {"DocumentLocation": {"S3Object": {"Bucket": "b", "Name": "n"}}}, "Bucket"),
        ("StartDocumentTextDetection", {"DocumentLocation": {"S3Object": 5}}, "S3Object"),
        ("GetDocumentAnalysis", {"JobId": _JOB, "MaxResults": 0}, "MaxResults"),
        ("GetDocumentAnalysis", {"JobId": _JOB, "MaxResults": 1001}, "MaxResults"),
        ("GetDocumentAnalysis", {}, "JobId"),
        ("AnalyzeDocument", {"Document": {}, "FeatureTypes": ["FORMS"]}, "Document"),
        ("DetectDocumentText", {"Document": {"Bytes": "no base64!"}}, "Bytes"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_refused_by_name(
    desk: Desk, operation: str, request_: dict[str, Any], named: str
) -> None:
    status, _headers, body = _post(desk, operation, json.dumps(request_).encode())
    assert (status, body["__type"]) == (400, "InvalidParameterException")
    assert named in body["message"]


@pytest.mark.parametrize("body", [b"no json", b"[1]", b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(desk: Desk, body: bytes) -> None:
    assert _post(desk, "StartDocumentAnalysis", body)[2]["__type"] == "InvalidParameterException"


def test_an_operation_that_is_not_emulated_says_so(desk: Desk) -> None:
    status, _headers, body = _post(desk, "AnalyzeExpense", b"{}")
    assert (status, body["__type"]) == (400, "UnknownOperationException")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (write_pdf(write_lines("one"), write_lines("two")), "UnsupportedDocumentException"),
        (b"%PDF-1.4 cut", "BadDocumentException"),
        (b"just text", "UnsupportedDocumentException"),
        (bytes(10 * 1024 * 1024 + 1), "DocumentTooLargeException"),
    ],
    ids=["two pages", "corrupt", "text", "too large"],
)
def test_what_cannot_be_read_at_once_is_refused(desk: Desk, data: bytes, code: str) -> None:
    with pytest.raises(ClientError) as refused:
        desk.textract.detect_document_text(
            Document={"S3Object": desk.cloud.put(data)}  # type: ignore[typeddict-item]
        )
    assert refused.value.response["Error"]["Code"] == code
