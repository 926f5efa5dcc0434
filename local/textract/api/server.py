"""Textract's wire protocol, AWS JSON 1.1, over HTTP on this machine only."""

from __future__ import annotations

import json
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

from local.textract.api.errors import InternalServerError, InvalidParameterError, TextractError
from local.textract.api.operations import Operations
from local.textract.jobs.job import JobShelf
from local.textract.jobs.quotas import Counters, Limits

_LOG = logging.getLogger(__name__)
_TARGET = "Textract."


class TextractServer(ThreadingHTTPServer):
    """A thread a connection; `operations` answers calls, the rest answers questions about them."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(
        self,
        port: int,
        *,
        operations: Operations,
        limits: Limits,
        counters: Counters,
        shelf: JobShelf,
    ) -> None:
        self.operations = operations
        self._limits = limits
        self._counters = counters
        self._shelf = shelf
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        """Where a client finds this server."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer_page(self, path: str) -> dict[str, Any] | None:
        """The local pages, which the service does not have."""
        match path:
            case "/_local/quotas":
                return self._limits.describe()
            case "/_local/counters":
                jobs = {"jobs": self._shelf.count_by_status()}
                return {**self._counters.describe(), **jobs}
            case "/_local/health":
                return {"status": "ok"}
            case _:
                return None

    def answer_call(self, target: str, body: bytes) -> tuple[int, dict[str, Any], str | None]:
        """Status, reply and the error's name, if it is one."""
        try:
            return 200, self.operations.call(*_parse(target, body)), None
        except TextractError as error:
            failure = error
        except Exception:  # noqa: BLE001  (the caller gets an answer that it knows how to retry)
            _LOG.exception("%s failed", target)
            failure = InternalServerError("Internal server error")
        self._counters.count_error(failure.code)
        reply = {"__type": failure.code, "message": failure.message, "Message": failure.message}
        if failure.code.endswith("Exception") and failure.status < 500:
            reply["Code"] = failure.code
        return failure.status, reply, failure.code


def _parse(target: str, body: bytes) -> tuple[str, dict[str, Any]]:
    try:
        request = json.loads(body or b"{}")
    except ValueError as error:
        raise InvalidParameterError("Request is no JSON") from error
    if not isinstance(request, dict):
        raise InvalidParameterError("Request is no JSON object")
    return target.removeprefix(_TARGET), request


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: TextractServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = self.headers.get("X-Amz-Target", "")
        status, reply, error = self.server.answer_call(target, body)
        headers = {"x-amzn-ErrorType": error} if error else {}
        self._answer(status, reply, "application/x-amz-json-1.1", headers)

    def do_GET(self) -> None:
        page = self.server.answer_page(self.path)
        self._answer(200 if page else 404, page or {}, "application/json", {})

    def _answer(
        self, status: int, reply: dict[str, Any], content_type: str, headers: dict[str, str]
    ) -> None:
        body = json.dumps(reply, separators=(",", ":")).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("x-amzn-RequestId", str(uuid4()))
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        _LOG.debug(format, *args)
