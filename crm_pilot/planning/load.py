"""The load of a plan: what everyone has to do week by week, against what they can do.

    load(person, week) = Σ over their tasks of work × time(week) ÷ time(task)
    available(person, week) = working time(week) × units of the person
    overload(person, week) = max(0, load − available)

Time is the person's own working time: their calendar without public holidays, closures and
absences. What is done is spread over the days of the task that are past, what remains over those
to come. Work is minutes inside and person-days where it is handed out: a person-day is a full
working day of the project. Pure: moments as in `worktime`, `now` is an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, lru_cache
from math import ceil
from typing import Protocol

from crm_pilot.planning.engine.worktime import ALWAYS, DAY, at
from crm_pilot.records import dataclass

WEEK = 7 * DAY
LEAST = 0.25  # person-days; nobody plans people to the hour
FAR = 20 * 366 * DAY  # minutes; work planned beyond that (9999 means never) is not spread
ONE_WEEK = dt.timedelta(days=7)


class WorkingTime(Protocol):
    """What is asked of a calendar: working minutes between two moments, and the moment after."""

    def __hash__(self) -> int: ...

    def between(self, begin: int, end: int) -> int: ...

    def add(self, begin: int, minutes: int) -> int: ...


@dataclass(frozen=True)
class Part:
    """What one person does of one task, which lasts from `begin` to `end` (moments).

    `done` and `left` are minutes of work; `units` per cent of the person at work.
    """

    task: int
    title: str
    person: int
    begin: int
    end: int
    done: float
    left: float
    units: int = 100
    started: bool = False


@dataclass(frozen=True)
class Person:
    """Someone of the team; `units` is how much of a full person they are, in per cent."""

    id: int
    name: str
    time: WorkingTime
    units: int = 100
    department_id: int | None = None
    department: str = ""


@dataclass(frozen=True)
class Piece:
    """What is to be done of one task in one week, in person-days."""

    task: int
    title: str
    work: float


@dataclass(frozen=True)
class Week:
    """One week of one person or of several, in person-days.

    The overload of several is the sum of theirs: what one cannot do, the free time of another
    does not do. `over` names who has too much, the most first.
    """

    monday: dt.date
    work: float
    available: float
    overload: float
    over: tuple[tuple[int, float], ...] = ()


def monday_of(moment: int) -> int:
    """The begin of the ISO week of a moment: Monday 00:00."""
    return moment - (moment - DAY) % WEEK  # day 1, of the year 1, is a Monday


def day_of(moment: int) -> dt.date:
    """The day of a moment."""
    return dt.date.fromordinal(moment // DAY)


def weekly(
    minutes: float, begin: int, end: int, times: Iterable[WorkingTime]
) -> Iterator[tuple[int, float]]:
    """Minutes of work by week, spread evenly over the working time from `begin` to `end`.

    The first of `times` that has any there counts; without one, the clock: what is planned for
    days on which nobody works is to be seen on them.
    """
    time: WorkingTime = ALWAYS
    whole = end - begin
    for one in times:
        found = one.between(begin, end)
        if found > 0:
            time, whole = one, found
            break
    week = monday_of(begin)
    while week < end:
        here = time.between(max(begin, week), min(end, week + WEEK))
        if here > 0:
            yield week, minutes * here / whole
        week += WEEK


@lru_cache(maxsize=65536)  # after an edit only what changed is spread again
def spread(part: Part, time: WorkingTime, usual: WorkingTime, now: int) -> dict[int, float]:
    """Minutes of work by week (Monday 00:00 as a moment), done and left. Treat as frozen.

    `time` is the person's, `usual` the project's. Work that is late is done from now on. What
    was done ahead of its days has no week of its own and is left out.
    """
    made: dict[int, float] = {}
    past = min(part.end, now)
    if part.done > 0 and past > part.begin:
        for week, minutes in weekly(part.done, part.begin, past, (time, usual)):
            made[week] = made.get(week, 0.0) + minutes
    for week, minutes in to_come(part, time, usual, now):
        made[week] = made.get(week, 0.0) + minutes
    return made


def to_come(
    part: Part, time: WorkingTime, usual: WorkingTime, now: int
) -> Iterator[tuple[int, float]]:
    """Minutes of what is left by week."""
    if part.left <= 0:
        return
    begin = max(part.begin, now)
    end = min(part.end, begin + FAR)
    if end <= begin:  # late: as fast as the person is on it, from now on
        end = time.add(begin, max(1, ceil(part.left * 100 / max(part.units, 1))))
    yield from weekly(part.left, begin, end, (time, usual))


@dataclass(frozen=True, eq=False)
class Load:
    """The load of a team. Ask for one week of some persons, or of all.

    Work that nobody was given is under the person None and has no availability.
    """

    people: tuple[Person, ...]
    parts: tuple[Part, ...]
    usual: WorkingTime  # of the project
    now: int
    day_minutes: int = 480
    unowned: tuple[Part, ...] = ()
    _free: dict[tuple[int, int], float] = field(default_factory=dict, repr=False)
    _weeks: dict[tuple[dt.date, frozenset[int] | None], Week] = field(
        default_factory=dict, repr=False
    )

    @cached_property
    def by_id(self) -> Mapping[int, Person]:
        """Persons by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def work(self) -> Mapping[int, Mapping[int, Mapping[int, float]]]:
        """Minutes by person, week and task."""
        made: dict[int, dict[int, dict[int, float]]] = {person.id: {} for person in self.people}
        for part in self.parts:
            weeks = made[part.person]
            time = self.by_id[part.person].time
            for week, minutes in spread(part, time, self.usual, self.now).items():
                tasks = weeks.setdefault(week, {})
                tasks[part.task] = tasks.get(part.task, 0.0) + minutes
        return made

    @cached_property
    def totals(self) -> Mapping[int, Mapping[int, float]]:
        """Person-days to do by person and week."""
        return {
            person: {week: sum(tasks.values()) / self.day_minutes for week, tasks in weeks.items()}
            for person, weeks in self.work.items()
        }

    @cached_property
    def by_task(self) -> Mapping[int, Sequence[Part]]:
        """Who does what of each task."""
        made: dict[int, list[Part]] = {}
        for part in self.parts:
            made.setdefault(part.task, []).append(part)
        return made

    @cached_property
    def unowned_work(self) -> Mapping[int, Mapping[int, float]]:
        """Minutes of work that nobody was given, by week and task."""
        made: dict[int, dict[int, float]] = {}
        for part in self.unowned:
            for week, minutes in spread(part, self.usual, self.usual, self.now).items():
                made.setdefault(week, {})[part.task] = minutes
        return made

    @cached_property
    def titles(self) -> Mapping[int, str]:
        """Titles by task."""
        return {part.task: part.title for part in (*self.parts, *self.unowned)}

    @cached_property
    def weeks(self) -> tuple[dt.date, ...]:
        """Mondays from the first week with work to the last, the present one among them."""
        known = {week for weeks in self.work.values() for week in weeks}
        known |= self.unowned_work.keys() | {monday_of(self.now)}
        first, last = min(known), max(known)
        return tuple(day_of(week) for week in range(first, last + 1, WEEK))

    @property
    def this_week(self) -> dt.date:
        """The Monday of the present week."""
        return day_of(monday_of(self.now))

    @property
    def empty(self) -> bool:
        """Whether nobody has anything to do."""
        return not self.parts and not self.unowned

    # person-days -----------------------------------------------------------------------------

    def available(self, person: int, monday: dt.date) -> float:
        """Person-days someone has in a week."""
        key = person, at(monday)
        if key not in self._free:
            one = self.by_id[person]
            minutes = one.time.between(key[1], key[1] + WEEK) * one.units / 100
            self._free[key] = minutes / self.day_minutes
        return self._free[key]

    def load(self, person: int, monday: dt.date) -> float:
        """Person-days someone has to do in a week."""
        return self.totals[person].get(at(monday), 0.0)

    def overload(self, person: int, monday: dt.date) -> float:
        """Person-days someone has too much in a week; 0 when it is less than `LEAST`."""
        over = self.load(person, monday) - self.available(person, monday)
        return over if over >= LEAST else 0.0

    def week(self, monday: dt.date, persons: Collection[int] | None = None) -> Week:
        """One week of these persons together; None: of all."""
        key = monday, None if persons is None else frozenset(persons)
        found = self._weeks.get(key)
        if found is None:
            found = self._weeks[key] = self._summed(monday, persons)
        return found

    def _summed(self, monday: dt.date, persons: Collection[int] | None) -> Week:
        chosen = [p.id for p in self.people if persons is None or p.id in persons]
        over = [(p, found) for p in chosen if (found := self.overload(p, monday))]
        over.sort(key=lambda pair: (-pair[1], pair[0]))
        return Week(
            monday,
            sum(self.load(person, monday) for person in chosen),
            sum(self.available(person, monday) for person in chosen),
            sum(found for _, found in over),
            tuple(over),
        )

    def pieces(self, monday: dt.date, persons: Collection[int] | None = None) -> tuple[Piece, ...]:
        """What makes the week of these persons, the largest first; None: of all."""
        work: dict[int, float] = {}
        for person in self.people:
            if persons is None or person.id in persons:
                for task, minutes in self.work[person.id].get(at(monday), {}).items():
                    work[task] = work.get(task, 0.0) + minutes
        return self._pieces(work)

    def unowned_week(self, monday: dt.date) -> Week:
        """One week of the work that nobody was given."""
        work = self.unowned_work.get(at(monday), {})
        return Week(monday, sum(work.values()) / self.day_minutes, 0.0, 0.0)

    def unowned_pieces(self, monday: dt.date) -> tuple[Piece, ...]:
        """What makes it, the largest first."""
        return self._pieces(self.unowned_work.get(at(monday), {}))

    def overloaded(self, persons: Collection[int] | None = None) -> Iterator[Week]:
        """Weeks in which someone has too much, in order; those in which work is still done."""
        for monday in self.weeks:
            end = at(monday) + WEEK
            if end > self.now and self.usual.between(self.now, end) > 0:
                found = self.week(monday, persons)
                if found.over:
                    yield found

    def _pieces(self, work: Mapping[int, float]) -> tuple[Piece, ...]:
        made = [
            Piece(task, self.titles[task], minutes / self.day_minutes)
            for task, minutes in work.items()
        ]
        return tuple(sorted(made, key=lambda piece: (-piece.work, piece.task)))
