"""The calendar files of a project's training sessions, one a session, at the level asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_pilot.errors import UserError
from crm_pilot.exchange.calendar_names import project_identity
from crm_pilot.exchange.calendar_write import CalendarSession, Invited, calendar_bytes
from crm_pilot.exchange.moments import zone_of
from crm_pilot.exchange.sessions_planned import Block
from crm_pilot.figures_parts import Level
from crm_pilot.folding import folded
from crm_pilot.i18n import N_
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader
from crm_pilot.training.halves import halves


@dataclass(frozen=True)
class CalendarFile:
    """A file to write: its name, and what is in it."""

    session_id: int
    name: str
    content: bytes


def project_zone(reader: Reader) -> ZoneInfo:
    """The project's time zone: its own, else its country's.

    Raises `UserError` for a zone that is not known."""
    name, country = reader.one("SELECT time_zone, country FROM project") or ("", "")
    if not name:
        return zone_of(country)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError(
            N_("“{name}” is no time zone that is known here; write one such as Europe/Paris."),
            name=name,
        ) from error


def session_calendars(
    reader: Reader,
    wanted: Collection[int] | None,
    *,
    language: str,
    level: Level,
    made: dt.datetime,
) -> list[CalendarFile]:
    """A calendar for each session of `wanted` (None: all). Trainees are in it at the lead's own
    level, by name and address. Raises `UserError` for a session that does not exist."""
    found = _sessions(reader, level)
    missing = sorted(set(wanted or ()) - found.keys())
    if missing:
        raise UserError(
            N_("There is no training session No. {number}. Nothing was written."),
            number=missing[0],
        )
    zone = project_zone(reader)
    project = project_identity(str(reader.value("SELECT name FROM project")))
    return [
        CalendarFile(
            key,
            f"{one.blocks[0].day:%Y-%m-%d}-{_slug(one.title)}-{key}.ics",
            calendar_bytes([one], project=project, zone=zone, language=language, made=made),
        )
        for key, one in found.items()
        if wanted is None or key in wanted
    ]


def _sessions(reader: Reader, level: Level) -> dict[int, CalendarSession]:
    parts = halves(reader)
    guests: dict[int, list[Invited]] = {}
    if level == Level.OWN:
        for key, name, email in reader.select(
            f"SELECT t.session_id, {FULL_NAME.format(table='p')}, p.email FROM attendance t"
            " JOIN person p ON p.id = t.person_id WHERE t.presence <> 'excused'"
            " ORDER BY p.last_name COLLATE NOCASE, p.id"
        ):
            guests.setdefault(key, []).append(Invited(name, email))
    rows = reader.select(
        "SELECT s.id, c.title, c.aim, s.place, coalesce(nullif(s.trainer, ''),"
        f" {FULL_NAME.format(table='p')}, '') FROM training_session s"
        " JOIN course c ON c.id = s.course_id LEFT JOIN person p ON p.id = s.trainer_id"
        " ORDER BY s.held_on, s.begins, s.id"
    )
    return {
        key: CalendarSession(
            key,
            title,
            [Block(half.day, half.begins, half.minutes) for half in parts[key]],
            aim,
            place,
            trainer if level == Level.OWN else "",
            guests.get(key, ()),
        )
        for key, title, aim, place, trainer in rows
    }


def _slug(title: str) -> str:
    """A title as part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-")[:40] or "session"
