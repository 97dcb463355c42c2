"""The sign-in sheet (feuille d'émargement): one page a day, a column to sign in for each half-day.

It says what a sheet is checked for (DOMAIN.md 3): title of the course, date, hours, place, the
trainer's name and signature for every half-day, each trainee's signature by half-day. The numbers
are those with which it is typed back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from math import ceil

from crm_pilot.reports.context import Words
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import BODY, CONTENT, MARGIN, NOTE
from crm_pilot.reports.training_parts import (
    LAST,
    RIGHT,
    Frame,
    day_name,
    facts,
    half_name,
    hours,
    page,
    span,
    title,
)
from crm_pilot.reports.training_source import SessionPaper, Source, Trainee
from crm_pilot.training.halves import HalfDay
from crm_pilot.training.terms import Presence

ROW, MOST = 22.0, 33.0  # a line to sign on, and as high as it may grow where there is room
HEAD = 30.0
NUMBER, NAME, DEPARTMENT = 20.0, 142.0, 96.0
SPARE = 3  # lines for whom was not expected, as far as there are seats
TRAINER = 46.0  # room of the trainer's line
FIRST_ROW = 236.0  # at the latest, where the facts take many lines
Draw = Callable[[int, int], Sheet]  # number and total → the page


def pages(source: Source, words: Words) -> list[Draw]:
    """The pages of every session, day by day."""
    found: list[Draw] = []
    for session in source.sessions:
        for day in session.days:
            found += _of_day(source, session, day, words)
    return found


def _of_day(source: Source, session: SessionPaper, day: dt.date, words: Words) -> list[Draw]:
    halves = [half for half in session.halves if half.day == day]
    spare = min(SPARE, max(0, session.seats - len(session.trainees)))
    rows: list[Trainee | None] = [
        *session.trainees,
        *[None] * max(spare, 1 - len(session.trainees)),
    ]
    room = int((LAST - TRAINER - 16 - _top(source, session, halves, words) - HEAD) // ROW)
    if len(session.trainees) <= room:
        rows = rows[:room]  # spare lines alone are not worth a page
    each = ceil(len(rows) / ceil(len(rows) / room))  # pages are as full as each other
    parts = [rows[start : start + each] for start in range(0, len(rows), each)]

    def draw(place: int) -> Draw:
        first, last = place * each, place == len(parts) - 1

        def made(number: int, total: int) -> Sheet:
            return _page(
                source, session, halves, parts[place], first, words, number, total, last=last
            )

        return made

    return [draw(place) for place in range(len(parts))]


def _page(
    source: Source,
    session: SessionPaper,
    halves: list[HalfDay],
    rows: list[Trainee | None],
    first: int,
    words: Words,
    number: int,
    total: int,
    *,
    last: bool,
) -> Sheet:
    frame = Frame(words.tr("Sign-in sheet"), _mark(words), total)
    day = halves[0].day
    sheet = page(source, words, frame, number, f"{session.course} · {words.day(day, year=True)}")
    top = _above(sheet, session, halves, words)
    columns = _columns(halves)
    _head(sheet, top, halves, columns, words)
    y = top + HEAD
    high = min(MOST, (LAST - TRAINER - 16 - y) / len(rows))
    for place, trainee in enumerate(rows, first + 1):
        _row(sheet, y, high, place, trainee, _places(session, halves), columns, words)
        y += high
    for x, _ in columns:
        sheet.line((x, top), (x, y))
    sheet.line((RIGHT, top), (RIGHT, y))
    _trainer(sheet, y, halves, session, columns, words, last=last)
    return sheet


def _top(source: Source, session: SessionPaper, halves: list[HalfDay], words: Words) -> float:
    """Where the lines begin, tried on a page that is thrown away."""
    trial = page(source, words, Frame("", "", 1), 1)
    return _above(trial, session, halves, words)


def _above(sheet: Sheet, session: SessionPaper, halves: list[HalfDay], words: Words) -> float:
    """Title and facts; where the head of the lines begins."""
    y = title(sheet, words, words.tr("Sign-in sheet"), words.own(session.course))
    y = facts(
        sheet,
        y + 4,
        [
            (words.tr("Date"), day_name(halves[0].day, words)),
            (words.tr("Hours"), _hours(halves, words)),
            (words.tr("Place"), words.own(session.place)),
            (words.tr("Trainer"), words.own(session.trainer)),
        ],
    )
    return min(max(y + 2, 190.0), FIRST_ROW)


def _mark(words: Words) -> str:
    return words.tr("Sign at the beginning of each half-day")


def _hours(halves: list[HalfDay], words: Words) -> str:
    told = [span(half, words) for half in halves]
    length = hours(sum(half.minutes for half in halves), words)
    return words.tr("{hours} ({length})", hours=", ".join(told), length=length)


def _columns(halves: list[HalfDay]) -> list[tuple[float, float]]:
    """Left edge and width of the column of each half-day."""
    left = MARGIN + NUMBER + NAME + DEPARTMENT
    wide = (RIGHT - left) / len(halves)
    return [(left + number * wide, wide) for number in range(len(halves))]


def _head(
    sheet: Sheet, y: float, halves: list[HalfDay], columns: list[tuple[float, float]], words: Words
) -> None:
    sheet.line((MARGIN, y), (RIGHT, y), ink="text", weight=0.75)
    low = y + HEAD - 6
    sheet.text(MARGIN + NUMBER - 6, low, words.tr("No."), NOTE, ink="muted", align="right")
    sheet.text(MARGIN + NUMBER, low, words.tr("Name"), NOTE, ink="muted")
    sheet.text(
        MARGIN + NUMBER + NAME, low, words.tr("Department"), NOTE, ink="muted", room=DEPARTMENT - 6
    )
    for half, (x, wide) in zip(halves, columns, strict=True):
        sheet.text(x + 6, low - 11, half_name(half, words), NOTE, bold=True, room=wide - 8)
        sheet.text(x + 6, low, words.tr("Signature"), NOTE, ink="muted", room=wide - 8)
    sheet.line((MARGIN, y + HEAD), (RIGHT, y + HEAD), ink="text", weight=0.75)


def _places(session: SessionPaper, halves: list[HalfDay]) -> list[int]:
    """Which presences of a trainee are those of these half-days."""
    return [session.halves.index(half) for half in halves]


def _row(
    sheet: Sheet,
    y: float,
    high: float,
    number: int,
    trainee: Trainee | None,
    places: list[int],
    columns: list[tuple[float, float]],
    words: Words,
) -> None:
    low = y + high / 2 + 3
    sheet.text(
        MARGIN + NUMBER - 6, low, str(number), NOTE, ink="muted", align="right", tabular=True
    )
    if trainee is not None:
        sheet.text(MARGIN + NUMBER, low, words.own(trainee.name), BODY, room=NAME - 6)
        sheet.text(
            MARGIN + NUMBER + NAME, low, words.own(trainee.department), NOTE, room=DEPARTMENT - 6
        )
        for place, (x, wide) in zip(places, columns, strict=True):
            if trainee.presences[place] is Presence.EXCUSED:
                sheet.text(x + 6, low, words.tr("Excused"), NOTE, ink="muted", room=wide - 8)
    sheet.line((MARGIN, y + high), (RIGHT, y + high))


def _trainer(
    sheet: Sheet,
    y: float,
    halves: list[HalfDay],
    session: SessionPaper,
    columns: list[tuple[float, float]],
    words: Words,
    *,
    last: bool,
) -> None:
    """The trainer signs every page: a page without would not count on its own."""
    sheet.box(MARGIN, y, CONTENT, TRAINER, fill="raised")
    sheet.line((MARGIN, y), (RIGHT, y), ink="accent", weight=1.6)
    sheet.text(MARGIN + NUMBER, y + 17, words.tr("Trainer"), NOTE, ink="muted")
    name = words.own(session.trainer) or "…" * 20
    sheet.text(MARGIN + NUMBER, y + 31, name, BODY, bold=True, room=NAME + DEPARTMENT - 8)
    for _, (x, wide) in zip(halves, columns, strict=True):
        sheet.line((x, y), (x, y + TRAINER))
        sheet.text(x + 6, y + 12, words.tr("Signature"), NOTE, ink="muted", room=wide - 8)
    if not last:
        sheet.text(RIGHT, y + TRAINER + 11, words.tr("continued"), NOTE, ink="muted", align="right")
