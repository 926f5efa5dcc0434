"""Files that people drop: good ones, and each kind of bad one, made when a test needs them."""

import io
import zipfile
from collections.abc import Sequence

from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

TOP, LINE_HEIGHT = 780, 18


def draw_pdf(*pages: Sequence[str], password: str | None = None) -> bytes:
    """A PDF with a text layer; each page is its lines."""
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, invariant=True, encrypt=encryption)
    for lines in pages or [["One page"]]:
        for number, line in enumerate(lines):
            canvas.drawString(72, TOP - number * LINE_HEIGHT, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def assemble_pdf(catalog: str, *objects: str) -> bytes:
    """A PDF of these objects, the catalog first, with a correct cross-reference table."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate((catalog, *objects), start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    size = len(offsets) + 1
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def draw_pdf_without_pages() -> bytes:
    return assemble_pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>")


def draw_xfa_form(*, dynamic: bool) -> bytes:
    """A dynamic form has no pages of its own until a reader renders it."""
    rendering = " /NeedsRendering true" if dynamic else ""
    form = "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>"
    return assemble_pdf(
        f"<< /Type /Catalog /Pages 2 0 R{rendering} /AcroForm << /Fields [] /XFA 4 0 R >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        f"<< /Length {len(form)} >>\nstream\n{form}\nendstream",
    )


def draw_picture(kind: str, *, pages: int = 1, text: str = "A scan") -> bytes:
    """A picture in one of Pillow's formats, blank without a text; only TIFF and GIF have pages."""
    frames = []
    for number in range(pages):
        frame = Image.new("RGB", (300, 200), "white")
        if text:
            ImageDraw.Draw(frame).text((20, 20), f"{text} {number}", fill="black")
        frames.append(frame)
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": frames[1:]} if pages > 1 else {}
    frames[0].save(buffer, format=kind, **more)
    return buffer.getvalue()


def write_docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()
