"""Tickets of every source, by hand-made files and by the corpus."""

from __future__ import annotations

import csv
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.errors import Cancelled, UserError
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.project import Add, Project, SetField


def plan(project: Project, path: Path, language: str = "fr", **options: Any) -> ImportPlan:
    return exchange.plan_import("tickets", path, project.reader, language=language, **options)


def apply(project: Project, found: ImportPlan) -> None:
    project.execute(exchange.apply_command(found))


def write(tmp_path: Path, text: str, name: str = "tickets.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def stored(project: Project, columns: str) -> list[tuple[Any, ...]]:
    return project.reader.select(f"SELECT {columns} FROM ticket ORDER BY id")


# the corpus ----------------------------------------------------------------------------------


def test_servicenow_rows_become_tickets_with_their_history(project: Project, corpus: Path) -> None:
    folder = corpus / "tickets-servicenow-uci"
    path = folder / "incident_event_log_first2000.csv"
    expected = json.loads((folder / "EXPECTED.json").read_text())[path.name]
    with path.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    by_number = defaultdict(list)
    for row in rows:
        by_number[row["number"]].append(row)

    found = plan(project, path)
    assert found.ok
    assert (found.importer, found.problems) == ("servicenow", ())
    assert found.understood.rows == expected["duckdb"]["rows"] == len(rows)
    assert found.counts["new"] == len(by_number)
    apply(project, found)

    last = [max(rows, key=moment)["incident_state"] for rows in by_number.values()]
    closed = project.reader.value("SELECT count(*) FROM ticket WHERE status = 'closed'")
    assert closed == last.count("Closed")
    assert project.reader.value("SELECT count(*) FROM ticket_event") == len(rows)
    first = stored(project, "number, status, impact, urgency, priority, opened_at, acknowledged_at,"
                   " resolved_at, closed_at, assignee, category, source")[0]  # fmt: skip
    assert first == (
        "INC0000045", "closed", 2, 2, 3, "2016-02-29 01:16:00", "2016-02-29 08:53:00",
        "2016-02-29 11:29:00", "2016-03-05 12:00:00", "", "Category 55 › Subcategory 170",
        "servicenow",
    )  # fmt: skip
    steps = project.reader.select(
        "SELECT happened_at, status, by FROM ticket_event WHERE ticket_id = 1 ORDER BY happened_at"
    )
    assert steps == [
        ("2016-02-29 01:23:00", "new", "Updated by 21"),
        ("2016-02-29 08:53:00", "resolved", "Updated by 642"),
        ("2016-02-29 11:29:00", "resolved", "Updated by 804"),
        ("2016-03-05 12:00:00", "closed", "Updated by 908"),
    ]
    again = plan(project, path)
    assert again.changes.nothing
    assert again.counts["unchanged"] == len(by_number)


def moment(row: dict[str, str]) -> tuple[str, int]:
    """Order of an update, from the source's own text `29-02-2016 01:23`."""
    day, clock = row["sys_updated_at"].split()
    return "-".join(reversed(day.split("-"))) + clock, int(row["sys_mod_count"])


def test_glpi_in_portuguese(project: Project, corpus: Path) -> None:
    path = corpus / "tickets-glpi" / "glpi_a.csv"
    expected = json.loads((path.parent / "EXPECTED.json").read_text())[path.name]
    with path.open(newline="", encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    found = plan(project, path)
    assert (found.importer, found.errors) == ("glpi", 0)
    assert found.headers[-1] == "(P)"  # the trailing empty column
    assert "(P)" not in found.understood.ignored
    assert found.understood.rows == len(rows) == expected["duckdb"]["rows"] - 1  # it counts a total
    apply(project, found)
    assert [n for (n,) in stored(project, "number")] == [r["ID"].replace(" ", "") for r in rows]
    pairs = {"Pendente": "waiting", "Solucionado": "resolved", "Fechado": "closed"}
    assert stored(project, "status") == [
        (pairs.get(r["Status"], "in_progress"),) if r["Status"] != "Novo" else ("new",)
        for r in rows
    ]
    by_number = dict(stored(project, "number, assignee"))
    assert by_number["2468"] == "Jljpby Wpbzf, Kgrpcr Xeadsit Yzuol Wyucqnw"  # <br>
    assert dict(stored(project, "number, due_on"))["2556"] == "2025-09-11"  # with 8% below
    assert dict(stored(project, "number, opened_at"))["2553"] == "2025-09-05 14:10:00"
    place = next(r["Localização"] for r in rows if len(r["Localização"]) > 8)
    assert place.encode() not in saved(project)


def saved(project: Project) -> bytes:
    """The bytes of the project saved to a file."""
    path = Path(project.save(Path(project._session.work).with_name("saved.crmp")).path)
    return path.read_bytes()


def test_jira(project: Project, corpus: Path) -> None:
    found = plan(project, corpus / "importer-fixtures" / "jira_cloud.csv")
    assert (found.importer, found.errors, found.warnings) == ("jira", 0, 1)
    assert (found.problems[0].line, found.problems[0].column) == (8, "Summary")
    assert "Labels (3)" in found.headers
    apply(project, found)
    assert stored(project, "number, title, kind, status, priority, opened_at, due_on") == [
        ("PAY-1", "Checkout revamp", "evolutive", "in_progress", 2, "2024-03-12 09:41:00",
         "2024-03-31"),
        ("PAY-2", "Add Apple Pay", "evolutive", "new", 1, "2024-03-13 08:00:00", None),
        ("PAY-3", "Crash when cart is empty", "corrective", "closed", 3, "2024-03-10 13:15:00",
         None),
        ("PAY-4", "Review gift-card copy", "unsorted", "in_progress", 4, "2024-03-14 14:30:00",
         "2024-03-15"),
        ("PAY-5", "PAY-5", "unsorted", "new", 4, "2024-03-14 14:30:00", None),
    ]  # fmt: skip
    assert project.reader.value("SELECT resolved_at FROM ticket WHERE number = 'PAY-3'") == (
        "2024-03-15 16:00:00"
    )
    assert "\n\nSee the design" in stored(project, "description")[0][0]


@pytest.mark.parametrize("kind", ["tickets", "logins", "people"])
def test_files_of_another_kind_are_refused_with_a_sentence(
    project: Project, corpus: Path, kind: str
) -> None:
    fitting = {
        "tickets": {"jira_cloud.csv"},
        "logins": set(),
        "people": {"european-semicolon.csv", "hubspot-export.csv", "salesforce-leads.csv"},
    }
    names = {path.name for path in (corpus / "importer-fixtures").glob("*.csv")}
    for name in sorted(names - fitting[kind]):
        path = corpus / "importer-fixtures" / name
        found = exchange.plan_import(kind, path, project.reader, language="fr")
        assert not found.ok, name
        with pytest.raises(UserError, match="does not look like") as refused:
            project.execute(exchange.apply_command(found))
        assert name in str(refused.value)
    assert project.undo_labels == []


# by hand -------------------------------------------------------------------------------------

GENERIC = "Ref;Objet;Statut;Ouvert le;Priorité;Type\n"


def test_a_bad_cell_refuses_the_whole_file_and_names_it(project: Project, tmp_path: Path) -> None:
    text = GENERIC + "1;a;Ouvert;13/03/2026;Haute;Bug\n2;b;Ouvert;32/03/2026;Haute;Bug\n"
    found = plan(project, write(tmp_path, text))
    assert not found.ok
    problem = found.problems[0]
    assert (problem.line, problem.column, problem.value) == (3, "Ouvert le", "32/03/2026")
    with pytest.raises(UserError, match=r"Line 3, column “Ouvert le”, value “32/03/2026”"):
        apply(project, found)
    assert stored(project, "id") == []


def test_unknown_words_are_reported_with_what_is_accepted(project: Project, tmp_path: Path) -> None:
    text = GENERIC + "1;a;Ensablé;13/03/2026;Zut;Bug\n"
    found = plan(project, write(tmp_path, text))
    assert found.ok
    assert [(p.column, p.value) for p in found.problems] == [("Statut", "Ensablé"),
                                                            ("Priorité", "Zut")]  # fmt: skip
    assert "waiting" in found.problems[0].message.english()
    assert "1–5" in found.problems[1].message.english()
    apply(project, found)
    assert stored(project, "status, priority, kind") == [("in_progress", None, "corrective")]


def test_a_second_import_updates_by_number_and_keeps_what_people_sorted(
    project: Project, tmp_path: Path
) -> None:
    path = write(tmp_path, GENERIC + "1;a;Ouvert;13/03/2026;Haute;\n2;b;Ouvert;14/03/2026;;\n")
    apply(project, plan(project, path))
    key = project.reader.value("SELECT id FROM ticket WHERE number = '1'")
    project.execute(SetField("ticket", key, "kind", "evolutive"))
    path = write(
        tmp_path,
        GENERIC + "1;a bis;Clos;13/03/2026;Haute;Bug\n2;b;Ouvert;14/03/2026;;\n3;c;;15/03/2026;;\n",
    )
    found = plan(project, path)
    assert [found.counts[name] for name in ("new", "changed", "unchanged")] == [1, 1, 1]
    apply(project, found)
    assert stored(project, "number, title, status, kind") == [
        ("1", "a bis", "closed", "evolutive"),
        ("2", "b", "new", "unsorted"),
        ("3", "c", "new", "unsorted"),
    ]
    assert project.undo_labels[0].english() == "Import 2 tickets from tickets.csv"
    project.undo()
    assert stored(project, "number, title") == [("1", "a"), ("2", "b")]
    project.redo()
    assert len(stored(project, "id")) == 3


def test_the_same_file_twice_changes_nothing(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, GENERIC + "1;a;Ouvert;13/03/2026;Haute;\n")
    apply(project, plan(project, path))
    before = project.undo_labels
    with pytest.raises(UserError, match="knows everything"):
        apply(project, plan(project, path))
    assert project.undo_labels == before


def test_a_plan_made_before_somebody_else_imported_is_refused(
    project: Project, tmp_path: Path
) -> None:
    path = write(tmp_path, GENERIC + "1;a;Ouvert;13/03/2026;Haute;\n")
    stale = plan(project, path)
    apply(project, plan(project, path))
    with pytest.raises(UserError, match="has changed since"):
        apply(project, stale)


def test_the_person_may_map_columns_and_choose_the_order_of_dates(
    project: Project, tmp_path: Path
) -> None:
    path = write(tmp_path, "Machin,Truc,Quand\n7,Panne,03/04/2026\n")
    assert not plan(project, path).ok
    mapping = {"number": "Machin", "title": "Truc", "opened_at": "Quand", "@dates": "mdy"}
    found = plan(project, path, mapping=mapping)
    apply(project, found)
    assert stored(project, "number, title, opened_at") == [("7", "Panne", "2026-03-04 00:00:00")]
    assert found.understood.dates is not None
    assert "as you chose" in found.understood.dates.english()
    with pytest.raises(UserError, match="“Bidule”"):
        plan(project, path, mapping={"number": "Bidule"})


def test_a_column_of_a_place_cannot_be_mapped(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, "Ref,Objet,Ouvert le,Source IP\n7,Panne,03/04/2026,10.9.8.7\n")
    with pytest.raises(UserError, match="machine or a place"):
        plan(project, path, mapping={"requester": "Source IP"})
    found = plan(project, path)
    assert found.understood.dropped == ("Source IP",)
    assert "10.9.8.7" not in repr(found)


def test_departments_are_linked_when_the_project_knows_them(
    project: Project, tmp_path: Path
) -> None:
    key = project.execute(Add("department", {"name": "Grands comptes", "short": "GC"}))
    path = write(tmp_path, "Ref;Objet;Ouvert le;Service\n1;a;1/3/2026;gc\n2;b;1/3/2026;Autre\n")
    apply(project, plan(project, path))
    assert stored(project, "department_id") == [(key,), (None,)]


def test_reading_can_be_cancelled_and_tells_its_progress(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, GENERIC + "1;a;Ouvert;13/03/2026;Haute;\n")
    seen: list[float] = []
    plan(project, path, progress=lambda done, total: seen.append(done / total))
    assert seen[0] == 0
    with pytest.raises(Cancelled):
        plan(project, path, cancelled=lambda: True)


def test_glpi_in_french(project: Project, tmp_path: Path) -> None:
    text = (
        '\ufeff"ID";"Titre";"Entité";"Statut";"Date d\'ouverture";"Dernière modification";'
        '"Date de résolution";"Priorité";"Type";"Demandeur - Demandeur";'
        '"Attribué à - Technicien";"Description";""\n'
        '"2\u00a0553";"Export &amp; filtre";"Racine";"En cours (Attribué)";"05-01-2026 16:24";'
        '"06-01-2026 09:00";"";"Majeure";"Incident";"Zoé D";"Ali P<br>Eva R";'
        '"<p>Ligne 1<br>Ligne 2</p>";""\n'
        '"2 554";"Champ à ajouter";"Racine";"Clos";"13-01-2026 08:00";"14-01-2026 08:00";'
        '"14-01-2026 07:30";"Très basse";"Demande";"Ali P";"";"";""\n'
    )
    found = plan(project, write(tmp_path, text))
    assert (found.importer, found.problems) == ("glpi", ())
    apply(project, found)
    assert stored(project, "number, title, kind, status, priority, resolved_at, assignee") == [
        ("2553", "Export & filtre", "corrective", "in_progress", 1, None, "Ali P, Eva R"),
        ("2554", "Champ à ajouter", "question", "closed", 5, "2026-01-14 07:30:00", ""),
    ]
    assert stored(project, "description")[0][0].split() == ["Ligne", "1", "Ligne", "2"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Incident", "corrective"), ("Bug", "corrective"), ("Anomalie bloquante", "corrective"),
        ("Story", "evolutive"), ("Epic", "evolutive"), ("Improvement", "evolutive"),
        ("Évolution", "evolutive"), ("Maintenance adaptative", "adaptive"),
        ("Préventif", "preventive"), ("Demande", "question"), ("Service Request", "question"),
        ("Task", "unsorted"), ("", "unsorted"),
    ],
)  # fmt: skip
def test_the_nature_is_guessed_from_the_type(text: str, kind: str) -> None:
    from crm_pilot.exchange.ticket_terms import guess_kind

    assert guess_kind(text).value == kind


def test_a_big_import_is_undone_well_under_a_second(project: Project, tmp_path: Path) -> None:
    rows = (f"{n};Ticket {n};Ouvert;13/03/2026;Haute;Bug\n" for n in range(20_000))
    found = plan(project, write(tmp_path, GENERIC + "".join(rows)))
    apply(project, found)
    start = time.perf_counter()
    project.undo()
    took = time.perf_counter() - start
    assert stored(project, "id") == []
    assert took < 1.0
