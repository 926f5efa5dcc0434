"""`intray models`: packages, from training to production."""

import sys
from pathlib import Path

import click

from cli.commands.models_registry import list_, register, show
from cli.commands.models_release import approve, promote, reject, rollback
from cli.commands.models_train import train
from cli.failures import NotGoodError, told_in_one_line
from cli.model_factory import load_factory
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
    """Check, evaluate and train model packages on this machine; register and release them."""


@models.command()
@click.argument("package", type=_PACKAGE)
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def check(package: Path, as_json: bool) -> None:
    """Say what is missing or wrong in the PACKAGE directory, a line a fault."""
    faults = tuple(load_factory("models.checking.package").find_faults(package))
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
    command = load_factory("models.commands.evaluate")
    try:
        with told_in_one_line("aws" if aws else "local"):
            evaluation, figures, written = command.measure_collection(
                package, documents, out=out, texts=command.TEXTS, aws=aws
            )
    except command.FAULTS as error:
        raise NotGoodError(str(error)) from error
    lines = [blocks.text(line) for line in command.tell(evaluation, figures)]
    Screen(json=as_json).answer(figures, *lines, blocks.text(""), blocks.text(written))


models.add_command(train)
for _command in (register, list_, show, approve, reject, promote, rollback):
    models.add_command(_command)
