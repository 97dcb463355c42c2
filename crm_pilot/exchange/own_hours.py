"""Rules that edited calendars and absences must keep: days in order, no circle, some work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_pilot.exchange import tables
from crm_pilot.exchange.own_compare import Part
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.tables import Record
from crm_pilot.i18n import msg
from crm_pilot.planning.calendars import OFFICE_WEEK
from crm_pilot.store.reader import Reader

STRETCHES = ("calendar_exception", "absence")


def check(parts: Sequence[Part], reader: Reader, problems: Problems) -> None:
    """Check the calendars, their exceptions and the absences of a file."""
    for part in parts:
        if part.form.table.table in STRETCHES:
            _check_days(part, problems)
    for part in parts:
        if part.form.table.table == "calendar":
            _check_calendars(part, _worked(parts, reader), problems)


def of_project(parts: Sequence[Part], problems: Problems) -> tuple[int | None, ...]:
    """The calendar that the file makes the project's, None for none; empty when it says nothing
    new. Taken out of the changes."""
    found: tuple[int | None, ...] = ()
    for part in parts:
        if part.form.table.table != "calendar":
            continue
        for entry in part.entries:
            said = entry.changed.pop("of_project", None)
            if said and found not in ((), (None,)):
                message = msg("the project has one calendar only")
                part.wrong(problems, entry, "of_project", message)
            elif said:
                found = (entry.id,)
            elif said is False and not entry.new:
                found = found or (None,)
    return found


def _check_days(part: Part, problems: Problems) -> None:
    final = part.final()
    for entry in part.touched:
        first, last = final[entry.id].get("first"), final[entry.id].get("last")
        if first is not None and last is not None and last < first:
            column = "last" if "last" in entry.changed else "first"
            part.wrong(problems, entry, column, msg("the last day is before the first"))


def _worked(parts: Sequence[Part], reader: Reader) -> set[Any]:
    """Calendars that have a special day on which somebody works."""
    found = [part for part in parts if part.form.table.table == "calendar_exception"]
    rows = (
        [row for part in found for row in part.final().values()]
        if found
        else tables.records(reader, tables.find(["exceptions"])[0])
    )
    return {row.get("calendar_id") for row in rows if row.get("shifts")}


def _check_calendars(part: Part, worked: set[Any], problems: Problems) -> None:
    final = part.final()
    for entry in part.touched:
        chain = _chain(entry.id, final)
        if chain is None:
            part.wrong(problems, entry, "base_id", msg("the calendar would be based on itself"))
            continue
        week = list(OFFICE_WEEK)
        for row in reversed(chain):
            for day, shifts in (row.get("week") or {}).items():
                week[day] = shifts
        if not any(week) and not worked & {row["id"] for row in chain}:
            part.wrong(problems, entry, "week", msg("no day of the week is worked"))


def _chain(key: int, final: dict[int, Record]) -> list[Record] | None:
    """A calendar and those it is based on; None for a circle."""
    found: list[Record] = []
    seen: set[int] = set()
    following: int | None = key
    while following in final:
        if following in seen:
            return None
        seen.add(following)
        found.append(final[following])
        following = final[following].get("base_id")
    return found
