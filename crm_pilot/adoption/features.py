"""Which function of the CRM is used by whom it is meant for, in whole and by department.

A feature is used by whoever created or updated a record in one of its objects; looking does not
count (DOMAIN.md 2.1). Its targets are the users of its profiles, everybody when it has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.scope import EVERYONE, Scope, UserAccount, accounts
from crm_pilot.people.newcomers import is_newcomer
from crm_pilot.store.reader import Reader, date_from_iso, remembered

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
    """A feature as it is stored, with its objects and profiles."""

    id: int
    name: str
    major: bool
    delivered_on: dt.date | None
    withdrawn_on: dt.date | None


TABLES = (
    *("feature", "feature_object", "feature_profile", "crm_object"),
    *("account", "profile", "person", "department", "wave", "task"),
    *facts.TABLES,
)


def matrix(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> FeatureMatrix:
    """Features that are not withdrawn, in the lead's order, by department."""
    return FeatureMatrix(None, None, (), ())


def cohorts(reader: Reader, today: dt.date) -> tuple[FeatureCohorts, ...]:
    """Veterans and newcomers of every delivered feature that can be measured."""
    return ()
