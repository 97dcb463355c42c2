"""Short words of a committee: its number and kind, when and where it meets."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.rows import CommitteeRow
from crm_pilot.governance.terms import COMMITTEE_KINDS, CommitteeKind
from crm_pilot.i18n import N_, ntr, tr
from ui.language import formats, lang

SHORT_KINDS = {  # where a column is narrow
    CommitteeKind.STEERING: N_("Steering"),
    CommitteeKind.PROJECT: N_("Project"),
    CommitteeKind.TECHNICAL: N_("Technical"),
    CommitteeKind.USERS: N_("Users"),
}
HOUR = 60


def committee_title(row: CommitteeRow) -> str:
    """`Steering committee no. 7`."""
    return tr("{kind} no. {number}", kind=tr(COMMITTEE_KINDS[row.kind]), number=row.number)


def short_title(row: CommitteeRow) -> str:
    """`Steering no. 7`."""
    return tr("{kind} no. {number}", kind=tr(SHORT_KINDS[row.kind]), number=row.number)


def number_text(number: int | None, kind: CommitteeKind | None) -> str:
    """`No. 7` of the steering committees; of another kind, `Technical no. 3`."""
    if number is None:
        return ""
    if kind is None or kind is CommitteeKind.STEERING:
        return tr("No. {number}", number=number)
    return tr("{kind} no. {number}", kind=tr(SHORT_KINDS[kind]), number=number)


def committee_name(row: CommitteeRow) -> str:
    """`No. 7, 26 Nov 2026`, to choose from."""
    day = formats.day(row.held_on, lang(), year=True)
    return tr("{number}, {date}", number=number_text(row.number, row.kind), date=day)


def clock(minute: int) -> str:
    """`10:30` for a minute of the day."""
    return f"{minute // HOUR:02d}:{minute % HOUR:02d}"


def length(minutes: int) -> str:
    """`1 h 30`, `45 min`."""
    full, rest = divmod(minutes, HOUR)
    if not full:
        said = tr("{n} min", n=rest)
    elif rest:
        said = tr("{h} h {m}", h=full, m=f"{rest:02d}")
    else:
        said = tr("{h} h", h=full)
    return said.replace(" ", "\u00a0")


def when_text(row: CommitteeRow) -> str:
    """`Thursday 26 November 2026, 10:00–11:30`."""
    parts = [formats.long_day(row.held_on, lang())]
    if row.starts_minute is not None:
        hours = clock(row.starts_minute)
        end = row.starts_minute + (row.minutes or 0)
        if row.minutes and end < 24 * HOUR:
            hours += f"–{clock(end)}"
        parts.append(hours)
    elif row.minutes:
        parts.append(length(row.minutes))
    return ", ".join(parts)


def distance(day: dt.date, today: dt.date) -> str:
    """`today`, `in 5 days`, `28 days ago`."""
    gap = (day - today).days
    if gap == 0:
        return tr("today")
    if gap > 0:
        return ntr("in {n} day", "in {n} days", gap)
    return ntr("{n} day ago", "{n} days ago", -gap)
