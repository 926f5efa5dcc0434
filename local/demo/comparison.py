"""What became of each document, held against what was planted in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lambdas.shared.documents import DocumentRecord
from local.demo.submission import Submitted


@dataclass(frozen=True)
class Comparison:
    """One document's planted and actual fate; `difference` is empty when they agree."""

    submitted: Submitted
    record: DocumentRecord | None
    difference: str


def compare(
    submitted: Sequence[Submitted], records: Mapping[str, DocumentRecord]
) -> list[Comparison]:
    """Compares every document that must be decided."""
    comparisons = []
    for each in submitted:
        if each.document_id is None:
            continue
        record = records.get(each.document_id)
        comparisons.append(Comparison(each, record, _difference(each, record)))
    return comparisons


def _difference(submitted: Submitted, record: DocumentRecord | None) -> str:
    expected = submitted.expectation
    if record is None or record.route is None:
        return "no decision"
    codes = {reason.code for reason in record.reasons}
    if record.route != expected.route:
        return (
            f"{record.route} instead of {expected.route}: {', '.join(sorted(codes)) or 'nothing'}"
        )
    # A passed document's reasons are warnings, which nobody plants.
    if record.route != "pass" and codes != set(expected.reasons):
        return f"{', '.join(sorted(codes))} instead of {', '.join(expected.reasons)}"
    label = record.classification.label if record.classification else None
    if expected.label and record.route == "pass" and label != expected.label:
        return f"classified as {label} instead of {expected.label}"
    return ""
