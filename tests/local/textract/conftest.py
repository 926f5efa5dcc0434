"""A Textract and the account that it works in, one of each for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from moto.server import ThreadedMotoServer

from local.textract.api.server import TextractServer
from local.textract.jobs.quotas import Limits
from local.textract.service import open_service
from tests.conftest import FAKE
from tests.local.local_aws import wait_for

if TYPE_CHECKING:
    from mypy_boto3_textract import TextractClient

REGION = "eu-central-1"
GENEROUS = Limits(start_rate=1000, get_rate=1000, open_jobs=1000)


@dataclass(frozen=True)
class Cloud:
    """The account that documents lie in."""

    url: str
    bucket: str

    def client(self, service: str, url: str | None = None) -> Any:
        session = boto3.Session(
            aws_access_key_id=FAKE["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=FAKE["AWS_SECRET_ACCESS_KEY"],
            region_name=REGION,
        )
        return session.client(
            service,  # type: ignore[call-overload]
            endpoint_url=url or self.url,
            config=Config(retries={"total_max_attempts": 1}, max_pool_connections=20),
        )

    def put(self, data: bytes, suffix: str = ".pdf") -> dict[str, str]:
        """Put a document and return its S3Object."""
        name = f"documents/{uuid4()}{suffix}"
        self.client("s3").put_object(Bucket=self.bucket, Key=name, Body=data)
        return {"Bucket": self.bucket, "Name": name}


@dataclass(frozen=True)
class Desk:
    """A Textract with a client, and the calls that most tests make."""

    server: TextractServer
    cloud: Cloud

    @property
    def textract(self) -> TextractClient:
        client: TextractClient = self.cloud.client("textract", self.server.url)
        return client

    def read_page(self, path: str) -> dict[str, Any]:
        """One of the local pages."""
        with urlopen(self.server.url + path) as reply:
            page: dict[str, Any] = json.load(reply)
        return page

    def start(self, data: bytes, **more: Any) -> str:
        """Start an analysis and return its job id."""
        request: dict[str, Any] = {"FeatureTypes": ["FORMS", "TABLES"], **more}
        reply = self.textract.start_document_analysis(
            DocumentLocation={"S3Object": self.cloud.put(data)},  # type: ignore[typeddict-item]
            **request,
        )
        return reply["JobId"]

    def finish(self, job: str) -> dict[str, Any]:
        """Wait for an analysis and return its first reply."""

        def look() -> dict[str, Any] | None:
            reply: Any = self.textract.get_document_analysis(JobId=job)
            return None if reply["JobStatus"] == "IN_PROGRESS" else reply

        reply = wait_for(look, seconds=60)
        assert reply is not None
        return reply


@pytest.fixture(scope="session")
def cloud() -> Iterator[Cloud]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    found = Cloud(f"http://{host}:{port}", "textract-tests")
    found.client("s3").create_bucket(
        Bucket=found.bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    yield found
    server.stop()


@contextmanager
def open_desk(cloud: Cloud, *, limits: Limits = GENEROUS, delay: float = 0.05) -> Iterator[Desk]:
    """A Textract of one's own, for tests that exhaust or stop it."""
    with open_service(
        port=0, endpoint_url=cloud.url, region=REGION, delay=delay, limits=limits
    ) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Desk(server, cloud)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def desk(cloud: Cloud) -> Iterator[Desk]:
    with open_desk(cloud) as found:
        yield found
