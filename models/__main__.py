"""The model factory's command line: `python -m models build --out DIR`, and more."""

import argparse
import sys
from importlib import import_module

COMMANDS = {
    "build": "train on generated documents and write a package",
    "gain": "measure what own documents bring to a model of generated ones",
    "check": "say what is missing or wrong in a package",
    "corpus": "write the texts to train on",
    "train": "fit a model to these texts",
    "export": "write a package from what was trained",
    "evaluate": "measure a package on labelled documents",
    "gate": "refuse a package that is not good enough, naming why",
    "package": "make a package that passed the gate the release",
    "track": "record a run of the pipeline with MLflow",
}
"""A command is a module of models.commands; only the one that is called is imported."""


def main() -> None:
    """Run one command and end with its status."""
    parser = argparse.ArgumentParser(prog="python -m models", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    for name, text in COMMANDS.items():
        declared = commands.add_parser(name, help=text, description=text)
        if name == asked:
            import_module(f"models.commands.{name}").declare(declared)
    arguments = parser.parse_args()
    sys.exit(import_module(f"models.commands.{arguments.command}").run(arguments))


if __name__ == "__main__":
    main()
