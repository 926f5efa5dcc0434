"""`intray models`: what the model factory says about a package."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from cli.failures import NotGoodError, OutOfReachError, told_in_one_line
from cli.pages import blocks
from cli.screen import Screen
from lambdas.shared.model import Frozen

_PACKAGE = click.Path(exists=True, file_okay=False, path_type=Path)


class Checked(Frozen):
    """What is wrong with a package."""

    package: str
    faults: tuple[str, ...]


@click.group()
def models() -> None:
    """Check and evaluate model packages, on this machine: no stack is asked."""


@models.command()
@click.argument("package", type=_PACKAGE)
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def check(package: Path, as_json: bool) -> None:
    """Say what is missing or wrong in the PACKAGE directory, a line a fault."""
    faults = tuple(_load("models.checking.package").find_faults(package))
    page = [blocks.text(fault) for fault in faults] or [blocks.text(f"{package} is sound.")]
    Screen(json=as_json).answer(Checked(package=str(package), faults=faults), *page)
    sys.exit(1 if faults else 0)


@models.command()
@click.argument("package", type=_PACKAGE)
@click.option(
    "--documents",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with manifest.csv (file,label), or with a folder for each class.",
)
@click.option(
    "--out",
    default="build/evaluation",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the report.",
)
@click.option("--aws", is_flag=True, help="Let Textract in AWS read, at its price.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def evaluate(package: Path, documents: Path, out: Path, aws: bool, as_json: bool) -> None:
    """Measure the PACKAGE directory on labelled documents.

    Their text is read by Textract: the one that AWS_ENDPOINT_URL_TEXTRACT names, or a local one.
    """
    command = _load("models.commands.evaluate")
    try:
        with told_in_one_line("aws" if aws else "local"):
            evaluation, figures, written = command.measure_collection(
                package, documents, out=out, texts=command.TEXTS, aws=aws
            )
    except command.FAULTS as error:
        raise NotGoodError(str(error)) from error
    lines = [blocks.text(line) for line in command.tell(evaluation, figures)]
    Screen(json=as_json).answer(figures, *lines, blocks.text(f"\n{written}"))


def _load(name: str) -> ModuleType:
    """A module of the model factory, whose libraries the other commands do without."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise OutOfReachError(
            f"The model factory needs {error.name}: install the dependency group `models`."
        ) from error
