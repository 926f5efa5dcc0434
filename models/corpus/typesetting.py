"""Documents as PDFs with a text layer; the same content gives the same bytes."""

import io

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from models.corpus.content import Document
from models.corpus.setting import Setter


def render_pdf(document: Document) -> bytes:
    """The document as a PDF file."""
    style = document.style
    buffer = io.BytesIO()
    width, height = style.page
    template = BaseDocTemplate(
        buffer, pagesize=style.page, title=document.title, author="", invariant=1
    )
    frame = Frame(
        style.margin,
        style.margin,
        width - 2 * style.margin,
        height - 2 * style.margin,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def draw_footer(canvas: Canvas, _template: object) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.setFillColor(HexColor("#444444"))
        if style.footer:
            canvas.drawString(style.margin, style.margin * 0.55, style.footer)
        if style.numbered:
            text = f"Page {canvas.getPageNumber()}"
            canvas.drawRightString(width - style.margin, style.margin * 0.55, text)

    template.addPageTemplates(PageTemplate(frames=[frame], onPage=draw_footer))
    available = width - 2 * style.margin
    setter = Setter(style)
    flowables: list[Flowable] = []
    for block in document.blocks:
        flowables.extend(setter.set_block(block, available))
    template.build(flowables)
    return buffer.getvalue()
