"""`intray status`."""

from datetime import UTC, datetime, timedelta

import click

from cli.connection import Connection
from cli.options import asks_stack
from cli.overview import look
from cli.pages import overview
from cli.screen import Screen

_SPAN = timedelta(hours=24)


@click.command()
@asks_stack
def status(connection: Connection, screen: Screen) -> None:
    """Show the stack at a glance: decisions of 24 hours, running batches, jobs, queues."""
    answer = look(connection, now=datetime.now(UTC), span=_SPAN)
    screen.answer(answer, *overview.draw(answer))
