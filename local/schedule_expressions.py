"""EventBridge's schedule expressions: `rate(…)`, `cron(…)` and `at(…)`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

_UNITS = {"minute": 60, "hour": 3600, "day": 86400}
_MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
_DAYS = {"SUN": 1, "MON": 2, "TUE": 3, "WED": 4, "THU": 5, "FRI": 6, "SAT": 7}
_YEARS_AHEAD = 12


class Expression(Protocol):
    """When something is due."""

    def next_after(self, moment: datetime) -> datetime | None:
        """Return the first time after `moment`, or None if there is no other."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Every so many seconds, from the moment it was created."""

    seconds: int

    def next_after(self, moment: datetime) -> datetime:
        """Return the time one period later."""
        return moment + timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Once:
    """At one time."""

    at: datetime

    def next_after(self, moment: datetime) -> datetime | None:
        """Return that time unless it has passed."""
        return self.at if self.at > moment else None


@dataclass(frozen=True, slots=True)
class Cron:
    """At the minutes that six fields describe, in a time zone."""

    minutes: frozenset[int]
    hours: frozenset[int]
    months: frozenset[int]
    years: frozenset[int]
    days_of_month: str
    days_of_week: str
    zone: ZoneInfo

    def next_after(self, moment: datetime) -> datetime | None:
        """Return the next whole minute that fits, at most some years ahead."""
        local = moment.astimezone(self.zone)
        day = local.date()
        while day.year <= local.year + _YEARS_AHEAD:
            if self._fits(day):
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone)
                        if at > local:
                            return at.astimezone(UTC)
            day += timedelta(days=1)
        return None

    def _fits(self, day: date) -> bool:
        if day.year not in self.years or day.month not in self.months:
            return False
        if self.days_of_month != "?":
            return any(_is_day_of_month(part, day) for part in self.days_of_month.split(","))
        return any(_is_day_of_week(part, day) for part in self.days_of_week.split(","))


def parse(expression: str, timezone: str = "UTC") -> Expression:
    """Read an expression; `ValueError` says what is wrong with it."""
    match = re.fullmatch(r"(rate|cron|at)\((.+)\)", expression.strip())
    if match is None:
        raise ValueError(f"not a schedule expression: {expression}")
    kind, text = match[1], match[2].strip()
    if kind == "rate":
        return _parse_rate(text)
    if kind == "at":
        return Once(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)))
    return _parse_cron(text, ZoneInfo(timezone))


def _parse_rate(text: str) -> Rate:
    match = re.fullmatch(r"(\d+)\s+(minute|hour|day)s?", text)
    if match is None or int(match[1]) == 0:
        raise ValueError(f"not a rate: {text}")
    return Rate(int(match[1]) * _UNITS[match[2]])


def _parse_cron(text: str, zone: ZoneInfo) -> Cron:
    fields = text.upper().split()
    if len(fields) != 6:
        raise ValueError(f"a cron expression has six fields: {text}")
    minutes, hours, days_of_month, months, days_of_week, years = fields
    if (days_of_month == "?") == (days_of_week == "?"):
        raise ValueError(f"exactly one of day-of-month and day-of-week is '?': {text}")
    if "W" in days_of_month:
        raise ValueError(f"the local endpoint knows no 'W' in day-of-month: {text}")
    return Cron(
        minutes=_numbers(minutes, 0, 59),
        hours=_numbers(hours, 0, 23),
        months=_numbers(months, 1, 12, _MONTHS),
        years=_numbers(years, 1970, 2199),
        days_of_month=days_of_month,
        days_of_week=days_of_week,
        zone=zone,
    )


def _numbers(
    field: str, low: int, high: int, names: dict[str, int] | None = None
) -> frozenset[int]:
    return frozenset(n for part in field.split(",") for n in _range(part, low, high, names or {}))


def _range(part: str, low: int, high: int, names: dict[str, int]) -> Iterable[int]:
    span, _, step = part.partition("/")
    first, _, last = span.partition("-")

    def number(text: str) -> int:
        value = names.get(text) or int(text)
        if not low <= value <= high:
            raise ValueError(f"{text} is not between {low} and {high}")
        return value

    if first == "*":
        start, end = low, high
    else:
        start = number(first)
        # `5/15` means from 5 on; a bare `5` means 5.
        end = number(last) if last else (high if step else start)
    return range(start, end + 1, int(step or 1))


def _is_day_of_month(part: str, day: date) -> bool:
    if part == "L":
        return day.day == calendar.monthrange(day.year, day.month)[1]
    return day.day in _range(part, 1, 31, {})


def _is_day_of_week(part: str, day: date) -> bool:
    number = day.isoweekday() % 7 + 1  # Sunday is 1.
    if part == "L":
        return number == 7
    if part.endswith("L"):
        in_last_week = day.day + 7 > calendar.monthrange(day.year, day.month)[1]
        return in_last_week and number in _range(part[:-1], 1, 7, _DAYS)
    weekday, _, nth = part.partition("#")
    if nth:
        return number in _range(weekday, 1, 7, _DAYS) and (day.day - 1) // 7 + 1 == int(nth)
    return number in _range(part, 1, 7, _DAYS)
