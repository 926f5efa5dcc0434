"""A running endpoint as tests use it: clients, small deployed functions, and waiting."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.config import Config

from local.state import EndpointState

FUNCTIONS = Path(__file__).parent / "functions"
T = TypeVar("T")


def wait_for(look: Callable[[], T], seconds: float = 15) -> T:
    """Return the first true value; fail when none comes."""
    deadline = time.monotonic() + seconds
    while True:
        value = look()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"nothing came of {look} in {seconds} seconds, last: {value!r}")
        time.sleep(0.05)


@dataclass(frozen=True)
class LocalAws:
    """Clients of a running endpoint, and the calls that several tests make."""

    state: EndpointState

    def client(self, service: str) -> Any:
        return boto3.Session().client(
            service,  # type: ignore[call-overload]
            endpoint_url=self.state.endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(
                retries={"total_max_attempts": 1},
                max_pool_connections=50,
                s3={"addressing_style": "path"},
            ),
        )

    @cached_property
    def awslambda(self) -> Any:
        return self.client("lambda")

    @cached_property
    def sqs(self) -> Any:
        return self.client("sqs")

    @cached_property
    def s3(self) -> Any:
        return self.client("s3")

    @cached_property
    def logs(self) -> Any:
        return self.client("logs")

    @cached_property
    def role(self) -> str:
        document = json.dumps({"Version": "2012-10-17", "Statement": []})
        iam = self.client("iam")
        created = iam.create_role(RoleName=unique("role"), AssumeRolePolicyDocument=document)
        return str(created["Role"]["Arn"])

    def deploy(self, handler: str, **settings: Any) -> str:
        """Create an image function as Terraform does and return its name."""
        name = unique(handler.replace(".", "-"))
        self.awslambda.create_function(
            FunctionName=name,
            Role=self.role,
            PackageType="Image",
            Code={"ImageUri": "000000000000.dkr.ecr.us-east-1.amazonaws.com/pipeline@sha256:0"},
            ImageConfig={"Command": [handler]},
            **{"Timeout": 10} | settings,
        )
        return name

    def invoke(self, name: str, event: Any = None, **options: Any) -> dict[str, Any]:
        """Invoke synchronously; the payload is parsed."""
        answer: dict[str, Any] = self.awslambda.invoke(
            FunctionName=name, Payload=json.dumps(event or {}), **options
        )
        answer["Payload"] = json.loads(answer["Payload"].read() or "null")
        return answer

    def bucket(self) -> str:
        name = unique("bucket")
        self.s3.create_bucket(Bucket=name)
        return name

    def objects(self, bucket: str) -> list[Any]:
        """Return the JSON content of a bucket's objects, in the order of their keys."""
        keys = [o["Key"] for o in self.s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
        return [json.load(self.s3.get_object(Bucket=bucket, Key=key)["Body"]) for key in keys]

    def count_objects(self, bucket: str) -> int:
        return int(self.s3.list_objects_v2(Bucket=bucket)["KeyCount"])

    def queue(self, **attributes: str) -> tuple[str, str]:
        """Create a queue; return its URL and its ARN."""
        url = self.sqs.create_queue(QueueName=unique("queue"), Attributes=attributes)["QueueUrl"]
        found = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return url, found["Attributes"]["QueueArn"]

    def receive(self, url: str) -> list[dict[str, Any]]:
        """Receive what is there now."""
        found = self.sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
        )
        return list(found.get("Messages", []))

    def left_in(self, url: str) -> int:
        """Count a queue's messages, visible or not."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)
        return sum(int(found["Attributes"][name]) for name in names)


def unique(prefix: str) -> str:
    return f"{prefix}-{uuid.uuid4().hex[:10]}"
