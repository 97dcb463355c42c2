"""Frozen rows of the plan, as `queries` hand them to screens, reports and other readers."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from crm_pilot.planning.engine.worktime import Calendar
from crm_pilot.planning.terms import (
    ConstraintKind,
    LagUnit,
    LinkKind,
    Mark,
    Mode,
    Pillar,
    TaskKind,
)
from crm_pilot.records import dataclass


@dataclass(frozen=True)
class TaskRow:
    """A line of the outline. A line with children carries rolled-up dates and percent.

    Durations and work are minutes. The minutes of start and finish are None where the work begins
    and ends with the working day. `baseline_…` are the dates of the reference plan that counts.
    """

    id: int
    parent_id: int | None
    position: int
    kind: TaskKind
    pillar: Pillar
    title: str
    start: dt.date | None
    finish: dt.date | None  # the last day worked, included
    percent: int
    owner_id: int | None
    owner: str  # short: "N. Faure"
    wave_id: int | None
    committee: bool
    note: str
    baseline_start: dt.date | None
    baseline_finish: dt.date | None
    mark: Mark | None = None
    deliverable: bool = False
    mode: Mode = Mode.AUTO
    active: bool = True
    duration: int | None = None
    elapsed: bool = False
    start_minute: int | None = None
    finish_minute: int | None = None
    constraint_kind: ConstraintKind = ConstraintKind.ASAP
    constraint_at: dt.datetime | None = None
    deadline_at: dt.datetime | None = None
    calendar_id: int | None = None
    ignores_people: bool = False
    actual_start: dt.datetime | None = None
    actual_finish: dt.datetime | None = None
    work: int | None = None
    remaining: int | None = None
    hours: Calendar | None = field(default=None, compare=False, repr=False)  # of its calendar

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.percent >= 100


@dataclass(frozen=True)
class LinkRow:
    """A link; broken when the successor does not wait (a line planned by hand, a must-date). Lag
    in minutes, or in per cent of the predecessor's duration; negative is a lead."""

    id: int
    predecessor_id: int
    successor_id: int
    broken: bool
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING


@dataclass(frozen=True)
class MilestoneRow:
    """A dated milestone. `previous` is what was in force at the last committee; slips in
    calendar days: `slip_days` = forecast − baseline, `moved_days` = forecast − previous."""

    id: int
    title: str
    pillar: Pillar
    wave: str
    baseline: dt.date | None
    previous: dt.date | None
    forecast: dt.date
    done: bool
    committee: bool
    slip_days: int | None
    moved_days: int | None
    owner: str


@dataclass(frozen=True)
class WaveRow:
    """A go-live wave; its date is that of its milestone."""

    id: int
    name: str
    go_live: dt.date | None
    baseline: dt.date | None
    departments: tuple[str, ...]


@dataclass(frozen=True)
class PhaseRow:
    """A phase at the top of a pillar, rolled up, with the milestones inside it."""

    id: int
    title: str
    pillar: Pillar
    start: dt.date | None
    finish: dt.date | None
    baseline_start: dt.date | None
    baseline_finish: dt.date | None
    percent: int
    slip_days: int | None
    milestones: tuple[MilestoneRow, ...]


@dataclass(frozen=True)
class PlanningFigures:
    """The plan in figures on one day. Tasks are lines of kind task; percents go from 0 to 100
    and are weighted by working days."""

    tasks: int
    tasks_done: int
    tasks_late: int
    percent_done: float
    percent_expected: float
    milestones: tuple[MilestoneRow, ...]  # dated ones, by forecast
    next_milestones: tuple[MilestoneRow, ...]  # not reached yet, by forecast
    waves: tuple[WaveRow, ...]
    phases: tuple[PhaseRow, ...]
    next_tasks: tuple[TaskRow, ...]  # open, under way or starting within four weeks, by finish
    start: dt.date | None
    finish: dt.date | None
    baseline_name: str | None
    baseline_set_on: dt.date | None
