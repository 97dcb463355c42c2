"""The scheduling engine on small plans whose dates can be told by hand: links, lags, milestones,
slack, circles, what can slip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm_pilot.planning.engine.network import share
from crm_pilot.planning.engine.schedule import CircleError, Trouble, Worker
from crm_pilot.planning.engine.worktime import Calendar
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode
from tests.planning.plans import (
    DAY,
    EVERY_DAY,
    MORNINGS,
    START,
    dates,
    link,
    schedule,
    task,
    told,
    when,
)

FS, SS, FF, SF = LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF
E = LagUnit.ELAPSED


@pytest.mark.parametrize(
    ("kind", "lag", "unit", "start", "finish"),
    [
        (FS, 0, LagUnit.WORKING, "2026-01-08 08:00", "2026-01-09 17:00"),
        (FS, DAY, LagUnit.WORKING, "2026-01-09 08:00", "2026-01-12 17:00"),
        (FS, -DAY, LagUnit.WORKING, "2026-01-07 08:00", "2026-01-08 17:00"),
        (FS, 50, LagUnit.PERCENT, "2026-01-09 13:00", "2026-01-13 12:00"),
        (FS, -100, LagUnit.PERCENT, "2026-01-05 08:00", "2026-01-06 17:00"),
        (FS, 1440, E, "2026-01-09 08:00", "2026-01-12 17:00"),
        (FS, 3 * 1440, E, "2026-01-12 08:00", "2026-01-13 17:00"),
        (FS, 100, LagUnit.ELAPSED_PERCENT, "2026-01-09 08:00", "2026-01-12 17:00"),
        (SS, 0, LagUnit.WORKING, "2026-01-05 08:00", "2026-01-06 17:00"),
        (SS, 240, LagUnit.WORKING, "2026-01-05 13:00", "2026-01-07 12:00"),
        (FF, 0, LagUnit.WORKING, "2026-01-06 08:00", "2026-01-07 17:00"),
        (FF, DAY, LagUnit.WORKING, "2026-01-07 08:00", "2026-01-08 17:00"),
        (FF, -240, LagUnit.WORKING, "2026-01-05 13:00", "2026-01-07 12:00"),
        (SF, 0, LagUnit.WORKING, "2026-01-05 08:00", "2026-01-06 17:00"),  # not before the plan
        (SF, 3 * DAY, LagUnit.WORKING, "2026-01-06 08:00", "2026-01-07 17:00"),
    ],
)
def test_links(kind: LinkKind, lag: int, unit: LagUnit, start: str, finish: str) -> None:
    plan = schedule(task(1, 3), task(2, 2), link(1, 2, kind, lag, unit))
    assert dates(plan, 1) == ("2026-01-05 08:00", "2026-01-07 17:00")
    assert dates(plan, 2) == (start, finish)


def test_a_finish_driven_by_a_start_is_shown_at_that_moment() -> None:
    """As MS Project stores it: the night is no work, and the finish is where the link put it."""
    plan = schedule(task(1, 2), task(2, 1), task(3, 1), link(1, 2), link(2, 3, SF))
    assert dates(plan, 2)[0] == "2026-01-07 08:00"
    assert dates(plan, 3) == ("2026-01-06 08:00", "2026-01-07 08:00")
    assert told(plan.timing(3).late_finish) == "2026-01-07 17:00"
    assert plan.timing(3).total_slack == DAY


def test_milestones_stay_in_the_evening() -> None:
    plan = schedule(
        task(1, 5),
        task(2, 0),
        task(3, 1),
        task(4, 0, constraint=ConstraintKind.SNET, constraint_at=when("2026-01-12 08:00")),
        task(5, 0),
        link(1, 2),
        link(2, 3),
        link(1, 4),
        link(1, 5, FS, 2 * 1440, E),
    )
    assert dates(plan, 2) == ("2026-01-09 17:00", "2026-01-09 17:00")
    assert dates(plan, 3) == ("2026-01-12 08:00", "2026-01-12 17:00")
    assert dates(plan, 4)[0] == "2026-01-12 08:00"
    assert dates(plan, 5)[0] == "2026-01-12 08:00"  # Sunday afternoon is no time for anything
    timing = plan.timing(2)
    assert (timing.late_start, timing.late_finish, timing.total_slack) == (
        timing.start,
        timing.finish,
        0,
    )


def test_slack_of_three_kinds() -> None:
    plan = schedule(
        task(1, 2), task(2, 5), task(3, 1), task(4, 1), link(1, 3), link(2, 4), link(3, 4)
    )
    timing = plan.timing(1)
    assert (timing.total_slack, timing.free_slack) == (2 * DAY, 0)
    assert told(timing.late_start) == "2026-01-07 08:00"
    assert (plan.timing(3).total_slack, plan.timing(3).free_slack) == (2 * DAY, 2 * DAY)
    assert [key for key, one in plan.timings().items() if one.critical] == [2, 4]
    assert [key for key, one in plan.timings().items() if one.near] == [1, 3]  # two days or less
    assert len(plan.timings()) == 4


def test_limits_of_critical_and_near() -> None:
    parts = (task(1, 2), task(2, 4), task(3, 5), task(4, 9))
    plan = schedule(*parts, critical_slack=4 * DAY, near_slack=5 * DAY)
    found = {key: (one.critical, one.near) for key, one in plan.timings().items()}
    assert found == {1: (False, False), 2: (False, True), 3: (True, False), 4: (True, False)}


def test_several_critical_paths() -> None:
    parts = (task(1, 2), task(2, 3), task(3, 9), link(1, 2))
    assert not schedule(*parts).timing(1).critical
    assert schedule(*parts, per_path=True).timing(1).critical
    assert schedule(*parts, per_path=True).timing(2).total_slack == 0


def test_lag_counts_in_the_calendar_of_the_successor() -> None:
    lag = link(1, 2, FS, 2 * DAY)
    plan = schedule(task(1, 5), task(2, 1), lag)
    assert dates(plan, 2)[0] == "2026-01-14 08:00"
    plan = schedule(task(1, 5), task(2, 1, calendar=EVERY_DAY), lag)
    assert dates(plan, 2)[0] == "2026-01-12 08:00"
    absent = Worker(MORNINGS)  # the calendars of people have no say in it
    assert dates(schedule(task(1, 5), task(2, 1, workers=(absent,)), lag), 2)[0] == (
        "2026-01-14 08:00"
    )


def test_elapsed_durations_run_through_nights() -> None:
    plan = schedule(task(1, 5), task(2, 3, elapsed=True), task(3, 1), link(1, 2), link(2, 3))
    assert dates(plan, 2) == ("2026-01-09 17:00", "2026-01-10 17:00")
    assert dates(plan, 3)[0] == "2026-01-12 08:00"
    assert plan.timing(2).total_slack == 24 * 60 + 15 * 60  # of the clock, until Monday morning


def test_calendars_of_tasks_and_people() -> None:
    plan = schedule(
        task(1, 6, calendar=EVERY_DAY),
        task(2, 1, workers=(Worker(MORNINGS),)),
        task(3, 1, workers=(Worker(MORNINGS), Worker(EVERY_DAY))),
        task(4, 1, workers=(Worker(MORNINGS),), ignores_workers=True),
        task(5, 1, workers=(Worker(EVERY_DAY, units=50, work=DAY),)),
        task(6, 1, calendar=EVERY_DAY, workers=(Worker(MORNINGS),)),
    )
    assert dates(plan, 1)[1] == "2026-01-10 17:00"
    assert dates(plan, 2) == ("2026-01-05 08:00", "2026-01-06 12:00")
    assert dates(plan, 3)[1] == "2026-01-06 12:00"  # the last who is done
    assert dates(plan, 4)[1] == "2026-01-05 17:00"
    assert dates(plan, 5)[1] == "2026-01-06 17:00"
    assert dates(plan, 6)[1] == "2026-01-06 12:00"


def test_delays_and_stretches_of_split_work() -> None:
    late = Worker(EVERY_DAY, delay=DAY)
    split = Worker(EVERY_DAY, segments=((0, DAY), (3 * DAY, 4 * DAY)))
    plan = schedule(task(1, 1, workers=(late,)), task(2, 2, workers=(split,)), link(1, 2))
    assert dates(plan, 1) == ("2026-01-06 08:00", "2026-01-06 17:00")
    assert dates(plan, 2) == ("2026-01-07 08:00", "2026-01-10 17:00")
    assert plan.timing(1).total_slack == 0


def test_calendars_that_never_meet_are_named() -> None:
    weekend = Worker(Calendar(((),) * 5 + (((480, 720),),) * 2))
    plan = schedule(task(1, 1, calendar=MORNINGS, workers=(weekend,)))
    assert dates(plan, 1)[1] == "2026-01-06 12:00"  # as if nobody was named
    (found,) = plan.problems()
    assert (found.trouble, found.keys) == (Trouble.CALENDAR, (1,))


def test_a_circle_is_named_in_its_order() -> None:
    parts = (task(1), task(2), task(3), task(4), link(1, 2), link(2, 3), link(3, 4))
    plan = schedule(*parts)
    was = dict(plan.timings())
    with pytest.raises(CircleError) as caught:
        plan.change(link_put=[link(4, 2)])
    keys = caught.value.keys
    assert sorted(keys) == [2, 3, 4]
    turned = keys[keys.index(2) :] + keys[: keys.index(2)]
    assert turned == (2, 3, 4)
    assert dict(plan.timings()) == was
    with pytest.raises(CircleError):
        schedule(*parts, link(4, 2))
    with pytest.raises(CircleError):
        plan.change(link_put=[link(1, 1)])


def test_a_link_within_its_own_phase_is_a_circle() -> None:
    phase = (task(1), task(2, parent=1), task(3, parent=2))
    with pytest.raises(CircleError) as caught:
        schedule(*phase, link(3, 1))
    assert set(caught.value.keys) == {1, 2, 3}
    plan = schedule(*phase)
    with pytest.raises(CircleError):
        plan.change(link_put=[link(1, 3)])
    with pytest.raises(CircleError):
        plan.change(put=[task(1, parent=3)])
    assert dates(plan, 3) == ("2026-01-05 08:00", "2026-01-05 17:00")


def test_what_changes_is_told() -> None:
    plan = schedule(task(1, 2), task(2, 5), task(3, 1), task(4, 1), link(1, 3), link(2, 4))
    assert plan.change(put=[task(1, 3)]) == {1, 3}
    assert plan.change(put=[task(1, 3)]) == frozenset()
    assert plan.change(link_put=[link(3, 4)]) == frozenset()
    assert plan.change(put=[task(1, 5)]) == {1, 3, 4}
    assert plan.change(dropped=[3], put=[task(5, 1)]) == {4, 5}
    assert set(plan.keys()) == {1, 2, 4, 5}
    assert list(plan.dependencies()) == [2004]
    assert plan.change(link_dropped=[2004]) == {4}
    assert plan.activity(1).duration == 5 * DAY


def test_two_lines_change_places_in_the_outline() -> None:
    plan = schedule(task(1), task(2, parent=1), task(3), task(4, parent=3), link(2, 4))
    plan.change(put=[task(1, parent=4), task(4), task(2, parent=None)])
    assert dates(plan, 4)[0] == "2026-01-06 08:00"


def test_what_can_still_slip_before_the_go_live() -> None:
    """Configuration 3 d and data 5 d lead to the go-live, which waits for the 19th; training does
    not lead to it."""
    live = task(4, 0, constraint=ConstraintKind.SNET, constraint_at=when("2026-01-19 08:00"))
    plan = schedule(
        *(task(1, 3), task(2, 5), task(3, 2), live, task(5, 30)),
        *(link(1, 3), link(2, 3), link(3, 4)),
    )
    assert plan.slips(4) == {1: 5 * DAY, 2: 3 * DAY, 3: 3 * DAY}
    assert plan.timing(2).total_slack > 3 * DAY  # the training is longer still
    grown = replace(plan.activity(2), duration=8 * DAY)
    plan.change(put=[grown])
    assert dates(plan, 4)[0] == "2026-01-19 08:00"
    plan.change(put=[replace(grown, duration=8 * DAY + 1)])
    assert dates(plan, 4)[0] == "2026-01-19 08:01"


def test_what_can_slip_counts_phases_on_the_way() -> None:
    plan = schedule(
        *(task(1), task(2, 3, parent=1), task(3, 5, parent=1), task(4), task(5, 0, parent=4)),
        link(1, 4),
    )
    assert plan.slips(5) == {2: 2 * DAY, 3: 0}
    assert plan.slips(4) == {2: 2 * DAY, 3: 0, 5: 0}
    assert plan.slips(1) == {2: 2 * DAY, 3: 0}


def test_done_and_inactive_work_cannot_slip() -> None:
    done = task(1, 2, actual_start=when(START), actual_finish=when("2026-01-06 17:00"))
    plan = schedule(done, task(2, 1), task(3, 4, active=False), link(1, 2), link(3, 2))
    assert dates(plan, 2)[0] == "2026-01-07 08:00"
    assert 3 not in plan.slips(2)
    assert not plan.timing(1).critical
    assert not plan.timing(3).critical


def test_problems_name_what_clashes() -> None:
    by_hand = task(2, 1, mode=Mode.MANUAL, start=when("2026-01-06 08:00"))
    must = task(3, 1, constraint=ConstraintKind.MSO, constraint_at=when("2026-01-06 08:00"))
    due = task(4, 5, deadline=when("2026-01-07 17:00"))
    plan = schedule(task(1, 3), by_hand, must, due, link(1, 2), link(1, 3))
    found = {(one.trouble, one.keys) for one in plan.problems()}
    assert found == {
        (Trouble.LINK, (1, 2)),
        (Trouble.LINK, (1, 3)),
        (Trouble.DEADLINE, (4,)),
    }
    (late,) = [one for one in plan.problems() if one.trouble is Trouble.DEADLINE]
    assert (told(late.wanted), told(late.found)) == ("2026-01-07 17:00", "2026-01-09 17:00")
    yielding = schedule(task(1, 3), must, link(1, 3), honours_constraints=False)
    (one,) = yielding.problems()
    assert (one.trouble, one.constraint, one.keys) == (
        Trouble.CONSTRAINT,
        ConstraintKind.MSO,
        (3,),
    )
    assert dates(yielding, 3)[0] == "2026-01-08 08:00"


def test_an_empty_plan_is_one_moment() -> None:
    plan = schedule()
    assert plan.start == plan.finish == when(START)
    assert plan.problems() == ()
    plan.change(put=[task(1)])
    assert plan.finish == when("2026-01-05 17:00")


def test_unknown_ends_of_links_are_an_error() -> None:
    with pytest.raises(KeyError):
        schedule(task(1), link(1, 2))


@pytest.mark.parametrize(
    ("minutes", "per_cent", "lag"), [(480, 50, 240), (25, 50, 13), (25, -50, -13), (10, 24, 2)]
)
def test_shares_are_whole_minutes(minutes: int, per_cent: int, lag: int) -> None:
    assert share(minutes, per_cent) == lag
