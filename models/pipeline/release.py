"""The package stage: a candidate that passed the gate becomes the release."""

import shutil
from pathlib import Path

from pydantic import ValidationError

from lambdas.classify.package import DESCRIPTION, ModelPackage, load_package
from models.gate.verdict import Gating
from models.pipeline.faults import StageError


class ReleaseError(StageError):
    """A candidate that may not become the release, or a place that is taken."""


def release(candidate: Path, verdict: Path, out: Path) -> ModelPackage:
    """Copy the candidate's files; raises ReleaseError, and ModelPackageError for a faulty one.

    The release is there as a whole or not at all.
    """
    package, gating = load_package(candidate), _read_verdict(verdict)
    if gating.package_digest != package.digest:
        raise ReleaseError(f"{verdict} is about {gating.package_digest}, not {package.digest}")
    if not gating.passed:
        raise ReleaseError(f"{package.digest} is refused: {', '.join(gating.failed)}")
    if out.exists():
        raise ReleaseError(f"{out} is there already: remove it, or name another place")
    half = out.with_name(f".{out.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    for name in (DESCRIPTION, *package.description.files):
        shutil.copyfile(candidate / name, half / name)
    half.rename(out)
    return load_package(out)


def _read_verdict(path: Path) -> Gating:
    try:
        return Gating.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise ReleaseError(f"{path} is not there: `python -m models gate` writes it") from error
    except ValidationError as error:
        raise ReleaseError(f"{path} is no verdict of the gate: {error}") from error
