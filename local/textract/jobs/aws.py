"""What Textract does in the caller's account: read the document, write the output, notify."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local.textract.api.errors import (
    DocumentTooLargeError,
    InternalServerError,
    InvalidKmsKeyError,
    InvalidS3ObjectError,
)

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectRequestTypeDef
    from mypy_boto3_sns import SNSClient

_UNREACHABLE = (
    "Unable to get object metadata from S3. Check object key, region and/or access permissions."
)
_UNWRITABLE = (
    "Unable to write to the output bucket. Check bucket, region and/or access permissions."
)


class Account:
    """The local account behind one endpoint; its credentials are never real."""

    def __init__(self, endpoint_url: str, region: str) -> None:
        self._endpoint_url = endpoint_url
        self._session = boto3.Session(
            aws_access_key_id="local", aws_secret_access_key="local", region_name=region
        )
        self._s3: S3Client = self._session.client("s3", endpoint_url=endpoint_url)
        self._topics: dict[str, SNSClient] = {}

    def read_object(self, location: Mapping[str, str], *, most_bytes: int) -> bytes:
        """The bytes of an S3Object; raises InvalidS3ObjectError or DocumentTooLargeError."""
        if not location.get("Bucket") or not location.get("Name"):
            raise InvalidS3ObjectError(_UNREACHABLE)
        request: GetObjectRequestTypeDef = {
            "Bucket": location["Bucket"],
            "Key": location["Name"],
        }
        if "Version" in location:
            request["VersionId"] = location["Version"]
        try:
            reply = self._s3.get_object(**request)
            if reply["ContentLength"] > most_bytes:
                reply["Body"].close()
                raise DocumentTooLargeError(
                    f"Request has a document of {reply['ContentLength']} bytes, above {most_bytes}"
                )
            return reply["Body"].read()
        except ClientError as error:
            raise InvalidS3ObjectError(_UNREACHABLE) from error
        except BotoCoreError as error:
            raise InternalServerError(f"S3 does not answer: {error}") from error

    def write_object(self, bucket: str, key: str, body: bytes, kms_key: str | None) -> None:
        """One object of the output; raises InvalidKmsKeyError or InvalidS3ObjectError."""
        encryption: dict[str, Any] = (
            {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key} if kms_key else {}
        )
        try:
            self._s3.put_object(Bucket=bucket, Key=key, Body=body, **encryption)
        except ClientError as error:
            if "KMS" in error.response.get("Error", {}).get("Code", ""):
                raise InvalidKmsKeyError("The KMS key cannot be used for the output") from error
            raise InvalidS3ObjectError(_UNWRITABLE) from error
        except BotoCoreError as error:
            raise InternalServerError(f"S3 does not answer: {error}") from error

    def publish(self, topic: str, message: Mapping[str, Any]) -> None:
        """Publish a job's end; raises InternalServerError when the topic refuses it."""
        region = topic.split(":")[3]
        if region not in self._topics:
            self._topics[region] = self._session.client(
                "sns", endpoint_url=self._endpoint_url, region_name=region
            )
        try:
            self._topics[region].publish(TopicArn=topic, Message=json.dumps(message))
        except (BotoCoreError, ClientError) as error:
            raise InternalServerError(f"Topic {topic} refused the notification") from error
