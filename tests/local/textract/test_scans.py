"""Pictures of text, read by the real OCR process. Each page costs seconds: few, and each new."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageDraw

from local.textract.api.errors import BadDocumentError
from local.textract.meaning.analysis import understand
from local.textract.pages.documents import open_document
from local.textract.pages.ocr import Ocr, OcrDiedError
from local.textract.pages.page import Page
from tests.local.textract.paper import paint, picture_pdf, save
from tests.local.textract.reading import ALL

_LINES = (
    "Invoice number: INV-2024/17",
    "Date of issue: 12 March 2024",
    "IBAN: DE89 3704 0044 0532 0130 00",
    "E-mail: jane.doe@example.org, Phone +49 30 1234567",
    "Paper, white, 80 g    2    300.00    600.00",
    "Total due    EUR 1,468.46",
)


@pytest.fixture(scope="module")
def ocr() -> Iterator[Ocr]:
    # A proxy where nobody listens: whoever tried to fetch a model would fail.
    with pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            patch.setenv(name, "http://127.0.0.1:9")
        found = Ocr()
        yield found
        found.stop()


def _read(data: bytes, ocr: Ocr, index: int = 0) -> Page:
    with open_document(data, most_bytes=1 << 30) as document:
        return document.read_page(index, ocr)


def _words(page: Page) -> list[str]:
    return sorted(word.text for word in page.words)


def test_every_word_of_a_clean_scan_is_found_and_parted(ocr: Ocr) -> None:
    page = _read(picture_pdf(paint(*_LINES)), ocr)
    assert _words(page) == sorted(" ".join(_LINES).split())
    fields = {field.key_text: field.value_text for field in understand(page, ALL).fields}
    assert fields["Invoice number:"] == "INV-2024/17"
    assert fields["IBAN:"] == "DE89 3704 0044 0532 0130 00"
    assert fields["Total due"] == "EUR 1,468.46"
    first = page.words[0]
    assert 80 < first.confidence <= 100
    left, top = page.frame.map(first.box.left, first.box.middle)
    assert left == pytest.approx(90 / 1240, abs=0.01)
    assert top == pytest.approx(97 / 900, abs=0.015)


def test_a_scan_that_lies_askew_reads_straight_and_its_boxes_lie_askew(ocr: Ocr) -> None:
    askew = paint(*_LINES).rotate(-7, fillcolor="white", expand=True)
    page = _read(save(askew, "JPEG", quality=90), ocr)
    assert len(set(_words(page)) & set(" ".join(_LINES).split())) >= 22
    line = next(line for line in page.lines if line.text.startswith("IBAN"))
    assert line.text == _LINES[2]
    (x0, y0), (x1, y1) = (page.frame.map(x, y) for x, y in line.box.corners()[:2])
    slope = (y1 - y0) * askew.height / ((x1 - x0) * askew.width)
    assert slope == pytest.approx(0.1228, abs=0.02)


def test_a_scan_on_its_side_or_turned_by_its_camera_reads_upright(ocr: Ocr) -> None:
    lines = _LINES[:3]
    sideways = paint(*lines, size=(1000, 600)).rotate(90, expand=True)
    assert [line.text for line in _read(save(sideways), ocr).lines] == list(lines)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    turned = _read(save(sideways, "JPEG", exif=exif, quality=95), ocr)
    assert [line.text for line in turned.lines] == list(lines)
    x, y = turned.frame.map(turned.lines[0].box.left, turned.lines[0].box.top)
    assert x < 0.2
    assert y < 0.25


def _draw_form() -> Image.Image:
    picture = paint("I agree to the terms", "Send me letters", "Signature:", size=(1240, 700))
    drawing = ImageDraw.Draw(picture)
    for top, ticked in ((82, True), (142, False)):
        drawing.rectangle((44, top, 72, top + 28), outline="black", width=3)
        if ticked:
            drawing.line((48, top + 4, 68, top + 24), fill="black", width=4)
            drawing.line((68, top + 4, 48, top + 24), fill="black", width=4)
    points = [(330 + 14 * step, 215 if step % 2 else 175 + 5 * (step % 4)) for step in range(22)]
    drawing.line(points, fill="black", width=3, joint="curve")
    left, top, right, bottom = 90, 300, 1100, 480
    for y in (top, 360, 420, bottom):
        drawing.line((left, y, right, y), fill="black", width=2)
    for x in (left, 500, 800, right):
        drawing.line((x, top, x, bottom), fill="black", width=2)
    table = (("Item", "Qty", "Amount"), ("Paper", "2", "600.00"), ("Chair", "1", "634.00"))
    for row, cells in enumerate(table):
        for x, text in zip((110, 520, 820), cells, strict=True):
            drawing.text((x, top + 14 + 60 * row), text, fill="black", font_size=30)
    return picture


def test_checkboxes_signature_and_ruled_table_of_a_scan_are_found(ocr: Ocr) -> None:
    content = understand(_read(save(_draw_form()), ocr), ALL)
    choices = {
        field.key_text: field.selection.selected for field in content.fields if field.selection
    }
    assert choices == {"I agree to the terms": True, "Send me letters": False}
    assert len(content.signatures) == 1
    (table,) = content.tables
    assert [[cell.text for cell in table.row(row)] for row in (1, 2, 3)] == [
        ["Item", "Qty", "Amount"],
        ["Paper", "2", "600.00"],
        ["Chair", "1", "634.00"],
    ]


def test_a_blank_scan_is_a_page_without_words(ocr: Ocr) -> None:
    assert _read(save(Image.new("L", (800, 600), 255)), ocr).lines == ()


def test_a_damaged_later_frame_is_a_bad_page_and_the_process_lives_on(ocr: Ocr) -> None:
    frames = [paint(text, size=(500, 200)) for text in ("first", "second")]
    whole = save(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="tiff_lzw")
    kept = len(whole) // 2 + 200
    assert ocr.read_image(whole, 0, 1).lines
    pids = ocr.pids
    with pytest.raises(BadDocumentError):
        ocr.read_image(whole[:kept] + bytes(len(whole) - kept), 1, 2)
    assert ocr.pids == pids


def test_a_process_that_is_killed_while_it_reads_is_replaced(ocr: Ocr) -> None:
    data = save(paint("Still here", size=(500, 200)))
    _read(data, ocr)
    (pid,) = ocr.pids
    os.kill(pid, signal.SIGSTOP)  # so that the request is under way for sure
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(_read, data, ocr)
        with pytest.raises(TimeoutError):
            reading.result(timeout=0.3)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(OcrDiedError):
            reading.result(timeout=20)
    assert [line.text for line in _read(data, ocr).lines] == ["Still here"]
    assert ocr.pids != [pid]
