"""What stands on a document's pages, as data that both the typesetter and the reader understand."""

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right"]
Size = Literal["small", "body", "large", "title"]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or a single line; `mono` keeps columns made of spaces."""

    text: str
    size: Size = "body"
    bold: bool = False
    align: Align = "left"
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with their values.

    `colon` is one line each, `columns` puts the values under one another, `stacked` puts the label
    above its value, `spread` puts two pairs on a line.
    """

    rows: tuple[tuple[str, str], ...]
    look: Literal["colon", "columns", "stacked", "spread"] = "columns"


@dataclass(frozen=True, slots=True)
class Boxes:
    """A ruled form: rows of boxes with a small label above the value; `shares` sum to 1 a row."""

    rows: tuple[tuple[tuple[str, str], ...], ...]
    shares: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `align` has one letter a column (l, r, c), `shares` of the width sum to 1."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    shares: tuple[float, ...]
    ruled: Literal["grid", "lines", "none"] = "grid"


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums at the right edge under a table; the last row is the strongest."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Checkboxes:
    """Statements with a box in front, ticked or not."""

    rows: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Scribble:
    """A line to sign on, with ink on it where somebody signed."""

    label: str
    signed_by: str | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A horizontal line across the page."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Vertical space, in lines."""

    lines: float = 1.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A passport photograph's place."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks beside one another; `shares` of the width sum to 1."""

    columns: tuple[tuple["Block", ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that no page break may part."""

    blocks: tuple["Block", ...]


Block = (
    Text
    | Pairs
    | Boxes
    | Table
    | Totals
    | Checkboxes
    | Scribble
    | Ruling
    | Gap
    | PageBreak
    | Portrait
    | Columns
    | Together
)

A4 = (595.0, 842.0)
LETTER = (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How a document looks; sizes in points, `accent` as an RGB hex string."""

    font: Literal["Helvetica", "Times", "Courier"] = "Helvetica"
    size: float = 10.0
    leading: float = 1.3
    """Distance of lines, as a multiple of the size."""

    page: tuple[float, float] = A4
    margin: float = 54.0
    accent: str = "#1f2a44"
    footer: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document's content and looks; `title` goes to the PDF's metadata."""

    title: str
    blocks: tuple[Block, ...]
    style: Style = field(default_factory=Style)
