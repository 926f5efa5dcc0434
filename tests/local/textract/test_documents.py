"""What can be read at all, and by which error the rest is refused."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from local.textract.api.errors import (
    BadDocumentError,
    DocumentTooLargeError,
    TextractError,
    UnsupportedDocumentError,
)
from local.textract.pages.documents import MOST_PAGES, open_document
from tests.local.textract.paper import paint, save, write_lines, write_pdf


def _zip() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return buffer.getvalue()


def _zero_pages() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


_PDF = write_pdf(write_lines("A page of text"))
_PNG = save(paint("A picture"))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnsupportedDocumentError),
        (b"plain text", UnsupportedDocumentError),
        (_zip(), UnsupportedDocumentError),
        (b"GIF89a" + bytes(100), UnsupportedDocumentError),
        (_PDF[:200], BadDocumentError),
        (b"%PDF-1.7 and then nothing that belongs there", BadDocumentError),
        (write_pdf(write_lines("Secret"), password="secret"), BadDocumentError),
        (_zero_pages(), BadDocumentError),
        (_PNG[: len(_PNG) // 2], BadDocumentError),
        (b"\xff\xd8\xff\xe0" + bytes(300), BadDocumentError),
        (save(Image.new("1", (10_001, 4))), BadDocumentError),
    ],
    ids=[
        "empty", "text", "docx", "gif", "cut PDF", "junk PDF", "encrypted PDF", "no pages",
        "cut PNG", "junk JPEG", "too many pixels",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(data: bytes, error: type[TextractError]) -> None:
    with pytest.raises(error), open_document(data, most_bytes=1 << 30):
        pass


def test_a_document_above_the_limit_of_bytes_is_too_large() -> None:
    with pytest.raises(DocumentTooLargeError), open_document(_PDF, most_bytes=len(_PDF) - 1):
        pass


def test_a_document_above_the_limit_of_pages_is_too_large() -> None:
    data = write_pdf(*[lambda _: None] * (MOST_PAGES + 1))
    with pytest.raises(DocumentTooLargeError), open_document(data, most_bytes=1 << 30):
        pass


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_images_are_documents_of_one_page(kind: str) -> None:
    with open_document(save(paint("Hello"), kind), most_bytes=1 << 30) as document:
        assert document.page_count == 1


def test_a_tiff_has_as_many_pages_as_frames() -> None:
    data = save(paint("one"), "TIFF", save_all=True, append_images=[paint("two"), paint("three")])
    with open_document(data, most_bytes=1 << 30) as document:
        assert document.page_count == 3


def test_a_pdf_may_begin_with_other_bytes() -> None:
    with open_document(b"\r\n\r\n" + _PDF, most_bytes=1 << 30) as document:
        assert document.page_count == 1
