"""What a function finds around it when it starts: variables, and a registry with its package."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from lambdas.classify.package import load_package, name_key
from local.deployment import CREDENTIALS

_BUCKET = "models"
_VARIABLES = (
    "AUDIT_TABLE",
    "DEAD_LETTER_QUEUE_URL",
    "DECISIONS_BUCKET",
    "DOCUMENTS_TABLE",
    "DUPLICATE_WINDOW_DAYS",
    "EXTRACTIONS_BUCKET",
    "EXTRACTIONS_KEY_ARN",
    "FEATURES",
    "IDEMPOTENCY_TABLE",
    "LEASE_SECONDS",
    "LIMITS_TABLE",
    "MANIFEST_PATIENCE_SECONDS",
    "MAX_BYTES",
    "MAX_CONCURRENCY",
    "MAX_PAGES",
    "NOTIFICATION_ROLE_ARN",
    "NOTIFICATION_TOPIC_ARN",
    "OVERDUE_SECONDS",
    "QUOTA_MAX_AGE_SECONDS",
    "QUOTA_SHARE",
    "REGISTRATION_LEASE_SECONDS",
    "STATE_MACHINE_ARN",
)
"""What any function reads; a function whose variable is missing here fails its import, by name."""

IMAGE = {"PYDANTIC_DISABLE_PLUGINS": "__all__", "OPENBLAS_NUM_THREADS": "1"}
"""What the classifier's image sets (docker/Dockerfile)."""


@contextmanager
def serve_package(directory: Path) -> Iterator[dict[str, str]]:
    """Serves a package on this machine as S3 would; the variables that lead a function to it."""
    digest = load_package(directory).digest
    files = {
        f"/{_BUCKET}/{name_key(digest, path.name)}": path.read_bytes()
        for path in directory.iterdir()
    }
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Objects, files)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield {
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_address[1]}",
                "MODELS_BUCKET": _BUCKET,
                "MODEL_PACKAGE": digest,
            }
        finally:
            server.shutdown()


class _Objects(BaseHTTPRequestHandler):
    """Answers GetObject."""

    protocol_version = "HTTP/1.1"

    def __init__(self, files: dict[str, bytes], *connection: object) -> None:
        self._files = files
        super().__init__(*connection)  # type: ignore[arg-type] # the server's own three

    def do_GET(self) -> None:
        content = self._files.get(self.path.partition("?")[0])
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_: object) -> None:
        """Says nothing: what is asked for is known."""


def surround(function: str, registry: dict[str, str]) -> dict[str, str]:
    """The variables of any function, so that its settings load."""
    return {
        **os.environ,
        **CREDENTIALS,
        **IMAGE,
        **dict.fromkeys(_VARIABLES, "1"),
        "GIVEN_QUOTA": "null",
        "POWERTOOLS_SERVICE_NAME": function,
        "POWERTOOLS_METRICS_NAMESPACE": "Intray",
        **registry,
    }
