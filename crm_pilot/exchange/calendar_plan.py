"""What a calendar would bring: sessions that are new or moved, and who is invited."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from pathlib import Path

from crm_pilot import formats
from crm_pilot.exchange import sessions_planned
from crm_pilot.exchange.calendar_names import project_identity
from crm_pilot.exchange.calendar_read import read_calendar
from crm_pilot.exchange.columns import Setting
from crm_pilot.exchange.plan import (
    PREVIEW,
    Changes,
    Field,
    ImportPlan,
    Problems,
    Understood,
    Watch,
)
from crm_pilot.exchange.sessions_planned import Planned
from crm_pilot.i18n import Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

KIND = "calendar"
TITLES = (msg("Course"), msg("Date"), msg("Begins at"), msg("Minutes"), msg("Place"))


@dataclass(frozen=True)
class CalendarFormat:
    """An iCalendar file, as the wizard lists it."""

    name: str = "icalendar"
    kind: str = KIND
    title: Message = field(default_factory=lambda: msg("iCalendar"))
    fields: tuple[Field, ...] = ()
    marks: frozenset[str] = frozenset()


FORMAT = CalendarFormat()


def plan(path: Path, reader: Reader, setting: Setting, watch: Watch) -> ImportPlan:
    """Read and check a calendar. Raises `UserError` for what is none, and `Cancelled`."""
    problems = Problems()
    titles = [course.title for course in sessions_planned.courses(reader).values()]
    name = str(reader.value("SELECT name FROM project"))
    found = read_calendar(path, titles, project_identity(name), setting.zone, problems, watch)
    changes = Changes({}, msg("Import"), None)
    if not found.sessions and not problems.errors:
        problems.error(0, "", "", _none(found.events, found.cancelled, titles))
    if not problems.errors:
        imported = dt.datetime.combine(
            setting.today, dt.datetime.now().time().replace(microsecond=0)
        )
        changes = sessions_planned.compare(
            found.sessions, path.name, KIND, found.events, reader, problems, imported
        )
        counts = {
            **changes.counts,
            "left_out": found.left_out,
            "cancelled": found.cancelled,
        }
        changes = Changes(counts, changes.label, changes.command)
    return ImportPlan(
        kind=KIND,
        importer=FORMAT.name,
        title=FORMAT.title,
        source=path.name,
        fields=(),
        headers=(),
        mapping={},
        signature=f"{KIND}:{FORMAT.name}",
        understood=Understood("utf-8", "", "", 0, found.events),
        summary=sessions_planned.summary(changes.counts) if changes.counts else (),
        problems=problems.shown,
        errors=problems.errors,
        warnings=problems.warnings,
        preview_titles=TITLES,
        preview=tuple(_preview(one, setting.language) for one in found.sessions[:PREVIEW]),
        changes=changes,
    )


def _none(events: int, cancelled: int, titles: list[str]) -> Message:
    if not titles:
        return msg("the project has no course yet: add the courses first, then their calendar")
    if events and cancelled == events:
        return msg("every event of this calendar is cancelled")
    return msg(
        "no event names a course of the project; its courses: {courses}",
        courses=", ".join(titles[:8]),
    )


def _preview(one: Planned, language: str) -> tuple[str, ...]:
    first = min(one.blocks, key=lambda block: (block.day, block.begins))
    minutes = sum(block.minutes for block in one.blocks)
    day = formats.day(first.day, language, year=True)
    return one.course, day, first.begins, str(minutes), one.place or ""
