"""Whether runs are recorded, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.pipeline.parameters import TrackingParameters

URI, EXPERIMENT = "MLFLOW_TRACKING_URI", "MLFLOW_EXPERIMENT_NAME"
_DATABASE = Path("build/tracking/mlflow.db")
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Destination:
    """A tracking store and an experiment in it.

    `folder` is that of a database file, where artifacts go too: MLflow would put them into the
    working directory. A server chooses for itself.
    """

    uri: str
    experiment: str
    folder: Path | None

    @property
    def artifacts(self) -> str | None:
        """The place for artifacts, if it is ours to choose."""
        return (self.folder / "artifacts").as_uri() if self.folder else None


def find_destination(
    parameters: TrackingParameters, environment: Mapping[str, str]
) -> Destination | None:
    """Where to record; None where nobody asked for it, by parameter or by environment."""
    named = environment.get(URI)
    if not (parameters.enabled or named):
        return None
    uri = named or parameters.uri or f"{_SQLITE}{_DATABASE.resolve()}"
    return Destination(
        uri=uri,
        experiment=environment.get(EXPERIMENT) or parameters.experiment,
        folder=_find_folder(uri),
    )


def _find_folder(uri: str) -> Path | None:
    return Path(uri.removeprefix(_SQLITE)).resolve().parent if uri.startswith(_SQLITE) else None
