"""What screens and documents show of adoption: connection days, active share, scope.

The facts themselves are read by `facts.py` alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.active import ActiveShares, active_accounts, active_day, weeks_before
from crm_pilot.adoption.curves import TABLES, PlaceUse, weekly
from crm_pilot.adoption.scope import UserAccount, accounts, departments, go_lives, waves
from crm_pilot.adoption.trends import ProfileCurve, profile_curves
from crm_pilot.adoption.use_days import UseDays
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

__all__ = [
    "AdoptionFigures",
    "DepartmentUse",
    "FeatureFigures",
    "ProfileCurve",
    "features",
    "figures",
]
WEEKS = 12


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


@remembered("task", "crm_object", *TABLES)
def figures(reader: Reader, today: dt.date, weeks: int = WEEKS) -> AdoptionFigures:
    """Adoption as of `today`, with curves over the last `weeks` full weeks.

    Active = at least one login day and one record created or updated in the 28 days up to
    `active_on`, over open accounts of measured profiles (adoption rate, DOMAIN.md 2.1).
    """
    until, active_on = facts.last_login(reader, today), active_day(reader, today)
    acted = facts.last_action(reader, today) is not None
    shares = _shares(reader, active_on, weeks, acted)
    use = weekly(reader, today, weeks)
    opened = _opened(reader, active_on or today)
    last_logins = facts.last_logins(reader, until) if until else {}
    kept = facts.kept_from(reader)
    return AdoptionFigures(
        accounts_open=len(opened),
        active=shares.now[0],
        active_share=shares.share(0),
        previous_active_share=shares.share(1),
        target_share=(reader.value("SELECT active_target_percent FROM project") or 0) / 100,
        window_days=rules.WINDOW_DAYS,
        by_actions=acted,
        active_on=active_on,
        active_curve=shares.curve(),
        week=use.weeks[-1] if use.weeks else None,
        profiles=profile_curves(reader, use),
        departments=_departments(reader, opened, today, weeks, active_on),
        data_until=until,
        never_logged=sum(
            rules.idle_days(last_logins.get(a.id), a.opened, kept, until or today) is None
            for a in opened
        ),
        objects=_objects(reader, active_on),
        go_lives=go_lives(reader),
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


def _opened(reader: Reader, day: dt.date) -> tuple[UserAccount, ...]:
    """Measured accounts open on a day."""
    return tuple(a for a in accounts(reader) if rules.is_open(a.opened, a.closed, day))


def _shares(reader: Reader, last: dt.date | None, weeks: int, acted: bool) -> ActiveShares:
    """The active share of every week up to the day known of logins and actions."""
    if last is None:
        return ActiveShares((), None, weeks, facts.NOTHING, None)
    first = weeks_before(last, max(weeks, 2) + 4)
    actions: UseDays | None = facts.acted_days(reader, first, last) if acted else None
    logins = facts.login_days(reader, first, last)
    return ActiveShares(accounts(reader), last, weeks, logins, actions, facts.kept_from(reader))


# departments and objects ---------------------------------------------------------------------


def _departments(
    reader: Reader,
    opened: tuple[UserAccount, ...],
    today: dt.date,
    weeks: int,
    active_on: dt.date | None,
) -> tuple[DepartmentUse, ...]:
    """Every department that has an open account, by wave."""
    members: dict[int | None, list[UserAccount]] = defaultdict(list)
    for account in opened:
        members[account.department_id].append(account)
    active = active_accounts(reader, active_on) if active_on else None
    names = {wave.id: wave.name for wave in waves(reader)}
    use = weekly(reader, today, weeks).by_department()
    return tuple(
        _department(
            (place.id, place.name, names.get(place.wave_id or 0, "")),
            members[place.id],
            use.get(place.id),
            active,
        )
        for place in departments(reader)
        if members[place.id]
    )


def _department(
    place: tuple[int, str, str],
    members: list[UserAccount],
    use: PlaceUse | None,
    active: frozenset[int] | None,
) -> DepartmentUse:
    days = use.weeks[-1].per_week if use and use.weeks else None
    low = rules.mean(a.low for a in members if a.low is not None)
    share = None if active is None else sum(a.id in active for a in members) / len(members)
    return DepartmentUse(
        *place,
        accounts=len(members),
        days_per_week=days,
        expected_low=low,
        expected_high=rules.mean(a.high for a in members if a.high is not None),
        below=rules.is_below(days, low),
        active_share=share,
    )


def _objects(reader: Reader, last: dt.date | None) -> tuple[tuple[str, int, int], ...]:
    """Records created and updated by object in the 28 days up to `last`, the most used first."""
    if last is None:
        return ()
    first = last - dt.timedelta(days=rules.WINDOW_DAYS - 1)
    measured = {account.id for account in accounts(reader)}
    counts: dict[int, tuple[int, int]] = {}
    for account, thing, created, updated in facts.records(reader, first, last):
        if account in measured:
            had = counts.get(thing, (0, 0))
            counts[thing] = (had[0] + created, had[1] + updated)
    names = dict(reader.select("SELECT id, name FROM crm_object"))
    rows = [(names[thing], *counted) for thing, counted in counts.items() if thing in names]
    return tuple(sorted(rows, key=lambda row: (-row[1] - row[2], row[0])))
