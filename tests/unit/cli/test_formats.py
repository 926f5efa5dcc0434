from datetime import UTC, datetime, timedelta, timezone

import pytest

from cli import formats


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 ms"),
        (0.12, "120 ms"),
        (0.9999, "1.0 s"),
        (59.96, "1 min 0 s"),
        (61, "1 min 1 s"),
        (3599.9, "1 h 0 min"),
        (7384, "2 h 3 min"),
        (300000, "3 d 11 h"),
        (-2, "-2.0 s"),
    ],
)
def test_a_duration_is_shown_in_its_two_leading_units(seconds: float, shown: str) -> None:
    assert formats.duration(timedelta(seconds=seconds)) == shown


def test_times_are_shown_in_utc() -> None:
    at = datetime(2026, 3, 1, 1, 30, 0, 250_000, tzinfo=timezone(timedelta(hours=2)))

    assert formats.instant(at) == "2026-02-28 23:30:00Z"
    assert formats.clock(at) == "23:30:00.250"
    assert formats.clock(datetime(2026, 3, 1, tzinfo=UTC)) == "00:00:00.000"


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (20_971_520, "21.0 MB")]
)
def test_a_size_is_shown_in_decimal_units(number: int, shown: str) -> None:
    assert formats.size(number) == shown


def test_what_could_steer_a_terminal_is_escaped_and_the_rest_is_not() -> None:
    assert formats.printable("a\x1b[2J\r\n\u202eü 請 #.pdf") == "a\\x1b[2J\\r\\n\\u202eü 請 #.pdf"


def test_a_digest_is_cut_and_keeps_its_algorithm() -> None:
    assert formats.digest("sha256:" + "ab" * 32) == "sha256:abababababab…"
