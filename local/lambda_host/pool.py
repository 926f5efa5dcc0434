"""Decides which process takes an invocation, and when processes start and end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic

from local.lambda_host.configuration import FunctionConfiguration
from local.lambda_host.limits import Limits
from local.lambda_host.membership import HostClosedError, Member, P, Waiter


class ProcessPool(Generic[P]):
    """Warm processes, reused last in first out, and the queue of those who wait for one.

    A waiting invocation takes whichever comes first: a process that another one gave back or one
    that was started meanwhile.
    """

    def __init__(
        self,
        start: Callable[[FunctionConfiguration], P],
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._start = start
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._waiters: list[Waiter[P]] = []
        self._members: list[Member[P]] = []
        self._closed = threading.Event()
        self._threads: set[threading.Thread] = set()

    def acquire(self, configuration: FunctionConfiguration) -> P:
        """Return a process of this very configuration, waiting for one as long as it takes."""
        waiter: Waiter[P] = Waiter(configuration)
        with self._lock:
            if self._closed.is_set():
                raise HostClosedError
            self._waiters.append(waiter)
            self._assign()
        waiter.decided.wait()
        if waiter.process is None:
            raise waiter.error or HostClosedError
        return waiter.process

    def release(self, process: P, *, reusable: bool) -> None:
        """Give a process back; one that is not reusable is ended."""
        with self._lock:
            member = next((m for m in self._members if m.process is process), None)
            kept = member is not None and reusable and process.alive
            if member is not None and kept:
                member.idle_since = self._clock()
            elif member is not None:
                self._members.remove(member)
            self._assign()
        if not kept:
            process.close()

    def tidy(self) -> None:
        """End what has been idle for too long or died idle, and look at the queue again."""
        with self._lock:
            now = self._clock()
            for member in list(self._members):
                if member.process is None or member.idle_since is None:
                    continue
                if not member.process.alive or now - member.idle_since > self._limits.idle_seconds:
                    self._end(member)
            self._assign()

    def busy_and_idle(self) -> list[tuple[P, bool]]:
        """Return every started process and whether it is busy."""
        with self._lock:
            return [(m.process, m.idle_since is None) for m in self._members if m.process]

    def close(self) -> None:
        """End every process and turn away everyone who waits."""
        with self._lock:
            self._closed.set()
            processes = [member.process for member in self._members if member.process]
            self._members.clear()
            for waiter in self._waiters:
                waiter.decided.set()
            self._waiters.clear()
            threads = list(self._threads)
        for process in processes:
            process.close()
        for thread in threads:
            thread.join()

    # Everything below is called with the lock held, but for `_start_member`.

    def _assign(self) -> None:
        for waiter in list(self._waiters):
            member = self._idle_member(waiter.configuration)
            if member is not None:
                self._hand_over(member, waiter)
        waiting_for = {w.configuration.fingerprint: w.configuration for w in self._waiters}
        for configuration in waiting_for.values():
            while self._may_start(configuration):
                place: Member[P] = Member(configuration)
                self._members.append(place)
                thread = threading.Thread(target=self._start_member, args=(place,), daemon=True)
                self._threads.add(thread)
                thread.start()

    def _may_start(self, configuration: FunctionConfiguration) -> bool:
        starting = sum(member.starting for member in self._members)
        return (
            starting < self._limits.starting
            and self._needs_start(configuration)
            and self._make_room(configuration)
        )

    def _idle_member(self, configuration: FunctionConfiguration) -> Member[P] | None:
        found: Member[P] | None = None
        for member in list(self._members):
            if member.process is None or member.idle_since is None:
                continue
            same_version = (member.configuration.arn, member.configuration.version) == (
                configuration.arn,
                configuration.version,
            )
            if not same_version:
                continue
            outdated = member.configuration.fingerprint != configuration.fingerprint
            if outdated or not member.process.alive:
                self._end(member)
            elif found is None or member.idle_since > (found.idle_since or 0):
                found = member
        return found

    def _hand_over(self, member: Member[P], waiter: Waiter[P]) -> None:
        member.idle_since = None
        self._waiters.remove(waiter)
        waiter.process = member.process
        waiter.decided.set()

    def _needs_start(self, configuration: FunctionConfiguration) -> bool:
        fingerprint = configuration.fingerprint
        waiting = sum(w.configuration.fingerprint == fingerprint for w in self._waiters)
        mine = [m for m in self._members if m.configuration.arn == configuration.arn]
        same = [m for m in mine if m.configuration.fingerprint == fingerprint]
        if sum(m.starting for m in same) >= waiting:
            return False
        if len(mine) < self._limits.of_function(configuration.reserved_concurrency):
            return True
        # All places are taken: an idle process of another version of the function gives up its own.
        other = next((m for m in mine if m.idle_since is not None and m not in same), None)
        if other is not None:
            self._end(other)
        return other is not None

    def _make_room(self, configuration: FunctionConfiguration) -> bool:
        """Say whether one more process fits, ending the one that has been idle longest if need be.

        A function's first process may take any idle one's place; a further one only a spare one's,
        or busy functions would end each other's processes all the time.
        """
        if len(self._members) < self._limits.total:
            return True
        idle = [m for m in self._members if m.idle_since is not None]
        if not idle:
            return False
        oldest = min(idle, key=lambda m: m.idle_since or 0)
        is_first = all(m.configuration.arn != configuration.arn for m in self._members)
        if is_first or self._clock() - (oldest.idle_since or 0) > self._limits.spare_seconds:
            self._end(oldest)
            return True
        return False

    def _end(self, member: Member[P]) -> None:
        self._members.remove(member)
        if member.process is not None:
            threading.Thread(target=member.process.close, daemon=True).start()

    def _start_member(self, member: Member[P]) -> None:
        try:
            process = self._start(member.configuration)
        except Exception as error:  # noqa: BLE001 (whoever waits must learn of it, whatever it is)
            with self._lock:
                self._threads.discard(threading.current_thread())
                if member in self._members:
                    self._members.remove(member)
                self._refuse_one(member.configuration, error)
                self._assign()
            return
        with self._lock:
            member.process = process
            wanted = member in self._members
        if wanted:
            process.wait_until_ready(self._limits.init_seconds)
        with self._lock:
            self._threads.discard(threading.current_thread())
            wanted = member in self._members
            if wanted:
                self._settle_started(member, process)
                self._assign()
        if not wanted:
            process.close()

    def _settle_started(self, member: Member[P], process: P) -> None:
        """Put a started process to use; one that failed to start goes to one who waits for it."""
        member.starting = False
        if process.alive:
            member.idle_since = self._clock()
            return
        waiter = self._first_waiter(member.configuration)
        if waiter is None:
            self._end(member)
        else:
            self._hand_over(member, waiter)

    def _refuse_one(self, configuration: FunctionConfiguration, error: Exception) -> None:
        waiter = self._first_waiter(configuration)
        if waiter is not None:
            self._waiters.remove(waiter)
            waiter.error = error
            waiter.decided.set()

    def _first_waiter(self, configuration: FunctionConfiguration) -> Waiter[P] | None:
        fingerprint = configuration.fingerprint
        return next((w for w in self._waiters if w.configuration.fingerprint == fingerprint), None)
