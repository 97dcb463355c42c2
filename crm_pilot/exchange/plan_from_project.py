"""The plan of the project as a document that every writer of plan files takes.

At committee level notes, addresses and days on which people are away stay out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from crm_pilot.exchange import plan_parts
from crm_pilot.exchange.plan_from_hours import HoursOut, years_between
from crm_pilot.exchange.plan_parts import Part
from crm_pilot.figures import Level
from crm_pilot.planning import queries
from crm_pilot.planning.calendars import finish_moment, start_moment
from crm_pilot.planning.document import (
    DocAssignment,
    DocBaseline,
    DocCalendar,
    DocLink,
    DocResource,
    DocTask,
    PlanDocument,
    StoredTiming,
)
from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.engine.worktime import ALWAYS, Calendar, moment
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Mode, TaskKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso

FORMAT = "mspdi"
BASELINES = 11  # reference plans that a file holds, the newest first
_PERSONAL = frozenset({"Contact", "StatusManager"})


def document_of(reader: Reader, *, level: Level, language: str, today: dt.date) -> PlanDocument:
    """The plan as it is in the project."""
    return _Out(reader, level, language, today).document()


@dataclass
class _Kept:
    """Parts of a foreign file, by what they are about."""

    project: Part = field(default_factory=Part)
    tasks: dict[int, Part] = field(default_factory=dict)
    assignments: dict[tuple[int, int], Part] = field(default_factory=dict)
    calendars: dict[int, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, reader: Reader) -> _Kept:
        """Those that MS Project XML can hold."""
        kept = cls()
        for task, person, calendar, content in reader.select(
            "SELECT task_id, person_id, calendar_id, content FROM plan_part ORDER BY id"
        ):
            part = plan_parts.read(content)
            if part.format != FORMAT:
                part = Part("", {}, part.told)
            if task is not None and person is not None:
                kept.assignments[task, person] = part
            elif task is not None:
                kept.tasks[task] = part
            elif calendar is not None:
                kept.calendars[calendar] = part.extras
            elif person is None and not kept.project.told:
                kept.project = part
        return kept


class _Out:
    def __init__(self, reader: Reader, level: Level, language: str, today: dt.date) -> None:
        self.reader, self.own = reader, level == Level.OWN
        self.rows = queries.tasks(reader)
        self.timings = queries.timings(reader)
        self.kept = _Kept.read(reader)
        self.card = dict(zip(_CARD, reader.one(f"SELECT {', '.join(_CARD)} FROM project") or (),
                             strict=True))  # fmt: skip
        dates = [day for row in self.rows for day in (row.start, row.finish) if day]
        self.hours = HoursOut(reader, language, years_between(dates, today))
        self.uids = self._numbers()
        self.parents = {row.parent_id for row in self.rows}
        self.assigned = self._assigned()
        self.baselines = self._baselines()

    def document(self) -> PlanDocument:
        """Everything."""
        told = self.kept.project.told
        calendars = list(self.hours.calendars(self.kept.calendars))
        resources, own = self._resources()
        tasks = tuple(self._task(row) for row in self.rows)
        starts = [task.start for task in tasks if task.start]
        finishes = [task.finish for task in tasks if task.finish]
        begin = self.card["starts_on"]
        return PlanDocument(
            title=str(self.card["name"]),
            start=self._begin(date_from_iso(begin)) if begin else min(starts, default=None),
            finish=max(finishes, default=None),
            honours_constraints=bool(self.card["honours_constraints"]),
            critical_slack=int(self.card["critical_slack"]),
            critical_per_path=bool(told.get("critical_per_path")),
            day_minutes=int(self.card["day_minutes"]),
            week_minutes=int(self.card["week_minutes"]),
            month_days=_number(told.get("month_days"), 20),
            day_start=_number(told.get("day_start"), 480),
            day_finish=_number(told.get("day_finish"), 1020),
            calendar=1,
            calendars=(*calendars, *own),
            resources=tuple(resources),
            tasks=tasks,
            links=tuple(self._links()),
            assignments=tuple(self._assignments()),
            source=FORMAT,
            extras=dict(self.kept.project.extras),
        )

    def _begin(self, day: dt.date) -> dt.datetime:
        return moment(start_moment(self.hours.hours.default, day, None))

    def _numbers(self) -> dict[int, int]:
        """The numbers of lines: those of the file they came from, otherwise their ids."""
        found: dict[int, int] = {}
        used: set[int] = set()
        for row in self.rows:
            uid = self.kept.tasks[row.id].told.get("uid") if row.id in self.kept.tasks else None
            if isinstance(uid, int) and 0 < uid < 2**31 and uid not in used:
                found[row.id] = uid
                used.add(uid)
        highest = max([*used, *(row.id for row in self.rows)], default=0)
        for row in self.rows:
            if row.id not in found:
                highest, uid = (highest, row.id) if row.id not in used else (highest + 1,) * 2
                found[row.id] = uid
                used.add(uid)
        return found

    # lines -----------------------------------------------------------------------------------

    def _calendar(self, row: TaskRow) -> Calendar:
        return ALWAYS if row.elapsed else self.hours.hours.of(row.calendar_id)

    def _dates(self, row: TaskRow) -> tuple[dt.datetime | None, dt.datetime | None]:
        if row.start is None or row.finish is None:
            return None, None
        calendar = self._calendar(row)
        start = start_moment(calendar, row.start, row.start_minute)
        if row.kind is TaskKind.MILESTONE:
            return moment(start), moment(start)
        finish = finish_moment(calendar, row.finish, row.finish_minute)
        return moment(start), moment(max(start, finish))

    def _length(self, row: TaskRow) -> int | None:
        undated = row.start is None and row.duration is None
        if row.kind is TaskKind.MILESTONE:
            return None if undated else 0
        if row.duration is not None and row.id not in self.parents:
            return row.duration
        if row.start is None or row.finish is None:
            return None
        calendar = self._calendar(row)
        start = start_moment(calendar, row.start, row.start_minute)
        return calendar.between(start, finish_moment(calendar, row.finish, row.finish_minute))

    def _task(self, row: TaskRow) -> DocTask:
        part = self.kept.tasks.get(row.id, Part())
        start, finish = self._dates(row)
        length = self._length(row)
        leaf = row.id not in self.parents
        done = None if length is None else round(length * row.percent / 100)
        extras = {n: x for n, x in part.extras.items() if self.own or n not in _PERSONAL}
        return DocTask(
            uid=self.uids[row.id],
            name=row.title,
            parent=None if row.parent_id is None else self.uids[row.parent_id],
            milestone=row.kind is TaskKind.MILESTONE,
            start=start,
            finish=finish,
            duration=length,
            elapsed=row.elapsed and leaf,
            duration_unit=str(part.told.get("duration_unit") or "d"),
            estimated=bool(part.told.get("estimated")),
            percent=row.percent,
            actual_start=row.actual_start if leaf else None,
            actual_finish=row.actual_finish if leaf else None,
            actual_duration=done,
            remaining_duration=None if length is None or done is None else length - done,
            work=row.work,
            remaining_work=row.remaining,
            constraint=row.constraint_kind,
            constraint_at=row.constraint_at,
            deadline=row.deadline_at,
            calendar=self.hours.uid(row.calendar_id) if leaf else None,
            ignores_resource_calendars=row.ignores_people,
            manual=leaf and (row.mode is Mode.MANUAL or (length is None and start is None)),
            active=row.active,
            # fixed units: the hours of who works on it move a task there as they do here
            task_type=str(part.told.get("task_type") or "fixed_units"),
            effort_driven=bool(part.told.get("effort_driven")),
            priority=_number(part.told.get("priority"), 500),
            note=row.note if self.own else "",
            wbs=str(part.told.get("wbs") or ""),
            baselines=tuple(self.baselines.get(row.id, ())),
            stored=_stored(self.timings.get(row.id)),
            extras=extras,
        )

    def _links(self) -> Iterator[DocLink]:
        order = {row.id: place for place, row in enumerate(self.rows)}
        for link in sorted(queries.links(self.reader), key=lambda link: order[link.successor_id]):
            before, after = self.uids[link.predecessor_id], self.uids[link.successor_id]
            yield DocLink(before, after, link.kind, link.lag, link.lag_unit)

    def _baselines(self) -> dict[int, list[DocBaseline]]:
        """Reference plans by line; number 0 is the one that counts."""
        numbers = {
            key: number
            for number, (key,) in enumerate(
                self.reader.select("SELECT id FROM baseline ORDER BY set_on DESC, id DESC")
            )
            if number < BASELINES
        }
        lines = {row.id: row for row in self.rows}
        found: dict[int, list[DocBaseline]] = {}
        for of, task, start, finish, first, last, duration, work in self.reader.select(_HELD):
            if of not in numbers or task not in lines:
                continue
            calendar = self._calendar(lines[task])
            begin = start_moment(calendar, date_from_iso(start), first)
            milestone = lines[task].kind is TaskKind.MILESTONE
            end = begin if milestone else finish_moment(calendar, date_from_iso(finish), last)
            made = DocBaseline(numbers[of], moment(begin), moment(end), duration, work)
            found.setdefault(task, []).append(made)
        return {task: sorted(made, key=lambda b: b.number) for task, made in found.items()}

    # people ----------------------------------------------------------------------------------

    def _assigned(self) -> dict[int, list[tuple[int, int, int | None, int | None]]]:
        """Who works on a line: person, per cent, work and what remains of it."""
        found: dict[int, list[tuple[int, int, int | None, int | None]]] = {}
        for task, *made in self.reader.select(
            "SELECT task_id, person_id, units, work, remaining FROM assignment ORDER BY id"
        ):
            found.setdefault(task, []).append(tuple(made))
        for row in self.rows:
            if row.owner_id is not None and row.id not in found and row.id not in self.parents:
                found[row.id] = [(row.owner_id, 100, row.work, row.remaining)]
        return found

    def _resources(self) -> tuple[list[DocResource], list[DocCalendar]]:
        """Everybody who works on the plan, with calendars of their own where they need one."""
        people = sorted({person for made in self.assigned.values() for person, *_ in made})
        resources: list[DocResource] = []
        calendars: list[DocCalendar] = []
        uid = self.hours.free
        for key, first, last, email, calendar, units in self._persons(people):
            name = f"{first} {last}".strip()
            own = self.hours.person(key, uid, name, calendar) if self.own else None
            place = own.uid if own is not None else self.hours.uid(calendar)
            if own is not None:
                calendars.append(own)
                uid += 1
            resources.append(
                DocResource(
                    uid=key,
                    name=name,
                    email=email if self.own else "",
                    units=units / 100,
                    calendar=place,
                )
            )
        return resources, calendars

    def _persons(self, keys: Sequence[int]) -> list[tuple[Any, ...]]:
        found = self.reader.select(
            "SELECT id, first_name, last_name, email, calendar_id, units FROM person ORDER BY id"
        )
        wanted = set(keys)
        return [row for row in found if row[0] in wanted]

    def _assignments(self) -> Iterator[DocAssignment]:
        number = 0
        for row in self.rows:
            if row.id in self.parents:
                continue
            start, finish = self._dates(row)
            for person, units, work, remaining in self.assigned.get(row.id, ()):
                number += 1
                part = self.kept.assignments.get((row.id, person), Part())
                share, length = units / 100, self._length(row) or 0
                if work is None and not row.elapsed:
                    work = round(length * share)
                elif work and length and not row.elapsed:
                    share = work / length  # so that work and units give the duration there too
                yield DocAssignment(
                    task=self.uids[row.id],
                    resource=person,
                    units=share,
                    uid=number,
                    work=work,
                    remaining_work=remaining,
                    start=start,
                    finish=finish,
                    delay=_number(part.told.get("delay"), 0),
                    extras=dict(part.extras),
                )


_CARD = (
    *("name", "starts_on", "day_minutes", "week_minutes", "critical_slack"),
    "honours_constraints",
)
_HELD = (
    "SELECT baseline_id, task_id, start, finish, start_minute, finish_minute, duration, work"
    " FROM baseline_task"
)


def _stored(timing: Timing | None) -> StoredTiming:
    if timing is None:
        return StoredTiming()
    return StoredTiming(
        early_start=moment(timing.early_start),
        early_finish=moment(timing.early_finish),
        late_start=moment(timing.late_start),
        late_finish=moment(timing.late_finish),
        total_slack=timing.total_slack,
        free_slack=timing.free_slack,
        critical=timing.critical,
    )


def _number(value: object, otherwise: int) -> int:
    """A kept number, where it is one."""
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
