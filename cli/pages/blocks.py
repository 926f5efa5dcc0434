"""What pages are made of."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli.formats import printable
from lambdas.shared.contracts import Reason

STYLES = {"pass": "green", "hold": "yellow", "reject": "red"}
_ROUTE_WIDTH = 6


def text(value: object, style: str = "") -> Text:
    """A text that neither markup nor control characters in it can change."""
    return Text(printable(str(value)), style=style)


def route(value: str | None) -> Text:
    """A route in its colour."""
    return Text(value or "-", style=STYLES.get(value or "", "dim"))


def heading(value: str) -> Text:
    """A line above a block."""
    return Text(f"\n{printable(value)}", style="bold")


def facts(rows: Iterable[tuple[str, RenderableType | str | None]]) -> Padding:
    """Names and values below each other; a value of None is left out."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=10)
    grid.add_column(overflow="fold")
    for name, value in rows:
        if value is not None:
            grid.add_row(name, text(value) if isinstance(value, str) else value)
    return Padding(grid, (0, 0, 0, 2), expand=False)


def table(*columns: str, right: Sequence[str] = (), whole: Sequence[str] = ()) -> Table:
    """An empty table; `right` columns hold numbers, `whole` ones are never folded."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim underline")
    for name in columns:
        made.add_column(
            name,
            justify="right" if name in right else "left",
            no_wrap=name in whole or name in right,
            overflow="fold",
        )
    return made


def reasons(given: Sequence[Reason]) -> RenderableType:
    """Reasons below each other, each with its code first."""
    if not given:
        return Text("")
    return Group(
        *(Text.assemble((reason.code, "bold"), " ", text(reason.message)) for reason in given)
    )
