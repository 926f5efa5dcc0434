"""Scans of documents: rendered pages, tilted, greyed, blurred, speckled, compressed."""

import io
import time
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

ScanFormat = Literal["png", "jpeg", "tiff", "pdf"]
_SCANNED_AT = time.gmtime(1_735_689_600)  # Pillow would write the wall clock into the PDF


@dataclass(frozen=True, slots=True)
class Scanner:
    """How good the scan is.

    `skew` in degrees, `blur` as a radius and `noise` as a standard deviation in grey levels,
    `paper` as the grey level of white paper, `jpeg` as a quality of 1 to 95 or None.
    """

    dpi: int = 200
    skew: float = 0.0
    noise: float = 4.0
    blur: float = 0.4
    paper: int = 250
    jpeg: int | None = 80
    grey: bool = True


def render_pages(pdf: bytes, *, dpi: int) -> list[Image.Image]:
    """The PDF's pages as images."""
    with pdfium.PdfDocument(pdf) as document:
        return [
            document[index].render(scale=dpi / 72).to_pil().convert("RGB")
            for index in range(len(document))
        ]


def scan_page(page: Image.Image, scanner: Scanner, *, seed: int) -> Image.Image:
    """The page as the scanner saw it."""
    image = page.convert("L") if scanner.grey else page
    if scanner.skew:
        white = 255 if scanner.grey else (255, 255, 255)
        image = image.rotate(
            scanner.skew, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=white
        )
    if scanner.blur:
        image = image.filter(ImageFilter.GaussianBlur(scanner.blur))
    pixels = np.asarray(image, dtype=np.float32) * (scanner.paper / 255)
    if scanner.noise:
        generator = np.random.Generator(np.random.PCG64(seed))
        pixels = pixels + generator.normal(0, scanner.noise, pixels.shape).astype(np.float32)
    scanned = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if scanner.jpeg is None:
        return scanned
    buffer = io.BytesIO()
    scanned.save(buffer, "JPEG", quality=scanner.jpeg, dpi=(scanner.dpi, scanner.dpi))
    return Image.open(io.BytesIO(buffer.getvalue()))


def scan_pdf(pdf: bytes, scanner: Scanner, form: ScanFormat, *, seed: int) -> bytes:
    """A scan of every page: a TIFF or PDF of all of them, a PNG or JPEG of the only one.

    Raises ValueError for a PNG or JPEG of several pages.
    """
    pages = [
        scan_page(page, scanner, seed=seed + number)
        for number, page in enumerate(render_pages(pdf, dpi=scanner.dpi))
    ]
    if form in ("png", "jpeg") and len(pages) != 1:
        raise ValueError(f"a {form} holds one page, not {len(pages)}")
    buffer = io.BytesIO()
    resolution = (scanner.dpi, scanner.dpi)
    match form:
        case "png":
            pages[0].save(buffer, "PNG", dpi=resolution)
        case "jpeg":
            pages[0].save(buffer, "JPEG", quality=scanner.jpeg or 90, dpi=resolution)
        case "tiff":
            rest = [page.copy() for page in pages[1:]]
            pages[0].copy().save(
                buffer,
                "TIFF",
                save_all=True,
                append_images=rest,
                compression="tiff_deflate",
                dpi=resolution,
            )
        case "pdf":
            pages[0].save(
                buffer,
                "PDF",
                save_all=True,
                append_images=pages[1:],
                resolution=float(scanner.dpi),
                creationDate=_SCANNED_AT,
                modDate=_SCANNED_AT,
            )
    return buffer.getvalue()
