"""The training plan with its sessions month by month, and the coverage page.

Coverage = trained users ÷ users in scope (`training/queries.py`); departments under five users are
told together. The dashed line is the share under which a department is named (rules.LOW_SHARE).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from crm_pilot import formats
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Words
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.sheets_frame import HEAD_RULE
from crm_pilot.reports.styles import BODY, CONTENT, MARGIN, NOTE, SECTION, TITLE
from crm_pilot.reports.training_parts import LAST, RIGHT, Frame, hours, page
from crm_pilot.reports.training_source import Bar, SessionPaper, Source
from crm_pilot.reports.typography import balanced, width
from crm_pilot.training import rules

Draw = Callable[[int, int], Sheet]
ROW = 18.0
MONTH = 22.0
TIGHT = (1.0, 0.93, 0.86)  # of these heights: closer lines where that saves a page
BAR, MOST_BAR = 15.0, 21.0  # a line with its bar, and as high as it may grow
AFTER = 20.0
# left edge and width of the columns of the plan
DATE, COURSE, LENGTH, PLACE, TRAINER = 60.0, 188.0, 33.0, 112.0, 67.0
GAP = 6.0  # between columns


@dataclass(frozen=True)
class Line:
    """A line of the plan: a month, or a session of it; `scale` of its full height."""

    month: dt.date | None = None
    session: SessionPaper | None = None
    scale: float = 1.0

    @property
    def high(self) -> float:
        """Its height in points."""
        return self.scale * (MONTH if self.month else ROW)


def pages(source: Source, words: Words) -> list[Draw]:
    """The plan, then the coverage."""
    lines = _lines(source.sessions)
    tried = [_parts([replace(line, scale=scale) for line in lines]) for scale in TIGHT]
    parts = min(tried, key=len)  # the widest of those with the fewest pages

    def plan(place: int) -> Draw:
        return lambda number, total: _plan(source, parts[place], words, number, total,
                                           first=place == 0)  # fmt: skip

    found = [plan(place) for place in range(len(parts))]
    return [*found, lambda number, total: _coverage(source, words, number, total)]


def _lines(sessions: Sequence[SessionPaper]) -> list[Line]:
    found: list[Line] = []
    before: tuple[int, int] | None = None
    for session in sessions:
        day = session.halves[0].day
        if (day.year, day.month) != before:
            before = day.year, day.month
            found.append(Line(month=day))
        found.append(Line(session=session))
    return found


def _parts(lines: list[Line]) -> list[list[Line]]:
    """Lines by page; a month never stands alone at the foot."""
    found: list[list[Line]] = [[]]
    y = _top(first=True)
    for place, line in enumerate(lines):
        needed = line.high + (lines[place + 1].high if line.month and place + 1 < len(lines) else 0)
        if y + needed > LAST - 16 and found[-1]:
            found.append([])
            y = _top(first=False)
        found[-1].append(line)
        y += line.high
    return found


def _top(*, first: bool) -> float:
    return HEAD_RULE + (112 if first else 44)


# the plan ------------------------------------------------------------------------------------


def _plan(
    source: Source, lines: list[Line], words: Words, number: int, total: int, *, first: bool
) -> Sheet:
    frame = Frame(words.tr("Training plan"), words.tr("Committee"), total)
    sheet = page(source, words, frame, number, words.tr("Training plan") if first else "")
    y = _top(first=first)
    if first:
        _sentence(sheet, _plan_sentence(source, words))
        _totals(sheet, source, words)
    _heads(sheet, y - 8, words)
    size = _course_size(source, words)
    for line in lines:
        if line.month is not None:
            text = formats.month(line.month, words.language, year=True, full=True)
            sheet.text(
                MARGIN, y + line.high - 7, words.own(text[:1].upper() + text[1:]), BODY, bold=True
            )
        elif line.session is not None:
            past = line.session.days[-1] < source.issued
            _session(sheet, y, line.session, words, past=past, size=size, high=line.high)
        y += line.high
        sheet.line((MARGIN, y), (RIGHT, y))
    if not lines:
        sheet.text(MARGIN, y + 20, words.tr("No session is planned yet."), BODY, ink="muted")
    return sheet


def _sentence(sheet: Sheet, text: str) -> None:
    y = HEAD_RULE + 28
    for line in balanced(text, CONTENT, TITLE):
        sheet.text(MARGIN, y, line, TITLE, bold=True)
        y += TITLE * 1.25


def _plan_sentence(source: Source, words: Words) -> str:
    ahead = [one for one in source.sessions if one.days[-1] >= source.issued]
    free = sum(max(0, one.seats - _coming(one)) for one in ahead)
    left = source.users - source.trained
    if not ahead:
        return words.ntr(
            "No session is ahead, and {n} user is still to be trained",
            "No session is ahead, and {n} users are still to be trained",
            left,
        )
    told = words.ntr("{n} session ahead", "{n} sessions ahead", len(ahead))
    if free < left:
        return words.tr(
            "{sessions}: {free} free seats for {left} users still to be trained",
            sessions=told,
            free=free,
            left=left,
        )
    return words.tr(
        "{sessions}: {free} free seats, enough for the {left} users still to be trained",
        sessions=told,
        free=free,
        left=left,
    )


def _coming(session: SessionPaper) -> int:
    return sum(not one.excused for one in session.trainees)


def _totals(sheet: Sheet, source: Source, words: Words) -> None:
    held = [one for one in source.sessions if one.days[-1] < source.issued]
    halves = sum(len(one.halves) for one in source.sessions)
    cost = sum(one.cost_cents or 0 for one in source.sessions)
    parts = [
        words.ntr("{n} session held", "{n} sessions held", len(held)),
        words.ntr("{n} half-day", "{n} half-days", halves),
    ]
    if cost:
        known = sum(one.cost_cents is not None for one in source.sessions)
        money = words.own(formats.money(cost, words.language))
        parts.append(words.tr("{cost} for {n} sessions whose cost is known", cost=money, n=known))
    sheet.text(MARGIN, HEAD_RULE + 78, " · ".join(parts), NOTE, ink="muted", room=CONTENT)


def _heads(sheet: Sheet, y: float, words: Words) -> None:
    x = MARGIN
    for text, wide in (
        (words.tr("Date"), DATE),
        (words.tr("Course"), COURSE),
        (words.tr("Length"), LENGTH),
        (words.tr("Place"), PLACE),
        (words.tr("Trainer"), TRAINER),
    ):
        sheet.text(x, y, text, NOTE, ink="muted", room=wide - GAP)
        x += wide
    sheet.text(RIGHT, y, words.tr("Enrolled / seats"), NOTE, ink="muted", align="right")
    sheet.line((MARGIN, y + 5), (RIGHT, y + 5), ink="text", weight=0.75)


def _course_size(source: Source, words: Words) -> float:
    """The size of the names of courses: a smaller one where the longest would be cut."""
    names = {words.own(one.course) for one in source.sessions}
    longest = max((width(name, BODY) for name in names), default=0.0)
    return BODY if longest <= COURSE - GAP else NOTE


def _session(
    sheet: Sheet,
    y: float,
    one: SessionPaper,
    words: Words,
    *,
    past: bool,
    size: float,
    high: float,
) -> None:
    low, ink = y + high - 5.5, "muted" if past else "text"
    x = MARGIN
    days = _days(one.days[0], one.days[-1], words)
    for text, wide in (
        (days, DATE),
        (words.own(one.course), COURSE),
        (hours(one.minutes, words), LENGTH),
        (words.own(one.place) or "–", PLACE),
        (words.own(one.trainer) or "–", TRAINER),
    ):
        room = wide - (GAP if wide != DATE else 2)  # two months in one cell: “30 Dec–2 Jan”
        sheet.text(x, low, text, NOTE if wide != COURSE else size, ink=ink, room=room)
        x += wide
    coming = _coming(one)
    full = coming >= one.seats
    text = f"{coming} / {one.seats}"
    sheet.text(RIGHT, low, text, BODY, ink=ink, bold=full, align="right", tabular=True)


def _days(first: dt.date, last: dt.date, words: Words) -> str:
    """“12 Jan”, “12–13 Jan”, “30 Jan–2 Feb”."""
    if first == last:
        return words.day(first)
    if (first.year, first.month) == (last.year, last.month) and words.language == "fr":
        return f"{first.day}–{words.day(last)}"
    return f"{words.day(first)}–{words.day(last)}"


# coverage ------------------------------------------------------------------------------------


def _coverage(source: Source, words: Words, number: int, total: int) -> Sheet:
    frame = Frame(words.tr("Training plan"), words.tr("Committee"), total)
    sheet = page(source, words, frame, number, words.tr("Training coverage"))
    _sentence(sheet, _coverage_sentence(source, words))
    y = HEAD_RULE + 92
    departments = list(source.departments)
    if source.pooled is not None:
        name = words.tr("Departments under five users")
        departments.append(
            Bar(name, source.pooled.trained, source.pooled.users, source.pooled.share)
        )
    parts = (
        (words.tr("By department"), departments),
        (words.tr("By wave"), list(source.waves)),
        (words.tr("By function of the CRM"), list(source.features)),
    )
    count = sum(len(bars) for _, bars in parts)
    heads = sum(bool(bars) for _, bars in parts) * (AFTER + 8)
    high = max(BAR, min(MOST_BAR, (LAST - y - heads) / max(1, count)))
    for heading, bars in parts:
        y = _bars(sheet, y, high, heading, bars, words)
    return sheet


def _coverage_sentence(source: Source, words: Words) -> str:
    if not source.users:
        return words.tr("There is no user to be trained yet")
    low = [one for one in source.departments if rules.is_low(one.share)]
    share = words.percent(source.trained / source.users)
    if not low:
        return words.tr("{share} of the users are trained, in every department", share=share)
    return words.ntr(
        "{share} of the users are trained; {n} department is under {low}",
        "{share} of the users are trained; {n} departments are under {low}",
        len(low),
        share=share,
        low=words.percent(rules.LOW_SHARE),
    )


def _bars(
    sheet: Sheet, y: float, high: float, heading: str, bars: list[Bar], words: Words
) -> float:
    """Bars as far as the page goes; what is left out is said."""
    if not bars or y + 3 * high > LAST:
        return y
    left, wide = MARGIN + 190, CONTENT - 190 - 110
    sheet.text(MARGIN, y, heading, SECTION, bold=True)
    sheet.text(RIGHT, y, words.tr("trained of users"), NOTE, ink="muted", align="right")
    mark = left + wide * rules.LOW_SHARE
    sheet.text(mark, y, words.percent(rules.LOW_SHARE), NOTE, ink="muted", align="middle")
    y += 8
    room = int((LAST - 12 - y) // high)
    shown = bars if len(bars) <= room else bars[: room - 1]
    top = y
    for bar in shown:
        _bar(sheet, y + (high - BAR) / 2, bar, left, wide, words)
        y += high
    sheet.line((mark, top), (mark, y), ink="muted", weight=0.6, dash=(2.0, 2.0))
    if len(shown) < len(bars):
        told = words.ntr("and {n} more", "and {n} more", len(bars) - len(shown))
        sheet.text(MARGIN, y + 10, told, NOTE, ink="muted")
        y += BAR
    return y + AFTER


def _bar(sheet: Sheet, y: float, bar: Bar, left: float, wide: float, words: Words) -> None:
    low = rules.is_low(bar.share)
    sheet.text(MARGIN, y + 11, words.own(bar.name), BODY, room=184, bold=low)
    sheet.box(left, y + 4, wide, 8, fill="raised")
    sheet.box(left, y + 4, wide * min(1.0, bar.share or 0.0), 8, fill="adoption")
    sheet.text(RIGHT - 58, y + 11, f"{bar.trained} / {bar.users}", BODY, ink="muted",
               align="right", tabular=True)  # fmt: skip
    sheet.text(RIGHT, y + 11, words.percent(bar.share), BODY, bold=low, align="right", tabular=True)
