"""An extraction: what Textract read in one document, in the shape that later steps work on."""

from collections.abc import Iterator

from lambdas.shared.model import Frozen


class Box(Frozen):
    """A place on a page: page number from 1; edges as fractions of the page's width and height."""

    page: int
    left: float
    top: float
    width: float
    height: float


class Line(Frozen):
    """A line of text; confidence from 0 to 100, as Textract gives it."""

    text: str
    confidence: float
    box: Box


class KeyValue(Frozen):
    """A label and what stands beside it; `value` is empty where the form was left blank."""

    key: str
    value: str
    confidence: float
    box: Box
    """Where the value stands, or the key when there is no value."""


class Cell(Frozen):
    """One cell of a table; row and column from 1."""

    row: int
    column: int
    text: str
    confidence: float
    box: Box
    header: bool = False


class Table(Frozen):
    """One table of one page."""

    box: Box
    cells: tuple[Cell, ...]

    def rows(self) -> list[list[Cell | None]]:
        """The cells as a grid; None where Textract found no cell."""
        height = max((cell.row for cell in self.cells), default=0)
        width = max((cell.column for cell in self.cells), default=0)
        grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            grid[cell.row - 1][cell.column - 1] = cell
        return grid


class Page(Frozen):
    """What was read on one page; number from 1."""

    number: int
    lines: tuple[Line, ...] = ()
    key_values: tuple[KeyValue, ...] = ()
    tables: tuple[Table, ...] = ()
    signatures: tuple[Box, ...] = ()

    @property
    def text(self) -> str:
        """The page's lines in reading order."""
        return "\n".join(line.text for line in self.lines)


class Extraction(Frozen):
    """Everything read in one document; `unread_pages` names the pages that Textract gave up on."""

    document_id: str
    job_id: str
    pages: tuple[Page, ...]
    unread_pages: tuple[int, ...] = ()

    def text(self) -> str:
        """The whole document's lines in reading order."""
        return "\n".join(page.text for page in self.pages)

    def key_values(self) -> Iterator[KeyValue]:
        """Every key-value pair, page by page."""
        for page in self.pages:
            yield from page.key_values

    def tables(self) -> Iterator[Table]:
        """Every table, page by page."""
        for page in self.pages:
            yield from page.tables
