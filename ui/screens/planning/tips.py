"""The words about one line of the plan: dates, reference, progress, slack, who, why not earlier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from crm_pilot.i18n import ntr, tr
from crm_pilot.planning import rules
from crm_pilot.planning.durations import DAY as DAY_MINUTES
from crm_pilot.planning.durations import format_duration
from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.engine.worktime import DAY
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import CONSTRAINTS, ConstraintKind, Mode, TaskKind
from ui.language import formats, lang

NO_DAY = frozenset({ConstraintKind.ASAP, ConstraintKind.ALAP})


@dataclass(frozen=True)
class About:
    """What the plan knows of a line beside its row."""

    timing: Timing | None = None
    waits: Sequence[str] = ()  # titles of what it waits for
    day_minutes: int = DAY_MINUTES
    holds: bool = False  # other lines
    unkept: str = ""  # demands on it that its dates do not keep


def forecast(row: TaskRow, day_minutes: int = DAY_MINUTES) -> str:
    """`16 Nov → 2 Dec, 13 working days`, or the date of a milestone."""
    if row.finish is None or row.start is None:
        return tr("No dates yet")
    if row.kind is TaskKind.MILESTONE:
        return formats.day(row.finish, lang(), year=True)
    return f"{span(row.start, row.finish)}, {length(row, day_minutes)}"


def length(row: TaskRow, day_minutes: int = DAY_MINUTES) -> str:
    """`13 working days`, `0.5 d`; of the dates where no duration is known."""
    if row.duration is None or row.start is None:
        days = rules.working_days(row.start, row.finish) if row.start and row.finish else 0
        return ntr("{n} working day", "{n} working days", days)
    days, rest = divmod(row.duration, day_minutes)
    if rest or row.elapsed:
        return format_duration(row.duration, lang(), day_minutes, elapsed=row.elapsed)
    return ntr("{n} working day", "{n} working days", days)


def reference(row: TaskRow) -> str:
    """`9 Nov → 18 Nov, slip +14 d`; empty without a reference plan."""
    if row.baseline_start is None or row.baseline_finish is None:
        return ""
    text = span(row.baseline_start, row.baseline_finish)
    slip = rules.slip_days(row)
    if slip:
        text += ", " + tr("slip {days}", days=formats.days(slip, lang(), sign=True))
    return text


def progress(row: TaskRow, today: dt.date) -> str:
    """`30 %, expected 38 %`; a milestone is reached or not."""
    if row.kind is TaskKind.MILESTONE:
        late = tr("late, not reached")
        return tr("reached") if row.done else late if rules.late(row, today) else tr("to come")
    text = formats.percent(row.percent / 100, lang())
    expected = rules.expected_percent(row, today)
    if expected is not None and not row.done:
        text += ", " + tr("expected {percent}", percent=formats.percent(expected / 100, lang()))
    return text


def slack(row: TaskRow, about: About) -> str:
    """`3 d`, `none: critical`; empty for what is done or not planned."""
    timing = about.timing
    if timing is None or row.done:
        return ""
    if timing.total_slack == 0:
        return tr("none, critical") if timing.critical else tr("none")
    text = format_duration(timing.total_slack, lang(), about.day_minutes)
    text = text.replace("-", formats.MINUS)
    return tr("{time}, critical", time=text) if timing.critical else text


def constraint(row: TaskRow) -> str:
    """`Start no earlier than 16 Nov`; empty for what starts as soon as possible."""
    if row.mode is Mode.MANUAL:
        return tr("planned by hand")
    if row.constraint_kind is ConstraintKind.ASAP:
        return ""
    text = tr(CONSTRAINTS[row.constraint_kind])
    if row.constraint_kind in NO_DAY or row.constraint_at is None:
        return text
    return f"{text} {when(row.constraint_at)}"


def deadline(row: TaskRow) -> str:
    """The deadline, and whether it is missed."""
    if row.deadline_at is None:
        return ""
    text = formats.day(row.deadline_at.date(), lang(), year=True)
    missed = row.finish is not None and row.finish > row.deadline_at.date()
    return tr("{date}, missed", date=text) if missed else text


def when(moment: dt.datetime) -> str:
    """A day, with its time where that is not midnight or the begin of office hours."""
    text = formats.day(moment.date(), lang(), year=True)
    if (moment.hour, moment.minute) in ((0, 0), (8, 0), (17, 0)):
        return text
    return f"{text}, {formats.clock(moment)}"


def span(start: dt.date, finish: dt.date) -> str:
    """`16 Nov → 2 Dec`, or one day."""
    if start == finish:
        return formats.day(start, lang())
    return f"{formats.day(start, lang())} → {formats.day(finish, lang())}"


def spoken_span(begin: tuple[dt.date, int | None], end: tuple[dt.date, int | None]) -> str:
    """The same with minutes of the day where they are known: `16 Nov 08:00 → 12:00`."""
    (start, from_minute), (finish, to_minute) = begin, end
    if from_minute is None and to_minute is None:
        return span(start, finish)
    first, last = formats.day(start, lang()), formats.day(finish, lang())
    if from_minute is not None:
        first += f" {clock(from_minute)}"
    last = "" if start == finish and to_minute is not None else last
    if to_minute is not None:
        last += f" {clock(to_minute)}"
    return f"{first} → {last.strip()}"


def clock(minute: int) -> str:
    """`14:30` of a minute of the day."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}" if minute < DAY else "24:00"


def facts(row: TaskRow, today: dt.date, about: About | None = None) -> list[tuple[str, str]]:
    """Names and values of what is known of a line, the most important first."""
    known = about or About()
    found = [
        (tr("Forecast"), forecast(row, known.day_minutes)),
        (tr("Reference"), reference(row)),
        (tr("Progress"), progress(row, today)),
    ]
    if about is not None:
        found += [
            (tr("Not kept"), about.unkept),
            (tr("Slack"), slack(row, about)),
            (tr("Deadline"), deadline(row)),
            (tr("Constraint"), "" if about.holds else constraint(row)),
            (tr("Waits for"), ", ".join(about.waits)),
            (tr("Owner"), row.owner),
        ]
    if not row.active:
        found.append((tr("State"), tr("inactive: not counted in the plan")))
    return [(name, value) for name, value in found if value]


def bar_tip(row: TaskRow, today: dt.date, about: About | None = None) -> str:
    """The tooltip of a bar, as rich text."""
    lines = "".join(
        f"<tr><td style='padding-right:12px'>{escape(name)}</td><td>{escape(value)}</td></tr>"
        for name, value in facts(row, today, about)
    )
    return f"<b>{escape(row.title)}</b><table cellspacing='2'>{lines}</table>"
