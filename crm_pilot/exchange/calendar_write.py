"""Writes training sessions as iCalendar files (RFC 5545), one file a session, with its time zone.

Every half-day is an event of its own, so that a lunch break stays free. Events keep their identity
from file to file: importing a later one updates them. Trainees are named at the lead's own level
only, for whom sends the invitations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from crm_pilot import __version__
from crm_pilot.exchange.calendar_names import session_uid
from crm_pilot.exchange.sessions_planned import Block
from crm_pilot.i18n import Translator
from crm_pilot.records import dataclass

REMINDER = dt.timedelta(days=-1)


@dataclass(frozen=True)
class Invited:
    """A trainee; without an address nobody can be invited."""

    name: str
    email: str


@dataclass(frozen=True)
class CalendarSession:
    """What a calendar says of a session."""

    id: int
    title: str
    blocks: Sequence[Block]
    aim: str = ""
    place: str = ""
    trainer: str = ""
    invited: Sequence[Invited] = ()


def calendar_bytes(
    sessions: Iterable[CalendarSession],
    *,
    project: str,
    zone: ZoneInfo,
    language: str,
    made: dt.datetime,
) -> bytes:
    """A calendar of one or several sessions. `project` is its identity, `made` the moment of the
    export (aware)."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", f"-//CRM Pilot//CRM Pilot {__version__}//{language.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    words = Translator(language)
    for session in sessions:
        blocks = sorted(session.blocks, key=lambda block: (block.day, block.begins))
        for number, block in enumerate(blocks, 1):
            uid = session_uid(session.id, number, project)
            calendar.add_component(_event(session, block, uid, zone, words, made))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(
    session: CalendarSession,
    block: Block,
    uid: str,
    zone: ZoneInfo,
    words: Translator,
    made: dt.datetime,
) -> Any:
    from icalendar import Alarm, Event, vCalAddress, vText

    clock = dt.time.fromisoformat(block.begins)
    begin = dt.datetime.combine(block.day, clock, zone)
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", made.astimezone(dt.UTC))
    event.add("DTSTART", begin)
    # in wall-clock time: a session that spans the change of the clocks keeps its length on paper
    event.add("DTEND", begin + dt.timedelta(minutes=block.minutes))
    event.add("SUMMARY", session.title)
    if session.place:
        event.add("LOCATION", session.place)
    told = [session.aim] if session.aim else []
    if session.trainer:
        told.append(words.tr("Trainer: {name}", name=session.trainer))
    if told:
        event.add("DESCRIPTION", "\n\n".join(told))
    event.add("CATEGORIES", [words.tr("Training")])
    for one in session.invited:
        if one.email:
            address = vCalAddress(f"mailto:{one.email}")
            address.params["CN"] = vText(one.name)
            address.params["ROLE"] = vText("REQ-PARTICIPANT")
            address.params["PARTSTAT"] = vText("NEEDS-ACTION")
            address.params["RSVP"] = vText("TRUE")
            event.add("ATTENDEE", address, encode=False)
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", session.title)
    alarm.add("TRIGGER", REMINDER)
    event.add_component(alarm)
    return event
