"""`python -m models export`."""

import argparse
import sys
from pathlib import Path

from models.pipeline.corpus import read_corpus
from models.pipeline.faults import StageError
from models.pipeline.parameters import PARAMETERS, read_parameters
from models.pipeline.stages import export


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("trained", type=Path, help="folder that `python -m models train` wrote")
    parser.add_argument("--corpus", type=Path, required=True, help="the file it was trained on")
    parser.add_argument("--params", type=Path, default=PARAMETERS, help="file of the parameters")
    parser.add_argument("--out", type=Path, required=True, help="folder for the candidate")


def run(arguments: argparse.Namespace) -> int:
    """Write a package from trained weights and tell its digest."""
    try:
        package = export(
            arguments.trained,
            read_corpus(arguments.corpus),
            read_parameters(arguments.params),
            arguments.out,
        )
    except (ModuleNotFoundError, StageError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{package.description.name} in {package.directory}, {package.digest}")
    return 0
