"""Reads of feedback: objectives with what was measured of them (fourth level of Kirkpatrick)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from crm_pilot.feedback import rules
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


@dataclass(frozen=True)
class Measure:
    """What an objective was measured at on a day, in hundredths of its unit."""

    id: int
    measured_on: dt.date
    value: int


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective; baseline, target and value are whole hundredths of `unit`. `progress` is 0 at
    the baseline and 1 at the target (`rules.progress`); `late`: the target's day is past and it
    is not reached."""

    id: int
    title: str
    unit: str
    baseline: int | None
    target: int | None
    target_on: dt.date | None
    value: int | None
    measured_on: dt.date | None
    progress: float | None
    reached: bool | None
    late: bool
    measures: tuple[Measure, ...]  # all up to the day asked for, oldest first


@remembered("objective", "objective_measure")
def objectives(reader: Reader, today: dt.date) -> tuple[ObjectiveRow, ...]:
    """Every objective as of `today`, in the lead's order; measures of later days do not count."""
    measures: dict[int, list[Measure]] = defaultdict(list)
    for key, objective, day, value in reader.select(
        "SELECT id, objective_id, measured_on, value FROM objective_measure"
        " WHERE measured_on <= ? ORDER BY measured_on",
        today,
    ):
        measures[objective].append(Measure(key, dt.date.fromisoformat(day), value))
    found = reader.select(
        "SELECT id, title, unit, baseline, target, target_on FROM objective ORDER BY position, id"
    )
    return tuple(_objective(row, measures[row[0]], today) for row in found)


def _objective(row: tuple[Any, ...], measures: list[Measure], today: dt.date) -> ObjectiveRow:
    key, title, unit, baseline, target, target_on = row
    last = measures[-1] if measures else None
    value = last.value if last else None
    day = dt.date.fromisoformat(target_on) if target_on else None
    reached = rules.is_reached(baseline, target, value)
    return ObjectiveRow(
        id=key,
        title=title,
        unit=unit,
        baseline=baseline,
        target=target,
        target_on=day,
        value=value,
        measured_on=last.measured_on if last else None,
        progress=rules.progress(baseline, target, value),
        reached=reached,
        late=day is not None and day < today and not reached,
        measures=tuple(measures),
    )
