"""The runs of Distributed Maps, with the child executions that moto does not keep."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from local.gaps.seams import Untyped


@dataclass
class MapRun:
    """One Map Run: moto's own record of it, the parent, and a child execution an item."""

    record: Untyped
    parent_arn: str
    children: list[Any] = field(default_factory=list)

    @property
    def arn(self) -> str:
        """The Map Run's ARN, `…:mapRun:<machine>/<label>:<uuid>`."""
        return str(self.record.map_run_arn)


class MapRunStore:
    """All Map Runs of the process, found by ARN, by parent or by child."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: dict[str, MapRun] = {}
        self._run_by_child: dict[str, MapRun] = {}
        self._child_by_arn: dict[str, Any] = {}

    def add(self, run: MapRun) -> None:
        """Keep a run and its children."""
        with self._lock:
            self._runs[run.arn] = run
            for child in run.children:
                self._child_by_arn[child.exec_arn] = child
                self._run_by_child[child.exec_arn] = run

    def find(self, map_run_arn: str) -> MapRun | None:
        """The run with this ARN."""
        return self._runs.get(map_run_arn)

    def find_child(self, execution_arn: str) -> Untyped | None:
        """The child execution with this ARN."""
        return self._child_by_arn.get(execution_arn)

    def find_run_of(self, execution_arn: str) -> MapRun | None:
        """The run that a child execution belongs to."""
        return self._run_by_child.get(execution_arn)

    def list_of(self, parent_arn: str) -> list[MapRun]:
        """The runs that an execution started, oldest first."""
        with self._lock:
            return [run for run in self._runs.values() if run.parent_arn == parent_arn]


STORE = MapRunStore()
