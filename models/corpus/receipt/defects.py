"""What can be wrong with a receipt."""

from dataclasses import replace
from decimal import Decimal

from models.corpus.days import Day
from models.corpus.defects import Defect
from models.corpus.receipt.facts import Receipt


def _raise_first_item(receipt: Receipt) -> Receipt:
    (name, price), *rest = receipt.items
    return replace(receipt, items=((name, price + Decimal(5)), *rest))


def _raise_total(receipt: Receipt) -> Receipt:
    total = (receipt.total or Decimal(0)) + 10
    tendered = receipt.tendered and receipt.tendered + 10
    return replace(receipt, total=total, tendered=tendered)


DEFECTS: tuple[Defect[Receipt], ...] = (
    Defect(
        "total_off_by_10",
        "reject",
        ("receipt.total_adds_up",),
        "the total is 10.00 more than subtotal and tax",
        _raise_total,
    ),
    Defect(
        "dated_2099",
        "reject",
        ("receipt.date_not_future",),
        "the receipt is dated 2099",
        lambda receipt: replace(receipt, date=Day(2099, 3, 14)),
    ),
    Defect(
        "dated_31_february",
        "hold",
        ("receipt.date_valid",),
        "the receipt is dated 31 February",
        lambda receipt: replace(receipt, date=replace(receipt.date, month=2, day=31)),
    ),
    Defect(
        "change_wrong",
        "hold",
        ("receipt.change_adds_up",),
        "the change is 1.00 more than was due",
        lambda receipt: replace(receipt, change=receipt.change + 1),
        applies=lambda receipt: receipt.tendered is not None,
    ),
    Defect(
        "item_price_wrong",
        "hold",
        ("receipt.items_add_up",),
        "the items sum up to 5.00 more than the subtotal",
        _raise_first_item,
    ),
    Defect(
        "total_missing",
        "hold",
        ("receipt.total_present",),
        "the receipt breaks off before its total",
        lambda receipt: replace(receipt, total=None),
    ),
)
