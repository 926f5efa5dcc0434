"""Wage and tax statements: facts, layouts, defects."""

from models.corpus.defects import Kind
from models.corpus.tax_form.defects import DEFECTS
from models.corpus.tax_form.facts import WageStatement, draw_wage_statement
from models.corpus.tax_form.layouts import compose_wage_statement

TAX_FORM: Kind[WageStatement] = Kind(
    "tax_form", "wage_statement", draw_wage_statement, compose_wage_statement, DEFECTS
)

__all__ = ["TAX_FORM", "WageStatement", "compose_wage_statement", "draw_wage_statement"]
