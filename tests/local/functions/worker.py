"""A queue's consumer, which writes each event that it gets to the bucket OUTCOMES."""

from __future__ import annotations

import json
import os
import time
import urllib.request
from typing import Any


def handle(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Fail messages that begin with `bad`, raise for `raise`, take long for `slow`."""
    bucket = f"{os.environ['AWS_ENDPOINT_URL']}/{os.environ['OUTCOMES']}"
    url = f"{bucket}/{time.time_ns()}-{os.getpid()}"
    body = json.dumps(event).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers, method="PUT")
    with urllib.request.urlopen(request):
        pass
    records = [record for record in event.get("Records", []) if "body" in record]
    if any(record["body"].startswith("slow") for record in records):
        time.sleep(0.7)
    if any(record["body"].startswith("raise") for record in records):
        raise ValueError("the whole batch")
    bad = [record["messageId"] for record in records if record["body"].startswith("bad")]
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in bad]}
