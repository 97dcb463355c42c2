"""What an import changes of risks and budget lines is written down as of its day too, as it is when
it is typed on the screen: trends compare days, and no day overwrites another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from crm_pilot.governance.budget_commands import ESTIMATED, write_estimate
from crm_pilot.governance.risks import RateRisk

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

LEVELS = ("probability", "impact")


class Change(Protocol):
    """The changes of one table (`own_apply.TableChange`)."""

    @property
    def table(self) -> str: ...

    @property
    def new(self) -> tuple[Mapping[str, Any], ...]: ...

    @property
    def changed(self) -> tuple[tuple[int, Mapping[str, Any]], ...]: ...


def write(work: Work, changes: Iterable[Change], day: dt.date) -> None:
    """Rate the risks and estimate the lines that were changed, unless the file says how they stood
    itself; new ones too where it has no table of ratings or estimates."""
    by_table = {change.table: change for change in changes}
    for key in _touched(work, by_table, "risk", "risk_rating", "risk_id", LEVELS):
        row = work.get("risk", key)
        RateRisk(key, row.probability, row.impact, day).apply(work)
    for key in _touched(work, by_table, "budget_line", "budget_estimate", "line_id", ESTIMATED):
        line = work.get("budget_line", key)
        write_estimate(work, key, day, {name: getattr(line, name) for name in ESTIMATED}, None)


def _touched(
    work: Work,
    changes: Mapping[str, Change],
    table: str,
    dated: str,
    refers: str,
    columns: tuple[str, ...],
) -> list[int]:
    """Rows of `table` of which the file changes `columns` and does not bring the dated row."""
    if table not in changes:
        return []
    told = changes.get(dated)
    found = [key for key, values in changes[table].changed if any(c in values for c in columns)]
    if told is None:
        found += [row["id"] for row in changes[table].new if any(row.get(c) for c in columns)]
        return found
    brought = {row[refers] for row in told.new}
    for key, _ in told.changed:
        rows = work.select(f"SELECT {refers} FROM {dated} WHERE id = ?", key)
        brought |= {owner for (owner,) in rows}
    return [key for key in found if key not in brought]
