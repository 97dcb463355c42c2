"""The words about one line of the plan: forecast, reference, progress."""

from __future__ import annotations

import datetime as dt
from html import escape

from crm_pilot.i18n import ntr, tr
from crm_pilot.planning import rules
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from ui.language import formats, lang


def forecast(row: TaskRow) -> str:
    """`16 Nov → 2 Dec, 13 working days`, or the date of a milestone."""
    if row.finish is None or row.start is None:
        return tr("No dates yet")
    if row.kind is TaskKind.MILESTONE:
        return formats.day(row.finish, lang(), year=True)
    days = rules.working_days(row.start, row.finish)
    length = ntr("{n} working day", "{n} working days", days)
    return f"{span(row.start, row.finish)}, {length}"


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


def span(start: dt.date, finish: dt.date) -> str:
    """`16 Nov → 2 Dec`, or one day."""
    if start == finish:
        return formats.day(start, lang())
    return f"{formats.day(start, lang())} → {formats.day(finish, lang())}"


def facts(row: TaskRow, today: dt.date) -> list[tuple[str, str]]:
    """Names and values of what is known of a line."""
    found = [
        (tr("Forecast"), forecast(row)),
        (tr("Reference"), reference(row)),
        (tr("Progress"), progress(row, today)),
    ]
    return [(name, value) for name, value in found if value]


def bar_tip(row: TaskRow, today: dt.date) -> str:
    """The tooltip of a bar, as rich text."""
    lines = "".join(
        f"<tr><td style='padding-right:12px'>{escape(name)}</td><td>{escape(value)}</td></tr>"
        for name, value in facts(row, today)
    )
    return f"<b>{escape(row.title)}</b><table cellspacing='2'>{lines}</table>"
