"""Money as documents print it: decimals in, notation of a country out."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Literal

CENT = Decimal("0.01")
Notation = Literal["1,234.56", "1.234,56", "1 234,56"]
_SEPARATORS: dict[Notation, tuple[str, str]] = {
    "1,234.56": (",", "."),
    "1.234,56": (".", ","),
    "1 234,56": (" ", ","),
}
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


def round_cents(amount: Decimal) -> Decimal:
    """To whole cents, halves up, as invoices do."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def draw_amount(random: Random, lowest: float, highest: float) -> Decimal:
    """An amount in cents between two bounds."""
    return Decimal(random.randint(round(lowest * 100), round(highest * 100))) / 100


@dataclass(frozen=True, slots=True)
class Purse:
    """A currency and how amounts in it are written; `sign` is where the currency's sign stands."""

    currency: str
    notation: Notation
    sign: Literal["before", "after", "none", "code"] = "before"

    def bare(self, amount: Decimal) -> str:
        """The number without its currency."""
        thousands, point = _SEPARATORS[self.notation]
        text = f"{abs(round_cents(amount)):,.2f}"
        text = text.replace(",", "\0").replace(".", point).replace("\0", thousands)
        return f"-{text}" if amount < 0 else text

    def printed(self, amount: Decimal) -> str:
        """The number with its currency, as the totals of a document show it."""
        bare = self.bare(amount)
        sign = SIGNS.get(self.currency, self.currency)
        match self.sign:
            case "before":
                return f"{sign}{bare}" if len(sign) == 1 else f"{sign} {bare}"
            case "after":
                return f"{bare} {sign}"
            case "code":
                return f"{self.currency} {bare}"
            case "none":
                return bare
