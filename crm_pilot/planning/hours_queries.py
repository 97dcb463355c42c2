"""Reads of the working hours: calendars with their exceptions, absences, and what a day is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from crm_pilot.people.terms import DayPart
from crm_pilot.planning.calendars import OFFICE_WEEK, read_shifts, read_week
from crm_pilot.planning.engine.worktime import Shifts
from crm_pilot.planning.queries import owners
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered


@dataclass(frozen=True)
class Card:
    """What the project says about hours: minutes of “1 d” and “1 wk”, and its calendar."""

    day_minutes: int
    week_minutes: int
    calendar_id: int | None
    country: str


@dataclass(frozen=True)
class CalendarRow:
    """Working hours: those of seven weekdays (Monday first), and whose public holidays count.

    `own` are the weekdays it says something about itself; the others come from `base_id`, or are
    office hours.
    """

    id: int
    name: str
    base_id: int | None
    country: str
    own: Mapping[int, Shifts]
    week: tuple[Shifts, ...]


@dataclass(frozen=True)
class ExceptionRow:
    """Days of a calendar with other hours; without shifts nobody works."""

    id: int
    calendar_id: int
    name: str
    first: dt.date
    last: dt.date
    shifts: Shifts


@dataclass(frozen=True)
class AbsenceRow:
    """When someone is away; never why."""

    id: int
    person_id: int
    person: str
    first: dt.date
    last: dt.date
    part: DayPart


@dataclass(frozen=True)
class WorkerRow:
    """A person, and how they work: their calendar (None: the project's) and share of full time."""

    id: int
    name: str
    calendar_id: int | None
    units: int
    away: int  # absences from today on


@remembered("project")
def card(reader: Reader) -> Card:
    """What the project says about hours."""
    found = reader.one("SELECT day_minutes, week_minutes, calendar_id, country FROM project")
    assert found is not None
    return Card(*found)


@remembered("calendar")
def calendars(reader: Reader) -> tuple[CalendarRow, ...]:
    """Every calendar by name."""
    rows = reader.select("SELECT id, name, base_id, country, week FROM calendar")
    bases = {key: base for key, _, base, _, _ in rows}
    own = {key: read_week(week, name) for key, name, _, _, week in rows}

    def week_of(key: int) -> tuple[Shifts, ...]:
        chain = [key]
        while (base := bases[chain[-1]]) in bases and base not in chain:
            chain.append(base)
        made = list(OFFICE_WEEK)
        for one in reversed(chain):
            for day, shifts in own[one].items():
                made[day] = shifts
        return tuple(made)

    made = [
        CalendarRow(key, name, base, country, own[key], week_of(key))
        for key, name, base, country, _ in rows
    ]
    return tuple(sorted(made, key=lambda row: row.name.casefold()))


@remembered("calendar_exception", "calendar")
def exceptions(reader: Reader, calendar: int) -> tuple[ExceptionRow, ...]:
    """Days of one calendar with other hours, by date."""
    found = reader.select(
        "SELECT id, calendar_id, name, first, last, shifts FROM calendar_exception"
        " WHERE calendar_id = ? ORDER BY first, id",
        calendar,
    )
    return tuple(
        ExceptionRow(key, of, name, date_from_iso(a), date_from_iso(b), read_shifts(text, name))
        for key, of, name, a, b, text in found
    )


@remembered("absence", "person")
def absences(reader: Reader) -> tuple[AbsenceRow, ...]:
    """Every absence, the latest first day at the end."""
    names = {key: short for key, short, _full in owners(reader)}
    found = reader.select(
        "SELECT id, person_id, first, last, part FROM absence ORDER BY first, last, id"
    )
    return tuple(
        AbsenceRow(
            key, person, names.get(person, ""), date_from_iso(a), date_from_iso(b), DayPart(part)
        )
        for key, person, a, b, part in found
    )


@remembered("absence", "person")
def workers(reader: Reader, today: dt.date) -> tuple[WorkerRow, ...]:
    """Everyone by last name, with how they work."""
    ahead = dict(
        reader.select(
            "SELECT person_id, COUNT(*) FROM absence WHERE last >= ? GROUP BY person_id",
            today.isoformat(),
        )
    )
    found = {
        key: (calendar, units)
        for key, calendar, units in reader.select("SELECT id, calendar_id, units FROM person")
    }
    return tuple(
        WorkerRow(key, full, *found[key], ahead.get(key, 0)) for key, _short, full in owners(reader)
    )


@remembered("project", "person", "task")
def uses(reader: Reader, calendar: int) -> tuple[bool, int, int]:
    """Whether the project works by a calendar, and how many persons and lines do."""
    return (
        card(reader).calendar_id == calendar,
        int(reader.value("SELECT COUNT(*) FROM person WHERE calendar_id = ?", calendar)),
        int(reader.value("SELECT COUNT(*) FROM task WHERE calendar_id = ?", calendar)),
    )
