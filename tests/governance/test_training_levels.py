"""Kirkpatrick's four levels side by side, each as its own room computes it."""

import datetime as dt

from crm_pilot.feedback.queries import objectives
from crm_pilot.governance import transfer
from crm_pilot.governance.training_levels import levels
from crm_pilot.project import Add, Project
from crm_pilot.training.commands import AddSession, Enrol, SetPresence
from crm_pilot.training.terms import Evaluated, Presence

HELD = dt.date(2026, 5, 5)
TODAY = dt.date(2026, 11, 21)


def measured(project: Project) -> None:
    """Two courses of a session each; marks, quizzes and an objective."""
    run = project.execute
    for number in (1, 2):
        run(Add("person", {"last_name": str(number)}))
    for title, day in (("A", HELD), ("B", dt.date(2026, 12, 1))):
        run(AddSession(day, course_title=title))
    run(Enrol(1, (1, 2)))
    run(SetPresence((1, 2), Presence.PRESENT))
    for session, kind, mark in (
        (1, Evaluated.HOT, 3),
        (1, Evaluated.COLD, 2),
        (2, Evaluated.HOT, 1),
    ):
        form = {"session_id": session, "kind": kind, "given_on": HELD, "satisfaction": mark}
        run(Add("evaluation", form))
    for moment, points in (("before", 4), ("after", 7)):
        quiz = {"session_id": 1, "person_id": 1, "moment": moment, "points": points}
        run(Add("quiz_result", quiz))
    run(Add("objective", {"title": "Sales", "baseline": 0, "target": 1000}))
    run(Add("objective_measure", {"objective_id": 1, "measured_on": HELD, "value": 500}))


def test_each_level_is_that_of_its_room(project: Project) -> None:
    measured(project)
    found = levels(project.reader, TODAY)
    assert (found.hot.asked, found.hot.answered, found.hot.overall.mean) == (2, 1, 3.0)
    assert (found.cold.asked, found.cold.overall.mean) == (2, 2.0)
    assert round(found.gain.gain or 0, 6) == 0.3
    assert found.transfer == transfer.after(project.reader, TODAY)
    assert found.results == objectives(project.reader, TODAY)
    assert [row.progress for row in found.results] == [0.5]


def test_a_course_has_its_own_levels_but_the_objectives_of_the_project(project: Project) -> None:
    measured(project)
    later = dt.date(2026, 12, 31)
    assert levels(project.reader, later, 2).hot.overall.mean == 1.0
    found = levels(project.reader, later, 2)
    assert (found.gain.pairs, found.transfer.trainees) == (0, 0)
    assert len(found.results) == 1
    assert levels(project.reader, later).hot.overall.count == 2


def test_nothing_measured_says_nothing(project: Project) -> None:
    found = levels(project.reader, TODAY)
    assert (found.hot.overall.mean, found.gain.gain, found.results) == (None, None, ())
