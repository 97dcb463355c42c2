"""What the papers of training share: the frame of a page, facts, lines to sign on, hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot import formats
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Words
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.sheets_frame import FOOT, HEAD_RULE, draw_foot, draw_head
from crm_pilot.reports.styles import (
    BODY,
    CONTENT,
    KEY,
    LEADING,
    MARGIN,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TITLE,
)
from crm_pilot.reports.training_source import SessionPaper, Source
from crm_pilot.reports.typography import wrap
from crm_pilot.training.halves import HalfDay
from crm_pilot.training.terms import HALVES

RIGHT = PAGE_WIDTH - MARGIN
LAST = PAGE_HEIGHT - FOOT - 10  # nothing but the foot below
LINE = BODY * LEADING
LABEL = 74.0  # width of the names of facts


@dataclass(frozen=True)
class Frame:
    """Head and foot of every page of a paper."""

    document: str  # its name
    mark: str  # whom it is for
    total: int


def page(source: Source, words: Words, frame: Frame, number: int, name: str = "") -> Sheet:
    """A page with its head and foot."""
    sheet = Sheet(PAGE_WIDTH, PAGE_HEIGHT, number, name)
    status = words.tr("printed on {date}", date=words.long_day(source.issued))
    draw_head(sheet, words.own(source.project), status, words.own(source.company))
    draw_foot(
        sheet,
        frame.document,
        words.day(source.issued, year=True),
        frame.mark,
        words.tr("page {number} of {total}", number=number, total=frame.total),
    )
    return sheet


def title(sheet: Sheet, words: Words, text: str, under: str) -> float:
    """Name of the paper and, below it, what it is about; the next free baseline."""
    y = HEAD_RULE + 30
    sheet.text(MARGIN, y, text, TITLE, bold=True, room=CONTENT)
    y += 22
    for line in wrap(under, CONTENT, KEY, bold=True, most=2):
        sheet.text(MARGIN, y, line, KEY, bold=True)
        y += KEY * 1.3
    return y + 6


def facts(
    sheet: Sheet, y: float, found: Sequence[tuple[str, str]], *, wide: float = CONTENT
) -> float:
    """Names and values below each other, a hairline under each; the next free baseline."""
    for name, value in found:
        lines = wrap(value, wide - LABEL, BODY, most=4) if value else ["–"]
        sheet.text(MARGIN, y, name, NOTE, ink="muted", room=LABEL - 6)
        for line in lines:
            sheet.text(MARGIN + LABEL, y, line, BODY)
            y += LINE
        sheet.line((MARGIN, y - 8.5), (MARGIN + wide, y - 8.5))
        y += 3.5
    return y


def paragraph(
    sheet: Sheet,
    y: float,
    text: str,
    *,
    size: float = BODY,
    bold: bool = False,
    ink: str = "text",
    most: int | None = None,
) -> float:
    """A text in lines; the next free baseline."""
    for line in wrap(text, CONTENT, size, bold=bold, most=most):
        sheet.text(MARGIN, y, line, size, bold=bold, ink=ink)
        y += size * LEADING
    return y


def to_sign(sheet: Sheet, x: float, y: float, wide: float, name: str, who: str) -> None:
    """A line to sign on, with whose it is under it."""
    sheet.line((x, y), (x + wide, y), ink="text", weight=0.75)
    sheet.text(x, y + 11, name, NOTE, ink="muted", room=wide)
    if who:
        sheet.text(x, y + 23, who, BODY, room=wide)


def tick(sheet: Sheet, x: float, y: float, size: float = 10.0) -> None:
    """A box to tick; `y` is the baseline of the text beside it."""
    sheet.box(x, y - size + 1.5, size, size, ink="text", weight=0.8)


# words ---------------------------------------------------------------------------------------


def half_name(half: HalfDay, words: Words) -> str:
    """“Morning, 9:00 to 12:30”."""
    return words.tr(
        "{part}, {begins} to {ends}",
        part=words.tr(HALVES[half.part]),
        begins=clock(half.begins, words),
        ends=clock(half.ends, words),
    )


def span(half: HalfDay, words: Words) -> str:
    """“9:00 to 12:30”."""
    return words.tr(
        "{begins} to {ends}", begins=clock(half.begins, words), ends=clock(half.ends, words)
    )


def clock(text: str, words: Words) -> str:
    """`09:30` as “9 h 30” in French and “9:30” in English."""
    hour, _, minute = text.partition(":")
    if words.language != "fr":
        return f"{int(hour)}:{minute}"
    return f"{int(hour)}\u00a0h" + (f"\u00a0{minute}" if minute != "00" else "")


def day_name(day: dt.date, words: Words) -> str:
    """“Tuesday 12 January 2027”."""
    return words.own(f"{formats.weekday(day, words.language)} {words.long_day(day)}")


def when(session: SessionPaper, words: Words) -> str:
    """The days of a session with their hours."""
    parts = []
    for day in session.days:
        halves = [half for half in session.halves if half.day == day]
        hours = ", ".join(span(half, words) for half in halves)
        parts.append(words.tr("{day}, {hours}", day=day_name(day, words), hours=hours))
    return " ; ".join(parts) if words.language == "fr" else "; ".join(parts)


def hours(minutes: int, words: Words) -> str:
    """“3 h 30”, “7 h”, “45 min”."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return words.tr("{n} min", n=rest)
    if not rest:
        return words.tr("{n} h", n=whole)
    return words.tr("{h} h {m}", h=whole, m=f"{rest:02d}")


def session_facts(session: SessionPaper, words: Words) -> list[tuple[str, str]]:
    """Date, hours, place and trainer."""
    return [
        (words.tr("Date"), when(session, words)),
        (words.tr("Length"), hours(session.minutes, words)),
        (words.tr("Place"), words.own(session.place)),
        (words.tr("Trainer"), words.own(session.trainer)),
    ]
