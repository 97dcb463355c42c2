"""Edits whose effect is easily forgotten: each is compared with the schedule made from scratch."""

from __future__ import annotations

from crm_pilot.planning.engine.activity import Activity, Dependency
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode
from tests.planning.plans import DAY, dates, link, schedule, task, told, when

SNET = ConstraintKind.SNET


def as_from_scratch(plan: Schedule, **options: object) -> None:
    """Assert that an edited schedule tells what one made anew does."""
    parts: list[Activity | Dependency] = [plan.activity(key) for key in plan.timings()]
    parts += plan.dependencies().values()
    fresh = schedule(*parts, **options)
    assert dict(plan.timings()) == dict(fresh.timings())
    assert plan.whole() == fresh.whole()
    assert plan.finish == fresh.finish


def test_free_slack_follows_what_waits() -> None:
    plan = schedule(
        *(task(1), task(2), task(3, 20), task(4), task(5)), link(1, 2), link(2, 4), link(5, 4)
    )
    assert (plan.timing(1).free_slack, plan.timing(5).free_slack) == (0, DAY)
    plan.change(put=[task(2, constraint=SNET, constraint_at=when("2026-01-12 08:00"))])
    assert plan.timing(1).free_slack == 4 * DAY
    assert plan.timing(5).free_slack == 5 * DAY  # nobody touched it, nor what it waits for
    as_from_scratch(plan)


def test_slack_of_an_imposed_date_follows_its_predecessors() -> None:
    held = task(2, 1, constraint=ConstraintKind.MSO, constraint_at=when("2026-01-06 08:00"))
    plan = schedule(task(1, 1), held, task(3, 20), link(1, 2))
    assert plan.timing(2).total_slack == 0
    plan.change(put=[task(1, 3)])
    assert plan.timing(2).total_slack == -2 * DAY
    as_from_scratch(plan)


def test_a_chain_ends_where_its_phase_lost_what_waits_for_it() -> None:
    phase = (task(1), task(2, 1, parent=1), task(3, 2, parent=1))
    plan = schedule(*phase, task(4, 1), task(5, 20), link(1, 4), per_path=True)
    assert not plan.timing(2).critical
    plan.change(link_dropped=[link(1, 4).key])
    assert plan.timing(2).critical
    as_from_scratch(plan, per_path=True)
    due = task(6, parent=1, deadline=when("2026-01-16 17:00"))
    inner = task(7, 2, parent=6)  # what its own phase asks of it stays the same
    plan = schedule(task(1), due, inner, task(4, 1), task(5, 20), link(1, 4), per_path=True)
    plan.change(put=[task(4, 0, constraint=SNET, constraint_at=plan.finish)])
    assert plan.timing(7).total_slack == 8 * DAY
    plan.change(link_dropped=[link(1, 4).key])
    assert plan.timing(7).critical
    as_from_scratch(plan, per_path=True)


def test_who_leads_off_a_phase_changes() -> None:
    """What waits for the start of a phase holds its first lines, and no others."""
    second = task(3, 1, parent=1, constraint=SNET, constraint_at=when("2026-01-07 08:00"))
    parts = (task(1), task(2, 1, parent=1), second, task(4, 20), task(5, 18))
    plan = schedule(*parts, link(1, 5, LinkKind.SS))
    assert plan.timing(2).total_slack == 2 * DAY
    assert plan.timing(3).total_slack == 17 * DAY
    later = task(2, 1, parent=1, constraint=SNET, constraint_at=when("2026-01-07 08:00"))
    plan.change(put=[later])
    assert plan.timing(3).total_slack == 0
    as_from_scratch(plan)


def test_a_line_leaves_a_manual_phase() -> None:
    by_hand = task(
        1, mode=Mode.MANUAL, start=when("2026-01-05 08:00"), finish=when("2026-01-06 17:00")
    )
    plan = schedule(by_hand, task(2, 5, parent=1), task(3, 1, parent=1))
    assert told(plan.whole().finish) == "2026-01-06 17:00"
    plan.change(put=[task(2, 5)])
    assert told(plan.whole().finish) == "2026-01-09 17:00"
    as_from_scratch(plan)
    plan.change(put=[task(1)])
    as_from_scratch(plan)


def test_a_phase_goes_to_sleep_and_wakes() -> None:
    phase = (task(1), task(2, 5, parent=1), task(3, 1, parent=1))
    plan = schedule(*phase, task(4), link(2, 4), task(5, 30))
    plan.change(put=[task(1, active=False)])
    assert dates(plan, 4)[0] == "2026-01-05 08:00"
    as_from_scratch(plan)
    plan.change(put=[task(1)])
    assert dates(plan, 4)[0] == "2026-01-12 08:00"
    as_from_scratch(plan)


def test_a_share_of_a_phase_grows_with_it() -> None:
    phase = (task(1), task(2, 2, parent=1))
    plan = schedule(*phase, task(4), task(5, 30), link(1, 4, LinkKind.FS, 50, LagUnit.PERCENT))
    assert dates(plan, 4)[0] == "2026-01-08 08:00"
    plan.change(put=[task(2, 4, parent=1)])
    assert dates(plan, 4)[0] == "2026-01-13 08:00"
    as_from_scratch(plan)


def test_finishing_work_frees_what_led_to_it() -> None:
    plan = schedule(task(1, 2), task(2, 2), task(3, 30), link(1, 2))
    assert plan.timing(1).total_slack == 26 * DAY
    done = task(2, 2, actual_start=when("2026-01-05 08:00"), actual_finish=when("2026-01-06 17:00"))
    plan.change(put=[done])
    assert plan.timing(1).total_slack == 28 * DAY
    as_from_scratch(plan)


def test_a_promised_line_leaves_no_slack_before_it() -> None:
    plan = schedule(task(1, 2), task(2, 0, promise=True), task(3, 30), link(1, 2))
    assert plan.timing(1).critical
    plan.change(put=[task(1, 4)])
    assert plan.timing(1).critical
    as_from_scratch(plan)
    plan.change(put=[task(2, 0)])
    assert plan.timing(1).total_slack == 26 * DAY
    as_from_scratch(plan)
