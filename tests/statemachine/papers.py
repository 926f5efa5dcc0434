"""Documents of known outcome, from the project's own generator."""

from random import Random

from models.corpus.classes import KINDS
from models.corpus.typesetting import render_pdf
from tests.files import draw_pdf

SPOILT = {
    "reject": ("bank_statement", "closing_off_by_100", "bank_statement.balances_add_up"),
    "hold": ("resume", "contact_missing", "resume.contact_present"),
}
"""For each route a class, one of its defects, and the rule that finds it."""


def make_passing(seed: str) -> bytes:
    """A bank statement without faults; each seed makes another."""
    return render_pdf(KINDS["bank_statement"].make(Random(seed)))


def make_spoilt(route: str, seed: str) -> bytes:
    """A document with a defect that leads to this route."""
    label, defect, _ = SPOILT[route]
    document, _ = KINDS[label].spoil(Random(seed), defect)
    return render_pdf(document)


def make_long(pages: int) -> bytes:
    """Many pages of text that is of no class."""
    lines = [f"Observation {line}: the river stood {line} cm high." for line in range(30)]
    return draw_pdf(*[[f"Page {page}", *lines] for page in range(1, pages + 1)])
