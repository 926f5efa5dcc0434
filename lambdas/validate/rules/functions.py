"""The functions that a rule's CEL expressions may call, beside CEL's own."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lambdas.validate.fields.labels import compact
from lambdas.validate.fields.values import PHONE
from lambdas.validate.notations import iban, money, us_tax_numbers, vat

_EMAIL = re.compile(r"[\w.+%'-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")

FunctionTable = dict[str, Callable[..., Any]]


def otherwise(value: object, default: object) -> object:
    """The value, or the default where there is none."""
    return default if value is None else value


def read_money(text: str) -> int:
    """The micros of an amount written as a decimal: `money('0.05')`."""
    return money.to_micros(Decimal(text))


def multiply(quantity: int, price: int) -> int:
    """The micros of a quantity times a price, both in micros."""
    return money.to_micros(Decimal(quantity) * Decimal(price) / money.MICROS**2)


def add_days(day: str, days: int) -> str:
    """The date so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def count_years(start: str, end: str) -> int:
    """The whole years from one date to another, as an age is counted."""
    one, other = date.fromisoformat(start), date.fromisoformat(end)
    return other.year - one.year - ((other.month, other.day) < (one.month, one.day))


def read_year(day: str) -> int:
    """The year of a date, a month or a year in ISO form."""
    return int(day[:4])


def join(texts: Sequence[str]) -> str:
    """The texts in one sentence."""
    return ", ".join(texts)


def show_last_four(text: str) -> str:
    """A number that is nobody else's business, told by its last four letters or digits."""
    return "…" + re.sub(r"[\W_]", "", text)[-4:]


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address with a dotted domain."""
    return _EMAIL.fullmatch(text.strip()) is not None


def is_phone(text: str) -> bool:
    """Whether a text is a telephone number: 7 to 15 digits and what people put between them."""
    digits = re.sub(r"\D", "", re.split(r"x|ext", text, flags=re.IGNORECASE)[0])
    return PHONE.fullmatch(text) is not None and 7 <= len(digits) <= 15


def is_same_code(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits, case and separators apart."""
    return compact(one) == compact(other)


def is_running_balance(opening: int | None, rows: Sequence[dict[str, Any]]) -> bool:
    """Whether each balance follows from the one before by its row's movement.

    Statements run from old to new or from new to old: either order will do. Rows without a
    balance add their movement to the next that has one.
    """
    return _follows(opening, rows) or _follows(opening, list(reversed(rows)))


def net(credit: int | None, debit: int | None) -> int:
    """Credit less debit; a debit printed with a minus is the same debit."""
    return (credit or 0) - abs(debit or 0)


def move(row: dict[str, Any]) -> int:
    """The signed movement of a statement's row, from its amount or its credit and debit."""
    amount = row.get("amount")
    return int(amount) if amount is not None else net(row.get("credit"), row.get("debit"))


def _follows(opening: int | None, rows: Sequence[dict[str, Any]]) -> bool:
    balance = opening
    pending = 0
    for row in rows:
        pending += move(row)
        printed = row.get("balance")
        if printed is None:
            continue
        if balance is not None and abs(balance + pending - printed) > money.MICROS // 100:
            return False
        balance, pending = printed, 0
    return True


FUNCTIONS: FunctionTable = {
    "otherwise": otherwise,
    "money": read_money,
    "multiply": multiply,
    "sum": sum,
    "abs": abs,
    "net": net,
    "movement": move,
    "running_balance": is_running_balance,
    "add_days": add_days,
    "years_between": count_years,
    "year": read_year,
    "join": join,
    "iban_valid": iban.is_iban,
    "vat_number_valid": vat.is_vat_number,
    "person_number_valid": us_tax_numbers.is_person_number,
    "employer_number_valid": us_tax_numbers.is_employer_number,
    "last_four": show_last_four,
    "email_valid": is_email,
    "phone_valid": is_phone,
    "same_code": is_same_code,
}
