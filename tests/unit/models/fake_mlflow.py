"""An MLflow that keeps runs in memory: the library is no part of the environment of the tests."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


class MlflowException(Exception):  # noqa: N818 - MLflow's own name
    pass


class SQLAlchemyError(Exception):
    pass


@dataclass
class KeptRun:
    name: str
    tags: dict[str, str]
    status: str = "RUNNING"
    metrics: dict[str, float] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)


@dataclass
class FakeMlflow:
    """What a store holds; `broken` names the calls that fail."""

    runs: dict[str, KeptRun] = field(default_factory=dict)
    experiments: dict[str, str | None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    uris: list[str] = field(default_factory=list)

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stand in for the library until the test ends."""

        def pair(name: str, value: float, *_when: int) -> tuple[str, float]:
            return name, value

        modules: dict[str, dict[str, Any]] = {
            "mlflow": {"MlflowClient": self._connect},
            "mlflow.entities": {"Metric": pair, "Param": pair},
            "mlflow.exceptions": {"MlflowException": MlflowException},
            "sqlalchemy": {},
            "sqlalchemy.exc": {"SQLAlchemyError": SQLAlchemyError},
        }
        for name, content in modules.items():
            module = ModuleType(name)
            vars(module).update(content)
            monkeypatch.setitem(sys.modules, name, module)

    def _connect(self, uri: str) -> "FakeMlflow":
        self.uris.append(uri)
        return self

    def _fail_if_broken(self, call: str) -> None:
        if call in self.broken:
            raise MlflowException(f"{call}\nfailed")

    def get_experiment_by_name(self, name: str) -> SimpleNamespace | None:
        self._fail_if_broken("get_experiment_by_name")
        return SimpleNamespace(experiment_id=name) if name in self.experiments else None

    def create_experiment(self, name: str, *, artifact_location: str | None) -> str:
        self.experiments[name] = artifact_location
        return name

    def search_runs(self, _experiments: list[str], query: str) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(info=SimpleNamespace(run_id=identity))
            for identity, run in self.runs.items()
            if f"'{run.tags['intray.run']}'" in query and f"'{run.status}'" in query
        ]

    def create_run(
        self, _experiment: str, *, run_name: str, tags: dict[str, str]
    ) -> SimpleNamespace:
        identity = f"run-{len(self.runs) + 1}"
        self.runs[identity] = KeptRun(run_name, tags)
        return SimpleNamespace(info=SimpleNamespace(run_id=identity))

    def log_batch(
        self, identity: str, *, metrics: list[tuple[str, float]], params: list[tuple[str, str]]
    ) -> None:
        self._fail_if_broken("log_batch")
        self.runs[identity].metrics.update(metrics)
        self.runs[identity].parameters.update(params)

    def log_artifact(self, identity: str, path: str, folder: str) -> None:
        self._fail_if_broken("log_artifact")
        self.runs[identity].artifacts.append(f"{folder}/{Path(path).name}")

    def set_terminated(self, identity: str) -> None:
        self.runs[identity].status = "FINISHED"

    def delete_run(self, identity: str) -> None:
        del self.runs[identity]
