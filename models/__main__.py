"""The model factory's command line: `python -m models build --out DIR`."""

import argparse
import time
from pathlib import Path

from models.lexical.building import build_package
from models.lexical.recipe import Recipe


def main() -> None:
    """Build the package and say what was made."""
    parser = argparse.ArgumentParser(prog="python -m models", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="train on generated documents and write a package")
    build.add_argument("--out", type=Path, required=True, help="directory of the package")
    defaults = Recipe()
    build.add_argument("--documents", type=int, default=defaults.documents, help="a class")
    build.add_argument("--seed", type=int, default=defaults.seed)
    arguments = parser.parse_args()
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


if __name__ == "__main__":
    main()
