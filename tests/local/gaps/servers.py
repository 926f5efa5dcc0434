"""Starts moto servers for the tests of its gaps, and talks to them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

REGION = "eu-central-1"
ACCOUNT = "123456789012"
ROOT = Path(__file__).parents[3]

_CONFIG = Config(retries={"total_max_attempts": 1}, read_timeout=30)


@dataclass
class Server:
    """One moto server in a process of its own."""

    url: str
    log: Path
    _clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        if service not in self._clients:
            self._clients[service] = boto3.Session().client(
                service,  # type: ignore[call-overload]
                endpoint_url=self.url,
                region_name=REGION,
                aws_access_key_id="test",
                aws_secret_access_key="test",
                config=_CONFIG,
            )
        return self._clients[service]

    def bucket(self) -> str:
        name = f"bucket-{uuid4().hex}"
        where = {"LocationConstraint": REGION}
        self.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=where)
        return name

    def queue(self, name: str = "", **attributes: str) -> tuple[str, str]:
        """A new queue's URL and ARN."""
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName=name or f"q-{uuid4().hex}", Attributes=attributes)
        url = url["QueueUrl"]
        wanted = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return url, wanted["Attributes"]["QueueArn"]

    def receive(self, url: str, count: int = 1, seconds: float = 5) -> list[str]:
        """The bodies of up to `count` messages, as soon as they are there."""
        sqs = self.client("sqs")
        bodies: list[str] = []
        end = time.monotonic() + seconds
        while len(bodies) < count and time.monotonic() < end:
            received = sqs.receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=60
            )
            bodies += [message["Body"] for message in received.get("Messages", [])]
            time.sleep(0.05)
        return bodies


@contextmanager
def start_server(mode: str, log: Path, *arguments: str) -> Iterator[Server]:
    """Run `gap_server.py` until the block ends."""
    command = [sys.executable, "-m", "tests.local.gaps.gap_server", mode, *arguments]
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        ) as process,
    ):
        try:
            assert process.stdout is not None
            port = process.stdout.readline().decode().strip()
            if not port:
                pytest.fail(f"the {mode} server did not start:\n{log.read_text()}")
            yield Server(f"http://127.0.0.1:{port}", log)
        finally:
            process.kill()


def assert_gap(is_open: bool, name: str) -> None:
    """Fail when moto no longer has a gap."""
    assert is_open, f"moto has closed this gap itself: delete this file, local/gaps/{name}.py"


def wait_until(condition: Callable[[], Any], seconds: float = 10) -> Any:
    """The first true result of a condition, or its last one."""
    end = time.monotonic() + seconds
    while not (result := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return result
