"""`python -m models build`."""

import argparse
import time
from pathlib import Path

from models.lexical.building import build_package
from models.lexical.recipe import Recipe


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    defaults = Recipe()
    parser.add_argument("--out", type=Path, required=True, help="directory of the package")
    parser.add_argument("--documents", type=int, default=defaults.documents, help="a class")
    parser.add_argument("--seed", type=int, default=defaults.seed)


def run(arguments: argparse.Namespace) -> int:
    """Build the package and say what was made."""
    started = time.monotonic()
    recipe = Recipe(documents=arguments.documents, seed=arguments.seed)
    package = build_package(arguments.out, recipe)
    figures = package.description.metrics
    size = sum(path.stat().st_size for path in arguments.out.iterdir()) / 1e6
    print(f"{package.description.name} in {arguments.out}, {size:.1f} MB")
    print(f"  {package.digest}")
    print(
        f"  {len(package.description.labels)} classes, mean recall on unseen genres "
        f"{figures['unseen_genres']['macro_recall']:.3f}, "
        f"built in {time.monotonic() - started:.0f} s"
    )
    return 0
