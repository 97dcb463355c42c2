"""Lists of CRM users: accounts, profiles, licences, and whose they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crm_pilot import exchange
from crm_pilot.cli import main
from crm_pilot.errors import UserError
from crm_pilot.exchange.importing import guess_kind
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.people.users import (
    LinkAccount,
    PersonOfAccount,
    SettleAccounts,
    doubts,
    profile_of,
    users,
)
from crm_pilot.project import Add, Project, SetField

D = dt.date
SALESFORCE = (
    "Id,Username,Name,Profile,IsActive,CreatedDate,Email,UserLicense,EmployeeNumber\n"
    "0057Q000000001AbQAI,anne@x.example,Anne Roy,Télévente,true,2026-08-30T08:00:00.000Z,"
    "a.roy@x.example,Salesforce,\n"
    "0057Q000000002AbQAI,jm@x.example,Jean Martin,Commercial itinérant,true,"
    "2026-09-01T08:00:00.000Z,jm@x.example,Salesforce,\n"
    "0057Q000000003AbQAI,api@x.example,Passerelle ERP,Integration API,true,"
    "2026-08-01T08:00:00.000Z,,Integration,\n"
    "0057Q000000004AbQAI,zoe@x.example,Zoé Inconnue,Télévente,false,2026-08-30T08:00:00.000Z,"
    "zoe@x.example,Salesforce,\n"
)


def plan(project: Project, path: Path) -> ImportPlan:
    return exchange.plan_import("users", path, project.reader, language="fr")


def write(tmp_path: Path, text: str, name: str = "users.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding)
    return path


@pytest.fixture
def staffed(project: Project) -> Project:
    for first, last, email in (
        ("Anne", "Roy", "a.roy@x.example"), ("Jean", "Martin", ""), ("Jean", "Martin", "")
    ):  # fmt: skip
        project.execute(Add("person", {"first_name": first, "last_name": last, "email": email}))
    project.execute(SetField("project", 1, "status_date", D(2026, 11, 21)))
    return project


def test_a_salesforce_list_makes_accounts_and_says_what_is_doubtful(
    staffed: Project, tmp_path: Path
) -> None:
    path = write(tmp_path, SALESFORCE)
    assert guess_kind(path) == "users"
    found = plan(staffed, path)
    assert found.ok
    assert {k: found.counts[k] for k in ("new", "by_email", "by_name", "doubtful", "profiles")} == {
        "new": 4, "by_email": 1, "by_name": 0, "doubtful": 2, "profiles": 3
    }  # fmt: skip
    staffed.execute(exchange.apply_command(found))
    rows = {row.full_name: row for row in users(staffed.reader)}
    assert rows["Anne Roy"].person == "Anne Roy"
    assert rows["Anne Roy"].opened_on == D(2026, 8, 30)
    assert rows["Zoé Inconnue"].closed_on == D(2026, 11, 21)
    assert not rows["Passerelle ERP"].measured  # an interface between systems
    assert rows["Jean Martin"].licence == "Salesforce"
    assert staffed.reader.value("SELECT count(*) FROM person") == 3  # nobody is made
    (doubt,) = doubts(staffed.reader)  # not the interface, not the closed one
    assert (doubt.name, len(doubt.candidates)) == ("Jean Martin", 2)
    assert plan(staffed, path).changes.nothing
    staffed.undo()
    assert users(staffed.reader) == ()
    assert staffed.reader.value("SELECT count(*) FROM profile") == 0


def test_a_doubt_is_settled_by_the_lead_and_stays_settled(staffed: Project, tmp_path: Path) -> None:
    path = write(tmp_path, SALESFORCE)
    staffed.execute(exchange.apply_command(plan(staffed, path)))
    (doubt,) = doubts(staffed.reader)
    staffed.execute(LinkAccount(doubt.account_id, doubt.candidates[1].person_id))
    assert doubts(staffed.reader) == ()
    assert plan(staffed, path).changes.nothing
    staffed.undo()
    staffed.execute(SettleAccounts((doubt.account_id,)))
    assert doubts(staffed.reader) == ()
    assert plan(staffed, path).changes.nothing
    staffed.undo()
    made = staffed.execute(PersonOfAccount(doubt.account_id))
    assert staffed.reader.one("SELECT first_name, last_name FROM person WHERE id = ?", made) == (
        "Jean", "Martin"
    )  # fmt: skip
    staffed.undo()
    assert staffed.reader.value("SELECT count(*) FROM person") == 3


def test_a_later_list_closes_opens_and_changes_but_unties_nobody(
    staffed: Project, tmp_path: Path
) -> None:
    staffed.execute(exchange.apply_command(plan(staffed, write(tmp_path, SALESFORCE))))
    later = SALESFORCE.replace("Anne Roy,Télévente,true", "Anne Roy-Petit,Manager,false").replace(
        "Zoé Inconnue,Télévente,false", "Zoé Inconnue,Télévente,true"
    )
    later = later.replace("a.roy@x.example", "")
    found = plan(staffed, write(tmp_path, later))
    assert found.counts["changed"] == 2
    staffed.execute(exchange.apply_command(found))
    rows = {row.external_id[:16]: row for row in users(staffed.reader)}
    anne, zoe = rows["0057Q000000001Ab"], rows["0057Q000000004Ab"]
    assert (anne.person, anne.email, anne.profile) == ("Anne Roy", "a.roy@x.example", "Manager")
    assert anne.closed_on == D(2026, 11, 21)
    assert zoe.closed_on is None


def test_a_dynamics_list_in_french(staffed: Project, tmp_path: Path) -> None:
    text = (
        "(Do Not Modify) User;(Do Not Modify) Row Checksum;(Do Not Modify) Modified On;"
        "Nom complet;Nom d'utilisateur;Adresse e-mail principale;Statut;Mode d'accès\n"
        "1c9;x;01/11/2026 09:12;Anne Roy;anne@x.example;a.roy@x.example;Activé;Lecture-écriture\n"
        "2c9;x;01/11/2026 09:12;Paul Kern;paul@x.example;;Désactivé;Lecture-écriture\n"
    )
    found = plan(staffed, write(tmp_path, text, encoding="cp1252"))
    assert found.ok and found.counts["new"] == 2
    staffed.execute(exchange.apply_command(found))
    rows = {row.full_name: row for row in users(staffed.reader)}
    assert rows["Anne Roy"].person == "Anne Roy"
    assert rows["Anne Roy"].licence == "Lecture-écriture"
    assert rows["Paul Kern"].closed_on == D(2026, 11, 21)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("0051,a,Anne,,2026-02-30,", "Created Date", "no date"),
        ("0051,a,Anne,,2026-05-02,2026-05-01", "Closed on", "closed before it is opened"),
        (",,Anne,,,", "Id", "must be filled"),
    ],
)
def test_what_cannot_be_is_named(
    project: Project, tmp_path: Path, row: str, column: str, said: str
) -> None:
    text = f"Id,Username,Name,IsActive,Created Date,Closed on\n{row}\n"
    found = plan(project, write(tmp_path, text))
    assert not found.ok
    assert found.problems[0].column == column
    assert said in found.problems[0].message.english()
    with pytest.raises(UserError, match="Nothing was imported"):
        exchange.apply_command(found)


def test_the_same_user_twice_is_refused(project: Project, tmp_path: Path) -> None:
    text = "Id,Name,Profile\n0057Q00000001AbQAI,A,P\n0057Q00000001Ab,B,P\n"
    found = plan(project, write(tmp_path, text))
    assert found.problems[0].line == 3
    assert "line 2" in found.problems[0].message.english()


@pytest.mark.parametrize(
    ("name", "kind", "measured"),
    [
        ("Commercial itinérant Sud", "field", True),
        ("Télévente", "connected", True),
        ("Assistante commerciale ADV", "assistant", True),
        ("System Administrator", "administrator", True),
        ("Integration API", "integration", False),
        ("Whatever", "other", True),
    ],
)
def test_a_profile_is_taken_for_what_its_name_says(name: str, kind: str, measured: bool) -> None:
    made = profile_of(name)
    assert (made["kind"], made["measured"]) == (kind, measured)


def test_the_command_line_imports_users(staffed: Project, tmp_path: Path) -> None:
    path = tmp_path / "p.crmp"
    staffed.save(path)
    staffed.close()
    source = write(tmp_path, SALESFORCE)
    assert main(["import", str(path), str(source), "--as", "users", "--check"]) == 0
    assert main(["import", str(path), str(source), "--as", "users"]) == 0
    with Project.open(path) as opened:
        assert len(users(opened.reader)) == 4
