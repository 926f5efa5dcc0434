"""Where answers go: one JSON document on stdout, or something to read; progress to stderr."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import click
from pydantic import BaseModel
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from cli.formats import printable

_WIDTH = 100
"""Of what is not a terminal: a file, a pipe, a log."""


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, emoji=False, markup=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = _WIDTH
    return console


@dataclass(frozen=True)
class Screen:
    """The output of one command."""

    json: bool = False
    out: Console = field(default_factory=lambda: _console(stderr=False))
    err: Console = field(default_factory=lambda: _console(stderr=True))

    def answer(self, model: BaseModel, *page: RenderableType, **dump: Any) -> None:  # noqa: ANN401 - passed on to pydantic
        """Writes the model as JSON if that was asked for, else the page."""
        if self.json:
            click.echo(model.model_dump_json(indent=2, **dump))
            return
        with self.out.capture() as capture:
            for part in page:
                # A sentence stays one line, for those who search it; a terminal folds it itself.
                self.out.print(part, soft_wrap=isinstance(part, Text))
        lines = capture.get().splitlines()
        click.echo("\n".join(line.rstrip() for line in lines), color=self.out.is_terminal)

    def warn(self, text: str) -> None:
        """Tells on stderr what does not stop the command."""
        self.err.print(f"Warning: {printable(text)}", style="yellow", soft_wrap=True)

    @contextmanager
    def progress(self, what: str, total: int, *, sizes: bool = False) -> Iterator["Advance"]:
        """A bar on a terminal's stderr while something takes long; elsewhere nothing."""
        amount = DownloadColumn() if sizes else MofNCompleteColumn()
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            amount,
            TimeElapsedColumn(),
            console=self.err,
            transient=True,
            disable=not self.err.is_terminal or self.json,
        ) as bar:
            task = bar.add_task(what, total=total)
            yield _advance(bar, task)


Advance = Callable[..., None]
"""Called with `done` (how much is done in all), or `by` (how much more), and perhaps `what`."""


def _advance(bar: Progress, task: TaskID) -> Advance:
    def advance(*, done: int | None = None, by: int | None = None, what: str | None = None) -> None:
        bar.update(task, completed=done, advance=by, description=what)

    return advance
