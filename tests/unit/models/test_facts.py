from decimal import Decimal
from random import Random

import pytest

from models.corpus.amounts import Purse, round_cents
from models.corpus.bank_statement import draw_statement
from models.corpus.contract import draw_contract
from models.corpus.days import Day
from models.corpus.id_document import draw_identity
from models.corpus.id_document.facts import write_mrz
from models.corpus.invoice import draw_invoice
from models.corpus.places import draw_locale, draw_person
from models.corpus.receipt import draw_receipt
from models.corpus.resume import draw_resume
from models.corpus.tax_form import draw_wage_statement

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_invoice_adds_up(seed: int) -> None:
    invoice = draw_invoice(Random(seed))
    assert sum(item.amount for item in invoice.items) == invoice.subtotal
    assert all(item.quantity * item.price == item.amount for item in invoice.items)
    assert invoice.subtotal + invoice.tax == invoice.total
    rate = Decimal(invoice.tax_rate.replace(",", "."))
    assert round_cents(invoice.subtotal * rate / 100) == invoice.tax
    assert invoice.date < invoice.due


@pytest.mark.parametrize("seed", SEEDS)
def test_a_receipt_adds_up_to_the_change(seed: int) -> None:
    receipt = draw_receipt(Random(seed))
    assert receipt.total is not None
    assert sum(price for _, price in receipt.items) == receipt.subtotal
    assert receipt.subtotal + receipt.tax == receipt.total
    assert (receipt.tendered or receipt.total) - receipt.total == receipt.change >= 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_statement_runs_from_its_opening_to_its_closing_balance(seed: int) -> None:
    statement = draw_statement(Random(seed))
    balance = statement.opening
    for movement in statement.movements:
        balance += movement.amount
        assert movement.balance == balance
        assert statement.start <= movement.date <= statement.end
    assert balance == statement.closing


@pytest.mark.parametrize("seed", SEEDS)
def test_payroll_taxes_follow_from_the_wages(seed: int) -> None:
    statement = draw_wage_statement(Random(seed))
    social, medicare = statement.social_security_wages, statement.medicare_wages
    assert statement.social_security_tax == round_cents(social * Decimal("0.062"))
    assert statement.medicare_tax == round_cents(medicare * Decimal("0.0145"))
    assert statement.withheld < statement.wages
    assert social <= 168_600


@pytest.mark.parametrize("seed", SEEDS)
def test_an_identity_is_valid_long_after_it_was_issued(seed: int) -> None:
    identity = draw_identity(Random(seed))
    assert identity.born < identity.issued < Day(2033, 1, 1) <= identity.expires
    assert identity.mrz == write_mrz(identity)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_contract_is_in_force_until_2033_at_least(seed: int) -> None:
    contract = draw_contract(Random(seed))
    assert contract.effective < Day(2026, 1, 1) < Day(2033, 1, 1) <= contract.until
    assert len(contract.parties) == 2
    assert contract.parties[0].company.name != contract.parties[1].company.name
    assert all(party.signs for party in contract.parties)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_resume_has_no_two_positions_at_once(seed: int) -> None:
    resume = draw_resume(Random(seed))
    later = resume.positions[0]
    assert later.until is None
    assert later.since < (2026, 1)
    for earlier in resume.positions[1:]:
        assert earlier.until is not None
        assert earlier.since <= earlier.until < later.since
        later = earlier
    assert resume.school.until is not None
    assert resume.school.until < later.since


@pytest.mark.parametrize(
    ("notation", "sign", "printed"),
    [
        ("1,234.56", "before", "€1,234.50"),
        ("1.234,56", "after", "1.234,50 €"),
        ("1 234,56", "code", "EUR 1 234,50"),
        ("1,234.56", "none", "1,234.50"),
    ],
)
def test_amounts_are_printed_in_the_country_notation(
    notation: str, sign: str, printed: str
) -> None:
    purse = Purse("EUR", notation, sign)  # type: ignore[arg-type]
    assert purse.printed(Decimal("1234.5")) == printed


def test_a_day_that_does_not_exist_can_be_printed() -> None:
    day = Day(2024, 2, 31)
    assert day.printed("iso") == "2024-02-31"
    assert day.printed("day month", "de") == "31. Februar 2024"
    assert day.printed("slashes us") == "02/31/2024"
    with pytest.raises(ValueError, match="day is out of range"):
        day.plus(1)


def test_nobody_but_the_seed_decides_who_somebody_is() -> None:
    people = [draw_person(random, draw_locale(random)) for random in (Random("a"), Random("a"))]
    assert people[0] == people[1]
    assert people[0].email.isascii()
