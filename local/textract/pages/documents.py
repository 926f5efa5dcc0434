"""Documents by their bytes: what kind they are, whether they can be read, and their pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from local.textract.api.errors import DocumentTooLargeError, UnsupportedDocumentError
from local.textract.pages.images import count_frames
from local.textract.pages.page import Page
from local.textract.pages.pdf import Pdf, Picture
from local.textract.pages.pdf_pages import build_page, needs_ocr

MOST_BYTES_ASYNC = 500 * 1024 * 1024
MOST_BYTES_SYNC = 10 * 1024 * 1024
MOST_PAGES = 3000
# A PDF's header may follow other bytes; readers look for it within the first kilobyte.
_PDF_HEADER_WITHIN = 1024
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


class PictureReader(Protocol):
    """Reads what has no text layer."""

    def read_picture(self, picture: Picture, number: int) -> Page:
        """The page of a rendered picture."""

    def read_image(self, data: bytes, frame: int, number: int) -> Page:
        """The page of one frame of an image file; raises BadDocumentError when it is damaged."""


class Document(Protocol):
    """An open document."""

    @property
    def page_count(self) -> int:
        """How many pages it has, at least one."""

    def read_page(self, index: int, reader: PictureReader) -> Page:
        """One page, by its index from 0; raises BadDocumentError when it is damaged."""


@dataclass(frozen=True, slots=True)
class _PdfDocument:
    pdf: Pdf

    @property
    def page_count(self) -> int:
        return self.pdf.page_count

    def read_page(self, index: int, reader: PictureReader) -> Page:
        page = self.pdf.read(index)
        if needs_ocr(page):
            return reader.read_picture(self.pdf.render(index), index + 1)
        return build_page(index + 1, page)


@dataclass(frozen=True, slots=True)
class _ImageDocument:
    data: bytes
    page_count: int

    def read_page(self, index: int, reader: PictureReader) -> Page:
        return reader.read_image(self.data, index, index + 1)


@contextmanager
def open_document(data: bytes, *, most_bytes: int) -> Iterator[Document]:
    """Open a document to read it page by page.

    Raises UnsupportedDocumentError by its first bytes, BadDocumentError when they promise what
    the rest does not keep, DocumentTooLargeError above `most_bytes` or 3000 pages.
    """
    if len(data) > most_bytes:
        raise DocumentTooLargeError(
            f"Request has a document of {len(data)} bytes, above {most_bytes}"
        )
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        with Pdf(data) as pdf:
            _check_pages(pdf.page_count)
            yield _PdfDocument(pdf)
    elif data.startswith(_IMAGES):
        count = count_frames(data)
        _check_pages(count)
        yield _ImageDocument(data, count)
    else:
        raise UnsupportedDocumentError("Request has an unsupported document format")


def _check_pages(count: int) -> None:
    if count > MOST_PAGES:
        raise DocumentTooLargeError(f"Request has a document of {count} pages, above {MOST_PAGES}")
