"""`python -m models track`."""

import argparse
import os
import sys
from pathlib import Path

from lambdas.shared.errors import ModelPackageError
from models.pipeline.faults import StageError
from models.pipeline.parameters import PARAMETERS, read_parameters
from models.tracking.destination import find_destination
from models.tracking.run import gather_run
from models.tracking.store import record


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("folder", type=Path, help="folder that the pipeline's stages wrote to")
    parser.add_argument("--params", type=Path, default=PARAMETERS, help="file of the parameters")


def run(arguments: argparse.Namespace) -> int:
    """Record the run if that is asked for; 1 if it cannot be."""
    try:
        parameters = read_parameters(arguments.params)
        destination = find_destination(parameters.tracking, os.environ)
        if destination is None:
            return 0
        identity, new = record(destination, gather_run(arguments.folder, parameters))
    except (ModelPackageError, ModuleNotFoundError, StageError) as error:
        print(f"The run is not recorded: {error}", file=sys.stderr)
        return 1
    print(
        f"{'Recorded' if new else 'Already recorded'} as run {identity} of"
        f" {destination.experiment} in {destination.uri}"
    )
    return 0
