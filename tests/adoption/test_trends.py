"""Curves, small multiples, movers, checkpoints and needs by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.adoption import queries
from crm_pilot.adoption.checkpoints import checkpoints
from crm_pilot.adoption.needs import needs
from crm_pilot.adoption.scope import Scope
from crm_pilot.adoption.terms import NeedReason
from crm_pilot.adoption.trends import curves, movers, multiples
from crm_pilot.project import Add, Project, SetField
from tests.adoption.usage import Company, D, Someone, span

TODAY = D(2026, 11, 21)
EARLY = D(2026, 9, 7)


def week(monday: dt.date, days: int) -> tuple[dt.date, ...]:
    """The first days of a week."""
    return tuple(monday + dt.timedelta(days=n) for n in range(days))


W45, W46, W47 = D(2026, 11, 2), D(2026, 11, 9), D(2026, 11, 16)


ROBOT = Someone(profile=3, logins=((D(2026, 11, 20),),))  # makes Friday the last day known


def three_weeks(*days: int) -> tuple[dt.date, ...]:
    """So many login days in weeks 45, 46 and 47."""
    return tuple(
        day for monday, n in zip((W45, W46, W47), days, strict=True) for day in week(monday, n)
    )


def test_curves_by_profile_agree_with_the_cockpit(project: Project) -> None:
    people = (
        Someone(opened=EARLY, logins=(three_weeks(5, 2, 5),)),
        Someone(opened=EARLY, profile=2, logins=(three_weeks(2, 2, 1),)),
        Someone(opened=EARLY, profile=2, department=2, logins=(three_weeks(0, 0, 3),)),
    )
    project.execute(Company(people))
    found = curves(project.reader, TODAY)
    assert [(c.profile, c.low, c.accounts) for c in found.profiles] == [
        ("Field", 2, 2),
        ("Desk", 4, 1),
    ]
    field, desk = found.profiles
    # week 46 has four working days: 2 login days × 5 ÷ 8
    assert [value for _, value in field.points] == pytest.approx([1.0, 1.25, 2.0])
    assert [value for _, value in desk.points] == pytest.approx([5.0, 2.5, 5.0])
    assert found.go_lives == ((D(2026, 9, 7), "Wave 1"), (D(2027, 1, 12), "Wave 2"))
    assert queries.figures(project.reader, TODAY).profiles == found.profiles
    south = curves(project.reader, TODAY, Scope(departments=frozenset({2})))
    assert [value for _, value in south.profiles[0].points] == pytest.approx([0.0, 0.0, 3.0])


def test_a_week_away_is_no_week_below(project: Project) -> None:
    away = ((D(2026, 11, 16), D(2026, 11, 19), "day"),)
    project.execute(
        Company((Someone(opened=EARLY, away=away, logins=((*week(W45, 5), D(2026, 11, 20)),)),))
    )
    north = multiples(project.reader, TODAY)[0]
    assert north.last == pytest.approx(5.0)  # the one day that was left
    assert not north.below


def test_multiples_say_when_a_department_opens(project: Project) -> None:
    people = (
        Someone(opened=EARLY, logins=(three_weeks(2, 2, 2),)),
        Someone(department=3, opened=D(2027, 1, 12)),
        ROBOT,
    )
    project.execute(Company(people))
    found = multiples(project.reader, TODAY)
    assert [(c.department, c.accounts, c.opens_on) for c in found] == [
        ("North", 1, None),
        ("Sea", 0, D(2027, 1, 12)),
    ]
    assert found[1].points[-1] == (W47, None)
    assert [day for day, _ in found[0].points] == [day for day, _ in found[1].points]
    assert (found[0].last, found[0].below) == (pytest.approx(2.0), True)
    sea = multiples(project.reader, TODAY, Scope(waves=frozenset({2})))
    assert [c.department for c in sea] == ["Sea"]


def test_movers_compare_the_last_full_week_with_two_weeks_before(project: Project) -> None:
    people = (
        Someone(opened=EARLY, logins=(three_weeks(1, 5, 4),)),
        Someone(opened=EARLY, department=2, logins=(three_weeks(5, 0, 2),)),
        Someone(opened=EARLY, department=3, logins=(three_weeks(3, 1, 3),)),
        ROBOT,
    )
    project.execute(Company(people))
    found = movers(project.reader, TODAY)
    assert (found.first_week, found.last_week) == (W45, W47)
    assert [(m.department, m.before, m.now) for m in found.up] == [("North", 1.0, 4.0)]
    assert [(m.department, m.change) for m in found.down] == [
        ("South", -3.0)
    ]  # the sea stands still


def test_weeks_before_the_first_import_are_not_known(project: Project) -> None:
    project.execute(Company((Someone(opened=EARLY, logins=(week(W46, 2),)),)))
    found = multiples(project.reader, TODAY)[0]
    assert found.points[-1] == (
        D(2026, 11, 2),
        None,
    )  # until the 10th: week 45 is the last full one
    assert movers(project.reader, TODAY).up == ()


# checkpoints ---------------------------------------------------------------------------------


def test_checkpoints_30_and_60_days_after_go_live(project: Project) -> None:
    """Wave 1 went live on 7 September: day 30 is 7 October, day 60 is 6 November."""
    deal = "deal"
    october, november = D(2026, 10, 7), D(2026, 11, 6)
    both = ((october, deal, 1, 0), (november, deal, 1, 0))
    people = (
        Someone(opened=EARLY, logins=((october, november),), actions=(both,)),
        # the first of the 28 days up to day 30, and the day after it
        Someone(
            opened=EARLY, logins=((D(2026, 9, 10),),), actions=(((D(2026, 9, 10), deal, 0, 1),),)
        ),
        Someone(
            opened=EARLY, logins=((D(2026, 10, 8),),), actions=(((D(2026, 10, 8), deal, 0, 1),),)
        ),
        Someone(department=2, opened=EARLY, logins=((october,),), actions=(both[:1],)),
        Someone(department=2, opened=D(2026, 10, 20), closed=D(2026, 11, 7)),
    )
    project.execute(Company(people))
    (wave,) = checkpoints(project.reader, TODAY)
    assert (wave.wave, wave.go_live, wave.accounts) == ("Wave 1", EARLY, 5)
    thirty, sixty = wave.points
    assert (thirty.days, thirty.due_on, thirty.goal) == (30, october, 0.70)
    assert (thirty.share, thirty.met) == (pytest.approx(3 / 4), True)
    assert (sixty.days, sixty.due_on, sixty.goal) == (60, november, 0.75)
    # 10 October is the first of the 28 days: only the first account is still active
    assert (sixty.share, sixty.met) == (pytest.approx(1 / 5), False)
    north, south = wave.departments
    assert (north.department, [p.share for p in north.points]) == ("North", [2 / 3, 1 / 3])
    assert (south.department, [p.share for p in south.points]) == ("South", [1.0, 0.0])
    assert (wave.now_day, wave.now_share) == (60, pytest.approx(1 / 5))


def test_a_checkpoint_that_is_not_due_has_its_day_and_the_share_so_far(project: Project) -> None:
    people = tuple(Someone(opened=EARLY, logins=(week(D(2026, 9, 21), n),)) for n in range(4))
    project.execute(Company(people))
    (wave,) = checkpoints(project.reader, TODAY)
    assert [(p.due_on, p.share, p.met) for p in wave.points] == [
        (D(2026, 10, 7), None, None),  # the data end before it
        (D(2026, 11, 6), None, None),
    ]
    assert (wave.now_day, wave.now_share) == (16, pytest.approx(3 / 4))


def test_the_goals_are_the_leads(project: Project) -> None:
    logins = (tuple(span(D(2026, 9, 7), D(2026, 11, 20))),)
    project.execute(Company((Someone(logins=logins), Someone())))
    assert [p.met for p in checkpoints(project.reader, TODAY)[0].points] == [False, False]
    project.execute(Add("threshold", {"rule": "checkpoint", "name": "day_60", "value": 50}))
    assert [(p.goal, p.met) for p in checkpoints(project.reader, TODAY)[0].points] == [
        (0.70, False),
        (0.50, True),
    ]
    project.execute(SetField("wave", 1, "milestone_id", None))
    assert checkpoints(project.reader, TODAY) == ()


# needs ---------------------------------------------------------------------------------------


def steady(days: int, department: int = 1, acts: bool = True) -> Someone:
    """Somebody who connects on so many days of each of the last four weeks."""
    monday = D(2026, 10, 26)
    used = tuple(d for n in range(4) for d in week(monday + dt.timedelta(days=7 * n), days))
    acted = tuple((day, "deal", 1, 0) for day in used) if acts else ()
    return Someone(department, opened=EARLY, logins=(used,), actions=(acted,))


def test_each_account_has_the_first_reason_that_holds(project: Project) -> None:
    people = (
        steady(5),
        steady(5),
        steady(2),  # four days are expected
        steady(5, acts=False),
        steady(1, acts=False),  # looks without acting comes before below
        Someone(opened=EARLY),
        Someone(opened=D(2026, 11, 17)),  # three days old: not asked yet
        Someone(opened=EARLY, logins=((D(2026, 10, 30),),)),  # 21 days before the 20th
    )
    project.execute(Company(people))
    found = {
        need.reason: (need.department, need.accounts, need.of)
        for need in needs(project.reader, TODAY)
    }
    assert found == {
        NeedReason.NO_ACTION: ("North", 2, 8),
        NeedReason.NEVER: ("North", 1, 8),
        NeedReason.IDLE: ("North", 1, 8),
        NeedReason.BELOW: ("North", 1, 8),
    }
    assert all(need.suggestion.english() for need in needs(project.reader, TODAY))
    assert needs(project.reader, TODAY)[0].reason is NeedReason.NO_ACTION


def test_small_departments_are_told_together_or_not_at_all(project: Project) -> None:
    people = (
        *(steady(2) for _ in range(6)),
        *(steady(2, 2) for _ in range(3)),
        *(steady(2, 3) for _ in range(2)),
    )
    project.execute(Company(people))
    assert [
        (n.department_id, n.department, n.accounts, n.of) for n in needs(project.reader, TODAY)
    ] == [
        (1, "North", 6, 6),
        (None, "", 5, 5),
    ]
    # three alone would be known by their department: the smallest of the others joins them
    sea = Scope(departments=frozenset({1, 2}))
    assert [(n.department_id, n.of) for n in needs(project.reader, TODAY, sea)] == [(None, 9)]
    assert needs(project.reader, TODAY, Scope(departments=frozenset({2}))) == ()
