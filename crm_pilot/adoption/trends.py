"""Weeks side by side: curves by profile and by department, and who moved up or down."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from crm_pilot.adoption import rules
from crm_pilot.adoption.curves import WEEKS, PlaceUse, WeeklyUse, weekly
from crm_pilot.adoption.scope import (
    EVERYONE,
    DepartmentPlace,
    ProfilePlace,
    Scope,
    departments,
    go_lives,
    profiles,
)
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

MOVED_WEEKS = 2  # between the weeks that movers compare
STILL = 0.05  # days a week: smaller changes are shown as none
Points = tuple[tuple[dt.date, float | None], ...]  # (Monday, days a week)


@dataclass(frozen=True)
class ProfileCurve:
    """Mean login days a week of one user profile, beside the days expected of it."""

    profile_id: int
    profile: str
    low: int
    high: int
    points: Points
    accounts: int  # measured in the last full week

    @property
    def last(self) -> float | None:
        """Days per week in the last full week."""
        return self.points[-1][1] if self.points else None


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
    """Curves over the last `weeks` full weeks: login days ÷ working days × 5 of the accounts that
    were open all week (`rules.days_per_week`)."""
    use = weekly(reader, today, weeks, scope)
    return ProfileCurves(use.weeks, profile_curves(reader, use), go_lives(reader))


def profile_curves(reader: Reader, use: WeeklyUse) -> tuple[ProfileCurve, ...]:
    """One curve a profile that has accounts; the leading weeks of which no curve has a value are
    left out."""
    by = use.by_profile()
    made = [
        _profile_curve(profile, use.weeks, by[profile.id])
        for profile in profiles(reader)
        if profile.id in by and any(week.accounts for week in by[profile.id].weeks)
    ]
    known = [i for c in made for i, (_, value) in enumerate(c.points) if value is not None]
    start = min(known, default=0)
    return tuple(replace(curve, points=curve.points[start:]) for curve in made)


def _profile_curve(
    profile: ProfilePlace, weeks: tuple[dt.date, ...], use: PlaceUse
) -> ProfileCurve:
    return ProfileCurve(
        profile.id,
        profile.name,
        profile.low,
        profile.high,
        _points(weeks, use),
        use.weeks[-1].accounts,
    )


def _points(weeks: tuple[dt.date, ...], use: PlaceUse | None) -> Points:
    if use is None:
        return tuple((week, None) for week in weeks)
    return tuple((week, one.per_week) for week, one in zip(weeks, use.weeks, strict=True))


def multiples(
    reader: Reader, today: dt.date, scope: Scope = EVERYONE, weeks: int = WEEKS
) -> tuple[DepartmentCurve, ...]:
    """A small curve a department, all over the same weeks: those with open accounts, and those
    whose wave goes live later."""
    use = weekly(reader, today, weeks, scope)
    by = use.by_department()
    made = (
        _department_curve(place, use.weeks, by.get(place.id), today)
        for place in departments(reader)
        if scope.keeps_department(place.id, place.wave_id)
    )
    return tuple(curve for curve in made if curve.accounts or curve.opens_on)


def _department_curve(
    place: DepartmentPlace, weeks: tuple[dt.date, ...], use: PlaceUse | None, today: dt.date
) -> DepartmentCurve:
    low = use.low / use.expecting if use and use.expecting else None
    points = _points(weeks, use)
    later = place.go_live is not None and place.go_live > today
    return DepartmentCurve(
        department_id=place.id,
        department=place.name,
        short=place.short,
        accounts=use.accounts if use else 0,
        points=points,
        low=low,
        high=use.high / use.expecting if use and use.expecting else None,
        opens_on=place.go_live if later else None,
        below=rules.is_below(points[-1][1] if points else None, low),
    )


def movers(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> Movers:
    """Departments whose days a week rose or fell from the last full week but two to the last;
    changes under a twentieth of a day are none."""
    known = weekly(reader, today, WEEKS, scope).weeks
    if len(known) <= MOVED_WEEKS:
        return Movers(None, None, (), ())
    moved = [
        mover for curve in multiples(reader, today, scope) if (mover := _mover(curve)) is not None
    ]
    up = sorted((m for m in moved if m.change >= STILL), key=lambda m: (-m.change, m.department))
    down = sorted((m for m in moved if m.change <= -STILL), key=lambda m: (m.change, m.department))
    return Movers(known[-1 - MOVED_WEEKS], known[-1], tuple(up), tuple(down))


def _mover(curve: DepartmentCurve) -> Mover | None:
    """How a department moved; None where one of the two weeks has no value."""
    before, now = curve.points[-1 - MOVED_WEEKS][1], curve.points[-1][1]
    if before is None or now is None:
        return None
    return Mover(curve.department_id, curve.department, curve.accounts, now - before, before, now)
