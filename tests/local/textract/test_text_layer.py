"""Words, lines and their places from the text layer of a PDF."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.local.textract.paper import HEIGHT, WIDTH, write_at, write_lines, write_pdf
from tests.local.textract.reading import read_blocks, read_page


def test_words_keep_currency_signs_decimals_iban_groups_and_addresses() -> None:
    lines = (
        "Total € 1.468,46 or $1,234.00 (-5.00)",
        "DE89 3704 0044 0532 0130 00 on 2024-03-12",
        "jane.doe+intray@example.org 50% #4711 c/o O'Neil",
    )
    page = read_page(write_pdf(write_lines(*lines)))
    assert [line.text for line in page.lines] == list(lines)
    assert [word.text for word in page.words] == " ".join(lines).split()


def test_boxes_are_shares_of_the_page_at_the_place_of_the_text() -> None:
    blocks = read_blocks(write_pdf(write_at((100, 200, "Hello"))))
    (word,) = [block for block in blocks if block["BlockType"] == "WORD"]
    box = word["Geometry"]["BoundingBox"]
    assert box["Left"] == pytest.approx(100 / WIDTH, abs=0.003)
    assert box["Top"] + box["Height"] == pytest.approx(200 / HEIGHT, abs=0.006)
    assert box["Width"] == pytest.approx(26.9 / WIDTH, abs=0.005)
    corners = word["Geometry"]["Polygon"]
    assert corners[0] == {"X": box["Left"], "Y": box["Top"]}
    assert corners[2]["X"] == pytest.approx(box["Left"] + box["Width"], abs=1e-6)
    assert corners[2]["Y"] == pytest.approx(box["Top"] + box["Height"], abs=1e-6)


def test_a_wide_gap_parts_two_lines_and_a_word_space_does_not() -> None:
    page = read_page(write_pdf(write_at((60, 100, "Invoice number"), (200, 100, "INV-3337"))))
    assert [line.text for line in page.lines] == ["Invoice number", "INV-3337"]


def test_a_drawn_line_parts_what_stands_close() -> None:
    def draw(canvas: Canvas) -> None:
        write_at((60, 100, "Yes"), (82, 100, "No"))(canvas)
        canvas.line(80, HEIGHT - 80, 80, HEIGHT - 120)

    assert [line.text for line in read_page(write_pdf(draw)).lines] == ["Yes", "No"]


def test_tight_columns_are_parted_where_other_lines_begin() -> None:
    draw = write_at(
        (60, 100, "Address"),
        (171, 100, "Expires"),
        (60, 116, "14 Rose Lane, Dublin"),
        (171, 116, "2030-01-31"),
        (171, 132, "Sex"),
    )
    assert [line.text for line in read_page(write_pdf(draw)).lines] == [
        "Address", "Expires", "14 Rose Lane, Dublin", "2030-01-31", "Sex",
    ]  # fmt: skip


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_reads_upright_and_its_boxes_lie_on_the_page_as_displayed(
    rotation: int,
) -> None:
    data = write_pdf(write_lines("First line", "Second line"), rotation=rotation)
    page = read_page(data)
    assert [line.text for line in page.lines] == ["First line", "Second line"]
    first = next(block for block in read_blocks(data) if block.get("Text") == "First line")
    start, end = first["Geometry"]["Polygon"][0], first["Geometry"]["Polygon"][1]
    ahead = {
        90: end["Y"] > start["Y"],
        180: end["X"] < start["X"],
        270: end["Y"] < start["Y"],
    }
    assert ahead[rotation]
    corner = {90: (True, False), 180: (True, True), 270: (False, True)}
    assert (start["X"] > 0.5, start["Y"] > 0.5) == corner[rotation]


def test_text_drawn_across_the_page_is_read_as_lines_of_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        write_lines("Upright text", "in two lines")(canvas)
        canvas.saveState()
        canvas.translate(40, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Copy of original")
        canvas.restoreState()

    page = read_page(write_pdf(draw))
    assert [line.text for line in page.lines] == ["Upright text", "in two lines"]
    assert [line.text for line in page.asides] == ["Copy of original"]


def test_a_word_printed_twice_for_boldness_is_one_word() -> None:
    draw = write_at((60, 100, "Important"), (60.3, 100, "Important"))
    assert [word.text for word in read_page(write_pdf(draw)).words] == ["Important"]


def test_text_outside_of_the_page_is_not_read() -> None:
    draw = write_at((60, 100, "seen"), (WIDTH + 50, 100, "unseen"))
    assert [word.text for word in read_page(write_pdf(draw)).words] == ["seen"]


def test_what_was_filled_into_form_fields_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        write_at((60, 100, "Full name"))(canvas)
        canvas.acroForm.textfield(
            name="name", value="Ada Lovelace", x=150, y=HEIGHT - 106, width=200, height=20
        )

    assert "Ada Lovelace" in [line.text for line in read_page(write_pdf(draw)).lines]


def test_confidence_is_high_and_the_same_every_time() -> None:
    data = write_pdf(write_lines("Some words to read"))
    first, second = ([word.confidence for word in read_page(data).words] for _ in range(2))
    assert first == second
    assert all(99 <= confidence < 100 for confidence in first)
