"""Figures of training against counts by hand and against a second computation."""

import datetime as dt

from crm_pilot.project import Add, Project, SetField
from crm_pilot.training import queries, rules


def test_coverage_counts_trained_users_of_each_department(company: Project, today: dt.date) -> None:
    rows = queries.coverage(company.reader, today)
    # Sales: 1, 2, 3 are users (4's account is closed), 1 and 2 came. Service: 5 is a user (6 is an
    # integration) and came today. Person 7 is a user whose only session is still to come.
    assert [(r.department, r.wave, r.trained, r.users) for r in rows] == [
        ("Sales", "Wave 1", 2, 3),
        ("Service", "Wave 2", 1, 1),
        (None, None, 0, 1),
    ]
    assert rows[0].share == 2 / 3


def test_figures_by_hand(company: Project, today: dt.date) -> None:
    found = queries.figures(company.reader, today)
    assert (found.trained, found.users, found.share) == (3, 5, 0.6)
    assert (found.sessions_held, found.sessions_planned) == (2, 1)
    assert found.places_open == 2  # 4 seats; 3 and 7 come, 2 is excused
    assert [row.id for row in found.next_sessions] == [3]
    assert found.sheets_waiting == 1  # person 6 of today's session
    assert found.unlinked_accounts == 1
    assert [row.department for row in found.low] == ["Sales", None]


def test_the_day_before_a_session_it_has_trained_nobody(company: Project, today: dt.date) -> None:
    found = queries.figures(company.reader, today - dt.timedelta(days=1))
    assert (found.trained, found.sessions_held, found.sessions_planned) == (2, 1, 2)


def test_total_agrees_with_a_second_computation(company: Project, today: dt.date) -> None:
    trained, users = company.reader.select(
        "SELECT COUNT(CASE WHEN EXISTS (SELECT 1 FROM attendance t JOIN training_session s"
        "  ON s.id = t.session_id WHERE t.person_id = p.id AND t.presence = 'present'"
        "  AND s.held_on <= ?) THEN 1 END), COUNT(*) FROM person p WHERE EXISTS"
        " (SELECT 1 FROM account a WHERE a.person_id = p.id"
        "  AND (a.closed_on IS NULL OR a.closed_on > ?) AND NOT EXISTS"
        "  (SELECT 1 FROM profile f WHERE f.id = a.profile_id AND f.measured = 0))",
        today,
        today,
    )[0]
    found = queries.figures(company.reader, today)
    assert (found.trained, found.users) == (trained, users)


def test_figures_follow_an_edit_of_any_table_they_read(company: Project, today: dt.date) -> None:
    queries.figures(company.reader, today)
    company.execute(SetField("account", 4, "closed_on", None))
    assert queries.figures(company.reader, today).users == 6
    company.execute(SetField("profile", 1, "measured", True))
    assert queries.figures(company.reader, today).users == 7
    company.execute(SetField("department", 1, "name", "After-sales"))
    assert queries.figures(company.reader, today).departments[1].department == "After-sales"


def test_sessions_count_their_trainees(company: Project) -> None:
    rows = {row.id: row for row in queries.sessions(company.reader)}
    assert (rows[1].enrolled, rows[1].present, rows[1].waiting) == (3, 2, 0)
    assert (rows[3].enrolled, rows[3].present, rows[3].waiting) == (2, 1, 1)
    assert rows[3].seats == 4  # as in the last session of the course


def test_candidates_are_untrained_users_first(company: Project, today: dt.date) -> None:
    company.execute(Add("person", {"last_name": "8"}))
    rows = queries.candidates(company.reader, 1, today)
    assert [row.name for row in rows] == ["P 7", "P 6", "8", "P 5", "P 4"]
    assert [row.user for row in rows] == [True, False, False, True, False]
    assert [row.trained for row in rows] == [False, False, False, True, True]
    assert queries.candidates(company.reader, 2, today)[0].planned_on == dt.date(2026, 12, 1)


def test_an_empty_project_has_no_share(project: Project, today: dt.date) -> None:
    found = queries.figures(project.reader, today)
    assert (found.users, found.share, found.departments) == (0, None, ())


def test_low_starts_under_seventy_percent() -> None:
    assert rules.is_low(0.699)
    assert not rules.is_low(0.70)
    assert not rules.is_low(None)
    assert rules.places_open(8, 10) == 0
