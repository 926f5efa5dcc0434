"""What a receipt says."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from models.corpus.amounts import draw_amount, round_cents
from models.corpus.days import Day, draw_issued
from models.corpus.places import (
    Locale,
    draw_address,
    draw_locale,
    draw_person,
    fill_pattern,
    read_language,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt; without `tendered` it was paid by card, without `total` none is printed."""

    locale: Locale
    merchant: str
    address: tuple[str, ...]
    phone: str
    date: Day
    time: str
    cashier: str
    number: str
    items: tuple[tuple[str, Decimal], ...]
    tax_rate: str
    subtotal: Decimal
    tax: Decimal
    total: Decimal | None
    tendered: Decimal | None
    change: Decimal


def draw_receipt(random: Random) -> Receipt:
    """A receipt on which everything is right; half of them were paid in cash."""
    locale = draw_locale(random, "US", "US", "US", "GB", "GB", "DE", "FR", "ES")
    words = read_language("receipt")[locale.language]
    names = random.sample(words["items"], k=random.randint(2, 9))
    items = tuple((name, draw_amount(random, 0.6, 24)) for name in names)
    subtotal = sum((price for _, price in items), Decimal(0))
    rate = random.choice(locale.facts["tax_rates"])
    tax = round_cents(subtotal * Decimal(rate.replace(",", ".")) / 100)
    total = subtotal + tax
    note = random.choice((10, 20, 50))
    tendered = Decimal(int(total) // note * note + note) if random.random() < 0.5 else None
    return Receipt(
        locale=locale,
        merchant=random.choice(words["shops"]),
        address=draw_address(random, locale),
        phone=fill_pattern(random, locale.facts["phone"]),
        date=draw_issued(random),
        time=f"{random.randint(8, 20):02}:{random.randint(0, 59):02}",
        cashier=draw_person(random, locale).given,
        number=fill_pattern(random, "######"),
        items=items,
        tax_rate=rate,
        subtotal=subtotal,
        tax=tax,
        total=total,
        tendered=tendered,
        change=(tendered or total) - total,
    )
