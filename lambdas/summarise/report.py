"""A batch's report: what became of each document, counted and told in a page of text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from pydantic import AwareDatetime

from lambdas.shared.contracts import Reason, Route
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.model import Frozen

_ROUTES: tuple[Route, ...] = ("pass", "hold", "reject")
_LISTED = 15
_REASON_BYTES = 200
_KEY_BYTES = 100
"""Together they keep the text, which travels through the state machine, under 6 KB."""


class ReportedDocument(Frozen):
    """One line of the report."""

    id: str
    key: str
    document_class: str | None
    route: Route
    reasons: tuple[Reason, ...]
    pages: int
    seconds: float


class Report(Frozen):
    """A batch's outcome; times in UTC, cost in US dollars at Textract's list price."""

    batch_id: str
    opened_at: AwareDatetime
    reported_at: AwareDatetime
    routes: dict[str, int]
    reasons: dict[str, int]
    classes: dict[str, int]
    pages: int
    extraction_usd: Decimal
    documents: tuple[ReportedDocument, ...]


def build_report(
    batch_id: str, records: Sequence[DocumentRecord], *, opened_at: datetime, now: datetime
) -> Report:
    """Counts and lists decided documents."""
    documents = tuple(_line(record) for record in records)
    return Report(
        batch_id=batch_id,
        opened_at=opened_at,
        reported_at=now,
        routes=_count(document.route for document in documents),
        reasons=_count(reason.code for document in documents for reason in document.reasons),
        classes=_count(document.document_class or "unclassified" for document in documents),
        pages=sum(document.pages for document in documents),
        extraction_usd=sum((record.extraction_usd or Decimal(0) for record in records), Decimal(0)),
        documents=documents,
    )


def subject(report: Report) -> str:
    """The summary's subject: at most 100 ASCII characters, as SNS demands."""
    counts = ", ".join(f"{report.routes.get(route, 0)} {route}" for route in _ROUTES)
    return f"Intray batch {report.batch_id[:50]}: {counts}"


def text(report: Report) -> str:
    """The summary for a person: the counts, the reasons, and the first documents not passed."""
    seconds = (report.reported_at - report.opened_at).total_seconds()
    lines = [
        f"Batch {report.batch_id}",
        f"{len(report.documents)} documents, {report.pages} pages, {seconds:.0f} seconds,"
        f" Textract ${report.extraction_usd:.2f} at list price",
        "",
        *(f"{route:>7}  {report.routes.get(route, 0)}" for route in _ROUTES),
    ]
    if report.reasons:
        lines += ["", "Reasons"]
        lines += [f"{count:>7}  {code}" for code, count in list(report.reasons.items())[:20]]
    stopped = [document for document in report.documents if document.route != "pass"]
    if stopped:
        lines += ["", "Not passed"]
        lines += [_describe(document) for document in stopped[:_LISTED]]
        if len(stopped) > _LISTED:
            lines.append(f"… and {len(stopped) - _LISTED} more, all in the report")
    return "\n".join(lines)


def _line(record: DocumentRecord) -> ReportedDocument:
    if record.route is None or record.decided_at is None:
        msg = f"document {record.id} is not decided"
        raise ValueError(msg)
    return ReportedDocument(
        id=record.id,
        key=record.key,
        document_class=record.classification.label if record.classification else None,
        route=record.route,
        reasons=record.reasons,
        pages=record.pages,
        seconds=round((record.decided_at - record.received_at).total_seconds(), 3),
    )


def _describe(document: ReportedDocument) -> str:
    reason = document.reasons[0] if document.reasons else Reason(code="-", message="")
    said = f"{reason.code}: {reason.message}".encode()[:_REASON_BYTES].decode(errors="ignore")
    key = document.key.encode()[-_KEY_BYTES:].decode(errors="ignore")
    return f"{document.route:>7}  {key}  {said}"


def _count(values: Iterable[str]) -> dict[str, int]:
    counted = Counter(values)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
