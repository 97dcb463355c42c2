"""Working time: what calendars answer, and laws that hold for any of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.errors import UserError
from crm_pilot.planning.engine.worktime import (
    ALWAYS,
    Calendar,
    at,
    intersection,
    moment,
    of_datetime,
    tidy,
)
from tests.planning.plans import EVERY_DAY, MORNINGS, NIGHTS, OFFICE, OFFICE_DAY, told, when

BASE = when("2026-01-05 00:00")


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-01-05 08:00", 480, "2026-01-05 17:00"),
        ("2026-01-05 08:00", 481, "2026-01-06 08:01"),
        ("2026-01-05 08:00", 240, "2026-01-05 12:00"),
        ("2026-01-05 12:00", 60, "2026-01-05 14:00"),
        ("2026-01-05 12:30", 60, "2026-01-05 14:00"),
        ("2026-01-09 13:00", 480, "2026-01-12 12:00"),
        ("2026-01-10 10:00", 30, "2026-01-12 08:30"),  # a Saturday
        ("2026-01-05 08:00", 0, "2026-01-05 08:00"),
        ("2026-01-05 08:00", -480, "2026-01-02 08:00"),
        ("2026-01-05 17:00", -480, "2026-01-05 08:00"),
        ("2026-01-05 08:00", 480 * 1000, "2029-11-02 17:00"),
        ("2026-01-05 17:00", -480 * 1000, "2022-03-08 08:00"),
    ],
)
def test_adding_work(start: str, minutes: int, end: str) -> None:
    assert told(OFFICE.add(when(start), minutes)) == end


def test_edges_of_work() -> None:
    evening, morning = when("2026-01-09 17:00"), when("2026-01-12 08:00")
    assert OFFICE.next_work(evening) == morning
    assert OFFICE.last_work(morning) == evening
    assert OFFICE.next_work(morning) == morning
    assert OFFICE.last_work(evening) == evening
    assert told(OFFICE.next_work(when("2026-01-10 11:00"))) == "2026-01-12 08:00"
    noon = when("2026-01-05 12:30")
    assert told(OFFICE.last_work(noon)) == "2026-01-05 12:00"


def test_exceptions_hours_and_days() -> None:
    epiphany = dt.date(2026, 1, 6).toordinal()
    saturday = dt.date(2026, 1, 10).toordinal()
    calendar = Calendar(OFFICE.week, {epiphany: (), saturday: ((540, 600),)})
    assert told(calendar.add(when("2026-01-05 08:00"), 960)) == "2026-01-07 17:00"
    assert told(calendar.add(when("2026-01-09 17:00"), 60)) == "2026-01-10 10:00"
    assert calendar.worked(epiphany) == 0
    assert calendar.worked(saturday) == 60
    assert calendar.shifts(epiphany + 1) == OFFICE_DAY
    assert calendar.between(when("2026-01-05 08:00"), when("2026-01-08 08:00")) == 960


def test_a_calendar_without_working_time_is_refused() -> None:
    with pytest.raises(UserError, match="working time"):
        Calendar(((),) * 7)
    with pytest.raises(UserError, match="working time"):
        Calendar((((480, 480),),) * 7, {at(dt.date(2026, 1, 5)) // 1440: ()})


def test_a_calendar_of_exceptions_only_goes_on_by_the_clock() -> None:
    day = dt.date(2026, 1, 5)
    once = Calendar(((),) * 7, {day.toordinal(): ((480, 720),)})
    assert once.between(at(day), at(day, 720)) == 240
    assert told(once.add(at(day, 480), 250)) == "2026-01-06 00:10"


def test_midnight_shifts_join() -> None:
    assert tidy(((60, 120), (0, 60), (100, 130), (700, 700))) == ((0, 130),)
    assert NIGHTS.add(when("2026-01-05 23:00"), 180) == when("2026-01-06 02:00")


def test_the_clock_works_always() -> None:
    assert ALWAYS.add(BASE, 12345) == BASE + 12345
    assert ALWAYS.next_work(BASE) == ALWAYS.last_work(BASE) == BASE


def test_common_time_of_two_calendars() -> None:
    both = intersection(OFFICE, MORNINGS)
    assert both.week[0] == ((480, 720),)
    assert intersection(OFFICE, ALWAYS) is OFFICE
    assert intersection(OFFICE, OFFICE) is OFFICE
    with pytest.raises(UserError, match="in common"):
        intersection(OFFICE, Calendar((((1200, 1260),),) * 7))


def test_moments_at_the_ends_of_time() -> None:
    assert of_datetime(moment(BASE + 777)) == BASE + 777
    assert moment(10**12).year == 9999
    assert moment(-5).year == 1
    assert OFFICE.add(when("9999-12-31 16:59"), 10_000) > when("9999-12-31 16:59")


shifts = st.lists(
    st.tuples(st.integers(0, 1440), st.integers(0, 1440)).map(lambda s: (min(s), max(s))),
    max_size=3,
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any calendar with a week that has some work."""
    week = [draw(shifts) for _ in range(7)]
    if not any(tidy(day) for day in week):
        week[draw(st.integers(0, 6))] = [(480, 720)]
    days = draw(st.dictionaries(st.integers(-400, 400), shifts, max_size=5))
    return Calendar(week, {BASE // 1440 + day: each for day, each in days.items()})


moments = st.integers(-900_000, 900_000).map(lambda minutes: BASE + minutes)
amounts = st.integers(-60_000, 60_000)


@given(calendars(), moments, amounts)
def test_adding_and_counting_are_inverse(calendar: Calendar, start: int, minutes: int) -> None:
    end = calendar.add(start, minutes)
    assert calendar.between(start, end) == minutes
    assert calendar.between(calendar.subtract(start, minutes), start) == minutes
    assert calendar.between(calendar.add(end, -minutes), start) == 0


@given(calendars(), moments, moments, moments)
def test_counting_adds_up(calendar: Calendar, a: int, b: int, c: int) -> None:
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert calendar.between(a, b) == -calendar.between(b, a)


@given(calendars(), moments, moments)
def test_counting_is_what_the_shifts_say(calendar: Calendar, a: int, b: int) -> None:
    first, last = min(a, b), min(max(a, b), min(a, b) + 30 * 1440)
    counted = 0
    for day in range(first // 1440, last // 1440 + 1):
        for begin, end in calendar.shifts(day):
            counted += max(0, min(last, day * 1440 + end) - max(first, day * 1440 + begin))
    assert calendar.between(first, last) == counted


@given(calendars(), moments)
def test_edges_have_no_work_between(calendar: Calendar, when_: int) -> None:
    after, before = calendar.next_work(when_), calendar.last_work(when_)
    assert before <= when_ <= after
    assert calendar.between(before, after) == 0
    assert calendar.next_work(after) == after
    assert calendar.last_work(before) == before


@given(calendars(), calendars(), moments, moments)
def test_nobody_works_when_one_of_two_does_not(
    one: Calendar, other: Calendar, a: int, b: int
) -> None:
    try:
        both = intersection(one, other)
    except UserError:
        return
    if not any(both.week):
        return  # exceptions only: the clock goes on after them
    first, last = min(a, b), max(a, b)
    assert both.between(first, last) <= min(one.between(first, last), other.between(first, last))


@pytest.mark.parametrize("calendar", [OFFICE, EVERY_DAY, MORNINGS, NIGHTS])
def test_look_ups_forget_and_stay_right(
    calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_pilot.planning.engine.worktime._REMEMBERED", 10)
    for minutes in range(0, 5000, 7):
        assert calendar.between(BASE, calendar.add(BASE, minutes)) == minutes
