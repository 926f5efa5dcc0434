"""Resumes: facts, layouts, defects."""

from models.corpus.defects import Kind
from models.corpus.resume.defects import DEFECTS
from models.corpus.resume.facts import Resume, draw_resume
from models.corpus.resume.layouts import compose_resume

RESUME: Kind[Resume] = Kind("resume", "resume", draw_resume, compose_resume, DEFECTS)

__all__ = ["RESUME", "Resume", "compose_resume", "draw_resume"]
