"""Figures of the map as plain data: where units stand, who moved, what the order of entry checks.

At level `committee` persons are coded and alone, groups under five people are pooled, and no free
text is given; level `own` gives everything (DOMAIN.md 6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from crm_pilot.figures_parts import SMALL, Level, plain, pooled, records
from crm_pilot.governance import entry
from crm_pilot.i18n import Translator
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.movements import Movements
from crm_pilot.stakeholders.queries import PositionsFigures, UnitRow
from crm_pilot.stakeholders.terms import UnitKind, Zone
from crm_pilot.store.reader import Reader

_FREE = ("name", "fact", "owner", "owner_id", "author", "person_id", "role", "note")
_TELLING = ("department", "department_id", "wave_id", "profile", "profile_id")


def collect(
    reader: Reader, today: dt.date, level: Level, shown: Translator, since: dt.date | None = None
) -> dict[str, Any]:
    """Positions on `today`, movements since the day `since` (default: the last committee)."""
    figures = queries.figures(reader, today, since)
    made: dict[str, Any] = plain(figures, shown, without=("units", "crossings", "zones"))
    made["zones"] = zones(figures, level)
    made["units"] = units(figures.units, level, shown)
    made["crossings"] = units(figures.crossings, level, shown)
    made["movements"] = None
    if figures.since is not None and figures.since <= today:
        moved = queries.movements(reader, figures.since, today)
        made["movements"] = movements(moved, level, shown)
    made["to_confirm"] = to_confirm(reader, today, level)
    made["checks"] = checks(reader, today, level, shown)
    return made


def zones(figures: PositionsFigures, level: Level) -> list[dict[str, Any]]:
    """Headcount by zone; at committee level zones with one to four people are pooled under
    `null`, with another one where they would be told by what is missing."""
    kept: list[tuple[Zone | None, int]] = list(figures.zones)
    if level == Level.COMMITTEE:
        told, hidden, people = pooled(figures.zones)
        kept = [*told, (None, people)] if hidden else list(told)
    return records(kept, "zone", "headcount")


def units(rows: Iterable[UnitRow], level: Level, shown: Translator) -> list[dict[str, Any]]:
    """Units of the map as the level allows: at committee level persons are coded and alone,
    groups under five people are pooled without a position, and free text is left out."""
    if level == Level.OWN:
        return [_plain_unit(row, shown) for row in rows]
    listed = list(rows)
    made = [_coded(row, shown) for row in listed if not is_small(row)]
    small = [row for row in listed if is_small(row)]
    if small:
        made.append(
            {
                "kind": UnitKind.GROUP.value,
                "name": None,
                "pooled_groups": len(small),
                "headcount": sum(row.headcount for row in small),
            }
        )
    return made


def is_small(row: UnitRow) -> bool:
    """A group that is pooled at committee level."""
    return row.kind == UnitKind.GROUP and row.headcount < SMALL


def _plain_unit(row: UnitRow, shown: Translator, without: Iterable[str] = ()) -> dict[str, Any]:
    made: dict[str, Any] = plain(row, shown, without=(*without, "drift"))
    return {**made, "drift_per_month": plain(row.drift, shown)}


def _coded(row: UnitRow, shown: Translator) -> dict[str, Any]:
    if row.kind == UnitKind.GROUP:
        return {"name": row.name, **_plain_unit(row, shown, _FREE)}
    made = _plain_unit(row, shown, (*_FREE, *_TELLING))
    return {"name": None, **made, "code": row.code or f"#{row.id}"}


def movements(moved: Movements, level: Level, shown: Translator) -> dict[str, Any]:
    """From zone to zone by headcount, and who crossed the ally diagonal and the initiative line.

    At committee level cells with one to four people are pooled, and persons and groups under
    five people who crossed a frontier are only counted.
    """
    counts = [((cell.before, cell.after), cell.headcount) for cell in moved.cells]
    told, hidden, people = pooled(counts) if level == Level.COMMITTEE else (counts, 0, 0)
    cells = records(((*pair, count) for pair, count in told), "before", "after", "headcount")
    if hidden:
        cells.append({"pooled_cells": hidden, "headcount": people})
    return {
        "since": moved.since.isoformat(),
        "until": moved.until.isoformat(),
        "cells": cells,
        "allies_joined": _crossed(moved.joined, level, shown),
        "allies_left": _crossed(moved.left, level, shown),
        "initiative_risen": _crossed(moved.risen, level, shown),
        "initiative_fallen": _crossed(moved.fallen, level, shown),
    }


def _crossed(rows: tuple[UnitRow, ...], level: Level, shown: Translator) -> dict[str, Any]:
    told = [row for row in rows if level == Level.OWN or may_be_named(row)]
    return {
        "count": len(rows),
        "only_counted": len(rows) - len(told),
        "units": units(told, level, shown),
    }


def may_be_named(row: UnitRow) -> bool:
    """Whether a unit may be named beside its position at committee level."""
    return row.kind == UnitKind.GROUP and not is_small(row)


def to_confirm(reader: Reader, today: dt.date, level: Level) -> dict[str, Any]:
    """Ratings older than the project allows; at committee level only their number."""
    found = queries.to_confirm(reader, today)
    made: dict[str, Any] = {"after_days": queries.rerate_days(reader), "count": len(found)}
    if level == Level.OWN:
        rows = ((one.unit.id, one.unit.name, one.unit.rated_on, one.days) for one in found)
        made["units"] = records(rows, "id", "name", "rated_on", "days")
    return made


def checks(reader: Reader, today: dt.date, level: Level, shown: Translator) -> list[dict[str, Any]]:
    """Every check of the order of entry with its verdict; why one is snoozed is the lead's."""
    made = []
    for check in entry.checks(reader, today):
        row: dict[str, Any] = plain(check, shown, without=("place", "snooze"))
        if level == Level.OWN and check.snooze is not None:
            row["snoozed"] = plain(check.snooze, shown, without=("id", "rule", "subject"))
        made.append(row)
    return made
