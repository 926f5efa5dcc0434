"""Two moto servers: one as moto is, one with every gap closed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.local.gaps.machines import create_function
from tests.local.gaps.servers import Server, start_server


class Textract(BaseHTTPRequestHandler):
    """Answers like the local Textract: its quotas, and one finished job."""

    def do_GET(self) -> None:
        assert self.path == "/_local/quotas"
        self._answer({"start_rate_per_second": 3.5, "get_rate_per_second": 4.5, "open_jobs": 7})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer({"JobStatus": "SUCCEEDED", "Blocks": []})

    def _answer(self, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        del arguments


@pytest.fixture(scope="session")
def textract_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Textract) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with start_server("plain", tmp_path_factory.mktemp("plain") / "log") as server:
        create_function(server)
        yield server


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory, textract_url: str) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("closed") / "log"
    with start_server("closed", log, textract_url) as server:
        create_function(server)
        yield server
