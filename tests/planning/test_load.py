"""The load of a plan: hand-computed weeks, a second computation in plain loops, and the relief."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from crm_pilot.planning.engine.worktime import DAY, Calendar, at
from crm_pilot.planning.load import LEAST, Load, Part, Person, spread
from crm_pilot.planning.load_queries import load as read_load
from crm_pilot.planning.relief import relief
from crm_pilot.project import Add, Project, SetFields
from crm_pilot.store.reader import Reader

OFFICE = ((480, 720), (780, 1020))
WEEKDAYS = (OFFICE,) * 5 + ((), ())
USUAL = Calendar(WEEKDAYS)
W47, W48, W49 = dt.date(2026, 11, 16), dt.date(2026, 11, 23), dt.date(2026, 11, 30)
WEDNESDAY = dt.date(2026, 11, 18)
DAYS = 480  # minutes of a person-day


def part(
    task: int, first: dt.date, last: dt.date, done: float, left: float, **more: object
) -> Part:
    """A part of person 1 from the morning of `first` to the evening of `last`, work in days."""
    values = {"person": 1, "title": f"Task {task}"} | more
    return Part(
        task=task,
        begin=at(first, 480),
        end=at(last, 1020),
        done=done * DAYS,
        left=left * DAYS,
        **values,  # type: ignore[arg-type]
    )


def one_person(*parts: Part, time: Calendar = USUAL, units: int = 100) -> Load:
    return Load((Person(1, "N. Faure", time, units),), parts, USUAL, at(WEDNESDAY))


# by hand ---------------------------------------------------------------------------------------


def test_what_is_done_lies_in_the_past_and_what_is_left_from_today_on() -> None:
    """Ten days, two done, on Wednesday: 2 on Monday and Tuesday, 8 over the eight days left."""
    load = one_person(part(7, W47, dt.date(2026, 11, 27), 2, 8))
    assert load.load(1, W47) == pytest.approx(2 + 3)
    assert load.load(1, W48) == pytest.approx(5)
    assert load.overload(1, W48) == 0
    assert load.weeks == (W47, W48)


def test_an_absence_takes_time_and_moves_the_work_to_the_other_days() -> None:
    """Away on Friday: 8 days over 7 days, 3 and 4 of them; with 1.5 more it is 6.07 for 4."""
    friday = dt.date(2026, 11, 27)
    away = Calendar(WEEKDAYS, {friday.toordinal(): ()})
    load = one_person(
        part(7, W47, friday, 2, 8),
        part(8, W48, dt.date(2026, 11, 25), 0, 1.5, units=50),
        time=away,
    )
    assert load.load(1, W47) == pytest.approx(2 + 3 * 8 / 7)
    assert load.load(1, W48) == pytest.approx(4 * 8 / 7 + 1.5)
    assert load.available(1, W48) == pytest.approx(4)
    week = load.week(W48)
    assert week.overload == pytest.approx(4 * 8 / 7 + 1.5 - 4)
    assert [(piece.task, round(piece.work, 2)) for piece in load.pieces(W48)] == [
        (7, 4.57),
        (8, 1.5),
    ]
    assert week.over == ((1, pytest.approx(2.07, abs=0.01)),)


def test_half_a_person_has_half_a_week() -> None:
    load = one_person(part(7, W48, dt.date(2026, 11, 27), 0, 5), units=50)
    assert load.available(1, W48) == pytest.approx(2.5)
    assert load.overload(1, W48) == pytest.approx(2.5)


def test_late_work_is_done_from_now_on() -> None:
    """Four days that were due on Tuesday, half-time: eight days from Wednesday on."""
    late = part(7, dt.date(2026, 11, 9), dt.date(2026, 11, 17), 0, 4, units=50)
    load = one_person(late)
    assert load.load(1, W47) == pytest.approx(1.5)
    assert load.load(1, W48) == pytest.approx(2.5)
    assert load.load(1, W49) == 0


def test_work_planned_for_days_off_is_seen_on_them() -> None:
    """A week by hand in which the person is away: all of it is too much."""
    away = Calendar(WEEKDAYS, {W48.toordinal() + n: () for n in range(5)})
    load = one_person(part(7, W48, dt.date(2026, 11, 27), 0, 5), time=away)
    assert load.available(1, W48) == 0
    assert load.overload(1, W48) == pytest.approx(5)
    weekend = dt.date(2026, 11, 28)
    load = one_person(part(7, weekend, weekend, 0, 1))
    assert load.load(1, W48) == pytest.approx(1)  # on a Saturday: by the clock


def test_the_team_has_the_overload_of_its_members() -> None:
    """6 for 5 and 1 for 5 is one day too much: nobody's free time does another's work."""
    friday = dt.date(2026, 11, 27)
    people = (Person(1, "N. Faure", USUAL), Person(2, "A. Morel", USUAL))
    parts = (part(7, W48, friday, 0, 6), part(8, W48, friday, 0, 1, person=2))
    load = Load(people, parts, USUAL, at(WEDNESDAY))
    week = load.week(W48)
    assert (week.work, week.available, week.overload) == pytest.approx((7, 10, 1))
    assert load.week(W48, {2}).overload == 0
    assert [w.monday for w in load.overloaded()] == [W48]


def test_rounding_is_no_overload() -> None:
    friday = dt.date(2026, 11, 27)
    assert one_person(part(7, W48, friday, 0, 5 + LEAST * 0.9)).overload(1, W48) == 0
    assert one_person(part(7, W48, friday, 0, 5 + LEAST * 1.1)).overload(1, W48) > 0


def test_a_task_without_an_end_in_sight_is_cut() -> None:
    load = one_person(part(7, W48, dt.date(9999, 12, 30), 0, 1000))
    assert len(load.weeks) < 21 * 53


# a second computation --------------------------------------------------------------------------

STEP = 15  # minutes; all shifts and dates below are multiples of it


def works(calendar: Calendar, moment: int) -> bool:
    day, minute = divmod(moment, DAY)
    return any(begin <= minute < end for begin, end in calendar.shifts(day))


def in_plain_loops(part: Part, time: Calendar, usual: Calendar, now: int) -> dict[int, float]:
    """The same as `spread`, quarter of an hour by quarter of an hour."""
    found: dict[int, float] = {}

    def lay(minutes: float, begin: int, end: int) -> None:
        for test in (lambda m: works(time, m), lambda m: works(usual, m), lambda m: True):
            slots = [m for m in range(begin, end, STEP) if test(m)]
            if slots:
                break
        for slot in slots:
            week = slot
            while dt.date.fromordinal(week // DAY).weekday() or week % DAY:
                week -= STEP
            found[week] = found.get(week, 0.0) + minutes / len(slots)

    past = [m for m in range(part.begin, part.end, STEP) if m < now]
    if part.done and past:
        lay(part.done, part.begin, min(part.end, now))
    if part.left and part.end > now:
        lay(part.left, max(part.begin, now), part.end)
    elif part.left:
        needed = part.left * 100 / part.units
        end = now
        while needed > 0:
            needed -= STEP if works(time, end) else 0
            end += STEP
        lay(part.left, now, end)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_the_same_as_plain_loops(seed: int) -> None:
    draw = random.Random(seed)
    base = W47.toordinal()
    shifts = draw.choice([OFFICE, ((360, 840),), ((480, 750),), ((0, 300), (1200, 1440))])
    days = draw.choice([5, 4, 7])
    off = {base + draw.randrange(-10, 30): draw.choice([(), ((480, 720),)]) for _ in range(8)}
    time = Calendar((shifts,) * days + ((),) * (7 - days), off)
    now = at(W47) + draw.randrange(14) * DAY
    begin = at(W47) + draw.randrange(-20, 20) * DAY + draw.randrange(0, DAY, STEP)
    end = begin + draw.randrange(STEP, 30 * DAY, STEP)
    units = draw.choice([25, 50, 100])
    left = draw.choice([0, draw.randrange(units * STEP // 25, 5000, units * STEP // 25)])
    one = Part(1, "", 1, begin, end, draw.randrange(0, 5000), left, units)
    found = spread(one, time, USUAL, now)
    expected = in_plain_loops(one, time, USUAL, now)
    assert {week: pytest.approx(minutes) for week, minutes in expected.items()} == found


# relief ----------------------------------------------------------------------------------------


def overbooked() -> Load:
    """Nine days for five in week 48; week 49 is free."""
    friday = dt.date(2026, 11, 27)
    return one_person(
        part(7, W48, friday, 0, 5),
        part(8, dt.date(2026, 11, 24), friday, 0, 4, title="Rights and sectors"),
    )


def test_the_task_with_the_most_slack_is_moved_as_little_as_needed() -> None:
    found = relief(overbooked(), {7: 2 * DAYS, 8: 10 * DAYS}.get)
    assert found is not None
    assert (found.title, found.monday, found.slack_days) == ("Rights and sectors", W48, 10)
    assert (found.days, found.freed) == (4, pytest.approx(4))


def test_no_further_than_the_slack() -> None:
    found = relief(overbooked(), {7: 0, 8: 2 * DAYS}.get)
    assert found is not None
    assert (found.days, found.freed) == (2, pytest.approx(2))
    assert relief(overbooked(), {7: 0, 8: 0}.get) is None
    assert relief(overbooked(), {7: 479, 8: None}.get) is None


def test_no_further_than_needed() -> None:
    """Four days too many: five could be freed."""
    friday = dt.date(2026, 11, 27)
    load = one_person(part(7, W48, friday, 0, 4), part(8, W48, friday, 0, 5))
    found = relief(load, {7: 0, 8: 20 * DAYS}.get)
    assert found is not None
    assert (found.days, found.freed) == (4, pytest.approx(4))


def test_a_started_task_is_moved_after_the_others() -> None:
    friday = dt.date(2026, 11, 27)
    load = one_person(part(7, W48, friday, 1, 5, started=True), part(8, W48, friday, 0, 4))
    found = relief(load, {7: 20 * DAYS, 8: 10 * DAYS}.get)
    assert found is not None
    assert found.task == 8


def test_what_is_late_is_not_moved() -> None:
    friday = dt.date(2026, 11, 27)
    late = part(9, dt.date(2026, 11, 9), dt.date(2026, 11, 13), 0, 5)
    load = one_person(late, part(7, W48, friday, 0, 4))
    assert [w.monday for w in load.overloaded()] == [W48]
    found = relief(load, {7: 10 * DAYS, 9: 90 * DAYS}.get)
    assert found is not None
    assert found.task == 7


def test_what_only_moves_the_overload_is_no_relief() -> None:
    """The week after is full as well, and there is slack for no more than that."""
    full = part(9, W49, dt.date(2026, 12, 4), 0, 5)
    parts = (*overbooked().parts, full)
    load = one_person(*parts)
    assert relief(load, {8: 4 * DAYS}.get) is None
    found = relief(load, {8: 12 * DAYS}.get)
    assert found is not None
    assert found.days > 4


def test_without_overload_nothing_is_moved() -> None:
    assert relief(one_person(part(7, W48, dt.date(2026, 11, 27), 0, 5)), lambda _: 9999) is None


# from the file ---------------------------------------------------------------------------------


def add(project: Project, table: str, **values: object) -> int:
    return project.execute(Add(table, values))  # type: ignore[arg-type,return-value]


def read(reader: Reader) -> Load:
    return read_load(reader, WEDNESDAY)


@pytest.fixture
def people(project: Project) -> tuple[int, int]:
    project.execute(SetFields("project", 1, {"country": ""}))
    sales = add(project, "department", name="Sales")
    faure = add(project, "person", first_name="Nadia", last_name="Faure", department_id=sales)
    morel = add(project, "person", last_name="Morel", units=50)
    return faure, morel


def week_of_work(project: Project, **more: object) -> int:
    values = {"title": "Rights", "start": W48, "finish": dt.date(2026, 11, 27), **more}
    return add(project, "task", **values)


def test_the_owner_works_on_a_task_nobody_else_was_given(
    project: Project, people: tuple[int, int]
) -> None:
    week_of_work(project, owner_id=people[0])
    found = read(project.reader)
    assert [(p.name, p.department) for p in found.people] == [("N. Faure", "Sales")]
    assert found.load(people[0], W48) == pytest.approx(5)


def test_assignments_go_before_the_owner(project: Project, people: tuple[int, int]) -> None:
    task = week_of_work(project, owner_id=people[0])
    add(project, "assignment", task_id=task, person_id=people[1], units=60)
    found = read(project.reader)
    assert found.load(people[1], W48) == pytest.approx(3)
    assert found.available(people[1], W48) == pytest.approx(2.5)
    assert people[0] not in found.by_id


def test_work_and_remaining_work_are_shared_by_units(
    project: Project, people: tuple[int, int]
) -> None:
    task = week_of_work(project, work=10 * DAYS, remaining=4 * DAYS, percent=20)
    add(project, "assignment", task_id=task, person_id=people[0], units=100)
    add(project, "assignment", task_id=task, person_id=people[1], units=25)
    left = {p.person: p.left / DAYS for p in read(project.reader).parts}
    assert left == pytest.approx({people[0]: 3.2, people[1]: 0.8})
    project.execute(SetFields("task", task, {"percent": 100}))
    assert all(p.left == 0 for p in read(project.reader).parts)


def test_what_nobody_was_given_is_told_apart(project: Project) -> None:
    week_of_work(project)
    found = read(project.reader)
    assert not found.people
    assert found.unowned_week(W48).work == pytest.approx(5)
    assert found.week(W48).work == 0


def test_milestones_phases_and_inactive_lines_are_no_work(
    project: Project, people: tuple[int, int]
) -> None:
    owner = people[0]
    phase = week_of_work(project, kind="phase", owner_id=owner)
    week_of_work(project, owner_id=owner, active=False)
    add(project, "task", title="Go", kind="milestone", start=W48, finish=W48, owner_id=owner)
    week_of_work(project, owner_id=owner, parent_id=phase)
    assert read(project.reader).load(owner, W48) == pytest.approx(5)


def test_holidays_and_absences_take_time(project: Project, people: tuple[int, int]) -> None:
    faure, _ = people
    closed = add(project, "calendar", name="House")
    add(
        project,
        "calendar_exception",
        calendar_id=closed,
        name="Closed",
        first=W48,
        last=W48,
    )
    project.execute(SetFields("project", 1, {"calendar_id": closed}))
    friday = dt.date(2026, 11, 27)
    add(project, "absence", person_id=faure, first=friday, last=friday, part="afternoon")
    week_of_work(project, owner_id=faure)
    found = read(project.reader)
    assert found.available(faure, W48) == pytest.approx(3.5)
