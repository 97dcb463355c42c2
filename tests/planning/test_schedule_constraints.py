"""Constraints, deadlines, manual and inactive lines, phases, progress, plans from their finish."""

from __future__ import annotations

import pytest

from crm_pilot.planning.terms import ConstraintKind, LinkKind, Mode
from tests.planning.plans import DAY, dates, link, schedule, task, told, when

K = ConstraintKind
NEXT_MONDAY = when("2026-01-12 08:00")
THIS_FRIDAY = when("2026-01-09 17:00")


@pytest.mark.parametrize(
    ("kind", "at", "start", "slack"),
    [
        (K.SNET, "2026-01-07 08:00", "2026-01-08 08:00", 5),
        (K.SNET, "2026-01-12 08:00", "2026-01-12 08:00", 3),
        (K.FNET, "2026-01-07 17:00", "2026-01-08 08:00", 5),
        (K.FNET, "2026-01-13 17:00", "2026-01-12 08:00", 3),
        (K.SNLT, "2026-01-13 08:00", "2026-01-08 08:00", 3),
        (K.FNLT, "2026-01-13 17:00", "2026-01-08 08:00", 2),
        (K.MSO, "2026-01-13 08:00", "2026-01-13 08:00", 0),
        (K.MFO, "2026-01-15 17:00", "2026-01-14 08:00", 0),
        (K.MSO, "2026-01-06 08:00", "2026-01-06 08:00", -2),  # before the link allows
        (K.MFO, "2026-01-07 17:00", "2026-01-06 08:00", -2),
        (K.SNLT, "2026-01-06 08:00", "2026-01-06 08:00", -2),
        (K.FNLT, "2026-01-07 17:00", "2026-01-06 08:00", -2),
    ],
)
def test_a_date_that_holds_a_task(kind: K, at: str, start: str, slack: int) -> None:
    """Three days come before a task of two; the plan is ten days long."""
    held = task(2, 2, constraint=kind, constraint_at=when(at))
    plan = schedule(task(1, 3), held, task(3, 10), link(1, 2))
    assert dates(plan, 2)[0] == start
    assert plan.timing(2).total_slack == slack * DAY
    assert plan.timing(2).critical == (slack <= 0)


@pytest.mark.parametrize("kind", [K.MSO, K.MFO, K.SNLT, K.FNLT])
def test_links_win_when_constraints_are_not_honoured(kind: K) -> None:
    held = task(2, 2, constraint=kind, constraint_at=when("2026-01-06 08:00"))
    plan = schedule(task(1, 3), held, link(1, 2), honours_constraints=False)
    assert dates(plan, 2)[0] == "2026-01-08 08:00"
    assert plan.timing(2).total_slack < 0
    assert plan.timing(1).total_slack < 0
    assert [one.keys for one in plan.problems()] == [(2,)]


def test_a_date_that_holds_a_start_may_come_before_the_project() -> None:
    early = when("2025-12-29 08:00")
    plan = schedule(
        task(1, 2, constraint=K.SNET, constraint_at=early),
        task(2, 2, constraint=K.FNET, constraint_at=when("2025-12-31 17:00")),
        task(3, 1),
        link(1, 3),
    )
    assert dates(plan, 1) == ("2025-12-29 08:00", "2025-12-30 17:00")
    assert dates(plan, 2) == ("2025-12-30 08:00", "2025-12-31 17:00")
    assert dates(plan, 3)[0] == "2026-01-05 08:00"
    assert told(plan.start) == "2025-12-29 08:00"


def test_a_deadline_limits_slack_and_moves_nothing() -> None:
    due = task(2, 2, deadline=when("2026-01-09 17:00"))
    plan = schedule(task(1, 2), due, task(3, 20), link(1, 2))
    assert dates(plan, 2)[1] == "2026-01-08 17:00"
    assert plan.timing(2).total_slack == DAY
    assert plan.timing(1).total_slack == DAY
    plan.change(put=[task(1, 4)])
    assert plan.timing(2).total_slack == -DAY
    assert plan.timing(1).critical


def test_as_late_as_possible_takes_the_slack_and_pushes_what_follows() -> None:
    plan = schedule(
        task(1, 1, constraint=K.ALAP), task(2, 1), task(3, 10), link(1, 2), link(2, 3, LinkKind.FF)
    )
    assert dates(plan, 1)[0] == "2026-01-15 08:00"
    assert dates(plan, 2) == ("2026-01-16 08:00", "2026-01-16 17:00")
    assert plan.timing(1).total_slack == 0
    assert told(plan.timing(1).early_start) == "2026-01-05 08:00"
    assert plan.finish == when("2026-01-16 17:00")
    plan.change(put=[task(3, 5)])
    assert dates(plan, 1)[0] == "2026-01-08 08:00"
    plan.change(put=[task(1, 1)])
    assert dates(plan, 1)[0] == "2026-01-05 08:00"


def test_a_plan_from_its_finish() -> None:
    late = {"constraint": K.ALAP}
    plan = schedule(
        *(task(1, 3, **late), task(2, 2, **late), task(3, 1, **late), task(4, 0, **late)),
        *(link(1, 2), link(2, 4), link(3, 4)),
        from_finish=True,
        finish=THIS_FRIDAY,
    )
    assert dates(plan, 4) == ("2026-01-09 17:00", "2026-01-09 17:00")
    assert dates(plan, 2) == ("2026-01-08 08:00", "2026-01-09 17:00")
    assert dates(plan, 1) == ("2026-01-05 08:00", "2026-01-07 17:00")
    assert dates(plan, 3) == ("2026-01-09 08:00", "2026-01-09 17:00")
    assert told(plan.start) == "2026-01-05 08:00"
    assert plan.timing(3).total_slack == 4 * DAY
    assert plan.timing(1).critical
    assert plan.change(put=[task(2, 3, **late)]) == {1, 2}
    assert told(plan.start) == "2026-01-02 08:00"
    plan.change(put=[task(3, 1)])  # as soon as possible all the same
    assert dates(plan, 3)[0] == "2026-01-02 08:00"


def test_dates_that_hold_in_a_plan_from_its_finish() -> None:
    late = {"constraint": K.ALAP}
    held = task(2, 2, constraint=K.FNLT, constraint_at=when("2026-01-07 17:00"))
    first = task(3, 2, constraint=K.SNET, constraint_at=when("2026-01-12 08:00"))
    plan = schedule(
        task(1, 1, **late), held, first, link(1, 2), from_finish=True, finish=THIS_FRIDAY
    )
    assert dates(plan, 2) == ("2026-01-06 08:00", "2026-01-07 17:00")
    assert dates(plan, 1)[0] == "2026-01-05 08:00"
    assert dates(plan, 3) == ("2026-01-12 08:00", "2026-01-13 17:00")


def test_manual_lines_stay_and_others_follow_them() -> None:
    by_hand = task(
        2, 2, mode=Mode.MANUAL, start=when("2026-01-06 08:00"), finish=when("2026-01-09 17:00")
    )
    plan = schedule(task(1, 5), by_hand, task(3, 1), link(1, 2), link(2, 3))
    assert dates(plan, 2) == ("2026-01-06 08:00", "2026-01-09 17:00")
    assert dates(plan, 3)[0] == "2026-01-12 08:00"
    assert plan.timing(2).total_slack == 0
    only_start = task(2, 2, mode=Mode.MANUAL, start=when("2026-01-06 08:00"))
    plan.change(put=[only_start])
    assert dates(plan, 2)[1] == "2026-01-07 17:00"
    plan.change(put=[task(2, 2, mode=Mode.MANUAL, finish=when("2026-01-20 17:00"))])
    assert dates(plan, 2)[0] == "2026-01-19 08:00"
    plan.change(put=[task(2, 2, mode=Mode.MANUAL)])  # nothing given: as the links say
    assert dates(plan, 2)[0] == "2026-01-12 08:00"


def test_inactive_lines_count_for_nobody() -> None:
    plan = schedule(task(1, 5), task(2, 5, active=False), task(3, 1), link(1, 2), link(2, 3))
    assert dates(plan, 2)[0] == "2026-01-12 08:00"
    assert dates(plan, 3)[0] == "2026-01-05 08:00"
    assert told(plan.finish) == "2026-01-09 17:00"
    plan.change(put=[task(2, 5)])
    assert dates(plan, 3)[0] == "2026-01-19 08:00"


def test_phases_roll_up_and_pass_on() -> None:
    """Two phases one after the other, the second with a phase of its own."""
    plan = schedule(
        *(task(1), task(2, 3, parent=1), task(3, 1, parent=1), link(2, 3)),
        *(task(4), task(5, 2, parent=4), task(6, parent=4), task(7, 1, parent=6)),
        link(1, 4),
        task(8, 30),
    )
    assert dates(plan, 1) == ("2026-01-05 08:00", "2026-01-08 17:00")
    assert dates(plan, 4) == ("2026-01-09 08:00", "2026-01-12 17:00")
    assert dates(plan, 7)[0] == "2026-01-09 08:00"
    assert plan.timing(3).total_slack == plan.timing(5).total_slack == 24 * DAY
    assert plan.timing(7).total_slack == 25 * DAY
    assert plan.change(put=[task(3, 2, parent=1)]) == {1, 3, 4, 5, 6, 7}
    plan.change(put=[task(9, 6, parent=6)])
    assert dates(plan, 4)[1] == "2026-01-19 17:00"


def test_links_of_phases_of_every_kind() -> None:
    phase = (task(1), task(2, 3, parent=1), task(3, 1, parent=1), link(2, 3))
    plan = schedule(*phase, task(4, 2), link(1, 4, LinkKind.SS, DAY))
    assert dates(plan, 4)[0] == "2026-01-06 08:00"
    plan = schedule(*phase, task(4, 2), link(1, 4, LinkKind.FF))
    assert dates(plan, 4) == ("2026-01-07 08:00", "2026-01-08 17:00")
    plan = schedule(*phase, task(4, 2), link(4, 1, LinkKind.FF, 3 * DAY))
    assert dates(plan, 2)[1] == "2026-01-09 17:00"  # all that is below finishes after it
    assert dates(plan, 3)[1] == "2026-01-12 17:00"
    plan = schedule(*phase, task(4, 30), task(5, 1), link(1, 5, LinkKind.SS))
    assert plan.timing(5).total_slack == 29 * DAY
    assert plan.timing(2).total_slack == 26 * DAY


def test_constraints_of_phases_hold_what_is_below() -> None:
    first = task(1, constraint=K.SNET, constraint_at=NEXT_MONDAY)
    plan = schedule(first, task(2, 1, parent=1), task(3, 1, parent=1), link(2, 3), task(4, 30))
    assert dates(plan, 1) == ("2026-01-12 08:00", "2026-01-13 17:00")
    due = task(1, constraint=K.FNLT, constraint_at=THIS_FRIDAY)
    plan.change(put=[due])
    assert plan.timing(3).total_slack == plan.timing(2).total_slack == 3 * DAY
    plan.change(put=[task(1, deadline=when("2026-01-05 17:00"))])
    assert plan.timing(3).total_slack == -DAY


def test_a_manual_phase_keeps_its_dates() -> None:
    by_hand = task(
        1, mode=Mode.MANUAL, start=when("2026-01-05 08:00"), finish=when("2026-01-06 17:00")
    )
    plan = schedule(by_hand, task(2, 5, parent=1), task(3, 1), link(1, 3))
    assert dates(plan, 1)[1] == "2026-01-06 17:00"
    assert dates(plan, 3)[0] == "2026-01-07 08:00"
    assert told(plan.finish) == "2026-01-09 17:00"


def test_what_was_done_stays_and_the_rest_may_be_pushed() -> None:
    begun = task(2, 4, actual_start=when("2026-01-05 08:00"), percent=50)
    plan = schedule(task(1, 4), begun, task(3, 1), link(1, 2), link(2, 3))
    assert dates(plan, 2) == ("2026-01-05 08:00", "2026-01-12 17:00")  # goes on after task 1
    plan = schedule(task(1, 4), begun, link(1, 2), splits=False)
    assert dates(plan, 2)[1] == "2026-01-08 17:00"
    nothing_done = task(2, 4, actual_start=when("2026-01-05 08:00"))
    plan = schedule(task(1, 4), nothing_done, link(1, 2))
    assert dates(plan, 2)[1] == "2026-01-08 17:00"  # MS Project splits from 1 %
    waits = task(
        1, 4, actual_start=when("2026-01-05 08:00"), remaining=DAY, resume=when("2026-01-13 08:00")
    )
    assert dates(schedule(waits), 1)[1] == "2026-01-13 17:00"


def test_slack_of_work_that_was_begun_is_that_of_its_finish() -> None:
    begun = task(1, 4, actual_start=when("2026-01-05 08:00"), percent=50)
    plan = schedule(begun, task(2, 10))
    timing = plan.timing(1)
    assert told(timing.late_start) == "2026-01-05 08:00"
    assert told(timing.late_finish) == "2026-01-16 17:00"
    assert timing.total_slack == 6 * DAY


def test_finished_work_has_no_slack_and_is_not_critical() -> None:
    done = task(1, 2, actual_start=when("2026-01-07 08:00"), actual_finish=when("2026-01-12 17:00"))
    plan = schedule(task(3, 9), done, task(2, 1), link(3, 1), link(1, 2))
    assert dates(plan, 1) == ("2026-01-07 08:00", "2026-01-12 17:00")
    assert dates(plan, 2)[0] == "2026-01-13 08:00"
    timing = plan.timing(1)
    assert (timing.total_slack, timing.free_slack, timing.critical) == (0, 0, False)
    assert plan.timing(3).total_slack == 0  # what is done asks nothing of it
    assert told(plan.timing(3).late_finish) == told(plan.finish)
    assert not schedule(task(1, 1, percent=100)).timing(1).critical


def test_levelling_delays_by_the_clock() -> None:
    plan = schedule(task(1, 2), task(2, 1, level_delay=1440), link(1, 2))
    assert dates(plan, 2)[0] == "2026-01-08 08:00"
