"""A document's trail as a table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cli import formats
from cli.pages import blocks
from cli.whereabouts import Step

_DIGEST = "sha256:"
_FIRST = ("route", "reasons")
"""What a reader looks for in an outcome."""


def draw_trail(steps: Sequence[Step], faults: Sequence[str]) -> Iterator[RenderableType]:
    """The steps with their times (UTC), then who the executions are and whether the trail holds."""
    actors = _name_actors(steps)
    if steps:
        yield blocks.heading(f"Trail, {formats.instant(steps[0].at)[:10]} UTC")
        yield _draw_table(steps, actors)
    else:
        yield blocks.heading("Trail: no records")
    for arn, name in actors.items():
        if name != arn:
            yield blocks.text(f"{name}: {arn}", "dim")
    if faults:
        yield Text("The trail does not hold:", style="red bold")
        for fault in faults:
            yield blocks.text(f"  {fault}", "red")
    elif steps:
        yield Text(f"The chain of {formats.count(len(steps), 'record')} holds.", style="dim")


def _name_actors(steps: Sequence[Step]) -> dict[str, str]:
    """Short names: an execution's ARN would fill the line."""
    actors = list(dict.fromkeys(step.actor for step in steps))
    executions = [actor for actor in actors if actor.startswith("arn:")]
    if len(executions) == 1:
        names = {executions[0]: "execution"}
    else:
        names = {arn: f"execution {number}" for number, arn in enumerate(executions, start=1)}
    return {actor: names.get(actor, actor) for actor in actors}


def _draw_table(steps: Sequence[Step], actors: Mapping[str, str]) -> RenderableType:
    table = blocks.table(
        "#", "Time", "State", "Took", "Try", "By", "Outcome",
        right=("#", "Took", "Try"), whole=("Time", "State", "By"),
    )  # fmt: skip
    day = formats.instant(steps[0].at)[:10]
    for step in steps:
        if (today := formats.instant(step.at)[:10]) != day:
            day = today
            table.add_row("", Text(today, style="dim"))
        table.add_row(
            str(step.sequence),
            formats.clock(step.at),
            blocks.text(step.state, "bold"),
            formats.duration(timedelta(seconds=step.seconds)) if step.seconds is not None else "",
            str(step.attempt + 1),
            blocks.text(actors[step.actor]),
            blocks.text(_tell(step.outcome)),
        )
    return table


def _tell(outcome: Mapping[str, Any]) -> str:
    names = [*_FIRST, *(name for name in outcome if name not in _FIRST)]
    return ", ".join(
        f"{name} {_value(outcome[name])}"
        for name in names
        if outcome.get(name) not in (None, [], "")
    )


def _value(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    shown = str(value)
    return formats.digest(shown) if shown.startswith(_DIGEST) else shown
