from decimal import Decimal

import pytest

from lambdas.shared.pricing import page_usd


@pytest.mark.parametrize(
    ("features", "usd"),
    [
        ([], "0.0015"),
        (["FORMS"], "0.05"),
        (["TABLES"], "0.015"),
        (["FORMS", "TABLES"], "0.065"),
        (["FORMS", "TABLES", "SIGNATURES"], "0.065"),
        (["SIGNATURES"], "0.0035"),
        (["LAYOUT"], "0.004"),
    ],
)
def test_a_page_costs_what_textract_lists(features: list[str], usd: str) -> None:
    assert page_usd(features) == Decimal(usd)
