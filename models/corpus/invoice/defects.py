"""What can be wrong with an invoice."""

from dataclasses import replace
from decimal import Decimal

from models.corpus.days import Day
from models.corpus.defects import Defect
from models.corpus.identifiers import flip_digit
from models.corpus.invoice.facts import Invoice


def _raise_first_item(invoice: Invoice) -> Invoice:
    first, *rest = invoice.items
    wrong = replace(first, amount=first.amount + Decimal(10))
    return replace(invoice, items=(wrong, *rest))


DEFECTS: tuple[Defect[Invoice], ...] = (
    Defect(
        "total_off_by_100",
        "reject",
        ("invoice.total_adds_up",),
        "the total is 100.00 more than subtotal and tax",
        lambda invoice: replace(invoice, total=invoice.total + 100),
    ),
    Defect(
        "iban_digit_flipped",
        "reject",
        ("invoice.iban_valid",),
        "one digit of the IBAN is wrong, so its checksum fails",
        lambda invoice: replace(invoice, iban=flip_digit(invoice.iban or "0")),
        applies=lambda invoice: invoice.iban is not None,
    ),
    Defect(
        "dated_2099",
        "reject",
        ("invoice.date_not_future",),
        "the invoice is dated 2099",
        lambda invoice: replace(invoice, date=Day(2099, 3, 14), due=Day(2099, 4, 13)),
    ),
    Defect(
        "dated_31_february",
        "hold",
        ("invoice.date_valid",),
        "the invoice is dated 31 February",
        lambda invoice: replace(invoice, date=replace(invoice.date, month=2, day=31)),
    ),
    Defect(
        "due_before_date",
        "hold",
        ("invoice.due_not_before_date",),
        "payment is due before the invoice was issued",
        lambda invoice: replace(invoice, due=invoice.date.plus(-30)),
    ),
    Defect(
        "number_missing",
        "hold",
        ("invoice.number_present",),
        "the invoice has no number",
        lambda invoice: replace(invoice, number=None),
    ),
    Defect(
        "buyer_missing",
        "hold",
        ("invoice.parties_present",),
        "the invoice names no buyer",
        lambda invoice: replace(invoice, buyer=None),
    ),
    Defect(
        "line_amount_wrong",
        "hold",
        ("invoice.lines_add_up",),
        "the first line's amount is 10.00 more than quantity times price",
        _raise_first_item,
    ),
    Defect(
        "vat_number_digit_flipped",
        "hold",
        ("invoice.tax_id_valid",),
        "one digit of the VAT number is wrong, so its checksum fails",
        lambda invoice: replace(invoice, tax_id=flip_digit(invoice.tax_id or "0", position=3)),
        applies=lambda invoice: invoice.tax_id is not None,
    ),
    Defect(
        "currency_unknown",
        "hold",
        ("invoice.currency_known",),
        "the currency is XQZ, which no country has",
        lambda invoice: replace(invoice, currency="XQZ"),
    ),
)
