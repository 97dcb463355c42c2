"""What cannot be in a session as it is planned: pure rules over sessions, people and free days.

A sheet signed on a public holiday or a day of leave, by a trainer booked elsewhere, or by more
people than there are seats is worth nothing (DOMAIN.md 3, sources W50 and W51).
`agenda.py` reads what they are applied to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations

from crm_pilot.folding import folded
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.people.terms import DayPart
from crm_pilot.records import dataclass
from crm_pilot.training.halves import WHEN, HalfDay
from crm_pilot.training.terms import Half


class ClashKind(StrEnum):
    """What is wrong with a session."""

    HOLIDAY = "holiday"
    CLOSURE = "closure"
    WEEKEND = "weekend"
    TRAINEE_ABSENT = "trainee_absent"
    TRAINER_ABSENT = "trainer_absent"
    TRAINEE_TWICE = "trainee_twice"
    TRAINER_TWICE = "trainer_twice"
    SEATS = "seats"
    DUPLICATE = "duplicate"
    NO_TRAINER = "no_trainer"  # of a sign-in sheet only


# What makes a signed sheet worthless; a course given twice at a time does not
PRINTED = frozenset(ClashKind) - {ClashKind.DUPLICATE}


@dataclass(frozen=True)
class Clash:
    """Something wrong with a session, and the sentence that says who and what."""

    session_id: int
    kind: ClashKind
    what: Message
    person_id: int | None = None
    other_id: int | None = None  # the other session
    half: HalfDay | None = None

    @property
    def day(self) -> dt.date | None:
        """The day it is about."""
        return self.half.day if self.half else None


@dataclass(frozen=True)
class Planned:
    """A session as the rules see it. `members` are those invited or present; `invited` those of
    them who are still to come."""

    id: int
    course_id: int
    course: str
    halves: tuple[HalfDay, ...]
    place: str
    trainer: str
    trainer_id: int | None
    seats: int
    members: tuple[int, ...] = ()
    invited: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Away:
    """Days on which somebody is away, both included."""

    first: dt.date
    last: dt.date
    part: DayPart = DayPart.DAY

    def covers(self, half: HalfDay) -> bool:
        """Whether somebody is away on a half-day."""
        part = DayPart.MORNING if half.part is Half.MORNING else DayPart.AFTERNOON
        return self.first <= half.day <= self.last and self.part in (DayPart.DAY, part)


@dataclass(frozen=True)
class FreeDay:
    """Why nobody works on a day; a closure may have a name."""

    kind: ClashKind
    name: str = ""


@dataclass(frozen=True)
class World:
    """What sessions are held against: names and absences of people, days that are not worked."""

    names: Mapping[int, str]
    away: Mapping[int, tuple[Away, ...]]
    free: Mapping[dt.date, FreeDay]


def overlap(one: HalfDay, other: HalfDay) -> bool:
    """Whether somebody cannot be at both: on the same day, at hours that overlap."""
    return one.day == other.day and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def shared(one: Iterable[HalfDay], other: Sequence[HalfDay]) -> HalfDay | None:
    """The first half-day of `one` that overlaps with one of `other`."""
    return next((a for a in one if any(overlap(a, b) for b in other)), None)


def first_away(away: Iterable[Away], halves: Iterable[HalfDay]) -> HalfDay | None:
    """The first half-day somebody is away on."""
    known = tuple(away)
    if not known:
        return None
    return next((half for half in halves if any(one.covers(half) for one in known)), None)


def clashes(sessions: Sequence[Planned], world: World) -> dict[int, tuple[Clash, ...]]:
    """What is wrong with each session, by its id; sessions without a clash are left out."""
    found: dict[int, list[Clash]] = {}
    for clash in _all(sessions, world):
        found.setdefault(clash.session_id, []).append(clash)
    order = list(ClashKind)
    return {
        key: tuple(sorted(some, key=lambda clash: order.index(clash.kind)))
        for key, some in found.items()
    }


def printable(session: Planned, found: Iterable[Clash]) -> tuple[Clash, ...]:
    """What would make the sign-in sheet of a session worthless: no trainer's line either."""
    worthless = tuple(clash for clash in found if clash.kind in PRINTED)
    if session.trainer_id is None and not session.trainer.strip():
        what = msg("No trainer is named: there is nobody to sign for the session.")
        worthless += (Clash(session.id, ClashKind.NO_TRAINER, what),)
    return worthless


def _all(sessions: Sequence[Planned], world: World) -> Iterator[Clash]:
    for session in sessions:
        yield from _free_days(session, world)
        yield from _absences(session, world)
        yield from _seats(session)
    trainers = _trainer_keys(sessions, world)
    for one, other, half in _overlapping(sessions):
        yield from _pair(one, other, half, world, trainers)
        yield from _pair(other, one, shared(other.halves, one.halves) or half, world, trainers)
    yield from _enrolled_twice(sessions, world)


def _overlapping(sessions: Sequence[Planned]) -> Iterator[tuple[Planned, Planned, HalfDay]]:
    """Pairs of sessions whose hours overlap, each once."""
    days: dict[dt.date, dict[int, Planned]] = {}
    for session in sessions:
        for half in session.halves:
            days.setdefault(half.day, {})[session.id] = session
    seen: set[tuple[int, int]] = set()
    for some in days.values():
        for one, other in combinations(some.values(), 2):
            common = shared(one.halves, other.halves)
            if common is not None and (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other, common


FREE = {
    ClashKind.HOLIDAY: N_("{date} is a public holiday."),
    ClashKind.WEEKEND: N_("{date} is not a working day."),
}


def _free_days(session: Planned, world: World) -> Iterator[Clash]:
    for half in reversed({half.day: half for half in reversed(session.halves)}.values()):
        free = world.free.get(half.day)
        if free is None:
            continue
        if free.kind is not ClashKind.CLOSURE:
            what = Message(FREE[free.kind], {"date": half.day})
        elif free.name:
            what = msg("The company is closed on {date}: {name}.", date=half.day, name=free.name)
        else:
            what = msg("The company is closed on {date}.", date=half.day)
        yield Clash(session.id, free.kind, what, half=half)


def _absences(session: Planned, world: World) -> Iterator[Clash]:
    people = [(person, ClashKind.TRAINEE_ABSENT) for person in session.members]
    if session.trainer_id is not None:
        people.append((session.trainer_id, ClashKind.TRAINER_ABSENT))
    first, last = session.halves[0].day, session.halves[-1].day
    for person, kind in people:
        away = [a for a in world.away.get(person, ()) if a.first <= last and first <= a.last]
        missed = first_away(away, session.halves)
        if missed is not None:
            what = away_on(world.names[person], missed)
            yield Clash(session.id, kind, what, person, half=missed)


def away_on(person: str, half: HalfDay) -> Message:
    """That somebody is away on a half-day; never why."""
    return msg(
        "{person} is away on {date} {when}.",
        person=person,
        date=half.day,
        when=Message(WHEN[half.part]),
    )


def booked_on(person: str, course: str, half: HalfDay) -> Message:
    """That somebody is in another session at the time."""
    return msg(
        "{person} is in “{course}” on {date} {when} too.",
        person=person,
        course=course,
        date=half.day,
        when=Message(WHEN[half.part]),
    )


def teaches_on(person: str, course: str, half: HalfDay) -> Message:
    """That somebody teaches another session at the time."""
    return msg(
        "{person} teaches “{course}” on {date} {when} too.",
        person=person,
        course=course,
        date=half.day,
        when=Message(WHEN[half.part]),
    )


def _seats(session: Planned) -> Iterator[Clash]:
    if (count := len(session.members)) > session.seats:
        what = msg("Enrolled: {n}; seats: {seats}.", n=count, seats=session.seats)
        yield Clash(session.id, ClashKind.SEATS, what)


TrainerKeys = Mapping[int, int | str]


def _trainer_keys(sessions: Sequence[Planned], world: World) -> TrainerKeys:
    """Who teaches each session: a person's id, else the name as it is written, by session.

    A name that is written as that of a trainer of the project is that person."""
    known = {
        folded(world.names[key]): key for key in {s.trainer_id for s in sessions} if key is not None
    }
    made: dict[int, int | str] = {}
    for session in sessions:
        name = " ".join(folded(session.trainer).split())
        found = session.trainer_id if session.trainer_id is not None else known.get(name, name)
        if found != "":
            made[session.id] = found
    return made


def _pair(
    one: Planned, other: Planned, half: HalfDay, world: World, trainers: TrainerKeys
) -> Iterator[Clash]:
    """What is wrong with `one` since `other` is held at the same time."""
    key, elsewhere = trainers.get(one.id), trainers.get(other.id)
    if key is not None and key == elsewhere:
        name = world.names[key] if isinstance(key, int) else one.trainer
        what = teaches_on(name, other.course, half)
        person = key if isinstance(key, int) else None
        yield Clash(one.id, ClashKind.TRAINER_TWICE, what, person, other.id, half)
    elif isinstance(key, int) and key in other.members:
        what = booked_on(world.names[key], other.course, half)
        yield Clash(one.id, ClashKind.TRAINER_TWICE, what, key, other.id, half)
    for person in one.members:
        if person in other.members:
            what = booked_on(world.names[person], other.course, half)
        elif person == elsewhere:
            what = teaches_on(world.names[person], other.course, half)
        else:
            continue
        yield Clash(one.id, ClashKind.TRAINEE_TWICE, what, person, other.id, half)
    if _same_event(one, other) and (key is None or elsewhere in (None, key)):
        what = msg(
            "“{course}” is planned twice at this time in the same place ({date} {when}).",
            course=one.course,
            date=half.day,
            when=Message(WHEN[half.part]),
        )
        yield Clash(one.id, ClashKind.DUPLICATE, what, None, other.id, half)


def _same_event(one: Planned, other: Planned) -> bool:
    """Whether a session looks typed twice."""
    return one.course_id == other.course_id and folded(one.place) == folded(other.place)


def _enrolled_twice(sessions: Sequence[Planned], world: World) -> Iterator[Clash]:
    """Trainees who are still to come to a course at two times, told of the later session."""
    first: dict[tuple[int, int], Planned] = {}
    for session in sorted(sessions, key=lambda s: (s.halves[0].day, s.halves[0].starts_at, s.id)):
        for person in sorted(session.invited):
            earlier = first.setdefault((session.course_id, person), session)
            if earlier is not session and shared(session.halves, earlier.halves) is None:
                what = msg(
                    "{person} is enrolled in “{course}” on {date} already.",
                    person=world.names[person],
                    course=earlier.course,
                    date=earlier.halves[0].day,
                )
                yield Clash(
                    session.id,
                    ClashKind.DUPLICATE,
                    what,
                    person,
                    earlier.id,
                    session.halves[0],
                )
