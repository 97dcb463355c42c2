"""Lists of trainings followed and attendance lists of Teams: checked, imported, undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.errors import UserError
from crm_pilot.exchange.importing import guess_kind
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.training_rows import length
from crm_pilot.exchange.training_sessions import split_name
from crm_pilot.project import Add, Project

FOLLOWED = (
    "Matricule;Nom;Prénom;Formation;Date;Durée;Présence\n"
    "1001;Allain;Anouk;Premiers pas;12/03/2026;3,5;Présente\n"
    "1002;Bouvier;Marc;Premiers pas;12/03/2026;3h30;absent\n"
    ";;;;;;\n"
    "1001;Allain;Anouk;Tableaux de bord;19/03/2026;1:30;oui\n"
)
TEAMS = (
    "1. Summary\nMeeting title\tPremiers pas\nAttended participants\t3\n"
    "Start time\t3/12/26, 9:00:02 AM\nEnd time\t3/12/26, 10:31:40 AM\n\n"
    "2. Participants\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Anouk Allain\t3/12/26, 9:00:30 AM\t3/12/26, 10:30:00 AM\t1h 29m\tAA@x.org\t\tPresenter\n"
    "Marc Bouvier (Guest)\t3/12/26, 9:02:00 AM\t3/12/26, 9:20:00 AM\t18m 2s\t\t\tAttendee\n"
    "Zoé Chef\t3/12/26, 9:00:02 AM\t3/12/26, 10:31:40 AM\t1h 31m\tz@x.org\tz@x.org\tOrganizer\n\n"
    "3. In-Meeting Activities\n"
    "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    "Anouk Allain\t3/12/26, 9:00:30 AM\t3/12/26, 10:30:00 AM\t1h 29m\tAA@x.org\tPresenter\n"
)


def plan(project: Project, path: Path, **options: Any) -> ImportPlan:
    return exchange.plan_import("training", path, project.reader, language="fr", **options)


def write(tmp_path: Path, text: str, name: str = "formations.csv", code: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(code))
    return path


def known(project: Project) -> None:
    project.execute(
        Add("person", {"last_name": "Allain", "first_name": "Anouk", "external_id": "1001",
                       "email": "aa@x.org"})
    )  # fmt: skip
    project.execute(Add("person", {"last_name": "Bouvier", "first_name": "Marc"}))


def state(project: Project) -> tuple[list[Any], ...]:
    read = project.reader.select
    return (
        read("SELECT title, minutes FROM course ORDER BY id"),
        read("SELECT course_id, held_on, begins, minutes, trainer FROM training_session"),
        read("SELECT session_id, person_id, presence FROM attendance ORDER BY id"),
        read("SELECT last_name, first_name, external_id FROM person ORDER BY id"),
    )


def test_trainings_followed_become_courses_sessions_and_presences(
    project: Project, tmp_path: Path
) -> None:
    known(project)
    path = write(tmp_path, FOLLOWED)
    before = state(project)
    found = plan(project, path)
    assert (found.importer, found.ok, found.warnings) == ("followed", True, 0)
    assert state(project) == before  # a plan changes nothing
    project.execute(exchange.apply_command(found))
    courses, sessions, presences, people = state(project)
    assert courses == [("Premiers pas", 210), ("Tableaux de bord", 90)]
    assert [row[:4] for row in sessions] == [
        (1, "2026-03-12", "09:00", 210), (2, "2026-03-19", "09:00", 90),
    ]  # fmt: skip
    assert presences == [(1, 1, "present"), (1, 2, "absent"), (2, 1, "present")]
    assert len(people) == 2
    again = plan(project, path)
    assert again.changes.nothing
    assert again.counts["unchanged"] == 3
    project.undo()
    assert state(project) == before


def test_the_kind_is_recognised(tmp_path: Path) -> None:
    assert guess_kind(write(tmp_path, FOLLOWED)) == "training"
    assert guess_kind(write(tmp_path, TEAMS, "t.csv")) == "training"
    assert guess_kind(write(tmp_path, "Matricule;Nom;Prénom;Service\n1;A;B;C\n")) == "people"


def test_the_attendance_list_of_teams_in_three_sections(project: Project, tmp_path: Path) -> None:
    known(project)
    found = plan(project, write(tmp_path, TEAMS, "report.csv", "utf-16"))
    assert (found.importer, found.ok) == ("teams", True)
    assert (found.understood.encoding, found.understood.delimiter) == ("utf-16", "\t")
    assert found.understood.header_line == 8
    assert [p.line for p in found.problems] == [13]  # the third section is said to be left out
    project.execute(exchange.apply_command(found))
    courses, sessions, presences, people = state(project)
    assert courses == [("Premiers pas", 92)]
    assert sessions == [(1, "2026-03-12", "09:00", 92, "Zoé Chef")]
    assert presences == [(1, 1, "present"), (1, 2, "present")]
    assert len(people) == 2  # by address, and by name


def test_the_older_list_of_teams_is_called_after_its_file(project: Project, tmp_path: Path) -> None:
    text = (
        "Full Name\tUser Action\tTimestamp\n"
        "Anouk Allain\tJoined before\t11/4/2026, 9:50:12 AM\n"
        "Anouk Allain\tLeft\t11/4/2026, 10:20:12 AM\n"
        "Nina Neuve\tLeft\t11/4/2026, 10:20:12 AM\n"
    )
    known(project)
    found = plan(project, write(tmp_path, text, "Premiers pas.csv", "utf-16"))
    assert "Premiers pas" in found.problems[0].sentence.english()
    assert "AM and PM" in (found.understood.dates or found.title).english()
    project.execute(exchange.apply_command(found))
    _, sessions, presences, _ = state(project)
    assert sessions == [(1, "2026-11-04", "09:50", 30, "")]  # not the 11th of April
    assert presences == [(1, 1, "present")]


def test_a_name_nobody_has_is_created_and_a_number_alone_is_left_out(
    project: Project, tmp_path: Path
) -> None:
    known(project)
    text = FOLLOWED + "1009;NEUVE;Nina;Premiers pas;12/03/2026;;\n77;;;Premiers pas;12/03/2026;;\n"
    found = plan(project, write(tmp_path, text))
    assert found.ok
    assert [(p.line, p.column, p.value) for p in found.problems] == [(7, "Matricule", "77")]
    assert (found.counts["people"], found.counts["left_out"]) == (1, 1)
    project.execute(exchange.apply_command(found))
    assert state(project)[3][-1] == ("NEUVE", "Nina", "1009")


def test_codes_of_courses_stand_for_titles_with_a_warning(project: Project, tmp_path: Path) -> None:
    known(project)
    text = "idEmploye,idFormation,dateFormation\n1001,F20,10/05/2020\n1001,F21,27/08/2020\n"
    found = plan(project, write(tmp_path, text))
    assert [(p.line, p.column) for p in found.problems] == [(1, "idFormation")]
    project.execute(exchange.apply_command(found))
    assert [title for title, _ in state(project)[0]] == ["F20", "F21"]


def test_nobody_known_keeps_the_file_out(project: Project, tmp_path: Path) -> None:
    text = "idEmploye,idFormation,dateFormation\n1001,F20,10/05/2020\n"
    found = plan(project, write(tmp_path, text))
    assert found.problems[0].message.english().startswith("nobody of this file")
    with pytest.raises(UserError, match="Nothing was imported"):
        exchange.apply_command(found)


def test_what_is_typed_by_hand_gives_way_only_to_what_the_file_says(
    project: Project, tmp_path: Path
) -> None:
    known(project)
    project.execute(exchange.apply_command(plan(project, write(tmp_path, FOLLOWED))))
    silent = FOLLOWED.replace(";Présence", "").replace(";absent", "").replace(";oui", "")
    silent = silent.replace(";Présente", "")
    assert plan(project, write(tmp_path, silent, "b.csv")).changes.nothing
    came = FOLLOWED.replace("absent", "présent")
    found = plan(project, write(tmp_path, came, "c.csv"))
    assert (found.counts["new"], found.counts["changed"]) == (0, 1)
    project.execute(exchange.apply_command(found))
    assert (1, 2, "present") in state(project)[2]


def test_a_plan_made_before_another_import_is_refused(project: Project, tmp_path: Path) -> None:
    known(project)
    found = plan(project, write(tmp_path, FOLLOWED))
    project.execute(exchange.apply_command(found))
    with pytest.raises(UserError, match="has changed since"):
        project.execute(exchange.apply_command(found))


def test_mistakes_are_named_with_line_column_and_value(project: Project, tmp_path: Path) -> None:
    known(project)
    text = (
        "Matricule;Formation;Date;Durée;Présence\n1001;Bases;31/02/2026;2;oui\n"
        "1001;;12/03/2026;2;oui\n;Bases;12/03/2026;2;oui\n1001;Bases;12/03/2026;deux;peut-être\n"
    )
    found = plan(project, write(tmp_path, text))
    assert [(p.line, p.column, p.value, p.severity.value) for p in found.problems] == [
        (2, "Date", "31/02/2026", "error"),
        (3, "Formation", "", "error"),
        (4, "Matricule", "", "error"),
        (5, "Durée", "deux", "warning"),
        (5, "Présence", "peut-être", "warning"),
    ]
    lacking = plan(project, write(tmp_path, "Formation;Date\nBases;12/03/2026\n"))
    assert "Name" in lacking.problems[0].sentence.english()


@pytest.mark.parametrize(
    ("text", "unit", "minutes"),
    [("3", 60, 180), ("3,5", 60, 210), ("90", 1, 90), ("3h30", 60, 210), ("1 h", 60, 60),
     ("01:30", 60, 90), ("1h 5m 3s", 60, 65), ("45 min", 60, 45), ("deux", 60, 0), ("", 60, 0)],
)  # fmt: skip
def test_lengths_as_people_write_them(text: str, unit: int, minutes: int) -> None:
    assert length(text, unit) == minutes


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("DUPONT Jeanne", "Jeanne", "DUPONT"), ("Dupont, Jeanne", "Jeanne", "Dupont"),
     ("Jeanne Dupont (Guest)", "Jeanne", "Dupont"), ("Jean DE LA TOUR", "Jean", "DE LA TOUR"),
     ("Madonna", "", "Madonna")],
)  # fmt: skip
def test_names_as_people_write_them(text: str, first: str, last: str) -> None:
    assert split_name(text) == (first, last)


def test_the_real_list_of_teams_and_the_real_french_file(project: Project, corpus: Path) -> None:
    teams = plan(project, corpus / "training-teams" / "meetingAttendanceList.csv")
    assert (teams.ok, teams.counts["rows"], teams.counts["new"]) == (True, 57, 38)
    folder = corpus / "training-fr"
    people = exchange.plan_import("people", folder / "employes.csv", project.reader, language="fr")
    project.execute(exchange.apply_command(people))
    followed = plan(project, folder / "formationsSuivies.csv")
    assert followed.ok
    assert (followed.counts["new"], followed.counts["left_out"]) == (48, 0)
