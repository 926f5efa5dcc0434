"""Filled-in forms: facts, layouts, defects."""

from models.corpus.defects import Kind
from models.corpus.form.defects import DEFECTS
from models.corpus.form.facts import Form, draw_form
from models.corpus.form.layouts import compose_form

FORM: Kind[Form] = Kind("form", "form", draw_form, compose_form, DEFECTS)

__all__ = ["FORM", "Form", "compose_form", "draw_form"]
