"""Writes sets of generated documents: `python -m models.corpus --out DIR --set demo`."""

import argparse
from pathlib import Path

from models.corpus.demo import write_demo
from models.corpus.training import write_training

SEED = 20240101


def main() -> None:
    """Write one set and say what it holds."""
    parser = argparse.ArgumentParser(prog="python -m models.corpus", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--set", choices=("demo", "train"), default="demo", dest="name")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=300, help="texts a class (train)")
    arguments = parser.parse_args()
    if arguments.name == "train":
        print(write_training(arguments.out, count=arguments.count, seed=arguments.seed))
        return
    expectations = write_demo(arguments.out, seed=arguments.seed)
    routes = [expectation.route or "none" for expectation in expectations]
    counts = ", ".join(f"{routes.count(route)} {route}" for route in sorted(set(routes)))
    print(f"{len(expectations)} documents in {arguments.out}: {counts}")


if __name__ == "__main__":
    main()
