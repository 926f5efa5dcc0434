"""`intray models train`: a package for documents of your own."""

from pathlib import Path
from typing import Any

import click

from cli.failures import NotGoodError, told_in_one_line
from cli.model_factory import load_factory
from cli.pages import blocks
from cli.screen import Screen
from lambdas.shared.model import Frozen


class TrainedPackage(Frozen):
    """A package that was written, and what the own documents brought."""

    package: str
    digest: str
    labels: tuple[str, ...]
    trained_on: dict[str, dict[str, int]]
    gain: dict[str, Any]


@click.command()
@click.option(
    "--documents",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with manifest.csv (file,label), or with a folder for each class.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Directory of the package.",
)
@click.option("--aws", is_flag=True, help="Let Textract in AWS read, at its price.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def train(documents: Path, out: Path, aws: bool, as_json: bool) -> None:
    """Train a package on generated documents and on your own labelled ones.

    At least three documents a class; ten are better. Their text is read as `evaluate` does. Of the
    documents the package holds words that three of them share, and nothing else.
    """
    command = load_factory("models.commands.build")
    recipe = load_factory("models.lexical.recipe").Recipe()
    try:
        with told_in_one_line("aws" if aws else "local"):
            package, gain = command.train_package(
                out, documents, recipe, texts=command.TEXTS, aws=aws
            )
    except command.FAULTS as error:
        raise NotGoodError(str(error)) from error
    answer = TrainedPackage(
        package=str(out),
        digest=package.digest,
        labels=package.description.labels,
        trained_on=package.description.trained_on,
        gain=gain.model_dump(mode="json"),
    )
    told = (command.UNSEEN, *command.tell_gain(gain), "", *command.tell_package(package))
    Screen(json=as_json).answer(answer, *map(blocks.text, told))
