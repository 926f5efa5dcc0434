"""`python -m models package`."""

import argparse
import sys
from pathlib import Path

from lambdas.shared.errors import ModelPackageError
from models.pipeline.faults import StageError
from models.pipeline.release import release


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("candidate", type=Path, help="directory of the package that was gated")
    parser.add_argument("--verdict", type=Path, required=True, help="what the gate wrote about it")
    parser.add_argument("--out", type=Path, required=True, help="directory of the release")


def run(arguments: argparse.Namespace) -> int:
    """Make a candidate the release; 1 if the gate has not let it pass."""
    try:
        package = release(arguments.candidate, arguments.verdict, arguments.out)
    except (ModelPackageError, StageError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{package.description.name} in {package.directory}, {package.digest}")
    return 0
