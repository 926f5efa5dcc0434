"""The file that says where a running endpoint is."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "endpoint.json"


@dataclass(frozen=True, slots=True)
class EndpointState:
    """Where everything answers. `lambda_runtime` lists the Lambda processes; `log` is a path."""

    endpoint: str
    textract: str | None
    lambda_runtime: str
    pid: int
    log: str

    @property
    def alive(self) -> bool:
        """Whether the endpoint's process still exists."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


def write_state(directory: Path, state: EndpointState) -> None:
    """Write the file so that a reader sees all of it or none."""
    descriptor, name = tempfile.mkstemp(dir=directory, prefix=FILE_NAME)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(state), file, indent=2)
        file.write("\n")
    Path(name).replace(directory / FILE_NAME)


def read_state(directory: Path) -> EndpointState | None:
    """Return what the file says, None if no endpoint is running."""
    try:
        state = EndpointState(**json.loads((directory / FILE_NAME).read_text()))
    except FileNotFoundError:
        return None
    return state if state.alive else None


def remove_state(directory: Path) -> None:
    """Remove the file; it may be gone already."""
    (directory / FILE_NAME).unlink(missing_ok=True)
