"""Gestures of the Gantt: objects that start, follow the pointer, and commit once or are cancelled.

While one runs only the drawing moves; `commit` hands back the one command to execute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from crm_pilot.i18n import msg
from crm_pilot.planning import rules
from crm_pilot.planning.calendars import finish_of, start_of
from crm_pilot.planning.commands import MoveTask, SetPercent, SetTaskDates
from crm_pilot.planning.engine.worktime import DAY, Calendar
from crm_pilot.planning.moving import from_start
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.schedule_commands import SetLink, SetStart
from crm_pilot.planning.terms import LinkKind, Mode, TaskKind
from crm_pilot.project import Command, Several
from ui.screens.planning.gantt_data import Span, WorkHours, begin_of, end_of

Dates = tuple[dt.date, dt.date]
ROUND_PERCENT = 5


class Part(Enum):
    """What of a bar was taken."""

    WHOLE = "whole"
    START = "start"
    FINISH = "finish"
    PROGRESS = "progress"
    LINK_START = "link start"  # the dots outside the ends, which draw links
    LINK_FINISH = "link finish"


@dataclass(frozen=True)
class Held:
    """What does not let a line start earlier: a moment, and the title of what it waits for."""

    moment: int
    title: str


@dataclass
class BarDrag:
    """Move a bar, or stretch it by an edge, by calendar days or by minutes of the day.

    `carried` are the lines without children that move: the row itself, or those of a phase, or of
    all selected lines; `keys` are the lines that were taken, the pressed one first. `spans` are
    what the drawing shows meanwhile, by row id. What is `held` back shows where it will be.
    """

    row: TaskRow
    part: Part
    carried: Sequence[TaskRow]
    today: dt.date
    hours: WorkHours = field(default_factory=WorkHours)
    held: Held | None = None
    keys: tuple[int, ...] = ()
    days: int = 0
    minutes: int | None = None  # moment the taken edge was moved to, where minutes can be seen
    spans: dict[int, Span] = field(default_factory=dict)

    # following -------------------------------------------------------------------------------

    def move(self, days: int) -> bool:
        """Follow the pointer, `days` from where it was pressed; whether that changes anything."""
        if days == self.days and self.minutes is None:
            return False
        self.days, self.minutes = days, None
        self.spans = self._by_days()
        return True

    def move_to(self, moment: int) -> bool:
        """Follow the pointer with the taken edge at a moment, its begin when the whole was taken;
        whole days from where it was stay whole days."""
        moved = moment - self._edge()
        alone = len(self.carried) == 1 and self.carried[0].id == self.row.id
        if moved % DAY == 0 or not alone:
            return self.move(round(moved / DAY))
        if moment == self.minutes:
            return False
        self.minutes, self.days = moment, 0
        self.spans = {self.row.id: self._by_minutes(moment)}
        return True

    def nudge(self, minutes: int) -> bool:
        """Move the taken edge by working minutes from where it was, as a key does."""
        calendar, was = self.hours.of(self.row), self._edge()
        moment = calendar.add(was, minutes)
        if self.part is Part.FINISH:
            return self.move_to(calendar.last_work(moment))
        return self.move_to(calendar.next_work(moment))

    def _edge(self) -> int:
        span, calendar = self._span(self.row), self.hours.of(self.row)
        return end_of(span, calendar) if self.part is Part.FINISH else begin_of(span, calendar)

    def _span(self, row: TaskRow) -> Span:
        assert row.start is not None
        assert row.finish is not None
        return Span(row.start, row.finish, row.start_minute, row.finish_minute)

    def _by_days(self) -> dict[int, Span]:
        if self.part is not Part.WHOLE:
            return {self.row.id: self._stretched()}
        found = {row.id: span for row in self.carried if (span := self._moved(row)) is not None}
        if found and self.row.id not in found:  # a phase spans what it holds
            own = [span for row in self.carried if (span := found.get(row.id)) is not None]
            found[self.row.id] = Span(
                min(span.start for span in own), max(span.finish for span in own)
            )
        return found

    def _moved(self, row: TaskRow) -> Span | None:
        if row.start is None or row.finish is None:
            return None
        if self.days == 0:
            return self._span(row)
        if row.duration is None:
            plain = rules.moved(row, self.days)
            return None if plain is None else Span(*plain)
        calendar = self.hours.of(row)
        day = row.start + dt.timedelta(days=self.days)
        if calendar.worked(row.start.toordinal()):
            step = dt.timedelta(days=1 if self.days > 0 else -1)
            while not calendar.worked(day.toordinal()):
                day += step
        begin = begin_of(Span(day, day, row.start_minute), calendar)
        return self._from(row, calendar, begin)

    def _from(self, row: TaskRow, calendar: Calendar, begin: int) -> Span:
        """Where a line is that begins at a moment, or as soon as what it waits for lets it."""
        if self.held is not None and row.id == self.row.id and _follows(row):
            begin = max(begin, self.held.moment)
        found = from_start(row, calendar, begin)
        return Span(found["start"], found["finish"], found["start_minute"], found["finish_minute"])

    def _stretched(self) -> Span:
        span = self._span(self.row)
        shift = dt.timedelta(days=self.days)
        if self.part is Part.START:
            minute = span.start_minute if self.days == 0 else None
            start = min(span.start + shift, span.finish)
            return span._replace(start=start, start_minute=minute)
        minute = span.finish_minute if self.days == 0 else None
        return span._replace(finish=max(span.start, span.finish + shift), finish_minute=minute)

    def _by_minutes(self, moment: int) -> Span:
        row, calendar = self.row, self.hours.of(self.row)
        span = self._span(row)
        if self.part is Part.START:
            moment = min(moment, end_of(span, calendar) - 1)
            day, minute = start_of(calendar, moment)
            return span._replace(start=day, start_minute=minute)
        if self.part is Part.FINISH:
            moment = max(moment, begin_of(span, calendar) + 1)
            day, minute = finish_of(calendar, moment)
            return span._replace(finish=day, finish_minute=minute)
        if row.duration is None and row.kind is not TaskKind.MILESTONE:
            length = calendar.between(begin_of(span, calendar), end_of(span, calendar))
            finish, end = finish_of(calendar, calendar.add(moment, max(length, 1)))
            day, minute = start_of(calendar, moment)
            return Span(day, finish, minute, end)
        begin = moment if row.kind is TaskKind.MILESTONE else calendar.next_work(moment)
        return self._from(row, calendar, begin)

    # what is shown ---------------------------------------------------------------------------

    @property
    def span(self) -> Span | None:
        """Where the taken bar is now."""
        return self.spans.get(self.row.id)

    @property
    def shown(self) -> Dates | None:
        """Days of the taken bar where it is now."""
        span = self.span
        return None if span is None else (span.start, span.finish)

    @property
    def waiting(self) -> Held | None:
        """What holds the taken bar back where the pointer wants it."""
        if self.part is not Part.WHOLE or self.held is None or not _follows(self.row):
            return None
        if self.minutes is None:
            assert self.row.start is not None
            day = self.row.start + dt.timedelta(days=self.days)
            wanted = begin_of(Span(day, day, self.row.start_minute), self.hours.of(self.row))
        else:
            wanted = self.minutes
        return self.held if wanted < self.held.moment else None

    # the command -----------------------------------------------------------------------------

    def commit(self, *, repeated: bool = False) -> Command | None:
        """The command of the whole gesture; None when it comes to nothing."""
        span = self.span
        if span is None or (self.days == 0 and self.minutes is None):
            return None
        if len(self.keys) > 1:
            return self._all()
        if span == self._span(self.row):
            return None
        row = self.row
        if self.part is Part.WHOLE:
            if self.minutes is None:
                return MoveTask(row.id, self.days, self.today, row.title, repeated=repeated)
            if row.kind is not TaskKind.MILESTONE and row.duration is not None:
                day, minute = divmod(self.minutes, DAY)
                return SetStart(row.id, dt.date.fromordinal(day), minute, row.title)
        return SetTaskDates(
            row.id,
            span.start,
            span.finish,
            self.today,
            row.title,
            repeated=repeated,
            start_minute=span.start_minute,
            finish_minute=span.finish_minute,
        )

    def _all(self) -> Command:
        moves = tuple(MoveTask(key, self.days, self.today) for key in self.keys)
        return Several(moves, msg("Move {n} lines", n=len(moves)))


def _follows(row: TaskRow) -> bool:
    """Whether links tell when a line starts: not one planned by hand, nor one that has begun."""
    return row.mode is Mode.AUTO and row.actual_start is None


@dataclass
class ProgressDrag:
    """Say how much of a line is done, in steps of five."""

    row: TaskRow
    percent: int = -1

    def move(self, percent: float) -> bool:
        """Follow the pointer; whether that changes anything."""
        rounded = round(percent / ROUND_PERCENT) * ROUND_PERCENT
        rounded = min(100, max(0, rounded))
        changed = rounded != self.percent
        self.percent = rounded
        return changed

    def commit(self) -> Command | None:
        """The command; None when nothing changed."""
        if self.percent in (-1, self.row.percent):
            return None
        return SetPercent(self.row.id, self.percent, self.row.title)


@dataclass
class LinkDrag:
    """Draw a link from an end of a line to an end of another."""

    row: TaskRow
    from_finish: bool
    target: TaskRow | None = None
    to_finish: bool = False
    refusal: str = ""  # why it cannot be dropped where it is, translated

    @property
    def kind(self) -> LinkKind:
        """Which ends are touched."""
        if self.from_finish:
            return LinkKind.FF if self.to_finish else LinkKind.FS
        return LinkKind.SF if self.to_finish else LinkKind.SS

    def over(self, target: TaskRow | None, *, finish: bool = False, refusal: str = "") -> None:
        """Be over the end of a line, or over none."""
        self.target, self.to_finish, self.refusal = target, finish, refusal

    def commit(self) -> Command | None:
        """The command; None over nothing, or where it is refused."""
        if self.target is None or self.refusal:
            return None
        return SetLink(self.row.id, self.target.id, self.kind)


Gesture = BarDrag | ProgressDrag | LinkDrag


def stretchable(row: TaskRow, holds: bool) -> bool:
    """Whether the edges of the bar can be taken: not those of milestones and of phases."""
    return not holds and row.kind is not TaskKind.MILESTONE


def movers(
    pressed: int, selected: frozenset[int], parents: Mapping[int, int | None]
) -> tuple[int, ...]:
    """Which lines a drag of `pressed` moves: all selected ones when it is among them, without
    those that move along with a phase."""
    if pressed not in selected:
        return (pressed,)
    keys = [pressed, *sorted(key for key in selected if key != pressed and key > 0)]

    def along(key: int) -> bool:
        above = parents.get(key)
        while above is not None:
            if above in selected:
                return True
            above = parents.get(above)
        return False

    return tuple(key for key in keys if not along(key))
