"""Evaluations, quizzes, cost and the plan by month: by hand and in plain SQL."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.project import Add, Project, Remove, SetField
from crm_pilot.training import evaluations, quizzes, year
from crm_pilot.training.commands import AddSession, Enrol, SetPresence
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.evaluations import ASPECTS, Evaluations, Mark, NoteCold, evaluated, mark
from crm_pilot.training.halves import HalfDay, of_block
from crm_pilot.training.quizzes import Gain, gain
from crm_pilot.training.terms import Evaluated, Half, Presence
from crm_pilot.training.year import Cost, PlanMonth, next_month

HELD = dt.date(2026, 11, 10)


def form(project: Project, session: int, **values: object) -> None:
    known = {"session_id": session, "given_on": HELD, **values}
    project.execute(Add("evaluation", known))  # type: ignore[arg-type]


def later(days: int) -> dt.date:
    return HELD + dt.timedelta(days=days)


def test_marks_are_averaged_over_what_was_answered(company: Project) -> None:
    form(company, 1, satisfaction=4, content=3, comment="Good")
    form(company, 1, satisfaction=2, person_id=1)
    form(company, 2, satisfaction=1, pace=4)
    found = evaluated(company.reader, session_id=1)
    assert (found.asked, found.answered, found.rate) == (2, 2, 1.0)
    assert found.marks["satisfaction"] == Mark(3.0, 2)
    assert found.marks["content"] == Mark(3.0, 1)
    assert found.marks["pace"] == Mark(None, 0)
    assert found.overall == Mark(3.0, 3)
    both = evaluated(company.reader, course_id=1)
    assert (both.asked, both.answered) == (5, 3)  # 7, of a session to come, counts as present
    assert both.overall == Mark(2.8, 5)
    by_then = evaluated(company.reader, today=HELD)
    assert (by_then.asked, by_then.answered) == (2, 2)


def test_marks_agree_with_plain_sql(company: Project) -> None:
    for number, name in enumerate(ASPECTS):
        for mark_ in range(1, 1 + number % 4):
            form(company, 1, **{name: mark_})
    found = evaluated(company.reader)
    for name in ASPECTS:
        counted = company.reader.one(f"SELECT AVG({name}), COUNT({name}) FROM evaluation")
        assert counted == (found.marks[name].mean, found.marks[name].count)


def test_no_forms_have_no_marks(company: Project) -> None:
    found = evaluated(company.reader, Evaluated.COLD)
    assert found == Evaluations(0, 0, Mark(None, 0), {name: Mark(None, 0) for name in ASPECTS})
    assert found.rate is None


def test_who_was_asked_later_are_those_of_sessions_asked_about(company: Project) -> None:
    company.execute(NoteCold((1,), later(90)))
    form(company, 1, kind=Evaluated.COLD, application=4)
    found = evaluated(company.reader, Evaluated.COLD)
    assert (found.asked, found.answered, found.marks["application"]) == (2, 1, Mark(4.0, 1))
    assert evaluated(company.reader, Evaluated.HOT).answered == 0


def test_the_later_evaluation_is_due_after_90_days_and_again_after_97(company: Project) -> None:
    def due(days: int) -> list[tuple[int, bool, int, int]]:
        return [
            (one.session_id, one.remind, one.asked, one.answered)
            for one in evaluations.cold_due(company.reader, later(days))
            if one.session_id == 1
        ]

    assert due(89) == []
    assert due(90) == [(1, False, 2, 0)]
    assert due(97) == [(1, False, 2, 0)]  # asked late, not reminded of
    company.execute(NoteCold((1,), later(91)))
    assert due(96) == []
    assert due(97) == [(1, True, 2, 0)]
    form(company, 1, kind=Evaluated.COLD, application=3)
    assert due(97) == [(1, True, 2, 1)]
    form(company, 1, kind=Evaluated.COLD, application=2)
    assert due(97) == []  # everybody answered
    company.execute(Remove("evaluation", (2,)))
    company.execute(NoteCold((1,), later(98), remind=True))
    assert due(120) == []
    company.undo()
    assert due(120) == [(1, True, 2, 1)]
    assert due(366) == []  # a year later nobody asks


def test_what_is_due_says_when_and_what(company: Project) -> None:
    company.execute(SetHalves(1, (*of_block(HELD, "09:00", 210), HalfDay(
        later(1), Half.MORNING, "09:00", 120))))  # fmt: skip
    one = evaluations.cold_due(company.reader, later(91))[0]
    assert (one.course, one.held_on, one.due_on) == ("First steps", HELD, later(91))
    assert evaluations.cold_due(company.reader, later(90)) == ()


def test_free_words_come_without_names(company: Project) -> None:
    form(company, 1, comment="Too fast", person_id=1)
    form(company, 1, kind=Evaluated.COLD, comment="I use it")
    form(company, 2, comment="Fine")
    assert evaluations.comments(company.reader, 1) == (
        (Evaluated.HOT, "Too fast"),
        (Evaluated.COLD, "I use it"),
    )
    assert len(evaluations.comments(company.reader)) == 3


@given(st.lists(st.none() | st.integers(1, 4)))
def test_a_mean_is_between_the_marks(values: list[int | None]) -> None:
    found = mark(values)
    given_ = [value for value in values if value is not None]
    assert found.count == len(given_)
    assert (found.mean is None) == (not given_)
    assert found.mean is None or min(given_) <= found.mean <= max(given_)


def quiz(project: Project, session: int, person: int, moment: str, points: int, of: int) -> None:
    row = {"session_id": session, "person_id": person, "moment": moment}
    project.execute(Add("quiz_result", {**row, "points": points, "out_of": of}))


def test_the_gain_is_that_of_who_took_both(company: Project) -> None:
    quiz(company, 1, 1, "before", 4, 10)
    quiz(company, 1, 1, "after", 16, 20)  # another scale
    quiz(company, 1, 2, "before", 5, 10)
    quiz(company, 1, 2, "after", 6, 10)
    quiz(company, 1, 3, "before", 0, 10)  # left before the end
    quiz(company, 2, 5, "after", 10, 10)
    found = gain(company.reader)
    assert found == Gain(0.45, 0.7, pytest.approx(0.25), 2, 3, 3)
    counted = company.reader.one(
        "SELECT AVG(1.0 * a.points / a.out_of - 1.0 * b.points / b.out_of), COUNT(*)"
        " FROM quiz_result a JOIN quiz_result b ON b.session_id = a.session_id"
        " AND b.person_id = a.person_id WHERE a.moment = 'after' AND b.moment = 'before'"
    )
    assert counted == (pytest.approx(found.gain), found.pairs)
    assert gain(company.reader, session_id=2) == Gain(afters=1)
    assert gain(company.reader, today=HELD).pairs == 2
    assert quizzes.compared(()) == Gain()


def test_cost_per_person_trained(company: Project, today: dt.date) -> None:
    assert year.cost(company.reader, today) == Cost(0, 2, 2, 0, None)
    company.execute(SetField("training_session", 1, "cost_cents", 90_000))  # 1 and 2 came
    company.execute(SetField("training_session", 3, "cost_cents", 50_000))  # still to come
    assert year.cost(company.reader, today) == Cost(90_000, 2, 1, 2, 45_000.0)
    company.execute(SetField("training_session", 2, "cost_cents", 30_000))  # 4 and 5 came
    assert year.cost(company.reader, today) == Cost(120_000, 2, 0, 4, 30_000.0)


def test_the_plan_by_month(company: Project, today: dt.date) -> None:
    company.execute(AddSession(dt.date(2027, 2, 3), course_id=1, minutes=420, cost_cents=100))
    company.execute(Enrol(4, (1, 2)))
    company.execute(SetPresence((10,), Presence.EXCUSED))
    rows = year.plan(company.reader, today)
    assert [row.first.month for row in rows] == [11, 12, 1, 2]
    # session 1: 3 enrolled, 2 came; session 2: 3 enrolled, 2 came
    assert rows[0] == PlanMonth(dt.date(2026, 11, 1), 2, 2, 2, 420, 8, 6, 4, 0, 2)
    assert rows[2] == PlanMonth(dt.date(2027, 1, 1))
    assert rows[3] == PlanMonth(dt.date(2027, 2, 1), 1, 0, 2, 420, 4, 1, 0, 100, 0)
    counted = company.reader.one(
        "SELECT COUNT(*), SUM(held_on <= ?), SUM(minutes), SUM(seats) FROM training_session", today
    )
    assert counted == tuple(
        sum(getattr(row, name) for row in rows) for name in ("sessions", "held", "minutes", "seats")
    )


def test_an_empty_plan(project: Project, today: dt.date) -> None:
    assert year.plan(project.reader, today) == ()
    assert next_month(dt.date(2026, 12, 1)) == dt.date(2027, 1, 1)
    assert next_month(dt.date(2026, 11, 1)) == dt.date(2026, 12, 1)
