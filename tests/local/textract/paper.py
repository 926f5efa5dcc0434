"""Documents made for one test each: PDFs with text, pictures of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], object]
WIDTH, HEIGHT = A4


def write_pdf(*pages: Draw, rotation: int = 0, password: str | None = None) -> bytes:
    """A PDF of A4 pages, each drawn by one function."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, encrypt=password)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        if rotation:
            # reportlab swaps the sides of a page that lies on its side; this swaps them back.
            canvas.setPageSize((HEIGHT, WIDTH) if rotation % 180 else (WIDTH, HEIGHT))
            canvas.setPageRotation(rotation)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write_at(*texts: tuple[float, float, str], size: float = 11, font: str = "Helvetica") -> Draw:
    """Draws texts, each at points from the left and from the top of the page."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for left, top, text in texts:
            canvas.drawString(left, HEIGHT - top, text)

    return draw


def write_lines(*lines: str, left: float = 60, top: float = 80, pitch: float = 18) -> Draw:
    """Draws lines of text, one below the other."""
    return write_at(*((left, top + index * pitch, line) for index, line in enumerate(lines)))


def write_rows(
    rows: Sequence[Sequence[str]],
    *,
    lefts: Sequence[float],
    top: float = 120,
    pitch: float = 18,
    bold: bool = True,
) -> Draw:
    """Draws a table without rulings; the first row is its header."""

    def draw(canvas: Canvas) -> None:
        for index, row in enumerate(rows):
            canvas.setFont("Helvetica-Bold" if bold and index == 0 else "Helvetica", 11)
            for left, text in zip(lefts, row, strict=True):
                canvas.drawString(left, HEIGHT - top - index * pitch, text)

    return draw


def draw_all(*draws: Draw) -> Draw:
    """Several drawings on one page."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def rule_grid(xs: Sequence[float], tops: Sequence[float]) -> Draw:
    """Draws the lines of a grid."""

    def draw(canvas: Canvas) -> None:
        for x in xs:
            canvas.line(x, HEIGHT - tops[0], x, HEIGHT - tops[-1])
        for top in tops:
            canvas.line(xs[0], HEIGHT - top, xs[-1], HEIGHT - top)

    return draw


def paint(*lines: str, size: tuple[int, int] = (1240, 900), height: int = 30) -> Image.Image:
    """A white picture with black lines of text."""
    picture = Image.new("RGB", size, "white")
    drawing = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=height)
    for index, line in enumerate(lines):
        drawing.text((90, 80 + index * 2 * height), line, fill="black", font=font)
    return picture


def save(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The bytes of a picture."""
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def picture_pdf(picture: Image.Image) -> bytes:
    """A PDF that shows a picture and has no text."""
    buffer = BytesIO()
    picture.save(buffer, "PDF", resolution=150)
    return buffer.getvalue()
