"""What the overview shows, read in one go, in whatever thread."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.adoption import checkpoints, features, grid, months, trends
from crm_pilot.adoption.checkpoints import WaveCheckpoints
from crm_pilot.adoption.features import FeatureMatrix
from crm_pilot.adoption.grid import MonthGrid
from crm_pilot.adoption.months import MonthFigures
from crm_pilot.adoption.trends import DepartmentCurve, Movers, ProfileCurves
from crm_pilot.governance import thresholds, user_lock
from crm_pilot.governance.user_lock import Lock
from crm_pilot.project import Reader
from ui.screens.adoption.filters import UseFilter


@dataclass(frozen=True)
class Overview:
    """The figures behind the tiles. `low`: the share of users under which a feature is framed."""

    today: dt.date
    where: UseFilter
    by_user: bool
    figures: MonthFigures
    grid: MonthGrid
    curves: ProfileCurves
    multiples: tuple[DepartmentCurve, ...]
    movers: Movers
    matrix: FeatureMatrix
    low: float
    checkpoints: tuple[WaveCheckpoints, ...]
    lock: Lock
    milestone: str  # the title of the milestone that decides about the lock


def read(
    reader: Reader, today: dt.date, where: UseFilter, *, by_user: bool, language: str
) -> Overview:
    """Read all of it, curves and checkpoints as they were at the end of the month. Single users
    are read only while the lock of the works council is open."""
    scope, lock = where.scope(reader, today), user_lock.lock(reader, today)
    by_user = by_user and lock.open
    by = "user" if by_user else "department"
    day = where.as_of(today)
    return Overview(
        today=today,
        where=where,
        by_user=by_user,
        figures=months.month_figures(reader, where.month, today, scope),
        grid=grid.month_grid(reader, where.month, today, scope, by, language),  # type: ignore[arg-type]
        curves=trends.curves(reader, day, scope),
        multiples=trends.multiples(reader, day, scope),
        movers=trends.movers(reader, day, scope),
        matrix=features.matrix(reader, day, scope),
        low=thresholds.limits(reader)["D2"]["used"] / 100,
        checkpoints=checkpoints.checkpoints(reader, day, scope),
        lock=lock,
        milestone=_title(reader, lock.milestone_id),
    )


def _title(reader: Reader, task: int | None) -> str:
    return str(reader.value("SELECT title FROM task WHERE id = ?", task) or "") if task else ""
