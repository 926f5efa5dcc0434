"""The HTTP server: moto's services, and the admin interface under `/_local/`."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import BaseWSGIServer, make_server

from local.admin import PREFIX, AdminApplication

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
_BACKLOG = 512

# moto evaluates a condition and writes the item in separate steps, and restores every table when a
# transaction fails. One request at a time makes a conditional write what it is in DynamoDB: atomic.
_ONE_AT_A_TIME = ("DynamoDB_",)


class _RequestHandler(MotoRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing: thousands of requests a minute say nothing."""


class EndpointApplication:
    """Sends a request to the admin interface or to the moto service that it is signed for."""

    def __init__(self, admin: WSGIApplication, moto: WSGIApplication | None = None) -> None:
        self._admin = admin
        self._moto = moto or DomainDispatcherApplication(create_backend_app)
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("PATH_INFO", "").startswith(PREFIX):
            return self._admin(environ, start_response)
        if environ.get("HTTP_X_AMZ_TARGET", "").startswith(_ONE_AT_A_TIME):
            with self._lock:
                return self._moto(environ, start_response)
        return self._moto(environ, start_response)


def listen(preferred_port: int) -> socket.socket:
    """Listen on the preferred port or, if it is taken, on a free one."""
    try:
        return socket.create_server((HOST, preferred_port), backlog=_BACKLOG)
    except OSError:
        return socket.create_server((HOST, 0), backlog=_BACKLOG)


def make(listening: socket.socket, admin: AdminApplication) -> BaseWSGIServer:
    """Return a server for a socket that listens already; it answers once it is made to serve."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    return make_server(
        HOST,
        listening.getsockname()[1],
        EndpointApplication(admin),
        threaded=True,
        request_handler=_RequestHandler,
        fd=listening.fileno(),
    )
