"""Working days as bits: by hand, and against the working hours of the plan."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_pilot.people import working
from crm_pilot.people.working import DayOff, Week, WorkingDays
from crm_pilot.planning.calendars import Hours
from crm_pilot.project import Add, Project, SetField
from crm_pilot.store.reader import Reader

D = dt.date
NOV = (D(2026, 11, 1), D(2026, 11, 30))
DAY = [[480, 720], [780, 1020]]


def days_of(bits: int, first: dt.date) -> list[int]:
    return [(first + dt.timedelta(days=n)).day for n in range(bits.bit_length()) if bits >> n & 1]


def test_a_month_by_hand_without_weekends_and_public_holidays(project: Project) -> None:
    found = working.working_days(project.reader)
    # November 2026 begins on a Sunday; Wednesday 11 is a public holiday in France
    expected = [2, 3, 4, 5, 6, 9, 10, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30]
    assert days_of(found.mask(None, *NOV), NOV[0]) == expected
    assert found.count(None, *NOV) == 20
    # over the end of a year: 31 December is a Thursday, 1 January a public holiday
    assert days_of(found.mask(None, D(2026, 12, 30), D(2027, 1, 5)), D(2026, 12, 30)) == [
        30,
        31,
        4,
        5,
    ]
    assert found.mask(None, D(2026, 11, 3), D(2026, 11, 2)) == 0


def test_a_calendar_of_ones_own_a_closure_and_a_worked_holiday(project: Project) -> None:
    own = project.execute(Add("calendar", {"name": "Own", "country": "FR"}))
    part = project.execute(
        Add("calendar", {"name": "Part", "base_id": own, "week": json.dumps({"2": []})})
    )
    project.execute(SetField("project", 1, "calendar_id", own))
    for first, last, shifts, name in (
        (D(2026, 11, 11), D(2026, 11, 11), DAY, "Inventory"),
        (D(2026, 11, 26), D(2026, 11, 27), [], "Moving house"),
    ):
        values = {"calendar_id": own, "first": first, "last": last, "name": name}
        project.execute(Add("calendar_exception", values | {"shifts": json.dumps(shifts)}))
    found = working.working_days(project.reader)
    assert found.count(None, *NOV) == 19  # one more, two less
    assert found.mask(9_999, *NOV) == found.mask(None, *NOV)  # unknown: the project's
    # no Wednesdays: 4, 18, 25 are off; the 11th is said to be worked, in the base calendar
    assert days_of(found.mask(part, *NOV), NOV[0])[:8] == [2, 3, 5, 6, 9, 10, 11, 12]
    assert found.project.off(D(2026, 11, 26)) == (DayOff.CLOSURE, "Moving house")
    assert found.project.off(D(2026, 11, 28)) == (DayOff.WEEKEND, "")
    assert found.project.off(D(2026, 12, 25)) == (DayOff.HOLIDAY, "")
    assert found.project.off(D(2026, 11, 11)) is None


def test_the_working_day_of_a_number(project: Project) -> None:
    found = working.working_days(project.reader)
    assert found.reached(1, *NOV) == D(2026, 11, 2)
    assert found.reached(8, *NOV) == D(2026, 11, 12)
    assert found.reached(99, *NOV) == D(2026, 11, 30)


def test_half_days_away_are_kept_apart(project: Project) -> None:
    person = project.execute(Add("person", {"last_name": "Roe"}))
    other = project.execute(Add("person", {"last_name": "Doe"}))
    for key, first, last, part in (
        (person, D(2026, 10, 30), D(2026, 11, 2), "day"),
        (person, D(2026, 11, 5), D(2026, 11, 5), "morning"),
        (person, D(2026, 11, 5), D(2026, 11, 5), "afternoon"),
        (person, D(2026, 11, 6), D(2026, 11, 6), "afternoon"),
        (other, D(2026, 12, 1), D(2026, 12, 4), "day"),
    ):
        values = {"person_id": key, "first": first, "last": last, "part": part}
        project.execute(Add("absence", values))
    found = working.away(project.reader, *NOV)
    assert list(found) == [person]
    mornings, afternoons = found[person]
    assert days_of(mornings, NOV[0]) == [1, 2, 5]
    assert days_of(afternoons, NOV[0]) == [1, 2, 5, 6]


SHIFTS = st.sampled_from([[], DAY, [[480, 720]]])
WEEKS = st.dictionaries(st.integers(0, 6).map(str), SHIFTS, max_size=4)
COUNTRY = st.sampled_from(["", "FR", "BE", "US"])
DAYS = st.dates(D(2025, 12, 1), D(2027, 1, 31))


TABLES = """
CREATE TABLE project(country, calendar_id);
CREATE TABLE calendar(id INTEGER PRIMARY KEY, name, base_id, country, week);
CREATE TABLE calendar_exception(id INTEGER PRIMARY KEY, calendar_id, first, last, shifts, name);
CREATE TABLE absence(id INTEGER PRIMARY KEY, person_id, first, last, part);
CREATE TABLE person(id INTEGER PRIMARY KEY, calendar_id, units);
"""


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_days_agree_with_the_hours_of_the_plan(data: st.DataObject) -> None:
    base = sqlite3.connect(":memory:")
    base.executescript(TABLES)
    keys: list[int] = []
    for key in range(1, data.draw(st.integers(1, 3)) + 1):
        row = (key, f"C{key}", data.draw(st.sampled_from([None, *keys])), data.draw(COUNTRY))
        base.execute(
            "INSERT INTO calendar VALUES (?, ?, ?, ?, ?)", (*row, json.dumps(data.draw(WEEKS)))
        )
        keys.append(key)
    for _ in range(data.draw(st.integers(0, 4))):
        first = data.draw(DAYS)
        span = (first.isoformat(), (first + dt.timedelta(data.draw(st.integers(0, 9)))).isoformat())
        row = (data.draw(st.sampled_from(keys)), *span, json.dumps(data.draw(SHIFTS)))
        base.execute("INSERT INTO calendar_exception VALUES (NULL, ?, ?, ?, ?, '')", row)
    own = data.draw(st.sampled_from([None, *keys]))
    base.execute("INSERT INTO project VALUES (?, ?)", (data.draw(COUNTRY), own))
    reader = Reader(base)
    hours, found = Hours(reader.select, 2026, 2027), working.working_days(reader)
    first, last = sorted((data.draw(DAYS), data.draw(DAYS)))
    for key in (None, *keys):
        calendar, mask = hours.of(key), found.mask(key, first, last)
        for n in range((last - first).days + 1):
            worked = calendar.worked((first + dt.timedelta(days=n)).toordinal()) > 0
            assert bool(mask >> n & 1) == worked, (key, first + dt.timedelta(days=n))
    base.close()


def test_equal_weeks_are_compiled_once() -> None:
    calendars = WorkingDays({7: Week(country="FR")}, Week(country="FR"))
    assert calendars.mask(7, *NOV) == calendars.mask(None, *NOV)
    assert len(calendars._months) == 1
