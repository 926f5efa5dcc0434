"""A document's pages as files of their own: what Textract reads synchronously is one page."""

import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image, UnidentifiedImageError


class UnreadableDocumentError(Exception):
    """No text can be had of the document."""


def split_pages(content: bytes) -> Iterator[bytes]:
    """Each page of a PDF, each frame of a TIFF; another image as it is.

    Raises UnreadableDocumentError.
    """
    if content[:1024].find(b"%PDF-") >= 0:
        yield from _split_pdf(content)
    elif content[:4] in (b"II*\0", b"MM\0*"):
        yield from _split_tiff(content)
    else:
        yield content


def _split_pdf(content: bytes) -> Iterator[bytes]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocumentError(str(error)) from error
    with document:
        if len(document) == 1:
            yield content
            return
        for index in range(len(document)):
            with pypdfium2.PdfDocument.new() as single:
                single.import_pages(document, [index])
                page = io.BytesIO()
                single.save(page)
            yield page.getvalue()


def _split_tiff(content: bytes) -> Iterator[bytes]:
    try:
        with Image.open(io.BytesIO(content)) as image:
            for index in range(getattr(image, "n_frames", 1)):
                image.seek(index)
                page = io.BytesIO()
                image.convert("RGB").save(page, "PNG")
                yield page.getvalue()
    except (UnidentifiedImageError, OSError) as error:
        raise UnreadableDocumentError(str(error)) from error
