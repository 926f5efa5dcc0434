"""moto 5.2.5 changes a queue's messages without a lock.

`delete_message` rebuilds the list that `add_message` appends to, and two receivers can be handed
the same message: under concurrent requests messages are lost, or delivered twice. Each of these
methods here holds the queue's own condition; waiting on it inside `receive_message` releases it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from moto.sqs.models import Queue, SQSBackend

from local.gaps import seams

P = ParamSpec("P")
R = TypeVar("R")


def hold() -> None:
    """Make changes to a queue atomic."""
    seams.wrap(Queue, "add_message", _locked_queue)
    seams.wrap(Queue, "delete_message", _locked_queue)
    for method in ("receive_message", "change_message_visibility", "purge_queue"):
        seams.wrap(SQSBackend, method, _locked_by_name)


def _locked_queue(
    original: Callable[Concatenate[Queue, P], R],
) -> Callable[Concatenate[Queue, P], R]:
    @wraps(original)
    def locked(self: Queue, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._messages_lock:
            return original(self, *args, **kwargs)

    return locked


def _locked_by_name(
    original: Callable[Concatenate[SQSBackend, str, P], R],
) -> Callable[Concatenate[SQSBackend, str, P], R]:
    @wraps(original)
    def locked(self: SQSBackend, queue_name: str, *args: P.args, **kwargs: P.kwargs) -> R:
        # By position or by name: moto's own callers do both.
        with self.get_queue(queue_name)._messages_lock:
            return original(self, queue_name, *args, **kwargs)

    return locked  # type: ignore[return-value] # a name makes it no less callable by position
