"""How single values are written for a person: short, in UTC, safe on a terminal."""

from datetime import UTC, datetime, timedelta

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def instant(at: datetime) -> str:
    """A point in time to the second, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def clock(at: datetime) -> str:
    """The time of day to the millisecond, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[11:23]


def duration(span: timedelta) -> str:
    """A span of time in its two leading units."""
    seconds = span.total_seconds()
    if seconds < 0:
        return f"-{duration(-span)}"
    if round(seconds, 3) < 1:
        return f"{seconds * 1000:.0f} ms"
    if round(seconds, 1) < _MINUTE:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    if whole < 2 * _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{whole // _DAY} d {whole % _DAY // _HOUR} h"


def size(bytes_: int) -> str:
    """A size in decimal units, as the limits are given."""
    if bytes_ < 1000:
        return f"{bytes_} B"
    return f"{bytes_ / 1e3:,.1f} kB" if bytes_ < 1e6 else f"{bytes_ / 1e6:,.1f} MB"


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural where needed."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def digest(value: str) -> str:
    """Enough of a digest to tell it from others."""
    head, _, rest = value.rpartition(":")
    return f"{head}:{rest[:12]}…" if head else f"{rest[:12]}…"


def printable(text: str) -> str:
    """The text with what could steer a terminal written as escapes."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )
