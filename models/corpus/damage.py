"""Files that no reader can read, or that should not be read: the bad input of every intake."""

import io
import zipfile
from random import Random

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from models.corpus.content import A4


def write_pages(count: int) -> bytes:
    """A valid PDF of so many pages that share one content stream; about 90 bytes a page.

    Written by hand: a typesetter would not make a PDF without pages.
    """
    content = b"BT /F1 12 Tf 72 770 Td (One page of very many) Tj ET"
    kids = b" ".join(b"%d 0 R" % (5 + index) for index in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>"
    )
    objects += [page] * count
    return _write_objects(objects)


def _write_objects(objects: list[bytes]) -> bytes:
    body = io.BytesIO(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    body.seek(0, io.SEEK_END)
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(body.tell())
        body.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = body.tell()
    body.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    body.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    body.write(
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )
    return body.getvalue()


def write_corrupt(seed: int) -> bytes:
    """A PDF header followed by noise, as a transfer that broke leaves it."""
    return b"%PDF-1.7\n" + Random(seed).randbytes(4000)


def write_encrypted() -> bytes:
    """A PDF that opens with a password only."""
    buffer = io.BytesIO()
    lock = StandardEncryption("intray", ownerPassword="intray", strength=128)
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=lock)
    canvas.drawString(72, 770, "Nobody reads this without the password.")
    canvas.save()
    return buffer.getvalue()


def write_docx() -> bytes:
    """A small Word document: a ZIP file, whatever its name says."""
    parts = {
        "[Content_Types].xml": (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            '<?xml version="1.0" encoding="UTF-8"?><w:document '
            'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>Dear all</w:t></w:r></w:p></w:body></w:document>"
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()


def pad_pdf(pdf: bytes, size: int) -> bytes:
    """The PDF with so much comment behind its end that it has that size."""
    return pdf + b"%" + b"0" * (size - len(pdf) - 2) + b"\n"


def write_blank_scan() -> bytes:
    """A scan of an empty sheet."""
    buffer = io.BytesIO()
    Image.new("L", (1240, 1754), 252).save(buffer, "PNG", dpi=(150, 150))
    return buffer.getvalue()


def count_pages(pdf: bytes) -> int:
    """How many pages a readable PDF has."""
    with pdfium.PdfDocument(pdf) as document:
        return len(document)
