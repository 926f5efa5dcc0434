import pytest

from lambdas.validate.fields.labels import LabelBook, normalise

BOOK = LabelBook(
    {
        "number": ["invoice number", "invoice no"],
        "wages": ["wages, tips, other compensation"],
        "tax": ["tax", "vat"],
        "total": ["grand total", "total"],
        "date": ["date"],
    }
)


@pytest.mark.parametrize(
    ("text", "field", "quality"),
    [
        ("Invoice number", "number", 0),
        ("INVOICE NUMBER:", "number", 0),
        ("Invoice #", "number", 0),
        ("Invoice Nr.", "number", 0),
        ("Invoice N°", "number", 0),
        ("InvoiceNumber", "number", 0),
        ("VAT 19%", "tax", 0),
        ("Tax (8.25 %)", "tax", 0),
        ("Total (incl. fees)", "total", 1),
        ("Total EUR", "total", 1),
        ("1 Wages, tips, other compensation", "wages", 1),
        ("1. Wages, tips, other compensation", "wages", 1),
        ("Invoce number", "number", 2),
        ("lnvoice number", "number", 2),
        ("Wages, tips, other cornpensation", "wages", 2),
        ("1 Wages, tips, other compensation see instructions", "wages", 3),
    ],
)
def test_labels_are_known_in_many_spellings(text: str, field: str, quality: int) -> None:
    match = BOOK.match(text)[0]

    assert (match.field, match.quality) == (field, quality)


@pytest.mark.parametrize(
    "text", ["", "Dated", "Tax ID", "Subtotal", "Totally different", "Invoice", "x" * 200]
)
def test_other_words_are_no_labels(text: str) -> None:
    assert BOOK.match(text) == []


def test_the_first_synonym_is_the_surest() -> None:
    assert BOOK.match("Grand total") < BOOK.match("Total")


def test_a_label_may_belong_to_two_fields() -> None:
    book = LabelBook({"from": ["period"], "to": ["until", "period"]})

    assert [match.field for match in book.match("Period:")] == ["from", "to"]


def test_a_slip_is_no_exact_match() -> None:
    assert BOOK.match_exactly("Invoce number") == []
    assert BOOK.match_exactly("Invoice number:")


def test_accents_and_punctuation_do_not_matter() -> None:
    assert normalise("N.º de factura") == "no de factura"
    assert normalise("Fälligkeits-Datum:") == "falligkeits datum"
    assert normalise("Employer's name") == "employers name"
