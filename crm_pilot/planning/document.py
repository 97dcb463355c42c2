"""A whole plan as files of other planners hold it: what importers make and exporters take.

Moments are local `datetime`s, durations, work and lag are minutes. Parts that the product does
not know are kept as text (`extras`), to be written back or named as lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind
from crm_pilot.records import dataclass

Shift = tuple[int, int]  # minutes of the day, from and to (1440: midnight at the end)
Shifts = tuple[Shift, ...]


@dataclass(frozen=True)
class DocException:
    """Days with other hours than the week says; no shifts: not worked. Both days included."""

    first: dt.date
    last: dt.date
    shifts: Shifts = ()
    name: str = ""


@dataclass(frozen=True)
class DocWeek:
    """Another week between two days, both included; None for a day: as the calendar says."""

    first: dt.date
    last: dt.date
    days: tuple[Shifts | None, ...]
    name: str = ""


@dataclass(frozen=True)
class DocCalendar:
    """Seven days from Monday; None: as the base calendar. Later exceptions win."""

    uid: int
    name: str
    days: tuple[Shifts | None, ...]
    base: int | None = None
    exceptions: tuple[DocException, ...] = ()
    weeks: tuple[DocWeek, ...] = ()
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DocResource:
    """Someone or something that works on tasks; `units` is 1.0 for one full person."""

    uid: int
    name: str
    email: str = ""
    kind: str = "work"  # work, material, cost
    units: float = 1.0
    calendar: int | None = None
    note: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DocAssignment:
    """A resource on a task (None: nobody yet). `segments` are worked stretches of a split task."""

    task: int
    resource: int | None
    units: float = 1.0
    uid: int = 0
    work: int | None = None
    actual_work: int | None = None
    remaining_work: int | None = None
    start: dt.datetime | None = None
    finish: dt.datetime | None = None
    delay: int = 0  # minutes after the start of the task
    segments: tuple[tuple[dt.datetime, dt.datetime], ...] = ()
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DocBaseline:
    """Dates kept of a task; `number` 0 is the first reference plan of the file."""

    number: int
    start: dt.datetime | None
    finish: dt.datetime | None
    duration: int | None = None
    work: int | None = None


@dataclass(frozen=True)
class StoredTiming:
    """What the file's own planner computed, to compare with; slack in working minutes."""

    early_start: dt.datetime | None = None
    early_finish: dt.datetime | None = None
    late_start: dt.datetime | None = None
    late_finish: dt.datetime | None = None
    start_slack: int | None = None
    finish_slack: int | None = None
    total_slack: int | None = None
    free_slack: int | None = None
    critical: bool | None = None


@dataclass(frozen=True)
class DocTask:
    """A line of the outline; a line is a summary when another names it as `parent`."""

    uid: int
    name: str
    parent: int | None = None  # uid
    milestone: bool = False
    start: dt.datetime | None = None
    finish: dt.datetime | None = None
    duration: int | None = None  # minutes: working, or of the clock when `elapsed`
    elapsed: bool = False
    duration_unit: str = ""  # as the file showed it: m h d w mo y
    estimated: bool = False
    percent: int = 0  # of the duration
    percent_work: int | None = None
    actual_start: dt.datetime | None = None
    actual_finish: dt.datetime | None = None
    actual_duration: int | None = None
    remaining_duration: int | None = None
    stop: dt.datetime | None = None
    resume: dt.datetime | None = None
    work: int | None = None
    actual_work: int | None = None
    remaining_work: int | None = None
    constraint: ConstraintKind = ConstraintKind.ASAP
    constraint_at: dt.datetime | None = None
    deadline: dt.datetime | None = None
    calendar: int | None = None
    ignores_resource_calendars: bool = False
    manual: bool = False
    active: bool = True
    external: bool = False  # a ghost of a task in another project
    task_type: str = ""  # fixed_units, fixed_duration, fixed_work
    effort_driven: bool = False
    level_delay: int = 0  # minutes of the clock
    priority: int = 500
    note: str = ""
    wbs: str = ""
    baselines: tuple[DocBaseline, ...] = ()
    stored: StoredTiming = field(default_factory=StoredTiming)
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DocLink:
    """`after` waits for `before`. Lag in minutes, or in per cent of the predecessor's duration."""

    before: int
    after: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING


@dataclass(frozen=True)
class PlanDocument:
    """Everything a plan file says, in the order of the file. `lost` names, in words of the file,
    what was neither understood nor kept."""

    title: str = ""
    start: dt.datetime | None = None
    finish: dt.datetime | None = None
    status: dt.datetime | None = None
    from_finish: bool = False  # scheduled backwards from `finish`
    honours_constraints: bool = True  # a constraint wins over a link
    critical_slack: int = 0  # minutes
    critical_per_path: bool = False  # several critical paths
    day_minutes: int = 480
    week_minutes: int = 2400
    month_days: int = 20
    day_start: int = 480  # minute of the day at which a new task starts
    day_finish: int = 1020
    calendar: int | None = None
    calendars: tuple[DocCalendar, ...] = ()
    resources: tuple[DocResource, ...] = ()
    tasks: tuple[DocTask, ...] = ()
    links: tuple[DocLink, ...] = ()
    assignments: tuple[DocAssignment, ...] = ()
    source: str = ""  # "mspdi", "gan", "planner"
    application: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
