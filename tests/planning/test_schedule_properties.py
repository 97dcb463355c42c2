"""Laws that hold for any schedule: links are kept, longer work is never earlier done, early comes
before late, and an edited schedule is the one made from scratch."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_pilot.planning.engine.activity import Activity, Dependency
from crm_pilot.planning.engine.schedule import CircleError, Schedule
from crm_pilot.planning.engine.worktime import ALWAYS, Calendar
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind
from tests.planning.any_plan import LENGTHS, Plan, activities, links, plans
from tests.planning.plans import OFFICE, when

MANY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def length(act: Activity, plan: Plan, schedule: Schedule) -> int:
    """Minutes of an activity: of a phase, the working time between its dates."""
    if any(other.parent == act.key for other in plan.acts.values()):
        start, finish = schedule.dates(act.key)
        return (act.calendar or OFFICE).between(start, finish)
    return act.duration


def allowed(link: Dependency, plan: Plan, schedule: Schedule) -> tuple[int, int]:
    """The earliest end of the successor that a link asks for, and the one there is, as numbers of
    working minutes: of a phase that waits, the first start and finish below it."""
    act = plan.acts[link.after]
    lag_calendar = act.calendar or OFFICE
    start, finish = schedule.dates(link.before)
    base = start if link.kind in (LinkKind.SS, LinkKind.SF) else finish
    before = plan.acts[link.before]
    lag = link.lag
    if link.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT):
        whole = length(before, plan, schedule) * abs(lag)
        lag = (whole + 50) // 100 * (1 if lag > 0 else -1)
    clock = link.lag_unit in (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT) or (
        link.lag_unit is LagUnit.PERCENT
        and before.elapsed
        and not any(other.parent == before.key for other in plan.acts.values())
    )
    base = base + lag if clock else lag_calendar.add(base, lag)
    if not clock and link.kind is LinkKind.FF:
        base = lag_calendar.last_work(base) if lag < 0 else base  # a finish is in the evening
    ends = [
        schedule.dates(key)[link.kind in (LinkKind.FF, LinkKind.SF)]
        for key in below(link.after, plan)
    ]
    own = ALWAYS if act.elapsed and below(act.key, plan) == [act.key] else lag_calendar
    return own.index[base], own.index[min(ends)]


def below(key: int, plan: Plan) -> list[int]:
    """Lines without children at or below a line."""
    children = [act.key for act in plan.acts.values() if act.parent == key]
    return [leaf for child in children for leaf in below(child, plan)] or [key]


@MANY
@given(plans())
def test_no_activity_before_its_predecessors_allow(found: tuple[Plan, Schedule]) -> None:
    plan, schedule = found
    for link in plan.links.values():
        wanted, there = allowed(link, plan, schedule)
        assert there >= wanted, link
    assert not schedule.problems()


@pytest.mark.parametrize("kinds", [{LinkKind.FS, LinkKind.SS}, {LinkKind.FS, LinkKind.FF}])
@settings(MANY, max_examples=80)
@given(plans(), st.data())
def test_longer_work_makes_nothing_earlier(
    kinds: set[LinkKind], found: tuple[Plan, Schedule], data: st.DataObject
) -> None:
    """Leads of a share of the predecessor are left out, they grow with it; and work that a link
    holds at its finish starts earlier when it is longer, so no start is held by such a start."""
    plan, _ = found
    plan.links = {
        key: link
        for key, link in plan.links.items()
        if link.kind in kinds
        and (link.lag >= 0 or link.lag_unit in (LagUnit.WORKING, LagUnit.ELAPSED))
    }
    without_shares_of_phases(plan)
    schedule = plan.schedule()
    was = {key: schedule.dates(key) for key in plan.acts}
    key = data.draw(st.sampled_from(sorted(plan.acts)))
    longer = plan.acts[key].duration + data.draw(st.sampled_from(LENGTHS))
    schedule.change(put=[replace(plan.acts[key], duration=longer)])
    for other in plan.acts:
        now = schedule.dates(other)
        calendar = calendar_of(other, plan)
        assert calendar.between(was[other][1], now[1]) >= 0
        if LinkKind.FF not in kinds:
            assert calendar.between(was[other][0], now[0]) >= 0


def calendar_of(key: int, plan: Plan) -> Calendar:
    """The calendar the length of a line counts in."""
    act = plan.acts[key]
    return ALWAYS if act.elapsed and below(key, plan) == [key] else act.calendar or OFFICE


@MANY
@given(plans())
def test_early_comes_before_late(found: tuple[Plan, Schedule]) -> None:
    plan, schedule = found
    for key in plan.acts:
        timing = schedule.timing(key)
        assert timing.early_start <= timing.early_finish
        assert timing.early_start <= timing.late_start
        assert timing.early_finish <= timing.late_finish
        assert 0 <= timing.total_slack == min(timing.start_slack, timing.finish_slack)
        assert timing.free_slack >= 0
    if plan.acts:
        assert any(schedule.timing(key).critical for key in plan.acts)


def without_shares_of_phases(plan: Plan) -> None:
    """Drop lags of per cent of a phase: they grow when something in it slips."""
    plan.links = {
        key: link
        for key, link in plan.links.items()
        if below(link.before, plan) == [link.before]
        or link.lag_unit in (LagUnit.WORKING, LagUnit.ELAPSED)
    }


@MANY
@given(plans(), st.data())
def test_slack_is_what_can_slip(found: tuple[Plan, Schedule], data: st.DataObject) -> None:
    """An activity that starts by as much later as its slack leaves the end of the plan alone; it
    may push others."""
    plan, _ = found
    without_shares_of_phases(plan)
    schedule = plan.schedule()
    end = schedule.finish
    key = data.draw(st.sampled_from(sorted(plan.acts)))
    timing = schedule.timing(key)
    held = replace(plan.acts[key], constraint=ConstraintKind.SNET, constraint_at=timing.late_start)
    if timing.start_slack == timing.total_slack and below(key, plan) == [key]:
        schedule.change(put=[held])
        assert OFFICE.between(end, schedule.finish) <= 0 or schedule.finish == end


@MANY
@given(plans(), st.data())
def test_what_can_slip_before_a_target(found: tuple[Plan, Schedule], data: st.DataObject) -> None:
    plan, _ = found
    without_shares_of_phases(plan)
    schedule = plan.schedule()
    target = data.draw(st.sampled_from(sorted(plan.acts)))
    was = schedule.dates(target)
    for key, slip in schedule.slips(target).items():
        assert slip >= 0
        act, calendar = plan.acts[key], calendar_of(key, plan)
        start = schedule.dates(key)[0]
        later = calendar.add(start, slip) if slip else start
        held = replace(act, constraint=ConstraintKind.SNET, constraint_at=calendar.next_work(later))
        moved = Plan(plan.acts | {key: held}, plan.links).schedule()
        if act.duration and below(target, plan) == [target] and plan.acts[target].duration:
            assert calendar_of(target, plan).between(was[1], moved.dates(target)[1]) <= 0


OPTIONS = st.fixed_dictionaries(
    {
        "honours_constraints": st.booleans(),
        "per_path": st.booleans(),
        "splits": st.booleans(),
        "from_finish": st.sampled_from((False, False, True)),
        "finish": st.just(when("2026-03-13 17:00")),
    }
)


@settings(MANY, max_examples=120)
@given(OPTIONS, st.data())
def test_an_edited_schedule_is_the_one_made_from_scratch(
    options: dict[str, object], data: st.DataObject
) -> None:
    plan = Plan()
    schedule = plan.schedule(**options)
    for step in range(data.draw(st.integers(3, 12))):
        put, dropped, link_put, link_dropped = edit(plan, step, data)
        after = applied(plan, put, dropped, link_put, link_dropped)
        was = {key: schedule.dates(key) for key in plan.acts}
        if data.draw(st.booleans()):
            dict(schedule.timings())  # so that the late side has something to keep up to date
        try:
            told = schedule.change(
                put=put, dropped=dropped, link_put=link_put, link_dropped=link_dropped
            )
        except CircleError:
            assert circles(after, options)
            assert was == {key: schedule.dates(key) for key in plan.acts}
        else:
            plan = after
            changed = {key for key in plan.acts if was.get(key) != schedule.dates(key)}
            assert changed <= told <= changed | {act.key for act in put}
        same(schedule, plan.schedule(**options), plan)


def edit(
    plan: Plan, step: int, data: st.DataObject
) -> tuple[list[Activity], list[int], list[Dependency], list[int]]:
    """One edit of one or two kinds."""
    keys = sorted(plan.acts)
    kinds = data.draw(st.lists(st.sampled_from("npdlk"), min_size=1, max_size=2, unique=True))
    put: list[Activity] = []
    dropped: list[int] = []
    if "d" in kinds and keys:
        leaves = [k for k in keys if not any(act.parent == k for act in plan.acts.values())]
        dropped = [data.draw(st.sampled_from(leaves))]
    left = [key for key in keys if key not in dropped]
    if "n" in kinds or not left:
        put.append(data.draw(activities(100 + step, left, special=True)))
    if "p" in kinds and left:
        key = data.draw(st.sampled_from(left))
        put.append(data.draw(activities(key, left, special=True)))
    link_put = []
    if "l" in kinds and len(left) > 1:
        number = data.draw(st.sampled_from([step, *plan.links]))
        link_put = [data.draw(links(number, left))]
    gone = [data.draw(st.sampled_from(sorted(plan.links)))] if "k" in kinds and plan.links else []
    return put, dropped, link_put, gone


def applied(
    plan: Plan,
    put: list[Activity],
    dropped: list[int],
    link_put: list[Dependency],
    link_dropped: list[int],
) -> Plan:
    """The plan after an edit."""
    acts = {key: act for key, act in plan.acts.items() if key not in dropped}
    acts |= {act.key: act for act in put}
    kept = {
        key: link
        for key, link in plan.links.items()
        if key not in link_dropped and {link.before, link.after} <= acts.keys()
    }
    return Plan(acts, kept | {link.key: link for link in link_put})


def circles(plan: Plan, options: dict[str, object]) -> bool:
    """Whether a plan has a circle."""
    try:
        plan.schedule(**options)
    except CircleError:
        return True
    return False


def same(one: Schedule, other: Schedule, plan: Plan) -> None:
    """Two schedules agree in everything they tell."""
    assert (one.start, one.finish) == (other.start, other.finish)
    for key in plan.acts:
        assert one.dates(key) == other.dates(key)
        assert one.timing(key) == other.timing(key)
    assert set(one.problems()) == set(other.problems())
