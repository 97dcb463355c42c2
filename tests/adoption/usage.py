"""A small company whose use is told person by person, and a second way to its figures: sets of
days, counted one by one."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from crm_pilot.adoption import facts
from crm_pilot.i18n import Message, msg
from crm_pilot.people.calendar import public_holidays

D = dt.date
PROFILES = {1: ("Desk", 4, 5), 2: ("Field", 2, 4), 3: ("Robot", 0, 0)}  # the third not measured
DEPARTMENTS = {1: ("North", 1), 2: ("South", 1), 3: ("Sea", 2)}  # with their wave
PART_TIME = 1  # the calendar of those who do not work on Wednesdays
GO_LIVES = {1: D(2026, 9, 7), 2: D(2027, 1, 12)}
Away = tuple[dt.date, dt.date, str]
Act = tuple[dt.date, str, int, int]


@dataclass(frozen=True)
class Someone:
    """A person with an account. `logins` and `actions` are lists of batches."""

    department: int | None = 1
    profile: int | None = 1
    opened: dt.date | None = None
    closed: dt.date | None = None
    part_time: bool = False
    away: tuple[Away, ...] = ()
    logins: tuple[tuple[dt.date, ...], ...] = ()
    actions: tuple[tuple[Act, ...], ...] = ()

    def login_days(self) -> set[dt.date]:
        """Every day of any batch, once."""
        return {day for batch in self.logins for day in batch}

    def open_on(self, day: dt.date) -> bool:
        """Whether the account is open."""
        return (self.opened or day) <= day and (self.closed is None or day < self.closed)

    def works(self, day: dt.date) -> float:
        """How much of a day this person works while the account is open: 0, a half, or 1."""
        off = day.weekday() > 4 or (self.part_time and day.weekday() == 2)
        if off or day in public_holidays("FR", day.year) or not self.open_on(day):
            return 0.0
        gone = {part for first, last, part in self.away if first <= day <= last}
        if "day" in gone or {"morning", "afternoon"} <= gone:
            return 0.0
        return 0.5 if gone else 1.0

    def working_days(self, first: dt.date, last: dt.date) -> float:
        """The same over a stretch of days."""
        return sum(self.works(day) for day in span(first, last))

    def counts(self, first: dt.date, last: dt.date) -> dict[str, tuple[int, int]]:
        """Records by object; a day of two batches once, with the larger count of the two."""
        days: dict[tuple[dt.date, str], tuple[int, int]] = {}
        for batch in self.actions:
            here: dict[tuple[dt.date, str], tuple[int, int]] = {}
            for day, thing, created, updated in batch:
                had = here.get((day, thing), (0, 0))
                here[day, thing] = (had[0] + created, had[1] + updated)
            for key, (created, updated) in here.items():
                had = days.get(key, (0, 0))
                days[key] = (max(had[0], created), max(had[1], updated))
        found: dict[str, tuple[int, int]] = {}
        for (day, thing), (created, updated) in days.items():
            if first <= day <= last:
                had = found.get(thing, (0, 0))
                found[thing] = (had[0] + created, had[1] + updated)
        return found

    def acted_days(self) -> set[dt.date]:
        """Days on which anything was created or updated."""
        return {day for batch in self.actions for day, _, made, done in batch if made or done}


def span(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day from `first` to `last`."""
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


@dataclass(frozen=True)
class Company:
    """Fill a project with everybody; the n-th of `people` has account and person n."""

    people: tuple[Someone, ...] = ()
    departments: dict[int, tuple[str, int]] = field(default_factory=lambda: DEPARTMENTS)

    @property
    def label(self) -> Message:
        return msg("Fill")

    def apply(self, work: Any) -> None:
        for key, day in GO_LIVES.items():
            row = {"title": f"Go {key}", "kind": "milestone", "start": day, "finish": day}
            work.add("task", id=key, **row)
            work.add("wave", id=key, name=f"Wave {key}", position=key, milestone_id=key)
        for key, (name, wave) in self.departments.items():
            work.add("department", id=key, name=name, wave_id=wave, position=key)
        for key, (name, low, high) in PROFILES.items():
            row = {"expected_low": low, "expected_high": high, "measured": key != 3}
            work.add("profile", id=key, name=name, **row)
        week = json.dumps({"2": []})
        work.add("calendar", id=PART_TIME, name="Part-time", country="FR", week=week)
        for key, one in enumerate(self.people, 1):
            self._person(work, key, one)
        self._facts(work)

    def _person(self, work: Any, key: int, one: Someone) -> None:
        calendar = PART_TIME if one.part_time else None
        values = {"last_name": f"P{key:02d}", "department_id": one.department}
        work.add("person", id=key, calendar_id=calendar, **values)
        work.add(
            "account",
            id=key,
            external_id=f"U{key}",
            person_id=key,
            profile_id=one.profile,
            opened_on=one.opened,
            closed_on=one.closed,
        )
        for first, last, part in one.away:
            work.add("absence", person_id=key, first=first, last=last, part=part)

    def _facts(self, work: Any) -> None:
        for kind in ("logins", "actions"):
            for number in range(max((len(getattr(one, kind)) for one in self.people), default=0)):
                rows = [
                    (key, *(row if kind == "actions" else (row,)))
                    for key, one in enumerate(self.people, 1)
                    for row in (*getattr(one, kind), *((),) * (number + 1))[number]
                ]
                moment = dt.datetime(2026, 11, 20, 8)
                key = facts.next_batch(work)
                work.add("import_batch", id=key, kind=kind, imported_at=moment)
                facts.write(work, key, **{kind: rows})
