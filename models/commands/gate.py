"""`python -m models gate`."""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from lambdas.shared.errors import ModelPackageError
from models.commands.evaluate import TEXTS
from models.evaluation.judgement import Evaluation
from models.evaluation.textract import name_reader
from models.evaluation.texts import TextStore
from models.gate.criteria import CRITERIA, read_criteria
from models.gate.gate import GateError, gate


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


def run(arguments: argparse.Namespace) -> int:
    """Say of each criterion whether the package keeps to it; 1 if it fails any."""
    try:
        evaluation = Evaluation.model_validate_json(arguments.evaluation.read_bytes())
        gating = gate(
            arguments.package,
            evaluation,
            TextStore(arguments.texts / name_reader(aws=arguments.aws), _read_nothing),
            read_criteria(arguments.criteria),
            live=arguments.live,
            reference=arguments.reference,
        )
    except (GateError, ModelPackageError, ValidationError, OSError) as error:
        print(f"The package cannot be judged: {error}", file=sys.stderr)
        return 1
    for verdict in gating.verdicts:
        mark = "passed" if verdict.passed else "FAILED"
        print(f"{mark}  {verdict.criterion:<17} {verdict.told}")
    if arguments.out:
        arguments.out.write_text(f"{gating.model_dump_json(indent=1)}\n", encoding="utf-8")
    failed = [verdict.criterion for verdict in gating.verdicts if not verdict.passed]
    print(f"\n{gating.package_digest} ", end="")
    print(f"is refused: {', '.join(failed)}" if failed else "passes the gate")
    return 1 if failed else 0


def _read_nothing() -> NoReturn:
    raise GateError("the gate reads no documents")
