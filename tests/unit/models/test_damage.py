import io
import zipfile

import pypdfium2 as pdfium
import pytest

from models.corpus import damage


def test_a_pdf_of_many_pages_is_cheap() -> None:
    pdf = damage.write_pages(401)
    assert damage.count_pages(pdf) == 401
    assert len(pdf) < 100_000


def test_the_page_of_many_pages_can_be_read() -> None:
    with pdfium.PdfDocument(damage.write_pages(3)) as document:
        assert "One page of very many" in document[2].get_textpage().get_text_bounded()


def test_a_pdf_may_have_no_pages_at_all() -> None:
    pdf = damage.write_pages(0)
    assert pdf.startswith(b"%PDF-")
    assert b"/Count 0" in pdf


def test_noise_is_no_pdf() -> None:
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(damage.write_corrupt(1))


def test_an_encrypted_pdf_opens_with_its_password_only() -> None:
    pdf = damage.write_encrypted()
    with pytest.raises(pdfium.PdfiumError, match="password"):
        pdfium.PdfDocument(pdf)
    with pdfium.PdfDocument(pdf, password="intray") as document:
        assert len(document) == 1


def test_the_word_document_is_a_zip_file_and_always_the_same() -> None:
    body = damage.write_docx()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert "word/document.xml" in archive.namelist()
    assert body == damage.write_docx()


def test_padding_makes_a_pdf_as_large_as_asked_and_leaves_it_readable() -> None:
    pdf = damage.pad_pdf(damage.write_pages(2), 1_000_000)
    assert len(pdf) == 1_000_000
    assert damage.count_pages(pdf) == 2
