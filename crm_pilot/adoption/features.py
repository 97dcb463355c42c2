"""Which function of the CRM is used by whom it is meant for, in whole and by department.

A feature is used by whoever created or updated a record in one of its objects; looking does not
count (DOMAIN.md 2.1). Its targets are the users of its profiles, everybody when it has none.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.scope import EVERYONE, Scope, UserAccount, waves, within
from crm_pilot.adoption.scope import TABLES as SCOPE_TABLES
from crm_pilot.people.newcomers import is_newcomer
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

__all__ = ["is_newcomer"]  # asked for here too


@dataclass(frozen=True)
class FeatureCell:
    """A feature in a department: target users, those who used it, and their share (None: no
    target user here, or nothing to measure it by)."""

    department_id: int | None
    targets: int
    users: int
    share: float | None


@dataclass(frozen=True)
class FeatureUse:
    """A feature, whom it is meant for, and how many of them used it in the window.

    `delivered`: delivery day past and not withdrawn since. `measurable`: it has an object, and
    actions were imported. `cells` are in the order of the departments of the matrix.
    """

    feature_id: int
    name: str
    major: bool
    delivered_on: dt.date | None
    withdrawn_on: dt.date | None
    delivered: bool
    measurable: bool
    users: int
    targets: int
    share: float | None
    cells: tuple[FeatureCell, ...]


@dataclass(frozen=True)
class Column:
    """A department of the matrix; `department_id` None: users without one."""

    department_id: int | None
    name: str
    short: str
    accounts: int


@dataclass(frozen=True)
class FeatureMatrix:
    """Features × departments over the days `first` to `until` (None: no action is known)."""

    first: dt.date | None
    until: dt.date | None
    departments: tuple[Column, ...]
    rows: tuple[FeatureUse, ...]


@dataclass(frozen=True)
class FeatureCohorts:
    """A feature among veterans and among newcomers: target users, users, share."""

    feature_id: int
    name: str
    delivered_on: dt.date | None
    veterans: int
    veteran_users: int
    veteran_share: float | None
    newcomers: int
    newcomer_users: int
    newcomer_share: float | None


@dataclass(frozen=True)
class _Feature:
    """A feature as it is stored."""

    id: int
    name: str
    major: bool
    delivered_on: dt.date | None
    withdrawn_on: dt.date | None


TABLES = (
    *("feature", "feature_object", "feature_profile", "task"),
    *SCOPE_TABLES,
    *facts.TABLES,
)
Profiles = frozenset[int]


@dataclass(frozen=True)
class _Window:
    """The days looked at, who has an open account on the last of them, and who acted in what."""

    first: dt.date | None
    until: dt.date | None
    opened: tuple[UserAccount, ...]
    actors: Mapping[int, frozenset[int]]  # object → accounts


@remembered(*TABLES)
def matrix(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> FeatureMatrix:
    """Features that are not withdrawn, in the lead's order, by department.

    use = distinct target users who acted in one of the feature's objects in the 28 days up to the
    last day of which an action is known ÷ target users (D2, DOMAIN.md 7). A target user has an
    open account on that day.
    """
    window = _window(reader, today, scope)
    columns = _columns(window.opened)
    profiles, objects = _links(reader)
    rows = tuple(
        _use(feature, profiles[feature.id], objects[feature.id], window, columns, today)
        for feature in _stored(reader)
        if feature.withdrawn_on is None or feature.withdrawn_on > today
    )
    return FeatureMatrix(window.first, window.until, columns, rows)


@remembered(*TABLES)
def cohorts(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> tuple[FeatureCohorts, ...]:
    """Veterans and newcomers of every delivered feature that can be measured (D7, DOMAIN.md 7)."""
    window = _window(reader, today, scope)
    live = {wave.id: wave.go_live for wave in waves(reader)}
    new = {a.id for a in window.opened if is_newcomer(a.opened, live.get(a.wave_id or 0))}
    profiles, objects = _links(reader)
    return tuple(
        _cohorts(feature, _targets(window.opened, profiles[feature.id]), users, new)
        for feature in _stored(reader)
        if (users := _users(feature, objects[feature.id], window, today)) is not None
    )


def _stored(reader: Reader) -> list[_Feature]:
    return reader.rows(
        _Feature,
        "SELECT id, name, major, delivered_on, withdrawn_on FROM feature ORDER BY position, id",
    )


def _links(reader: Reader) -> tuple[Mapping[int, Profiles], Mapping[int, frozenset[int]]]:
    """Profiles and objects of every feature."""
    found: list[dict[int, set[int]]] = [defaultdict(set), defaultdict(set)]
    for place, sql in enumerate(
        (
            "SELECT feature_id, profile_id FROM feature_profile",
            "SELECT feature_id, object_id FROM feature_object",
        )
    ):
        for feature, other in reader.select(sql):
            found[place][feature].add(other)
    profiles, objects = (
        defaultdict(frozenset, {key: frozenset(others) for key, others in one.items()})
        for one in found
    )
    return profiles, objects


def _window(reader: Reader, today: dt.date, scope: Scope) -> _Window:
    until = facts.last_action(reader, today)
    opened = tuple(
        a for a in within(reader, scope) if rules.is_open(a.opened, a.closed, until or today)
    )
    if until is None:
        return _Window(None, None, opened, {})
    first = until - dt.timedelta(days=rules.WINDOW_DAYS - 1)
    return _Window(first, until, opened, actors(reader, first, until))


@remembered("feature_object", "passage", *facts.TABLES)
def actors(reader: Reader, first: dt.date, last: dt.date) -> Mapping[int, frozenset[int]]:
    """Who created or updated a record from `first` to `last`, by object; of the objects in which
    a feature or a mandatory passage shows."""
    rows = reader.select(
        "SELECT object_id FROM feature_object UNION SELECT object_id FROM passage"
        " WHERE object_id IS NOT NULL"
    )
    return {key: frozenset(facts.acted_days(reader, first, last, (key,)).bits) for (key,) in rows}


def _columns(opened: tuple[UserAccount, ...]) -> tuple[Column, ...]:
    """The departments of the accounts, in their order."""
    counts = Counter(a.department_id for a in opened)
    named = {a.department_id: (a.department, a.short) for a in opened}
    return tuple(Column(key, *named[key], counts[key]) for key in named)


def _targets(opened: tuple[UserAccount, ...], profiles: Profiles) -> tuple[UserAccount, ...]:
    """Whom a feature is meant for: the users of its profiles, everybody when it has none."""
    return tuple(a for a in opened if not profiles or a.profile_id in profiles)


def _is_delivered(feature: _Feature, today: dt.date) -> bool:
    withdrawn = feature.withdrawn_on is not None and feature.withdrawn_on <= today
    return feature.delivered_on is not None and feature.delivered_on <= today and not withdrawn


def _users(
    feature: _Feature, objects: frozenset[int], window: _Window, today: dt.date
) -> frozenset[int] | None:
    """Accounts that acted in one of the objects; None when that cannot be known."""
    if not objects or window.until is None or not _is_delivered(feature, today):
        return None
    return frozenset().union(*(window.actors.get(key, frozenset()) for key in objects))


def _use(
    feature: _Feature,
    profiles: Profiles,
    objects: frozenset[int],
    window: _Window,
    columns: tuple[Column, ...],
    today: dt.date,
) -> FeatureUse:
    targets = _targets(window.opened, profiles)
    users = _users(feature, objects, window, today)
    by_department: dict[int | None, list[int]] = defaultdict(list)
    for account in targets:
        by_department[account.department_id].append(account.id)
    cells = tuple(
        FeatureCell(column.department_id, *_share(by_department[column.department_id], users))
        for column in columns
    )
    total, used, share = _share([a.id for a in targets], users)
    return FeatureUse(
        feature_id=feature.id,
        name=feature.name,
        major=feature.major,
        delivered_on=feature.delivered_on,
        withdrawn_on=feature.withdrawn_on,
        delivered=_is_delivered(feature, today),
        measurable=bool(objects) and window.until is not None,
        users=used,
        targets=total,
        share=share,
        cells=cells,
    )


def _share(targets: list[int], users: frozenset[int] | None) -> tuple[int, int, float | None]:
    """Targets, users among them, users ÷ targets."""
    used = sum(key in users for key in targets) if users is not None else 0
    known = users is not None and bool(targets)
    return len(targets), used, used / len(targets) if known else None


def _cohorts(
    feature: _Feature,
    targets: tuple[UserAccount, ...],
    users: frozenset[int],
    new: set[int],
) -> FeatureCohorts:
    veterans = _share([a.id for a in targets if a.id not in new], users)
    newcomers = _share([a.id for a in targets if a.id in new], users)
    return FeatureCohorts(feature.id, feature.name, feature.delivered_on, *veterans, *newcomers)
