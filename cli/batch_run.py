"""A batch after its manifest is there: whether it started, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.waiting import Patience
from lambdas.shared import batches, documents, storage
from lambdas.shared.errors import ObjectMissingError
from lambdas.summarise.report import Report

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_stepfunctions import SFNClient

_ENDED_BADLY = ("FAILED", "TIMED_OUT", "ABORTED")


class BatchFailedError(Exception):
    """The batch will have no report; the message says why."""


@dataclass(frozen=True, kw_only=True)
class BatchRun:
    """A named batch in a stack."""

    name: str
    document_batch_arn: str
    batch_summary_arn: str
    decisions_bucket: str
    documents_table: "Table"
    s3: "S3Client"
    states: "SFNClient"

    def is_started(self) -> bool:
        """Whether an execution of this name exists, running or ended."""
        return self._status(self.document_batch_arn) is not None

    def read_report(self) -> Report | None:
        """The batch's report, once it is written."""
        pointer = batches.report_pointer(self.decisions_bucket, self.name)
        try:
            return storage.read_model(self.s3, pointer, Report)
        except ObjectMissingError:
            return None

    def wait_for_report(
        self,
        document_ids: Sequence[str],
        *,
        manifest_id: str,
        patience: Patience,
        report: Callable[[int], None],
    ) -> Report | None:
        """Waits for the report; None when the time is up first.

        `report` is told how many of the documents are decided. Raises BatchFailedError when
        the manifest was refused or an execution ended badly.
        """
        decided: set[str] = set()
        for _ in patience.looks():
            if written := self.read_report():
                return written
            self._check(manifest_id)
            undecided = [id_ for id_ in document_ids if id_ not in decided]
            records = documents.read_many(self.documents_table, undecided)
            decided |= {record.id for record in records if record.state == "decided"}
            report(len(decided))
        return None

    def _check(self, manifest_id: str) -> None:
        manifest = documents.read(self.documents_table, manifest_id)
        if manifest and manifest.state == "decided":
            raise BatchFailedError(" ".join(reason.message for reason in manifest.reasons))
        for arn in (self.document_batch_arn, self.batch_summary_arn):
            status = self._status(arn)
            if status in _ENDED_BADLY:
                machine = arn.rpartition(":")[2]
                msg = f"the execution {self.name} of {machine} ended as {status}"
                raise BatchFailedError(msg)

    def _status(self, state_machine_arn: str) -> str | None:
        arn = state_machine_arn.replace(":stateMachine:", ":execution:") + f":{self.name}"
        try:
            return self.states.describe_execution(executionArn=arn)["status"]
        except self.states.exceptions.ExecutionDoesNotExist:
            return None
