"""Fires schedules when they are due: EventBridge rules and EventBridge Scheduler."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from local.schedule_expressions import Expression, parse
from local.targets import DELIVERY_ERRORS, Send

LOG = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Schedule:
    """One enabled schedule. `messages` returns what each target gets, given when it fires."""

    arn: str
    name: str
    expression: str
    messages: Callable[[datetime], list[tuple[str, str]]]
    timezone: str = "UTC"

    @property
    def identity(self) -> tuple[str, str, str]:
        """A schedule whose expression changes is another one, and begins anew."""
        return self.arn, self.expression, self.timezone


@dataclass(slots=True)
class _Due:
    expression: Expression
    at: datetime | None


class ScheduleRunner:
    """Looks at the schedules twice a second and sends what is due.

    A rate counts from the moment that the schedule was first seen and does not drift. Times that
    passed while the machine slept are not made up for.
    """

    def __init__(self, schedules: Callable[[], Iterable[Schedule]], send: Send) -> None:
        self._schedules = schedules
        self._send = send
        self._due: dict[tuple[str, str, str], _Due] = {}
        self._closed = threading.Event()

    def start(self) -> None:
        """Begin to look."""
        threading.Thread(target=self._run, name="schedules", daemon=True).start()

    def close(self) -> None:
        """Fire no more."""
        self._closed.set()

    def look(self, now: datetime) -> None:
        """Fire everything that is due at `now`."""
        schedules = {schedule.identity: schedule for schedule in self._schedules()}
        for identity in list(self._due):
            if identity not in schedules:
                del self._due[identity]
        for identity, schedule in schedules.items():
            due = self._due.get(identity) or self._first_seen(schedule, now)
            if due.at is not None and due.at <= now:
                self.fire(schedule, due.at)
                at: datetime | None = due.at
                while at is not None and at <= now:
                    at = due.expression.next_after(at)
                due.at = at

    def fire_by_name(self, name: str, now: datetime) -> bool:
        """Fire the schedules of this name at once; false if there is none."""
        named = [schedule for schedule in self._schedules() if schedule.name == name]
        for schedule in named:
            self.fire(schedule, now)
        return bool(named)

    def fire(self, schedule: Schedule, at: datetime) -> None:
        """Send a schedule's messages; a target that refuses does not keep the next from its own."""
        for arn, text in schedule.messages(at):
            try:
                self._send(arn, text)
            except DELIVERY_ERRORS as error:
                LOG.warning("%s could not be delivered to %s: %s", schedule.arn, arn, error)

    def _first_seen(self, schedule: Schedule, now: datetime) -> _Due:
        try:
            expression = parse(schedule.expression, schedule.timezone)
        except (ValueError, LookupError) as error:
            LOG.warning("%s will not fire: %s", schedule.arn, error)
            due = _Due(_Never(), None)
        else:
            due = _Due(expression, expression.next_after(now))
        self._due[schedule.identity] = due
        return due

    def _run(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            self.look(datetime.now(UTC))


class _Never:
    def next_after(self, _moment: datetime) -> None:
        return None
