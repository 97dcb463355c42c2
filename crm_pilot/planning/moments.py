"""A day, and a time of it where minutes matter, as one value of a cell or a field.

Without a time the day alone is meant: work begins and ends with the working day.
"""

from __future__ import annotations

import datetime as dt

from crm_pilot.typed import parse_moment

When = dt.date | dt.datetime | None
DAY = 1440  # minutes


def parse_when(text: str, today: dt.date) -> When:
    """A date, or a date with its time, as people write them; empty text is None."""
    return when(*parse_moment(text, today))


def when(day: dt.date | None, minute: int | None) -> When:
    """A stored day and minute of the day as one value; 24:00 is the begin of the next day."""
    if day is None or minute is None:
        return day
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)


def day_of(value: When) -> dt.date | None:
    """The day of a value."""
    return value.date() if isinstance(value, dt.datetime) else value


def minute_of(value: When) -> int | None:
    """The minute of the day of a value, None where no time was given."""
    return value.hour * 60 + value.minute if isinstance(value, dt.datetime) else None


def ending(value: When) -> tuple[dt.date | None, int | None]:
    """Day and minute of a value at which work ends: midnight ends the day before."""
    day, minute = day_of(value), minute_of(value)
    if day is not None and minute == 0:
        return day - dt.timedelta(days=1), DAY
    return day, minute
