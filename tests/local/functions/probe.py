"""Handlers that show what the host does to them."""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any


def show(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Return everything that a handler can see of its process and its invocation."""
    return {
        "event": event,
        "pid": os.getpid(),
        "environment": dict(os.environ),
        "directory": str(Path.cwd()),
        "invoked_arn": context.invoked_function_arn,
        "request_id": context.aws_request_id,
        "milliseconds_left": context.get_remaining_time_in_millis(),
        "version": context.function_version,
    }


def sleep(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take as long as the event says."""
    time.sleep(event["seconds"])
    return {"pid": os.getpid()}


class DocumentUnreadableError(Exception):
    """An error whose name a state machine matches."""


def fail(event: dict[str, Any], _context: Any) -> None:
    """Raise."""
    raise DocumentUnreadableError(event.get("message", "no"))


def leave(event: dict[str, Any], _context: Any) -> None:
    """End the process without an answer."""
    os._exit(event["status"])


def speak(_event: dict[str, Any], _context: Any) -> str:
    """Write to both streams."""
    sys.stdout.write("said on stdout\n")
    sys.stderr.write("said on stderr\n")
    return "done"


def put(event: dict[str, Any], _context: Any) -> str:
    """Have an effect: one more object below the bucket named in the event. Then take some time."""
    # Plain HTTP starts faster than boto3, and the endpoint takes it for S3.
    url = f"{os.environ['AWS_ENDPOINT_URL']}/{event['bucket']}/{time.time_ns()}"
    headers = {"Content-Type": "text/plain"}
    request = urllib.request.Request(url, b"x", headers, method="PUT")
    with urllib.request.urlopen(request):
        pass
    time.sleep(event.get("seconds", 0))
    if event.get("fails"):
        raise DocumentUnreadableError
    return "put"


def large(event: dict[str, Any], _context: Any) -> str:
    """Return so many bytes."""
    return "x" * int(event["bytes"])
