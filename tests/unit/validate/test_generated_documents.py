"""The project's own documents, drawn and read again: what was planted is found, and no more."""

from datetime import date
from random import Random

import pytest

from lambdas.shared.extraction import Extraction
from lambdas.shared.textract_blocks import read_pages as to_pages
from lambdas.validate.rules.evaluation import evaluate
from lambdas.validate.rules.ruleset import load_rule_set
from local.textract.pages.documents import open_document
from local.textract.pages.page import Page
from local.textract.reading import digest_document, read_pages
from models.corpus.classes import KINDS
from models.corpus.typesetting import render_pdf

RECEIVED = date(2026, 3, 1)
CASES = [(label, None) for label in KINDS] + [
    (label, defect.name) for label, kind in KINDS.items() for defect in kind.defects
]


class NoPictures:
    """These documents have text layers: nothing needs OCR."""

    def read_picture(self, *_: object) -> Page:
        raise AssertionError("a page without a text layer")

    read_image = read_picture


def extract(pdf: bytes) -> Extraction:
    with open_document(pdf, most_bytes=len(pdf)) as document:
        read = list(
            read_pages(
                document,
                digest_document(pdf),
                {"FORMS", "TABLES", "SIGNATURES"},
                NoPictures(),
                numbered=True,
            )
        )
    blocks = [block for page in read for block in page.blocks or []]
    return Extraction(document_id="doc-1", job_id="job-1", pages=tuple(to_pages(blocks)))


def judge(label: str, pdf: bytes) -> tuple[str, set[str]]:
    """The route that the findings lead to, and the failed rules; warnings left out."""
    findings = evaluate(load_rule_set(label), extract(pdf), received=RECEIVED)
    failed = {one.rule: one.severity for one in findings if not one.passed}
    serious = {rule for rule, severity in failed.items() if severity != "warn"}
    if "reject" in failed.values():
        return "reject", serious
    return "hold" if serious else "pass", serious


@pytest.mark.parametrize(("label", "defect"), CASES)
def test_what_was_planted_is_found_and_nothing_else(label: str, defect: str | None) -> None:
    random, kind = Random(f"{label}:{defect}"), KINDS[label]
    if defect is None:
        assert judge(label, render_pdf(kind.make(random))) == ("pass", set())
        return
    document, planted = kind.spoil(random, defect)

    assert judge(label, render_pdf(document)) == (planted.route, set(planted.reasons))
