"""Half-days of a session (demi-journées), the unit of attendance sheets (DOMAIN.md 3).

They are the rows of `session_half` where there are any; else they follow from the hour a session
begins at and its minutes: more than five hours on a day are a morning and an afternoon.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from crm_pilot.i18n import N_
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training.terms import Half

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Place = tuple[dt.date, Half]  # what tells a half-day from the others of its session
LONG = 300  # minutes on one day beyond which it is two half-days
NOON = 12 * 60
AFTERNOON = 13 * 60 + 30  # when a second half-day begins, unless the morning lasts longer
BREAK = 60  # minutes between the two at least
USUAL_BEGIN = 9 * 60
LAST_MINUTE = 24 * 60 - 1
# How a half-day is said inside a sentence
WHEN = {Half.MORNING: N_("in the morning"), Half.AFTERNOON: N_("in the afternoon")}


@dataclass(frozen=True)
class HalfDay:
    """A half-day of a session; `begins` is HH:MM local."""

    day: dt.date
    part: Half
    begins: str
    minutes: int

    @property
    def starts_at(self) -> int:
        """Minute of the day at which it begins."""
        return minute_of(self.begins)

    @property
    def ends_at(self) -> int:
        """Minute of the day at which it ends, not beyond midnight."""
        return min(self.starts_at + self.minutes, LAST_MINUTE)

    @property
    def ends(self) -> str:
        """When it ends, HH:MM."""
        return clock(self.ends_at)

    @property
    def place(self) -> Place:
        """What tells it from the other half-days of its session."""
        return self.day, self.part


def minute_of(text: str) -> int:
    """Minute of the day of HH:MM; nine o'clock where it cannot be read."""
    hours, _, minutes = text.partition(":")
    try:
        found = int(hours) * 60 + int(minutes or 0)
    except ValueError:
        return USUAL_BEGIN
    return found if 0 <= found <= LAST_MINUTE else USUAL_BEGIN


def clock(minute: int) -> str:
    """HH:MM of a minute of the day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def of_block(day: dt.date, begins: str, minutes: int) -> tuple[HalfDay, ...]:
    """The half-days of one block of training on a day; their minutes sum up to the block's."""
    start = minute_of(begins)
    if start >= NOON:
        return (HalfDay(day, Half.AFTERNOON, clock(start), minutes),)
    if minutes <= LONG:
        return (HalfDay(day, Half.MORNING, clock(start), minutes),)
    first = (minutes + 1) // 2
    second = min(max(AFTERNOON, start + first + BREAK), LAST_MINUTE)
    return (
        HalfDay(day, Half.MORNING, clock(start), first),
        HalfDay(day, Half.AFTERNOON, clock(second), minutes - first),
    )


def ordered(halves: Iterable[HalfDay]) -> tuple[HalfDay, ...]:
    """Half-days as they follow each other."""
    return tuple(sorted(halves, key=lambda h: (h.day, h.part is Half.AFTERNOON, h.starts_at)))


def of_session(
    held_on: dt.date, begins: str, minutes: int, rows: Iterable[HalfDay] = ()
) -> tuple[HalfDay, ...]:
    """The half-days of a session: those given, or what its block makes."""
    return ordered(rows) or of_block(held_on, begins, minutes)


@dataclass(frozen=True)
class _Block:
    id: int
    held_on: dt.date
    begins: str
    minutes: int


@dataclass(frozen=True)
class _Row:
    session_id: int
    day: dt.date
    part: Half
    begins: str
    minutes: int


@remembered("training_session", "session_half")
def halves(reader: Reader) -> Mapping[int, tuple[HalfDay, ...]]:
    """The half-days of every session, by its id."""
    given: dict[int, list[HalfDay]] = {}
    for row in reader.rows(_Row, "SELECT session_id, day, part, begins, minutes FROM session_half"):
        half = HalfDay(row.day, row.part, row.begins, row.minutes)
        given.setdefault(row.session_id, []).append(half)
    blocks = reader.rows(_Block, "SELECT id, held_on, begins, minutes FROM training_session")
    return {
        one.id: of_session(one.held_on, one.begins, one.minutes, given.get(one.id, ()))
        for one in blocks
    }


def read(work: Work, session_id: int) -> tuple[HalfDay, ...]:
    """The half-days of a session inside a command."""
    session = work.get("training_session", session_id)
    rows = work.select(
        "SELECT day, part, begins, minutes FROM session_half WHERE session_id = ?", session_id
    )
    given = [HalfDay(dt.date.fromisoformat(d), Half(p), b, m) for d, p, b, m in rows]
    return of_session(session.held_on, session.begins, session.minutes, given)
