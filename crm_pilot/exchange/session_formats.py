"""Reads lists of training sessions: one row a session, or one row a half-day of it."""

from __future__ import annotations

import datetime as dt
import re

from crm_pilot.exchange.columns import Cells, Setting
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Field, Problems, Watch
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.exchange.sessions_planned import Block, Planned
from crm_pilot.exchange.training_rows import length
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.training.terms import Half

KIND = "sessions"
USUAL = 210  # minutes of a half-day of which nothing is said
BEGINS = {Half.MORNING: "09:00", Half.AFTERNOON: "13:30"}
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:hH.]\s*(\d{2})?|(?=\s*[ap]m))\s*(am|pm)?", re.IGNORECASE)
_PARTS = {
    **dict.fromkeys(("matin", "matinee", "morning", "am", "m"), Half.MORNING),
    **dict.fromkeys(("apres midi", "aprem", "afternoon", "pm", "am pm"), Half.AFTERNOON),
}


def _field(name: str, title: str, synonyms: str, *, required: bool = False) -> Field:
    return Field(name, title, tuple(s.strip() for s in synonyms.split(",")), required)


@dataclass(frozen=True)
class SessionsFormat:
    """How lists of sessions look."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str]
    kind: str = KIND


FORMAT = SessionsFormat(
    name="sessions",
    title=msg("Training sessions"),
    fields=(
        _field(
            "course",
            N_("Course"),
            "formation, cours, intitule, intitule de la formation, titre, course, course title,"
            " training, title, session, module",
            required=True,
        ),
        _field(
            "held_on",
            N_("Date"),
            "date, jour, date de session, date session, session date, date de debut, start date,"
            " held on, day",
            required=True,
        ),
        _field("part", N_("Half-day"), "demi journee, demi-journee, half day, half-day, periode"),
        _field(
            "begins",
            N_("Begins at"),
            "debut, heure de debut, heure debut, begins at, start time, start, from, de, horaire",
        ),
        _field(
            "ends", N_("Ends at"), "fin, heure de fin, heure fin, end time, end, to, a, ends at"
        ),
        _field(
            "minutes",
            N_("Minutes"),
            "minutes, duree minutes, duree en minutes, duration minutes, duree min",
        ),
        _field("hours", N_("Hours"), "heures, duree, duree heures, hours, duration, duree h"),
        _field("place", N_("Place"), "lieu, salle, place, room, location"),
        _field("trainer", N_("Trainer"), "formateur, formatrice, animateur, trainer, instructor"),
        _field("seats", N_("Seats"), "places, nombre de places, seats, capacite, capacity"),
        _field("cost", N_("Cost"), "cout, prix, cost, price, montant, cout euros"),
    ),
    marks=frozenset(
        [
            *("places", "nombre de places", "seats", "capacity", "capacite", "heure de debut"),
            *("heure de fin", "salle", "room", "start time", "end time", "demi journee"),
            *("formateur", "trainer", "cout", "cost"),
        ]
    ),
)


@dataclass
class Listed:
    """The sessions of a list."""

    sessions: list[Planned]
    rows: int


def read_sessions(
    table: Table, cells: Cells, setting: Setting, problems: Problems, watch: Watch, forced: str
) -> Listed:
    """Every session of a table; rows of one course on one day are its half-days."""
    cells.decide_dates(("held_on",), setting, forced=forced)
    found: dict[tuple[str, dt.date], Planned] = {}
    for count, row in enumerate(table.rows):
        if not count % 500:
            watch.at(count, len(table.rows))
        one = _session(row, cells, problems)
        if one is None:
            continue
        key = (normal(one.course) or one.course, one.held_on)
        known = found.setdefault(key, one)
        if known is not one:
            _join(known, one, row, cells, problems)
    return Listed(list(found.values()), len(table.rows))


def _session(row: Row, cells: Cells, problems: Problems) -> Planned | None:
    course, day = cells.line(row, "course"), cells.day(row, "held_on", problems)
    if not course:
        problems.error(row.line, cells.mapping["course"], "", msg("must be filled"))
    if day is None and not cells.raw(row, "held_on"):
        problems.error(row.line, cells.mapping["held_on"], "", msg("must be filled"))
    if not course or day is None:
        return None
    return Planned(
        course=course,
        blocks=[_block(row, day, cells, problems)],
        line=row.line,
        place=cells.line(row, "place") or None,
        trainer=cells.line(row, "trainer") or None,
        seats=_seats(row, cells, problems),
        cost_cents=_cost(row, cells, problems),
        said=_said(row, cells),
    )


def _said(row: Row, cells: Cells) -> frozenset[str]:
    """Which of begin and length the row tells; the rest is what is usual."""
    begins = {"begins"} if cells.raw(row, "begins") or cells.raw(row, "part") else set()
    long = any(cells.raw(row, name) for name in ("minutes", "hours", "ends"))
    return frozenset(begins | ({"minutes"} if long else set()))


def _join(known: Planned, one: Planned, row: Row, cells: Cells, problems: Problems) -> None:
    """A further half-day of a session already read."""
    if {(b.day, b.part) for b in known.blocks} & {(b.day, b.part) for b in one.blocks}:
        problems.error(
            row.line,
            cells.mapping["course"],
            one.course,
            msg("this session is in line {line} already", line=known.line),
        )
        return
    known.blocks += one.blocks


def _block(row: Row, day: dt.date, cells: Cells, problems: Problems) -> Block:
    part = _part(row, cells, problems)
    begins = _clock(row, "begins", cells, problems) or BEGINS[part or Half.MORNING]
    return Block(day, begins, _minutes(row, begins, cells, problems))


def _part(row: Row, cells: Cells, problems: Problems) -> Half | None:
    text = cells.line(row, "part")
    if not text:
        return None
    part = _PARTS.get(normal(text))
    if part is None:
        problems.error(
            row.line,
            cells.mapping["part"],
            text,
            msg("no half-day; accepted are: morning, afternoon, matin, après-midi"),
        )
    return part


def _clock(row: Row, name: str, cells: Cells, problems: Problems) -> str:
    """`HH:MM`; empty when the cell is, or cannot be read and is noted."""
    text = cells.line(row, name)
    if not text:
        return ""
    found = _CLOCK.fullmatch(text[:8].strip() if text.count(":") == 2 else text)
    if text.count(":") == 2:
        found = _CLOCK.fullmatch(text.rpartition(":")[0])
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").casefold()
        hour = hour % 12 + 12 * (half == "pm") if half else hour
        if hour < 24 and minute < 60:
            return f"{hour:02d}:{minute:02d}"
    problems.error(
        row.line,
        cells.mapping[name],
        text,
        msg("no hour that can be read; accepted are 9:00, 09h30, 14h, 2 pm"),
    )
    return ""


def _minutes(row: Row, begins: str, cells: Cells, problems: Problems) -> int:
    for name, unit in (("minutes", 1), ("hours", 60)):
        text = cells.raw(row, name)
        if not text:
            continue
        minutes = length(text, unit)
        if 0 < minutes <= 24 * 60:
            return minutes
        accepted = msg("no length that can be read; accepted are 3, 3,5, 3h30, 90 min, 01:30")
        problems.error(row.line, cells.mapping[name], text, accepted)
        return USUAL
    ends = _clock(row, "ends", cells, problems)
    if not ends:
        return USUAL
    lasting = _of_day(ends) - _of_day(begins)
    if lasting <= 0:
        problems.error(row.line, cells.mapping["ends"], ends, msg("ends before it begins"))
        return USUAL
    return lasting


def _of_day(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _seats(row: Row, cells: Cells, problems: Problems) -> int | None:
    text = cells.raw(row, "seats")
    if not text:
        return None
    number = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?", text)
    if number and int(number[1]) > 0:
        return int(number[1])
    problems.error(
        row.line, cells.mapping["seats"], text, msg("no number of seats; accepted are 1 to 9999")
    )
    return None


def _cost(row: Row, cells: Cells, problems: Problems) -> int | None:
    """Cents."""
    text = re.sub(r"[\s\u00a0\u202f€]|EUR", "", cells.raw(row, "cost"))
    if not text:
        return None
    if re.fullmatch(r"\d{1,9}([.,]\d{1,2})?", text):
        return round(float(text.replace(",", ".")) * 100)
    problems.error(
        row.line,
        cells.mapping["cost"],
        cells.raw(row, "cost"),
        msg("no amount that can be read; accepted are 450, 1 450,50 and 1450.50"),
    )
    return None
