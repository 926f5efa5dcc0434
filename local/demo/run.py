"""One run of the demo on a deployed stack."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lambdas.shared import documents
from lambdas.shared.documents import DocumentRecord
from local.demo.comparison import Comparison, compare
from local.demo.proof import Execution, prove
from local.demo.screen import Screen
from local.demo.submission import Submission, Submitted, submit_all
from local.demo.summaries import Subscriber, Summary
from local.deployment import Deployment
from models.corpus.expectations import Expectation

_PATIENCE = 180.0
"""Seconds without any progress after which the demo gives up."""
_LOOK_SECONDS = 1.0
_QUESTIONED = "inbox/invoice-due-before-date.pdf"
"""The document whose trail is shown."""


class Demo:
    """Submits, watches and checks, and says what it found."""

    def __init__(self, deployment: Deployment, folder: Path, screen: Screen) -> None:
        self._deployment = deployment
        self._screen = screen
        self._stack = deployment.outputs()["stack"]
        session, url = deployment.session(), deployment.endpoint.endpoint
        tables = session.resource("dynamodb", endpoint_url=url)
        self._documents = tables.Table(self._stack["documents_table"])
        self._audit = tables.Table(self._stack["audit_table"])
        self._sqs = session.client("sqs", endpoint_url=url)
        self._states = session.client("stepfunctions", endpoint_url=url)
        self._submission = Submission(
            folder=folder,
            bucket=self._stack["incoming_bucket"],
            intake_queue_url=self._stack["intake_queue_url"],
            s3=session.client("s3", endpoint_url=url),
            sqs=self._sqs,
        )
        self._subscriber = Subscriber(
            session, endpoint=url, topic_arn=self._stack["summary_topic_arn"]
        )

    def run(self, expectations: Sequence[Expectation]) -> bool:
        """Runs and tells everything; whether all was as planned."""
        records, submitted = self._process(expectations)
        with self._screen.step("batches summarised") as step:
            summaries = self._gather_summaries(records, step.report)
        self._subscriber.close()
        comparisons = compare(submitted, records)
        executions = self._prove(records)
        self._tell(comparisons, summaries)
        self._screen.title("The audit trail: intray audit verify --all")
        verified = self._intray("audit", "verify", "--all") == 0
        differences = self._differences(comparisons, summaries, executions, expectations)
        if not verified:
            differences.append("intray audit verify found a fault")
        self._conclude(comparisons, executions, differences)
        return not differences

    def say_how_to_go_on(self) -> None:
        """How to talk to what is left running."""
        self._screen.title("Still running")
        print(f"""\
export AWS_ENDPOINT_URL={self._deployment.endpoint.endpoint}
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1

aws s3 cp FILE s3://{self._stack["incoming_bucket"]}/
.venv/bin/intray where FILE
.venv/bin/intray status

.venv/bin/python -m local down     # stops it""")

    def _process(
        self, expectations: Sequence[Expectation]
    ) -> tuple[dict[str, DocumentRecord], list[Submitted]]:
        with self._screen.step(f"{len(expectations)} documents submitted") as step:
            submitted = submit_all(
                self._submission,
                expectations,
                wait_for=self._wait_for,
                report=lambda done: step.report(done, len(expectations)),
            )
        expected = [each for each in submitted if each.document_id]
        with self._screen.step("documents decided") as step:
            records = self._wait(expected, lambda done: step.report(done, len(expected)))
        return records, submitted

    def _wait_for(self, submitted: Submitted) -> None:
        self._wait([submitted], lambda _: None)

    def _wait(
        self, submitted: Sequence[Submitted], report: Callable[..., None]
    ) -> dict[str, DocumentRecord]:
        """The documents' records once all are delivered, or once nothing moves any more."""
        ids = [each.document_id for each in submitted if each.document_id]
        finished, progress_at = -1, time.monotonic()
        while True:
            records = {each.id: each for each in documents.read_many(self._documents, ids)}
            delivered = sum(record.delivered_at is not None for record in records.values())
            if delivered != finished:
                finished, progress_at = delivered, time.monotonic()
                report(delivered)
            if delivered == len(ids) or time.monotonic() - progress_at > _PATIENCE:
                return records
            time.sleep(_LOOK_SECONDS)

    def _gather_summaries(
        self, records: dict[str, DocumentRecord], report: Callable[..., None]
    ) -> dict[str, Summary]:
        batches = {record.batch_id for record in records.values()}
        summaries: dict[str, Summary] = {}
        deadline = time.monotonic() + _PATIENCE
        while batches - summaries.keys() and time.monotonic() < deadline:
            summaries |= {summary.batch_id: summary for summary in self._subscriber.receive()}
            report(len(summaries), len(batches))
        return summaries

    def _prove(self, records: dict[str, DocumentRecord]) -> list[Execution]:
        with self._screen.step("audit trails held against the execution histories") as step:
            proofs = []
            for number, record in enumerate(records.values(), start=1):
                proofs.append(prove(record, states=self._states, audit_table=self._audit))
                step.report(number, len(records))
        return [proof for proof in proofs if proof]

    def _tell(self, comparisons: Sequence[Comparison], summaries: dict[str, Summary]) -> None:
        screen = self._screen
        screen.title("What became of each document")
        screen.show_comparisons(comparisons)
        if summaries:
            longest = max(summaries.values(), key=lambda summary: len(summary.message))
            screen.title("A batch summary, as SNS delivered it")
            screen.console.print(longest.subject, longest.message, sep="\n\n", markup=False)
        screen.title("One document questioned: intray where")
        self._intray("where", _QUESTIONED)

    def _differences(
        self,
        comparisons: Sequence[Comparison],
        summaries: dict[str, Summary],
        executions: Sequence[Execution],
        expectations: Sequence[Expectation],
    ) -> list[str]:
        differences = [
            f"{each.submitted.expectation.key}: {each.difference}"
            for each in comparisons
            if each.difference
        ]
        differences += [fault for execution in executions for fault in execution.faults]
        batches = {each.record.batch_id for each in comparisons if each.record}
        differences += [f"no summary of batch {batch}" for batch in batches - summaries.keys()]
        strays = sum(expectation.action == "message" for expectation in expectations)
        dead = self._dead_letters()
        if dead != strays:
            differences.append(f"{dead} dead letters instead of {strays}")
        return differences

    def _dead_letters(self) -> int:
        attributes = self._sqs.get_queue_attributes(
            QueueUrl=self._stack["intake_dead_letters_url"],
            AttributeNames=["ApproximateNumberOfMessages"],
        )
        return int(attributes["Attributes"]["ApproximateNumberOfMessages"])

    def _conclude(
        self,
        comparisons: Sequence[Comparison],
        executions: Sequence[Execution],
        differences: Sequence[str],
    ) -> None:
        screen = self._screen
        screen.title("In figures")
        pages = sum(each.record.pages for each in comparisons if each.record)
        most = max((len(execution.states) for execution in executions), default=0)
        largest = max((execution.largest_payload for execution in executions), default=0)
        screen.console.print(
            f"{len(comparisons)} documents, {pages} pages, {len(executions)} executions;"
            f" at most {most} transitions a document,"
            f" the largest payload {largest / 1024:.1f} KB"
        )
        for name, seconds in screen.seconds.items():
            screen.console.print(f"{seconds:7.1f} s  {name}")
        screen.console.print(f"{sum(screen.seconds.values()):7.1f} s  in all")
        screen.title("Verdict")
        screen.show_differences(differences)
        if not differences:
            screen.console.print("[green]✓[/] every document became what was planted in it")

    def _intray(self, *arguments: str) -> int:
        """Runs the operators' command as an operator would."""
        sys.stdout.flush()
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            env={**self._deployment.environment(), "COLUMNS": str(self._screen.console.width)},
            check=False,
        ).returncode
