"""What screens and documents show of adoption: connection days, active share, scope.

The facts themselves are read by `facts.py` alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.curves import Account, ActiveShares, WeeklyDays
from crm_pilot.adoption.facts import UseDays
from crm_pilot.store.reader import Reader, remembered

WEEKS = 12


@dataclass(frozen=True)
class ProfileCurve:
    """Mean login days a week of one user profile, beside the days expected of it."""

    profile_id: int
    profile: str
    low: int
    high: int
    points: tuple[tuple[dt.date, float | None], ...]  # (Monday, days per week)
    accounts: int  # measured in the last full week

    @property
    def last(self) -> float | None:
        """Days per week in the last full week."""
        return self.points[-1][1] if self.points else None


@dataclass(frozen=True)
class DepartmentUse:
    """One department in the last full week. Expectations are means over its accounts."""

    department_id: int
    department: str
    wave: str
    accounts: int  # open on the day the active share is measured
    days_per_week: float | None
    expected_low: float | None
    expected_high: float | None
    below: bool
    active_share: float | None


@dataclass(frozen=True)
class AdoptionFigures:
    """Figures of the adoption room; shares are parts of 1."""

    accounts_open: int
    active: int
    active_share: float | None
    previous_active_share: float | None  # a week earlier
    target_share: float
    window_days: int
    by_actions: bool  # False: no action was ever imported, logins alone decide
    active_on: dt.date | None  # last day known of both logins and actions
    active_curve: tuple[tuple[dt.date, float | None], ...]  # (Monday, share)
    week: dt.date | None  # Monday of the last full week
    profiles: tuple[ProfileCurve, ...]
    departments: tuple[DepartmentUse, ...]
    data_until: dt.date | None  # last login day
    never_logged: int  # open accounts without any login day
    objects: tuple[tuple[str, int, int], ...]  # (object, created, updated) in the window
    go_lives: tuple[tuple[dt.date, str], ...]  # (day, wave)


@dataclass(frozen=True)
class FeatureFigures:
    """Scope: features promised, delivered and withdrawn so far."""

    promised: int
    delivered: int
    withdrawn: int


@remembered(
    *("account", "profile", "person", "department", "wave", "task", "crm_object"), *facts.TABLES
)
def figures(reader: Reader, today: dt.date, weeks: int = WEEKS) -> AdoptionFigures:
    """Adoption as of `today`, with curves over the last `weeks` full weeks.

    Active = at least one login day and one record created or updated in the 28 days up to
    `active_on`, over open accounts of measured profiles (adoption rate, DOMAIN.md 2.1).
    """
    country, target = reader.one("SELECT country, active_target_percent FROM project") or ("", 0)
    accounts = _accounts(reader)
    last_logins = facts.last_logins(reader, today)
    until = max(last_logins.values(), default=None)
    acted = facts.last_action(reader, today)
    active_on = min(until, acted) if until and acted else until
    logins = _login_days(reader, until, active_on, weeks)
    actions = None
    if acted and active_on:
        actions = facts.acted_days(reader, _weeks_before(active_on, weeks + 4), active_on)
    active = ActiveShares(accounts, active_on, weeks, logins, actions)
    days = WeeklyDays(accounts, until, weeks, country, logins)
    opened = [a for a in accounts if rules.is_open(a.opened, a.closed, active_on or today)]
    return AdoptionFigures(
        accounts_open=len(opened),
        active=sum(1 for a in opened if a.id in active.now),
        active_share=active.share(0),
        previous_active_share=active.share(1),
        target_share=target / 100,
        window_days=rules.WINDOW_DAYS,
        by_actions=acted is not None,
        active_on=active_on,
        active_curve=active.curve(),
        week=days.weeks[-1] if days.weeks else None,
        profiles=_profiles(reader, days),
        departments=_departments(reader, opened, days, active.now if active_on else None),
        data_until=until,
        never_logged=sum(1 for a in opened if a.id not in last_logins),
        objects=_objects(reader, active_on),
        go_lives=_go_lives(reader),
    )


@remembered("feature")
def features(reader: Reader, today: dt.date) -> FeatureFigures:
    """Scope as of `today`; a withdrawn feature no longer counts as delivered."""
    row = reader.one(
        "SELECT count(*),"
        " coalesce(sum(delivered_on <= ?1 AND (withdrawn_on IS NULL OR withdrawn_on > ?1)), 0),"
        " coalesce(sum(withdrawn_on <= ?1), 0) FROM feature",
        today,
    ) or (0, 0, 0)
    return FeatureFigures(*row)


# accounts ------------------------------------------------------------------------------------


def _accounts(reader: Reader) -> list[Account]:
    """Measured accounts; one without a profile is measured, without expectation."""
    return reader.rows(
        Account,
        "SELECT a.id, a.opened_on, a.closed_on, a.profile_id, p.expected_low, p.expected_high,"
        " person.department_id FROM account a LEFT JOIN profile p ON p.id = a.profile_id"
        " LEFT JOIN person ON person.id = a.person_id WHERE coalesce(p.measured, 1) ORDER BY a.id",
    )


def _weeks_before(last: dt.date, weeks: int) -> dt.date:
    """First day of the `weeks` weeks that end on `last`."""
    return last - dt.timedelta(days=7 * weeks - 1)


def _login_days(
    reader: Reader, until: dt.date | None, active_on: dt.date | None, weeks: int
) -> UseDays:
    """Login days for the curves of `weeks` weeks, and for the windows before `active_on`."""
    if until is None or active_on is None:
        return facts.NOTHING
    lag = (until - active_on).days // 7 + 1
    return facts.login_days(reader, _weeks_before(until, weeks + 4 + lag), until)


def _profiles(reader: Reader, days: WeeklyDays) -> tuple[ProfileCurve, ...]:
    """One curve a profile that has accounts; leading weeks before any account are left out."""
    curves = []
    declared = reader.select(
        "SELECT id, name, expected_low, expected_high FROM profile WHERE measured"
        " ORDER BY expected_low, name"
    )
    for key, name, low, high in declared:
        means = [_of_profile(days, number, key) for number in range(len(days.weeks))]
        if any(accounts for _, accounts in means):
            points = tuple(
                (week, value) for week, (value, _) in zip(days.weeks, means, strict=True)
            )
            curves.append(ProfileCurve(key, name, low, high, points, means[-1][1]))
    return _from_first_known(curves)


def _of_profile(days: WeeklyDays, number: int, key: int) -> tuple[float | None, int]:
    return days.mean(number, lambda account: account.profile_id == key)


def _from_first_known(curves: list[ProfileCurve]) -> tuple[ProfileCurve, ...]:
    """The same curves without the leading weeks in which no curve has a value."""
    known = [i for c in curves for i, (_, value) in enumerate(c.points) if value is not None]
    start = min(known, default=0)
    return tuple(
        ProfileCurve(c.profile_id, c.profile, c.low, c.high, c.points[start:], c.accounts)
        for c in curves
    )


# departments, objects, waves -----------------------------------------------------------------


def _departments(
    reader: Reader, opened: list[Account], days: WeeklyDays, active: frozenset[int] | None
) -> tuple[DepartmentUse, ...]:
    members: dict[int | None, list[Account]] = defaultdict(list)
    for account in opened:
        members[account.department_id].append(account)
    found = []
    for key, name, wave in reader.select(
        "SELECT d.id, d.name, coalesce(w.name, '') FROM department d"
        " LEFT JOIN wave w ON w.id = d.wave_id ORDER BY coalesce(w.position, 999), d.position, d.id"
    ):
        if members[key]:
            found.append(_department(key, name, wave, members[key], days, active))
    return tuple(found)


def _department(
    key: int,
    name: str,
    wave: str,
    accounts: list[Account],
    days: WeeklyDays,
    active: frozenset[int] | None,
) -> DepartmentUse:
    use = days.mean(-1, lambda a: a.department_id == key)[0] if days.weeks else None
    low = rules.mean(a.low for a in accounts if a.low is not None)
    share = None if active is None else sum(a.id in active for a in accounts) / len(accounts)
    return DepartmentUse(
        department_id=key,
        department=name,
        wave=wave,
        accounts=len(accounts),
        days_per_week=use,
        expected_low=low,
        expected_high=rules.mean(a.high for a in accounts if a.high is not None),
        below=use is not None and low is not None and use < low,
        active_share=share,
    )


def _objects(reader: Reader, last: dt.date | None) -> tuple[tuple[str, int, int], ...]:
    """Records created and updated by object in the 28 days up to `last`, the most used first."""
    if last is None:
        return ()
    rows = reader.select(
        "SELECT o.name, sum(f.created), sum(f.updated) FROM (SELECT object_id,"
        " max(created) AS created, max(updated) AS updated FROM action_fact"
        f" WHERE {facts.KEPT_DAYS} AND day > ? AND day <= ?"
        " AND account_id IN (SELECT a.id FROM account a LEFT JOIN profile p ON p.id = a.profile_id"
        " WHERE coalesce(p.measured, 1)) GROUP BY account_id, day, object_id) f"
        " JOIN crm_object o ON o.id = f.object_id"
        " GROUP BY o.id ORDER BY sum(f.created) + sum(f.updated) DESC, o.name",
        facts.day_number(last) - rules.WINDOW_DAYS,
        facts.day_number(last),
    )
    return tuple((name, created, updated) for name, created, updated in rows)


def _go_lives(reader: Reader) -> tuple[tuple[dt.date, str], ...]:
    rows = reader.select(
        "SELECT t.start, w.name FROM wave w JOIN task t ON t.id = w.milestone_id"
        " WHERE t.start IS NOT NULL ORDER BY t.start, w.position"
    )
    return tuple((dt.date.fromisoformat(day), name) for day, name in rows)
