"""Mandatory passages (points de passage obligés, PPO): what can be done in the CRM alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from crm_pilot.adoption import facts, features, rules
from crm_pilot.adoption.scope import EVERYONE, Scope, UserAccount, within
from crm_pilot.adoption.scope import TABLES as SCOPE_TABLES
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


@dataclass(frozen=True)
class PassageUse:
    """A mandatory passage of a profile. `share` (None: no user, no object or no action known) is
    that of the profile's users who acted in its object in the window; `closed`: it can no longer
    be done elsewhere, since `closed_on`."""

    id: int
    profile_id: int
    profile: str
    title: str
    object_id: int | None
    object: str | None
    target_percent: int
    closed_on: dt.date | None
    closed: bool
    note: str
    users: int  # of the profile, in the scope
    passed: int
    share: float | None
    met: bool | None  # whether the share reaches the target


@dataclass(frozen=True)
class _Passage:
    """A mandatory passage as it is stored."""

    id: int
    profile_id: int
    profile: str
    title: str
    object_id: int | None
    object: str | None
    target_percent: int
    closed_on: dt.date | None
    note: str


@remembered("passage", "crm_object", *SCOPE_TABLES, *facts.TABLES)
def use(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> tuple[PassageUse, ...]:
    """Every mandatory passage, by profile and in the lead's order.

    share = users of the profile who created or updated a record of its object in the 28 days up to
    the last day of which an action is known ÷ users of the profile with an open account that day.
    """
    until = facts.last_action(reader, today)
    opened = [a for a in within(reader, scope) if rules.is_open(a.opened, a.closed, until or today)]
    actors: Mapping[int, frozenset[int]] = {}
    if until is not None:
        first = until - dt.timedelta(days=rules.WINDOW_DAYS - 1)
        actors = features.actors(reader, first, until)
    stored = reader.rows(
        _Passage,
        "SELECT p.id, f.id, f.name, p.title, o.id, o.name, p.target_percent, p.closed_on, p.note"
        " FROM passage p JOIN profile f ON f.id = p.profile_id"
        " LEFT JOIN crm_object o ON o.id = p.object_id"
        " ORDER BY f.name COLLATE NOCASE, f.id, p.position, p.id",
    )
    return tuple(
        _use(one, opened, None if until is None else actors.get(one.object_id or 0), today)
        for one in stored
    )


def _use(
    stored: _Passage,
    opened: Sequence[UserAccount],
    actors: frozenset[int] | None,
    today: dt.date,
) -> PassageUse:
    users = [a.id for a in opened if a.profile_id == stored.profile_id]
    passed = sum(key in actors for key in users) if actors is not None else 0
    share = passed / len(users) if users and actors is not None else None
    return PassageUse(
        id=stored.id,
        profile_id=stored.profile_id,
        profile=stored.profile,
        title=stored.title,
        object_id=stored.object_id,
        object=stored.object,
        target_percent=stored.target_percent,
        closed_on=stored.closed_on,
        closed=stored.closed_on is not None and stored.closed_on <= today,
        note=stored.note,
        users=len(users),
        passed=passed,
        share=share,
        met=None if share is None else passed * 100 >= stored.target_percent * len(users),
    )
