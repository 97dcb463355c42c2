"""Forms and quizzes of all sessions at once, beside the figures of one and plain SQL."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.project import Add, Project
from crm_pilot.training import evaluations, quizzes
from crm_pilot.training.appraisals import TypeQuiz, by_course, by_session, forms, quiz_rows
from crm_pilot.training.commands import AddSession, Enrol, MarkAllPresent
from crm_pilot.training.questions import COLD, HOT, SCALE, STATEMENTS
from crm_pilot.training.terms import Evaluated

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def company(project: Project) -> Project:
    """Two sessions of one course held with two trainees each, one to come."""
    run = project.execute
    for name in ("Adam", "Blum", "Curie", "Dumas"):
        run(Add("person", {"last_name": name}))
    run(AddSession(dt.date(2026, 10, 1), course_title="Basics"))
    run(AddSession(dt.date(2026, 10, 8), course_id=1))
    run(AddSession(dt.date(2026, 12, 1), course_id=1))
    run(Enrol(1, (1, 2)))
    run(Enrol(2, (3, 4)))
    run(MarkAllPresent(1))
    run(MarkAllPresent(2))
    _form(project, 1, satisfaction=4, content=3, comment="Clear")
    _form(project, 1, satisfaction=2, pace=1)
    _form(project, 2, satisfaction=3, person_id=3)
    _form(project, 2, kind="cold", application=1)
    return project


def _form(project: Project, session: int, **values: object) -> None:
    given = {"session_id": session, "given_on": TODAY, "kind": "hot", **values}
    project.execute(Add("evaluation", given))


def test_sessions_by_hand_and_beside_the_figures_of_one(company: Project) -> None:
    later, first = by_session(company.reader, TODAY)  # the latest first, none to come
    assert (later.id, first.id) == (2, 1)
    assert first.hot.overall.mean == pytest.approx((4 + 3 + 2 + 1) / 4)
    assert (first.hot.marks["satisfaction"].mean, first.hot.marks["satisfaction"].count) == (3, 2)
    assert first.hot.marks["usefulness"].mean is None
    assert (first.asked, first.hot.answered, first.wrote, first.sessions) == (2, 2, 1, 1)
    assert later.cold.overall.mean == 1
    for row in (first, later):
        assert row.hot == evaluations.evaluated(company.reader, session_id=row.id)
        assert row.gain == quizzes.gain(company.reader, session_id=row.id)


def test_courses_are_their_sessions_together(company: Project) -> None:
    (course,) = by_course(company.reader, TODAY)
    assert (course.id, course.held_on, course.sessions, course.asked) == (1, None, 2, 4)
    assert course.hot == evaluations.evaluated(company.reader, course_id=1, today=TODAY)
    mean = company.reader.value(
        "SELECT AVG(m) FROM (SELECT satisfaction AS m FROM evaluation WHERE kind = 'hot'"
        " UNION ALL SELECT content FROM evaluation WHERE kind = 'hot'"
        " UNION ALL SELECT pace FROM evaluation WHERE kind = 'hot')"
    )
    assert course.hot.overall.mean == pytest.approx(mean)


def test_forms_are_listed_as_they_were_typed(company: Project) -> None:
    found = forms(company.reader, 2)
    assert [(one.kind, one.person) for one in found] == [
        (Evaluated.HOT, "Curie"),
        (Evaluated.COLD, None),
    ]
    assert found[0].marks == (3, None, None, None, None, None)


def test_a_quiz_is_typed_changed_and_undone_as_one_step(company: Project) -> None:
    company.execute(TypeQuiz(1, 10, ((1, 4, 8), (2, 6, None))))
    assert [(r.name, r.before, r.after, r.out_of) for r in quiz_rows(company.reader, 1)] == [
        ("Adam", 4, 8, 10),
        ("Blum", 6, None, 10),
    ]
    (_, first) = by_session(company.reader, TODAY)
    assert (first.gain.before, first.gain.after, first.gain.pairs) == (0.4, 0.8, 1)
    company.execute(TypeQuiz(1, 20, ((1, 4, 18), (2, None, None))))
    assert [(r.before, r.after, r.out_of) for r in quiz_rows(company.reader, 1)] == [
        (4, 18, 20),
        (None, None, 10),
    ]
    company.undo()
    company.undo()
    assert company.reader.value("SELECT COUNT(*) FROM quiz_result") == 0


def test_more_points_than_there_are_is_refused(company: Project) -> None:
    with pytest.raises(UserError, match="11 points are more than the 10"):
        company.execute(TypeQuiz(1, 10, ((1, 11, None),)))
    assert company.reader.value("SELECT COUNT(*) FROM quiz_result") == 0


def test_paper_and_screen_ask_the_same() -> None:
    from crm_pilot.reports import training_form

    assert training_form.STATEMENTS is STATEMENTS and training_form.SCALE is SCALE
    assert {name for name, _ in (*HOT, *COLD)} == set(evaluations.ASPECTS)
