"""Weeks, working days and windows: the calendar side of the adoption figures. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crm_pilot.people.calendar import is_working_day

WINDOW_DAYS = 28  # "L28" of DOMAIN.md 7: someone is active when they acted in these days
WEEK = 5  # working days of a full week, to which every week is scaled


def monday(day: dt.date) -> dt.date:
    """Monday of the ISO week of `day`."""
    return day - dt.timedelta(days=day.weekday())


def working_days(week: dt.date, country: str) -> list[dt.date]:
    """Monday to Friday of the week that starts on `week`, without public holidays."""
    days = [week + dt.timedelta(days=n) for n in range(WEEK)]
    return [day for day in days if is_working_day(day, country)]


def days_per_week(login_days: int, accounts: int, working: int) -> float | None:
    """Mean login days of an account in a week, scaled to five working days.

    login days ÷ accounts × 5 ÷ working days of the week: a week with a public holiday compares
    with the others ("compare equal working days", DOMAIN.md 2.1). None without accounts or when
    the whole week is off.
    """
    if not accounts or not working:
        return None
    return login_days / accounts * WEEK / working


def is_open(opened: dt.date | None, closed: dt.date | None, day: dt.date) -> bool:
    """Whether an account is open on `day`; without an opening date it always was."""
    return (opened is None or opened <= day) and (closed is None or closed > day)


def is_open_all_week(opened: dt.date | None, closed: dt.date | None, week: dt.date) -> bool:
    """Whether an account is open from Monday to Friday: only such weeks count for its profile."""
    friday = week + dt.timedelta(days=WEEK - 1)
    return is_open(opened, closed, week) and is_open(opened, closed, friday)


def last_full_week(until: dt.date, country: str) -> dt.date:
    """Monday of the last week of which no working day lies after `until`."""
    week = monday(until)
    remaining = [day for day in working_days(week, country) if day > until]
    return week - dt.timedelta(days=7) if remaining else week


def weeks_back(last: dt.date, count: int) -> list[dt.date]:
    """`count` Mondays, oldest first, ending with `last`."""
    return [last - dt.timedelta(days=7 * n) for n in range(count - 1, -1, -1)]


def mean(values: Iterable[float]) -> float | None:
    """Arithmetic mean, None of nothing."""
    known = list(values)
    return sum(known) / len(known) if known else None
