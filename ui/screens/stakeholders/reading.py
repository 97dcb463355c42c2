"""What the screen says and selects by itself: the caption, and the unit shown at first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.i18n import ntr, tr
from crm_pilot.project import Reader
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import Trio, UnitKind
from ui.language import formats, lang


def first_look(reader: Reader, today: dt.date) -> int | None:
    """The largest group that changed sides since the last committee; who turned against first."""
    figures = queries.figures(reader, today)
    crossed = [row for row in figures.crossings if row.kind == UnitKind.GROUP]
    crossed.sort(key=lambda row: (row.trio != Trio.OPPONENT, -row.headcount))
    return crossed[0].id if crossed else None


def caption(units: Sequence[UnitRow], day: dt.date, *, past: bool, names: bool) -> str:
    """Which day is shown, how many are not placed, and whether people are codes."""
    date = formats.long_day(day, lang())
    words = [
        tr("Positions on {date}", date=date) if past else tr("Positions today, {date}", date=date)
    ]
    waiting = sum(1 for row in units if not row.rated)
    if waiting:
        words.append(ntr("{n} not placed yet", "{n} not placed yet", waiting))
    if not names and any(row.kind == UnitKind.PERSON for row in units):
        words.append(tr("people shown as codes"))
    return " · ".join(words)
