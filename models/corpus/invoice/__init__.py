"""Invoices: facts, layouts, defects."""

from models.corpus.defects import Kind
from models.corpus.invoice.defects import DEFECTS
from models.corpus.invoice.facts import Invoice, draw_invoice
from models.corpus.invoice.layouts import compose_invoice

INVOICE: Kind[Invoice] = Kind("invoice", "invoice", draw_invoice, compose_invoice, DEFECTS)

__all__ = ["INVOICE", "Invoice", "compose_invoice", "draw_invoice"]
