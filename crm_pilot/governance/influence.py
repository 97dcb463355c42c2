"""Influence actions: tasks of the plan with the unit of the map they aim at.

Owner, dates, progress and effort are those of the task, rolled up where the task became a phase.
No row here holds a name of the map: whoever shows one asks `UnitRow.shown`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from crm_pilot.planning import queries as planning
from crm_pilot.planning import rules
from crm_pilot.planning.rows import TaskRow
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import ActionKind, Trio, Zone
from crm_pilot.stakeholders.zones import trio
from crm_pilot.store.reader import Reader, remembered

_CLOCK_DAY = 1440
_TABLES = ("influence", "task", *planning.HOURS)


@dataclass(frozen=True)
class ActionRow:
    """One influence action. `work` is its effort in minutes: the work typed, otherwise the
    duration; `effort` is the work typed alone. `finish` is the last day, included."""

    id: int
    task_id: int
    stakeholder_id: int
    kind: ActionKind
    title: str
    owner_id: int | None
    owner: str
    start: dt.date | None
    finish: dt.date | None
    percent: int
    work: int
    effort: int | None
    ally_id: int | None
    lateral_id: int | None
    active: bool = True

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.percent >= 100

    def begun(self, today: dt.date) -> bool:
        """Whether it is under way or should be: some progress, or its first day has come."""
        return self.percent > 0 or (self.start is not None and self.start <= today)


@remembered(*_TABLES)
def actions(reader: Reader) -> tuple[ActionRow, ...]:
    """Every action by start, those without a date last."""
    raw = reader.select(
        "SELECT id, task_id, stakeholder_id, kind, ally_id, lateral_id FROM influence"
    )
    if not raw:
        return ()
    rows = planning.tasks(reader)
    tasks = {row.id: row for row in rows}
    phases = {row.parent_id for row in rows}.intersection(line[1] for line in raw)
    tree = rules.outline(rows) if phases else None  # an action that someone put lines under
    day = int(reader.value("SELECT day_minutes FROM project") or 480)
    found = []
    for key, task_id, unit, kind, ally, lateral in raw:
        row = tasks[task_id]
        leaves = tuple(tree.leaves(task_id)) if tree and task_id in phases else (row,)
        found.append(
            ActionRow(
                key,
                task_id,
                unit,
                ActionKind(kind),
                row.title,
                row.owner_id,
                row.owner,
                row.start,
                row.finish,
                row.percent,
                sum(effort(leaf, day) for leaf in leaves),
                row.work,
                ally,
                lateral,
                row.active,
            )
        )
    return tuple(sorted(found, key=lambda a: (a.start is None, a.start or dt.date.max, a.id)))


def effort(row: TaskRow, day_minutes: int) -> int:
    """Minutes of work in a line: those typed, otherwise its duration; by the clock, its days."""
    if row.work is not None:
        return row.work
    if row.duration is not None and row.elapsed:
        return row.duration * day_minutes // _CLOCK_DAY
    if row.duration is not None:
        return row.duration
    if row.start is None or row.finish is None or row.start == row.finish:
        return day_minutes if row.start is not None else 0
    return ((row.finish - row.start).days + 1) * day_minutes


def of_unit(reader: Reader, key: int) -> tuple[ActionRow, ...]:
    """The actions that aim at unit `key`, by start."""
    return tuple(row for row in actions(reader) if row.stakeholder_id == key)


def next_action(rows: Iterable[ActionRow]) -> ActionRow | None:
    """The first open action of some, by start."""
    return next((row for row in rows if row.active and not row.done), None)


@dataclass(frozen=True)
class Effort:
    """What is planned on the units of one zone or part of the trio. Minutes of work."""

    actions: int
    done: int
    minutes: int


def by_zone(units: Iterable[UnitRow], rows: Iterable[ActionRow]) -> Mapping[Zone, Effort]:
    """Actions, how many of them done, and minutes per zone of the unit aimed at; every zone has
    an entry. Units without a position count nowhere."""
    zones = {unit.id: unit.zone for unit in units}
    sums = {zone: [0, 0, 0] for zone in Zone}
    for row in rows:
        zone = zones.get(row.stakeholder_id)
        if zone is None or not row.active:
            continue
        for place, value in enumerate((1, int(row.done), row.work)):
            sums[zone][place] += value
    return {zone: Effort(*values) for zone, values in sums.items()}


def by_trio(units: Iterable[UnitRow], rows: Iterable[ActionRow]) -> Mapping[Trio, Effort]:
    """The same for locomotives, hesitants and opponents."""
    zones = by_zone(units, rows)
    made = {}
    for kind in Trio:
        parts = [effort for zone, effort in zones.items() if trio(zone) == kind]
        made[kind] = Effort(
            sum(p.actions for p in parts), sum(p.done for p in parts), sum(p.minutes for p in parts)
        )
    return made
