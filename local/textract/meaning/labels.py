"""What a label looks like, and what a value: words that business documents use."""

from __future__ import annotations

import re
from collections.abc import Sequence

from local.textract.meaning.vocabulary import (
    ABBREVIATIONS,
    ENDINGS,
    MODIFIERS,
    MONTHS,
    NAMES,
    SUMMARY,
)
from local.textract.pages.page import Word

_LONGEST_LABEL = 8
_TIME = re.compile(r"^\d{1,2}:\d{2}")
_LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)
_AMOUNT = re.compile(
    r"^[-+(]?(?:[$€£¥₹]|[A-Z]{2,3}\$?)?-?\d{1,3}(?:[.,' ]?\d{3})*(?:[.,]\d{1,2})?\)?(?:[$€£¥₹]|-)?$"
)
_CURRENCY = re.compile(r"^(?:[$€£¥₹]|[A-Z]{3}|kr\.?|zł|Fr\.?)$")
_HOUSE = re.compile(r"^\d{2,6}[a-zA-Z]?,?$")


def join_text(words: Sequence[Word]) -> str:
    """The words as one text."""
    return " ".join(word.text for word in words)


def ends_key(word: Word) -> bool:
    """Tell whether a word closes a key: "Total:", but neither "9:" nor "https:"."""
    text = word.text.rstrip(":")
    return (
        word.text.endswith(":")
        and not _TIME.match(text)
        and bool(not text or _LETTERS.search(text) or text[-1] in ")#]%*.")
    )


def is_label(words: Sequence[Word]) -> bool:
    """Tell whether words could name a field: few, mostly letters, no sentence, no value."""
    if not 0 < len(words) <= _LONGEST_LABEL:
        return False
    text = join_text(words)
    letters = len(_LETTERS.findall(text))
    solid = len(text.replace(" ", ""))
    if letters < 2 or letters < 0.55 * solid or "@" in text or "://" in text:
        return False
    # A post code or a serial number is made of letters too.
    if all(any(letter.isdigit() for letter in word.text) for word in words):
        return False
    return not (
        _ends_sentence(words[-1].text)
        or _has_house_number(words)
        or any(is_amount(word.text) and len(word.text) > 3 for word in words)
    )


def _ends_sentence(last: str) -> bool:
    return last.endswith((",", ";", "!", "?")) or (
        last.endswith(".") and last.lower() not in ABBREVIATIONS
    )


def _has_house_number(words: Sequence[Word]) -> bool:
    """Tell an address by its number: "27 rue Rolland", "Sesame Street 32"."""
    if len(words) < 2:
        return False
    return bool(_HOUSE.match(words[0].text)) or (
        bool(_HOUSE.match(words[-1].text)) and not is_summary(words)
    )


def is_amount(text: str) -> bool:
    """Tell whether a text is a sum of money or a plain number."""
    return bool(_AMOUNT.match(text)) and any(letter.isdigit() for letter in text)


def is_currency(text: str) -> bool:
    """Tell whether a text names a currency."""
    return bool(_CURRENCY.match(text))


def is_data(words: Sequence[Word]) -> bool:
    """Tell whether words are a value rather than prose: figures, dates, codes, addresses."""
    text = join_text(words)
    digits = sum(letter.isdigit() for letter in text)
    share = 0.1 if len(words) == 1 else 0.15
    return "@" in text or (digits > 0 and digits >= share * len(text.replace(" ", "")))


def is_figure(words: Sequence[Word]) -> bool:
    """Tell whether words are one figure: an amount, a count, a date, a code of digits."""
    text = join_text(words)
    digits = sum(letter.isdigit() for letter in text)
    if digits == 0 or len(words) > 4 or is_address(words):
        return False
    return is_money(words) or digits >= 0.4 * len(text.replace(" ", ""))


def is_money(words: Sequence[Word]) -> bool:
    """Tell whether words are one amount, with or without its currency."""
    return (
        0 < len(words) <= 3
        and all(
            is_amount(word.text) or is_currency(word.text) or word.text in {"-", "+"}
            for word in words
        )
        and any(is_amount(word.text) for word in words)
    )


def is_rule(text: str) -> bool:
    """Tell whether a word is a line to write on: underscores, dots or dashes."""
    return len(text) >= 3 and not text.strip("_.-\u2026\u00b7\u2025\u2013\u2014")


def is_rate(words: Sequence[Word]) -> bool:
    """Tell whether words are a percentage."""
    text = join_text(words).strip("()@")
    return len(words) <= 2 and text.endswith("%") and any(letter.isdigit() for letter in text)


def is_address(words: Sequence[Word]) -> bool:
    """Tell whether words begin as a street does: a house number and a name."""
    return (
        len(words) >= 2
        and bool(_HOUSE.match(words[0].text))
        and any(len(_LETTERS.findall(word.text)) >= 2 for word in words[1:])
        and not any(month in join_text(words[1:2]).lower() for month in MONTHS)
    )


def is_summary(words: Sequence[Word]) -> bool:
    """Tell whether words open a line of totals."""
    return bool(SUMMARY.match(join_text(words)))


def ends_label(word: Word) -> bool:
    """Tell whether a word usually is the last of a label: number, date, code."""
    return word.text.rstrip(":").lower() in ENDINGS


def modifies_label(word: Word) -> bool:
    """Tell whether a word usually belongs to the word of the label that follows it."""
    return word.text.lower() in MODIFIERS


def names_field(words: Sequence[Word]) -> bool:
    """Tell whether words hold one that labels are made of: date, number, name, total."""
    return is_summary(words) or any(
        ends_label(word) or modifies_label(word) or word.text.lower().strip(":*()") in NAMES
        for word in words
        # "to" and "from" are labels by themselves only.
        if len(words) <= 2 or word.text.lower() not in {"to", "from"}
    )
