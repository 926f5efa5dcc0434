"""Lambda's Runtime API (version 2018-06-01) for one function process.

Each process has a server of its own on a free port, as each execution environment has in Lambda:
the protocol carries nothing else that would tell one caller from another.
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

from local.lambda_host.invocation import Invocation

_PREFIX = "/2018-06-01/runtime/"


class RuntimeListener(Protocol):
    """What the process behind a Runtime API asks and reports."""

    def next_invocation(self) -> tuple[Invocation, int] | None:
        """Block until there is an invocation; return it with its deadline in epoch milliseconds.

        None means that the process is being ended.
        """

    def complete(self, request_id: str, payload: bytes) -> bool:
        """Take the handler's answer; false if Lambda does not accept one of that size."""

    def fail(self, request_id: str, payload: bytes) -> None:
        """Take the error document of a handler that raised."""

    def fail_init(self, payload: bytes) -> None:
        """Take the error document of a handler module that could not be imported."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # Headers and body leave in one write.
    server: _Server

    def do_GET(self) -> None:
        if self.path != f"{_PREFIX}invocation/next":
            self._answer(404)
            return
        work = self.server.listener.next_invocation()
        if work is None:
            self.close_connection = True
            return
        invocation, deadline = work
        headers = {
            "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
            "Lambda-Runtime-Deadline-Ms": str(deadline),
            "Lambda-Runtime-Invoked-Function-Arn": invocation.invoked_arn,
            "Lambda-Runtime-Trace-Id": invocation.trace_id,
        }
        if invocation.client_context:
            headers["Lambda-Runtime-Client-Context"] = invocation.client_context
        self._answer(200, invocation.payload, headers)

    def do_POST(self) -> None:
        body = self._read_body()
        listener = self.server.listener
        if self.path == f"{_PREFIX}init/error":
            listener.fail_init(body)
            self._answer(202)
            return
        request_id, _, verb = self.path.removeprefix(f"{_PREFIX}invocation/").partition("/")
        if verb == "response":
            self._answer(202 if listener.complete(request_id, body) else 413)
        elif verb == "error":
            listener.fail(request_id, body)
            self._answer(202)
        else:
            self._answer(404)

    def _read_body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _answer(
        self, status: int, body: bytes = b"{}", headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the parent's name)
        """Say nothing: the process's own log tells what it did."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, listener: RuntimeListener) -> None:
        self.listener = listener
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a connection that breaks is a process that ended, and its end is watched."""


class RuntimeApi:
    """A Runtime API that serves from construction until it is closed."""

    def __init__(self, listener: RuntimeListener) -> None:
        self._server = _Server(listener)
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 5}, daemon=True
        ).start()

    @property
    def address(self) -> str:
        """The value of AWS_LAMBDA_RUNTIME_API."""
        return f"127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop accepting, without waiting for the serving thread to notice."""
        threading.Thread(target=self._close, daemon=True).start()

    def _close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
