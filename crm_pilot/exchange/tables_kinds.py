"""Kinds of columns whose cells are not what the database has: durations, links, times, hours.

A record holds the value that people mean (`Length`, `Wait`s, shifts); here it is made from what
is stored, written as text, and taken apart again to be stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_pilot.exchange.hours_text import clock, write_day, write_hours
from crm_pilot.planning.calendars import read_shifts, read_week, write_shifts, write_week
from crm_pilot.planning.durations import format_duration
from crm_pilot.planning.predecessors import format_waits
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.exchange.tables import TableColumn
    from crm_pilot.store.reader import Reader


class Length(NamedTuple):
    """A duration: minutes of work, or of the clock when `elapsed`."""

    minutes: int
    elapsed: bool = False


@dataclass(frozen=True)
class Lengths:
    """How long a day and a week of work are in the project, in minutes."""

    day: int
    week: int


def lengths(reader: Reader) -> Lengths:
    """Those of the project's card."""
    found = reader.one("SELECT day_minutes, week_minutes FROM project")
    return Lengths(*(found or (480, 2400)))


# as stored → as meant -------------------------------------------------------------------------


CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "date": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
    "when": dt.datetime.fromisoformat,
    "truth": bool,
    "week": lambda text: dict(sorted(read_week(text, "").items())),
    "hours": lambda text: read_shifts(text, ""),
}


def joined(column: TableColumn, record: dict[str, Any]) -> None:
    """Take the column beside another into its value."""
    beside = record.pop(column.beside)
    value = record[column.column]
    record[column.column] = None if value is None else Length(value, bool(beside))


# as meant → as stored -------------------------------------------------------------------------


def stored(columns: tuple[TableColumn, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row as the database wants them."""
    made = dict(values)
    for column in columns:
        if column.column not in made:
            continue
        value = made[column.column]
        if column.kind == "duration":
            made[column.column] = None if value is None else value.minutes
            made[column.beside] = value is not None and value.elapsed
        elif column.kind == "week":
            made[column.column] = write_week(value)
        elif column.kind == "hours":
            made[column.column] = write_shifts(value)
    return made


# as meant → as text ---------------------------------------------------------------------------


def text_of(kind: str, language: str, units: Lengths) -> Callable[[Any], Any] | None:
    """How the values of a kind are written; None for the other kinds. An empty value stays."""
    make: dict[str, Callable[[Any], Any]] = {
        "duration": lambda value: format_duration(
            value.minutes, language, units.day, value.elapsed
        ),
        "work": lambda value: format_duration(value, language, units.day),
        "links": lambda value: format_waits(value, str, language, units.day),
        "minute": clock,
        "when": _midnight,
        "week": lambda value: write_hours(value, language),
        "hours": write_day,
    }
    found = make.get(kind)
    return None if found is None else lambda value: None if value is None else found(value) or None


def _midnight(value: dt.datetime) -> Any:
    """A moment; at midnight as text, since spreadsheets take that for a day without a time."""
    return value if value.time() != dt.time() else value.isoformat(" ", "minutes")
