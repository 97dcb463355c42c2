"""Presence per half-day: sheets typed back, their sum, the minutes followed, and undo."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.errors import UserError
from crm_pilot.project import Command, Project
from crm_pilot.training import presence, queries
from crm_pilot.training.commands import MarkAllPresent, SetPresence
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.halves import HalfDay, of_block
from crm_pilot.training.presence import SetHalfPresence, Sheet, TypeSheet, spread, summed
from crm_pilot.training.terms import Half, Presence

DAY = dt.date(2026, 11, 10)
AM, PM = Half.MORNING, Half.AFTERNOON
CAME, ABSENT, EXCUSED, INVITED = (
    Presence.PRESENT,
    Presence.ABSENT,
    Presence.EXCUSED,
    Presence.INVITED,
)
TABLES = ("attendance", "half_presence")


@pytest.fixture
def whole_day(company: Project) -> Project:
    """Session 1 lasts a morning of 240 and an afternoon of 180 minutes; nobody is noted yet."""
    company.execute(SetPresence((1, 2, 3), INVITED))
    company.execute(SetHalves(1, (HalfDay(DAY, AM, "08:30", 240), HalfDay(DAY, PM, "13:30", 180))))
    return company


def content(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


def seen(project: Project, session: int = 1) -> dict[int, tuple[Presence, ...]]:
    return {row.id: row.presences for row in presence.sheet(project.reader, session).rows}


def total(project: Project, session: int = 1) -> dict[int, Presence]:
    return {row.id: row.presence for row in queries.trainees(project.reader, session)}


@pytest.mark.parametrize(
    ("halves", "expected"),
    [
        ((CAME, ABSENT), CAME),
        ((CAME, INVITED), CAME),
        ((INVITED, ABSENT), INVITED),
        ((EXCUSED, ABSENT), ABSENT),
        ((EXCUSED, EXCUSED), EXCUSED),
        ((), INVITED),
    ],
)
def test_half_days_sum_up(halves: tuple[Presence, ...], expected: Presence) -> None:
    assert summed(halves) is expected


def test_what_was_typed_for_a_half_day_outweighs_the_attendance() -> None:
    halves = of_block(DAY, "09:00", 420)
    assert spread(CAME, {(DAY, PM): ABSENT}, halves) == (CAME, ABSENT)
    assert spread(EXCUSED, {}, halves) == (EXCUSED, EXCUSED)


def test_a_sheet_typed_back_notes_everyone_but_the_absent(whole_day: Project) -> None:
    assert whole_day.execute(TypeSheet(1, DAY, AM, absent_ids=(2,))) == 2
    assert seen(whole_day) == {1: (CAME, INVITED), 2: (ABSENT, INVITED), 3: (CAME, INVITED)}
    assert total(whole_day) == {1: CAME, 2: INVITED, 3: CAME}
    assert whole_day.execute(TypeSheet(1, DAY, PM, absent_ids=(2, 3))) == 1
    assert seen(whole_day) == {1: (CAME, CAME), 2: (ABSENT, ABSENT), 3: (CAME, ABSENT)}
    assert total(whole_day) == {1: CAME, 2: ABSENT, 3: CAME}


def test_minutes_followed_are_those_of_half_days_present_at(whole_day: Project) -> None:
    whole_day.execute(TypeSheet(1, DAY, AM, absent_ids=(2,)))
    whole_day.execute(TypeSheet(1, DAY, PM, absent_ids=(2, 3)))
    sheet = presence.sheet(whole_day.reader, 1)
    assert [(row.id, row.minutes) for row in sheet.rows] == [(1, 420), (2, 0), (3, 240)]
    # the same in plain SQL: a half-day's own row, else the attendance
    counted = whole_day.reader.select(
        "SELECT t.id, SUM(CASE WHEN COALESCE(p.presence, t.presence) = 'present'"
        " THEN h.minutes ELSE 0 END) FROM attendance t"
        " JOIN session_half h ON h.session_id = t.session_id LEFT JOIN half_presence p"
        " ON p.attendance_id = t.id AND p.day = h.day AND p.part = h.part GROUP BY t.id"
    )
    everything = {one.attendance_id: one.minutes for one in presence.minutes(whole_day.reader)}
    assert counted == [(key, everything[key]) for key in (1, 2, 3)]


def test_only_what_differs_is_written_half_day_by_half_day(whole_day: Project) -> None:
    whole_day.execute(TypeSheet(1, DAY, AM, absent_ids=(2,)))
    whole_day.execute(TypeSheet(1, DAY, PM, absent_ids=(2, 3)))
    rows = whole_day.reader.select("SELECT DISTINCT attendance_id FROM half_presence")
    assert rows == [(3,)]


def test_who_was_excused_beforehand_stays_so_unless_somebody_says_otherwise(
    whole_day: Project,
) -> None:
    whole_day.execute(SetPresence((3,), EXCUSED))
    assert whole_day.execute(TypeSheet(1, DAY, AM)) == 2
    assert seen(whole_day)[3] == (EXCUSED, EXCUSED)
    whole_day.execute(TypeSheet(1, DAY, AM, excused_ids=()))
    assert seen(whole_day)[3] == (CAME, EXCUSED)
    whole_day.execute(TypeSheet(1, DAY, PM, excused_ids=(1,)))
    assert seen(whole_day)[1] == (CAME, EXCUSED)


def test_a_half_day_the_session_does_not_have_is_refused(whole_day: Project) -> None:
    before = content(whole_day)
    with pytest.raises(UserError, match=r"no half-day on .* in the morning"):
        whole_day.execute(TypeSheet(1, DAY + dt.timedelta(days=1), AM))
    with pytest.raises(UserError, match="no half-day"):
        whole_day.execute(SetHalfPresence((1,), DAY - dt.timedelta(days=1), PM, CAME))
    assert content(whole_day) == before


def test_one_presence_for_all_half_days_takes_their_rows_away(whole_day: Project) -> None:
    whole_day.execute(SetHalfPresence((1, 2), DAY, AM, CAME))
    whole_day.execute(SetPresence((1,), ABSENT))
    assert seen(whole_day)[1] == (ABSENT, ABSENT)
    assert whole_day.reader.value("SELECT COUNT(*) FROM half_presence WHERE attendance_id = 1") == 0


def test_marking_everyone_fills_the_half_days_that_are_not_typed(whole_day: Project) -> None:
    whole_day.execute(SetHalfPresence((2,), DAY, AM, ABSENT))
    whole_day.execute(SetPresence((3,), EXCUSED))
    assert whole_day.execute(MarkAllPresent(1)) == 2
    assert seen(whole_day) == {1: (CAME, CAME), 2: (ABSENT, CAME), 3: (EXCUSED, EXCUSED)}


def test_a_sheet_waits_until_every_half_day_is_typed(whole_day: Project) -> None:
    def waiting() -> int:
        return next(r.waiting for r in queries.sessions(whole_day.reader) if r.id == 1)

    assert waiting() == 3
    whole_day.execute(TypeSheet(1, DAY, AM))
    assert waiting() == 3  # the afternoon
    sheet = presence.sheet(whole_day.reader, 1)
    assert [sheet.to_type(half) for half in sheet.halves] == [0, 3]
    whole_day.execute(TypeSheet(1, DAY, PM))
    assert waiting() == 0


@pytest.mark.parametrize(
    "command",
    [
        TypeSheet(1, DAY, AM, absent_ids=(1,)),
        SetHalfPresence((2, 3), DAY, PM, CAME),
        SetPresence((1,), ABSENT),
        MarkAllPresent(1),
    ],
    ids=lambda command: type(command).__name__,
)
def test_one_step_back_and_forth(whole_day: Project, command: Command) -> None:
    whole_day.execute(SetHalfPresence((1,), DAY, AM, EXCUSED))
    before = content(whole_day)
    whole_day.execute(command)
    after = content(whole_day)
    assert after != before
    whole_day.undo()
    assert content(whole_day) == before
    whole_day.redo()
    assert content(whole_day) == after


@given(
    st.lists(st.sampled_from(Presence), max_size=6),
    st.lists(st.integers(1, 300), min_size=6, max_size=6),
)
def test_minutes_of_those_present_and_absent_make_the_session(
    some: list[Presence], lengths: list[int]
) -> None:
    halves = [
        HalfDay(DAY + dt.timedelta(days=n), AM, "09:00", length)
        for n, length in enumerate(lengths[: len(some)])
    ]
    missed = [CAME if one is not CAME else ABSENT for one in some]
    both = presence.followed(some, halves) + presence.followed(missed, halves)
    assert both == sum(half.minutes for half in halves)


def test_the_sheet_of_no_session_is_empty(company: Project) -> None:
    assert presence.sheet(company.reader, 99) == Sheet(99)
