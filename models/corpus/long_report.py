"""A report as long as one likes, to see what length does to a pipeline."""

import io
from random import Random

from reportlab.pdfgen.canvas import Canvas

from models.corpus.content import A4
from models.corpus.genre import read_genres

_LINES = 40


def write_long_report(pages: int) -> bytes:
    """A PDF of so many pages with forty lines of text each; 300 pages are made in half a second."""
    (genre,) = [genre for genre in read_genres("other") if genre.name == "report"]
    sentences = [text for text in genre.sentences if "{" not in text]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1)
    for page in range(1, pages + 1):
        random = Random(page)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 780, f"Annual report, page {page} of {pages}")
        for line in range(_LINES):
            canvas.drawString(72, 755 - 17 * line, random.choice(sentences))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
