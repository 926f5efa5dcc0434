"""What is recorded of a run of the pipeline, from the files that it left."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lambdas.classify.package import DESCRIPTION, ModelPackage, load_package
from models.evaluation.figures import Figures
from models.evaluation.judgement import Evaluation
from models.evaluation.output import EVALUATION, FIGURES, REPORT
from models.gate.verdict import Gating
from models.pipeline.faults import StageError
from models.pipeline.parameters import Parameters
from models.pipeline.stages import CANDIDATE
from models.pipeline.tables import METRICS, list_metrics

EXPORTED, EVALUATED, VERDICT = "exported", "evaluation", "verdict.json"


class RunError(StageError):
    """There is no complete run to record."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run: `key` is the same for the same package and verdict, `files` are by folder."""

    key: str
    name: str
    parameters: Mapping[str, str]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]
    files: Mapping[str, tuple[Path, ...]]


def gather_run(folder: Path, parameters: Parameters) -> Run:
    """The run whose files lie in a folder, passed or refused.

    Raises RunError, and ModelPackageError for a faulty candidate.
    """
    verdict = folder / VERDICT
    if not verdict.is_file():
        raise RunError(f"{verdict} is not there: the pipeline has not come as far as its gate")
    gating = Gating.model_validate_json(verdict.read_bytes())
    package = load_package(folder / EXPORTED / CANDIDATE)
    evaluated = folder / EVALUATED
    evaluation = Evaluation.model_validate_json((evaluated / EVALUATION).read_bytes())
    figures = Figures.model_validate_json((evaluated / FIGURES).read_bytes())
    digests = {package.digest, gating.package_digest, evaluation.package_digest}
    if len(digests) > 1:
        raise RunError(
            f"candidate, evaluation and verdict in {folder} are of different packages, "
            f"{', '.join(sorted(digests))}: run the pipeline to its end first"
        )
    pictures = sorted(path.name for path in evaluated.glob("*.png"))
    return Run(
        key=hashlib.sha256(package.digest.encode() + verdict.read_bytes()).hexdigest(),
        name=f"{package.description.name} {package.digest.removeprefix('sha256:')[:12]}",
        parameters=_list_parameters(package, parameters, evaluation),
        metrics={
            **_list_measures(evaluation, figures, gating),
            # What the package itself says, on generated documents of genres left out in turn.
            **dict(_flatten(package.description.metrics, "package.")),
        },
        tags=_list_tags(package, evaluation, gating),
        files={
            "package": tuple(
                package.directory / name for name in (DESCRIPTION, *package.description.files)
            ),
            "evaluation": tuple(evaluated / name for name in (REPORT, METRICS, *pictures)),
            "gate": (verdict,),
        },
    )


def _list_parameters(
    package: ModelPackage, parameters: Parameters, evaluation: Evaluation
) -> dict[str, str]:
    listed: dict[str, Any] = {"kind": package.description.kind}
    listed |= {f"recipe.{name}": each for name, each in package.description.hyperparameters.items()}
    if evaluation.evidence == "generated":
        generated = parameters.evaluation.generated
        listed |= {f"evaluation.{name}": each for name, each in generated.model_dump().items()}
    return {name: str(each) for name, each in listed.items()}


def _list_measures(evaluation: Evaluation, figures: Figures, gating: Gating) -> dict[str, float]:
    return {
        **dict(_flatten(list_metrics(evaluation, figures))),
        "gate.passed": float(gating.passed),
        **{f"gate.{each.criterion}": float(each.passed) for each in gating.verdicts},
    }


def _flatten(metrics: Mapping[str, Any], before: str = "") -> list[tuple[str, float]]:
    """Numbers by the path to them."""
    flat: list[tuple[str, float]] = []
    for name, each in metrics.items():
        if isinstance(each, Mapping):
            flat += _flatten(each, f"{before}{name}.")
        elif isinstance(each, int | float):
            flat.append((f"{before}{name}", float(each)))
    return flat


def _list_tags(package: ModelPackage, evaluation: Evaluation, gating: Gating) -> dict[str, str]:
    description = package.description
    return {
        "mlflow.source.git.commit": description.code_commit or "not committed",
        "intray.package_digest": package.digest,
        "intray.code_digest": description.code_digest,
        "intray.training_data_digest": description.training_data_digest,
        "intray.evaluation_data_digest": evaluation.documents_digest,
        "intray.evidence": gating.evidence,
        "intray.gate": "passed" if gating.passed else f"refused: {', '.join(gating.failed)}",
        "intray.built_with": json.dumps(description.built_with, sort_keys=True),
    }
