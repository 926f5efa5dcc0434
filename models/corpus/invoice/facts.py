"""What an invoice says, before anybody lays it out."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from models.corpus.amounts import draw_amount, round_cents
from models.corpus.days import Day, draw_issued
from models.corpus.identifiers import draw_iban, draw_vat_number
from models.corpus.places import (
    Company,
    Locale,
    draw_company,
    draw_locale,
    fill_pattern,
    read_language,
)

_NUMBER_PATTERNS = ("INV-####", "2024-#####", "R######", "AA-#####", "#######", "F24/####")
_VAT_COUNTRIES = ("DE", "AT", "FR", "IT", "NL", "ES", "BE", "GB")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an invoice; the amount is printed as it stands here."""

    description: str
    quantity: int
    price: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice; None is left out of the page."""

    locale: Locale
    number: str | None
    date: Day
    due: Day
    seller: Company
    buyer: Company | None
    items: tuple[Item, ...]
    tax_rate: str
    subtotal: Decimal
    tax: Decimal
    total: Decimal
    iban: str | None
    tax_id: str | None
    order: str
    currency: str


def draw_items(random: Random, descriptions: list[str], count: int) -> tuple[Item, ...]:
    """Different items whose amounts are quantity times price."""
    items = []
    for description in random.sample(descriptions, k=min(count, len(descriptions))):
        quantity = random.choice((1, 1, 2, 3, 4, 5, 8, 10, 12, 20, 40))
        price = draw_amount(random, 4, 480)
        items.append(Item(description, quantity, price, price * quantity))
    return tuple(items)


def draw_invoice(random: Random, locale: Locale | None = None) -> Invoice:
    """An invoice on which everything is right."""
    locale = locale or draw_locale(
        random, "US", "US", "GB", "GB", "DE", "AT", "FR", "ES", "IT", "NL", "BE"
    )
    words = read_language("invoice")[locale.language]
    issued = draw_issued(random)
    seller = draw_company(random, locale)
    items = draw_items(random, words["items"], random.randint(2, 7))
    subtotal = sum((item.amount for item in items), Decimal(0))
    rate = random.choice(locale.facts["tax_rates"])
    tax = round_cents(subtotal * Decimal(rate.replace(",", ".")) / 100)
    european = locale.code in _VAT_COUNTRIES
    return Invoice(
        locale=locale,
        number=fill_pattern(random, random.choice(_NUMBER_PATTERNS)),
        date=issued,
        due=issued.plus(random.choice((14, 30, 30, 60))),
        seller=seller,
        buyer=draw_company(random, locale, avoid=seller.name),
        items=items,
        tax_rate=rate,
        subtotal=subtotal,
        tax=tax,
        total=subtotal + tax,
        iban=draw_iban(random, locale.code) if european else None,
        tax_id=draw_vat_number(random, locale.code) if european else None,
        order=fill_pattern(random, "####-##"),
        currency=locale.purse.currency,
    )
