"""Pages about what waits for a person."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli import formats
from cli.dead_letters import DeadLetters
from cli.held import HoldQueue
from cli.pages import blocks


def draw_held(answer: HoldQueue, *, now: datetime) -> Iterator[RenderableType]:
    """Held documents, oldest first."""
    since = formats.instant(answer.since)
    if not answer.documents:
        yield blocks.text(f"No document was put on hold since {since}.", "green")
        return
    listed = Table.grid(padding=(0, 2))
    listed.add_column(no_wrap=True)
    listed.add_column(overflow="fold")
    for document in answer.documents:
        kind = f"{document.id}, {document.document_class or 'unclassified'}"
        listed.add_row(
            formats.duration(now - document.held_since),
            Group(
                blocks.text(document.key, "bold"),
                Text(kind, style="dim"),
                blocks.reasons(document.reasons),
            ),
        )
    yield listed
    yield blocks.heading(f"{formats.count(len(answer.documents), 'document')} held since {since}.")


def draw_dead_letters(answer: DeadLetters, *, now: datetime) -> Iterator[RenderableType]:
    """Each message with its reason; none was taken from its queue."""
    if not answer.letters:
        yield Text("No dead letters.", style="green")
        return
    for letter in answer.letters:
        age = formats.duration(now - letter.sent_at)
        yield blocks.heading(f"{letter.queue}  {letter.message_id}")
        yield blocks.facts(
            [
                ("Sent", f"{formats.instant(letter.sent_at)}, {age} ago"),
                ("About", letter.about),
                ("Reason", blocks.text(letter.reason, "red")),
                ("Body", letter.body if letter.about is None else None),
            ]
        )
    count = formats.count(len(answer.letters), "dead letter")
    hidden = f", hidden for {answer.hidden_seconds} seconds" if answer.hidden_seconds else ""
    yield blocks.heading(f"{count}; all are still in their queues{hidden}.")
