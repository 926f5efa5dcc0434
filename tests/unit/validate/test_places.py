"""Where on a page a field is found: beside, under and behind its label, in tables, in sentences."""

from typing import Any

import pytest

from lambdas.shared.extraction import Page
from tests.unit.validate.documents import make_page, read


def total_on(page: Page) -> Any:
    return read("invoice", page)["total"].value


@pytest.mark.parametrize(
    "page",
    [
        make_page(pairs={"Total": "42.00"}),
        make_page(lines=["Total: 42.00"]),
        make_page(lines=["Total 42.00 €"]),
        make_page(rows=[["Total", "42.00"]]),
        make_page(rows=[["Total", "3 items", "42.00"]]),
        make_page(rows=[["Total"], ["42.00"]]),
        make_page(tables=[[["Total", "42.00"]]]),
        make_page(tables=[[["", "", "Total", "€ 42.00"]]]),
        make_page(tables=[[["Total: 42.00", ""]]]),
        make_page(tables=[[["Invoice no", "Total"], ["A-1", "42.00"]]]),
    ],
    ids=["pair", "colon", "line", "beside", "last", "below", "row", "summary", "cell", "header"],
)
def test_a_total_is_found(page: Page) -> None:
    assert total_on(page) == 42_000_000


def test_the_surer_label_wins_wherever_it_stands() -> None:
    page = make_page(pairs={"Total": "1.00"}, lines=["Grand total: 42.00"])

    assert total_on(page) == 42_000_000


def test_a_label_without_a_value_does_not_hide_one_that_has() -> None:
    page = make_page(pairs=[("Total", ""), ("Total", "see below"), ("Total", "42.00")])

    assert total_on(page) == 42_000_000


def test_a_sentence_that_begins_with_a_label_is_no_value() -> None:
    page = make_page(
        lines=["Total 3 items", "From the desk of somebody", "Date of birth: 1 May 1990"]
    )
    fields = read("invoice", page)

    assert not fields["total"].given
    assert fields["date"].value is None


def test_one_line_may_hold_two_labels() -> None:
    page = make_page(lines=["Invoice number: A-1 Date: 2025-01-02"])
    fields = read("invoice", page)

    assert fields["number"].value == "A-1"


def test_an_address_block_is_the_buyer() -> None:
    page = make_page(rows=[["Acme Inc."], ["Bill to:"], ["Beta Ltd."], ["1 Main Street"]])

    assert read("invoice", page)["buyer"].value == "Beta Ltd."


def test_an_item_that_is_called_like_a_charge_is_no_charge() -> None:
    grid = [["Item", "Qty", "Price", "Amount"], ["Shipping", "3", "5.00", "15.00"]]

    assert not read("invoice", make_page(tables=[grid]))["shipping"].given


def test_a_value_that_runs_on_is_joined_and_another_labels_value_is_not() -> None:
    wrapped = make_page(rows=[["Invoice date", "16 February"], ["", "2025"]])
    page = wrapped.model_copy(update={"lines": tuple(line for line in wrapped.lines if line.text)})
    beside = make_page(rows=[["Invoice date", "unknown"], ["Due date", "2025-02-16"]])

    assert read("invoice", page)["date"].value == "2025-02-16"
    assert read("invoice", beside)["date"].value is None


def test_an_amount_read_from_under_its_label_is_not_certain() -> None:
    beside, below = make_page(rows=[["Total", "42.00"]]), make_page(rows=[["Total"], ["42.00"]])

    assert read("invoice", beside)["total"].certain
    assert not read("invoice", below)["total"].certain


def test_three_hundred_pages_are_read_to_the_last() -> None:
    filler = [f"Paragraph {number}: the parties agree on many things." for number in range(40)]
    pages = [make_page(number=number, lines=filler) for number in range(1, 300)]
    pages.append(make_page(number=300, pairs={"Total": "42.00"}))

    reading = read("invoice", *pages)["total"]

    assert reading.value == 42_000_000
    assert reading.evidence.page == 300
