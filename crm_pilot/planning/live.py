"""The plan of an open project as the engine holds it, kept in step with the file.

`LivePlan` reads the rows that matter to the schedule, makes the engine's activities of them, and
after an edit takes in only what was touched. It writes nothing: `settling` does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from crm_pilot.planning.calendars import Hours, finish_moment, start_moment
from crm_pilot.planning.engine.activity import Activity, Dependency, Timing, Worker
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import ALWAYS, Calendar, at, intersection, of_datetime
from crm_pilot.planning.stored import Select, Stored, go_lives, rows_of, years_of
from crm_pilot.planning.terms import PLAN_TABLES, ConstraintKind, LagUnit, LinkKind, Mark, Mode

Touched = Mapping[str, Collection[int] | None]

HOURS_TABLES = frozenset({"calendar", "calendar_exception", "absence", "person", "project"})
_NOT_HELD = frozenset({ConstraintKind.ASAP, ConstraintKind.SNLT, ConstraintKind.FNLT})
FIRST_YEAR = 1900  # nothing is planned before
NO_CARD = (None, 1, 0, 960, 480, 2400)  # of a project that is being made
_MODES = {mode.value: mode for mode in Mode}
_CONSTRAINTS = {kind.value: kind for kind in ConstraintKind}
_LINK_KINDS = {kind.value: kind for kind in LinkKind}
_LAG_UNITS = {unit.value: unit for unit in LagUnit}
_TASK = f"SELECT {', '.join(Stored._fields)} FROM task"
_LINK = "SELECT id, predecessor_id, successor_id, kind, lag, lag_unit FROM link"
_ASSIGNMENT = "SELECT task_id, person_id, units, work FROM assignment"
_PROJECT = (
    "SELECT starts_on, honours_constraints, critical_slack, near_slack, day_minutes, week_minutes"
    " FROM project"
)


class LivePlan:
    """Stored rows, compiled hours and the schedule of one project. `select` reads the file."""

    def __init__(self, select: Select) -> None:
        self.stored: dict[int, Stored] = {}
        self.version = 0  # grows whenever something of the schedule may be another
        self.load(select)

    # taking in -------------------------------------------------------------------------------

    def load(self, select: Select) -> None:
        """Read everything and schedule it. Raises `CircleError`."""
        self.stored = {row[0]: Stored(*row) for row in select(_TASK)}
        self.card = (select(_PROJECT) or [NO_CARD])[0]
        self.hours = Hours(select, *years_of(select))
        self._promised = go_lives(select)
        self._workers = _by_task(select(_ASSIGNMENT))
        self._links = {row[0]: _dependency(row) for row in select(_LINK)}
        self._build()

    def _build(self) -> None:
        self.version += 1
        self._before: dict[int, set[int]] | None = None  # made when first asked for
        self._moved = set(self.stored)
        self._unsettled = {key for key, row in self.stored.items() if not row.settled}
        self._holding = {row.parent_id for row in self.stored.values()}
        self._known = self._kept()
        honours, critical, near = self.card[1:4]
        self.schedule = Schedule(
            [self.activity(key) for key in self._known],
            [link for link in self._links.values() if self._joins(link)],
            start=at(dt.date(FIRST_YEAR, 1, 1)),
            calendar=self.hours.default,
            honours_constraints=bool(honours),
            critical_slack=critical,
            near_slack=near,
        )

    def _kept(self) -> dict[int, None]:
        """Lines the engine knows: those that are planned, and what holds one of them."""
        kept: dict[int, None] = {}
        for key, row in self.stored.items():
            if key in self._holding or not row.planned:
                continue
            above: int | None = key
            while above is not None and above not in kept and above in self.stored:
                kept[above] = None
                above = self.stored[above].parent_id
        return kept

    def _joins(self, link: Dependency) -> bool:
        return link.before in self._known and link.after in self._known

    def refresh(self, select: Select, touched: Touched) -> None:
        """Take in what an edit touched, by table; None for a table: read all of it."""
        if not touched.keys() & PLAN_TABLES:
            return
        other_ends = "wave" in touched and go_lives(select) != self._promised
        if (
            other_ends
            or self._hours_changed(select, touched)
            or any(
                touched[table] is None
                for table in ("task", "link", "assignment")
                if table in touched
            )
        ):
            self.load(select)
            return
        fresh = self._read(select, touched.get("task") or ())
        people = self._read_workers(select, touched.get("assignment"))
        links = rows_of(select, _LINK, touched.get("link") or ())
        if self._other_lines(fresh):
            for key, row in fresh.items():
                if row is None:
                    self.stored.pop(key, None)
                else:
                    self.stored[key] = row
            self._links = {row[0]: _dependency(row) for row in select(_LINK)}
            self._build()
            return
        changed = {key for key, row in fresh.items() if row != self.stored[key]} | people
        self._put({key: row for key, row in fresh.items() if row is not None})
        self._change(changed, self._take_links(touched.get("link") or (), links))

    def _hours_changed(self, select: Select, touched: Touched) -> bool:
        if not touched.keys() & HOURS_TABLES:
            return False
        return (select(_PROJECT) or [NO_CARD])[0] != self.card or Hours(
            select, *years_of(select)
        ).content != self.hours.content

    def _read(self, select: Select, ids: Collection[int]) -> dict[int, Stored | None]:
        found: dict[int, Stored | None] = dict.fromkeys(ids)
        found.update({row[0]: Stored(*row) for row in rows_of(select, _TASK, ids)})
        return found

    def _read_workers(self, select: Select, ids: Collection[int] | None) -> set[int]:
        """Read who works on what again; the lines for which it changed."""
        if not ids:
            return set()
        old, self._workers = self._workers, _by_task(select(_ASSIGNMENT))
        keys = old.keys() | self._workers.keys()
        return {key for key in keys if old.get(key) != self._workers.get(key)} & self._known.keys()

    def _other_lines(self, fresh: Mapping[int, Stored | None]) -> bool:
        """Whether lines came, went, changed their place, or became planned."""
        for key, row in fresh.items():
            old = self.stored.get(key)
            if row is None or old is None:
                return row is not old
            if (row.parent_id, row.planned) != (old.parent_id, old.planned):
                return True
        return False

    def _take_links(
        self, ids: Collection[int], rows: Iterable[tuple[Any, ...]]
    ) -> tuple[list[Dependency], list[Dependency]]:
        """Take in links; those that are there now, and those that are gone."""
        fresh = {row[0]: _dependency(row) for row in rows}
        put = [link for link in fresh.values() if self._joins(link)]
        gone = [
            self._links[key]
            for key in ids
            if key in self._links and key not in fresh and self._joins(self._links[key])
        ]
        for key in ids:
            self._links.pop(key, None)
        self._links.update(fresh)
        if ids:
            self._before = None
        return put, gone

    def _change(
        self, keys: Iterable[int], links: tuple[list[Dependency], list[Dependency]]
    ) -> None:
        waiting = {link.after for link in links[0]} | {link.after for link in links[1]}
        wanted = {*keys, *waiting, *self._below(waiting)}
        put = [self.activity(key) for key in wanted if key in self._known]
        gone = [link.key for link in links[1]]
        if put or links[0] or links[1]:
            self.version += 1
            moved = self.schedule.change(put=put, link_put=links[0], link_dropped=gone)
            self._moved |= moved | {one.key for one in put}

    def _put(self, rows: Mapping[int, Stored]) -> None:
        self.stored.update(rows)
        for key, row in rows.items():
            (self._unsettled.discard if row.settled else self._unsettled.add)(key)

    def unsettled(self) -> list[Stored]:
        """Lines without children that came with dates alone."""
        return [self.stored[key] for key in sorted(self._unsettled) if self.leaf(key)]

    def take(self, rows: Mapping[int, Stored]) -> None:
        """Take in rows that are about to be written."""
        structure = any(
            (row.parent_id, row.planned) != (self.stored[key].parent_id, self.stored[key].planned)
            for key, row in rows.items()
        )
        changed = [key for key, row in rows.items() if row != self.stored[key]]
        self._put(rows)
        if structure:
            self._build()
        else:
            self._change(changed, ([], []))

    def moved(self) -> Iterator[Stored]:
        """Planned lines without children to which the engine may have given other dates since this
        was asked before."""
        keys, self._moved = self._moved, set()
        return (self.stored[key] for key in sorted(keys) if self.leaf(key))

    # what the engine knows -------------------------------------------------------------------

    def leaf(self, key: int) -> bool:
        """Whether the engine places the line itself: it is planned and holds no lines."""
        return key in self._known and key not in self._holding

    def leaves(self) -> Iterator[Stored]:
        """Planned lines without children."""
        return (self.stored[key] for key in self._known if key not in self._holding)

    def waits(self, key: int) -> bool:
        """Whether the line, or what holds it, waits for another."""
        return bool(self.befores(key))

    def befores(self, key: int) -> set[int]:
        """The lines that a line, or what holds it, waits for directly."""
        if self._before is None:
            self._before = {}
            for link in self._links.values():
                if self._joins(link):
                    self._before.setdefault(link.after, set()).add(link.before)
        found: set[int] = set()
        above: int | None = key
        while above is not None and above in self.stored:
            found |= self._before.get(above, set())
            above = self.stored[above].parent_id
        return found

    def calendar(self, row: Stored) -> Calendar:
        """The hours in which the day of a line begins and ends: its own, or the project's; the
        clock when its duration is elapsed time."""
        return ALWAYS if row.elapsed else self.hours.of(row.calendar_id)

    def begin(self, row: Stored) -> int:
        """The moment at which a dated line starts, as the file says."""
        assert row.start is not None
        return start_moment(self.calendar(row), dt.date.fromisoformat(row.start), row.start_minute)

    def end(self, row: Stored) -> int:
        """The moment at which a dated line finishes, as the file says."""
        if row.milestone:
            return self.begin(row)
        assert row.finish is not None
        day = dt.date.fromisoformat(row.finish)
        return finish_moment(self.calendar(row), day, row.finish_minute)

    def length(self, row: Stored) -> int:
        """Working minutes (of the clock when elapsed) between the dates of a line, in the hours of
        those who work on it: who is there least decides."""
        begin, end = self.begin(row), self.end(row)
        return min(calendar.between(begin, end) for calendar in self.working(row))

    def after(self, row: Stored, minutes: int) -> int:
        """The moment at which a line is done that lasts `minutes` from its start on."""
        begin = self.begin(row)
        return max(calendar.add(begin, minutes) for calendar in self.working(row))

    def working(self, row: Stored) -> list[Calendar]:
        """The hours in which a line is worked on, one for each who works on it."""
        calendar = self.calendar(row)
        people = () if row.ignores_people else self._people(row)
        return [intersection(calendar, one.calendar) for one in people] or [calendar]

    def activity(self, key: int) -> Activity:
        """A line as the engine wants it."""
        row = self.stored[key]
        if key in self._holding:
            return Activity(key, self._parent(row))
        dates = (self.begin(row), self.end(row)) if row.dated else (None, None)
        constraint, held, deadline = self._held(row)
        return Activity(
            key,
            self._parent(row),
            duration=0 if row.milestone else self._duration(row),
            elapsed=bool(row.elapsed),
            mode=_MODES[row.mode] if row.dated else Mode.AUTO,
            active=bool(row.active),
            constraint=constraint,
            constraint_at=held,
            deadline=deadline,
            calendar=self.hours.of(row.calendar_id) if row.calendar_id else None,
            workers=self._people(row),
            ignores_workers=bool(row.ignores_people),
            start=dates[0],
            finish=dates[1],
            actual_start=_moment(row.actual_start),
            actual_finish=_moment(row.actual_finish),
            percent=row.percent,
            promise=row.milestone and row.percent < 100 and self._go_live(row),
        )

    def _held(self, row: Stored) -> tuple[ConstraintKind, int | None, int | None]:
        """Constraint, its moment, and deadline of a line.

        A line that waits for nothing and is not held back begins with the project; it stays where
        it is while the project has no first day. So nothing hangs on what happens to be the first
        line of the plan. “No later than” is kept by an early enough start and a deadline then.
        """
        kind = _CONSTRAINTS[row.constraint_kind]
        limit, deadline = _moment(row.constraint_at), _moment(row.deadline_at)
        if kind not in _NOT_HELD or self.befores(row.id):
            return kind, limit, deadline
        if self.card[0]:
            begin = at(dt.date.fromisoformat(self.card[0]))
        elif row.dated:
            begin = self.begin(row)
        else:
            return kind, limit, deadline
        if limit is not None and kind is not ConstraintKind.ASAP:
            calendar, length = self.calendar(row), 0 if row.milestone else self._duration(row)
            started = kind is ConstraintKind.SNLT
            last = calendar.add(limit, length) if started else limit
            begin = min(begin, limit if started else calendar.subtract(limit, length))
            deadline = last if deadline is None else min(deadline, last)
        return ConstraintKind.SNET, begin, deadline

    def _below(self, keys: Collection[int]) -> set[int]:
        """Lines under some lines, at any depth."""
        found: set[int] = set()
        left = [key for key in keys if key in self._holding]
        while left:
            above = left.pop()
            below = [row.id for row in self.stored.values() if row.parent_id == above]
            found.update(below)
            left += [key for key in below if key in self._holding]
        return found

    def _go_live(self, row: Stored) -> bool:
        """Whether a milestone is a go-live: marked so, or that of a wave."""
        return row.mark == Mark.GO_LIVE or row.id in self._promised

    def _parent(self, row: Stored) -> int | None:
        return row.parent_id if row.parent_id in self._known else None

    def _duration(self, row: Stored) -> int:
        return row.duration if row.duration is not None else max(0, self.length(row))

    def _people(self, row: Stored) -> tuple[Worker, ...]:
        """Who works on a line: those it is assigned to, else its owner."""
        if row.milestone or row.elapsed:
            return ()
        assigned = self._workers.get(row.id)
        if assigned is None:
            if row.owner_id is None:
                return ()
            calendar = self.hours.person(row.owner_id)
            return () if calendar is self.hours.default else (Worker(calendar),)
        return tuple(Worker(self.hours.person(person), units) for person, units, _work in assigned)

    def assigned(self, key: int) -> tuple[tuple[int, int], ...]:
        """Persons who work on a line, with their units in per cent; without any, its owner."""
        found = self._workers.get(key)
        if found is not None:
            return tuple((person, units) for person, units, _ in found)
        owner = self.stored[key].owner_id
        return ((owner, 100),) if owner is not None else ()

    def timing(self, key: int) -> Timing | None:
        """What the engine computed for a line; None for one that is not planned."""
        return self.schedule.timing(key) if key in self._known else None

    def __iter__(self) -> Iterator[int]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _dependency(row: tuple[Any, ...]) -> Dependency:
    key, before, after, kind, lag, unit = row
    return Dependency(key, before, after, _LINK_KINDS[kind], lag, _LAG_UNITS[unit])


def _by_task(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[tuple[Any, ...], ...]]:
    made: dict[int, tuple[tuple[Any, ...], ...]] = {}
    for row in rows:
        made[row[0]] = (*made.get(row[0], ()), row[1:])
    return made


def _moment(text: str | None) -> int | None:
    return None if text is None else of_datetime(dt.datetime.fromisoformat(text))
