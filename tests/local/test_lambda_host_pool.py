"""Which process takes an invocation, with processes that only pretend."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from local.lambda_host.configuration import FunctionConfiguration
from local.lambda_host.limits import Limits
from local.lambda_host.membership import HostClosedError
from local.lambda_host.pool import ProcessPool
from tests.local.local_aws import wait_for


class Pretend:
    """A process that is ready when its gate opens."""

    def __init__(self, configuration: FunctionConfiguration, gate: threading.Event) -> None:
        self.configuration = configuration
        self.alive = True
        self._gate = gate

    def wait_until_ready(self, seconds: float) -> None:
        self._gate.wait(seconds)

    def close(self) -> None:
        self.alive = False
        self._gate.set()


class Machine:
    """A pool whose clock and gate the test holds."""

    def __init__(self, **limits: float) -> None:
        self.now = 0.0
        self.gate = threading.Event()
        self.gate.set()
        self.started: list[Pretend] = []
        defaults = {"per_function": 2, "total": 3, "starting": 2}
        bounds = Limits(**(defaults | limits))  # type: ignore[arg-type]
        self.pool: ProcessPool[Pretend] = ProcessPool(self.start, bounds, lambda: self.now)

    def start(self, configuration: FunctionConfiguration) -> Pretend:
        process = Pretend(configuration, self.gate)
        self.started.append(process)
        return process

    def use(self, configuration: FunctionConfiguration) -> Pretend:
        process = self.pool.acquire(configuration)
        self.pool.release(process, reusable=True)
        return process

    def acquire_later(self, configuration: FunctionConfiguration) -> list[Pretend]:
        taken: list[Pretend] = []

        def take() -> None:
            with contextlib.suppress(HostClosedError):
                taken.append(self.pool.acquire(configuration))

        threading.Thread(target=take, daemon=True).start()
        return taken

    def alive(self) -> int:
        return sum(process.alive for process in self.started)


def function(name: str = "intake") -> FunctionConfiguration:
    return FunctionConfiguration(
        name=name,
        arn=f"arn:aws:lambda:eu-central-1:123456789012:function:{name}",
        version="$LATEST",
        handler="handler.handle",
        timeout_seconds=3,
        memory_megabytes=128,
        environment=(),
        account_id="123456789012",
        region="eu-central-1",
        log_group=f"/aws/lambda/{name}",
        code=Path(),
        code_digest="1",
    )


def test_the_process_used_last_is_used_next() -> None:
    machine = Machine()
    first, second = (machine.pool.acquire(function()) for _ in range(2))
    machine.pool.release(second, reusable=True)
    machine.now = 1
    machine.pool.release(first, reusable=True)
    assert machine.pool.acquire(function()) is first


def test_no_function_has_more_processes_than_its_limit() -> None:
    machine = Machine()
    first = machine.pool.acquire(function())
    machine.pool.acquire(function())
    third = machine.acquire_later(function())
    machine.pool.release(first, reusable=True)
    wait_for(lambda: third)
    assert third == [first]
    assert len(machine.started) == 2


def test_one_who_waits_takes_a_process_that_comes_back_before_the_new_one_is_ready() -> None:
    machine = Machine()
    busy = machine.pool.acquire(function())
    machine.gate.clear()
    waiting = machine.acquire_later(function())
    wait_for(lambda: len(machine.started) == 2)
    machine.pool.release(busy, reusable=True)
    wait_for(lambda: waiting)
    assert waiting == [busy]


def test_no_more_processes_start_at_once_than_the_machine_can_bear() -> None:
    machine = Machine(per_function=4, total=8, starting=2)
    machine.gate.clear()
    waiting = [machine.acquire_later(function()) for _ in range(4)]
    wait_for(lambda: len(machine.started) == 2)
    machine.gate.set()
    wait_for(lambda: all(waiting))
    assert len(machine.started) == 4


def test_a_functions_first_process_takes_the_place_of_the_one_idle_longest() -> None:
    machine = Machine(total=2)
    oldest = machine.use(function("oldest"))
    machine.now = 1
    newer = machine.use(function("newer"))
    machine.use(function("arrives"))
    wait_for(lambda: not oldest.alive)
    assert newer.alive


def test_a_further_process_waits_until_another_functions_is_spare() -> None:
    machine = Machine(total=2, spare_seconds=2)
    other = machine.use(function("other"))
    machine.pool.acquire(function())
    second = machine.acquire_later(function())
    machine.now = 1
    machine.pool.tidy()
    assert other.alive
    machine.now = 3
    machine.pool.tidy()
    wait_for(lambda: second)
    wait_for(lambda: not other.alive)


def test_a_changed_configuration_ends_the_idle_processes_of_the_old_one() -> None:
    machine = Machine()
    old = machine.use(function())
    new = machine.use(replace(function(), environment=(("STAGE", "2"),)))
    assert new is not old
    wait_for(lambda: not old.alive)


def test_idle_processes_of_an_old_version_give_way_to_the_new_version() -> None:
    machine = Machine()
    for process in [machine.pool.acquire(replace(function(), version="1")) for _ in range(2)]:
        machine.pool.release(process, reusable=True)
    assert machine.use(replace(function(), version="2")).configuration.version == "2"


def test_reserved_concurrency_does_not_make_another_process_necessary() -> None:
    machine = Machine()
    first = machine.use(function())
    assert machine.use(replace(function(), reserved_concurrency=1)) is first


def test_a_process_that_died_idle_is_not_handed_out() -> None:
    machine = Machine()
    dead = machine.use(function())
    dead.alive = False
    assert machine.use(function()) is not dead


def test_a_process_that_could_not_start_is_the_answer_for_one_who_waits() -> None:
    machine = Machine()
    machine.gate.clear()
    waiting = machine.acquire_later(function())
    wait_for(lambda: machine.started)
    machine.started[0].alive = False
    machine.gate.set()
    wait_for(lambda: waiting)
    machine.pool.release(waiting[0], reusable=False)
    assert machine.use(function()).alive


def test_what_is_idle_for_long_is_ended() -> None:
    machine = Machine(idle_seconds=300)
    idle = machine.use(function())
    machine.now = 299
    machine.pool.tidy()
    assert idle.alive
    machine.now = 301
    machine.pool.tidy()
    wait_for(lambda: not idle.alive)


def test_a_start_that_fails_is_told_to_the_one_who_waits() -> None:
    def start(_configuration: FunctionConfiguration) -> Pretend:
        raise FileNotFoundError("no such directory")

    pool: ProcessPool[Pretend] = ProcessPool(start, Limits())
    with pytest.raises(FileNotFoundError):
        pool.acquire(function())


def test_a_busy_process_is_ended_when_it_comes_back_after_the_pool_was_closed() -> None:
    machine = Machine()
    busy = machine.pool.acquire(function())
    machine.pool.close()
    machine.pool.release(busy, reusable=True)
    assert not busy.alive


def test_closing_ends_what_starts_and_turns_away_those_who_wait() -> None:
    machine = Machine(per_function=1)
    machine.gate.clear()
    machine.acquire_later(function())
    wait_for(lambda: machine.started)
    machine.pool.close()
    assert machine.alive() == 0
    with pytest.raises(HostClosedError):
        machine.pool.acquire(function())
