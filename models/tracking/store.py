"""Records runs with MLflow, which is imported when there is one to record and not before."""

import logging
import os
import time
from contextlib import suppress
from typing import Any

from models.pipeline.faults import StageError
from models.tracking.destination import Destination
from models.tracking.run import Run

_KEY = "intray.run"
_SETTINGS = {
    # Nobody is told that this project uses MLflow, or how.
    "MLFLOW_DISABLE_TELEMETRY": "true",
    # Two tries of ten seconds: MLflow's own patience is of several minutes.
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
}


class TrackingError(StageError):
    """A run could not be recorded; what it built lies where it was built."""


def record(destination: Destination, run: Run) -> tuple[str, bool]:
    """The run's id in the store, and whether it is new there.

    The same package and verdict are one run, however often they are recorded. Raises
    TrackingError naming the store; then there is nothing of the run in it.
    """
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    from mlflow import MlflowClient  # noqa: PLC0415
    from mlflow.exceptions import MlflowException  # noqa: PLC0415
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    for name in ("alembic", "mlflow"):
        logging.getLogger(name).setLevel(logging.WARNING)
    faults = (MlflowException, OSError, SQLAlchemyError)
    try:
        if destination.folder:
            destination.folder.mkdir(parents=True, exist_ok=True)
        client = MlflowClient(destination.uri)
        experiment = _find_experiment(client, destination)
        kept = client.search_runs(
            [experiment], f"tags.`{_KEY}` = '{run.key}' and attributes.status = 'FINISHED'"
        )
        if kept:
            return str(kept[0].info.run_id), False
        begun = client.create_run(experiment, run_name=run.name, tags={**run.tags, _KEY: run.key})
    except faults as error:
        raise _explain(destination, error) from error
    identity = str(begun.info.run_id)
    try:
        _write(client, identity, run)
        client.set_terminated(identity)
    except faults as error:
        with suppress(*faults):
            client.delete_run(identity)
        raise _explain(destination, error) from error
    return identity, True


def _find_experiment(client: Any, destination: Destination) -> str:  # noqa: ANN401 - MLflow's own
    known = client.get_experiment_by_name(destination.experiment)
    if known is None:
        return str(
            client.create_experiment(
                destination.experiment, artifact_location=destination.artifacts
            )
        )
    return str(known.experiment_id)


def _write(client: Any, identity: str, run: Run) -> None:  # noqa: ANN401 - MLflow's own
    from mlflow.entities import Metric, Param  # noqa: PLC0415

    now = time.time_ns() // 1_000_000
    client.log_batch(
        identity,
        metrics=[Metric(name, value, now, 0) for name, value in run.metrics.items()],
        params=[Param(name, value) for name, value in run.parameters.items()],
    )
    for folder, paths in run.files.items():
        for path in paths:
            client.log_artifact(identity, str(path), folder)


def _explain(destination: Destination, error: Exception) -> TrackingError:
    reason = " ".join(str(error).split())
    return TrackingError(f"{destination.uri} did not record the run: {reason}")
