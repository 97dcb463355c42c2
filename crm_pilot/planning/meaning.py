"""What a person meant by an edit of a line, as the scheduling engine needs to hear it.

Rows are those of `live.Stored`; nothing is written here.
"""

from __future__ import annotations

import datetime as dt

from crm_pilot.planning.calendars import finish_of
from crm_pilot.planning.engine.worktime import DAY, moment
from crm_pilot.planning.live import LivePlan
from crm_pilot.planning.stored import Stored
from crm_pilot.planning.terms import ConstraintKind, Mode, TaskKind

_INPUTS = (  # what a command sets to say something else than by dates
    *("duration", "elapsed", "mode", "constraint_kind", "constraint_at"),
    *("actual_start", "actual_finish"),
)


def interpreted(live: LivePlan, row: Stored, old: Stored | None) -> Stored:
    """A settled row after an edit, as the engine needs it. `old` is the row before, None for a
    new line."""
    if old is None:
        return _new(live, row)
    row = _of_kind(live, row, old)
    typed = any(getattr(row, name) != getattr(old, name) for name in _INPUTS)
    moved = (row.start, row.start_minute, row.finish, row.finish_minute) != (
        *(old.start, old.start_minute, old.finish, old.finish_minute),
    )
    if row.dated and moved and not typed:
        row = _by_dates(live, row, old)
    if row.mode != old.mode and row.auto and row.constraint_kind == ConstraintKind.ASAP:
        row = _from_hand(live, row)
    if not row.auto and row.dated and row.duration != old.duration and not moved:
        row = finishing(live, row, live.after(row, row.duration or 0))
    if row.percent != old.percent or row.actual_finish != old.actual_finish:
        row = _progressed(live, row, old)
    return row


def _new(live: LivePlan, row: Stored) -> Stored:
    """A new line with a duration of its own: its start is where it may begin."""
    free = row.constraint_kind == ConstraintKind.ASAP and not live.waits(row.id)
    if row.auto and row.dated and free:
        row = no_earlier(live, row)
    return _progressed(live, row, None)


def _of_kind(live: LivePlan, row: Stored, old: Stored) -> Stored:
    """A line that became a milestone has one moment; one that was a milestone, a day of work."""
    if row.kind == old.kind or TaskKind.MILESTONE not in (row.kind, old.kind):
        return row
    if row.milestone:
        return _on_day(live, row._replace(duration=0, elapsed=0))
    plain = row._replace(start_minute=None, finish_minute=None, elapsed=0)
    if not plain.dated:
        return plain._replace(duration=live.hours.default.worked(1) or 480)
    return plain._replace(duration=max(0, live.length(plain)))


def _by_dates(live: LivePlan, row: Stored, old: Stored) -> Stored:
    """Dates were given: the start is where the line may begin, what lies between is its length."""
    if row.milestone:
        return _on_day(live, row)
    started = (row.start, row.start_minute) != (old.start, old.start_minute)
    length = live.length(row)
    if length <= 0 and row.auto and not row.elapsed:
        row = _on_the_clock(row)
    elif length > 0:
        row = row._replace(duration=length)
    if not row.auto or not (started or not old.dated):
        return row
    if row.actual_start is not None:
        done = None if row.actual_finish is None else text_of(live.end(row))
        return row._replace(actual_start=text_of(live.begin(row)), actual_finish=done)
    return no_earlier(live, row)


def _on_day(live: LivePlan, row: Stored) -> Stored:
    """A milestone on its day. On a day nobody works, such as a go-live at a weekend, it counts on
    the clock: the engine would put it on the next working day."""
    if not row.dated:
        return row
    assert row.start is not None
    worked = bool(
        live.hours.of(row.calendar_id).worked(dt.date.fromisoformat(row.start).toordinal())
    )
    row = row._replace(elapsed=int(not worked), duration=0, finish_minute=row.start_minute)
    if row.actual_finish is not None:
        reached = text_of(live.begin(row))
        return row._replace(actual_start=reached, actual_finish=reached)
    return no_earlier(live, row) if row.auto else row


def _on_the_clock(row: Stored) -> Stored:
    """A line of days nobody works, such as a switch-over at a weekend, lasts on the clock."""
    assert row.start is not None
    assert row.finish is not None
    days = (dt.date.fromisoformat(row.finish) - dt.date.fromisoformat(row.start)).days + 1
    return row._replace(elapsed=1, duration=days * DAY, start_minute=None, finish_minute=None)


def no_earlier(live: LivePlan, row: Stored) -> Stored:
    """Its start as the constraint of a line; a must-start stays one."""
    kind = row.constraint_kind
    if kind != ConstraintKind.MSO:
        kind = ConstraintKind.SNET.value
    return row._replace(constraint_kind=kind, constraint_at=text_of(live.begin(row)))


def _from_hand(live: LivePlan, row: Stored) -> Stored:
    """A line handed to the engine stays where it is, unless a link tells where it belongs."""
    if not row.dated or live.waits(row.id):
        return row
    return no_earlier(live, row)


def _progressed(live: LivePlan, row: Stored, old: Stored | None) -> Stored:
    """Begun work has an actual start, finished work an actual finish; typed ones stay."""
    if not row.dated:
        return row
    if old is not None and row.actual_finish is not None and row.actual_finish != old.actual_finish:
        row = row._replace(percent=100)
    if row.percent <= 0:
        return row._replace(actual_start=None, actual_finish=None)
    if row.actual_start is None:
        row = row._replace(actual_start=text_of(live.begin(row)))
    if row.percent < 100:
        return row._replace(actual_finish=None)
    if row.actual_finish is None:
        row = row._replace(actual_finish=text_of(live.end(row)))
    return row


def adopted(live: LivePlan, row: Stored) -> Stored:
    """A line that came with dates alone, as the engine would plan it to find the same dates."""
    old = row
    if row.milestone:
        row = _on_day(live, row._replace(duration=0))
    else:
        length = live.length(row)
        row = row._replace(duration=length) if length > 0 else _on_the_clock(row)
    if live.waits(row.id):  # a link may explain the dates
        row = row._replace(constraint_kind=old.constraint_kind, constraint_at=old.constraint_at)
    elif row.auto and row.constraint_kind == ConstraintKind.ASAP:
        row = no_earlier(live, row)
    return _progressed(live, row, None)


def not_earlier_either(live: LivePlan, row: Stored) -> Stored:
    """A line that its links alone would put elsewhere also has a start of its own."""
    asap = row.auto and row.constraint_kind == ConstraintKind.ASAP
    return no_earlier(live, row) if asap else row


def by_hand(live: LivePlan, row: Stored) -> Stored:
    return row._replace(mode=Mode.MANUAL.value)


def finishing(live: LivePlan, row: Stored, finish: int) -> Stored:
    """A line that finishes at a moment."""
    day, minute = finish_of(live.calendar(row), finish)
    if row.start is not None and day.isoformat() < row.start:  # nothing to do, at midnight
        return row._replace(finish=row.start, finish_minute=row.start_minute)
    return row._replace(finish=day.isoformat(), finish_minute=minute)


def text_of(value: int) -> str:
    """A moment as the file keeps it."""
    return moment(value).isoformat(sep=" ", timespec="seconds")
