"""`intray queue`: what waits for a person."""

from datetime import UTC, datetime

import click

from cli.connection import Connection
from cli.dead_letters import find_queues, peek
from cli.held import parse_since, read_hold_queue
from cli.options import asks_stack
from cli.pages import queues
from cli.screen import Screen


@click.group()
def queue() -> None:
    """Show what waits for a person: held documents and dead letters."""


@queue.command()
@click.option(
    "--since", default="30d", show_default=True, help="A span (90m, 24h, 7d, 2w) or a UTC date."
)
@asks_stack
def hold(connection: Connection, screen: Screen, since: str) -> None:
    """List the held documents with their reasons, oldest first."""
    now = datetime.now(UTC)
    try:
        start = parse_since(since, now=now)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--since") from error
    answer = read_hold_queue(connection.documents, since=start)
    screen.answer(answer, *queues.draw_held(answer, now=now))


@queue.command("dead-letters")
@click.option(
    "--limit",
    default=100,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="Messages a queue.",
)
@asks_stack
def dead_letters(connection: Connection, screen: Screen, limit: int) -> None:
    """Show the messages that nobody could handle, with the reason; they stay in their queues."""
    answer = peek(connection.sqs, find_queues(connection.sqs, connection.stack), limit=limit)
    screen.answer(answer, *queues.draw_dead_letters(answer, now=datetime.now(UTC)))
