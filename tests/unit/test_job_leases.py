from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import boto3
import pytest

from lambdas.shared import job_leases
from lambdas.shared.errors import OpenJobsExhaustedError
from tests.samples import NOON
from tests.tables import Tables

LEASE = timedelta(minutes=10)


def acquire(tables: Tables, holder: str, *, places: int = 2, minutes: float = 0) -> None:
    job_leases.acquire(
        tables.limits,
        "jobs",
        holder,
        places=places,
        lease=LEASE,
        now=NOON + timedelta(minutes=minutes),
    )


def read_holders(tables: Tables) -> set[str]:
    return set(job_leases.read_holders(tables.limits, "jobs"))


def test_no_more_than_the_places_are_given_out(tables: Tables) -> None:
    acquire(tables, "doc-1")
    acquire(tables, "doc-2")

    with pytest.raises(OpenJobsExhaustedError, match="all 2 places"):
        acquire(tables, "doc-3")

    assert read_holders(tables) == {"doc-1", "doc-2"}


def test_who_holds_a_place_keeps_it_when_all_are_taken(tables: Tables) -> None:
    acquire(tables, "doc-1")
    acquire(tables, "doc-2")

    acquire(tables, "doc-1", minutes=9)

    held = job_leases.read_holders(tables.limits, "jobs")
    assert held == {"doc-1": NOON + timedelta(minutes=9), "doc-2": NOON}


def test_an_expired_lease_makes_room(tables: Tables) -> None:
    acquire(tables, "doc-1")
    acquire(tables, "doc-2", minutes=5)

    acquire(tables, "doc-3", minutes=10)

    assert read_holders(tables) == {"doc-2", "doc-3"}


def test_a_lease_is_held_until_it_expires(tables: Tables) -> None:
    acquire(tables, "doc-1", places=1)

    with pytest.raises(OpenJobsExhaustedError):
        acquire(tables, "doc-2", places=1, minutes=9.9)


def test_a_place_given_back_is_free(tables: Tables) -> None:
    acquire(tables, "doc-1", places=1)

    job_leases.release(tables.limits, "jobs", "doc-1")

    acquire(tables, "doc-2", places=1)
    assert read_holders(tables) == {"doc-2"}


def test_giving_back_frees_no_place_of_another(tables: Tables) -> None:
    job_leases.release(tables.limits, "jobs", "doc-1")
    acquire(tables, "doc-1", places=1)

    job_leases.release(tables.limits, "jobs", "doc-2")

    with pytest.raises(OpenJobsExhaustedError):
        acquire(tables, "doc-2", places=1)


def test_fewer_places_than_before_are_kept_to(tables: Tables) -> None:
    for number in range(3):
        acquire(tables, f"doc-{number}", places=3)
    job_leases.release(tables.limits, "jobs", "doc-0")

    with pytest.raises(OpenJobsExhaustedError):
        acquire(tables, "doc-3", places=2)


def test_holders_at_the_same_time_share_the_places(tables: Tables) -> None:
    limits = [boto3.resource("dynamodb").Table(tables.limits.name) for _ in range(8)]

    def try_to_acquire(number: int) -> None:
        with suppress(OpenJobsExhaustedError):
            job_leases.acquire(
                limits[number % 8], "jobs", f"doc-{number}", places=5, lease=LEASE, now=NOON
            )

    with ThreadPoolExecutor(8) as callers:
        list(callers.map(try_to_acquire, range(24)))

    assert len(read_holders(tables)) == 5
