"""The batches of this tier: what each has of its own, and how it is started."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lambdas.shared import quota
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.quota import Quota
from tests.files import draw_picture
from tests.statemachine.batch import Batch, Submitter
from tests.statemachine.by_hand import ByHand
from tests.statemachine.papers import SPOILT, make_long, make_passing, make_spoilt
from tests.statemachine.stack import (
    PREFIX,
    STEPS,
    Stack,
    arn_of_topic,
    name_function,
    wait_for,
)

NOWHERE = {"DOCUMENTS_TABLE": "nowhere", "AUDIT_TABLE": "nowhere"}
BREAKABLE = {
    "reserve": "ReserveExtractionSlot",
    "extract": "ExtractText",
    "classify": "Classify",
    "validate": "Validate",
    "route": "Route",
}
"""The steps whose failure is recorded, with their states."""

KILLED = tuple(step for step in STEPS if step != "record_failure")
FAULTS: tuple[dict[str, Any], ...] = ({"kill_after_ms": 20}, {"kill_at_response": True})
"""First in the middle of its work, then when all is done and nobody knows."""

LONG_PAGES = 300
TEXTRACTS_CAUSE = "the job ended as FAILED"
"""Textract's own end of a job cannot be chosen: a test gives the answer that it leads to."""


@dataclass
class Cases:
    """The batches, by what is special about them."""

    stack: Stack
    submitter: Submitter
    executions: dict[str, str] = field(default_factory=dict)
    """Those that no batch of documents started, by what is special about them."""
    _batches: dict[str, Batch] = field(default_factory=dict)

    def start(self) -> None:
        """Starts everything; only what a test's own part needs is waited for."""
        self._start_whole()
        self._start_long()
        for step in BREAKABLE:
            self._start(f"broken-{step}", {"a.pdf": make_passing(step)}, {step: NOWHERE})
        bucket = {"DECISIONS_BUCKET": "nowhere"}
        files = {f"{route}.pdf": make_spoilt(route, "undelivered") for route in SPOILT}
        files["pass.pdf"] = make_passing("undelivered")
        self._start("undelivered", files, {"deliver": bucket})
        self._start(
            "unrecorded",
            {"a.pdf": make_passing("unrecorded")},
            {"classify": NOWHERE, "record_failure": NOWHERE},
        )
        self._start_untold()
        audit = {"AUDIT_TABLE": "nowhere"}
        self._start("half-routed", {"a.pdf": make_passing("half")}, {"route": audit})
        self._start_killed()
        self._start_limited()
        self._start_unheard()

    def wait(self, name: str) -> Batch:
        """The batch, once it and its summary have ended."""
        if name == "unheard":
            self._sweep_until_found(self._batches[name])
        return self._batches[name].wait()

    def wait_for_all(self) -> list[Batch]:
        return [self.wait(name) for name in self._batches]

    def _sweep_until_found(self, batch: Batch) -> None:
        """Sweeps, as the schedule would, until the job's result is found."""

        def look() -> bool | None:
            self.stack.invoke(name_function("sweep", "at-once"))
            return True if batch.read("lost.pdf").extraction else None

        wait_for(look, "the sweeper to find the job's result", pause=1)

    def _wait_for_job(self, batch: Batch, key: str) -> DocumentRecord:
        """Until a document's job has been started and its state waits."""

        def look() -> DocumentRecord | None:
            record = batch.read(key)
            return record if record.job_id else None

        return wait_for(look, f"the job of {key}")

    def _start(
        self, name: str, files: dict[str, bytes], own: dict[str, dict[str, str]] | None = None
    ) -> None:
        named = {f"{name}/{key}": body for key, body in files.items()}
        batch = self.submitter.submit(name, named, own)
        batch.ids = {key.partition("/")[2]: found for key, found in batch.ids.items()}
        self._batches[name] = batch

    def _start_whole(self) -> None:
        files = {f"{route}.pdf": make_spoilt(route, "whole") for route in SPOILT}
        files |= {"pass.pdf": make_passing("whole"), "blank.png": draw_picture("PNG", text="")}
        files["empty.pdf"] = b""
        self._start("whole", files)
        self._start("refused", {"empty.pdf": b""})

    def _start_long(self) -> None:
        self._start("long", {"long.pdf": make_long(LONG_PAGES)})

    def _start_killed(self) -> None:
        """The summary's function is everybody's: whichever batch it is, it is told all the same."""
        own: dict[str, dict[str, str]] = {step: {} for step in KILLED}
        unsound: dict[str, dict[str, str]] = {"classify": NOWHERE, "record_failure": {}}
        struck = [name_function(step, "killed") for step in KILLED]
        struck += [name_function("record_failure", "killed-after-failure")]
        struck += [name_function("summarise")]
        for name in struck:
            for fault in FAULTS:
                self.stack.arm_fault(name, **fault)
        self._start("killed", {"a.pdf": make_passing("killed")}, own)
        self._start("killed-after-failure", {"a.pdf": make_passing("killed twice")}, unsound)

    def _start_untold(self) -> None:
        """Executions started by hand, whose items, members, name or topic are not to be had."""
        by_hand = ByHand(self.stack)
        self.executions = {
            "unreadable": by_hand.start_without_items("unreadable"),
            "told-before": by_hand.start_when_told_before("told-before"),
            "unknown-members": by_hand.start_summary_without_members("unknown-members"),
            "unpublished": by_hand.start_summary_without_topic("unpublished"),
        }

    def _start_limited(self) -> None:
        """Limits tables of their own: one promises more than Textract allows, one a single place.

        The leases of the latter are nobody's to give back, so that each place has to expire.
        """
        for name, promised in (
            ("throttled", Quota(starts_per_second=1000, open_jobs=100)),
            ("crowded", Quota(starts_per_second=1000, open_jobs=1)),
        ):
            table = self.stack.create_limits_table(f"{PREFIX}-{name}")
            quota.refresh(table, promised.model_copy, max_age=timedelta(0), now=datetime.now(UTC))
            limits = {"LIMITS_TABLE": table.name, "LEASE_SECONDS": "4"}
            files = {f"{number}.pdf": make_passing(f"{name} {number}") for number in range(3)}
            self._start(name, files, {"reserve": limits, "extract": limits})

    def _start_unheard(self) -> None:
        """The notices of these jobs go to a topic that nobody hears."""
        self.stack.sns.create_topic(Name="nobody")
        own = {"extract": {"NOTIFICATION_TOPIC_ARN": arn_of_topic("nobody")}}
        self.stack.create_function("sweep", "at-once", OVERDUE_SECONDS="0")
        self._start("unheard", {"lost.pdf": make_passing("lost")}, own)
        self._start("failed", {"a.pdf": make_passing("failed")}, own)
        record = self._wait_for_job(self._batches["failed"], "a.pdf")
        self.stack.states.send_task_failure(
            taskToken=record.task_token, error="ExtractionFailedError", cause=TEXTRACTS_CAUSE
        )
