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
from crm_pilot.stakeholders.terms import (
    ACTIONS,
    LATERAL_STATUSES,
    TIES,
    ZONES,
    ActionKind,
    LateralStatus,
    TieKind,
    UnitKind,
    Zone,
)
from crm_pilot.store.reader import Reader

Columns = tuple[SheetColumn, ...]

_UNITS = (
    (N_("Group or code"), "text", ""),
    (N_("Department"), "text", "department"),
    (N_("CRM profile"), "text", "profile"),
    (N_("Headcount"), "whole", "headcount"),
    (N_("Synergy"), "whole", "synergy"),
    (N_("Antagonism"), "whole", "antagonism"),
    (N_("Zone"), "text", "zone"),
    (N_("Rated on"), "date", "rated_on"),
    (N_("To refine"), "truth", "provisional"),
    (N_("Target synergy"), "whole", "target_synergy"),
    (N_("Target antagonism"), "whole", "target_antagonism"),
    (N_("Target date"), "date", "target_date"),
    (N_("Order of entry"), "whole", "stage"),
    (N_("Enters on"), "date", "enters_on"),
)
# of groups only: beside a code they would lead to the person
_OF_GROUPS = frozenset(["department", "profile", "stage", "enters_on"])
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
            person = unit["kind"] == UnitKind.PERSON
            value = None if person and name in _OF_GROUPS else unit.get(name)
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


def coded_ties(
    reader: Reader, today: dt.date, shown: Translator
) -> tuple[Columns, list[list[Any]]]:
    """Ties between groups. Those of persons and of small groups are left out: whom somebody reports
    to would lead from the code to the name."""
    titles = (N_("Group"), N_("Tie"), N_("Other group"))
    groups = _groups(reader, today)
    found = reader.select(
        "SELECT from_id, kind, to_id FROM stakeholder_tie ORDER BY from_id, kind, to_id"
    )
    return _texts(titles, shown), [
        [groups[one], shown.tr(TIES[TieKind(kind)]), groups[other]]
        for one, kind, other in found
        if one in groups and other in groups
    ]


def coded_laterals(
    reader: Reader, today: dt.date, shown: Translator
) -> tuple[Columns, list[list[Any]]]:
    """Lateral projects offered to groups, or to nobody yet, without what is told of them."""
    titles = (N_("Lateral project"), N_("Group"), N_("Pilot of the lateral project"), N_("Status"))
    columns = (*_texts(titles, shown), SheetColumn(shown.tr(N_("Noted on")), "date"))
    groups = _groups(reader, today)
    found = reader.select(
        "SELECT l.title, l.stakeholder_id, trim(p.first_name || ' ' || p.last_name), l.status,"
        " l.noted_on FROM lateral_project l LEFT JOIN person p ON p.id = l.pilot_id ORDER BY l.id"
    )
    return columns, [
        [
            *(title, groups.get(unit), pilot),
            *(shown.tr(LATERAL_STATUSES[LateralStatus(status)]), dt.date.fromisoformat(day)),
        ]
        for title, unit, pilot, status, day in found
        if unit is None or unit in groups
    ]


def coded_actions(
    reader: Reader, today: dt.date, shown: Translator
) -> tuple[Columns, list[list[Any]]]:
    """Influence actions that aim at groups, as far as the plan tells them anyway."""
    titles = (N_("Title"), N_("Group"), N_("Kind of action"), N_("Carried by the ally"))
    columns = (
        *_texts(titles, shown),
        SheetColumn(shown.tr(N_("Start")), "date"),
        SheetColumn(shown.tr(N_("Finish")), "date"),
        SheetColumn(shown.tr(N_("% done")), "percent"),
    )
    groups = _groups(reader, today)
    found = reader.select(
        "SELECT t.title, i.stakeholder_id, i.kind, i.ally_id, t.start, t.finish, t.percent"
        " FROM influence i JOIN task t ON t.id = i.task_id ORDER BY t.start, t.id"
    )
    return columns, [
        [
            *(title, groups[unit], shown.tr(ACTIONS[ActionKind(kind)]), groups.get(ally)),
            *(_day(start), _day(finish), percent),
        ]
        for title, unit, kind, ally, start, finish, percent in found
        if unit in groups
    ]


def coded_counts(
    reader: Reader, today: dt.date, shown: Translator
) -> tuple[Columns, list[list[Any]]]:
    """Counts by day and zone; zones with fewer than five persons are pooled, and left out where
    all of them together are fewer."""
    columns = (
        SheetColumn(shown.tr(N_("Counted on")), "date"),
        SheetColumn(shown.tr(N_("Zone")), "text"),
        SheetColumn(shown.tr(N_("Persons")), "whole"),
    )
    rows: list[list[Any]] = []
    small: Counter[str] = Counter()
    found = reader.select("SELECT counted_on, zone, persons FROM position_count ORDER BY 1, id")
    for day, zone, persons in found:
        if persons < figures.SMALL:
            small[day] += persons
        else:
            rows.append([dt.date.fromisoformat(day), shown.tr(ZONES[Zone(zone)]), persons])
    pooled = shown.tr(N_("zones under five people, pooled"))
    rows += [
        [dt.date.fromisoformat(day), pooled, persons]
        for day, persons in small.items()
        if persons >= figures.SMALL
    ]
    return columns, sorted(rows, key=lambda row: row[0])


def _groups(reader: Reader, today: dt.date) -> dict[int | None, str]:
    """Names of the groups that may be told, by id."""
    return {
        unit.id: unit.name
        for unit in queries.units(reader, today)
        if unit.kind == UnitKind.GROUP and not figures.is_small(unit)
    }


def _texts(titles: tuple[str, ...], shown: Translator) -> Columns:
    return tuple(SheetColumn(shown.tr(title), "text") for title in titles)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


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
