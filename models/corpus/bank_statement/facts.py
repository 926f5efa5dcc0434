"""What an account statement says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from models.corpus.amounts import draw_amount
from models.corpus.days import Day
from models.corpus.identifiers import draw_iban
from models.corpus.places import (
    Locale,
    Person,
    draw_company,
    draw_locale,
    draw_person,
    fill_pattern,
    read_language,
)


@dataclass(frozen=True, slots=True)
class Movement:
    """One booking: negative amounts leave the account; `balance` is what is printed beside it."""

    date: Day
    description: str
    amount: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement; accounts outside the IBAN countries have an account number instead."""

    locale: Locale
    bank: str
    holder: Person | None
    iban: str | None
    account: str
    start: Day
    end: Day
    opening: Decimal
    movements: tuple[Movement, ...]
    closing: Decimal


def draw_statement(random: Random, count: int | None = None) -> Statement:
    """A month's statement whose balances follow from one another; `count` movements if given."""
    locale = draw_locale(random, "US", "US", "GB", "GB", "DE", "FR", "ES")
    words = read_language("bank_statement")[locale.language]
    start = date(random.choice((2023, 2024)), random.randint(1, 12), 1)
    first = Day.of(start)
    last = Day(first.year, first.month, 28)
    opening = balance = draw_amount(random, 400, 9000)
    movements = []
    days = sorted(random.randint(0, 27) for _ in range(count or random.randint(6, 16)))
    for offset in days:
        incoming = balance < 300 or random.random() < 0.25
        amount = draw_amount(random, 100, 2800) if incoming else -draw_amount(random, 4, 260)
        balance += amount
        text = random.choice(words["incoming" if incoming else "outgoing"]).format(
            company=draw_company(random, locale).name, person=draw_person(random, locale).name
        )
        movements.append(Movement(first.plus(offset), text, amount, balance))
    return Statement(
        locale=locale,
        bank=random.choice(words["banks"]),
        holder=draw_person(random, locale),
        iban=None if locale.code == "US" else draw_iban(random, locale.code),
        account=fill_pattern(random, "#### #### ##"),
        start=first,
        end=last,
        opening=opening,
        movements=tuple(movements),
        closing=balance,
    )
