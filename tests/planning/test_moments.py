"""Dates with a time as one value."""

from __future__ import annotations

import datetime as dt

from crm_pilot.planning.moments import day_of, ending, minute_of, parse_when, when

TODAY = dt.date(2026, 11, 21)
DAY = dt.date(2027, 3, 12)
AFTER = dt.datetime(2027, 3, 12, 14, 0)


def test_a_time_makes_a_moment_and_a_day_stays_a_day() -> None:
    assert parse_when("12/3/2027 14:00", TODAY) == AFTER
    found = parse_when("12 mars 2027", TODAY)
    assert found == DAY and not isinstance(found, dt.datetime)
    assert parse_when("  ", TODAY) is None


def test_parts_of_a_value() -> None:
    assert when(DAY, 840) == AFTER
    assert when(DAY, 1440) == dt.datetime(2027, 3, 13)
    assert when(None, 840) is None
    assert (day_of(AFTER), minute_of(AFTER)) == (DAY, 840)
    assert (day_of(DAY), minute_of(DAY)) == (DAY, None)


def test_midnight_ends_the_day_before() -> None:
    assert ending(dt.datetime(2027, 3, 13)) == (DAY, 1440)
    assert ending(AFTER) == (DAY, 840)
    assert ending(DAY) == (DAY, None)
