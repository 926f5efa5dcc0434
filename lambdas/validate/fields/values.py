"""Text turned into typed values: what a rule sees of a field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from lambdas.validate.fields.mapping import ColumnKind, ValueKind
from lambdas.validate.notations import currencies, iban, money, us_tax_numbers, vat
from lambdas.validate.notations.dates import DayOrder, find_dates
from lambdas.validate.notations.money import DecimalMark

CelValue: TypeAlias = "bool | int | str | list[CelValue] | dict[str, CelValue] | None"
"""Dates are ISO strings, which CEL compares in order of time; money and numbers are micros."""

_EMAIL_LIKE = re.compile(r"[\w.+%-]+\s?@\s?[\w@.-]*")
PHONE = re.compile(r"\+?\(?\d[\d\s()./-]{4,18}\d(?:\s?(?:x|ext\.?)\s?\d{1,5})?", re.IGNORECASE)
_MOST_LETTERS = 10
_BLANK = re.compile(r"[\s_.\u2026:;,*|\\/\u2013\u2014-]*")


@dataclass(frozen=True, slots=True)
class Notation:
    """How this document writes numbers and dates; None where it gives no evidence."""

    received: date
    decimal_mark: DecimalMark | None = None
    day_order: DayOrder | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value understood from a text; `certain` is False where the text allows another reading."""

    value: CelValue
    text: str
    certain: bool = True


def is_blank(text: str) -> bool:
    """Whether a text is nothing but the line on which something could be written."""
    return _BLANK.fullmatch(text) is not None


def read_value(
    kind: ValueKind | ColumnKind,
    text: str,
    notation: Notation,
    *,
    past: bool = False,
    last: bool = False,
) -> Value | None:
    """The value of a kind that `text` holds; None when it holds none.

    A date that is written but does not exist is a value of None. Of several dates in the text,
    the first is meant, or the `last`; with `past`, a two-digit year never means the future.
    """
    if is_blank(text):
        return None
    text = " ".join(text.split())
    if kind == "date":
        return _read_date(text, notation, past=past, last=last)
    found = _READERS[kind](text, notation)
    return None if found is None else Value(found, text)


def _read_amount(text: str, notation: Notation) -> CelValue:
    """The amount in micros; a number without cents in the midst of words is none."""
    amount = money.parse_amount(text, notation.decimal_mark)
    if amount is None:
        return None
    bare = amount.decimals == 0 and amount.currency is None
    if bare and sum(map(str.isalpha, text)) > _MOST_LETTERS:
        return None
    return money.to_micros(amount.value)


def _read_integer(text: str, _notation: Notation) -> CelValue:
    digits = re.search(r"\d{1,18}", text)
    return int(digits[0]) if digits else None


def _read_calendar_year(text: str, _notation: Notation) -> CelValue:
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return int(year[0]) if year else None


def _read_email(text: str, _notation: Notation) -> CelValue:
    address = _EMAIL_LIKE.search(text)
    return address[0].replace(" ", "").rstrip(".") if address else None


def _read_phone(text: str, _notation: Notation) -> CelValue:
    phone = PHONE.search(text)
    return phone[0] if phone else None


def _read_code(text: str, _notation: Notation) -> CelValue:
    """An identifier: it has a digit, and is neither a date nor a sentence."""
    code = text.strip(" #:.")
    words = code.split()
    if len(words) > 4:
        code = next((word for word in words if any(map(str.isdigit, word))), "")
    if not any(map(str.isdigit, code)) or len(code) > 40 or find_dates(code):
        return None
    return code


_READERS: Mapping[str, Callable[[str, Notation], CelValue]] = {
    "text": lambda text, _notation: text,
    "code": _read_code,
    "money": _read_amount,
    "number": _read_amount,
    "integer": _read_integer,
    "year": _read_calendar_year,
    "currency": lambda text, _notation: currencies.resolve_currency(text),
    "iban": lambda text, _notation: iban.find_iban(text),
    "vat_number": lambda text, _notation: vat.find_vat_number(text),
    "person_number": lambda text, _notation: us_tax_numbers.find_person_number(text),
    "employer_number": lambda text, _notation: us_tax_numbers.find_employer_number(text),
    "email": _read_email,
    "phone": _read_phone,
}


def _read_date(text: str, notation: Notation, *, past: bool, last: bool) -> Value | None:
    dates = find_dates(text)
    if not dates:
        return None
    written = dates[-1 if last else 0]
    day = written.resolve(notation.day_order or "day_first")
    if notation.day_order is None and written.ambiguous and day and day > notation.received:
        day = written.resolve("month_first")  # what was written is more likely past than future
    if day is None:
        return Value(None, written.text)
    certain = notation.day_order is not None or not written.ambiguous
    if day > notation.received and not re.search(r"\d{4}", written.text):
        certain = False  # two digits of a year can mean either century
        day = replace_century(day) if past else day
    return Value(day.isoformat(), written.text, certain)


def replace_century(day: date) -> date:
    """The same day a hundred years before; the last of February where that year has no 29th."""
    try:
        return day.replace(year=day.year - 100)
    except ValueError:
        return day.replace(year=day.year - 100, day=28)
