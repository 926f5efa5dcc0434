"""What became of what was submitted."""

from collections.abc import Mapping, Sequence

from cli.uploads import Uploaded
from lambdas.shared.contracts import Reason, Route
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.model import Frozen
from lambdas.summarise.report import Report


class SubmittedDocument(Uploaded):
    """An upload, and its decision as far as there is one."""

    document_class: str | None = None
    route: Route | None = None
    reasons: tuple[Reason, ...] = ()
    seconds: float | None = None
    """From its arrival to its decision."""


class Submission(Frozen):
    """What `submit` did; `undecided` counts documents that were waited for in vain."""

    bucket: str
    documents: tuple[SubmittedDocument, ...]
    undecided: int


class SubmittedBatch(Frozen):
    """What `batch` did; the report is there once the batch has ended."""

    batch_id: str
    bucket: str
    documents: tuple[Uploaded, ...]
    started: bool
    report: Report | None
    report_uri: str


def join(
    bucket: str,
    uploaded: Sequence[Uploaded],
    decided: Mapping[str, DocumentRecord],
    *,
    waited: bool,
) -> Submission:
    """Puts uploads and decisions together."""
    documents = tuple(_join(each, decided.get(each.document_id or "")) for each in uploaded)
    undecided = [each for each in documents if each.document_id and each.route is None]
    return Submission(bucket=bucket, documents=documents, undecided=len(undecided) if waited else 0)


def _join(upload: Uploaded, record: DocumentRecord | None) -> SubmittedDocument:
    if record is None or record.decided_at is None:
        return SubmittedDocument(**upload.model_dump())
    return SubmittedDocument(
        **upload.model_dump(),
        document_class=record.classification.label if record.classification else None,
        route=record.route,
        reasons=record.reasons,
        seconds=round((record.decided_at - record.received_at).total_seconds(), 3),
    )
