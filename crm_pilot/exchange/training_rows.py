"""Reads lists of trainings: who followed what on which day, for how long, present or not."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from crm_pilot.exchange.columns import Cells, Setting
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.exchange.training_formats import (
    CODES,
    JOINED,
    MEETING_TITLES,
    ORGANISERS,
    PRESENCES,
    TrainingFormat,
)
from crm_pilot.i18n import msg
from crm_pilot.training.terms import Presence

DATES = ("held_on", "moment", "left")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_UNITS = re.compile(
    r"(?:(\d{1,3}) ?(?:h|hr|heures?|hours?) ?)?(?:(\d{1,4}) ?(?:m|min|mn|minutes?)? ?)?"
    r"(?:\d{1,2} ?(?:s|sec|secondes?|seconds?))?",
    re.IGNORECASE,
)
LONGEST = 24 * 60 * 31  # minutes; more is a slip


@dataclass(frozen=True)
class Who:
    """A person as the file names them."""

    line: int
    external_id: str = ""
    email: str = ""
    name: str = ""
    first_name: str = ""


@dataclass
class Session:
    """A course on a day, and who was in it."""

    course: str
    held_on: dt.date
    line: int
    minutes: Counter[int] = field(default_factory=Counter)
    begins: str = "09:00"
    place: str = ""
    trainer: str = ""
    who: list[tuple[Who, Presence]] = field(default_factory=list)


@dataclass
class Found:
    """Every session of a file."""

    sessions: dict[tuple[str, dt.date], Session] = field(default_factory=dict)
    rows: int = 0
    told: bool = False  # the file says who was present
    organisers: list[str] = field(default_factory=list)


def read_trainings(
    form: TrainingFormat,
    table: Table,
    cells: Cells,
    setting: Setting,
    problems: Problems,
    watch: Watch,
    forced: str,
) -> Found:
    """Every session of a table."""
    cells.decide_dates(DATES, setting, forced=forced)
    if form.meeting:
        return _Meeting(table, cells, problems).read(watch)
    header = cells.mapping.get("course", "")
    if normal(header) in CODES:
        problems.warn(
            table.header_line,
            header,
            "",
            msg("holds codes, not titles: courses of these names are made; rename them afterwards"),
        )
    found = Found(told=cells.has("presence"))
    for count, row in enumerate(table.rows):
        if not count % 500:
            watch.at(count, len(table.rows))
        _take(row, cells, setting, problems, found)
    return found


def _take(row: Row, cells: Cells, setting: Setting, problems: Problems, found: Found) -> None:
    found.rows += 1
    course, day = cells.line(row, "course"), cells.day(row, "held_on", problems)
    who = _who(row, cells)
    if not course:
        problems.error(row.line, cells.mapping["course"], "", msg("must be filled"))
    if day is None and not cells.raw(row, "held_on"):
        problems.error(row.line, cells.mapping["held_on"], "", msg("must be filled"))
    if not (who.external_id or who.email or who.name):
        column = next(n for n in ("name", "email", "external_id") if cells.has(n))
        problems.error(row.line, cells.mapping[column], "", msg("must be filled"))
        return
    if not course or day is None:
        return
    session = found.sessions.setdefault(
        (normal(course) or course, day), Session(course, day, row.line)
    )
    minutes = _minutes(row, cells, problems)
    if minutes:
        session.minutes[minutes] += 1
    session.place = session.place or cells.line(row, "place")
    session.trainer = session.trainer or cells.line(row, "trainer")
    usual = Presence.PRESENT if day <= setting.today else Presence.INVITED
    session.who.append((who, _presence(row, cells, usual, problems)))


def _who(row: Row, cells: Cells) -> Who:
    name, first = cells.line(row, "name"), cells.line(row, "first_name")
    if not cells.has("first_name"):
        first, name = split_name(name)
    return Who(row.line, cells.line(row, "external_id"), cells.line(row, "email"), name, first)


def split_name(text: str) -> tuple[str, str]:
    """(first name, last name): `DUPONT Jeanne`, `Dupont, Jeanne`, `Jeanne Dupont`."""
    text = re.sub(r"\s*\([^)]*\)", "", text).strip()  # Teams: (Guest), (External)
    last, comma, first = text.partition(",")
    if comma:
        return first.strip(), last.strip()
    words = text.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        return " ".join(w for w in words if w not in capitals), " ".join(capitals)
    return (words[0], " ".join(words[1:])) if len(words) > 1 else ("", text)


def _minutes(row: Row, cells: Cells, problems: Problems) -> int:
    """Length in minutes; 0 when it is not said, or cannot be read and is noted."""
    for name, unit in (("minutes", 1), ("hours", 60)):
        text = cells.raw(row, name)
        if not text:
            continue
        minutes = length(text, unit)
        if not 0 < minutes <= LONGEST:
            accepted = msg("no length that can be read; accepted are 3, 3,5, 3h30, 90 min, 01:30")
            problems.warn(row.line, cells.mapping[name], text, accepted)
            return 0
        return minutes
    return 0


def length(text: str, unit: int) -> int:
    """Minutes of a length; a bare number is in `unit` minutes. 0 for what is none."""
    text = text.strip().replace("\u00a0", " ")
    bare = text.replace(",", ".").replace(" ", "")
    if re.fullmatch(r"\d{1,5}(\.\d+)?", bare):
        return round(float(bare) * unit)
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    units = _UNITS.fullmatch(text)
    if units and (units[1] or units[2]):
        return int(units[1] or 0) * 60 + int(units[2] or 0)
    return 0


def _presence(row: Row, cells: Cells, usual: Presence, problems: Problems) -> Presence:
    text = cells.line(row, "presence")
    if not text:
        return usual
    known = PRESENCES.get(normal(text))
    if known is None:
        problems.warn(
            row.line,
            cells.mapping["presence"],
            text,
            msg(
                "not known here; accepted are: {values}",
                values=msg("present, absent, excused, invited, and their usual synonyms"),
            ),
        )
        return Presence.INVITED
    return known


class _Meeting:
    """One meeting of Teams: who joined, from when to when."""

    def __init__(self, table: Table, cells: Cells, problems: Problems) -> None:
        self._table = table
        self._cells = cells
        self._problems = problems
        self._people: dict[tuple[str, str], Who] = {}
        self._organisers: list[str] = []
        self._moments: list[dt.datetime] = []

    def read(self, watch: Watch) -> Found:
        """The one session."""
        for count, row in enumerate(self._table.rows):
            if not count % 500:
                watch.at(count, len(self._table.rows))
            self._take(row)
        found = Found(rows=len(self._table.rows), told=True, organisers=self._organisers)
        if not self._moments:
            return found
        begin, end = min(self._moments), max(self._moments)
        session = Session(self._title(), begin.date(), self._table.header_line)
        minutes = round((end - begin).total_seconds() / 60)
        if 0 < minutes <= LONGEST:
            session.minutes[minutes] += 1
        session.begins = f"{begin:%H:%M}"
        session.trainer = ", ".join(self._organisers)
        session.who = [(who, Presence.PRESENT) for who in self._people.values()]
        found.sessions[normal(session.course), session.held_on] = session
        return found

    def _take(self, row: Row) -> None:
        cells, problems = self._cells, self._problems
        moment = cells.moment(row, "moment", problems)
        if moment is None and not cells.raw(row, "moment"):
            problems.error(row.line, cells.mapping["moment"], "", msg("must be filled"))
        left = cells.moment(row, "left", problems) if cells.has("left") else None
        self._moments += [when for when in (moment, left) if when is not None]
        who = _who(row, cells)
        name = f"{who.first_name} {who.name}".strip()
        if not name:
            problems.error(row.line, cells.mapping["name"], "", msg("must be filled"))
        elif normal(cells.line(row, "role")) in ORGANISERS:
            if name not in self._organisers:
                self._organisers.append(name)
        elif not cells.has("action") or normal(cells.line(row, "action")) in JOINED:
            self._people.setdefault((who.email.casefold(), normal(name)), who)

    def _title(self) -> str:
        """Title of the meeting from the lines above, otherwise the name of the file."""
        for row in self._table.above:
            cells = [cell.strip() for cell in row.cells if cell.strip()]
            if len(cells) > 1 and normal(cells[0]) in MEETING_TITLES:
                return cells[1]
        stem = Path(self._table.source.name).stem
        self._problems.warn(
            0,
            "",
            "",
            msg("the list does not name the meeting: its course is called “{name}”", name=stem),
        )
        return stem
