"""How moments, durations, slack and links of the plan are written in the language of the window."""

from __future__ import annotations

import datetime as dt

from crm_pilot.planning.durations import format_duration
from crm_pilot.planning.moments import When, day_of, minute_of
from ui.language import formats, lang


def when_text(value: When, *, year: bool = False) -> str:
    """`16 Nov`, with a time `16 Nov 14:00`; empty without a day."""
    day, minute = day_of(value), minute_of(value)
    if day is None:
        return ""
    text = formats.day(day, lang(), year=year)
    if minute is None:
        return text
    return f"{text}{formats.NO_BREAK}{minute // 60:02d}:{minute % 60:02d}"


def length_text(minutes: int | None, day_minutes: int, *, elapsed: bool = False) -> str:
    """`13 d`, `4 h`; empty when unknown."""
    if minutes is None:
        return ""
    if not minutes:
        return formats.days(0, lang())
    return format_duration(minutes, lang(), day_minutes, elapsed).replace("-", formats.MINUS)


def slack_text(minutes: int | None, day_minutes: int) -> str:
    """Slack in working days, parts of a day only below two: `10 d`, `0.5 d`, `0 d`."""
    if minutes is None:
        return ""
    days = minutes / day_minutes
    if abs(days) >= 2 or minutes % day_minutes == 0:
        return formats.days(int(days), lang())
    unit = formats.days(0, lang())[1:]  # the space and the letter
    return formats.number(days, lang(), 1 if minutes % (day_minutes // 10 or 1) == 0 else 2) + unit


def slack_days(minutes: int, day_minutes: int) -> int:
    """Whole working days of slack, towards zero."""
    return int(minutes / day_minutes)


def moment_of(value: When, minute: int) -> dt.datetime | None:
    """A value as a moment; `minute` of the day where no time was given."""
    day = day_of(value)
    if day is None:
        return None
    given = minute_of(value)
    start = dt.datetime.combine(day, dt.time())
    return start + dt.timedelta(minutes=minute if given is None else given)
