"""Executions with an input that intake would never write, or with a topic that is not there."""

import json
from dataclasses import dataclass
from typing import Any

from lambdas.shared import batches, documents, storage
from lambdas.shared.batches import Member, Members
from lambdas.shared.contracts import ObjectPointer
from tests.samples import NOON, make_document
from tests.statemachine.stack import Stack

_ABSENT = ObjectPointer(bucket="decisions", key="batches/nowhere.json").model_dump()


@dataclass
class ByHand:
    """Starts executions on a stack; each method returns the execution's ARN."""

    stack: Stack

    def start_without_items(self, name: str) -> str:
        """A batch of one registered document whose item list is gone."""
        members = self._register(name)
        machine = self.stack.create_document_machine(name, {})
        return self._start(machine, name, self._describe(name, members, item_count=1))

    def start_when_told_before(self, name: str) -> str:
        """A batch whose summary was started before, in vain, under the same name."""
        self._start(self.stack.summary_machine, name, {"batch_id": name, "members": _ABSENT})
        machine = self.stack.create_document_machine(name, {})
        return self._start(machine, name, self._describe(name, _ABSENT, item_count=0))

    def start_summary_without_members(self, name: str) -> str:
        """The summary of a batch whose members are not written down."""
        told = {"batch_id": name, "members": _ABSENT}
        return self._start(self.stack.summary_machine, name, told)

    def start_summary_without_topic(self, name: str) -> str:
        """The summary of a batch of one document, for a topic that is not there."""
        machine = self.stack.create_summary_machine(name, "not-there", impatient=True)
        return self._start(machine, name, {"batch_id": name, "members": self._register(name)})

    def _register(self, name: str) -> dict[str, str]:
        """A document of that id, in a batch of that name."""
        document = make_document(id=name, batch_id=name, key=f"{name}.pdf")
        documents.register(self.stack.tables.documents, document, state="registered", now=NOON)
        pointer = storage.write_model(
            self.stack.s3,
            batches.members_pointer("decisions", name),
            Members(
                batch_id=name,
                opened_at=NOON,
                manifest_version_id=None,
                members=(Member(id=document.id, key=document.key),),
            ),
        )
        return pointer.model_dump()

    def _describe(self, name: str, members: dict[str, str], *, item_count: int) -> dict[str, Any]:
        return {
            "batch_id": name,
            "items": _ABSENT,
            "item_count": item_count,
            "members": members,
            "results_prefix": batches.results_prefix(name),
            "max_concurrency": 1,
        }

    def _start(self, machine: str, name: str, told: dict[str, Any]) -> str:
        started = self.stack.states.start_execution(
            stateMachineArn=machine, name=name, input=json.dumps(told)
        )
        return str(started["executionArn"])
