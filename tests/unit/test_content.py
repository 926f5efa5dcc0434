from pathlib import Path

import pytest

from lambdas.intake.content import Content, inspect
from lambdas.shared.contracts import Reason
from lambdas.shared.refusal import RefusedError
from tests.files import (
    draw_pdf,
    draw_pdf_without_pages,
    draw_picture,
    draw_xfa_form,
    write_docx,
)

PDF, JPEG, PNG, TIFF = (f"{kind}" for kind in ("PDF", "JPEG", "PNG", "TIFF"))


def look(folder: Path, content: bytes, name: str = "document.pdf", most: int = 10) -> Content:
    path = folder / "downloaded"
    path.write_bytes(content)
    return inspect(path, name=name, max_pages=most)


def refuse(folder: Path, content: bytes, name: str = "document.pdf", most: int = 10) -> Reason:
    with pytest.raises(RefusedError) as refused:
        look(folder, content, name, most)
    return refused.value.reason


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (draw_pdf(["one"]), "application/pdf", 1),
        (draw_pdf(["one"], ["two"], ["three"]), "application/pdf", 3),
        (b"\n% a mailer's line\n" + draw_pdf(["one"]), "application/pdf", 1),
        (draw_xfa_form(dynamic=False), "application/pdf", 1),
        (draw_picture(PNG), "image/png", 1),
        (draw_picture(JPEG), "image/jpeg", 1),
        (draw_picture(TIFF), "image/tiff", 1),
        (draw_picture(TIFF, pages=4), "image/tiff", 4),
    ],
)
@pytest.mark.parametrize("name", ["document.pdf", "scan.JPG", "no extension", "odd.docx"])
def test_what_can_be_read_is_told_by_its_bytes_whatever_its_name(
    tmp_path: Path, content: bytes, media_type: str, pages: int, name: str
) -> None:
    assert look(tmp_path, content, name) == Content(media_type=media_type, pages=pages)


@pytest.mark.parametrize(
    ("content", "name", "code", "says"),
    [
        (b"", "document.pdf", "empty", "0 bytes"),
        (b"%PDF-1.7\nnothing but a header", "document.pdf", "corrupt", "cannot be opened"),
        (b"\0" * 4096, "document.pdf", "corrupt", "named .pdf but does not begin"),
        (b"just text", "scan.png", "corrupt", "named .png but does not begin"),
        (draw_picture(PNG)[:200], "scan.png", "corrupt", "cannot be decoded"),
        (draw_picture(JPEG)[:600], "scan.jpg", "corrupt", "cannot be decoded"),
        (draw_picture(TIFF)[:1000], "scan.tif", "corrupt", "truncated"),
        (draw_picture(PNG)[:8] + b"else", "scan.png", "corrupt", "no image that is known"),
        (draw_picture(TIFF, pages=3)[: 3 * 90_000], "scan.tif", "corrupt", "cannot be decoded"),
        (draw_pdf(["secret"], password="secret"), "document.pdf", "encrypted", "password"),
        (draw_xfa_form(dynamic=True), "form.pdf", "unsupported_type", "XFA"),
        (draw_pdf_without_pages(), "document.pdf", "zero_pages", "no pages"),
        (write_docx(), "contract.pdf", "type_mismatch", "Office document"),
        (draw_picture("GIF"), "scan.png", "type_mismatch", "GIF"),
        (b"<html><p>Not a PDF</p>", "document.pdf", "type_mismatch", "HTML"),
        (write_docx(), "contract.docx", "unsupported_type", "Office document"),
        (draw_picture("GIF"), "animation.gif", "unsupported_type", "GIF"),
        (b"a,b\n1,2\n", "table.csv", "unsupported_type", "none of them"),
    ],
)
def test_what_no_step_can_read_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, name: str, code: str, says: str
) -> None:
    reason = refuse(tmp_path, content, name)

    assert reason.code == code
    assert says in reason.message


@pytest.mark.parametrize("kind", [PDF, TIFF])
def test_a_document_may_have_as_many_pages_as_the_limit_and_no_more(
    tmp_path: Path, kind: str
) -> None:
    content = draw_pdf(*[["page"]] * 4) if kind == PDF else draw_picture(TIFF, pages=4)

    assert look(tmp_path, content, most=4).pages == 4
    reason = refuse(tmp_path, content, most=3)
    assert reason.code == "too_many_pages"
    assert "4 pages; at most 3" in reason.message


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lambdas.intake.content._MOST_PIXELS", 1000)

    assert refuse(tmp_path, draw_picture(PNG), "scan.png").code == "too_large"


def test_a_pdf_that_only_its_owner_may_change_can_still_be_read(tmp_path: Path) -> None:
    """Its user password is empty, so that every reader opens it."""
    assert look(tmp_path, draw_pdf(["readable"], password="")).pages == 1


def test_a_refusal_does_not_tell_of_the_document_before(tmp_path: Path) -> None:
    """pdfium keeps the last error: one encrypted document must not make the next one so."""
    refuse(tmp_path, draw_pdf(["secret"], password="secret"))

    assert refuse(tmp_path, draw_pdf_without_pages()).code == "zero_pages"
