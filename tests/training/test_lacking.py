"""Who is behind a bar, and what was typed of a session: the same persons as the figures count."""

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.project import Add, Project, SetField
from crm_pilot.training import appraisals, coverage, newcomers
from crm_pilot.training.appraisals import TypeQuiz
from crm_pilot.training.commands import AddSession
from crm_pilot.training.course_commands import SaveCourse
from crm_pilot.training.evaluations import evaluated
from crm_pilot.training.lacking import By, arrivals, lacking, sessions_about
from crm_pilot.training.quizzes import gain

ROWS = {
    By.DEPARTMENT: coverage.by_department,
    By.WAVE: coverage.by_wave,
    By.PROFILE: coverage.by_profile,
    By.FEATURE: coverage.by_feature,
    By.COURSE: coverage.by_course,
}


@pytest.mark.parametrize("by", By)
def test_as_many_are_named_as_a_bar_lacks(company: Project, today: dt.date, by: By) -> None:
    run = company.execute
    run(Add("profile", {"name": "Inside"}))
    run(SetField("account", 7, "profile_id", 3))
    run(SetField("account", 8, "profile_id", 3))  # 1 has two
    run(AddSession(today, course_title="Second steps"))
    for name in ("Quotes", "Calls", "Cases"):
        run(Add("feature", {"name": name}))
    run(Add("feature_profile", {"feature_id": 2, "profile_id": 3}))
    run(SaveCourse(1, features=(1, 2), profiles=(2,)))
    rows = ROWS[by](company.reader, today)
    assert rows
    for row in rows:
        found = lacking(company.reader, today, by, row.id)
        assert len(found) == len(set(found)) == row.users - row.trained, row
    assert any(row.users > row.trained for row in rows)


def test_sessions_of_a_group_or_of_what_is_taught(company: Project) -> None:
    company.execute(Add("feature", {"name": "Quotes"}))
    company.execute(SaveCourse(1, features=(1,)))
    company.execute(AddSession(dt.date(2026, 12, 9), course_title="Second steps"))
    about = {by: sessions_about(company.reader, by, 1) for by in By}
    assert about[By.COURSE] == about[By.FEATURE] == {1, 2, 3}
    assert about[By.DEPARTMENT] == {2}  # 5 and 6 of Service
    assert about[By.WAVE] == {1, 2, 3}
    assert sessions_about(company.reader, By.DEPARTMENT, None) == {3}  # 7 has none


def test_arrivals_are_the_newcomers_without_a_formal_session(
    company: Project, today: dt.date
) -> None:
    live = dt.date(2026, 9, 1)
    company.execute(Add("task", {"title": "Go-live", "start": live, "finish": live}))
    company.execute(SetField("wave", 1, "milestone_id", 1))
    for account, day in ((2, (9, 2)), (3, (10, 22)), (1, (8, 31))):
        company.execute(SetField("account", account, "opened_on", dt.date(2026, *day)))
    rows = arrivals(company.reader, today)
    assert [(r.id, r.days, r.due, r.planned_on) for r in rows] == [
        (3, 30, True, dt.date(2026, 12, 1))  # 2 came on 10 Nov., late
    ]
    together = newcomers.newcomers(company.reader, today).newcomers
    assert (together.users, together.due, together.in_time, together.gap) == (2, 2, 0, 69)


def test_sessions_and_courses_sum_their_forms_up_like_the_levels(
    company: Project, today: dt.date
) -> None:
    for session, mark in ((1, 4), (1, 3), (2, 1)):
        form = {"session_id": session, "given_on": today, "satisfaction": mark}
        company.execute(Add("evaluation", form))
    company.execute(TypeQuiz(1, 20, ((1, 10, 15), (2, None, 9), (3, 4, None))))
    rows = appraisals.by_session(company.reader, today)
    assert [row.id for row in rows] == [2, 1]
    for row in rows:
        assert row.hot == evaluated(company.reader, session_id=row.id)
        assert row.gain == gain(company.reader, session_id=row.id)
    (course,) = appraisals.by_course(company.reader, today)
    assert course.hot == evaluated(company.reader, course_id=1, today=today)
    assert course.gain == gain(company.reader)
    assert (course.gain.before, course.gain.after, course.gain.pairs) == (0.5, 0.75, 1)


def test_a_quiz_is_typed_as_one_step(company: Project) -> None:
    def points() -> list[object]:
        return list(company.reader.select("SELECT person_id, moment, points FROM quiz_result"))

    company.execute(TypeQuiz(1, 10, ((1, 4, 8), (2, None, 7))))
    assert points() == [(1, "before", 4), (1, "after", 8), (2, "after", 7)]
    company.execute(TypeQuiz(1, 10, ((1, None, 9), (2, 2, 7))))
    assert points() == [(1, "after", 9), (2, "after", 7), (2, "before", 2)]
    company.undo()
    assert len(points()) == 3
    company.undo()
    assert points() == []
    with pytest.raises(UserError, match="more than the 10"):
        company.execute(TypeQuiz(1, 10, ((1, 11, None),)))
    assert points() == []
