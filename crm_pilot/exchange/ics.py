"""Writes the plan as an iCalendar file (RFC 5545), for Outlook, Google Calendar and Thunderbird.

Every dated task and milestone is an event of whole days; its end is the day after the last one, as
the format wants it. To-dos (VTODO) are left out: Google Calendar drops them, Outlook opens them one
by one. Events keep their identity from export to export, so that an import again updates them.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping

from crm_pilot import __version__
from crm_pilot.i18n import Translator
from crm_pilot.planning.terms import KINDS, PILLARS, Pillar, TaskKind
from crm_pilot.records import dataclass

LONGEST = 75  # octets of a line, the break not counted
DAY = dt.timedelta(days=1)
_ESCAPED = re.compile(r"[\\;,]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_SPACE = uuid.UUID("6f9b3f0e-6f6e-4d0e-8d8e-3d1c1c1b7c55")  # of the identities made here


@dataclass(frozen=True)
class Event:
    """A line of the plan as an event; both days included."""

    key: int
    title: str
    kind: TaskKind
    pillar: Pillar
    first: dt.date
    last: dt.date
    percent: int
    above: str = ""  # titles of the phases that hold it
    owner: str = ""
    note: str = ""


def calendar_text(
    name: str, events: Iterable[Event], *, language: str, made: dt.datetime, confidential: bool
) -> str:
    """The whole file, lines ended and folded. `made` is the moment of the export."""
    words = Translator(language)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//CRM Pilot//CRM Pilot {__version__}//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _event(event, name, words, made, confidential=confidential)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines)


def _event(
    event: Event, project: str, words: Translator, made: dt.datetime, *, confidential: bool
) -> Iterator[str]:
    stamp = made.astimezone(dt.UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:{identity(project, event.key)}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last + DAY:%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    names = (words.tr(PILLARS[event.pillar]), words.tr(KINDS[event.kind]))
    yield f"CATEGORIES:{','.join(escaped(name) for name in names)}"
    yield f"DESCRIPTION:{escaped(_description(event, words))}"
    if confidential:
        yield "CLASS:CONFIDENTIAL"
    yield "TRANSP:TRANSPARENT"  # nobody is busy because of it
    yield "END:VEVENT"


def _description(event: Event, words: Translator) -> str:
    parts: Mapping[str, str] = {
        words.tr("Phase"): event.above,
        words.tr("Owner"): event.owner,
        words.tr("Done"): "" if event.kind is TaskKind.MILESTONE else f"{event.percent} %",
    }
    told = [words.tr("{name}: {value}", name=k, value=v) for k, v in parts.items() if v]
    return "\n".join([*told, *([event.note] if event.note else [])])


def identity(project: str, key: int) -> str:
    """The identity of an event: the same in every export of a project of this name."""
    return f"{uuid.uuid5(_SPACE, f'{project}/{key}')}@crm-pilot"


def escaped(text: str) -> str:
    """A text as a value: breaks, commas, semicolons and backslashes escaped."""
    plain = _ESCAPED.sub(lambda found: "\\" + found[0], text)
    return _FORBIDDEN.sub("", _BREAK.sub(r"\\n", plain))


def folded(line: str) -> str:
    """A line of at most 75 octets, going on in lines that begin with a space."""
    pieces: list[str] = []
    piece, length = "", 0
    for character in line:
        size = len(character.encode("utf-8"))
        if length + size > LONGEST:
            pieces.append(piece)
            piece, length = "", 1  # the space that begins the next line
        piece += character
        length += size
    return "\r\n ".join([*pieces, piece]) + "\r\n"
