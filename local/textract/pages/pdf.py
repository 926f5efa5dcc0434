"""PDF documents by pdfium: how many pages, their text and drawings, or a picture of them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from threading import Lock
from types import TracebackType

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from local.textract.api.errors import BadDocumentError, UnsupportedDocumentError
from local.textract.pages.drawings import Drawings, read_drawings
from local.textract.pages.text_layer import Glyphs, read_glyphs

# pdfium is not safe in threads. Held for one page at a time, so that a long document does not
# hold up a short one.
_PDFIUM = Lock()

_SCAN_PIXELS = 2000


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as pdfium gives it: unrotated coordinates, points, y upwards from `bottom`."""

    glyphs: list[Glyphs]
    drawings: Drawings
    left: float
    bottom: float
    right: float
    top: float
    rotation: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a rendered page, BGR, row by row."""

    width: int
    height: int
    stride: int
    data: bytes


class Pdf:
    """An open PDF; raises BadDocumentError when it is corrupt or encrypted or has no page."""

    def __init__(self, data: bytes) -> None:
        with _PDFIUM:
            self._document = _open(data)
            try:
                self.page_count = len(self._document)
                form = self._document.get_formtype()
                if form == pdfium_c.FORMTYPE_XFA_FULL:
                    raise UnsupportedDocumentError(
                        "Request has an XFA-based PDF, which is unsupported"
                    )
                if self.page_count == 0:
                    raise BadDocumentError("Request has a document without pages")
                if form == pdfium_c.FORMTYPE_ACRO_FORM:
                    self._document.init_forms()
            except (UnsupportedDocumentError, BadDocumentError):
                self._document.close()
                raise

    def __enter__(self) -> Pdf:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with _PDFIUM:
            self._document.close()

    def read(self, index: int) -> PdfPage:
        """Text and drawings of one page, with what was filled into its form fields."""
        with _PDFIUM:
            page = self._load(index)
            with closing(page):
                left, bottom, right, top = page.get_cropbox()
                with closing(page.get_textpage()) as textpage:
                    glyphs = read_glyphs(textpage)
                return PdfPage(
                    glyphs, read_drawings(page), left, bottom, right, top, page.get_rotation()
                )

    def render(self, index: int) -> Picture:
        """The page as displayed, about 2000 pixels on its longer side."""
        with _PDFIUM:
            page = self._load(index)
            with closing(page):
                scale = _SCAN_PIXELS / max(1.0, *page.get_size())
                bitmap = page.render(scale=min(scale, 8.0), rev_byteorder=False)
                with closing(bitmap):
                    return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))

    def _load(self, index: int) -> pdfium.PdfPage:
        try:
            page = self._document[index]
        except pdfium.PdfiumError as error:
            raise BadDocumentError(f"Page {index + 1} cannot be read") from error
        if pdfium_c.FPDFPage_GetAnnotCount(page.raw) > 0:
            # Merges form values and comments into the page; it shows once the page is loaded anew.
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            page = self._document[index]
        return page


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise BadDocumentError("Request has an encrypted document") from error
        raise BadDocumentError("Request has a document that cannot be read") from error
