"""What is left of months whose days are no longer kept: sums by department and profile."""

from __future__ import annotations

from collections.abc import Mapping

from crm_pilot.adoption.curves import Place
from crm_pilot.adoption.scope import Scope, departments, profiles
from crm_pilot.adoption.sums import Sums
from crm_pilot.store.reader import Reader, remembered

TABLES = ("use_total", "action_total", "department", "profile", "wave", "task")


@remembered(*TABLES)
def stored(reader: Reader, month: int, scope: Scope) -> dict[Place, Sums]:
    """The sums kept of a month. A scope of accounts cannot be told and is left aside."""
    made: dict[Place, Sums] = {}
    expected = {profile.id: (profile.low, profile.high) for profile in profiles(reader)}
    for department, profile, accounts, active, logins, working in reader.select(
        "SELECT department_id, profile_id, accounts, active, login_days, working_days"
        " FROM use_total WHERE month = ?",
        month,
    ):
        one = made[department, profile] = Sums(accounts, active, logins, float(working))
        if profile in expected:
            low, high = expected[profile]
            one.low, one.high, one.expecting = low * accounts, high * accounts, accounts
    for department, profile, thing, created, updated in reader.select(
        "SELECT department_id, profile_id, object_id, created, updated FROM action_total"
        " WHERE month = ?",
        month,
    ):
        made.setdefault((department, profile), Sums()).count(thing, created, updated)
    return _within(reader, made, scope)


def _within(reader: Reader, made: dict[Place, Sums], scope: Scope) -> dict[Place, Sums]:
    """The sums of a scope; waves as they are today."""
    wave_of = {place.id: place.wave_id for place in departments(reader)}
    return {
        (department, profile): one
        for (department, profile), one in made.items()
        if scope.keeps_department(department, wave_of.get(department or 0))
        and (scope.profiles is None or profile in scope.profiles)
    }


def compare_totals(reader: Reader, before: int, scope: Scope, by: Mapping[Place, Sums]) -> bool:
    """Compare sums with those kept of the month before: all accounts on either side, since who
    was there is no longer known. Whether there is anything to compare with."""
    past = {} if scope.accounts is not None else stored(reader, before, scope)
    for place, one in by.items():
        one.now = (one.login_days, _records(one), one.working_days)
        if place in past:
            then = past[place]
            one.before = (then.login_days, _records(then), then.working_days)
    return bool(past)


def _records(one: Sums) -> int:
    return sum(created + updated for created, updated in one.counts.values())
