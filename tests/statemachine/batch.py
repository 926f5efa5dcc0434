"""A batch that was started on the stack: what became of it, and what its executions tell."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import boto3
import pytest

from lambdas.intake.arrival import Arrival
from lambdas.intake.settings import Settings
from lambdas.intake.wiring import build_intake
from lambdas.shared import audit, documents
from lambdas.shared.audit import AuditRecord
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.identity import document_id
from tests.statemachine.stack import REGION, Stack, wait_for


def describe(stack: Stack, execution: str) -> dict[str, Any] | None:
    """What Step Functions tells of an execution; None before it has started."""
    try:
        described: dict[str, Any] = stack.states.describe_execution(executionArn=execution)
    except stack.states.exceptions.ExecutionDoesNotExist:
        return None
    return described


def wait_for_end(stack: Stack, execution: str) -> dict[str, Any]:
    """Until the execution has ended, one way or the other."""

    def look() -> dict[str, Any] | None:
        described = describe(stack, execution)
        return described if described and described["status"] != "RUNNING" else None

    return wait_for(look, f"the end of {execution}")


def list_events(stack: Stack, execution: str) -> list[dict[str, Any]]:
    """An execution's history."""
    pages = stack.states.get_paginator("get_execution_history").paginate(executionArn=execution)
    return [event for page in pages for event in page["events"]]


def list_entered(stack: Stack, execution: str) -> list[str]:
    """The states that an execution entered, in order."""
    return [
        event["stateEnteredEventDetails"]["name"]
        for event in list_events(stack, execution)
        if event["type"].endswith("StateEntered")
    ]


@dataclass
class Batch:
    """Documents by their keys, and their batch's execution."""

    stack: Stack
    machine: str
    ids: dict[str, str]
    batch_id: str

    @property
    def execution(self) -> str:
        return self.machine.replace(":stateMachine:", ":execution:") + f":{self.batch_id}"

    def wait(self) -> "Batch":
        """Until the batch and its summary have ended."""
        wait_for_end(self.stack, self.execution)
        wait_for_end(self.stack, self.summary_execution)
        return self

    @property
    def summary_execution(self) -> str:
        arn, _, name = self.execution.rpartition(":")
        return f"{arn.rpartition(':')[0]}:batch-summary:{name}"

    @property
    def has_children(self) -> bool:
        """Whether any document came as far as an execution of its own."""
        return bool(self.stack.states.list_map_runs(executionArn=self.execution)["mapRuns"])

    @cached_property
    def children(self) -> dict[str, str]:
        """The execution of each document, by the document's id."""
        (run,) = self.stack.states.list_map_runs(executionArn=self.execution)["mapRuns"]
        pages = self.stack.states.get_paginator("list_executions").paginate(
            mapRunArn=run["mapRunArn"]
        )
        return {
            self._document_of(child["executionArn"]): child["executionArn"]
            for page in pages
            for child in page["executions"]
        }

    def _document_of(self, execution: str) -> str:
        described = describe(self.stack, execution)
        assert described
        return str(json.loads(described["input"])["document"]["id"])

    def read(self, key: str) -> DocumentRecord:
        record = documents.read(self.stack.tables.documents, self.ids[key])
        assert record
        return record

    def outcome(self, key: str) -> tuple[str | None, list[str]]:
        """The route and the codes of its reasons."""
        record = self.read(key)
        return record.route, [reason.code for reason in record.reasons]

    def read_trail(self, key: str) -> list[AuditRecord]:
        trail = audit.read_trail(self.stack.tables.audit, self.ids[key])
        assert audit.find_faults(trail) == []
        return trail

    def list_recorded(self, key: str) -> list[str]:
        """The states that the document's execution put on its trail, in order."""
        child = self.children[self.ids[key]]
        return [record.state for record in self.read_trail(key) if record.actor == child]

    def list_events(self, key: str) -> list[dict[str, Any]]:
        return list_events(self.stack, self.children[self.ids[key]])

    def list_entered(self, key: str) -> list[str]:
        """The states that the document's execution entered, in order."""
        return list_entered(self.stack, self.children[self.ids[key]])

    def read_decision(self, key: str) -> dict[str, Any]:
        """What was delivered for the document; there is exactly one decision of it."""
        pages = self.stack.s3.get_paginator("list_objects_v2").paginate(Bucket="decisions")
        (found,) = [
            entry["Key"]
            for page in pages
            for entry in page.get("Contents", [])
            if entry["Key"].endswith(f"/{self.ids[key]}.json")
        ]
        body = self.stack.s3.get_object(Bucket="decisions", Key=found)["Body"].read()
        decision: dict[str, Any] = json.loads(body)
        assert found.startswith(f"{decision['decision']['route']}/")
        return decision

    def read_report(self) -> dict[str, Any]:
        key = f"reports/{self.batch_id}.json"
        report: dict[str, Any] = json.loads(
            self.stack.s3.get_object(Bucket="decisions", Key=key)["Body"].read()
        )
        return report


@dataclass
class Submitter:
    """Takes documents in with intake's own code, for a machine of the test's choice."""

    stack: Stack
    _machines: dict[str, str] = field(default_factory=dict)

    def submit(
        self,
        machine: str,
        files: Mapping[str, bytes],
        own: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Batch:
        """Starts one batch of these files on a machine, which is made at its first use."""
        if machine not in self._machines:
            self._machines[machine] = self.stack.create_document_machine(machine, own or {})
        arn = self._machines[machine]
        arrivals = list(self._upload(files))
        environment = self.stack.environment(
            STATE_MACHINE_ARN=arn,
            AWS_ENDPOINT_URL=self.stack.endpoint.endpoint,
            AWS_DEFAULT_REGION=REGION,
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(boto3, "DEFAULT_SESSION", None)
            for name, value in environment.items():
                patch.setenv(name, value)
            intake = build_intake(Settings.load())
        assert intake.take_in(arrivals) == []
        ids = {
            arrival.key: document_id(arrival.bucket, arrival.key, arrival.version_id)
            for arrival in arrivals
        }
        record = documents.read(self.stack.tables.documents, next(iter(ids.values())))
        assert record
        return Batch(self.stack, arn, ids, record.batch_id)

    def _upload(self, files: Mapping[str, bytes]) -> Iterator[Arrival]:
        for key, body in files.items():
            reply = self.stack.s3.put_object(Bucket="incoming", Key=key, Body=body)
            yield Arrival(
                bucket="incoming",
                key=key,
                version_id=reply["VersionId"],
                arrived_at=datetime.now(UTC),
                sequencer=uuid.uuid4().hex,
            )
