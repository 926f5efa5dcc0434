"""Waiting for decisions by looking at the documents table, seldom enough to cost nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from lambdas.shared import documents
from lambdas.shared.documents import DocumentRecord

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 5.0


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait, and how; `elapsed` and `sleep` in seconds."""

    limit: timedelta
    elapsed: Callable[[], float]
    sleep: Callable[[float], None]

    def looks(self) -> Iterator[None]:
        """One look after the other, further and further apart, until the time is up."""
        start, pause = self.elapsed(), _FIRST_PAUSE
        while True:
            yield
            left = self.limit.total_seconds() - (self.elapsed() - start)
            if left <= 0:
                return
            self.sleep(min(pause, left))
            pause = min(pause * 1.2, _LONGEST_PAUSE)


def wait_for_decisions(
    document_ids: Sequence[str],
    *,
    documents_table: "Table",
    patience: Patience,
    report: Callable[[int], None],
) -> dict[str, DocumentRecord]:
    """Waits until every document is decided; returns those that were, by id."""
    decided: dict[str, DocumentRecord] = {}
    for _ in patience.looks():
        open_ids = [id_ for id_ in document_ids if id_ not in decided]
        for record in documents.read_many(documents_table, open_ids):
            if record.state == "decided":
                decided[record.id] = record
        report(len(decided))
        if len(decided) == len(set(document_ids)):
            break
    return decided
