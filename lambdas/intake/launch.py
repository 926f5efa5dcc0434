"""Starting a batch's execution, once, under the batch's own name."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter

from lambdas.shared import batches, storage
from lambdas.shared.batches import Member, Members
from lambdas.shared.contracts import Document, ObjectPointer
from lambdas.shared.errors import ObjectMissingError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_stepfunctions import SFNClient

_items = TypeAdapter(list[Document])
Listed = TypeVar("Listed", Document, Member)


def derive_batch_id(document_ids: Iterable[str]) -> str:
    """The id of a batch without a name: the same documents make the same id."""
    return f"batch-{hashlib.sha256(' '.join(sorted(document_ids)).encode()).hexdigest()[:32]}"


@dataclass(frozen=True, kw_only=True)
class Launcher:
    """Writes a batch's lists and starts its execution."""

    state_machine_arn: str
    bucket: str
    max_concurrency: int
    s3: "S3Client"
    states: "SFNClient"
    _started: set[str] = field(default_factory=set, init=False)

    def is_started(self, batch_id: str) -> bool:
        """Whether the batch's execution exists, running or ended."""
        if batch_id in self._started:
            return True
        arn = self.state_machine_arn.replace(":stateMachine:", ":execution:") + f":{batch_id}"
        try:
            self.states.describe_execution(executionArn=arn)
        except self.states.exceptions.ExecutionDoesNotExist:
            return False
        self._started.add(batch_id)
        return True

    def start(self, members: Members, items: list[Document]) -> None:
        """Starts the batch; starting it again changes nothing.

        Lists that are there already only grow: who is late with the same messages finds some of
        its documents taken, and must not strike them off.
        """
        batch_id = members.batch_id
        items_pointer = batches.items_pointer(self.bucket, batch_id)
        items = _unite(self._read_items(items_pointer), items)
        storage.write_bytes(self.s3, items_pointer, _items.dump_json(items))
        members_pointer = batches.members_pointer(self.bucket, batch_id)
        united = _unite(self._read_members(members_pointer), members.members)
        storage.write_model(
            self.s3, members_pointer, members.model_copy(update={"members": tuple(united)})
        )
        execution_input = {
            "batch_id": batch_id,
            "items": items_pointer.model_dump(),
            "members": members_pointer.model_dump(),
            "item_count": len(items),
            "results_prefix": batches.results_prefix(batch_id),
            "max_concurrency": self.max_concurrency,
        }
        with suppress(self.states.exceptions.ExecutionAlreadyExists):
            self.states.start_execution(
                stateMachineArn=self.state_machine_arn,
                name=batch_id,
                input=json.dumps(execution_input),
            )
        self._started.add(batch_id)

    def _read_items(self, pointer: ObjectPointer) -> list[Document]:
        try:
            return _items.validate_json(storage.read_bytes(self.s3, pointer))
        except ObjectMissingError:
            return []

    def _read_members(self, pointer: ObjectPointer) -> Sequence[Member]:
        try:
            return storage.read_model(self.s3, pointer, Members).members
        except ObjectMissingError:
            return []


def _unite(standing: Sequence[Listed], more: Sequence[Listed]) -> list[Listed]:
    """What stands first, then what is new; an id once, as it was told last."""
    return list({each.id: each for each in chain(standing, more)}.values())
