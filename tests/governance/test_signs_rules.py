"""The rules of the warning signs at their thresholds: one step more and they are silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from crm_pilot.governance import signs_rules as rules
from crm_pilot.governance.entry import Verdict
from crm_pilot.governance.signs_terms import (
    Alive,
    Cohort,
    Decay,
    FeatureGap,
    FeatureInUse,
    Finding,
    MonthUse,
    Need,
    OwnedRecords,
    Pace,
    Sponsorship,
    UnitUse,
    Village,
)
from crm_pilot.governance.thresholds import DECLARED
from crm_pilot.i18n import Translator

EN = Translator("en")
WARN, OK, UNKNOWN = Verdict.WARN, Verdict.OK, Verdict.UNKNOWN


def limits(rule: str) -> dict[str, int]:
    return {one.name: one.default for one in DECLARED if one.rule == rule}


def said(finding: Finding) -> str:
    return "; ".join(EN.show(part) for part in finding.data)


ALIVE = Alive(accounts=20, actions=100, contacts=80, active=10, acting=2, quiet=3.0)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({}, WARN),
        ({"contacts": 79}, OK),
        ({"acting": 3}, OK),
        ({"contacts": 0, "quiet": 21.0}, WARN),
        ({"contacts": 0, "quiet": 20.5}, OK),
        ({"contacts": 0, "quiet": None}, UNKNOWN),
        ({"quiet": None}, WARN),  # one half is enough to warn
        ({"actions": None}, UNKNOWN),
        ({"actions": None, "quiet": 30.0}, WARN),
        ({"acting": None}, UNKNOWN),
        ({"accounts": 4}, UNKNOWN),
        ({"actions": 0, "contacts": 0, "active": 0, "acting": 0}, OK),
    ],
)
def test_d1(values: dict[str, Any], verdict: Verdict) -> None:
    assert rules.buried_alive(replace(ALIVE, **values), limits("D1")).verdict is verdict


def test_d1_names_what_is_missing() -> None:
    found = rules.buried_alive(replace(ALIVE, actions=None, quiet=None), limits("D1"))
    assert found.missing == (Need.ACTIONS, Need.LOGINS)
    assert rules.buried_alive(replace(ALIVE, acting=None), limits("D1")).missing == (Need.KINDS,)


def feature(days: int = 60, targets: int = 100, users: int | None = 14) -> FeatureInUse:
    return FeatureInUse(7, "Quotes", days, targets, users)


@pytest.mark.parametrize(
    ("features", "verdict"),
    [
        ([feature()], WARN),
        ([feature(users=15)], OK),
        ([feature(days=59)], OK),
        ([feature(users=None)], UNKNOWN),
        ([feature(targets=4, users=0)], UNKNOWN),
        ([], UNKNOWN),
        ([feature(users=50), feature(users=None)], UNKNOWN),
        ([feature(users=None), feature()], WARN),
    ],
)
def test_d2(features: list[FeatureInUse], verdict: Verdict) -> None:
    assert rules.major_unused(features, limits("D2"))[0].verdict is verdict


def test_d2_and_d7_have_a_finding_for_each_feature() -> None:
    two = [feature(), replace(feature(), id=8), replace(feature(users=90), id=9)]
    assert [one.subject for one in rules.major_unused(two, limits("D2"))] == ["7", "8"]
    gap = FeatureGap(3, "Mailbox", 10, 5, 8, 2)
    both = [gap, replace(gap, id=4), replace(gap, id=5, newcomer_users=3)]
    assert [one.subject for one in rules.forgotten(both, limits("D7"))] == ["3", "4"]


def village(*units: tuple[bool, int, float | None], **values: bool) -> Village:
    made = tuple(UnitUse(f"U{n}", *one) for n, one in enumerate(units))
    known = {"legacy_fed": False, "rival_bought": False, **values}
    return Village(made, sum(one.accounts for one in made), **known)


@pytest.mark.parametrize(
    ("units", "verdict"),
    [
        ([(True, 60, 0.6), (False, 40, 0.25)], WARN),
        ([(True, 60, 0.59), (False, 40, 0.25)], OK),
        ([(True, 60, 0.6), (False, 40, 0.26)], OK),
        ([(True, 61, 0.6), (False, 39, 0.25)], OK),
        ([(True, 30, 0.5), (True, 30, 0.7), (False, 20, 0.1), (False, 20, 0.2)], WARN),
        ([(True, 60, None), (False, 40, 0.1)], UNKNOWN),
        ([(False, 60, 0.9), (False, 40, 0.1)], UNKNOWN),
    ],
)
def test_d3(units: Sequence[tuple[bool, int, float | None]], verdict: Verdict) -> None:
    assert rules.village(village(*units), limits("D3")).verdict is verdict


def test_d3_is_graver_with_another_tool_and_names_no_small_department() -> None:
    units = [(True, 50, 0.8), (False, 46, 0.1), (False, 4, 0.1)]
    plain = rules.village(village(*units), limits("D3"))
    assert not plain.grave
    assert said(plain).endswith("2 departments at 25% or less hold 50% of the licences; U1")
    grave = rules.village(village(*units, rival_bought=True), limits("D3"))
    assert grave.grave
    assert said(grave).endswith("another tool was bought")


DECAY = Decay(
    initial=Cohort(40, 16_000),  # 400 a head
    newcomers=Cohort(10, 1_000),  # 100 a head: a quarter
    due=10,
    without=0,
    held=True,
    dated=True,
    delivered_then=10,
    delivered_now=11,
)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({}, WARN),
        ({"newcomers": Cohort(10, 1_001)}, OK),
        ({"delivered_now": 10}, OK),
        ({"newcomers": Cohort(10, 4_000), "without": 5}, OK),
        ({"newcomers": Cohort(10, 4_000), "without": 6}, WARN),
        ({"newcomers": Cohort(10, 4_000), "without": 6, "delivered_now": 10}, OK),
        ({"due": 4}, UNKNOWN),
        ({"initial": Cohort(4, 1_600)}, UNKNOWN),
        ({"held": False}, UNKNOWN),
        ({"dated": False}, UNKNOWN),
        ({"initial": Cohort(40, 0), "newcomers": Cohort(10, 0)}, OK),
    ],
)
def test_d5(values: dict[str, Any], verdict: Verdict) -> None:
    assert rules.training_decays(replace(DECAY, **values), limits("D5")).verdict is verdict


@pytest.mark.parametrize(
    ("months", "verdict"),
    [
        ((0.5, 0.48, 0.45, 0.4), WARN),
        ((0.5, 0.48, 0.45, 0.401), OK),
        ((0.5, 0.45, 0.45, 0.4), OK),  # flat once
        ((0.9, 0.1, 0.3, 0.2), OK),
        ((0.2, 0.5, 0.48, 0.45, 0.4), WARN),  # the last three only
        ((0.5, 0.45, 0.4), UNKNOWN),
        ((0.5, None, 0.45, 0.4), UNKNOWN),
        ((0.0, 0.0, 0.0, 0.0), OK),
    ],
)
def test_d6(months: tuple[float | None, ...], verdict: Verdict) -> None:
    rows = [MonthUse(202606 + n, value) for n, value in enumerate(months)]
    assert rules.use_decays(rows, limits("D6")).verdict is verdict


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ((10, 5), (8, 2), WARN),
        ((10, 4), (8, 2), OK),
        ((10, 5), (8, 3), OK),
        ((10, 5), (4, 0), UNKNOWN),
        ((4, 4), (8, 0), UNKNOWN),
    ],
)
def test_d7(old: tuple[int, int], new: tuple[int, int], verdict: Verdict) -> None:
    found = rules.forgotten([FeatureGap(1, "Mailbox", *old, *new)], limits("D7"))
    assert found[0].verdict is verdict


SPONSOR = Sponsorship(True, 5, 10.0, dt.date(2026, 11, 1), True, 20)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({}, OK),
        ({"login_days": 4}, WARN),
        ({"login_days": 4, "agreed": False}, OK),
        ({"days": 60}, WARN),
        ({"days": 59}, OK),
        ({"median": None}, UNKNOWN),
        ({"median": None, "days": 60}, WARN),
        ({"registered": False, "days": None}, UNKNOWN),
        ({"last_decision": None, "days": 61}, WARN),
    ],
)
def test_d8(values: dict[str, Any], verdict: Verdict) -> None:
    assert rules.sponsor_absent(replace(SPONSOR, **values), limits("D8")).verdict is verdict


def owners(*typed: int, created: int = 10) -> list[OwnedRecords]:
    return [OwnedRecords(n % 2, created, one) for n, one in enumerate(typed)]


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (owners(5, 0, 0, 0, 0), WARN),
        (owners(4, 4, 4, 4, 4), OK),
        (owners(9, 9, 9, 9), UNKNOWN),  # fewer than five salespeople
        (owners(0, 0, 0, 0, 0, created=0), UNKNOWN),
    ],
)
def test_d9(rows: list[OwnedRecords], verdict: Verdict) -> None:
    assert rules.proxy_typing(rows, limits("D9"), None).verdict is verdict


def test_d9_counts_nobody_below_five() -> None:
    few = said(rules.proxy_typing(owners(9, 9, 0, 0, 0, 0), limits("D9"), None))
    assert few.startswith("Fewer than five of 6 salespeople")
    many = said(rules.proxy_typing(owners(9, 9, 9, 9, 9, 0), limits("D9"), None))
    assert many.startswith("5 of 6 salespeople in 2 departments have 50% or more")
    lacking = rules.proxy_typing([], limits("D9"), Need.ASSISTANTS)
    assert lacking.missing == (Need.ASSISTANTS,)


PACE = Pace(before=2, now=3, earlier=8, covered=True, shares=(0.3, 0.6, 0.59))


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({}, WARN),
        ({"shares": (0.3, 0.6, 0.6)}, OK),
        ({"now": 2}, OK),
        ({"earlier": 0, "before": 0}, UNKNOWN),
        ({"covered": False, "shares": ()}, UNKNOWN),
        ({"shares": ()}, UNKNOWN),
        ({"now": 0, "before": 0, "earlier": 0}, UNKNOWN),
    ],
)
def test_d12(values: dict[str, Any], verdict: Verdict) -> None:
    assert rules.indigestion(replace(PACE, **values), limits("D12")).verdict is verdict


@pytest.mark.parametrize(
    ("logins", "actions", "verdict"),
    [(True, False, WARN), (True, True, OK), (False, True, OK), (False, False, UNKNOWN)],
)
def test_d14(logins: bool, actions: bool, verdict: Verdict) -> None:
    assert rules.logins_only(logins, actions).verdict is verdict


@pytest.mark.parametrize(("days", "enough"), [(55, False), (56, True)])
def test_eight_weeks_are_56_days(days: int, enough: bool) -> None:
    assert rules.enough(days, limits("any")) is enough
