"""The page about a whole stack."""

from collections.abc import Iterator
from datetime import timedelta

from rich.console import RenderableType
from rich.text import Text

from cli import formats
from cli.overview import Overview
from cli.pages import blocks

_MOST_REASONS = 8


def draw(answer: Overview) -> Iterator[RenderableType]:
    """Decisions, what is under way, what is stuck."""
    stack = answer.stack
    where = f"{stack.workspace}, account {stack.account_id}, {stack.region}"
    yield blocks.text(f"{where}  {formats.instant(answer.at)}", "bold")
    yield blocks.facts(
        [
            ("Incoming", f"s3://{stack.incoming_bucket}"),
            ("Decisions", f"s3://{stack.decisions_bucket}"),
        ]
    )
    hours = (answer.at - answer.decided.since) / timedelta(hours=1)
    span = formats.count(round(hours), "hour")
    yield blocks.heading(f"Decided in the last {span}")
    yield blocks.facts(_list_decided(answer))
    yield blocks.heading("Under way")
    yield blocks.facts(_list_under_way(answer))
    yield from _draw_running(answer)
    yield blocks.heading("Queues")
    yield _draw_queues(answer)
    if answer.failed:
        yield blocks.heading(f"Executions that ended badly in the last {span}")
        failed = blocks.table("Stopped", "Status", "Execution")
        for one in answer.failed:
            failed.add_row(
                formats.instant(one.stopped_at) if one.stopped_at else "-",
                Text(one.status, style="red"),
                blocks.text(f"{one.state_machine} {one.name}"),
            )
        yield failed


def _list_decided(answer: Overview) -> Iterator[tuple[str, RenderableType | str | None]]:
    for name, number in answer.decided.routes.items():
        yield name, Text(f"{number:,}", style=blocks.STYLES[name] if number else "dim")
    reasons = list(answer.decided.reasons.items())
    if reasons:
        told = ", ".join(f"{code} {number}" for code, number in reasons[:_MOST_REASONS])
        yield "Reasons", told + (", …" if len(reasons) > _MOST_REASONS else "")


def _list_under_way(answer: Overview) -> Iterator[tuple[str, RenderableType | str | None]]:
    jobs = answer.jobs
    allowed = f" of {jobs.quota:,}" if jobs.quota is not None else ""
    rate = f", {jobs.starts_per_second:g} starts a second" if jobs.starts_per_second else ""
    oldest = f", oldest {formats.duration(answer.at - jobs.oldest)}" if jobs.oldest else ""
    yield "Jobs", f"{jobs.open:,}{allowed} open at Textract{oldest}{rate}"
    waiting = answer.awaiting_manifest
    if waiting.oldest:
        age = formats.duration(answer.at - waiting.oldest)
        count = formats.count(waiting.documents, "document")
        yield "Manifests", Text(f"{count} without a manifest, oldest {age}", style="yellow")
    yield "Batches", f"{len(answer.running):,} running"


def _draw_running(answer: Overview) -> Iterator[RenderableType]:
    if not answer.running:
        return
    running = blocks.table(
        "Batch", "Running", "Decided", "Processing", "Registered",
        right=("Running", "Decided", "Processing", "Registered"),
    )  # fmt: skip
    for batch in answer.running:
        states = batch.states
        running.add_row(
            blocks.text(batch.id),
            formats.duration(max(answer.at - batch.started_at, timedelta(0))),
            f"{states.get('decided', 0)}/{sum(states.values())}",
            str(states.get("processing", 0)),
            str(states.get("registered", 0)),
        )
    yield running


def _draw_queues(answer: Overview) -> RenderableType:
    queues = blocks.table(
        "Queue", "Waiting", "In hand", "Dead letters", right=("Waiting", "In hand", "Dead letters")
    )
    for queue in answer.queues:
        dead = queue.dead_letters
        queues.add_row(
            queue.name,
            str(queue.waiting),
            str(queue.in_hand),
            Text("-" if dead is None else str(dead), style="red bold" if dead else ""),
        )
    return queues
