"""Starting a batch's execution, once, under the batch's own name."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from lambdas.shared import batches, storage
from lambdas.shared.batches import Members
from lambdas.shared.contracts import Document

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_stepfunctions import SFNClient

_items = TypeAdapter(list[Document])


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
        """Starts the batch; starting it again changes nothing."""
        batch_id = members.batch_id
        items_pointer = batches.items_pointer(self.bucket, batch_id)
        storage.write_bytes(self.s3, items_pointer, _items.dump_json(items))
        members_pointer = storage.write_model(
            self.s3, batches.members_pointer(self.bucket, batch_id), members
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
