"""Polls one queue for one function, as Lambda's event source mapping does."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Sequence

from moto.sqs.exceptions import QueueDoesNotExist, ReceiptHandleIsInvalid
from moto.sqs.models import Message, SQSBackend, sqs_backends

from local.context import InvokeResult
from local.event_sources.filters import passes
from local.event_sources.mapping import QueueMapping
from local.event_sources.partial_failures import failed_messages
from local.event_sources.records import record_of
from local.lambda_host.membership import HostClosedError
from local.targets import DELIVERY_ERRORS

LOG = logging.getLogger(__name__)

_RECEIVE_AT_MOST = 10
_WAIT_SECONDS = 1
_PAUSE_SECONDS = 1.0


class Poller:
    """Gathers batches, and has each delivered by a thread of its own.

    It receives only when an invocation may start: a message that waits here would use up its
    visibility timeout. What a function leaves undone stays in the queue until that timeout ends;
    the queue's redrive policy sees to the rest.
    """

    def __init__(self, mapping: QueueMapping, invoke: Callable[[str, bytes], InvokeResult]) -> None:
        self.mapping = mapping
        self._invoke = invoke
        self._places = threading.Semaphore(mapping.concurrency)
        self._closed = threading.Event()
        threading.Thread(target=self._run, name=f"poll-{mapping.queue_name}", daemon=True).start()

    def close(self) -> None:
        """Receive no more; batches that are being delivered are finished."""
        self._closed.set()

    def _run(self) -> None:
        while not self._closed.is_set():
            if not self._places.acquire(timeout=_WAIT_SECONDS):
                continue
            try:
                batch = self._gather()
            except QueueDoesNotExist:
                # Terraform deletes the queue and the mapping in an order of its own.
                batch = []
                self._closed.wait(_PAUSE_SECONDS)
            if batch:
                threading.Thread(target=self._deliver, args=(batch,), daemon=True).start()
            else:
                self._places.release()

    def _gather(self) -> list[Message]:
        batch = self._receive(min(_RECEIVE_AT_MOST, self.mapping.batch_size), _WAIT_SECONDS)
        deadline = time.monotonic() + self.mapping.window_seconds
        while batch and len(batch) < self.mapping.batch_size and not self._closed.is_set():
            left = deadline - time.monotonic()
            if left <= 0:
                break
            room = min(_RECEIVE_AT_MOST, self.mapping.batch_size - len(batch))
            more = self._receive(room, 0)
            batch += more
            if not more:
                self._closed.wait(min(left, 0.05))
        return batch

    def _receive(self, count: int, wait_seconds: int) -> list[Message]:
        backend = self._backend()
        queue = backend.get_queue(self.mapping.queue_name)
        visibility = int(queue.visibility_timeout)  # type: ignore[attr-defined]
        return backend.receive_message(
            self.mapping.queue_name, count, wait_seconds, visibility, ["All"]
        )

    def _deliver(self, batch: Sequence[Message]) -> None:
        try:
            self._delete(self._handled(batch))
        except HostClosedError:
            return
        except DELIVERY_ERRORS as error:
            LOG.warning("%s: a batch stays in the queue: %s", self.mapping.queue_name, error)
        finally:
            self._places.release()

    def _handled(self, batch: Sequence[Message]) -> list[Message]:
        """Invoke the function; return the messages that are done with."""
        mapping = self.mapping
        records = [
            record_of(message, queue_arn=mapping.queue_arn, region=mapping.region)
            for message in batch
        ]
        wanted = [record for record in records if passes(record, mapping.patterns)]
        left = set()
        if wanted:
            result = self._invoke(mapping.function_arn, json.dumps({"Records": wanted}).encode())
            ids = {record["messageId"] for record in wanted}
            if result.function_error:
                left = ids
            elif mapping.reports_failures:
                left = failed_messages(result.payload, ids)
        return [message for message in batch if message.id not in left]

    def _delete(self, messages: Sequence[Message]) -> None:
        for message in messages:
            try:
                self._backend().delete_message(
                    self.mapping.queue_name, message.receipt_handle or ""
                )
            except ReceiptHandleIsInvalid:
                continue  # Somebody purged the queue meanwhile.

    def _backend(self) -> SQSBackend:
        return sqs_backends[self.mapping.account_id][self.mapping.region]
