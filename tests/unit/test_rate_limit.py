from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise

import boto3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdas.shared import rate_limit
from tests.samples import NOON
from tests.tables import Tables

ONE_MICROSECOND = timedelta(microseconds=1)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rate=st.sampled_from([0.25, 1.0, 3.0, 10.0, 600.0]),
    seconds=st.lists(st.floats(0, 20, allow_nan=False), min_size=1, max_size=15),
)
def test_starts_are_an_interval_apart_and_never_earlier_than_asked(
    tables: Tables, rate: float, seconds: list[float]
) -> None:
    tables.limits.delete_item(Key={"id": "analysis#rate"})
    asked = [NOON + timedelta(seconds=offset) for offset in seconds]

    starts = [
        rate_limit.reserve(tables.limits, "analysis", per_second=rate, now=now) for now in asked
    ]

    interval = timedelta(seconds=1 / rate) - ONE_MICROSECOND
    assert all(later - earlier >= interval for earlier, later in pairwise(sorted(starts)))
    assert all(start >= now for start, now in zip(starts, asked, strict=True))


def test_an_idle_limit_lets_a_caller_start_at_once(tables: Tables) -> None:
    for now in (NOON, NOON + timedelta(hours=1)):
        assert rate_limit.reserve(tables.limits, "analysis", per_second=2, now=now) == now


def test_a_busy_limit_gives_each_caller_the_next_interval(tables: Tables) -> None:
    starts = [
        rate_limit.reserve(tables.limits, "analysis", per_second=4, now=NOON) for _ in range(3)
    ]

    assert [(start - NOON) / timedelta(seconds=1) for start in starts] == [0, 0.25, 0.5]


def test_limits_of_different_names_do_not_meet(tables: Tables) -> None:
    for name in ("analysis", "detection"):
        assert rate_limit.reserve(tables.limits, name, per_second=1, now=NOON) == NOON


def test_callers_at_the_same_time_get_starts_of_their_own(tables: Tables) -> None:
    limits = [boto3.resource("dynamodb").Table(tables.limits.name) for _ in range(8)]

    def reserve(turn: int) -> datetime:
        return rate_limit.reserve(limits[turn % 8], "analysis", per_second=10, now=NOON)

    with ThreadPoolExecutor(8) as callers:
        starts = sorted(callers.map(reserve, range(40)))

    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert gaps == [timedelta(milliseconds=100)] * 39


def test_a_reservation_under_load_is_one_write(tables: Tables) -> None:
    rate_limit.reserve(tables.limits, "analysis", per_second=1, now=NOON)
    writes = []
    tables.limits.meta.client.meta.events.register(
        "before-call.dynamodb", lambda model, **_: writes.append(model.name)
    )

    rate_limit.reserve(tables.limits, "analysis", per_second=1, now=NOON)

    assert writes == ["UpdateItem"]
