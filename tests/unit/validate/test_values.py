from datetime import date

import pytest

from lambdas.validate.fields.mapping import ValueKind
from lambdas.validate.fields.values import Notation, is_blank, read_value

NOTATION = Notation(received=date(2025, 3, 14))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  Acme   Inc. ", "Acme Inc."),
        ("code", "# INV-7", "INV-7"),
        ("code", "No. 4711", "No. 4711"),
        ("code", "your order 4711 of last week", "4711"),
        ("integer", "3 copies", 3),
        ("year", "Jan. 1-Dec. 31, 2023", 2023),
        ("number", "2,5 h", 2_500_000),
        ("money", "EUR 1.234,50", 1_234_500_000),
        ("currency", "Euro", "EUR"),
        ("currency", "US$", "USD"),
        ("currency", "Currency: CHF", "CHF"),
        ("email", "mail to a.b@example.org.", "a.b@example.org"),
        ("phone", "Tel. +49 (30) 123-456 x 12", "+49 (30) 123-456 x 12"),
        ("date", "2025-01-31", "2025-01-31"),
    ],
)
def test_a_text_becomes_a_value(kind: ValueKind, text: str, value: object) -> None:
    read = read_value(kind, text, NOTATION)

    assert read is not None
    assert read.value == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text", "_____"),
        ("code", "pending"),
        ("code", "12.03.2025"),
        ("integer", "none"),
        ("year", "12345"),
        ("money", "8 Medicare tax withheld"),
        ("currency", "XQZ"),
        ("email", "nobody"),
        ("phone", "n/a"),
        ("date", "soon"),
    ],
)
def test_a_text_that_holds_no_such_value_is_not_understood(kind: ValueKind, text: str) -> None:
    assert read_value(kind, text, NOTATION) is None


@pytest.mark.parametrize("text", ["", "____", " . . . . ", "\u2013", "/ /", ":"])
def test_the_line_to_write_on_is_blank(text: str) -> None:
    assert is_blank(text)
