"""Lists of training sessions: French and English headings, half-days, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.cli import main
from crm_pilot.exchange.importing import guess_kind
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.project import Add, Project
from crm_pilot.training.halves import halves

FRENCH = (
    "Formation;Date;Demi-journée;Début;Fin;Salle;Formateur;Places;Coût\n"
    "Prise en main mobile;12/01/2027;matin;9h;12h30;Salle Rhône;N. Petit;12;1 450,50\n"
    "Prise en main mobile;12/01/2027;après-midi;13:30;17:00;;;;\n"
    "Devis;14/01/2027;;14h;;Salle Loire;;8;\n"
)


def plan(project: Project, path: Path) -> ImportPlan:
    return exchange.plan_import("sessions", path, project.reader, language="fr")


def write(tmp_path: Path, text: str, encoding: str = "cp1252") -> Path:
    path = tmp_path / "sessions.csv"
    path.write_text(text, encoding)
    return path


def stored(project: Project) -> list[tuple[Any, ...]]:
    return project.reader.select(
        "SELECT c.title, s.held_on, s.begins, s.minutes, s.place, s.trainer, s.seats, s.cost_cents"
        " FROM training_session s JOIN course c ON c.id = s.course_id ORDER BY s.held_on"
    )


def test_a_french_list_becomes_sessions_with_half_days(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, FRENCH)
    assert guess_kind(path) == "sessions"
    found = plan(project, path)
    assert found.ok
    project.execute(exchange.apply_command(found))
    assert stored(project) == [
        ("Prise en main mobile", "2027-01-12", "09:00", 420, "Salle Rhône", "N. Petit", 12, 145050),
        ("Devis", "2027-01-14", "14:00", 210, "Salle Loire", "", 8, None),
    ]
    both = [half for parts in halves(project.reader).values() for half in parts]
    assert [(half.part.value, half.begins, half.minutes) for half in both] == [
        ("morning", "09:00", 210), ("afternoon", "13:30", 210), ("afternoon", "14:00", 210)
    ]  # fmt: skip
    assert plan(project, path).changes.nothing
    project.undo()
    assert stored(project) == []


def test_a_changed_list_changes_what_it_says_and_no_more(project: Project, tmp_path: Path) -> None:
    project.execute(exchange.apply_command(plan(project, write(tmp_path, FRENCH))))
    again = "Course,Date,Room\nDevis,2027-01-14,Salle Saône\n"
    found = plan(project, write(tmp_path, again, "utf-8"))
    assert (found.counts["new"], found.counts["changed"]) == (0, 1)
    project.execute(exchange.apply_command(found))
    assert stored(project)[1] == (
        *("Devis", "2027-01-14", "14:00", 210, "Salle Saône", "", 8, None),
    )


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        ("A;2027-02-30;9h;;;", "Date", "2027-02-30", "no date"),
        ("A;2027-02-03;25h;;;", "Début", "25h", "no hour"),
        ("A;2027-02-03;14h;9h;;", "Fin", "09:00", "ends before"),
        ("A;2027-02-03;9h;;many;", "Places", "many", "seats"),
        ("A;2027-02-03;9h;;;cher", "Coût", "cher", "amount"),
        (";2027-02-03;9h;;;", "Formation", "", "must be filled"),
    ],
)
def test_what_cannot_be_read_is_named(
    project: Project, tmp_path: Path, row: str, column: str, value: str, said: str
) -> None:
    found = plan(project, write(tmp_path, f"Formation;Date;Début;Fin;Places;Coût\n{row}\n"))
    assert not found.ok
    (problem,) = found.problems
    assert (problem.line, problem.column, problem.value) == (2, column, value)
    assert said in problem.message.english()


def test_the_same_session_twice_is_refused(project: Project, tmp_path: Path) -> None:
    text = "Formation;Date;Début\nDevis;2027-01-14;9h\nDevis;2027-01-14;10h\n"
    found = plan(project, write(tmp_path, text))
    assert "in line 2 already" in found.problems[0].message.english()


def test_the_command_line_checks_and_imports(tmp_path: Path, project: Project) -> None:
    path = tmp_path / "p.crmp"
    project.execute(Add("course", {"title": "Devis"}))
    project.save(path)
    project.close()
    source = write(tmp_path, FRENCH)
    assert main(["import", str(path), str(source), "--as", "sessions", "--check"]) == 0
    with Project.open(path) as opened:
        assert stored(opened) == []
    assert main(["import", str(path), str(source), "--as", "sessions"]) == 0
    with Project.open(path) as opened:
        assert len(stored(opened)) == 2
        assert opened.reader.value("SELECT count(*) FROM course") == 2
