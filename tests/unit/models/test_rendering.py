import io
from random import Random

import pypdfium2 as pdfium
import pytest
from PIL import Image

from models.corpus.classes import KINDS, LABELS, make_document
from models.corpus.content import Document, Style, Text
from models.corpus.genre import read_genres
from models.corpus.long_report import write_long_report
from models.corpus.reading import read_lines
from models.corpus.scanning import ScanFormat, Scanner, render_pages, scan_pdf
from models.corpus.typesetting import render_pdf
from models.corpus.writing import write_document

GENRES = [
    pytest.param(label, genre, id=f"{label}-{genre.name}")
    for label in LABELS
    for genre in read_genres(label)
]


def _read_text(pdf: bytes) -> str:
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("label", KINDS)
def test_the_same_seed_gives_the_same_bytes(label: str) -> None:
    first, second = (render_pdf(KINDS[label].make(Random("same"))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("label", KINDS)
def test_another_seed_gives_another_document(label: str) -> None:
    assert KINDS[label].make(Random("one")) != KINDS[label].make(Random("other"))


@pytest.mark.parametrize("label", KINDS)
def test_what_is_read_without_rendering_is_what_the_page_shows(label: str) -> None:
    document = KINDS[label].make(Random("text"))
    shown = set(_read_text(render_pdf(document)).replace(":", " ").split())
    read = {word for line in read_lines(document) for word in line.replace(":", " ").split()}
    assert len(read & shown) >= 0.97 * len(read)


@pytest.mark.parametrize(("label", "genre"), GENRES)
def test_every_genre_can_be_written_and_rendered(label: str, genre: object) -> None:
    (chosen,) = [one for one in read_genres(label) if one is genre]
    document = write_document(chosen, Random("any"))
    assert "{" not in "".join(read_lines(document))
    assert render_pdf(document).startswith(b"%PDF-")


@pytest.mark.parametrize("label", LABELS)
def test_every_class_has_several_sources(label: str) -> None:
    sources = {make_document(label, Random(seed)).source for seed in range(60)}
    assert len(sources) >= 4


@pytest.mark.parametrize(("form", "magic"), [("png", b"\x89PNG"), ("jpeg", b"\xff\xd8\xff")])
def test_a_scan_of_one_page_is_an_image(form: ScanFormat, magic: bytes) -> None:
    pdf = render_pdf(Document("One", (Text("Hello"),)))
    scan = scan_pdf(pdf, Scanner(dpi=72, skew=1.0), form, seed=1)
    assert scan.startswith(magic)
    assert scan == scan_pdf(pdf, Scanner(dpi=72, skew=1.0), form, seed=1)
    assert scan != scan_pdf(pdf, Scanner(dpi=72, skew=1.0), form, seed=2)


def _two_pages() -> bytes:
    lines = tuple(Text(f"Line {number}") for number in range(90))
    return render_pdf(Document("Two", lines, Style(size=10.0)))


def test_a_scanned_tiff_has_every_page() -> None:
    scan = scan_pdf(_two_pages(), Scanner(dpi=72), "tiff", seed=1)
    with Image.open(io.BytesIO(scan)) as image:
        assert getattr(image, "n_frames", 1) == 2


def test_a_scanned_pdf_has_every_page_and_no_text() -> None:
    scan = scan_pdf(_two_pages(), Scanner(dpi=72), "pdf", seed=1)
    assert scan == scan_pdf(_two_pages(), Scanner(dpi=72), "pdf", seed=1)
    assert len(render_pages(scan, dpi=20)) == 2
    assert not _read_text(scan).strip()


def test_a_png_of_two_pages_is_refused() -> None:
    with pytest.raises(ValueError, match="a png holds one page, not 2"):
        scan_pdf(_two_pages(), Scanner(dpi=72), "png", seed=1)


def test_a_report_of_three_hundred_pages_differs_from_page_to_page() -> None:
    pdf = write_long_report(300)
    with pdfium.PdfDocument(pdf) as document:
        assert len(document) == 300
        texts = {document[index].get_textpage().get_text_bounded() for index in (0, 150, 299)}
    assert len(texts) == 3
    assert len(pdf) < 2_000_000
