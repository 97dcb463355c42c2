"""Presence per half-day: the attendance sheet, and how it is typed back in one go.

The half-days of a trainee are written one by one only where they differ: `attendance.presence` is
then their sum, and without such rows it holds for every half-day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import halves as half_days
from crm_pilot.training.halves import HalfDay, Place
from crm_pilot.training.terms import PRESENCES, Half, Presence

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Select = Callable[..., list[tuple[Any, ...]]]


def summed(presences: Iterable[Presence]) -> Presence:
    """The presence of half-days as one: present at one at least; noted once all of them are.

    Without any presence, absent outweighs excused."""
    found = set(presences)
    for one in (Presence.PRESENT, Presence.INVITED, Presence.ABSENT):
        if one in found:
            return one
    return Presence.EXCUSED if found else Presence.INVITED


def spread(
    presence: Presence, rows: Mapping[Place, Presence], halves: Iterable[HalfDay]
) -> tuple[Presence, ...]:
    """The presence on each half-day: as typed for it, else that of the attendance."""
    return tuple(rows.get(half.place, presence) for half in halves)


def followed(presences: Iterable[Presence], halves: Iterable[HalfDay]) -> int:
    """Minutes of the half-days somebody was present at."""
    return sum(
        half.minutes
        for presence, half in zip(presences, halves, strict=True)
        if presence is Presence.PRESENT
    )


@dataclass(frozen=True)
class SheetRow:
    """A trainee of a sheet; `presences` is one a half-day of it, in order; `minutes` followed."""

    id: int  # of the attendance
    person_id: int
    name: str
    department: str | None
    job: str
    presence: Presence
    presences: tuple[Presence, ...]
    minutes: int


@dataclass(frozen=True)
class Sheet:
    """The attendance of a session, by half-day."""

    session_id: int
    halves: tuple[HalfDay, ...] = ()
    rows: tuple[SheetRow, ...] = ()

    def to_type(self, half: HalfDay) -> int:
        """How many trainees of a half-day are still marked as invited."""
        column = self.halves.index(half)
        return sum(1 for row in self.rows if row.presences[column] is Presence.INVITED)


@dataclass(frozen=True)
class Followed:
    """A trainee of a session and the minutes of it they followed."""

    attendance_id: int
    session_id: int
    person_id: int
    presence: Presence
    minutes: int


@dataclass(frozen=True)
class _Trainee:
    id: int
    person_id: int
    name: str
    department: str | None
    job: str
    presence: Presence


@remembered(
    "attendance", "half_presence", "training_session", "session_half", "person", "department"
)
def sheet(reader: Reader, session_id: int) -> Sheet:
    """Who is enrolled in a session and which of its half-days they followed, by family name."""
    halves = half_days.halves(reader).get(session_id, ())
    typed = _typed(reader.select, "SELECT id FROM attendance WHERE session_id = ?", session_id)
    rows = reader.rows(
        _Trainee,
        f"SELECT t.id, p.id, {FULL_NAME.format(table='p')}, d.name, p.job, t.presence"
        " FROM attendance t JOIN person p ON p.id = t.person_id"
        " LEFT JOIN department d ON d.id = p.department_id WHERE t.session_id = ?"
        " ORDER BY p.last_name COLLATE NOCASE, p.first_name COLLATE NOCASE, p.id",
        session_id,
    )
    return Sheet(session_id, halves, tuple(_sheet_row(row, typed, halves) for row in rows))


def _sheet_row(
    row: _Trainee, typed: Mapping[int, Mapping[Place, Presence]], halves: tuple[HalfDay, ...]
) -> SheetRow:
    presences = spread(row.presence, typed.get(row.id, {}), halves)
    return SheetRow(
        row.id,
        row.person_id,
        row.name,
        row.department,
        row.job,
        row.presence,
        presences,
        followed(presences, halves),
    )


@remembered("attendance", "half_presence", "training_session", "session_half")
def minutes(reader: Reader) -> tuple[Followed, ...]:
    """Every attendance and the minutes followed: those of its half-days with a presence."""
    halves = half_days.halves(reader)
    whole = {key: sum(half.minutes for half in some) for key, some in halves.items()}
    typed = _typed(reader.select, "SELECT id FROM attendance")
    made = []
    for key, session, person, word in reader.select(
        "SELECT id, session_id, person_id, presence FROM attendance"
    ):
        presence, rows = _PRESENCES[word], typed.get(key)
        count = whole[session] if presence is Presence.PRESENT else 0
        if rows:
            count = followed(spread(presence, rows, halves[session]), halves[session])
        made.append(Followed(key, session, person, presence, count))
    return tuple(made)


_PRESENCES = {one.value: one for one in Presence}  # an Enum call is slow


def _typed(select: Select, wanted: str, *params: Any) -> dict[int, dict[Place, Presence]]:
    """What was typed half-day by half-day, of the attendances a query of ids tells."""
    made: dict[int, dict[Place, Presence]] = {}
    for key, day, part, presence in select(
        "SELECT attendance_id, day, part, presence FROM half_presence"
        f" WHERE attendance_id IN ({wanted})",
        *params,
    ):
        place = dt.date.fromisoformat(day), Half(part)
        made.setdefault(key, {})[place] = Presence(presence)
    return made


# edits -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SetHalfPresence:
    """Write the presence of trainees on one half-day, by attendance id."""

    attendance_ids: tuple[int, ...]
    day: dt.date
    part: Half
    presence: Presence

    @property
    def label(self) -> Message:
        return nmsg(
            "Note {n} trainee as {presence}",
            "Note {n} trainees as {presence}",
            len(self.attendance_ids),
            presence=Message(PRESENCES[self.presence]),
        )

    def apply(self, work: Work) -> None:
        for key in self.attendance_ids:
            session = work.get("attendance", key).session_id
            halves = _halves_with(work, session, self.day, self.part)
            write(work, key, halves, {(self.day, self.part): self.presence})


@dataclass(frozen=True)
class TypeSheet:
    """Type the sheet of one half-day back: everyone came but these, by attendance id.

    Without `excused_ids` who was excused beforehand stays so. The result is how many came."""

    session_id: int
    day: dt.date
    part: Half
    absent_ids: tuple[int, ...] = ()
    excused_ids: tuple[int, ...] | None = None

    @property
    def label(self) -> Message:
        return msg("Type the attendance sheet of {date}", date=self.day)

    def apply(self, work: Work) -> int:
        halves = _halves_with(work, self.session_id, self.day, self.part)
        place = self.day, self.part
        came = 0
        for key, known in presences(work, self.session_id, halves).items():
            presence = self._of(key, known[place])
            came += presence is Presence.PRESENT
            write(work, key, halves, {place: presence})
        return came

    def _of(self, key: int, known: Presence) -> Presence:
        if key in self.absent_ids:
            return Presence.ABSENT
        stays = known is Presence.EXCUSED and self.excused_ids is None
        return Presence.EXCUSED if stays or key in (self.excused_ids or ()) else Presence.PRESENT


def presences(
    work: Work, session_id: int, halves: tuple[HalfDay, ...]
) -> dict[int, dict[Place, Presence]]:
    """The presence on each half-day of a session, by attendance id."""
    typed = _typed(work.select, "SELECT id FROM attendance WHERE session_id = ?", session_id)
    return {
        key: {half.place: typed.get(key, {}).get(half.place, Presence(word)) for half in halves}
        for key, word in work.select(
            "SELECT id, presence FROM attendance WHERE session_id = ? ORDER BY id", session_id
        )
    }


def write(
    work: Work, key: int, halves: tuple[HalfDay, ...], changes: Mapping[Place, Presence]
) -> None:
    """Write presences of half-days of an attendance, and their sum."""
    known = _typed(work.select, "?", key).get(key, {})
    usual = Presence(work.get("attendance", key).presence)
    found = {half.place: known.get(half.place, usual) for half in halves} | dict(changes)
    restore(work, key, found)


def write_all(work: Work, key: int, presence: Presence) -> None:
    """Write one presence for every half-day of an attendance."""
    _store(work, key, {}, presence)


def restore(work: Work, key: int, found: Mapping[Place, Presence]) -> None:
    """Write the presence of every half-day of an attendance, and their sum."""
    _store(work, key, found, summed(found.values()))


def _store(work: Work, key: int, found: Mapping[Place, Presence], total: Presence) -> None:
    """Leave rows of half-days only where they differ."""
    for (row,) in work.select("SELECT id FROM half_presence WHERE attendance_id = ?", key):
        work.remove("half_presence", row)
    if work.get("attendance", key).presence != total:
        work.set("attendance", key, presence=total)
    if len(set(found.values())) > 1:
        work.insert_many(
            "half_presence",
            [
                {"attendance_id": key, "day": day, "part": part, "presence": one}
                for (day, part), one in found.items()
            ],
        )


def _halves_with(work: Work, session: int, day: dt.date, part: Half) -> tuple[HalfDay, ...]:
    """The half-days of a session, the one that is meant among them."""
    halves = half_days.read(work, session)
    if (day, part) not in {half.place for half in halves}:
        raise UserError(
            N_("This session has no half-day on {date} {when}. Nothing was changed."),
            date=day,
            when=Message(half_days.WHEN[part]),
        )
    return halves
