"""Weeks, working days and windows: the calendar side of the adoption figures. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crm_pilot.people.working import WorkingDays

WINDOW_DAYS = 28  # "L28" of DOMAIN.md 7: someone is active when they acted in these days
WEEK = 5  # working days of a full week, to which every week is scaled
IDLE_DAYS = (7, 21)  # not logged in for a week (DOMAIN.md 2.1), for three (D1 of section 7)
NEW_DAYS = 7  # an account opened less long ago is not asked yet why it was not used
ONE_DAY = dt.timedelta(days=1)


def monday(day: dt.date) -> dt.date:
    """Monday of the ISO week of `day`."""
    return day - dt.timedelta(days=day.weekday())


def days_per_week(login_days: int, working_days: float) -> float | None:
    """Login days a week, scaled to five working days: login days ÷ working days × 5.

    Both are sums over accounts, working days without absences: a week with a public holiday, and
    somebody who is away half of it, compare with the others ("compare equal working days",
    DOMAIN.md 2.1). None without a working day.
    """
    return login_days * WEEK / working_days if working_days else None


def regularity(login_days: int, working_days: float) -> float | None:
    """Login days ÷ (working days - absences) (DOMAIN.md 2.1), a part of 1. Days of connection on a
    day off count too, so that it may be above 1. None without a working day."""
    return login_days / working_days if working_days else None


def expected_days(days_a_week: float, working_days: float) -> float:
    """Login days expected of a period: days a week × working days ÷ 5."""
    return days_a_week * working_days / WEEK


def is_below(per_week: float | None, low: float | None) -> bool:
    """Whether fewer days a week were seen than the fewest that are expected of the profile."""
    return per_week is not None and low is not None and per_week < low


def idle_days(
    last: dt.date | None, opened: dt.date | None, kept: dt.date | None, day: dt.date
) -> int | None:
    """Days since the last login on `day`; None: never logged in.

    Of an account that was open before the first day `kept`, logins before it are not known: it
    counts as idle since then, never as one that never logged in.
    """
    if last is not None:
        return (day - last).days
    if kept is not None and (opened is None or opened < kept):
        return (day - kept).days + 1
    return None


def is_open(opened: dt.date | None, closed: dt.date | None, day: dt.date) -> bool:
    """Whether an account is open on `day`; without an opening date it always was."""
    return (opened is None or opened <= day) and (closed is None or closed > day)


def is_open_all_week(opened: dt.date | None, closed: dt.date | None, week: dt.date) -> bool:
    """Whether an account is open from Monday to Friday: only such weeks count for its profile."""
    friday = week + dt.timedelta(days=WEEK - 1)
    return is_open(opened, closed, week) and is_open(opened, closed, friday)


def last_full_week(until: dt.date, calendars: WorkingDays) -> dt.date:
    """Monday of the last week of which no working day of the project lies after `until`."""
    week = monday(until)
    sunday = week + dt.timedelta(days=6)
    remaining = calendars.count(None, until + ONE_DAY, sunday)
    return week - dt.timedelta(days=7) if remaining else week


def weeks_back(last: dt.date, count: int) -> list[dt.date]:
    """`count` Mondays, oldest first, ending with `last`."""
    return [last - dt.timedelta(days=7 * n) for n in range(count - 1, -1, -1)]


def mean(values: Iterable[float]) -> float | None:
    """Arithmetic mean, None of nothing."""
    known = list(values)
    return sum(known) / len(known) if known else None
