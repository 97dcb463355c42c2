"""What the scheduling engine takes and gives: activities, their links, and their timing.

All dates are moments and all lengths minutes (see `worktime`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from crm_pilot.planning.engine.worktime import Calendar
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode
from crm_pilot.records import dataclass


@dataclass(slots=True, frozen=True)
class Worker:
    """Someone on an activity. `work` None: as long as the activity lasts.

    `units` per cent of their working time go to it; `delay` counts from its start. `segments`
    are the stretches of a split piece of work, in working minutes after the start of the
    activity: they replace work and units.
    """

    calendar: Calendar
    units: int = 100
    work: int | None = None
    delay: int = 0
    segments: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True, frozen=True)
class Activity:
    """A line of the plan as the engine sees it; a line that is a parent is a summary.

    `start` and `finish` are the dates a manual activity was given; an automatic one takes no
    notice of them. `calendar` None: the project's.
    """

    key: int
    parent: int | None = None
    duration: int = 0  # working minutes, of the clock when `elapsed`
    elapsed: bool = False
    mode: Mode = Mode.AUTO
    active: bool = True
    constraint: ConstraintKind = ConstraintKind.ASAP
    constraint_at: int | None = None
    deadline: int | None = None
    calendar: Calendar | None = None
    workers: tuple[Worker, ...] = ()
    ignores_workers: bool = False  # only the activity's own calendar counts
    start: int | None = None
    finish: int | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    percent: int = 0
    remaining: int | None = None  # minutes of the duration still to do; None: from `percent`
    stop: int | None = None  # what is done ends here
    resume: int | None = None  # what remains starts no earlier
    level_delay: int = 0  # minutes of the clock
    promise: bool = False  # its finish is promised: what would move it has no slack left


@dataclass(slots=True, frozen=True)
class Dependency:
    """`after` waits for `before`; `lag` in minutes or per cent, negative for a lead."""

    key: int
    before: int
    after: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING


class Timing(NamedTuple):
    """When an activity happens, and when it could. Slack in working minutes of its calendar."""

    start: int
    finish: int
    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    start_slack: int
    finish_slack: int
    total_slack: int
    free_slack: int
    critical: bool
    near: bool


class Trouble(StrEnum):
    """What cannot be kept."""

    LINK = "link"
    CONSTRAINT = "constraint"
    DEADLINE = "deadline"
    CALENDAR = "calendar"  # a worker never works when the activity's calendar does


@dataclass(slots=True, frozen=True)
class Problem:
    """A demand on the plan that its dates do not keep.

    `keys` are the activities that clash (for a link: before, after). `wanted` is the moment
    asked for, `found` the one in the plan; both its start when calendars do not meet.
    """

    trouble: Trouble
    keys: tuple[int, ...]
    wanted: int
    found: int
    link: int | None = None
    constraint: ConstraintKind | None = None


class CircleError(Exception):
    """Links (and the outline) go round in a circle; `keys` in order, the first once."""

    def __init__(self, keys: tuple[int, ...]) -> None:
        super().__init__(keys)
        self.keys = keys
