"""`intray audit`: the trails, shown and verified."""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import click

from cli.connection import Connection
from cli.failures import NotGoodError
from cli.lookup import find_ids
from cli.options import asks_stack
from cli.pages import verification as page
from cli.pages.trail import draw_trail
from cli.screen import Screen
from cli.trails import read_trail
from cli.verification import Verdict, list_all_ids, summarise
from cli.verification import verify as verify_document
from cli.whereabouts import ShownTrail, tell_steps
from lambdas.shared import documents

_AT_ONCE = 8


@click.group()
def audit() -> None:
    """Show the audit trail of a document, or verify that trails hold."""


@audit.command()
@click.argument("name", metavar="DOCUMENT")
@asks_stack
def show(connection: Connection, screen: Screen, name: str) -> None:
    """Show a document's trail; of several versions of a key, the newest one's."""
    document_id, *_ = _find_ids(connection, name)
    trail = read_trail(connection.audit, document_id)
    answer = ShownTrail(
        document_id=document_id, trail=tell_steps(trail.records), faults=trail.faults
    )
    screen.answer(answer, *draw_trail(answer.trail, answer.faults))
    sys.exit(0 if trail.records and not trail.faults else 1)


@audit.command()
@click.argument("names", metavar="[DOCUMENT]...", nargs=-1)
@click.option("--batch", metavar="BATCH", help="Every document of this batch.")
@click.option("--all", "everything", is_flag=True, help="Every document that any table knows.")
@asks_stack
def verify(
    connection: Connection,
    screen: Screen,
    *,
    names: Sequence[str],
    batch: str | None,
    everything: bool,
) -> None:
    """Verify trails: each chain holds, and says what the documents table says.

    DOCUMENT is a key (every version of it is verified) or a document's id.
    """
    if sum(map(bool, (names, batch, everything))) != 1:
        raise click.UsageError("Give documents, or --batch, or --all.")
    if everything:
        ids = list_all_ids(connection.documents, connection.audit)
    elif batch:
        ids = [record.id for record in documents.read_batch(connection.documents, batch)]
        if not ids:
            raise NotGoodError(f"No document belongs to a batch {batch!r}.")
    else:
        ids = [id_ for name in names for id_ in _find_ids(connection, name)]
    answer = summarise(_verify_all(connection, screen, list(dict.fromkeys(ids))))
    screen.answer(answer, *page.draw(answer))
    sys.exit(0 if answer.holds else 1)


def _verify_all(connection: Connection, screen: Screen, ids: Sequence[str]) -> list[Verdict]:
    tables = {"audit_table": connection.audit, "documents_table": connection.documents}

    def verify_one(document_id: str) -> Verdict:
        return verify_document(document_id, **tables, now=datetime.now(UTC))

    verdicts = []
    with (
        screen.progress("Verifying", len(ids)) as advance,
        ThreadPoolExecutor(_AT_ONCE) as workers,
    ):
        for verdict in workers.map(verify_one, ids):
            verdicts.append(verdict)
            advance(by=1)
    return verdicts


def _find_ids(connection: Connection, name: str) -> list[str]:
    ids = find_ids(
        name,
        documents_table=connection.documents,
        s3=connection.s3,
        bucket=connection.stack.incoming_bucket,
    )
    if not ids:
        raise NotGoodError(f"There is no document {name!r}; see `intray where`.")
    return ids
