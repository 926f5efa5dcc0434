"""What the demo shows: progress while it works, then tables."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from local.demo.comparison import Comparison

_COLOURS = {"pass": "green", "hold": "yellow", "reject": "red"}
_WIDTH_WITHOUT_TERMINAL = 140


class Step:
    """One step's progress, drawn on a terminal and silent elsewhere."""

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._task = progress.add_task(name, total=None)

    def report(self, done: int, total: int | None = None) -> None:
        """Shows how far it is."""
        self._progress.update(self._task, completed=done, total=total)


class Screen:
    """Prints the demo's steps and findings, and remembers what each step took, in seconds."""

    def __init__(self) -> None:
        plain = Console()
        self.console = (
            plain if plain.is_terminal else Console(width=_WIDTH_WITHOUT_TERMINAL, no_color=True)
        )
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Shows a step while it runs, and one line with its time when it is done."""
        started = time.monotonic()
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        ) as progress:
            yield Step(progress, name)
        self.seconds[name] = time.monotonic() - started
        self.console.print(f"[bold]✓[/] {name}  [dim]{self.seconds[name]:.1f} s[/]")

    def title(self, text: str) -> None:
        """Begins a section."""
        self.console.print()
        self.console.rule(f"[bold]{text}", align="left", style="dim")

    def show_comparisons(self, comparisons: Sequence[Comparison]) -> None:
        """One line a document: its route, its reasons, and whether that was planted."""
        table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
        table.add_column("")
        table.add_column("document", ratio=4, overflow="fold")
        table.add_column("route")
        table.add_column("class")
        table.add_column("s", justify="right")
        table.add_column("reasons", ratio=6, overflow="fold")
        for comparison in comparisons:
            record, expectation = comparison.record, comparison.submitted.expectation
            route = record.route if record and record.route else "none"
            label = record.classification.label if record and record.classification else "-"
            table.add_row(
                "[red]✗[/]" if comparison.difference else "[green]✓[/]",
                _plain(expectation.key or ""),
                f"[{_COLOURS.get(route, 'red')}]{route}[/]",
                label,
                _duration(comparison),
                _plain(_reasons(comparison)),
            )
        self.console.print(table)

    def show_differences(self, lines: Sequence[str]) -> None:
        """What is not as it should be."""
        for line in lines:
            self.console.print(f"[red]✗[/] {_plain(line)}", soft_wrap=True)


def _reasons(comparison: Comparison) -> str:
    if comparison.difference:
        return f"DIFFERS: {comparison.difference}"
    record = comparison.record
    return (
        "; ".join(f"{reason.code}: {reason.message}" for reason in record.reasons) if record else ""
    )


def _duration(comparison: Comparison) -> str:
    record = comparison.record
    if record is None or record.decided_at is None:
        return "-"
    return f"{(record.decided_at - record.received_at).total_seconds():.0f}"


def _plain(text: str) -> str:
    """Text that is not to be read as markup."""
    return text.replace("[", r"\[")
