"""Reads training sessions from an iCalendar file (RFC 5545): Outlook, Google, Thunderbird, ours.

An event counts when it names a course of the project, or when this program wrote it; the rest of a
calendar is nobody's business and is only counted. Clocks become those of the project's time zone.
Recurring events are one session an occurrence. The library reads the format; what it cannot read
is told, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crm_pilot.errors import UserError
from crm_pilot.exchange.calendar_names import own_session
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.sessions_planned import Block, Guest, Planned
from crm_pilot.i18n import N_, msg
from crm_pilot.records import dataclass
from crm_pilot.training.halves import BREAK, LONG, clock
from crm_pilot.training.terms import Presence

LARGEST = 20_000_000  # bytes; a calendar of ten years is a tenth of it
OCCURRENCES = 200  # of one recurring event
HORIZON = dt.timedelta(days=2 * 366)  # how far a recurrence is followed
WHOLE_DAY = (("09:00", 210), ("13:30", 210))  # half-days of an event without hours
BROKEN = N_(
    "“{name}” is not a calendar that can be read ({reason}). Nothing was imported; export the"
    " calendar again as an .ics file."
)
NO_EVENTS = N_(
    "“{name}” holds no calendar event. Nothing was imported; export the calendar again as an .ics"
    " file."
)


@dataclass
class Read:
    """The sessions of a calendar, and how many events it had."""

    events: int = 0
    left_out: int = 0
    cancelled: int = 0
    sessions: list[Planned] = field(default_factory=list)


def looks_like_calendar(path: Path) -> bool:
    """Whether a file is an iCalendar file by its name or first line."""
    if path.suffix.casefold() in (".ics", ".ical", ".ifb", ".vcs"):
        return True
    with path.open("rb") as handle:
        return b"BEGIN:VCALENDAR" in handle.read(64).upper()


def read_calendar(
    path: Path,
    titles: Iterable[str],
    project: str,
    zone: ZoneInfo,
    problems: Problems,
    watch: Watch,
) -> Read:
    """Sessions of a calendar. `titles` are the courses of the project, `project` its identity in
    what it writes. Raises `UserError` for a file that is no calendar."""
    events = _events(path)
    if not events:
        raise UserError(NO_EVENTS, name=path.name)
    by_name = {normal(title): title for title in titles if normal(title)}
    found = Read(events=len(events))
    parts: dict[int, Planned] = {}
    for count, event in enumerate(events):
        watch.at(count, len(events))
        title = _course_of(event, by_name)
        number = _own_number(event, project)
        if not title and number is None:
            found.left_out += 1
        elif str(event.get("STATUS", "")).upper() == "CANCELLED":
            found.cancelled += 1
        else:
            _take(event, title, number, zone, problems, found, parts)
    return found


# reading the format --------------------------------------------------------------------------


def _events(path: Path) -> list[Any]:
    from icalendar import Calendar

    size = path.stat().st_size
    if size > LARGEST:
        raise UserError(BROKEN, name=path.name, reason=msg("{n} bytes are too many", n=size))
    data = path.read_bytes()
    try:
        calendars = Calendar.from_ical(data.replace(b"\0", b""), multiple=True)
        return [part for one in calendars for part in one.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        # the library's parsers raise any of these on damaged files
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise UserError(BROKEN, name=path.name, reason=reason) from error


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0]
    return " ".join(str(value).split()) if value is not None else ""


def _course_of(event: Any, by_name: dict[str, str]) -> str:
    """The course an event names: the longest title found in its summary; empty for none."""
    said = f" {normal(_text(event, 'SUMMARY'))} "
    found = [name for name in by_name if f" {name} " in said]
    return by_name[max(found, key=len)] if found else ""


def _own_number(event: Any, project: str) -> int | None:
    return own_session(_text(event, "UID"), project)


# events as sessions --------------------------------------------------------------------------


def _take(
    event: Any,
    title: str,
    number: int | None,
    zone: ZoneInfo,
    problems: Problems,
    found: Read,
    parts: dict[int, Planned],
) -> None:
    """Note the sessions of one event; the events of one session of ours are its half-days."""
    if "DTSTART" not in event:
        problems.error(0, "DTSTART", _text(event, "SUMMARY"), msg("the event has no begin"))
        return
    try:
        starts = list(_starts(event))
        length = _length(event)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        reason = " ".join(str(error).split())[:120]
        problems.error(
            0,
            "DTSTART",
            _text(event, "SUMMARY"),
            msg("the event has no time that can be read ({reason})", reason=reason),
        )
        return
    if length is not None and length < dt.timedelta(0):
        problems.error(0, "DTEND", _text(event, "SUMMARY"), msg("the event ends before it begins"))
        return
    for start in starts:
        blocks = _blocks(start, length, zone)
        known = parts.get(number) if number is not None else None
        known = known or _same_day(found.sessions, title, blocks)
        if known is not None:
            _join(known, blocks, problems)
            continue
        one = Planned(
            course=title or _text(event, "SUMMARY"),
            blocks=blocks,
            number=number if len(starts) == 1 else None,
            place=_text(event, "LOCATION") or None,
            guests=list(_guests(event)),
        )
        found.sessions.append(one)
        if number is not None:
            parts[number] = one


def _same_day(sessions: list[Planned], title: str, blocks: list[Block]) -> Planned | None:
    """A session of the same course on that day: morning and afternoon may be two events."""
    days = {block.day for block in blocks}
    for one in sessions:
        if title and one.course == title and days & {block.day for block in one.blocks}:
            return one
    return None


def _join(known: Planned, blocks: list[Block], problems: Problems) -> None:
    taken = {(block.day, block.part) for block in known.blocks}
    for block in blocks:
        if (block.day, block.part) in taken:
            problems.warn(
                0,
                "DTSTART",
                f"{block.day} {block.begins}",
                msg("another session of “{course}” on that half-day: left out",
                    course=known.course),
            )  # fmt: skip
        else:
            known.blocks.append(block)


def _starts(event: Any) -> Iterator[dt.date]:
    """When an event begins, once or by its recurrence."""
    start = event.decoded("DTSTART")
    rules = event.get("RRULE")
    if not rules:
        yield start
        return
    from dateutil.rrule import rrulestr

    rule = rules[0] if isinstance(rules, list) else rules
    text = rule.to_ical().decode()
    begin = start if isinstance(start, dt.datetime) else dt.datetime.combine(start, dt.time())
    naive = begin.replace(tzinfo=None)
    # the end of a rule is told in UTC; days are all that is compared here
    text = re.sub(r"(UNTIL=\d{8})(T\d{6}Z?)?", r"\1T235959", text)
    left_out = {_naive(day) for day in _exceptions(event)}
    for count, moment in enumerate(rrulestr(text, dtstart=naive)):
        if count >= OCCURRENCES or moment > naive + HORIZON:
            return
        if moment not in left_out:
            yield (
                moment.replace(tzinfo=begin.tzinfo)
                if isinstance(start, dt.datetime)
                else (moment.date())
            )


def _exceptions(event: Any) -> Iterator[dt.date]:
    listed = event.get("EXDATE", [])
    for group in listed if isinstance(listed, list) else [listed]:
        yield from (one.dt for one in getattr(group, "dts", ()))


def _naive(day: dt.date) -> dt.datetime:
    if isinstance(day, dt.datetime):
        return day.replace(tzinfo=None)
    return dt.datetime.combine(day, dt.time())


def _length(event: Any) -> dt.timedelta | None:
    """How long an event lasts; None: whole days, or it does not say."""
    start = event.decoded("DTSTART")
    if "DTEND" in event:
        end = event.decoded("DTEND")
        if isinstance(start, dt.datetime) != isinstance(end, dt.datetime):
            return None  # one is a day, the other a moment: the length is not known
        if isinstance(start, dt.datetime) and (start.tzinfo is None) != (end.tzinfo is None):
            end = end.replace(tzinfo=start.tzinfo)
        return end - start  # type: ignore[no-any-return]
    if "DURATION" in event:
        return event.decoded("DURATION")  # type: ignore[no-any-return]
    return None


def _blocks(start: dt.date, length: dt.timedelta | None, zone: ZoneInfo) -> list[Block]:
    """Half-days of an event, in the project's time zone."""
    if not isinstance(start, dt.datetime):
        days = max(1, (length or dt.timedelta(days=1)).days)
        return [
            Block(start + dt.timedelta(days=n), begins, minutes)
            for n in range(min(days, 31))
            for begins, minutes in WHOLE_DAY
        ]
    begin = start.astimezone(zone) if start.tzinfo is not None else start
    minutes = round((length or dt.timedelta(hours=1)).total_seconds() / 60)
    same_day = begin + dt.timedelta(minutes=minutes) <= dt.datetime.combine(
        begin.date() + dt.timedelta(days=1), dt.time(), begin.tzinfo
    )
    if same_day:
        return _day(begin.date(), begin.hour * 60 + begin.minute, max(minutes, 1))
    return _several_days(begin, minutes)


def _day(day: dt.date, start: int, minutes: int) -> list[Block]:
    """An event within a day; a long one over noon has a break of an hour in its middle."""
    one = Block(day, clock(start), minutes)
    if minutes <= LONG:
        return [one]
    first = (minutes - BREAK + 1) // 2
    both = [
        Block(day, clock(start), first),
        Block(day, clock(start + first + BREAK), minutes - BREAK - first),
    ]
    return both if both[0].part is not both[1].part else [one]


def _several_days(begin: dt.datetime, minutes: int) -> list[Block]:
    """An event over several days is held on each from the clock it begins to that it ends at."""
    end = begin + dt.timedelta(minutes=minutes)
    each = (end.hour * 60 + end.minute) - (begin.hour * 60 + begin.minute)
    days = (end.date() - begin.date()).days
    if each <= 0 or days > 31:
        return [Block(begin.date(), f"{begin:%H:%M}", min(minutes, 12 * 60))]
    start = begin.hour * 60 + begin.minute
    return [
        block
        for n in range(days + 1)
        for block in _day(begin.date() + dt.timedelta(days=n), start, each)
    ]


def _guests(event: Any) -> Iterator[Guest]:
    """Attendees who are persons and take part."""
    listed = event.get("ATTENDEE", [])
    for one in listed if isinstance(listed, list) else [listed]:
        params = getattr(one, "params", {})
        if str(params.get("CUTYPE", "INDIVIDUAL")).upper() not in ("INDIVIDUAL", "UNKNOWN"):
            continue
        address = str(one).strip()
        email = address[7:] if address.lower().startswith("mailto:") else ""
        name = str(params.get("CN", "")).strip()
        if not (email or name):
            continue
        declined = str(params.get("PARTSTAT", "")).upper() == "DECLINED"
        yield Guest(email, name, Presence.EXCUSED if declined else Presence.INVITED)
