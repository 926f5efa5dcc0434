"""Settling a document outside its own execution: held with a reason, recorded, delivered."""

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
    """Holds what would otherwise stay without a decision."""

    documents_table: "Table"
    audit_table: "Table"
    decisions_bucket: str
    s3: "S3Client"

    def hold(
        self, document_id: str, reason: Reason, *, transition: Transition, now: datetime
    ) -> DocumentRecord:
        """Holds the document unless it is decided, and delivers the decision that stands."""
        decision = documents.decide(
            self.documents_table,
            document_id,
            Decision(route="hold", reasons=(reason,)),
            now=now,
        )
        codes = [standing.code for standing in decision.reasons]
        audit.append(
            self.audit_table,
            document_id=document_id,
            transition=transition,
            outcome={"route": decision.route, "reasons": codes},
        )
        return deliver(
            document_id,
            now=now,
            bucket=self.decisions_bucket,
            s3=self.s3,
            documents_table=self.documents_table,
        )
