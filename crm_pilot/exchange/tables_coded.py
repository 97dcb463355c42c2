"""Tables as they may leave the lead's hands: groups, coded persons, small groups pooled, absences
of all together.

The rules are those of the figures (`figures.units`, DOMAIN.md 6): no name beside a position, no
department beside a coded person, no observed fact, groups under five people together.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from crm_pilot import figures
from crm_pilot.exchange.writing_parts import SheetColumn
from crm_pilot.figures import Level
from crm_pilot.i18n import N_, Translator
from crm_pilot.people.terms import DayPart
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import ZONES, UnitKind
from crm_pilot.store.reader import Reader

Columns = tuple[SheetColumn, ...]

_UNITS = (
    (N_("Group or code"), "text", ""),
    (N_("Department"), "text", "department"),
    (N_("Headcount"), "whole", "headcount"),
    (N_("Synergy"), "whole", "synergy"),
    (N_("Antagonism"), "whole", "antagonism"),
    (N_("Zone"), "text", "zone"),
    (N_("Rated on"), "date", "rated_on"),
    (N_("To refine"), "truth", "provisional"),
    (N_("Target synergy"), "whole", "target_synergy"),
    (N_("Target antagonism"), "whole", "target_antagonism"),
    (N_("Target date"), "date", "target_date"),
)
_RATINGS = (
    (N_("Group or code"), "text"),
    (N_("Rated on"), "date"),
    (N_("Synergy"), "whole"),
    (N_("Antagonism"), "whole"),
    (N_("Zone"), "text"),
    (N_("To refine"), "truth"),
)


def coded_units(
    reader: Reader, today: dt.date, shown: Translator
) -> tuple[Columns, list[list[Any]]]:
    """Positions on `today`: groups by name, persons by code in the order of their codes."""
    units = figures.units(queries.units(reader, today), Level.COMMITTEE, shown)
    rows = []
    for unit in sorted(units, key=_order):
        row: list[Any] = [_label(unit, shown)]
        for _, kind, name in _UNITS[1:]:
            value = unit.get(name)
            if kind == "date" and value is not None:
                value = dt.date.fromisoformat(value)
            if name == "zone" and value is not None:
                value = shown.tr(ZONES[value])
            row.append(value)
        rows.append(row)
    return tuple(SheetColumn(shown.tr(title), kind) for title, kind, _ in _UNITS), rows


def _order(unit: dict[str, Any]) -> tuple[int, str]:
    """Groups as they come, then persons by code, then what is pooled: no order by name."""
    if "pooled_groups" in unit:
        return 2, ""
    return (1, unit["code"]) if unit["kind"] == UnitKind.PERSON else (0, "")


def _label(unit: dict[str, Any], shown: Translator) -> str:
    if "pooled_groups" in unit:
        return shown.ntr(
            "One group under five people, pooled",
            "{n} groups under five people, pooled",
            unit["pooled_groups"],
        )
    return str(unit["name"] or unit["code"])


def coded_ratings(
    reader: Reader, today: dt.date, shown: Translator
) -> tuple[Columns, list[list[Any]]]:
    """Dated positions without the facts behind them; those of small groups are left out."""
    columns = tuple(SheetColumn(shown.tr(title), kind) for title, kind in _RATINGS)
    rows: list[list[Any]] = []
    for unit in sorted(queries.units(reader, today), key=_unit_order):
        if figures.is_small(unit):
            continue
        for rating in queries.ratings(reader, unit.id):
            rows.append(
                [
                    unit.shown(names=False),
                    rating.rated_on,
                    rating.synergy,
                    rating.antagonism,
                    shown.tr(ZONES[rating.zone]),
                    rating.provisional,
                ]
            )
    return columns, rows


def _unit_order(unit: UnitRow) -> tuple[bool, str]:
    person = unit.kind == UnitKind.PERSON
    return person, unit.shown(names=False) if person else ""


def coded_absences(
    reader: Reader, today: dt.date, shown: Translator
) -> tuple[Columns, list[list[Any]]]:
    """Days away by week, of all persons together; nothing where fewer than five were away.

    No code stands beside a date: whoever knows who is away would know whose code it is.
    """
    columns = (
        SheetColumn(shown.tr(N_("Week of")), "date"),
        SheetColumn(shown.tr(N_("Days away, all persons")), "decimal"),
    )
    if reader.value("SELECT count(DISTINCT person_id) FROM absence") < figures.SMALL:
        return columns, []
    weeks: Counter[dt.date] = Counter()
    for first, last, part in reader.select("SELECT first, last, part FROM absence"):
        day, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        while day <= end:
            if day.weekday() < 5:
                monday = day - dt.timedelta(days=day.weekday())
                weeks[monday] += 2 if part == DayPart.DAY else 1  # halves
            day += dt.timedelta(days=1)
    return columns, [[monday, weeks[monday] / 2] for monday in sorted(weeks)]
