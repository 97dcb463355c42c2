"""Exports of records and lists of actions: created and updated by user, day and object."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_pilot import exchange
from crm_pilot.adoption import facts
from crm_pilot.project import Add, Project
from tests.exchange.use_files import (
    AUDIT_VIEW,
    PURVIEW,
    actions,
    apply,
    logins,
    plan,
    purview,
    said,
    sheet,
    take,
    write,
)

REPORT = "Opportunity Name,Created By,Created Date,Last Modified By,Last Modified Date,Owner\n"


def owned(project: Project) -> list[tuple[object, ...]]:
    return project.reader.select(
        "SELECT f.month, o.external_id, a.external_id, f.created FROM owned_fact f"
        " JOIN account o ON o.id = f.owner_id JOIN account a ON a.id = f.account_id ORDER BY 1, 2"
    )


def test_a_salesforce_report_of_records(project: Project, tmp_path: Path) -> None:
    text = REPORT.replace("Owner", "Opportunity Owner") + (
        "A,Zoé Roux,12/03/2026,Zoé Roux,12/03/2026,Zoé Roux\n"  # made and not touched again
        "B,Zoé Roux,12/03/2026,Zoé Roux,13/03/2026,Luc Petit\n"  # in Luc's name
        "C,Zoé Roux,12/03/2026,Luc Petit,12/03/2026,Luc Petit\n"  # in Luc's name; his update
        "D,Luc Petit,01/04/2026,Luc Petit,02/04/2026,Queue Nord\n"  # a queue is no user
    )
    found = take("actions", project, write(tmp_path, text, "report1712.csv"))
    assert (found.importer, found.kind) == ("salesforce_records", "actions")
    assert actions(project) == [
        ("Luc Petit", "2026-03-12", "Opportunity", 0, 1),
        ("Luc Petit", "2026-04-01", "Opportunity", 1, 0),
        ("Luc Petit", "2026-04-02", "Opportunity", 0, 1),
        ("Zoé Roux", "2026-03-12", "Opportunity", 3, 0),
        ("Zoé Roux", "2026-03-13", "Opportunity", 0, 1),
    ]
    assert owned(project) == [(202603, "Luc Petit", "Zoé Roux", 2)]
    assert project.reader.value("SELECT kind FROM import_batch") == "actions"
    assert logins(project) == []
    assert "4 records created, 3 records updated" in said(found)
    assert "2 records were created in the name of another user" in said(found)
    kind = project.reader.value("SELECT kind FROM crm_object")
    assert kind == "opportunity"


def test_a_name_written_out_is_that_of_the_person_tied_to_the_account(
    project: Project, tmp_path: Path
) -> None:
    """The CRM calls her “Z. Roux”, the report “Zoé Roux”: no second account is made of it."""
    zoe = project.execute(Add("person", {"last_name": "ROUX", "first_name": "Zoé"}))
    known = {"external_id": "0055j000000utlPAAQ", "full_name": "Z. Roux", "person_id": zoe}
    project.execute(Add("account", known))
    rows = "A,Zoé Roux,12/03/2026,Zoé Roux,12/03/2026,Zoé Roux\n"
    take("actions", project, write(tmp_path, REPORT + rows, "report1712.csv"))
    assert [row[0] for row in actions(project)] == ["0055j000000utlPAAQ"]
    twin = {"external_id": "0055j000000utlQAAQ", "full_name": "Zoé R", "person_id": zoe}
    project.execute(Add("account", twin))  # now it may be either
    take("actions", project, write(tmp_path, REPORT + rows, "report1713.csv"))
    assert "Zoé Roux" in {row[0] for row in actions(project)}


def test_ids_of_data_loader_and_a_report_in_french(project: Project, tmp_path: Path) -> None:
    project.execute(Add("account", {"external_id": "0055j000000utlPAAQ"}))
    ids = (
        "Id,CreatedById,CreatedDate,LastModifiedById,LastModifiedDate,OwnerId\n"
        "003,0055j000000utlP,2026-03-12T23:30:00.000Z,0055j000000utlP,"
        "2026-03-12T23:30:00.000Z,0055j000000utlP\n"
    )
    take("actions", project, write(tmp_path, ids, "contacts-mars.csv"))
    assert [row[0] for row in actions(project)] == ["0055j000000utlPAAQ"]
    assert [row[2:] for row in actions(project)] == [("Contact", 1, 0)]
    french = (
        "Créé par;Date de création;Dernière modification par;Date de la dernière modification;"
        "Propriétaire du compte\n"
        "Luc;12/03/2026;Luc;14/03/2026;Luc\n"
        "Total général (1 enregistrement);;;;\n"
    )
    found = take("actions", project, write(tmp_path, french, "rapport.csv"))
    assert found.counts["footers"] == 1
    assert [row for row in actions(project) if row[0] == "Luc"] == [
        ("Luc", "2026-03-12", "Account", 1, 0), ("Luc", "2026-03-14", "Account", 0, 1),
    ]  # fmt: skip


def test_an_excel_export_of_dynamics(project: Project, tmp_path: Path) -> None:
    rows = [
        ["(Do Not Modify) Account", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On",
         "Account Name", "Created By", "Created On", "Modified By", "Modified On", "Owner"],
        ["a1", "x", "2026-03-14 09:00", "ACME", "Zoé", "2026-03-12 08:00", "Luc",
         "2026-03-14 09:00", "Zoé"],
    ]  # fmt: skip
    found = take("actions", project, sheet(tmp_path / "x.xlsx", rows))
    assert found.importer == "dynamics_records"
    assert actions(project) == [
        ("Luc", "2026-03-14", "Account", 0, 1), ("Zoé", "2026-03-12", "Account", 1, 0),
    ]  # fmt: skip


def test_other_lists_counted_or_one_row_an_action(project: Project, tmp_path: Path) -> None:
    counted = (
        "user_id;date;object;created;updated\nu1;2026-03-12;contact;2;3\n"
        "u1;2026-03-12;contact;1;0\nu2;2026-03-13;deal;0;1\n"
    )
    one_by_one = (
        "user;date;object;action\nu1;2026-04-12;Contacts;create\nu1;2026-04-12;Contacts;create\n"
        "u1;2026-04-12;Contacts;update\nu1;2026-04-12;Contacts;delete\n"
    )
    take("actions", project, write(tmp_path, counted, "a.csv"))
    assert actions(project) == [
        ("u1", "2026-03-12", "contact", 3, 3), ("u2", "2026-03-13", "deal", 0, 1),
    ]  # fmt: skip
    assert logins(project) == []  # a record is no login
    found = take("actions", project, write(tmp_path, one_by_one, "b.csv"))
    # the object the project knows already, however it is written
    assert actions(project)[1] == ("u1", "2026-04-12", "contact", 2, 1)
    assert "delete (1)" in said(found)


def test_audits_may_be_taken_for_actions(project: Project, tmp_path: Path) -> None:
    view = AUDIT_VIEW + "\n14/03/2026 08:01,Create,Create,Zoé,ACME,Account\n"
    log = PURVIEW + "\n" + purview(
        "2026-03-14T08:00:00", "Update", "zoe@x.fr", EntityName="account", Message="Update"
    )  # fmt: skip
    take("actions", project, write(tmp_path, view, "view.csv"))
    take("actions", project, write(tmp_path, log, "log.csv"))
    assert [row[2:] for row in actions(project)] == [("Account", 1, 0), ("Account", 0, 1)]


def test_whose_records_they_are_must_be_known(project: Project, tmp_path: Path) -> None:
    text = "Created By,Created Date\nZoé,2026-03-12\n"
    path = write(tmp_path, text, "export.csv")
    found = plan("actions", project, path)
    assert found.understood.object == ""
    assert "does not say which records" in found.problems[0].sentence.english()
    chosen = take("actions", project, path, mapping={"@object": "Visit report"})
    assert chosen.understood.object == "Visit report"
    assert actions(project) == [("Zoé", "2026-03-12", "Visit report", 1, 0)]
    only_owner = "Opportunity Owner,Created Date\nZoé,2026-03-12\n"
    refused = plan("actions", project, write(tmp_path, only_owner, "o.csv"))
    assert "no column for" in refused.problems[0].sentence.english()


def test_the_same_records_twice_count_once(project: Project, tmp_path: Path) -> None:
    march = "user;date;object;created;updated\nu1;2026-03-12;contact;2;1\n"
    path = write(tmp_path, march, "march.csv")
    take("actions", project, path)
    again = plan("actions", project, path)
    assert again.changes.nothing
    assert (again.counts["new"], again.counts["unchanged"]) == (0, 1)
    spring = write(tmp_path, march + "u1;2026-04-01;contact;1;0\n", "spring.csv")
    found = take("actions", project, spring)
    assert (found.counts["new"], found.counts["unchanged"]) == (1, 1)
    first, last = (facts.first_of(202603), facts.last_of(202604))
    assert [row[2:] for row in facts.records(project.reader, first, last)] == [(3, 1)]


def test_undo_and_redo_of_records(project: Project, tmp_path: Path) -> None:
    text = REPORT + "A,Zoé,12/03/2026,Zoé,13/03/2026,Luc\nB,Luc,12/03/2026,Luc,13/03/2026,Luc\n"
    take("actions", project, write(tmp_path, text, "opportunities.csv"))
    before = actions(project)
    assert len(before) == 4
    project.undo()
    assert actions(project) == []
    assert project.reader.value("SELECT count(*) FROM account") == 0
    project.redo()
    assert actions(project) == before


def test_a_record_lacks_a_day_or_a_user(project: Project, tmp_path: Path) -> None:
    text = REPORT + (
        "A,Zoé,12/03/2026,,,Zoé\n"  # never changed
        "B,,,Luc,13/03/2026,Zoé\n"  # made before the CRM
        "C,Zoé,soon,Luc,13/03/2026,Zoé\n"
        "D,Zoé,,Luc,13/03/2026,Zoé\n"
        "E,,12/03/2026,Luc,13/03/2026,Zoé\n"
    )
    path = write(tmp_path, text, "opportunities.csv")
    found = plan("actions", project, path)
    assert [(p.line, p.column, p.value) for p in found.problems] == [
        (4, "Created Date", "soon"), (5, "Created Date", ""), (6, "Created By", ""),
    ]  # fmt: skip
    good = write(tmp_path, "".join(text.splitlines(keepends=True)[:3]), "opportunities.csv")
    take("actions", project, good)
    assert [row[:2] for row in actions(project)] == [("Luc", "2026-03-13"), ("Zoé", "2026-03-12")]


def test_two_accounts_of_one_name_are_not_mixed(project: Project, tmp_path: Path) -> None:
    for key in ("a1", "a2"):
        project.execute(Add("account", {"external_id": key, "full_name": "Jean Martin"}))
    text = REPORT + "A,Jean Martin,12/03/2026,Zoé,13/03/2026,Zoé\n"
    found = plan("actions", project, write(tmp_path, text, "opportunities.csv"))
    assert "is the name of several accounts" in found.problems[0].sentence.english()
    apply(project, found)
    assert actions(project) == [("Zoé", "2026-03-13", "Opportunity", 0, 1)]


@pytest.mark.parametrize("kind", ["logins", "actions"])
def test_the_kind_of_a_file_is_guessed(tmp_path: Path, kind: str) -> None:
    text = {
        "logins": "UserId,LoginTime,LoginType,Status\n0051,2026-03-12T08:00:00Z,A,Success\n",
        "actions": REPORT + "A,Zoé,12/03/2026,Zoé,13/03/2026,Zoé\n",
    }[kind]
    path = write(tmp_path, text)
    from crm_pilot.exchange.importing import guess_kind

    assert guess_kind(path) == kind
    folder = tmp_path / "months"
    write(folder, text, "01.csv")
    assert guess_kind(folder) == kind
    assert exchange.importer_for(kind, text.splitlines()[0].split(",")).kind == kind
