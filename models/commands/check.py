"""`python -m models check`."""

import argparse
from pathlib import Path

from lambdas.classify.package import load_package
from models.checking.package import find_faults


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("package", type=Path, help="directory of the package")


def run(arguments: argparse.Namespace) -> int:
    """Say what is wrong with a package, a line a fault; 1 if anything is."""
    faults = find_faults(arguments.package)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{arguments.package} is a sound package, {load_package(arguments.package).digest}")
    return 1 if faults else 0
