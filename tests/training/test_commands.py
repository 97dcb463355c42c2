"""Edits of training: what they write, what they refuse, and that they are undone whole."""

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.project import Command, Project
from crm_pilot.training import queries
from crm_pilot.training.commands import AddSession, Enrol, MarkAllPresent, SetPresence
from crm_pilot.training.terms import Presence

TABLES = ("course", "training_session", "attendance")


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
