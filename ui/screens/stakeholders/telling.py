"""What the map says in words: of one unit, of several, and all positions as a table."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.datatable import DataTable, Heading
from crm_pilot.i18n import Message, msg, ntr, tr
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, ZONES
from ui.screens.stakeholders.placing import STRONG

MOST = 6  # names read out of a selection of several


def position_data(rows: Sequence[UnitRow], *, names: bool) -> DataTable:
    """The units of the map that have a position, as a table; persons by code unless `names`."""
    headings = (
        Heading(msg("Name")),
        Heading(msg("Headcount"), "number"),
        Heading(msg("Synergy"), "number"),
        Heading(msg("Antagonism"), "number"),
        Heading(msg("Zone")),
        Heading(msg("Rated on"), "day"),
    )
    made = tuple(
        (
            row.shown(names=names),
            row.headcount,
            row.synergy,
            row.antagonism,
            Message(ZONES[row.zone]) if row.zone is not None else None,
            row.rated_on,
        )
        for row in rows
        if row.rated
    )
    return DataTable(headings, made, msg("Positions"))


def describe(row: UnitRow, *, names: bool) -> str:
    """One line on a unit: who, where, since when; persons by code unless `names`."""
    name = row.shown(names=names)
    if not row.rated:
        return tr("{unit}: not rated yet", unit=name)
    synergy, antagonism = row.position
    assert row.zone is not None
    return tr(
        "{unit}: synergy {synergy} ({synergy_name}), antagonism {antagonism} ({antagonism_name}),"
        " zone {zone}, since {day}",
        unit=name,
        synergy=synergy,
        synergy_name=tr(SYNERGY[synergy]),
        antagonism=antagonism,
        antagonism_name=tr(ANTAGONISM[antagonism]),
        zone=tr(ZONES[row.zone]),
        day=row.rated_on,
    )


def details(row: UnitRow) -> list[str]:
    """What a mark shows by its size, letters, rings and dashes, in words."""
    found = []
    if row.headcount > 1:
        found.append(ntr("{n} person", "{n} people", row.headcount))
    if row.department:
        found.append(row.department)
    if row.influence >= STRONG:
        found.append(tr("strong influence"))
    if row.provisional:
        found.append(tr("provisional rating, to refine"))
    if row.target_synergy is not None and row.target_antagonism is not None:
        goal = tr(
            "target: synergy {synergy}, antagonism {antagonism}",
            synergy=row.target_synergy,
            antagonism=row.target_antagonism,
        )
        by = tr("by {day}", day=row.target_date) if row.target_date is not None else ""
        found.append(f"{goal} {by}".strip())
    return found


def tip(row: UnitRow, *, names: bool) -> str:
    """What stands over a mark under the mouse, on two lines."""
    return "\n".join((describe(row, names=names), " · ".join(details(row)))).strip()


def describe_all(rows: Sequence[UnitRow], *, names: bool) -> str:
    """The selection as a screen reader says it: the first unit in full."""
    if not rows:
        return ""
    first = "; ".join((describe(rows[0], names=names), *details(rows[0])))
    if len(rows) == 1:
        return first
    others = ", ".join(row.shown(names=names) for row in rows[1:MOST])
    more = "…" if len(rows) > MOST else ""
    count = ntr("{n} selected", "{n} selected", len(rows))
    return f"{count}. {first}. {others}{more}"


def levels(synergy: int, antagonism: int, *, target: bool) -> str:
    """A cell by its levels, without the name of its zone (DOMAIN.md 1.2)."""
    words = tr(
        "synergy {synergy} {synergy_name} · antagonism {antagonism} {antagonism_name}",
        synergy=synergy,
        synergy_name=tr(SYNERGY[synergy]),
        antagonism=antagonism,
        antagonism_name=tr(ANTAGONISM[antagonism]),
    )
    return tr("Target: {cell}", cell=words) if target else words[:1].upper() + words[1:]
