"""`intray where`."""

import sys
from datetime import UTC, datetime

import click

from cli.connection import Connection
from cli.options import asks_stack
from cli.pages import document
from cli.screen import Screen
from cli.whereabouts import locate


@click.command()
@click.argument("name", metavar="KEY-OR-ID")
@click.option("--evidence", is_flag=True, help="Show the evidence of rules that held, too.")
@asks_stack
def where(connection: Connection, screen: Screen, name: str, evidence: bool) -> None:
    """Tell where a document is, what was decided, why, by what, and how it got there.

    KEY-OR-ID is an object's key, its s3:// address or a document's id. Of several versions of a
    key the newest is shown and the others are listed.
    """
    answer = locate(
        name,
        documents_table=connection.documents,
        audit_table=connection.audit,
        s3=connection.s3,
        bucket=connection.stack.incoming_bucket,
        now=datetime.now(UTC),
    )
    # The token lets its holder end the waiting state: it is nobody's to read.
    screen.answer(
        answer, *document.draw(answer, everything=evidence), exclude={"document": {"task_token"}}
    )
    sys.exit(0 if answer.document and not answer.trail_faults else 1)
