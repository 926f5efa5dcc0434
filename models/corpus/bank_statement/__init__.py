"""Account statements: facts, layouts, defects."""

from models.corpus.bank_statement.defects import DEFECTS
from models.corpus.bank_statement.facts import Statement, draw_statement
from models.corpus.bank_statement.layouts import compose_statement
from models.corpus.defects import Kind

BANK_STATEMENT: Kind[Statement] = Kind(
    "bank_statement", "bank_statement", draw_statement, compose_statement, DEFECTS
)

__all__ = ["BANK_STATEMENT", "Statement", "compose_statement", "draw_statement"]
