"""Newcomers beside the first cohort: gaps, minutes per head, who was evaluated, by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.project import Add, Project, SetField
from crm_pilot.training import newcomers
from crm_pilot.training.commands import AddSession, Enrol, SetPresence
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.halves import of_block
from crm_pilot.training.newcomers import Newcomer, compared, quarter
from crm_pilot.training.presence import SetHalfPresence
from crm_pilot.training.terms import Half, Presence

LIVE = dt.date(2026, 4, 1)
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def arrivals(project: Project) -> Project:
    """Wave 1 went live on 1 April. There from the start: 1 and 2 (no opening day), 3 (1 April).
    Newcomers: 4 (2 April), 5 (20 May), 6 (1 July), 7 (10 November). 8 is of wave 2, live next
    year, 9 of no wave, 10 of an account still to open.

    30 March: 420 minutes, 1 and 2 came, 3 in the morning only. 2 May: 60 minutes, 4 came (day 30).
    1 July: 60 minutes, 5 came (day 42). 15 September, a short help of 20 minutes: 6 came.
    1 December: 7 is invited."""
    run = project.execute
    first = run(Add("task", {"title": "Go-live 1", "start": LIVE, "finish": LIVE}))
    after = dt.date(2027, 2, 1)
    second = run(Add("task", {"title": "Go-live 2", "start": after, "finish": after}))
    for number, milestone in enumerate((first, second), 1):
        run(Add("wave", {"name": f"Wave {number}", "milestone_id": milestone}))
        run(Add("department", {"name": f"D{number}", "wave_id": number}))
    opened = [None, None, LIVE, *map(day, ("04-02", "05-20", "07-01", "11-10", "05-05", "05-05"))]
    for number, since in enumerate([*opened, dt.date(2026, 12, 1)], 1):
        home = {8: 2, 9: None}.get(number, 1)
        run(Add("person", {"last_name": str(number), "department_id": home}))
        run(Add("account", {"external_id": str(number), "person_id": number, "opened_on": since}))
    run(AddSession(day("03-30"), course_title="First", minutes=420, seats=9))
    run(SetHalves(1, of_block(day("03-30"), "09:00", 420)))
    came(project, 1, 1, 2, 3)
    run(SetHalfPresence((3,), day("03-30"), Half.AFTERNOON, Presence.ABSENT))
    run(AddSession(day("05-02"), course_id=1, minutes=60))
    came(project, 2, 4)
    run(AddSession(day("07-01"), course_id=1, minutes=60))
    came(project, 3, 5)
    run(AddSession(day("09-15"), course_title="Help", minutes=20))
    run(SetField("course", 2, "formal", False))
    came(project, 4, 6)
    run(AddSession(dt.date(2026, 12, 1), course_id=1))
    run(Enrol(5, (7,)))
    return project


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def came(project: Project, session: int, *people: int) -> None:
    project.execute(Enrol(session, people))
    rows = project.reader.select("SELECT id FROM attendance WHERE session_id = ?", session)
    project.execute(SetPresence(tuple(row[0] for row in rows), Presence.PRESENT))


def test_the_first_cohort_by_hand(arrivals: Project) -> None:
    found = newcomers.newcomers(arrivals.reader, TODAY).initial
    # 1, 2: 420 each; 3: 210; 9, of no wave, has nothing. 3 had its session before its account.
    assert (found.users, found.minutes, found.per_head) == (4, 1050, 262.5)
    assert (found.trained, found.gap, found.due, found.in_time) == (3, 0, 2, 1)


def test_newcomers_by_hand(arrivals: Project) -> None:
    found = newcomers.newcomers(arrivals.reader, TODAY)
    together = found.newcomers
    # 4: 60 minutes after 30 days; 5: 60 after 42; 6: a help of 20; 7: nothing yet, not due
    assert (together.users, together.minutes, together.per_head) == (4, 140, 35.0)
    assert (together.trained, together.gap) == (2, 36)
    assert (together.due, together.in_time) == (3, 1)
    assert found.in_time_share == pytest.approx(1 / 3)
    assert found.untrained == pytest.approx(2 / 3)
    assert found.decay == pytest.approx((140 / 3) / 262.5)  # of those due: 4, 5 and 6


def test_cohorts_are_quarters_of_the_account(arrivals: Project) -> None:
    later = newcomers.newcomers(arrivals.reader, TODAY).later
    assert [(c.first, c.users, c.minutes, c.in_time_share) for c in later] == [
        (day("04-01"), 2, 120, 0.5),
        (day("07-01"), 1, 20, 0.0),
        (day("10-01"), 1, 0, None),
    ]


def test_minutes_agree_with_plain_sql(arrivals: Project) -> None:
    found = newcomers.newcomers(arrivals.reader, TODAY)
    # sessions of one half-day: the minutes of the session; session 1: 210 a half-day
    counted = arrivals.reader.select(
        "SELECT COALESCE(a.opened_on, '') > ?1, SUM(CASE WHEN s.id = 1 THEN 420 - 210 *"
        " (SELECT COUNT(*) FROM half_presence h WHERE h.attendance_id = t.id"
        "  AND h.presence <> 'present') ELSE s.minutes END)"
        " FROM account a JOIN person p ON p.id = a.person_id AND p.department_id = 1"
        " JOIN attendance t ON t.person_id = p.id AND t.presence = 'present'"
        " JOIN training_session s ON s.id = t.session_id AND s.held_on <= ?2"
        " GROUP BY 1 ORDER BY 1",
        LIVE,
        TODAY,
    )
    assert counted == [(0, found.initial.minutes), (1, found.newcomers.minutes)]


def test_a_quiz_or_a_signed_form_says_how_they_did(arrivals: Project) -> None:
    run = arrivals.execute
    form = {"session_id": 2, "given_on": day("05-02"), "satisfaction": 4}
    run(Add("evaluation", {**form, "person_id": 4}))
    run(Add("evaluation", form))  # unsigned
    quiz = {"session_id": 1, "moment": "after", "points": 5}
    run(Add("quiz_result", {**quiz, "person_id": 4}))
    run(Add("quiz_result", {**quiz, "person_id": 1}))
    found = newcomers.newcomers(arrivals.reader, TODAY)
    assert (found.initial.evaluated, found.newcomers.evaluated) == (1, 1)
    assert found.newcomers.evaluated_share == 0.25


def test_earlier_days_know_less(arrivals: Project) -> None:
    found = newcomers.newcomers(arrivals.reader, day("05-01"))
    assert (found.newcomers.users, found.newcomers.minutes, found.newcomers.due) == (1, 0, 0)
    assert (found.decay, found.untrained) == (None, None)
    before = newcomers.newcomers(arrivals.reader, day("03-31"))
    assert before.newcomers.users == 0
    assert before.initial.users == 0  # wave 1 is not live yet, the account of 9 not open


def test_nobody_is_new_without_a_go_live(arrivals: Project) -> None:
    arrivals.execute(SetField("wave", 1, "milestone_id", None))
    found = newcomers.newcomers(arrivals.reader, TODAY)
    assert (found.initial.users, found.newcomers.users, found.later) == (8, 0, ())


def test_an_empty_project_has_no_figures(project: Project) -> None:
    found = newcomers.newcomers(project.reader, TODAY)
    assert (found.initial.per_head, found.newcomers.gap, found.decay) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "first"),
    [("01-01", "01-01"), ("03-31", "01-01"), ("04-01", "04-01"), ("12-31", "10-01")],
)
def test_quarters(text: str, first: str) -> None:
    assert quarter(day(text)) == day(first)


days = st.dates(dt.date(2026, 1, 1), TODAY)
anybody = st.builds(
    Newcomer, days, st.integers(0, 900), st.none() | days, st.booleans(), st.booleans()
)


@given(st.lists(anybody), st.lists(anybody))
def test_quarters_add_up_to_all_newcomers(early: list[Newcomer], late: list[Newcomer]) -> None:
    found = compared(early, late, TODAY)
    for name in ("users", "minutes", "trained", "evaluated", "due", "in_time"):
        parts = sum(getattr(one, name) for one in found.later)
        assert parts == getattr(found.newcomers, name)
    assert found.newcomers.in_time <= found.newcomers.due <= found.newcomers.users
    if found.in_time_share is not None and found.untrained is not None:
        assert found.in_time_share + found.untrained == pytest.approx(1)


@pytest.mark.parametrize(
    ("since", "gap", "due", "in_time"),
    [(29, None, False, False), (30, None, True, False), (29, 5, True, True), (40, 30, True, True),
     (40, 31, True, False), (40, -3, True, True)],
)  # fmt: skip
def test_thirty_days_are_the_measure(since: int, gap: int | None, due: bool, in_time: bool) -> None:
    opened = TODAY - dt.timedelta(days=since)
    first = None if gap is None else opened + dt.timedelta(days=gap)
    one = Newcomer(opened, 0, first, first is not None, False)
    assert (one.due(TODAY), one.in_time()) == (due, in_time)
    assert one.gap == (None if gap is None else max(gap, 0))
    assert not Newcomer(None, 0, TODAY, True, True).due(TODAY)
