"""A few rows in every table of use, training details and objectives, full and bare ones."""

from __future__ import annotations

import datetime as dt

from crm_pilot.project import Add, Project, SetFields

DAY = dt.date(2026, 9, 7)
LATER = dt.date(2026, 12, 1)


def every_table(project: Project) -> None:
    """Add them to a project that has a few persons, accounts, profiles, features, lines of the
    plan, and sessions with trainees."""
    _cards(project)
    _use(project)
    _training(project)
    _objectives(project)


def first_ids(project: Project, table: str, count: int = 2) -> list[int]:
    """The first rows of a table."""
    found = project.reader.select(f"SELECT id FROM {table} ORDER BY id LIMIT {count}")
    return [key for (key,) in found]


def _cards(project: Project) -> None:
    """What tables of before have got."""
    (account, other) = first_ids(project, "account")
    known = {"email": "r.roe@example.org", "full_name": "ROE ; Richard", "licence": "Sales «Pro»"}
    project.execute(SetFields("account", account, known))
    project.execute(SetFields("account", other, {"settled": True}))
    project.execute(SetFields("profile", first_ids(project, "profile")[0], {"kind": "manager"}))
    project.execute(SetFields("wave", first_ids(project, "wave")[0], {"pilot": True}))
    project.execute(SetFields("feature", first_ids(project, "feature")[0], {"major": True}))
    course = {"formal": False, "valid_months": 18}
    project.execute(SetFields("course", first_ids(project, "course")[0], course))
    person = first_ids(project, "person")[1]
    held, again = first_ids(project, "training_session")
    session = {"cost_cents": 45_050, "trainer_id": person, "makes_up_id": held}
    asked = {"cold_asked_on": LATER, "cold_reminded_on": LATER + dt.timedelta(days=9)}
    project.execute(SetFields("training_session", again, session | asked))
    came = first_ids(project, "attendance")[0]
    project.execute(SetFields("attendance", came, {"convened_on": DAY}))


def _use(project: Project) -> None:
    feature, profile = first_ids(project, "feature")[1], first_ids(project, "profile")[1]
    department, person = first_ids(project, "department")[0], first_ids(project, "person")[1]
    visit = project.execute(Add("crm_object", {"name": "Visite ; « terrain »", "kind": "activity"}))
    project.execute(Add("crm_object", {"name": "=Visite+1"}))
    project.execute(Add("feature_object", {"feature_id": feature, "object_id": visit}))
    project.execute(Add("feature_profile", {"feature_id": feature, "profile_id": profile}))
    passage = {"profile_id": profile, "title": "Note de frais", "target_percent": 90,
               "object_id": visit, "closed_on": DAY, "note": "paie", "position": 7}  # fmt: skip
    project.execute(Add("passage", passage))
    project.execute(Add("passage", {"profile_id": profile, "title": "Note de frais"}))
    for where, filled in ((None, 80), (department, 12)):
        values = {"measured_on": DAY, "object_id": visit, "department_id": where, "field": "SIREN"}
        project.execute(Add("completeness", values | {"records": 100, "filled": filled}))
    asked = {"noted_on": DAY, "cause": "complicated", "department_id": department,
             "person_id": person, "feature_id": feature, "matter": "La saisie ; 3 fois",
             "answer": "Vue simplifiée", "done_on": LATER,
             "session_id": first_ids(project, "training_session")[0]}  # fmt: skip
    project.execute(Add("support", asked))
    project.execute(Add("support", {"noted_on": DAY}))
    for aspect, word in (("type", "Remote Access 2.0"), ("status", "Success")):
        project.execute(Add("login_rule", {"aspect": aspect, "word": word, "counts": False}))
    for place in (department, None):
        month = {"month": 202507, "department_id": place, "profile_id": profile}
        sums = {"accounts": 40, "active": 30, "login_days": 300, "working_days": 800}
        project.execute(Add("use_total", month | sums))
        records = {"object_id": visit, "users": 12, "created": 40, "updated": 300}
        project.execute(Add("action_total", month | records))
    for name, value in (("gap", 15), ("days", 0)):
        project.execute(Add("threshold", {"rule": "below_expected", "name": name, "value": value}))
    line = first_ids(project, "task", 3)[2]
    for subject in ("", "department:2"):
        project.execute(
            Add("sign_action", {"rule": "below_expected", "subject": subject, "task_id": line})
        )


def _training(project: Project) -> None:
    course = project.execute(Add("course", {"title": "Saisie ; rappel"}))
    feature = first_ids(project, "feature")[1]
    session, person = first_ids(project, "training_session")[1], first_ids(project, "person")[1]
    came = first_ids(project, "attendance")[1]
    project.execute(Add("course_feature", {"course_id": course, "feature_id": feature}))
    profile = first_ids(project, "profile")[1]
    project.execute(Add("course_profile", {"course_id": course, "profile_id": profile}))
    for part, begins, presence in (
        ("morning", "08:30", "present"),
        ("afternoon", "13:45", "excused"),
    ):
        half = {"day": LATER, "part": part}
        project.execute(
            Add("session_half", half | {"session_id": session, "begins": begins, "minutes": 180})
        )
        project.execute(Add("half_presence", half | {"attendance_id": came, "presence": presence}))
    project.execute(Add("waiting", {"session_id": session, "person_id": person, "since": DAY}))
    marks = {"satisfaction": 4, "content": 3, "trainer": 4, "pace": 2, "usefulness": 3}
    given = {"session_id": session, "given_on": LATER, "person_id": person}
    project.execute(Add("evaluation", given | marks | {"comment": "Bien ; « trop court »"}))
    project.execute(Add("evaluation", {"session_id": session, "given_on": LATER, "kind": "cold"}))
    for moment, points in (("before", 0), ("after", 20)):
        quiz = {"session_id": session, "person_id": person, "moment": moment, "out_of": 20}
        project.execute(Add("quiz_result", quiz | {"points": points}))


def _objectives(project: Project) -> None:
    full = {"title": "Taux de transformation", "unit": "%", "baseline": 2150, "target": 2500,
            "target_on": LATER, "position": 3}  # fmt: skip
    first = project.execute(Add("objective", full))
    project.execute(Add("objective", {"title": "Délai ; devis"}))
    for day, value in ((DAY, -150), (LATER, 2275)):
        measured = {"objective_id": first, "measured_on": day, "value": value}
        project.execute(Add("objective_measure", measured))
