"""Half-days: what a block makes, what rows give, and that minutes are neither lost nor won."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.errors import UserError
from crm_pilot.project import Add, Project
from crm_pilot.training import presence, queries
from crm_pilot.training.commands import SetPresence
from crm_pilot.training.course_commands import MoveSession, SetHalves
from crm_pilot.training.halves import HalfDay, clock, halves, minute_of, of_block, of_session
from crm_pilot.training.presence import SetHalfPresence
from crm_pilot.training.terms import Half, Presence

DAY = dt.date(2026, 11, 10)
NEXT = DAY + dt.timedelta(days=1)
AM, PM = Half.MORNING, Half.AFTERNOON
TABLES = ("training_session", "session_half", "attendance", "half_presence")
TWO_DAYS = (
    HalfDay(DAY, AM, "09:00", 180),
    HalfDay(DAY, PM, "14:00", 180),
    HalfDay(NEXT, AM, "09:30", 150),
)


def content(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


def of(project: Project, session: int) -> tuple[HalfDay, ...]:
    return halves(project.reader)[session]


@pytest.mark.parametrize(
    ("begins", "minutes", "expected"),
    [
        ("09:00", 210, [(AM, "09:00", 210, "12:30")]),
        ("09:00", 300, [(AM, "09:00", 300, "14:00")]),
        ("09:00", 301, [(AM, "09:00", 151, "11:31"), (PM, "13:30", 150, "16:00")]),
        ("09:00", 420, [(AM, "09:00", 210, "12:30"), (PM, "13:30", 210, "17:00")]),
        ("10:30", 420, [(AM, "10:30", 210, "14:00"), (PM, "15:00", 210, "18:30")]),
        ("14:00", 180, [(PM, "14:00", 180, "17:00")]),
        ("13:00", 360, [(PM, "13:00", 360, "19:00")]),
        ("nine", 60, [(AM, "09:00", 60, "10:00")]),
    ],
)
def test_a_block_makes_half_days(
    begins: str, minutes: int, expected: list[tuple[Half, str, int, str]]
) -> None:
    found = of_block(DAY, begins, minutes)
    assert [(h.part, h.begins, h.minutes, h.ends) for h in found] == expected
    assert {half.day for half in found} == {DAY}


@given(st.integers(0, 1439), st.integers(1, 900))
def test_half_days_part_the_minutes_of_a_block(start: int, minutes: int) -> None:
    found = of_block(DAY, clock(start), minutes)
    assert sum(half.minutes for half in found) == minutes
    assert len({half.place for half in found}) == len(found)
    assert all(half.minutes > 0 for half in found)
    assert all(a.starts_at < b.starts_at for a, b in pairwise(found))


@given(st.integers(0, 1439))
def test_an_hour_is_read_as_it_is_written(minute: int) -> None:
    assert minute_of(clock(minute)) == minute


def test_rows_outweigh_the_block_and_come_in_order() -> None:
    assert of_session(DAY, "09:00", 420, reversed(TWO_DAYS)) == TWO_DAYS


def test_half_days_are_stored_only_where_the_block_does_not_say_them(company: Project) -> None:
    count = "SELECT COUNT(*) FROM session_half"
    company.execute(SetPresence((9,), Presence.INVITED))
    company.execute(SetHalves(3, TWO_DAYS))
    assert of(company, 3) == TWO_DAYS
    assert company.reader.value(count) == 3
    row = next(row for row in queries.sessions(company.reader) if row.id == 3)
    assert (row.held_on, row.begins, row.minutes) == (DAY, "09:00", 510)
    company.execute(SetHalves(3, of_block(DAY, "08:30", 400)))
    assert company.reader.value(count) == 0
    assert [half.minutes for half in of(company, 3)] == [200, 200]


@pytest.mark.parametrize(
    ("given_halves", "why"),
    [
        ((), "one half-day at least"),
        ((HalfDay(DAY, AM, "9h", 60),), "09:00"),
        ((HalfDay(DAY, AM, "09:00", 0),), "minutes"),
        ((TWO_DAYS[0], TWO_DAYS[0]), "given twice"),
        ((HalfDay(DAY, AM, "09:00", 300), HalfDay(DAY, PM, "13:30", 60)), "overlap"),
    ],
)
def test_half_days_that_cannot_be_are_refused(
    company: Project, given_halves: tuple[HalfDay, ...], why: str
) -> None:
    before = content(company)
    with pytest.raises(UserError, match=why):
        company.execute(SetHalves(3, given_halves))
    assert content(company) == before


def test_a_half_day_that_is_typed_is_not_thrown_away(company: Project) -> None:
    company.execute(SetHalves(1, TWO_DAYS))
    company.execute(SetHalfPresence((1,), NEXT, AM, Presence.ABSENT))
    before = content(company)
    with pytest.raises(UserError, match="typed already"):
        company.execute(SetHalves(1, TWO_DAYS[:2]))
    assert content(company) == before
    company.execute(SetHalfPresence((1,), NEXT, AM, Presence.INVITED))
    company.execute(SetHalves(1, TWO_DAYS[:2]))
    assert of(company, 1) == TWO_DAYS[:2]


def test_who_was_noted_is_still_to_be_noted_for_a_new_half_day(company: Project) -> None:
    # 1 and 2 came on the only half-day, 3 was absent
    company.execute(SetHalves(1, of_block(DAY, "09:00", 420)))
    rows = {row.person_id: row for row in presence.sheet(company.reader, 1).rows}
    assert rows[1].presences == (Presence.PRESENT, Presence.INVITED)
    assert rows[3].presences == (Presence.ABSENT, Presence.INVITED)
    assert (rows[1].presence, rows[3].presence) == (Presence.PRESENT, Presence.INVITED)
    assert rows[1].minutes == 210


def test_a_session_moves_with_its_half_days_and_what_was_typed(company: Project) -> None:
    company.execute(SetHalves(1, TWO_DAYS))
    company.execute(SetPresence((1,), Presence.PRESENT))
    company.execute(SetHalfPresence((1,), DAY, PM, Presence.ABSENT))
    before = content(company)
    company.execute(MoveSession(1, dt.date(2026, 11, 24)))
    sheet = presence.sheet(company.reader, 1)
    assert [half.day.day for half in sheet.halves] == [24, 24, 25]
    assert [half.begins for half in sheet.halves] == ["09:00", "14:00", "09:30"]
    row = next(row for row in sheet.rows if row.id == 1)
    assert row.presences == (Presence.PRESENT, Presence.ABSENT, Presence.PRESENT)
    company.undo()
    assert content(company) == before


def test_other_times_for_all_half_days_move_what_was_typed(company: Project) -> None:
    company.execute(SetHalves(1, (HalfDay(dt.date(2026, 11, 12), PM, "14:00", 90),)))
    assert {row.id: row.presence for row in presence.sheet(company.reader, 1).rows} == {
        1: Presence.PRESENT,
        2: Presence.PRESENT,
        3: Presence.ABSENT,
    }


@pytest.mark.parametrize(
    "command", [SetHalves(1, TWO_DAYS), MoveSession(2, NEXT)], ids=lambda c: type(c).__name__
)
def test_one_step_back_and_forth(company: Project, command: SetHalves | MoveSession) -> None:
    before = content(company)
    company.execute(command)
    after = content(company)
    assert after != before
    company.undo()
    assert content(company) == before
    company.redo()
    assert content(company) == after


def test_half_days_go_with_their_session(company: Project) -> None:
    row = {"session_id": 3, "day": DAY, "part": AM, "begins": "09:00", "minutes": 60}
    company.execute(Add("session_half", row))
    assert of(company, 3) == (HalfDay(DAY, AM, "09:00", 60),)
