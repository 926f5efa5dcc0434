"""Checkboxes as letters, as brackets and as drawn squares."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.local.textract.paper import HEIGHT, write_at, write_lines, write_pdf
from tests.local.textract.reading import read_content


def _read_choices(data: bytes) -> dict[str, bool]:
    return {
        field.key_text: field.selection.selected
        for field in read_content(data).fields
        if field.selection is not None
    }


def test_brackets_are_boxes_and_the_words_after_them_the_key() -> None:
    data = write_pdf(
        write_lines("[x] I consent to be contacted", "[ ] Send me the newsletter", "[X] Yes [ ] No")
    )
    assert _read_choices(data) == {
        "I consent to be contacted": True,
        "Send me the newsletter": False,
        "Yes": True,
        "No": False,
    }


def test_brackets_around_a_word_are_text() -> None:
    content = read_content(write_pdf(write_lines("[draft] version", "(a) first clause")))
    assert content.fields == ()


@pytest.mark.parametrize("ticked", [True, False])
def test_a_drawn_square_is_selected_when_a_cross_is_inside(ticked: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, HEIGHT - 103, 11, 11)
        write_at((78, 102, "Partnership"))(canvas)
        if ticked:
            canvas.setFont("ZapfDingbats", 10)
            canvas.drawString(61, HEIGHT - 102, "\u2714")

    assert _read_choices(write_pdf(draw)) == {"Partnership": ticked}


def test_the_comb_that_digits_are_written_into_is_no_row_of_checkboxes() -> None:
    def draw(canvas: Canvas) -> None:
        for cell in range(9):
            canvas.rect(60 + 12 * cell, HEIGHT - 112, 12, 12)
        write_at((60, 95, "Social security number"))(canvas)

    assert _read_choices(write_pdf(draw)) == {}
