"""The endpoint's own interface under `/_local/`: what runs, and faults for tests to arm.

- `GET health`: 200 once it serves, with its addresses
- `GET processes`: every Lambda process with its function, pid, and what it works on
- `GET faults`: every fault that was armed, and whether it has struck
- `POST faults` `{"function": name, "kill_after_ms": n}`: SIGKILL so long after the function's next
  invocation was handed out; or `"kill_at_response": true`: when it has done its work
- `DELETE faults`: disarms all
- `POST schedules` `{"name": name}`: fires a schedule now
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from local.lambda_host.faults import Fault, Faults

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/_local/"


@dataclass(frozen=True, slots=True)
class Controls:
    """What the interface shows and moves."""

    health: Callable[[], dict[str, Any]]
    processes: Callable[[], list[dict[str, object]]]
    faults: Faults
    fire_schedule: Callable[[str], bool]


class AdminApplication:
    """A WSGI application; errors are JSON with a `message`."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._routes: dict[str, dict[str, Callable[[Request], dict[str, Any]]]] = {
            "health": {"GET": self._health},
            "processes": {"GET": self._processes},
            "faults": {
                "GET": self._show_faults,
                "POST": self._arm_fault,
                "DELETE": self._clear_faults,
            },
            "schedules": {"POST": self._fire_schedule},
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            answer, status = self._route(request), 200
        except HTTPException as error:
            answer, status = {"message": error.description}, error.code or 500
        body = json.dumps(answer).encode()
        return Response(body, status, content_type="application/json")(environ, start_response)

    def _route(self, request: Request) -> dict[str, Any]:
        methods = self._routes.get(request.path.removeprefix(PREFIX))
        if methods is None:
            raise NotFound(f"there is no {request.path}")
        if request.method not in methods:
            raise MethodNotAllowed(description=f"{request.path} takes {', '.join(methods)}")
        return methods[request.method](request)

    def _health(self, _request: Request) -> dict[str, Any]:
        return self._controls.health()

    def _processes(self, _request: Request) -> dict[str, Any]:
        return {"processes": self._controls.processes()}

    def _show_faults(self, _request: Request) -> dict[str, Any]:
        return {"faults": self._controls.faults.describe()}

    def _arm_fault(self, request: Request) -> dict[str, Any]:
        body = _json_object(request)
        unknown = body.keys() - {"function", "kill_after_ms", "kill_at_response"}
        milliseconds = body.get("kill_after_ms", 0)
        if (
            unknown
            or not isinstance(body.get("function"), str)
            or not isinstance(milliseconds, int)
        ):
            raise BadRequest('expected {"function": name, "kill_after_ms": n}')
        at_response = body.get("kill_at_response") is True
        fault = Fault(body["function"], milliseconds, at_response)
        self._controls.faults.arm(fault)
        return fault.describe()

    def _clear_faults(self, _request: Request) -> dict[str, Any]:
        self._controls.faults.clear()
        return {}

    def _fire_schedule(self, request: Request) -> dict[str, Any]:
        name = _json_object(request).get("name", "")
        if not self._controls.fire_schedule(name):
            raise NotFound(f"there is no enabled schedule {name!r}")
        return {"fired": name}


def _json_object(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.get_data())
    except ValueError as error:
        raise BadRequest(f"not JSON: {error}") from error
    if not isinstance(body, dict):
        raise BadRequest("expected a JSON object")
    return body
