"""Colleagues from an HR export or a CRM's user list."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.errors import UserError
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.registry import importer_for
from crm_pilot.project import Add, Project


def plan(project: Project, path: Path, **options: Any) -> ImportPlan:
    return exchange.plan_import("people", path, project.reader, language="fr", **options)


def apply(project: Project, found: ImportPlan) -> None:
    project.execute(exchange.apply_command(found))


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(text, "utf-8")
    return path


def stored(project: Project, columns: str) -> list[tuple[Any, ...]]:
    return project.reader.select(f"SELECT {columns} FROM person ORDER BY id")


def test_the_french_employees_of_the_corpus(project: Project, corpus: Path) -> None:
    path = corpus / "people-fr" / "employes_800_cp1252.csv"
    expected = json.loads((path.parent / "EXPECTED.json").read_text())[path.name]["pycsv"]
    with path.open(newline="", encoding="cp1252") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    found = plan(project, path)
    assert found.errors == 0
    assert found.understood.encoding == expected["encoding"]
    assert found.understood.rows == len(rows) == expected["records"] - 1
    apply(project, found)
    assert stored(project, "external_id, last_name, first_name, email") == [
        (r["Matricule"], r["Nom"], r["Prénom"], r["Courriel"]) for r in rows
    ]
    day = {r["Matricule"]: "-".join(reversed(r["Date d'entrée"].split("/"))) for r in rows}
    assert dict(stored(project, "external_id, arrived_on")) == day
    assert project.reader.value("SELECT count(*) FROM department") == len(
        {r["Entité"] for r in rows}
    )
    data = Path(project.save(Path(project._session.work).with_name("s.crmp")).path).read_bytes()
    assert rows[0]["Adresse"].encode() not in data  # not asked for, not kept
    assert plan(project, path).changes.nothing


def test_people_are_known_again_by_number_then_mail_then_name(
    project: Project, tmp_path: Path
) -> None:
    for values in (
        {"last_name": "Durand", "first_name": "Zoé", "external_id": "7"},
        {"last_name": "Petit", "first_name": "Ali", "email": "ali@x.fr"},
        {"last_name": "Le Goff", "first_name": "Anne"},
    ):
        project.execute(Add("person", values))
    text = (
        "Matricule;Nom;Prénom;Courriel;Poste;Service\n"
        "7;Durand-Roy;Zoé;;Vendeuse;Ventes\n"
        "8;Petit;Ali;ALI@x.fr;;Ventes\n"
        "9;LE GOFF;anne;;;\n"
        "10;Le Goff;Anne-Marie;;;\n"
    )
    found = plan(project, write(tmp_path, text))
    assert [found.counts[n] for n in ("new", "changed", "unchanged")] == [1, 3, 0]
    apply(project, found)
    assert stored(project, "external_id, last_name, job") == [
        ("7", "Durand-Roy", "Vendeuse"), ("8", "Petit", ""), ("9", "LE GOFF", ""),
        ("10", "Le Goff", ""),
    ]  # fmt: skip
    assert stored(project, "email")[1] == ("ALI@x.fr",)
    names = project.reader.select(
        "SELECT d.name, count(*) FROM person p JOIN department d ON d.id = p.department_id"
        " GROUP BY 1"
    )
    assert names == [("Ventes", 2)]
    assert plan(project, write(tmp_path, text)).changes.nothing
    project.undo()
    assert project.reader.value("SELECT count(*) FROM department") == 0
    assert stored(project, "last_name") == [("Durand",), ("Petit",), ("Le Goff",)]


def test_a_salesforce_user_list_ties_accounts_to_people(project: Project, tmp_path: Path) -> None:
    known = project.execute(Add("account", {"external_id": "0055j000000utlPAAQ"}))
    text = (
        "Id,Username,LastName,FirstName,Email,Profile,Department,CreatedDate\n"
        "0055j000000utlP,zoe@acme.com,Durand,Zoé,z@x.fr,Field,North,2026-01-05\n"
        "0055j000000uAAA,ali@acme.com,Petit,Ali,a@x.fr,Desk,North,2026-01-06\n"
    )
    found = plan(project, write(tmp_path, text))
    assert (found.counts["accounts"], found.counts["profiles"]) == (2, 2)
    apply(project, found)
    rows = project.reader.select(
        "SELECT a.id = ?, a.external_id, a.username, p.last_name, r.name, a.opened_on"
        " FROM account a JOIN person p ON p.id = a.person_id"
        " JOIN profile r ON r.id = a.profile_id ORDER BY a.id",
        known,
    )
    assert rows == [
        (1, "0055j000000utlPAAQ", "zoe@acme.com", "Durand", "Field", None),
        (0, "0055j000000uAAA", "ali@acme.com", "Petit", "Desk", "2026-01-06"),
    ]
    assert plan(project, write(tmp_path, text)).changes.nothing


def test_a_number_twice_or_a_row_without_a_name_is_refused(
    project: Project, tmp_path: Path
) -> None:
    text = "Matricule;Nom;Prénom;Date d'entrée\n1;A;B;01/02/2026\n1;C;D;30/02/2026\n2;;;\n"
    found = plan(project, write(tmp_path, text))
    assert [(p.line, p.column, p.value) for p in found.problems] == [
        (3, "Date d'entrée", "30/02/2026"), (3, "Matricule", "1"), (4, "Nom", ""),
    ]  # fmt: skip
    with pytest.raises(UserError, match="Nothing was imported"):
        apply(project, found)


def test_a_list_of_customers_is_pointed_out(project: Project, corpus: Path) -> None:
    found = plan(project, corpus / "importer-fixtures" / "hubspot-export.csv")
    assert found.ok
    assert "customers" in found.problems[0].message.english()


@pytest.mark.parametrize(
    ("kind", "headers", "name"),
    [
        ("tickets", "ID;Titre;Entité;Statut;Date d'ouverture;Demandeur - Demandeur", "glpi"),
        ("tickets", "ID;Title;Entity;Opening date;Requester - Requester;Status", "glpi"),
        ("tickets", "number;opened_at;short_description;caller_id;priority;state", "servicenow"),
        ("tickets", "Summary;Issue key;Issue id;Issue Type;Status;Created", "jira"),
        ("tickets", "N°;Objet;Statut;Ouvert le", "generic"),
        ("logins", "UserId;LoginTime;LoginType;Status", "salesforce_login_history"),
        ("logins", "Username;Login Time;Source IP;Login Type;Status", "salesforce_setup"),
        ("logins", "EVENT_TYPE;TIMESTAMP_DERIVED;USER_ID_DERIVED;LOGIN_STATUS",
         "salesforce_event_log"),
        ("logins", "user_id;date;login_days", "generic"),
        ("people", "Nom;Prénom", "people"),
    ],
)  # fmt: skip
def test_the_importer_is_chosen_by_the_headers(kind: str, headers: str, name: str) -> None:
    assert importer_for(kind, headers.split(";")).name == name


def test_an_unknown_kind_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be imported"):
        exchange.plan_import("cats", tmp_path / "x.csv", project.reader, language="fr")
