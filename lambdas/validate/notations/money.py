"""Amounts of money in every notation, as decimals and as integers of micros; never as floats.

CEL has no decimals, so a rule sees an amount as an integer of micros: millionths of the unit that
the document counts in.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lambdas.validate.notations import currencies

DecimalMark = Literal[".", ","]

MICROS = 1_000_000
LARGEST = Decimal(10) ** 12
"""Amounts from here on are misread numbers, and their sums would leave CEL's 64 bits."""

_NUMBER = r"""
    (?: \d{1,3} (?P<group>[.,'\u2019\u00a0\u202f\u2009]) \d{3} (?: (?P=group) \d{3} )*   # 1,234,567
      | \d{1,3} (?: [ ] \d{3} )+ (?= , \d{2} (?!\d) )                              # 1 234 567,89
      | \d{1,2} (?: , \d{2} )+ , \d{3}                                             # 12,34,567
      | \d+ )
    (?: [.,] \d{1,6} (?:,-)? )?
"""
_AMOUNT = re.compile(
    rf"""
    (?<![\w.,/'\u2019]) (?<!\w-) (?<!\d:)
    (?:(?P<open>\()\s*)? (?:(?P<sign>(?<!\w)[-\u2212\u2013+])\s*)?
    (?:(?P<before>{currencies.PATTERN})\s*)? (?:(?P<inner>[-\u2212\u2013+])\s*)?
    (?P<number>{_NUMBER}) (?! \d | [.,'\u2019/:-]\d | \s?% )
    (?: \s? (?P<after>{currencies.PATTERN}) )?
    (?: \s? (?P<trail> [-\u2212\u2013](?!\w) | (?:CR|DR|Cr|Dr)\b ) )? (?!\w) (?P<close>\))?
    """,
    re.VERBOSE,
)
_PERCENTAGE = re.compile(r"\(?@?\s?\d{1,3}(?:[.,]\d+)?\s?%\)?")
_SPACED_SEPARATOR = re.compile(r"(?<=\d)(?: ([.,])|([.,]) )(?=\d)")
_SPACED_GROUPS = re.compile(r"\D*\d{1,3}(?: \d{3})+(?:[.,]\d{2})?\D*")
_CENTS = re.compile(r"\d([.,])\d{2}(?![\d.,])")
_GROUPED = re.compile(r"\d{1,3}(?P<group>[.,'\u2019\u00a0\u202f\u2009 ])\d{3}(?:(?P=group)\d{3})*")
_NOT_MONEY = re.compile(r"[-\u2212\u2013+().,:;*=\s]*(?:\b[A-Z]{1,2})?[.*\s]*")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that stands in a text, and the currency written beside it."""

    value: Decimal
    currency: str | None
    decimals: int
    start: int
    end: int


def find_amounts(text: str, decimal_mark: DecimalMark | None = None) -> list[Amount]:
    """Every number in `text` that could be an amount, in order; percentages and dates are none."""
    found = []
    for match in _AMOUNT.finditer(text.replace("_", " ")):
        number = match["number"].removesuffix(",-")
        value, decimals = _read_number(number, decimal_mark)
        if value >= LARGEST:
            continue
        negative = (match["open"] and match["close"]) or any(
            mark and mark in "-\u2212\u2013"
            for mark in (match["sign"], match["inner"], match["trail"])
        )
        if (match["trail"] or "").upper() == "DR":
            negative = True
        written = match["before"] or match["after"]
        found.append(
            Amount(
                value=-value if negative else value,
                currency=written,
                decimals=decimals,
                start=match.start(),
                end=match.end(),
            )
        )
    return found


def parse_amount(text: str, decimal_mark: DecimalMark | None = None) -> Amount | None:
    """The one amount in `text`, or the last of several; None when there is no amount."""
    cleaned = _SPACED_SEPARATOR.sub(lambda m: m[1] or m[2], _PERCENTAGE.sub(" ", text))
    if _SPACED_GROUPS.fullmatch(cleaned):
        cleaned = re.sub(r"(?<=\d) (?=\d{3})", "", cleaned)
    amounts = find_amounts(cleaned, decimal_mark)
    if len(amounts) > 1:
        with_cents = [amount for amount in amounts if amount.decimals == 2 or amount.currency]
        amounts = with_cents or amounts
    return amounts[-1] if amounts else None


def is_amount(text: str) -> bool:
    """Whether `text` is an amount and nothing else: signs, rates, tax codes aside."""
    money = _PERCENTAGE.sub("", text).replace("_", " ")
    rest = _AMOUNT.sub("", money, count=1)
    return rest != money and _NOT_MONEY.fullmatch(rest) is not None


def find_decimal_mark(texts: Iterable[str]) -> DecimalMark | None:
    """The mark that most amounts with cents use; None without such amounts or at a tie."""
    counts = {".": 0, ",": 0}
    for text in texts:
        for mark in _CENTS.findall(text):
            counts[mark] += 1
    if counts["."] == counts[","]:
        return None
    return "." if counts["."] > counts[","] else ","


def to_micros(value: Decimal) -> int:
    """The amount as an integer of micros, rounded half to even beyond six decimals."""
    return int((value * MICROS).to_integral_value())


def format_micros(micros: int) -> str:
    """Micros as people write them: at least two decimals, no superfluous zeros."""
    whole, fraction = divmod(abs(micros), MICROS)
    digits = f"{fraction:06d}".rstrip("0").ljust(2, "0")
    return f"{'-' if micros < 0 else ''}{whole}.{digits}"


def _read_number(number: str, decimal_mark: DecimalMark | None) -> tuple[Decimal, int]:
    whole, decimals = _split_number(number, decimal_mark)
    digits = re.sub(r"\D", "", whole) or "0"
    return Decimal(f"{digits}.{decimals or '0'}"), len(decimals)


def _split_number(number: str, decimal_mark: DecimalMark | None) -> tuple[str, str]:
    """Split at the decimal mark: the last separator, unless it groups thousands."""
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number, ""
    whole, decimals, mark = number[:last], number[last + 1 :], number[last]
    grouped = _GROUPED.fullmatch(number)
    if grouped and grouped["group"] == mark:
        repeated = number.count(mark) > 1
        three_decimals = decimal_mark == mark or whole == "0"
        if repeated or not three_decimals:
            return number, ""
    elif "," in whole and mark == "," and len(decimals) == 3:  # 12,34,567
        return number, ""
    return whole, decimals
