"""Settling a document outside its own execution: decided, recorded, delivered."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lambdas.shared import audit, documents
from lambdas.shared.contracts import Decision, Reason, Transition
from lambdas.shared.delivery import deliver
from lambdas.shared.documents import DocumentRecord

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """Decides what no execution of its own decides."""

    documents_table: "Table"
    audit_table: "Table"
    decisions_bucket: str
    s3: "S3Client"

    def hold(
        self, document_id: str, reason: Reason, *, transition: Transition, now: datetime
    ) -> DocumentRecord:
        """Holds the document unless it is decided, and delivers the decision that stands."""
        decision = Decision(route="hold", reasons=(reason,))
        return self.settle(document_id, decision, transition=transition, now=now)

    def settle(
        self, document_id: str, decision: Decision, *, transition: Transition, now: datetime
    ) -> DocumentRecord:
        """Decides the document unless it is decided, and delivers the decision that stands."""
        standing = documents.decide(self.documents_table, document_id, decision, now=now)
        audit.append(
            self.audit_table,
            document_id=document_id,
            transition=transition,
            outcome={
                "route": standing.route,
                "reasons": [reason.code for reason in standing.reasons],
            },
        )
        return deliver(
            document_id,
            now=now,
            bucket=self.decisions_bucket,
            s3=self.s3,
            documents_table=self.documents_table,
        )
