"""Registering what arrived, once, whoever else has the same message in hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lambdas.shared import audit, documents
from lambdas.shared.contracts import Decision, Document, Reason, Transition
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.errors import TransientError
from lambdas.shared.settlement import Settlement

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


class BatchUndecidedError(TransientError):
    """Another invocation registered the document and has not started its batch yet."""


@dataclass(frozen=True, kw_only=True)
class Registry:
    """The tables that a document enters, and the bucket that early decisions go to."""

    documents_table: "Table"
    audit_table: "Table"
    decisions_bucket: str
    s3: "S3Client"
    lease: timedelta
    """How long another invocation may take from registering a document to starting its batch."""
    is_started: Callable[[str], bool]
    """Whether a batch's execution exists."""

    def enter(self, document: Document, *, now: datetime) -> bool:
        """Registers the document for its batch; False when another batch has it already.

        Raises BatchUndecidedError when it is too early to tell, for the message to come again.
        """
        if not documents.register(self.documents_table, document, state="registered", now=now):
            standing = documents.read(self.documents_table, document.id)
            if standing is None or self._is_taken(standing, document.batch_id, now=now):
                return False
            if not documents.adopt(self.documents_table, document, standing=standing, now=now):
                return False
        self.record(document, "Register", now=now, outcome={"batch": document.batch_id})
        return True

    def is_done(self, document_id: str) -> bool:
        """Whether a batch that has started has the document."""
        standing = documents.read(self.documents_table, document_id)
        return (
            standing is not None
            and standing.state != "awaiting_manifest"
            and self.is_started(standing.batch_id)
        )

    def _is_taken(self, standing: DocumentRecord, batch_id: str, *, now: datetime) -> bool:
        if standing.state == "awaiting_manifest" or standing.batch_id == batch_id:
            return False
        if self.is_started(standing.batch_id):
            return True
        if standing.registered_at + self.lease > now:
            msg = f"{standing.id} is about to be started with {standing.batch_id}"
            raise BatchUndecidedError(msg)
        return False

    def await_manifest(self, document: Document, *, now: datetime) -> bool:
        """Registers a member of a named batch; False when it is known already."""
        waiting = documents.register(
            self.documents_table, document, state="awaiting_manifest", now=now
        )
        if waiting:
            self.record(document, "AwaitManifest", now=now, outcome={})
        return waiting

    def refuse(self, document: Document, reason: Reason, *, now: datetime) -> None:
        """Rejects a document that no later step can read: decided, recorded, delivered."""
        settlement = Settlement(
            documents_table=self.documents_table,
            audit_table=self.audit_table,
            decisions_bucket=self.decisions_bucket,
            s3=self.s3,
        )
        settlement.settle(
            document.id,
            Decision(route="reject", reasons=(reason,)),
            transition=_transition("Refuse", now),
            now=now,
        )

    def record(
        self, document: Document, state: str, *, now: datetime, outcome: audit.Outcome
    ) -> None:
        """Appends to the document's trail in the name of intake."""
        audit.append(
            self.audit_table,
            document_id=document.id,
            transition=_transition(state, now),
            outcome=outcome,
        )


def _transition(state: str, now: datetime) -> Transition:
    return Transition(execution_id="intake", state=state, attempt=0, entered_at=now)
