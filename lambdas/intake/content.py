"""What an object really is, judged by its bytes: what no later step can read is refused here."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pypdfium2.internal
import pypdfium2.raw as pdfium
from PIL import Image, UnidentifiedImageError

from lambdas.shared.refusal import RefusedError

_SUPPORTED = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_UNSUPPORTED = {
    b"PK\x03\x04": "a ZIP archive, such as an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"GIF8": "a GIF image",
    b"BM": "a BMP image",
    b"RIFF": "a WebP image or other RIFF file",
    b"{\\rtf": "an RTF document",
    b"<!DOCTYPE": "an HTML page",
    b"<html": "an HTML page",
    b"<?xml": "an XML file",
    b"From ": "an e-mail",
}
_EXTENSIONS = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_MOST_PIXELS = 90_000_000
"""A page of A3 at 600 dots an inch has 70 million."""
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit is a warning, which nobody would see
_pdfium = Lock()
"""pdfium is not thread-safe."""


@dataclass(frozen=True)
class Content:
    """What a readable object holds."""

    media_type: str
    pages: int


def inspect(path: Path, *, name: str, max_pages: int) -> Content:
    """Reads the file's kind and pages; raises RefusedError with the reason when it is unreadable.

    `name` is the object's key: its extension only serves to explain a refusal.
    """
    media_type = _media_type(path, extension=Path(name).suffix.lower())
    pages = _pdf_pages(path) if media_type == "application/pdf" else _image_pages(path)
    if pages == 0:
        raise RefusedError("zero_pages", "The document has no pages.")
    if pages > max_pages:
        message = f"The document has {pages} pages; at most {max_pages} can be processed."
        raise RefusedError("too_many_pages", message)
    return Content(media_type=media_type, pages=pages)


def _media_type(path: Path, *, extension: str) -> str:
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise RefusedError("empty", "The file is empty (0 bytes).")
    for signature, media_type in _SUPPORTED.items():
        if head.startswith(signature):
            return media_type
    # The PDF reference lets a reader accept a header within the first 1024 bytes.
    if b"%PDF-" in head:
        return "application/pdf"
    found = next((what for magic, what in _UNSUPPORTED.items() if head.startswith(magic)), None)
    if extension in _EXTENSIONS and found:
        raise RefusedError("type_mismatch", f"The file is named {extension} but is {found}.")
    if extension in _EXTENSIONS:
        message = f"The file is named {extension} but does not begin as such a file does."
        raise RefusedError("corrupt", message)
    message = f"Only PDF, PNG, JPEG and TIFF can be read; this is {found or 'none of them'}."
    raise RefusedError("unsupported_type", message)


def _pdf_pages(path: Path) -> int:
    # The raw interface: pypdfium2's own document takes a PDF without pages for a failure, and
    # then tells the error of whichever document failed before it.
    with _pdfium:
        document = pdfium.FPDF_LoadDocument(str(path).encode() + b"\0", None)
        if not document:
            raise _refuse_pdf(pdfium.FPDF_GetLastError())
        try:
            # A static XFA form has pages that anyone can read; a dynamic one has only a page that
            # asks for another reader.
            if pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_XFA_FULL:
                message = "The PDF is a dynamic XFA form; print it to a PDF of its own."
                raise RefusedError("unsupported_type", message)
            return int(pdfium.FPDF_GetPageCount(document))
        finally:
            pdfium.FPDF_CloseDocument(document)


def _refuse_pdf(fault: int) -> RefusedError:
    if fault == pdfium.FPDF_ERR_PASSWORD:
        message = "The PDF is encrypted; remove the password and submit it again."
        return RefusedError("encrypted", message)
    said = pypdfium2.internal.ErrorToStr.get(fault, f"error {fault}")
    return RefusedError("corrupt", f"The PDF cannot be opened: {said}.")


def _image_pages(path: Path) -> int:
    try:
        with Image.open(path) as image:
            if image.width * image.height > _MOST_PIXELS:
                message = (
                    f"The image has {image.width} x {image.height} pixels,"
                    f" more than the {_MOST_PIXELS:,} that can be processed."
                )
                raise RefusedError("too_large", message)
            image.load()
            return int(getattr(image, "n_frames", 1))
    except RefusedError:
        raise
    except Exception as error:  # a decoder raises anything on arbitrary bytes, TypeError included
        raise RefusedError("corrupt", f"The image cannot be decoded: {_say(error)}") from error


def _say(error: Exception) -> str:
    # Pillow names the file it was given: a temporary one, which tells nobody anything.
    unknown = isinstance(error, UnidentifiedImageError)
    return "it is no image that is known." if unknown else f"{error}."
