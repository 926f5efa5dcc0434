"""`python -m models train`."""

import argparse
import sys
from pathlib import Path

from models.pipeline.corpus import read_corpus
from models.pipeline.faults import StageError
from models.pipeline.parameters import PARAMETERS, read_parameters
from models.pipeline.stages import train


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("corpus", type=Path, help="file that `python -m models corpus` wrote")
    parser.add_argument("--params", type=Path, default=PARAMETERS, help="file of the parameters")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")


def run(arguments: argparse.Namespace) -> int:
    """Fit a model and write its weights; 1 where there is nothing to fit."""
    try:
        parameters = read_parameters(arguments.params)
        train(arguments.out, read_corpus(arguments.corpus), parameters)
    except (ModuleNotFoundError, StageError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"A model of the {parameters.kind} kind in {arguments.out}")
    return 0
