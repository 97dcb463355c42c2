"""Edits of training: what they write, what they refuse, and that they are undone whole."""

import datetime as dt
from dataclasses import replace

import pytest

from crm_pilot.errors import UserError
from crm_pilot.project import Command, Project
from crm_pilot.training import queries
from crm_pilot.training.commands import AddSession, Enrol, MarkAllPresent, SetPresence
from crm_pilot.training.halves import HalfDay, halves
from crm_pilot.training.presence import SetHalfPresence, sheet
from crm_pilot.training.session_commands import SaveSession
from crm_pilot.training.terms import Half, Presence

TABLES = ("course", "training_session", "session_half", "attendance", "half_presence")


def content(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


@pytest.mark.parametrize(
    "command",
    [
        AddSession(dt.date(2027, 1, 5), course_title="Second steps"),
        AddSession(dt.date(2027, 1, 5), course_id=1),
        Enrol(1, (5, 6, 1)),
        SetPresence((1, 3, 7), Presence.EXCUSED),
        MarkAllPresent(2),
    ],
    ids=lambda command: type(command).__name__,
)
def test_one_step_back_and_forth(company: Project, command: Command) -> None:
    before = content(company)
    company.execute(command)
    after = content(company)
    assert after != before
    company.undo()
    assert content(company) == before
    company.redo()
    assert content(company) == after


def test_a_session_is_like_the_last_one_of_its_course(company: Project) -> None:
    company.execute(
        AddSession(dt.date(2026, 12, 2), course_id=1, place="Lyon", trainer="A. Roux", seats=6)
    )
    key = company.execute(AddSession(dt.date(2026, 12, 9), course_id=1, trainer="B. Petit"))
    row = next(row for row in queries.sessions(company.reader) if row.id == key)
    assert (row.place, row.trainer, row.seats) == ("Lyon", "B. Petit", 6)


def test_a_session_without_course_is_refused(company: Project) -> None:
    before = content(company)
    with pytest.raises(UserError, match="give the course a title"):
        company.execute(AddSession(dt.date(2026, 12, 2), course_title="  "))
    assert content(company) == before


def test_who_is_enrolled_stays_as_they_are(company: Project) -> None:
    assert company.execute(Enrol(1, (1, 5, 5))) == 1
    presences = {row.person_id: row.presence for row in queries.trainees(company.reader, 1)}
    assert presences == {
        1: Presence.PRESENT,
        2: Presence.PRESENT,
        3: Presence.ABSENT,
        5: Presence.INVITED,
    }


def test_marking_everyone_leaves_the_absent_absent(company: Project) -> None:
    assert company.execute(MarkAllPresent(1)) == 0
    assert company.execute(MarkAllPresent(2)) == 1
    assert {row.presence for row in queries.trainees(company.reader, 2)} == {Presence.PRESENT}


def test_the_steps_have_names(company: Project) -> None:
    company.execute(SetPresence((1, 2), Presence.ABSENT))
    assert company.undo_labels[0].english() == "Note 2 trainees as Absent"


def test_another_trainer_replaces_the_last_one_by_name_or_person(company: Project) -> None:
    def taught(key: int) -> tuple[object, ...] | None:
        return company.reader.one(
            "SELECT trainer, trainer_id, cost_cents FROM training_session WHERE id = ?", key
        )

    day = dt.date(2026, 12, 9)
    first = company.execute(AddSession(day, course_id=1, trainer_id=5, cost_cents=90_000))
    assert taught(first) == ("", 5, 90_000)
    again = company.execute(AddSession(day + dt.timedelta(days=1), course_id=1))
    assert taught(again) == ("", 5, None)  # what a session costs is not known before
    other = company.execute(AddSession(day + dt.timedelta(days=2), course_id=1, trainer="A. Roux"))
    assert taught(other) == ("A. Roux", None, None)
    third = company.execute(AddSession(day + dt.timedelta(days=3), course_id=1, trainer_id=6))
    assert taught(third) == ("", 6, None)


@pytest.fixture
def two_days() -> tuple[HalfDay, ...]:
    first = dt.date(2026, 11, 24)
    return (
        HalfDay(first, Half.MORNING, "09:00", 210),
        HalfDay(first + dt.timedelta(days=1), Half.AFTERNOON, "14:00", 180),
    )


def test_a_session_is_saved_with_its_half_days_as_one_step(
    company: Project, two_days: tuple[HalfDay, ...]
) -> None:
    before = content(company)
    values = {"place": "Lyon", "seats": 6, "cost_cents": 50_000}
    key = company.execute(SaveSession(two_days, 1, values=values, persons=(1, 4)))
    row = next(row for row in queries.sessions(company.reader) if row.id == key)
    assert (row.held_on, row.begins, row.minutes) == (two_days[0].day, "09:00", 390)
    assert (row.place, row.seats, row.enrolled) == ("Lyon", 6, 2)
    assert halves(company.reader)[key] == two_days
    company.undo()
    assert content(company) == before
    assert halves(company.reader).keys() == {1, 2, 3}


def test_a_changed_session_keeps_what_was_typed_of_its_half_days(
    company: Project, two_days: tuple[HalfDay, ...]
) -> None:
    key = company.execute(SaveSession(two_days, 1, persons=(1, 4)))
    ids = tuple(row.id for row in queries.trainees(company.reader, key))
    company.execute(SetHalfPresence(ids[:1], two_days[0].day, Half.MORNING, Presence.PRESENT))
    company.execute(SetHalfPresence(ids[:1], two_days[1].day, Half.AFTERNOON, Presence.ABSENT))
    later = tuple(replace(half, day=half.day + dt.timedelta(days=7)) for half in two_days)
    before = content(company)
    company.execute(SaveSession(later, 1, values={"seats": 8}, session_id=key))
    row = next(row for row in sheet(company.reader, key).rows if row.id == ids[0])
    assert row.presences == (Presence.PRESENT, Presence.ABSENT)
    assert halves(company.reader)[key] == later
    company.undo()
    assert content(company) == before


def test_a_session_without_half_days_or_course_is_refused(
    company: Project, two_days: tuple[HalfDay, ...]
) -> None:
    before = content(company)
    for command, why in (
        (SaveSession((), 1), "one half-day"),
        (SaveSession(two_days, course_title=" "), "title"),
    ):
        with pytest.raises(UserError, match=why):
            company.execute(command)
    assert content(company) == before
