"""An export edited in a spreadsheet and imported: what changes, what is new, what is refused."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange, i18n
from crm_pilot.errors import UserError
from crm_pilot.exchange.exporting import Wanted, export
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.figures import Level
from crm_pilot.project import Add, Project, Remove

Rows = list[list[str]]


@pytest.fixture
def plan_of_three(project: Project) -> Project:
    """A phase with a task and a milestone of the reference plan, two persons, a budget line."""
    project.execute(Add("person", {"first_name": "Zoé", "last_name": "Petit"}))
    project.execute(Add("person", {"first_name": "Léo", "last_name": "Grand"}))
    day = dt.date(2026, 3, 2)
    phase = project.execute(Add("task", {"title": "Cadrage", "kind": "phase"}))
    for place, (title, kind) in enumerate((("Note", "task"), ("Go", "milestone"))):
        values = {"title": title, "kind": kind, "parent_id": phase, "position": place,
                  "start": day, "finish": day}  # fmt: skip
        key = project.execute(Add("task", values))
    project.execute(Add("link", {"predecessor_id": 2, "successor_id": 3}))
    base = project.execute(Add("baseline", {"name": "B", "set_on": day}))
    dates = {"baseline_id": base, "task_id": key, "start": day, "finish": day}
    project.execute(Add("baseline_task", dates))
    project.execute(Add("budget_line", {"name": "Licences", "baseline_cents": 123450}))
    return project


def edited(
    project: Project, tmp_path: Path, name: str, edit: Callable[[Rows], None], language: str = "fr"
) -> Path:
    """The export of a table, edited and saved as Excel in French does: cp1252, no quotes kept."""
    path = tmp_path / f"{name}.csv"
    wanted = Wanted(language, Level.OWN, ";", "cp1252")
    export(project.reader, [name], path, wanted, project.today())
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("cp1252")), delimiter=";"))
    edit(rows)
    width = len(rows[0])
    with path.open("w", newline="", encoding="cp1252") as handle:
        csv.writer(handle, delimiter=";").writerows(row + [""] * (width - len(row)) for row in rows)
    return path


def put(line: int, title: str, value: str) -> Callable[[Rows], None]:
    def edit(rows: Rows) -> None:
        rows[line][rows[0].index(title)] = value

    return edit


def plan(project: Project, path: Path, **options: Any) -> ImportPlan:
    return exchange.plan_import("table", path, project.reader, language="fr", **options)


def told(found: ImportPlan) -> list[str]:
    return [problem.sentence.english() for problem in found.problems]


def row_of(project: Project, sql: str) -> Any:
    return project.reader.one(sql)


def test_rows_change_come_and_stay(plan_of_three: Project, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        place = rows[0].index
        rows[1][place("Prénom")] = "Zoë"
        rows[1][place("Arrivée le")] = "25/03/2026"
        rows[2] = [""] * len(rows[0])
        rows[2][place("Prénom")], rows[2][place("Nom")] = "Ana", "'=Silva"

    path = edited(plan_of_three, tmp_path, "persons", edit)
    found = plan(plan_of_three, path)
    assert told(found) == []
    assert found.counts == {"rows": 2, "new": 1, "changed": 1, "unchanged": 0, "missing": 1}
    last = "1 row of the project is not in the file and stays as it is"
    assert i18n.show(found.summary[-1]) == last
    plan_of_three.execute(exchange.apply_command(found))
    stored = "SELECT id, first_name, last_name, arrived_on FROM person ORDER BY id"
    assert plan_of_three.reader.select(stored) == [
        (1, "Zoé", "Petit", None),
        (2, "Zoë", "Grand", "2026-03-25"),
        (3, "Ana", "=Silva", None),
    ]
    assert [i18n.show(label) for label in plan_of_three.undo_labels[:1]] == [
        "Import 2 rows from persons.csv"
    ]
    plan_of_three.undo()
    assert len(plan_of_three.reader.select(stored)) == 2
    assert plan_of_three.reader.value("SELECT first_name FROM person WHERE id = 2") == "Léo"


def test_an_emptied_cell_empties_and_a_missing_column_does_not(
    plan_of_three: Project, tmp_path: Path
) -> None:
    path = edited(plan_of_three, tmp_path, "persons", put(1, "Prénom", ""))
    assert plan(plan_of_three, path).counts["changed"] == 1

    def drop(rows: Rows) -> None:
        at = rows[0].index("Prénom")
        for row in rows:
            del row[at : at + 1]

    assert plan(plan_of_three, edited(plan_of_three, tmp_path, "persons", drop)).changes.nothing


@pytest.mark.parametrize(
    ("table", "line", "title", "value", "why"),
    [
        ("tasks", 2, "Début", "32/13/2026", "no date that can be read"),
        ("tasks", 2, "Fin", "2026-03-01", "before its start"),
        ("tasks", 2, "% fait", "130", "not a whole number from 0 to 100"),
        ("tasks", 3, "% fait", "50", "a milestone is reached (100) or not (0)"),
        ("tasks", 2, i18n.Translator("fr").tr("Kind"), "Truc", "accepted: Phase, Tâche, Jalon"),
        ("tasks", 2, "Responsable", "Nobody", "accepted: Léo Grand, Zoé Petit"),
        ("tasks", 2, "Titre", "", "must be filled"),
        ("tasks", 2, "Sous le N°", "3", "“Go” is no phase"),
        ("tasks", 2, "Sous le N°", "99", "no row with the No. 99"),
        ("tasks", 1, "Sous le N°", "1", "under itself"),
        ("tasks", 2, "Attend le N°", "3", "would wait for itself"),
        ("tasks", 2, "Attend le N°", "7FS+2", "no row with the No. 7"),
        ("tasks", 2, "Attend le N°", "7XX", "“7XX” cannot be read"),
        ("tasks", 2, "Attend le N°", "1", "neither for its phase"),
        ("tasks", 2, "Durée", "bientôt", "“bientôt” is not a duration"),
        ("tasks", 2, i18n.Translator("fr").tr("Work"), "2 je", "work is not elapsed time"),
        ("tasks", 3, i18n.Translator("fr").tr("Work"), "2 j", "a milestone has no work"),
        ("tasks", 2, "Date de la contrainte", "", "needs a date"),
        ("tasks", 2, "Échéance", "31/13/2026", "no date that can be read"),
        ("tasks", 2, "Heure de début", "25:00", "not a time of day"),
        ("tasks", 2, "Calendrier", "Lune", "nothing of that name is there"),
        ("tasks", 2, "N°", "3", "already used on line"),
        ("tasks", 2, "N°", "x", "not a whole number"),
        ("tasks", 2, "En page 1 du rapport", "peut-être", "neither yes nor no"),
        ("budget", 1, "Référence, €", "12,345.678", "two decimals at most"),
        ("budget", 1, "Référence, €", "beaucoup", "not an amount in euros"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(
    plan_of_three: Project, tmp_path: Path, table: str, line: int, title: str, value: str, why: str
) -> None:
    path = edited(plan_of_three, tmp_path, table, put(line, title, value))
    found = plan(plan_of_three, path)
    assert found.errors
    problem = next(p for p in found.problems if why in p.message.english() or why in told_fr(p))
    assert problem.column == title
    assert problem.value == value
    assert problem.line in (line + 1, line + 2)
    with pytest.raises(UserError):
        exchange.apply_command(found)


def told_fr(problem: Any) -> str:
    return i18n.Translator("fr").show(problem.message).replace("\u202f", " ")


def test_amounts_in_either_notation(plan_of_three: Project, tmp_path: Path) -> None:
    for text, cents in (
        ("1 234,56", 123456), ("1,234.56", 123456), ("1.234,56", 123456), ("1234.5", 123450),
        ("-12", -1200), ("1.234", 123400), ("\u00a07,10 €", 710),
    ):  # fmt: skip
        path = edited(plan_of_three, tmp_path, "budget", put(1, "Référence, €", text))
        found = plan(plan_of_three, path)
        assert told(found) == []
        command: Any = found.changes.command
        values = command.tables[0].changed[0][1] if command else {"baseline_cents": 123450}
        assert values == {"baseline_cents": cents}


def test_the_plan_keeps_its_rules(plan_of_three: Project, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        place = rows[0].index
        rows[1][place("Fin")] = "2027-01-01"  # of a phase: follows from its lines
        rows[3][place("Fin")] = "2026-04-07"  # of the milestone, one cell only
        rows[3][place("Attend le N°")] = ""
        rows[4:4] = [[""] * len(rows[0])]
        for title, value in (("Titre", "Recette"), ("Sous le N°", "1"), ("Attend le N°", "2;3")):
            rows[4][place(title)] = value

    found = plan(plan_of_three, edited(plan_of_three, tmp_path, "tasks", edit))
    assert found.errors == 0
    assert len(found.problems) == 1
    assert "follows from the lines" in told(found)[0]
    plan_of_three.execute(exchange.apply_command(found))
    reader = plan_of_three.reader
    assert reader.one("SELECT start, finish FROM task WHERE id = 3") == ("2026-04-07",) * 2
    assert reader.select("SELECT task_id, expected_on FROM forecast") == [(3, "2026-04-07")]
    assert reader.one("SELECT title, parent_id, kind, position FROM task WHERE id = 4") == (
        "Recette", 1, "task", 2
    )  # fmt: skip
    links = reader.select("SELECT predecessor_id, successor_id FROM link ORDER BY 1, 2")
    assert links == [(2, 4), (3, 4)]
    plan_of_three.undo()
    assert reader.select("SELECT predecessor_id, successor_id FROM link") == [(2, 3)]
    assert not reader.select("SELECT 1 FROM forecast")


def test_new_decisions_get_the_next_code(project: Project, tmp_path: Path) -> None:
    values: dict[str, Any] = {
        "code": "D-004",
        "wording": "w",
        "owner": "o",
        "due_on": dt.date(2026, 5, 1),
    }
    project.execute(Add("decision", values))

    def edit(rows: Rows) -> None:
        for code in ("", "D-009", ""):
            rows.append(["", code, "x", "o", "2026-06-01"])
        rows[2], rows[-1] = rows[-1], rows[2]  # the line under the table is the last no more

    found = plan(project, edited(project, tmp_path, "decisions", edit))
    assert told(found) == []
    project.execute(exchange.apply_command(found))
    codes = [row[0] for row in project.reader.select("SELECT code FROM decision ORDER BY code")]
    assert codes == ["D-004", "D-009", "D-010", "D-011"]


def test_the_same_value_twice_is_refused(plan_of_three: Project, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        at = rows[0].index("Matricule")
        rows[1][at] = rows[2][at] = "M1"

    found = plan(plan_of_three, edited(plan_of_three, tmp_path, "persons", edit))
    assert found.errors == 1
    assert "it must be there once only" in told(found)[0]


def test_persons_of_one_name_are_told_apart(plan_of_three: Project, tmp_path: Path) -> None:
    for _ in range(2):
        plan_of_three.execute(Add("person", {"first_name": "Eve", "last_name": "Roy"}))
    name = put(2, "Responsable", "Eve Roy")
    found = plan(plan_of_three, edited(plan_of_three, tmp_path, "tasks", name))
    assert "this name is there 2 times" in told(found)[0]
    name = put(2, "Responsable", "Eve Roy [4]")
    found = plan(plan_of_three, edited(plan_of_three, tmp_path, "tasks", name))
    plan_of_three.execute(exchange.apply_command(found))
    assert plan_of_three.reader.value("SELECT owner_id FROM task WHERE id = 2") == 4
    assert plan(
        plan_of_three, edited(plan_of_three, tmp_path, "tasks", lambda _: None)
    ).changes.nothing


def test_the_file_of_another_project_is_suspected(project: Project, tmp_path: Path) -> None:
    for number in range(6):
        project.execute(Add("risk", {"code": f"R-{number}", "title": f"Risk {number}"}))
    path = edited(project, tmp_path, "risks", lambda _: None)
    with Project.create(name="Other") as other:
        for number in range(6):
            other.execute(Add("risk", {"code": f"R-{number}", "title": f"Else {number}"}))
        found = plan(other, path)
        assert found.ok
        assert "is this the file of another project?" in told(found)[0]


def test_moments_saved_to_the_minute_are_unchanged(project: Project, tmp_path: Path) -> None:
    moment = dt.datetime(2026, 3, 12, 14, 2, 33)
    project.execute(Add("ticket", {"number": "T1", "title": "t", "opened_at": moment}))
    minute = put(1, "Ouvert à", "12/03/2026 14:02")
    assert plan(project, edited(project, tmp_path, "tickets", minute)).changes.nothing
    other = put(1, "Ouvert à", "12/03/2026 14:03")
    assert not plan(project, edited(project, tmp_path, "tickets", other)).changes.nothing


def test_what_cannot_be_read_back_says_so(plan_of_three: Project, tmp_path: Path) -> None:
    values: dict[str, Any] = {"kind": "group", "name": "Ventes", "headcount": 9}
    plan_of_three.execute(Add("stakeholder", values))
    for table, why in (("stakeholders", "map at committee level"), ("persons", "no column “No.”")):
        path = tmp_path / f"{table}.csv"
        day = plan_of_three.today()
        export(plan_of_three.reader, [table], path, Wanted("en"), day)
        found = plan(plan_of_three, path)
        assert found.errors == 1
        assert why in told(found)[0]


def test_a_stale_plan_is_refused(plan_of_three: Project, tmp_path: Path) -> None:
    found = plan(plan_of_three, edited(plan_of_three, tmp_path, "persons", put(1, "Nom", "X")))
    plan_of_three.undo()  # the budget line; then what the plan knew is taken away
    plan_of_three.execute(Remove("person", (2,)))
    with pytest.raises(UserError, match="check it again"):
        plan_of_three.execute(exchange.apply_command(found))
