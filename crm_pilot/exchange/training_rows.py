"""Reads lists of trainings: who followed what on which day, for how long, present or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from crm_pilot.exchange.columns import Cells, Setting
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.exchange.training_formats import (
    CODES,
    HALVES,
    PRESENCES,
    SHORT_HALVES,
    WHOLE_DAYS,
    TrainingFormat,
)
from crm_pilot.exchange.training_meeting import Meeting
from crm_pilot.exchange.training_sessions import LONGEST, Entry, Found, Session, who_of
from crm_pilot.i18n import msg
from crm_pilot.training.terms import Half, Presence

DATES = ("held_on", "moment", "left")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_UNITS = re.compile(
    r"(?:(\d{1,3}) ?(?:h|hr|heures?|hours?) ?)?(?:(\d{1,4}) ?(?:m|min|mn|minutes?)? ?)?"
    r"(?:\d{1,2} ?(?:s|sec|secondes?|seconds?))?",
    re.IGNORECASE,
)


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
        return Meeting(table, cells, problems).read(watch)
    header = cells.mapping.get("course", "")
    if normal(header) in CODES:
        problems.warn(
            table.header_line,
            header,
            "",
            msg("holds codes, not titles: courses of these names are made; rename them afterwards"),
        )
    found = Found(told=cells.has("presence"))
    halves = _Halves(table, cells, problems)
    for count, row in enumerate(table.rows):
        if not count % 500:
            watch.at(count, len(table.rows))
        _take(row, cells, setting, problems, found, halves)
    return found


def _take(
    row: Row, cells: Cells, setting: Setting, problems: Problems, found: Found, halves: _Halves
) -> None:
    found.rows += 1
    course, day = cells.line(row, "course"), cells.day(row, "held_on", problems)
    who = who_of(row, cells)
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
    minutes, half = _minutes(row, cells, problems), halves.of(row)
    lengths = session.minutes if half is None else session.parts.setdefault(half, Counter())
    if minutes:
        lengths[minutes] += 1
    session.place = session.place or cells.line(row, "place")
    session.trainer = session.trainer or cells.line(row, "trainer")
    usual = Presence.PRESENT if day <= setting.today else Presence.INVITED
    session.who.append(Entry(who, _presence(row, cells, usual, problems), half))


class _Halves:
    """The half-day a row is about, as the column writes them."""

    def __init__(self, table: Table, cells: Cells, problems: Problems) -> None:
        self._cells, self._problems = cells, problems
        words = {normal(cells.raw(row, "half")) for row in table.rows}
        short = next((known for word, known in SHORT_HALVES.items() if word in words), {})
        self._short: Mapping[str, Half] = short

    def of(self, row: Row) -> Half | None:
        """Morning or afternoon; None for the whole day, and where nothing is said."""
        word = normal(self._cells.line(row, "half"))
        known = next((half for start, half in HALVES if word.startswith(start)), None)
        known = known or self._short.get(word)
        if known is None and word and word not in WHOLE_DAYS:
            accepted = msg("no half-day that is known; accepted are morning, afternoon, whole day")
            self._problems.warn(row.line, self._cells.mapping["half"], word, accepted)
        return known


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
