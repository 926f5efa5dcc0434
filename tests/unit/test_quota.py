from datetime import timedelta

import pytest

from lambdas.shared import quota
from lambdas.shared.quota import Quota
from tests.samples import NOON
from tests.tables import Tables

OLD, NEW = (Quota(starts_per_second=rate, open_jobs=100) for rate in (2.5, 10))
HOUR = timedelta(hours=1)


def refresh(tables: Tables, answer: Quota | None, *, minutes: float) -> Quota:
    """Asks for the quota some minutes after noon; Service Quotas may have no answer."""

    def fetch() -> Quota:
        if answer is None:
            raise TimeoutError
        return answer

    now = NOON + timedelta(minutes=minutes)
    return quota.refresh(tables.limits, fetch, max_age=HOUR, now=now)


def test_a_quota_is_fetched_once_and_read_by_others(tables: Tables) -> None:
    assert quota.read(tables.limits) is None

    assert refresh(tables, OLD, minutes=0) == OLD

    assert refresh(tables, None, minutes=59) == OLD
    assert quota.read(tables.limits) == OLD


def test_an_old_quota_is_fetched_anew(tables: Tables) -> None:
    refresh(tables, OLD, minutes=0)

    assert refresh(tables, NEW, minutes=60) == NEW
    assert quota.read(tables.limits) == NEW


def test_while_one_caller_fetches_the_others_go_on_with_what_is_stored(tables: Tables) -> None:
    """A thousand documents at once are not a thousand calls of Service Quotas."""
    refresh(tables, OLD, minutes=0)
    seen = []

    def fetch_while_others_ask() -> Quota:
        seen.append(refresh(tables, None, minutes=61))
        return NEW

    now = NOON + timedelta(minutes=61)
    fetched = quota.refresh(tables.limits, fetch_while_others_ask, max_age=HOUR, now=now)

    assert (fetched, seen) == (NEW, [OLD])


def test_when_fetching_fails_another_caller_tries_a_minute_later(tables: Tables) -> None:
    refresh(tables, OLD, minutes=0)
    with pytest.raises(TimeoutError):
        refresh(tables, None, minutes=61)

    assert refresh(tables, NEW, minutes=61.5) == OLD
    assert refresh(tables, NEW, minutes=62.1) == NEW


def test_a_quota_that_was_never_fetched_cannot_be_gone_without(tables: Tables) -> None:
    with pytest.raises(TimeoutError):
        refresh(tables, None, minutes=0)
