"""Completeness, support cases, the register of objects: by hand and in plain SQL."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.adoption import objects, quality, support
from crm_pilot.adoption.commands import (
    AddCompleteness,
    AddSupport,
    AnswerSupport,
    ReopenSupport,
    SetObjectKind,
)
from crm_pilot.adoption.terms import Cause, ObjectKind
from crm_pilot.errors import UserError
from crm_pilot.project import Add, Project
from tests.adoption.facts import ACTED_DAY, account, actions

D = dt.date
TODAY = D(2026, 11, 21)
OLD, NEW = D(2026, 10, 1), D(2026, 11, 1)


@pytest.fixture
def things(project: Project) -> tuple[int, int]:
    """Objects “deal” and “contact”."""
    deal = project.execute(Add("crm_object", {"name": "deal", "kind": "opportunity"}))
    return deal, project.execute(Add("crm_object", {"name": "contact", "kind": "contact"}))


def test_completeness_is_the_mean_over_the_records(
    project: Project, things: tuple[int, int]
) -> None:
    deal, contact = things
    for day, thing, field, filled, records in (
        (OLD, deal, "amount", 10, 100),  # replaced by a newer one
        (NEW, deal, "amount", 50, 100),
        (NEW, deal, "close date", 100, 100),
        (NEW, contact, "e-mail", 30, 300),
    ):
        project.execute(AddCompleteness(day, thing, field, records, filled))
    found = quality.latest(project.reader)
    assert [(r.object, r.field, r.share, r.before) for r in found.rows] == [
        ("contact", "e-mail", 0.1, None),
        ("deal", "amount", 0.5, 0.1),
        ("deal", "close date", 1.0, None),
    ]
    by_name = {one.name: one for one in found.objects}
    # a deal has 2 key fields, (0.5 + 1) ÷ 2; a contact has 1: (100 × 0.75 + 300 × 0.1) ÷ 400
    assert by_name["deal"].share == pytest.approx(0.75)
    assert (by_name["deal"].fields, by_name["deal"].records) == (2, 100)
    assert found.share == pytest.approx(105 / 400)
    assert found.measured_on == NEW
    assert [(d.key, d.share) for d in found.departments] == [(None, pytest.approx(105 / 400))]
    assert quality.latest(project.reader, OLD).share == pytest.approx(0.1)


def test_a_department_and_the_whole_company_do_not_count_twice(
    project: Project, things: tuple[int, int]
) -> None:
    deal, contact = things
    north, south = (project.execute(Add("department", {"name": n})) for n in ("North", "South"))
    for day, thing, place, filled, records in (
        (NEW, deal, None, 50, 100),
        (NEW, deal, north, 40, 60),  # the same deals by department: the whole counts
        (NEW, deal, south, 10, 40),
        (OLD, contact, None, 1, 100),
        (NEW, contact, north, 90, 100),  # newer than the whole
    ):
        project.execute(AddCompleteness(day, thing, "amount", records, filled, place))
    found = quality.latest(project.reader)
    by_name = {one.name: one.share for one in found.objects}
    assert by_name == {"deal": 0.5, "contact": 0.9}
    assert found.share == pytest.approx(140 / 200)
    # departments are told by their own measures, whatever counts in the total
    assert {d.name: d.share for d in found.departments} == {
        "North": pytest.approx(130 / 160),
        "South": 0.25,
        "": pytest.approx(51 / 200),
    }
    assert [row.counts for row in found.rows] == [False, True, True, False, False]


def test_a_second_measure_of_a_day_replaces_the_first(
    project: Project, things: tuple[int, int]
) -> None:
    first = project.execute(AddCompleteness(NEW, things[0], "amount", 10, 5))
    assert project.execute(AddCompleteness(NEW, things[0], " amount ", 10, 6)) == first
    assert quality.latest(project.reader).share == pytest.approx(0.6)
    with pytest.raises(UserError):
        project.execute(AddCompleteness(NEW, things[0], "amount", 10, 11))


def test_nothing_measured(project: Project, things: tuple[int, int]) -> None:
    assert quality.latest(project.reader) == quality.Quality(None, None, (), (), ())
    project.execute(AddCompleteness(NEW, things[0], "amount", 0, 0))
    assert quality.latest(project.reader).share is None


# support -------------------------------------------------------------------------------------


def test_cases_by_cause_and_by_age(project: Project) -> None:
    place = project.execute(Add("department", {"name": "North"}))
    person = project.execute(Add("person", {"last_name": "Faure", "department_id": place}))
    old = project.execute(AddSupport(D(2026, 10, 1), Cause.QUESTION, "How?", person_id=person))
    project.execute(AddSupport(D(2026, 11, 14), Cause.COMPLICATED, "Too many fields"))
    project.execute(AddSupport(D(2026, 11, 13), Cause.COMPLICATED, "Slow"))
    project.execute(AddSupport(D(2026, 10, 1), Cause.COMPLICATED, "Old"))
    first, second = (
        project.execute(AddSupport(D(2026, 10, day), Cause.QUESTION, "?")) for day in (1, 2)
    )
    project.execute(AnswerSupport(first, "shown", D(2026, 10, 5)))
    project.execute(AnswerSupport(second, "shown", D(2026, 10, 12)))
    every = support.cases(project.reader)
    assert [one.done_on is None for one in every] == [True] * 4 + [False] * 2
    assert every[0].matter == "Too many fields"  # the newest that waits
    mine = next(one for one in every if one.id == old)
    assert (mine.department, mine.person, mine.age(TODAY)) == ("North", "Faure", 51)
    counts = {
        c.cause: (c.cases, c.answered, c.waiting, c.days) for c in support.causes(project.reader)
    }
    assert counts == {
        Cause.QUESTION: (3, 2, 1, 7),  # answered after 4 and 10 days
        Cause.NOT_MASTERED: (0, 0, 0, None),
        Cause.COMPLICATED: (3, 0, 3, None),
    }
    assert [(a.low, a.high, a.waiting) for a in support.ages(project.reader, TODAY)] == [
        (0, 7, 1),
        (8, 28, 1),
        (29, None, 2),
    ]
    sql = "SELECT cause, count(*), count(done_on) FROM support GROUP BY cause ORDER BY cause"
    assert project.reader.select(sql) == [("complicated", 3, 0), ("question", 3, 2)]


def test_an_answer_is_not_before_the_case(project: Project) -> None:
    key = project.execute(AddSupport(D(2026, 11, 2), Cause.QUESTION, "?"))
    with pytest.raises(UserError):
        project.execute(AnswerSupport(key, "!", D(2026, 11, 1)))
    project.execute(AnswerSupport(key, "!", D(2026, 11, 2)))
    project.execute(ReopenSupport(key))
    (row,) = support.cases(project.reader)
    assert (row.done_on, row.answer) == (None, "!")
    project.undo()
    assert support.cases(project.reader)[0].done_on == D(2026, 11, 2)


# objects -------------------------------------------------------------------------------------


def test_the_register_says_when_objects_were_last_used(project: Project) -> None:
    a, b = account(project, "a"), account(project, "b")
    actions(project, [(a, D(2026, 8, 3), "quote", 1, 0), (a, D(2026, 11, 20), "deal", 2, 1)])
    actions(
        project,
        [
            (b, D(2026, 8, 31), "quote", 1, 0),
            (a, D(2026, 11, 20), "deal", 2, 3),  # the same day again: the larger count
            (b, D(2026, 11, 2), "deal", 0, 1),
            (b, D(2026, 11, 30), "deal", 5, 0),  # after today
            (b, D(2026, 11, 3), "lead", 0, 0),
        ],
    )
    project.execute(Add("crm_object", {"name": "Ghost"}))
    quote = project.reader.value("SELECT id FROM crm_object WHERE name = 'quote'")
    feature = project.execute(Add("feature", {"name": "Quotes"}))
    project.execute(Add("feature_object", {"feature_id": feature, "object_id": quote}))
    found = {row.name: row for row in objects.register(project.reader, TODAY)}
    assert list(found) == ["deal", "Ghost", "lead", "quote"]
    assert found["deal"].last_on == D(2026, 11, 20)
    assert (found["deal"].created, found["deal"].updated, found["deal"].users) == (2, 4, 2)
    assert (found["quote"].last_on, found["quote"].users) == (D(2026, 8, 31), 0)
    assert found["quote"].features == ("Quotes",)
    assert found["Ghost"].last_on is None and found["lead"].last_on is None
    for row in found.values():
        wanted = project.reader.value(
            f"SELECT max(day) FROM {ACTED_DAY} WHERE object_id = ? AND day <= ?", row.id, TODAY
        )
        assert wanted == (row.last_on and row.last_on.isoformat())


def test_kinds_of_objects_are_set_in_one_step(project: Project) -> None:
    keys = tuple(project.execute(Add("crm_object", {"name": n})) for n in ("x", "y"))
    project.execute(SetObjectKind(keys, ObjectKind.CASE))
    assert {row.kind for row in objects.register(project.reader, TODAY)} == {ObjectKind.CASE}
    project.undo()
    assert {row.kind for row in objects.register(project.reader, TODAY)} == {ObjectKind.OTHER}
