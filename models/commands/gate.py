"""`python -m models gate`."""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from lambdas.shared.errors import ModelPackageError
from models.commands.evaluate import TEXTS
from models.evaluation.judgement import Evaluation
from models.evaluation.table import GENERATED
from models.evaluation.textract import name_reader
from models.evaluation.texts import TextStore
from models.gate.criteria import CRITERIA, read_criteria
from models.gate.gate import GateError, gate
from models.gate.verdict import Gating
from models.pipeline.evaluation import open_kept
from models.pipeline.faults import StageError
from models.pipeline.parameters import read_parameters
from models.pipeline.stages import REFERENCE


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("package", type=Path, help="directory of the package")
    parser.add_argument(
        "--evaluation", type=Path, required=True, help="evaluation.json of this package"
    )
    parser.add_argument("--live", type=Path, help="directory of the package that is in use")
    parser.add_argument(
        "--reference", type=Path, help="directory of the package that an int8 one was made from"
    )
    parser.add_argument("--criteria", type=Path, default=CRITERIA)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of the texts")
    parser.add_argument("--aws", action="store_true", help="the texts were read by AWS")
    parser.add_argument("--out", type=Path, help="file for the verdicts as JSON")
    parser.add_argument(
        "--params",
        type=Path,
        help="file of the parameters that name criteria and live package; texts are taken from"
        " beside the evaluation, the package of --reference from beside this one",
    )


def run(arguments: argparse.Namespace) -> int:
    """Say of each criterion whether the package keeps to it; 1 if it fails any."""
    try:
        evaluation = Evaluation.model_validate_json(arguments.evaluation.read_bytes())
        gating = (
            _gate_as_asked(arguments, evaluation)
            if arguments.params
            else gate(
                arguments.package,
                evaluation,
                TextStore(arguments.texts / name_reader(aws=arguments.aws), _read_nothing),
                read_criteria(arguments.criteria),
                live=arguments.live,
                reference=arguments.reference,
            )
        )
    except (GateError, ModelPackageError, OSError, StageError, ValidationError) as error:
        print(f"The package cannot be judged: {error}", file=sys.stderr)
        return 1
    for verdict in gating.verdicts:
        mark = "passed" if verdict.passed else "FAILED"
        print(f"{mark}  {verdict.criterion:<17} {verdict.told}")
    if arguments.out:
        arguments.out.write_text(f"{gating.model_dump_json(indent=1)}\n", encoding="utf-8")
    print(f"\n{gating.package_digest} ", end="")
    print("passes the gate" if gating.passed else f"is refused: {', '.join(gating.failed)}")
    if gating.evidence == "generated":
        print(GENERATED)
    return 0 if gating.passed else 1


def _gate_as_asked(arguments: argparse.Namespace, evaluation: Evaluation) -> Gating:
    """Judge by what the parameters name, on the texts that the pipeline's evaluation kept."""
    asked = read_parameters(arguments.params).gate
    reference = arguments.package.with_name(REFERENCE)
    return gate(
        arguments.package,
        evaluation,
        open_kept(arguments.evaluation.parent),
        read_criteria(asked.criteria),
        live=asked.live_package,
        reference=reference if reference.is_dir() else None,
    )


def _read_nothing() -> NoReturn:
    raise GateError("the gate reads no documents")
