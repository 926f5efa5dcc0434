"""What Textract bills for a page, at list price in US dollars (us-east-1, first million pages)."""

from collections.abc import Collection
from decimal import Decimal

_TEXT = Decimal("0.0015")
_FEATURES = {
    "FORMS": Decimal("0.05"),
    "TABLES": Decimal("0.015"),
    "SIGNATURES": Decimal("0.0035"),
    "LAYOUT": Decimal("0.004"),
}
_INCLUDED_WITH_OTHERS = {"SIGNATURES", "LAYOUT"}


def page_usd(features: Collection[str]) -> Decimal:
    """The price of analysing one page with these features; plain text detection without any.

    Signatures and layout cost nothing beside forms or tables.
    """
    charged = set(features) - _INCLUDED_WITH_OTHERS or set(features)
    return sum((_FEATURES[feature] for feature in charged), Decimal(0)) or _TEXT
