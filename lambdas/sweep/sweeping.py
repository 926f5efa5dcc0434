"""One sweep: jobs that should have ended by now, documents whose manifest should have come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger

from lambdas.shared import documents, job_leases, quota
from lambdas.shared.completion import Completion
from lambdas.shared.contracts import Reason, Transition
from lambdas.shared.settlement import Settlement

if TYPE_CHECKING:
    from mypy_boto3_textract import TextractClient

MAX_JOBS = 50
"""Jobs asked about in one sweep: GetDocumentAnalysis has a quota of its own, often a low one."""


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What a sweep needs."""

    completion: Completion
    settlement: Settlement
    textract: "TextractClient"
    logger: Logger

    def end_overdue_jobs(self, *, overdue: timedelta, now: datetime) -> int:
        """Ends jobs whose notice did not come; returns how many it asked Textract about."""
        holders = job_leases.read_holders(self.completion.limits_table, quota.ANALYSIS)
        late = sorted(
            (taken_at, holder) for holder, taken_at in holders.items() if taken_at + overdue <= now
        )
        for _, document_id in late[:MAX_JOBS]:
            record = documents.read(self.completion.documents_table, document_id)
            if record is None or record.state == "decided":
                job_leases.release(self.completion.limits_table, quota.ANALYSIS, document_id)
            elif record.job_id:
                self._end(document_id, record.job_id)
        return min(len(late), MAX_JOBS)

    def hold_abandoned(self, *, patience: timedelta, now: datetime) -> int:
        """Holds documents whose manifest did not come in time; returns how many."""
        held = 0
        for record in documents.read_awaiting(
            self.settlement.documents_table, until=now - patience
        ):
            hours = patience / timedelta(hours=1)
            message = f"The manifest of its batch did not come within {hours:g} hours."
            self.settlement.hold(
                record.id,
                Reason(code="manifest_missing", message=message),
                transition=Transition(
                    execution_id="sweep", state="HoldAbandoned", attempt=0, entered_at=now
                ),
                now=now,
            )
            held += 1
        return held

    def _end(self, document_id: str, job_id: str) -> None:
        try:
            job = self.textract.get_document_analysis(JobId=job_id, MaxResults=1)
        except self.textract.exceptions.InvalidJobIdException:
            # Textract forgets jobs after seven days.
            status, explanation = "FAILED", "Textract does not know the job any more"
        else:
            status, explanation = job["JobStatus"], job.get("StatusMessage", "")
        if status == "IN_PROGRESS":
            return
        self.logger.warning("ended a job whose notice was lost", document_id=document_id)
        self.completion.complete(
            document_id=document_id, job_id=job_id, status=status, explanation=explanation
        )
