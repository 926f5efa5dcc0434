"""`intray submit`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cli.connection import Connection
from cli.options import asks_stack, takes_patience
from cli.outcomes import join
from cli.pages.submission import draw_submission
from cli.screen import Screen
from cli.submission import Upload, plan_uploads
from cli.uploads import Uploaded, Uploader
from cli.waiting import Patience, wait_for_decisions


@click.command()
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--prefix", default="", help="What the keys begin with, such as a folder: suppliers/")
@click.option("--sanitise", is_flag=True, help="Replace by - what is unusual in a key.")
@takes_patience("every document is decided")
@asks_stack
def submit(
    connection: Connection,
    screen: Screen,
    *,
    files: Sequence[Path],
    prefix: str,
    sanitise: bool,
    patience: Patience | None,
) -> None:
    """Upload files, each as a document of its own; its key is its name."""
    stack = connection.stack
    try:
        plan = plan_uploads(files, prefix=prefix, sanitise=sanitise, max_bytes=stack.max_bytes)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if prefix.startswith("batches/"):
        screen.warn("keys under batches/NAME/ wait for NAME's manifest; see `intray batch`")
    uploaded = upload(connection, screen, plan)
    ids = [each.document_id for each in uploaded if each.document_id]
    decided = {}
    if patience and ids:
        with screen.progress("Deciding", len(ids)) as advance:
            decided = wait_for_decisions(
                ids,
                documents_table=connection.documents,
                patience=patience,
                report=lambda done: advance(done=done),
            )
    answer = join(stack.incoming_bucket, uploaded, decided, waited=bool(patience))
    screen.answer(answer, *draw_submission(answer, waited=bool(patience)))
    if any(each.error for each in uploaded):
        sys.exit(3)
    sys.exit(1 if answer.undecided else 0)


def upload(connection: Connection, screen: Screen, plan: Sequence[Upload]) -> list[Uploaded]:
    """Uploads what was planned, with its warnings told and its progress shown."""
    for each in plan:
        for warning in each.warnings:
            screen.warn(f"{each.file}: {warning}")
    total = sum(each.size_bytes for each in plan)
    with screen.progress("Uploading", total, sizes=True) as advance:
        uploader = Uploader(
            connection.s3,
            connection.stack.incoming_bucket,
            workspace=connection.stack.workspace,
            report=lambda done: advance(done=done),
        )
        return uploader.upload_all(plan)
