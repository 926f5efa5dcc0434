"""Receipts: facts, layouts, defects."""

from models.corpus.defects import Kind
from models.corpus.receipt.defects import DEFECTS
from models.corpus.receipt.facts import Receipt, draw_receipt
from models.corpus.receipt.layouts import compose_receipt

RECEIPT: Kind[Receipt] = Kind("receipt", "receipt", draw_receipt, compose_receipt, DEFECTS)

__all__ = ["RECEIPT", "Receipt", "compose_receipt", "draw_receipt"]
