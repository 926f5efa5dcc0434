"""Keeps one poller for every enabled mapping of a queue, whatever Terraform changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from moto.awslambda.models import lambda_backends

from local.context import InvokeResult
from local.event_sources import own_delivery, queue_locks
from local.event_sources.mapping import QueueMapping, queue_mapping
from local.event_sources.poller import Poller
from local.targets import DELIVERY_ERRORS

LOG = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5


class Pollers:
    """Starts, replaces and ends pollers as mappings are created, changed and deleted.

    `concurrency_of` says how many invocations of a function run at once.
    """

    def __init__(
        self,
        invoke: Callable[[str, bytes], InvokeResult],
        concurrency_of: Callable[[str], int],
    ) -> None:
        queue_locks.hold()
        own_delivery.stop()
        self._invoke = invoke
        self._concurrency_of = concurrency_of
        self._pollers: dict[str, Poller] = {}
        self._closed = threading.Event()

    def start(self) -> None:
        """Begin to look for mappings."""
        threading.Thread(target=self._run, name="event-sources", daemon=True).start()

    def close(self) -> None:
        """End every poller."""
        self._closed.set()
        for poller in list(self._pollers.values()):
            poller.close()

    def _run(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            self._follow(self._enabled_mappings())

    def _follow(self, wanted: dict[str, QueueMapping]) -> None:
        for uuid, poller in list(self._pollers.items()):
            if wanted.get(uuid) != poller.mapping:
                poller.close()
                del self._pollers[uuid]
        for uuid, mapping in wanted.items():
            if uuid not in self._pollers:
                LOG.info("%s is polled for %s", mapping.queue_name, mapping.function_arn)
                self._pollers[uuid] = Poller(mapping, self._invoke)

    def _enabled_mappings(self) -> dict[str, QueueMapping]:
        found = {}
        for account in list(lambda_backends.values()):
            for backend in list(account.values()):
                for mapping in list(backend._event_source_mappings.values()):
                    try:
                        settings = queue_mapping(mapping, self._concurrency_of)
                    except DELIVERY_ERRORS:
                        continue  # The function was deleted before its mapping.
                    if settings:
                        found[mapping.uuid] = settings
        return found
