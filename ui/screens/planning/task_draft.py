"""What the dialog of a line changes: a draft of all its fields, and the commands it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_pilot.i18n import msg
from crm_pilot.planning.calendars import Hours, finish_of, start_moment
from crm_pilot.planning.commands import SetPercent
from crm_pilot.planning.engine.worktime import ALWAYS
from crm_pilot.planning.moments import When, day_of, minute_of, when
from crm_pilot.planning.outline_commands import SetKind, SetPillar
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.schedule_commands import (
    NEEDS_DATE,
    RemoveLinks,
    SetActual,
    SetAssignments,
    SetConstraint,
    SetDuration,
    SetLink,
    SetMode,
    SetPredecessors,
    SetRemaining,
)
from crm_pilot.planning.terms import ConstraintKind, Mode, TaskKind
from crm_pilot.project import Command, SetFields, Several
from ui.screens.planning.changes import CellChanges
from ui.screens.planning.facts import PlanFacts

PLAIN = (
    *("title", "note", "owner_id", "wave_id", "mark", "committee", "deliverable", "calendar_id"),
    *("ignores_people", "active"),
)


@dataclass(frozen=True)
class Draft:
    """Every field of the dialog. `waits` by what is waited for, `leads` by what waits."""

    plain: Mapping[str, Any]
    kind: TaskKind
    pillar: Any
    mode: Mode
    start: When
    finish: When
    duration: tuple[int, bool] | None
    percent: int
    constraint: ConstraintKind
    constraint_at: When
    deadline: When
    waits: tuple[Wait, ...]
    leads: tuple[Wait, ...]
    people: tuple[tuple[int, int], ...]
    work: int | None
    remaining: int | None
    actual_start: dt.datetime | None
    actual_finish: dt.datetime | None


def draft_of(row: TaskRow, facts: PlanFacts) -> Draft:
    """A line as it is."""
    return Draft(
        {name: getattr(row, name) for name in PLAIN},
        row.kind,
        row.pillar,
        row.mode,
        when(row.start, row.start_minute),
        when(row.finish, row.finish_minute),
        None if row.duration is None else (row.duration, row.elapsed),
        row.percent,
        row.constraint_kind,
        row.constraint_at,
        row.deadline_at,
        tuple(
            Wait(one.predecessor_id, one.kind, one.lag, one.lag_unit)
            for one in facts.waits_for(row.id)
        ),
        tuple(
            Wait(one.successor_id, one.kind, one.lag, one.lag_unit)
            for one in facts.leads_to(row.id)
        ),
        facts.given(row.id),
        row.work,
        row.remaining,
        row.actual_start,
        row.actual_finish,
    )


class DraftCommands:
    """The commands that lead from what a line was to what it is to be, in an order in which they
    do not undo each other."""

    def __init__(
        self, row: TaskRow, before: Draft, after: Draft, changes: CellChanges, hours: Hours
    ) -> None:
        self.row, self.before, self.after = row, before, after
        self._changes, self._hours = changes, hours

    def command(self, facts: PlanFacts) -> Command | None:
        """All of it as one step; None when nothing changed. Raises `UserError`."""
        made = [*self._plain(), *self._people(), *self._links(facts), *self._dates()]
        made += [*self._held(), *self._done()]
        if not made:
            return None
        return Several(tuple(made), msg("Change “{title}”", title=self.row.title))

    def _is_new(self, name: str) -> bool:
        return bool(getattr(self.before, name) != getattr(self.after, name))

    def _plain(self) -> list[Command]:
        row, after = self.row, self.after
        values = {k: v for k, v in after.plain.items() if v != self.before.plain[k]}
        if self._is_new("deadline"):
            values["deadline_at"] = self._changes.moment(after.deadline, end=True, of=row)
        if self._is_new("work"):
            values["work"] = after.work
        made: list[Command] = [SetFields("task", row.id, values)] if values else []
        if self._is_new("kind"):
            made.append(SetKind(row.id, after.kind, row.title))
        if self._is_new("pillar"):
            made.append(SetPillar(row.id, after.pillar, row.title))
        return made

    def _people(self) -> list[Command]:
        if not self._is_new("people"):
            return []
        return [SetAssignments(self.row.id, self.after.people, self.row.title)]

    def _links(self, facts: PlanFacts) -> list[Command]:
        made: list[Command] = []
        if set(self.before.waits) != set(self.after.waits):
            made.append(SetPredecessors(self.row.id, self.after.waits, self.row.title))
        if set(self.before.leads) != set(self.after.leads):
            kept = {one.before for one in self.after.leads}
            links = facts.leads_to(self.row.id)
            gone = tuple(link.id for link in links if link.successor_id not in kept)
            made += [RemoveLinks(gone)] if gone else []
            known = set(self.before.leads)
            made += [
                SetLink(self.row.id, one.before, one.kind, one.lag, one.lag_unit)
                for one in self.after.leads
                if one not in known
            ]
        return made

    def _dates(self) -> list[Command]:
        """Start, finish, duration and mode. By hand, both dates are written out; an automatic
        line is told where it may begin and how long it lasts."""
        row, after = self.row, self.after
        mode: list[Command] = []
        if self._is_new("mode"):
            mode = [SetMode((row.id,), after.mode)]
        start, finish = self._is_new("start"), self._is_new("finish")
        length = self._is_new("duration") and after.duration is not None
        if not (start or finish or length):
            return mode
        if start and length and not finish:
            by_hand = after.mode is Mode.MANUAL
            return mode + (self._both_by_hand() if by_hand else self._both())
        return mode + self._single(start=start, finish=finish)

    def _single(self, *, start: bool, finish: bool) -> list[Command]:
        after, row = self.after, self.row
        if start and finish:
            return [self._changes.dates(row, after.start, after.finish)]
        column = "start" if start else "finish" if finish else "duration"
        found = self._changes.command(row, column, getattr(after, column))
        return [found] if found is not None else []

    def _both(self) -> list[Command]:
        """A start and a duration of an automatic line."""
        row, after = self.row, self.after
        assert after.duration is not None
        at = self._changes.moment(after.start, end=False, of=row)
        begin: Command = SetConstraint(row.id, ConstraintKind.SNET, at, row.title)
        if row.actual_start is not None:
            begin = SetActual(row.id, at, row.actual_finish, row.title)
        return [begin, SetDuration(row.id, *after.duration, row.title)]

    def _both_by_hand(self) -> list[Command]:
        row, after = self.row, self.after
        assert after.duration is not None
        day = day_of(after.start)
        if day is None:
            return [SetDuration(row.id, *after.duration, row.title)]
        minutes, elapsed = after.duration
        calendar = ALWAYS if elapsed else self._hours.of(row.calendar_id)
        begin = start_moment(calendar, day, minute_of(after.start))
        last, minute = finish_of(calendar, calendar.add(begin, minutes))
        return [self._changes.dates(row, after.start, when(last, minute))]

    def _held(self) -> list[Command]:
        if not (self._is_new("constraint") or self._is_new("constraint_at")):
            return []
        after = self.after
        at = after.constraint_at if after.constraint in NEEDS_DATE else None
        return [self._changes.constraint(self.row, after.constraint, at)]

    def _done(self) -> list[Command]:
        """Progress: actual dates say more than a percentage, a re-estimate more than both."""
        row, after = self.row, self.after
        made: list[Command] = []
        if self._is_new("percent"):
            made.append(SetPercent(row.id, after.percent, row.title))
        if self._is_new("actual_start") or self._is_new("actual_finish"):
            made.append(SetActual(row.id, after.actual_start, after.actual_finish, row.title))
        if self._is_new("remaining"):
            if after.remaining is None:
                made.append(SetFields("task", row.id, {"remaining": None}))
            else:
                made.append(SetRemaining(row.id, after.remaining, row.title))
        return made
