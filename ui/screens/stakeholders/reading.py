"""What the screen reads and says by itself: the caption, the first look, what the panel shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from crm_pilot.governance import influence
from crm_pilot.governance.rows import steering_committees
from crm_pilot.governance.unit_readiness import readiness
from crm_pilot.i18n import ntr, tr
from crm_pilot.project import Reader
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.movements import Movements, movements
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import Trio, UnitKind
from ui.language import formats, lang
from ui.screens.stakeholders.project_panel import Changes
from ui.screens.stakeholders.unit_facts import Known


def first_look(reader: Reader, today: dt.date) -> int | None:
    """The largest group that changed sides since the last committee; who turned against first."""
    figures = queries.figures(reader, today)
    crossed = [row for row in figures.crossings if row.kind == UnitKind.GROUP]
    crossed.sort(key=lambda row: (row.trio != Trio.OPPONENT, -row.headcount))
    return crossed[0].id if crossed else None


def caption(units: Sequence[UnitRow], shown: int, day: dt.date, *, past: bool, names: bool) -> str:
    """Which day is shown, how many of the units, how many are not placed, and whether people are
    codes."""
    date = formats.long_day(day, lang())
    words = [
        tr("Positions on {date}", date=date) if past else tr("Positions today, {date}", date=date)
    ]
    if shown < len(units):
        words.append(
            ntr("filtered: {n} of {total}", "filtered: {n} of {total}", shown, total=len(units))
        )
    waiting = sum(1 for row in units if not row.rated)
    if waiting:
        words.append(ntr("{n} not placed yet", "{n} not placed yet", waiting))
    if not names and any(row.kind == UnitKind.PERSON for row in units):
        words.append(tr("people shown as codes"))
    return " · ".join(words)


def known(reader: Reader, unit: UnitRow, day: dt.date) -> Known:
    """What the panel says of a unit, as of a day."""
    ratings = tuple(row for row in queries.ratings(reader, unit.id) if row.rated_on <= day)
    old = {one.unit.id: one.days for one in queries.to_confirm(reader, day)}
    return Known(
        ratings,
        queries.waves(reader),
        influence.of_unit(reader, unit.id),
        queries.advice(reader),
        readiness(reader, unit.id, day),
        old.get(unit.id),
    )


def changes(
    reader: Reader,
    shown: Sequence[UnitRow],
    since: dt.date | None,
    day: dt.date,
    *,
    whole: bool,
) -> Changes:
    """What changed among the units shown since a day; `whole`: these are all units."""
    keys = {row.id for row in shown}
    confirm = [one for one in queries.to_confirm(reader, day) if one.unit.id in keys]
    held = [row for row in steering_committees(reader) if row.held_on < day]
    days = [(row.held_on, tr("committee {number}", number=row.number)) for row in reversed(held)]
    moves: Movements | None = None
    if since is not None and since < day:
        if whole:
            moves = queries.movements(reader, since, day)
        else:
            before = [row for row in queries.units(reader, since) if row.id in keys]
            moves = movements(before, shown, since, day)
    return Changes(shown, moves, confirm, days, day)


def moved(reader: Reader, since: dt.date | None, day: dt.date) -> Mapping[int, tuple[int, int]]:
    """Where units that stand elsewhere on `day` were on `since`."""
    if since is None or since >= day:
        return {}
    before = {row.id: row.position for row in queries.units(reader, since) if row.rated}
    now = (row for row in queries.units(reader, day) if row.rated and row.id in before)
    return {row.id: before[row.id] for row in now if before[row.id] != row.position}
