"""Coverage by every group, skills that expire, courses: by hand and in plain SQL."""

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.project import Add, Project, SetField, SetFields
from crm_pilot.training import coverage, queries
from crm_pilot.training.commands import AddSession, Enrol, SetPresence
from crm_pilot.training.course_commands import SaveCourse
from crm_pilot.training.coverage import Covered
from crm_pilot.training.terms import Presence
from crm_pilot.training.users import Training, months_later

# In `company` users are 1, 2, 3 (Sales, wave 1), 5 (Service, wave 2) and 7 (no department), all of
# profile Field (2), 1 also of none; trained on course 1 are 1, 2 and 5.


def seen(rows: tuple[Covered, ...]) -> list[tuple[str | None, int, int]]:
    return [(row.name, row.trained, row.users) for row in rows]


def test_coverage_by_department_wave_and_profile(company: Project, today: dt.date) -> None:
    reader = company.reader
    assert seen(coverage.by_department(reader, today)) == [
        ("Sales", 2, 3),
        ("Service", 1, 1),
        (None, 0, 1),
    ]
    assert seen(coverage.by_wave(reader, today)) == [
        ("Wave 1", 2, 3),
        ("Wave 2", 1, 1),
        (None, 0, 1),
    ]
    assert seen(coverage.by_profile(reader, today)) == [("Field", 3, 5)]
    assert coverage.overall(reader, today) == Covered(None, None, 3, 5, 0.6)


def test_departments_agree_with_the_figures_of_the_room(company: Project, today: dt.date) -> None:
    for day in (today, today - dt.timedelta(days=1), dt.date(2026, 12, 1), dt.date(2026, 1, 1)):
        rows = coverage.by_department(company.reader, day)
        figures = queries.figures(company.reader, day)
        assert [(r.id, r.name, r.trained, r.users, r.share) for r in rows] == [
            (d.department_id, d.department, d.trained, d.users, d.share)
            for d in figures.departments
        ]
        whole = coverage.overall(company.reader, day)
        assert (whole.trained, whole.users) == (figures.trained, figures.users)


def test_a_person_of_two_profiles_counts_in_both(company: Project, today: dt.date) -> None:
    company.execute(Add("profile", {"name": "Inside"}))
    company.execute(SetField("account", 8, "profile_id", 3))  # the second account of 1
    assert seen(coverage.by_profile(company.reader, today)) == [("Field", 3, 5), ("Inside", 1, 1)]


def test_a_feature_is_covered_by_the_courses_that_teach_it(
    company: Project, today: dt.date
) -> None:
    run = company.execute
    inside = run(Add("profile", {"name": "Inside"}))
    run(SetField("account", 8, "profile_id", inside))
    quotes, calls = (run(Add("feature", {"name": name})) for name in ("Quotes", "Calls"))
    run(Add("feature", {"name": "Gone", "withdrawn_on": today}))
    run(Add("feature_profile", {"feature_id": calls, "profile_id": inside}))
    assert seen(coverage.by_feature(company.reader, today)) == [("Quotes", 0, 5), ("Calls", 0, 1)]
    run(SaveCourse(1, features=(quotes, calls)))
    assert seen(coverage.by_feature(company.reader, today)) == [("Quotes", 3, 5), ("Calls", 1, 1)]
    run(AddSession(today, course_title="Second", seats=9))
    run(SaveCourse(2, features=(quotes,)))
    run(Enrol(4, (3, 1)))
    run(SetPresence((10, 11), Presence.PRESENT))
    assert seen(coverage.by_feature(company.reader, today)) == [("Quotes", 4, 5), ("Calls", 1, 1)]
    # the same in plain SQL
    counted = company.reader.select(
        "SELECT f.name, COUNT(DISTINCT t.person_id) FROM feature f"
        " JOIN course_feature cf ON cf.feature_id = f.id"
        " JOIN training_session s ON s.course_id = cf.course_id AND s.held_on <= ?1"
        " JOIN attendance t ON t.session_id = s.id AND t.presence = 'present'"
        " JOIN account a ON a.person_id = t.person_id AND a.closed_on IS NULL"
        " JOIN profile p ON p.id = a.profile_id AND p.measured"
        " WHERE NOT EXISTS (SELECT 1 FROM feature_profile fp WHERE fp.feature_id = f.id)"
        " OR EXISTS (SELECT 1 FROM feature_profile fp WHERE fp.feature_id = f.id"
        "  AND fp.profile_id = a.profile_id) GROUP BY f.id ORDER BY f.id",
        today,
    )
    assert counted == [("Quotes", 4), ("Calls", 1)]


def test_a_course_counts_whom_it_is_meant_for(company: Project, today: dt.date) -> None:
    company.execute(Add("profile", {"name": "Inside"}))
    company.execute(SetField("account", 7, "profile_id", 3))  # person 7
    assert seen(coverage.by_course(company.reader, today)) == [("First steps", 3, 5)]
    company.execute(SaveCourse(1, profiles=(2,)))
    assert seen(coverage.by_course(company.reader, today)) == [("First steps", 3, 4)]


def test_a_short_help_trains_nobody(company: Project, today: dt.date) -> None:
    company.execute(SetField("course", 1, "formal", False))
    assert coverage.overall(company.reader, today).trained == 0
    assert queries.figures(company.reader, today).trained == 0
    assert coverage.by_course(company.reader, today) == ()


@pytest.mark.parametrize(
    ("held", "months", "expires"),
    [
        ((2026, 11, 10), 12, (2027, 11, 10)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
    ],
)
def test_months_later(
    project: Project, held: tuple[int, int, int], months: int, expires: tuple[int, int, int]
) -> None:
    first, end = dt.date(*held), dt.date(*expires)
    assert months_later(first, months) == end
    run = project.execute
    run(Add("person", {"last_name": "One"}))
    run(Add("account", {"external_id": "A", "person_id": 1}))
    run(AddSession(first, course_title="Refreshed"))
    run(SetField("course", 1, "valid_months", months))
    run(Enrol(1, (1,)))
    run(SetPresence((1,), Presence.PRESENT))
    before = end - dt.timedelta(days=1)
    for day, trained in ((first - dt.timedelta(days=1), 0), (first, 1), (before, 1), (end, 0)):
        assert coverage.overall(project.reader, day).trained == trained, day
        assert queries.figures(project.reader, day).trained == trained, day


def test_skills_expire_unless_they_are_refreshed(company: Project, today: dt.date) -> None:
    run = company.execute
    assert coverage.expiring(company.reader, today) == ()
    run(SetField("course", 1, "valid_months", 2))  # 10 Nov. → 10 Jan., 21 Nov. → 21 Jan.
    run(SetField("training_session", 1, "held_on", dt.date(2026, 9, 10)))  # → 10 Nov.
    rows = coverage.expiring(company.reader, today)
    assert [(r.person_id, r.expires_on, r.expired) for r in rows] == [
        (1, dt.date(2026, 11, 10), True),
        (2, dt.date(2026, 11, 10), True),
    ]
    # 5 until 21 Jan.: 61 days; 4 has no account any more
    rows = coverage.expiring(company.reader, today, 61)
    assert [(r.person_id, r.expired) for r in rows] == [(1, True), (2, True), (5, False)]
    run(Enrol(2, (1,)))
    run(SetPresence((10,), Presence.PRESENT))  # refreshed today
    rows = coverage.expiring(company.reader, today, 61)
    assert [(r.person_id, r.expired) for r in rows] == [(2, True), (1, False), (5, False)]
    run(SetPresence((8,), Presence.INVITED))  # 2 comes on 1 Dec.
    assert coverage.expiring(company.reader, today)[0].planned_on == dt.date(2026, 12, 1)


def test_a_training_counts_by_day_kind_and_validity() -> None:
    one = Training(1, 1, 1, "A", dt.date(2026, 1, 31), True, 1)
    assert one.expires_on == dt.date(2026, 2, 28)
    assert not one.counts(dt.date(2026, 1, 30))
    assert one.counts(dt.date(2026, 2, 27))
    assert not one.counts(dt.date(2026, 2, 28))
    assert not Training(1, 1, 1, "A", dt.date(2026, 1, 31), False, None).counts(one.held_on)
    assert Training(1, 1, 1, "A", dt.date(2026, 1, 31), True, None).expires_on is None


def course(project: Project, key: int) -> tuple[object, ...]:
    links = [
        [row[0] for row in project.reader.select(sql, key)]
        for sql in (
            "SELECT feature_id FROM course_feature WHERE course_id = ? ORDER BY feature_id",
            "SELECT profile_id FROM course_profile WHERE course_id = ? ORDER BY profile_id",
        )
    ]
    row = project.reader.one(
        "SELECT title, aim, minutes, valid_months FROM course WHERE id = ?", key
    )
    return (row, *links)


def test_a_course_is_saved_with_features_and_profiles_as_one_step(company: Project) -> None:
    run = company.execute
    for name in ("Quotes", "Calls", "Cases"):
        run(Add("feature", {"name": name}))
    values = {"title": "Second steps", "aim": "Quotes", "minutes": 420, "valid_months": 24}
    key = run(SaveCourse(None, values, (1, 2), (2,)))
    assert course(company, key) == (("Second steps", "Quotes", 420, 24), [1, 2], [2])
    run(SaveCourse(key, {"aim": "Quotes and cases"}, (2, 3)))
    after = course(company, key)
    assert after == (("Second steps", "Quotes and cases", 420, 24), [2, 3], [2])
    company.undo()
    assert course(company, key) == (("Second steps", "Quotes", 420, 24), [1, 2], [2])
    company.redo()
    assert course(company, key) == after
    run(SaveCourse(key, profiles=()))
    assert course(company, key)[2] == []
    with pytest.raises(UserError, match="title"):
        run(SaveCourse(key, {"title": " "}))
    assert [label.english() for label in company.undo_labels[:1]] == ["Change a course"]


def test_coverage_follows_an_edit_of_any_table_it_reads(company: Project, today: dt.date) -> None:
    assert coverage.overall(company.reader, today).users == 5
    company.execute(SetFields("account", 4, {"closed_on": None}))
    assert coverage.overall(company.reader, today).users == 6
    company.execute(SetField("department", 1, "name", "After-sales"))
    assert coverage.by_department(company.reader, today)[1].name == "After-sales"
