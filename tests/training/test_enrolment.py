"""Enrolling groups, waiting lists, make-up sessions: who gets in, who waits, who is left out."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_pilot.errors import UserError
from crm_pilot.i18n import Translator
from crm_pilot.people.terms import DayPart
from crm_pilot.project import Add, Command, Project, SetField
from crm_pilot.training import enrolment, queries
from crm_pilot.training.commands import AddSession, Enrol, SetPresence
from crm_pilot.training.course_commands import SaveCourse, SetHalves
from crm_pilot.training.enrolment import (
    AddMakeUp,
    EnrolGroup,
    Group,
    Promote,
    Proposal,
    Proposed,
    Wait,
)
from crm_pilot.training.halves import HalfDay, halves
from crm_pilot.training.terms import Half, Presence

SOON = dt.date(2026, 12, 8)
LATER = dt.date(2026, 12, 15)
TABLES = ("training_session", "session_half", "attendance", "waiting")


def content(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


def ids(some: tuple[Proposed, ...]) -> list[int]:
    return [one.person_id for one in some]


def reasons(proposal: Proposal) -> dict[int, str]:
    show = Translator("en").show
    return {
        one.person_id: show(one.reason).replace("\u00a0", " ")
        for one in proposal.excluded
        if one.reason is not None
    }


def queue(project: Project, session: int) -> list[int]:
    return [row.person_id for row in enrolment.waiting(project.reader, session)]


def enrolled(project: Project, session: int) -> set[int]:
    return {row.person_id for row in queries.trainees(project.reader, session)}


@pytest.fixture
def other(company: Project) -> int:
    """A session of another course with two seats."""
    return int(company.execute(AddSession(SOON, course_title="Second steps", seats=2)))


def test_untrained_users_come_first_up_to_the_seats(
    company: Project, other: int, today: dt.date
) -> None:
    # users: 1, 2, 3 of Sales, 5 of Service, 7; 1, 2 and 5 are trained
    found = enrolment.propose(company.reader, other, Group(), today)
    assert (ids(found.seated), ids(found.waiting), found.excluded) == ([3, 7], [1, 2, 5], ())


def test_departments_and_profiles_narrow_each_other(
    company: Project, other: int, today: dt.date
) -> None:
    def proposed(**group: tuple[int, ...]) -> list[int]:
        found = enrolment.propose(company.reader, other, Group(**group), today)
        return ids(found.seated + found.waiting)

    service, sales, robot, field = 1, 2, 1, 2
    assert proposed(departments=(sales,)) == [3, 1, 2]
    assert proposed(departments=(service, sales)) == [3, 1, 2, 5]
    assert proposed(profiles=(field,)) == [3, 7, 1, 2, 5]
    assert proposed(departments=(sales,), profiles=(robot,)) == []
    assert proposed(persons=(6, 2, 99)) == [6, 2]  # also without an account


def test_who_attended_the_course_or_is_not_meant_is_told(company: Project, today: dt.date) -> None:
    found = enrolment.propose(company.reader, 3, Group(), today)
    assert ids(found.seated) == []  # 3 and 7 are enrolled already, 2 is excused
    assert reasons(found) == {
        1: "P 1 attended this course already.",
        5: "P 5 attended this course already.",
    }
    found = enrolment.propose(company.reader, 3, Group(everyone=True), today)
    assert ids(found.seated) == [1, 5]
    company.execute(SaveCourse(1, profiles=(1,)))
    company.execute(AddSession(LATER, course_id=1, seats=4))
    found = enrolment.propose(company.reader, 4, Group(), today)
    assert reasons(found)[3] == "The course is not meant for the profile of P 3."


def test_clashes_are_left_out_with_their_reason(
    company: Project, other: int, today: dt.date
) -> None:
    away = {"first": SOON, "last": SOON, "part": DayPart.MORNING}
    company.execute(Add("absence", {"person_id": 3, **away}))
    company.execute(Add("absence", {"person_id": 7, **away, "part": DayPart.AFTERNOON}))
    company.execute(AddSession(SOON, course_title="Elsewhere", seats=4, trainer_id=2))
    company.execute(Enrol(other + 1, (1,)))
    company.execute(AddSession(LATER, course_id=2))
    company.execute(Enrol(other + 2, (5,)))
    found = enrolment.propose(company.reader, other, Group(), today)
    assert ids(found.seated) == [7]
    assert reasons(found) == {
        1: "P 1 is in “Elsewhere” on 8 Dec in the morning too.",
        2: "P 2 teaches “Elsewhere” on 8 Dec in the morning too.",
        3: "P 3 is away on 8 Dec in the morning.",
        5: "P 5 is enrolled in “Second steps” on 15 Dec already.",
    }
    company.execute(SetField("training_session", other, "trainer_id", 7))
    found = enrolment.propose(company.reader, other, Group(persons=(7,)), today)
    assert reasons(found) == {7: "P 7 teaches this session."}


def test_a_group_takes_seats_and_the_waiting_list(company: Project, other: int) -> None:
    before = content(company)
    assert company.execute(EnrolGroup(other, (3, 7), (1, 2), SOON)) == 2
    assert (enrolled(company, other), queue(company, other)) == ({3, 7}, [1, 2])
    company.undo()
    assert content(company) == before


def test_a_seat_taken_meanwhile_makes_somebody_wait(company: Project, other: int) -> None:
    company.execute(Enrol(other, (5,)))
    assert company.execute(EnrolGroup(other, (3, 7), (1, 3), SOON)) == 1
    assert (enrolled(company, other), queue(company, other)) == ({5, 3}, [7, 1])


def test_who_waits_comes_before_who_asks_later(
    company: Project, other: int, today: dt.date
) -> None:
    company.execute(EnrolGroup(other, (3,), (), SOON))
    company.execute(Wait(other, (2,), SOON))
    found = enrolment.propose(company.reader, other, Group(), today)
    assert (ids(found.seated), ids(found.waiting)) == ([], [7, 1, 5])


def test_a_free_seat_goes_to_the_first_who_can_come(company: Project, other: int) -> None:
    company.execute(EnrolGroup(other, (3, 7), (1, 2, 5), SOON))
    assert enrolment.promotable(company.reader, other) == ()
    row = next(r for r in queries.trainees(company.reader, other) if r.person_id == 3)
    company.execute(SetPresence((row.id,), Presence.EXCUSED))
    assert [r.person_id for r in enrolment.promotable(company.reader, other)] == [1]
    away = {"person_id": 1, "first": SOON, "last": SOON, "part": DayPart.DAY}
    company.execute(Add("absence", away))
    rows = enrolment.waiting(company.reader, other)
    assert [(r.person_id, r.number, r.reason is None) for r in rows] == [
        (1, 1, False),
        (2, 2, True),
        (5, 3, True),
    ]
    able = enrolment.promotable(company.reader, other)
    assert company.execute(Promote(other, tuple(r.person_id for r in able))) == (2,)
    assert queue(company, other) == [1, 5]
    with pytest.raises(UserError, match="No seat"):
        company.execute(Promote(other))
    company.undo()
    assert queue(company, other) == [1, 2, 5]
    assert company.execute(Promote(other)) == (1,)  # the lead's own choice: the first


def test_who_is_enrolled_waits_no_longer(company: Project, other: int) -> None:
    company.execute(EnrolGroup(other, (3, 7), (1,), SOON))
    company.execute(Enrol(other, (1,)))  # beyond the seats, as the lead wants
    assert queue(company, other) == []
    assert company.execute(Wait(other, (1, 2, 2), SOON)) == 1


def test_who_missed_a_session_and_has_not_attended_since(company: Project, today: dt.date) -> None:
    rows = enrolment.missed(company.reader, today)
    assert [(r.session_id, r.person_id, r.excused, r.planned_on) for r in rows] == [
        (1, 3, False, dt.date(2026, 12, 1))  # enrolled again on 1 Dec.
    ]
    later = enrolment.missed(company.reader, dt.date(2026, 12, 1))
    assert [(r.session_id, r.person_id, r.excused) for r in later] == [(3, 2, True), (1, 3, False)]
    company.execute(SetPresence((7,), Presence.PRESENT))  # 3 on 1 Dec.
    later = enrolment.missed(company.reader, dt.date(2026, 12, 1))
    assert [(r.session_id, r.person_id) for r in later] == [(3, 2)]
    assert enrolment.missed(company.reader, dt.date(2026, 12, 1), 1) == ()


def test_a_make_up_session_takes_who_missed(company: Project) -> None:
    company.execute(SetPresence((1, 2), Presence.ABSENT))  # nobody came on 10 Nov.
    before = content(company)
    key = company.execute(AddMakeUp(1, SOON, seats=1, since=dt.date(2026, 11, 21)))
    # 3 is enrolled on 1 Dec. already; 2 was excused from it: one seat, first come first served
    assert (enrolled(company, key), queue(company, key)) == ({1}, [2])
    row = company.reader.one(
        "SELECT course_id, makes_up_id, seats, minutes, begins FROM training_session WHERE id = ?",
        key,
    )
    assert row == (1, 1, 1, 210, "09:00")
    company.undo()
    assert content(company) == before
    key = company.execute(AddMakeUp(1, SOON, person_ids=(3, 2), trainer="C. Blanc"))
    assert enrolled(company, key) == {2, 3}


def test_a_make_up_session_has_the_half_days_of_the_first(company: Project) -> None:
    day = dt.date(2026, 11, 10)
    days = (
        HalfDay(day, Half.MORNING, "09:00", 180),
        HalfDay(day + dt.timedelta(days=1), Half.AFTERNOON, "14:00", 120),
    )
    company.execute(SetHalves(1, days))
    key = company.execute(AddMakeUp(1, SOON))
    made = halves(company.reader)[key]
    assert [(h.day, h.part, h.minutes) for h in made] == [
        (SOON, Half.MORNING, 180),
        (SOON + dt.timedelta(days=1), Half.AFTERNOON, 120),
    ]
    key = company.execute(AddMakeUp(1, LATER, minutes=60))
    assert [h.minutes for h in halves(company.reader)[key]] == [60]


def test_who_came_to_the_make_up_session_of_another_course_has_made_it_up(
    company: Project, other: int, today: dt.date
) -> None:
    company.execute(SetField("training_session", other, "makes_up_id", 1))
    company.execute(SetField("training_session", other, "held_on", today))
    company.execute(Enrol(other, (3,)))
    row = queries.trainees(company.reader, other)[0]
    company.execute(SetPresence((row.id,), Presence.PRESENT))
    assert enrolment.missed(company.reader, today) == ()


@pytest.mark.parametrize(
    "command",
    [
        EnrolGroup(2, (1, 2, 3), (7,), SOON),
        Wait(1, (5,), SOON),
        AddMakeUp(1, SOON),
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


people = st.lists(st.integers(1, 7), max_size=7).map(tuple)
steps = st.one_of(
    st.tuples(st.just("group"), people, people),
    st.tuples(st.just("wait"), people, st.just(())),
    st.tuples(st.just("promote"), st.none() | people, st.just(())),
    st.tuples(st.just("excuse"), people, st.just(())),
    st.tuples(st.sampled_from(["undo", "redo"]), st.just(()), st.just(())),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, max_size=12), st.integers(1, 4))
def test_whatever_is_enrolled_never_exceeds_the_seats(
    company: Project, some: list[tuple[str, tuple[int, ...], tuple[int, ...]]], seats: int
) -> None:
    session = company.execute(
        AddSession(SOON, course_title=f"{len(company.undo_labels)}", seats=seats)
    )
    floor = len(company.undo_labels)
    before = content(company)
    for step in some:
        _take(company, session, step, floor)
        _check(company, session, seats)
    while len(company.undo_labels) > floor:
        company.undo()
    assert content(company) == before
    company.undo()


def _take(
    project: Project, session: int, step: tuple[str, tuple[int, ...], tuple[int, ...]], floor: int
) -> None:
    kind, some, others = step
    if kind == "undo" and len(project.undo_labels) > floor:
        project.undo()
    elif kind == "redo" and project.redo_labels:
        project.redo()
    elif kind == "group":
        project.execute(EnrolGroup(session, some, others, SOON))
    elif kind == "wait":
        project.execute(Wait(session, some, SOON))
    elif kind == "excuse":
        rows = queries.trainees(project.reader, session)
        project.execute(
            SetPresence(tuple(r.id for r in rows if r.person_id in some), Presence.EXCUSED)
        )
    elif kind == "promote":
        try:
            project.execute(Promote(session, some))
        except UserError:
            assert not enrolment.free_seats(project.reader, session) or not (
                set(queue(project, session)) & set(some if some is not None else range(8))
            )


def _check(project: Project, session: int, seats: int) -> None:
    taken, waits = project.reader.select(
        "SELECT (SELECT COUNT(*) FROM attendance WHERE session_id = ?1 AND presence <> 'excused'),"
        " (SELECT COUNT(*) FROM waiting w JOIN attendance t ON t.person_id = w.person_id"
        "  AND t.session_id = w.session_id WHERE w.session_id = ?1)",
        session,
    )[0]
    assert taken <= seats
    assert waits == 0  # nobody both waits and is enrolled
