"""Asynchronous jobs, from the start to what lies in the output bucket."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from textractcaller.t_call import OutputConfig, get_full_json_from_output_config

from tests.local.local_aws import wait_for
from tests.local.textract.conformity import find_deviations
from tests.local.textract.conftest import REGION, Desk
from tests.local.textract.paper import write_lines, write_pdf

_LETTER = write_pdf(write_lines("Name: Jane Roe", "Date: 2024-01-02"))
_BOOK = write_pdf(*[write_lines(*[f"page {page} line {line} of many words" for line in range(30)])
                    for page in range(12)])  # fmt: skip


def _refuse(desk: Desk, data: bytes = _LETTER, **more: Any) -> str:
    with pytest.raises(ClientError) as refused:
        desk.start(data, **more)
    code: str = refused.value.response["Error"]["Code"]
    return code


def test_get_pages_through_all_blocks_without_loss(desk: Desk) -> None:
    job = desk.start(_BOOK)
    first = desk.finish(job)
    assert len(first["Blocks"]) == 1000
    assert first["DocumentMetadata"] == {"Pages": 12}
    pages, token = list(first["Blocks"]), first["NextToken"]
    while token:
        reply: Any = desk.textract.get_document_analysis(JobId=job, NextToken=token, MaxResults=300)
        assert len(reply["Blocks"]) <= 300
        pages += reply["Blocks"]
        token = reply.get("NextToken")
    assert len({block["Id"] for block in pages}) == len(pages)
    assert sum(block["BlockType"] == "WORD" for block in pages) == 12 * 30 * 7
    assert {block["Page"] for block in pages} == set(range(1, 13))


def test_a_token_of_another_job_is_refused(desk: Desk) -> None:
    first, second = desk.start(_BOOK), desk.start(_BOOK)
    token = desk.finish(first)["NextToken"]
    desk.finish(second)
    for job, stolen in ((second, token), (first, "bm9uc2Vuc2U="), (first, "???")):
        with pytest.raises(ClientError) as refused:
            desk.textract.get_document_analysis(JobId=job, NextToken=stolen)
        assert refused.value.response["Error"]["Code"] == "InvalidParameterException"


def test_the_same_token_starts_one_job_and_other_parameters_are_a_mismatch(desk: Desk) -> None:
    token, location = uuid4().hex, {"S3Object": desk.cloud.put(_LETTER)}

    def start(**more: Any) -> str:
        reply = desk.textract.start_document_analysis(
            DocumentLocation=location,  # type: ignore[arg-type]
            ClientRequestToken=token,
            **{"FeatureTypes": ["FORMS"], **more},
        )
        return reply["JobId"]

    assert start() == start()
    with pytest.raises(ClientError) as refused:
        start(FeatureTypes=["TABLES"])
    assert refused.value.response["Error"]["Code"] == "IdempotentParameterMismatchException"


def test_a_token_of_a_refused_start_may_be_used_again(desk: Desk) -> None:
    token = uuid4().hex
    assert _refuse(desk, b"text", ClientRequestToken=token) == "UnsupportedDocumentException"
    assert desk.start(_LETTER, ClientRequestToken=token)


def test_a_job_is_found_only_by_the_operation_that_started_it(desk: Desk) -> None:
    job = desk.start(_LETTER)
    with pytest.raises(ClientError) as refused:
        desk.textract.get_document_text_detection(JobId=job)
    assert refused.value.response["Error"]["Code"] == "InvalidJobIdException"


def test_text_detection_has_lines_and_words_only(desk: Desk) -> None:
    started = desk.textract.start_document_text_detection(
        DocumentLocation={"S3Object": desk.cloud.put(_LETTER)}  # type: ignore[typeddict-item]
    )

    def look() -> Any:
        reply: Any = desk.textract.get_document_text_detection(JobId=started["JobId"])
        return reply if reply["JobStatus"] == "SUCCEEDED" else None

    reply = wait_for(look)
    assert find_deviations("GetDocumentTextDetection", reply) == []
    assert reply["DetectDocumentTextModelVersion"] == "1.0"
    assert {block["BlockType"] for block in reply["Blocks"]} == {"PAGE", "LINE", "WORD"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "UnsupportedDocumentException"),
        (b"PK\x03\x04 a zip archive", "UnsupportedDocumentException"),
        (b"%PDF-1.4 cut", "BadDocumentException"),
        (write_pdf(write_lines("Secret"), password="secret"), "BadDocumentException"),
    ],
    ids=["empty", "docx", "corrupt", "encrypted"],
)
def test_a_bad_document_is_refused_at_the_start(desk: Desk, data: bytes, code: str) -> None:
    assert _refuse(desk, data) == code


@pytest.mark.parametrize(
    "location",
    [{"Bucket": "textract-tests", "Name": "absent"}, {"Bucket": "no-such-bucket", "Name": "x"},
     {"Bucket": "textract-tests"}],
)  # fmt: skip
def test_an_object_out_of_reach_is_refused(desk: Desk, location: dict[str, str]) -> None:
    with pytest.raises(ClientError) as refused:
        desk.textract.start_document_text_detection(
            DocumentLocation={"S3Object": location}  # type: ignore[typeddict-item]
        )
    assert refused.value.response["Error"]["Code"] == "InvalidS3ObjectException"


def test_the_version_that_was_named_is_read(desk: Desk) -> None:
    s3, bucket = desk.cloud.client("s3"), f"versions-{uuid4()}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    old = s3.put_object(Bucket=bucket, Key="k", Body=write_pdf(write_lines("old text")))
    s3.put_object(Bucket=bucket, Key="k", Body=write_pdf(write_lines("new text")))
    reply: Any = desk.textract.detect_document_text(
        Document={"S3Object": {"Bucket": bucket, "Name": "k", "Version": old["VersionId"]}}
    )
    assert [b["Text"] for b in reply["Blocks"] if b["BlockType"] == "LINE"] == ["old text"]


def test_the_end_of_a_job_is_published_as_the_service_publishes_it(desk: Desk) -> None:
    sns, sqs = desk.cloud.client("sns"), desk.cloud.client("sqs")
    topic = sns.create_topic(Name=f"done-{uuid4()}")["TopicArn"]
    queue = sqs.create_queue(QueueName=f"done-{uuid4()}")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=arn["Attributes"]["QueueArn"],
        Attributes={"RawMessageDelivery": "true"},
    )
    location = desk.cloud.put(_LETTER)
    job = desk.textract.start_document_analysis(
        DocumentLocation={"S3Object": location},  # type: ignore[typeddict-item]
        FeatureTypes=["FORMS"],
        JobTag="document-17",
        NotificationChannel={
            "SNSTopicArn": topic,
            "RoleArn": "arn:aws:iam::123456789012:role/textract",
        },
    )["JobId"]
    messages = wait_for(
        lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages")
    )
    notice = json.loads(messages[0]["Body"])
    assert notice.pop("Timestamp") > 1_700_000_000_000
    assert notice == {
        "JobId": job,
        "Status": "SUCCEEDED",
        "API": "StartDocumentAnalysis",
        "JobTag": "document-17",
        "DocumentLocation": {"S3ObjectName": location["Name"], "S3Bucket": location["Bucket"]},
    }
    # Whoever hears of the end finds the result.
    reply = desk.textract.get_document_analysis(JobId=job)
    assert reply["JobStatus"] == "SUCCEEDED"


def test_the_output_lies_in_parts_under_the_prefix_and_reads_as_one(desk: Desk) -> None:
    key = desk.cloud.client("kms").create_key()["KeyMetadata"]["Arn"]
    bucket, prefix = desk.cloud.bucket, f"out/{uuid4()}"
    job = desk.start(_BOOK, OutputConfig={"S3Bucket": bucket, "S3Prefix": prefix}, KMSKeyId=key)
    total = len(desk.finish(job)["Blocks"])
    s3 = desk.cloud.client("s3")
    names = [
        item["Key"].removeprefix(f"{prefix}/{job}/")
        for item in s3.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]
    ]
    assert names == [".s3_access_check", "1", "2", "3"]
    parts = []
    for number in (1, 2, 3):
        reply = s3.get_object(Bucket=bucket, Key=f"{prefix}/{job}/{number}")
        assert (reply["ServerSideEncryption"], reply["SSEKMSKeyId"]) == ("aws:kms", key)
        parts.append(json.loads(reply["Body"].read()))
    assert [len(part["Blocks"]) for part in parts][:2] == [1000, 1000]
    assert total == 1000
    assert [bool(part["NextToken"]) for part in parts] == [True, True, False]
    assert {part["JobStatus"] for part in parts} == {"SUCCEEDED"}
    # The service spells out what a block has not got.
    assert parts[0]["Blocks"][0]["Confidence"] is None

    whole: Any = get_full_json_from_output_config(
        OutputConfig(s3_bucket=bucket, s3_prefix=prefix), job, s3_client=s3
    )
    assert len(whole["Blocks"]) == sum(len(part["Blocks"]) for part in parts)
    assert find_deviations("GetDocumentAnalysis", whole) == []


def test_an_output_bucket_out_of_reach_refuses_the_start(desk: Desk) -> None:
    code = _refuse(desk, OutputConfig={"S3Bucket": "no-such-bucket", "S3Prefix": "x"})
    assert code == "InvalidS3ObjectException"
