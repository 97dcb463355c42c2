"""Every export of use of DOMAIN.md 2.2: what counts, on which local day, what is thrown away."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from crm_pilot.project import Add, Project
from tests.exchange.use_files import (
    AUDIT_VIEW,
    ELF_2021,
    ELF_2023,
    LOGIN_HISTORY,
    PURVIEW,
    PURVIEW_OTHER,
    PURVIEW_SHORT,
    actions,
    elf,
    history,
    logins,
    no_secrets,
    plan,
    purview,
    said,
    take,
    write,
)

ID15, ID18 = "0055j000000utlP", "0055j000000utlPAAQ"


# Salesforce ----------------------------------------------------------------------------------


def test_login_history_is_joined_with_known_users(project: Project, tmp_path: Path) -> None:
    account = project.execute(
        Add("account", {"external_id": ID18, "username": "zoe@x.fr", "full_name": "Zoé Roux"})
    )
    text = LOGIN_HISTORY + "\n" + history(ID15, "2026-03-12T08:00:00.000Z")
    text += history("0059900000AbCdE", "2026-03-12T23:30:00.000Z")  # nobody knows; Paris: the 13th
    found = take("logins", project, write(tmp_path, text))
    assert (found.importer, found.counts["accounts"]) == ("salesforce_login_history", 1)
    assert logins(project) == [(ID18, "2026-03-12"), ("0059900000AbCdE", "2026-03-13")]
    assert project.reader.value("SELECT min(account_id) FROM login_fact") == account
    no_secrets(project, found, tmp_path)


def test_event_log_file_with_types_as_letters(project: Project, tmp_path: Path) -> None:
    """Header of 2023. `i` is a person on a telephone, `I` an interface."""
    text = ELF_2023 + "\n"
    for letter, day in (("A", 1), ("i", 2), ("I", 3), ("R", 4), ("8", 5)):
        text += elf(ELF_2023, USER_ID=ID15, USER_ID_DERIVED=ID18, LOGIN_TYPE=letter,
                    TIMESTAMP_DERIVED=f"2026-04-0{day}T09:00:00.000Z")  # fmt: skip
    text += elf(ELF_2023, USER_ID_DERIVED=ID18, LOGIN_STATUS="LOGIN_ERROR_INVALID_PASSWORD",
                TIMESTAMP_DERIVED="2026-04-06T09:00:00.000Z")  # fmt: skip
    found = take("logins", project, write(tmp_path, text))
    assert found.importer == "salesforce_event_log"
    assert [day for _, day in logins(project)] == ["2026-04-01", "2026-04-02", "2026-04-05"]
    assert "Other Apex API (1), Partner Product (1)" in said(found)
    assert "LOGIN_ERROR_INVALID_PASSWORD (1)" in said(found)
    assert "Never seen before" not in said(found)
    no_secrets(project, found, tmp_path)


@pytest.mark.parametrize("derived", [True, False])
def test_event_log_file_of_2021_has_no_types(
    project: Project, tmp_path: Path, derived: bool
) -> None:
    header = ELF_2021 if derived else ELF_2021.replace('"TIMESTAMP_DERIVED","USER_ID_DERIVED",', "")
    text = header + "\n"
    text += elf(header, USER_ID=ID15, TIMESTAMP="20260401224615.591", USER_ID_DERIVED=ID15,
                TIMESTAMP_DERIVED="2026-04-01T22:46:15.591Z")  # fmt: skip
    assert "LOGIN_TYPE" not in text
    found = take("logins", project, write(tmp_path, text))
    assert found.importer == "salesforce_event_log"
    assert logins(project) == [(ID15, "2026-04-02")]  # 22:46 UTC, 00:46 in Paris
    assert "no login type" in said(found)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_setup_login_history(project: Project, tmp_path: Path, language: str) -> None:
    english = (
        "Username,Login Time,Source IP,Login Type,Status,Browser,Platform,Application\n"
        "zoe@x.fr,3/12/2026 8:00:00 AM CET,203.0.113.7,Application,Success,Chrome,Windows 10,B\n"
        "zoe@x.fr,3/13/2026 8:00:00 AM CET,203.0.113.7,Other Apex API,Success,Chrome,x,B\n"
        "zoe@x.fr,3/14/2026 8:00:00 AM CET,203.0.113.7,Application,Invalid Password,C,x,B\n"
    )
    french = (
        "Nom d'utilisateur;Heure de connexion;Adresse IP source;Type de connexion;Statut;"
        "Navigateur;Plate-forme;Application\n"
        "zoe@x.fr;12/03/2026 08:00:00 CET;203.0.113.7;Application;Succès;Chrome;Windows 10;B\n"
        "zoe@x.fr;13/03/2026 08:00:00 CET;203.0.113.7;Autre API Apex;Succès;Chrome;Windows 10;B\n"
        "zoe@x.fr;14/03/2026 08:00:00 CET;203.0.113.7;Application;Mot de passe non valide;C;x;B\n"
    )
    path = write(tmp_path, english if language == "en" else french)
    found = take("logins", project, path)
    assert found.importer == "salesforce_setup"
    assert logins(project) == [("zoe@x.fr", "2026-03-12")]
    assert len(found.understood.dropped) == 3
    assert "Never seen before" not in said(found)
    no_secrets(project, found, tmp_path)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_report_is_read_without_its_title_totals_and_notes(
    project: Project, tmp_path: Path, language: str, quoted: bool
) -> None:
    heads = {
        "en": ["Username", "Login Time", "Login Type", "Status"],
        "fr": ["Nom d'utilisateur", "Heure de connexion", "Type de connexion", "Statut"],
    }
    notes = {
        "en": ["Grand Totals (2 records)", "Confidential Information - Do Not Distribute",
               "Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.",
               "Generated By: Zoe Roux 3/12/2026", "Acme"],
        "fr": ["Total général (2 enregistrements)",
               "Informations confidentielles - Ne pas distribuer",
               "Copyright (c) 2000-2026 salesforce.com, inc. Tous droits réservés.",
               "Généré par : Zoé Roux 12/03/2026", "Acme"],
    }  # fmt: skip
    mark = '"' if quoted else ""
    rows = [heads[language], ["zoe@x.fr", "2026-03-12 08:00", "Application", "Success"],
            ["luc@x.fr", "2026-03-13 08:00", "Application", "Success"]]  # fmt: skip
    text = f"{mark}Connexions{mark}\n\n"
    text += "".join(",".join(f"{mark}{cell}{mark}" for cell in row) + "\n" for row in rows)
    text += "\n" + "".join(f"{mark}{note}{mark}\n" for note in notes[language])
    found = take("logins", project, write(tmp_path, text, "report.csv"))
    assert logins(project) == [("luc@x.fr", "2026-03-13"), ("zoe@x.fr", "2026-03-12")]
    assert (found.counts["rows"], found.counts["footers"]) == (2, 5)
    assert "5 totals and notes of the report left out" in said(found)


def test_a_report_that_names_the_object_of_its_columns(project: Project, tmp_path: Path) -> None:
    text = '"User: Username","Login Time","Status"\n"u1","13/03/2026 09:12","Success"\n'
    take("logins", project, write(tmp_path, text))
    french = "Utilisateur : Nom complet;Heure de connexion;Emplacement;Statut\n"
    french += "Ève Lys;14/03/2026 09:12;Lyon;Réussite\n"
    path = write(tmp_path, french, "fr.csv")
    assert plan("logins", project, path).understood.dropped == ("Emplacement",)
    take("logins", project, path)
    assert logins(project) == [("u1", "2026-03-13"), ("Ève Lys", "2026-03-14")]


def test_a_total_as_wide_as_the_rows_is_no_login(project: Project, tmp_path: Path) -> None:
    text = "Username,Login Time,Status\nzoe@x.fr,2026-03-12,Success\nSubtotal,,\nCount,,1\n,,\n"
    text += "Grand Totals (1 records),,\n"
    found = take("logins", project, write(tmp_path, text))
    assert logins(project) == [("zoe@x.fr", "2026-03-12")]
    assert found.counts["footers"] == 3  # a blank line is nothing


def test_a_report_of_totals_only_is_refused_with_its_reason(
    project: Project, tmp_path: Path
) -> None:
    sums = "Username,Record Count\nzoe@x.fr,17\nluc@x.fr,3\nTotal,20\n"
    empty = "Username,Login Time,Status\nGrand Totals (0 records)\n"
    for text in (sums, empty):
        found = plan("logins", project, write(tmp_path, text))
        assert not found.ok
        assert "report of totals" in found.problems[0].sentence.english()


# Microsoft -----------------------------------------------------------------------------------


def test_the_audit_view_of_dynamics(project: Project, tmp_path: Path) -> None:
    project.execute(Add("account", {"external_id": "u1", "full_name": "Zoé Roux"}))
    text = AUDIT_VIEW + "\n" + (
        "12/03/2026 08:00,User Access via Web,Access,Zoé Roux,Zoé Roux,User\n"
        "13/03/2026 08:00,User Access via Web Services,Access,Zoé Roux,Zoé Roux,User\n"
        "14/03/2026 08:01,Create,Create,Zoé Roux,ACME,Account\n"
        "14/03/2026 08:02,Create,Create,Zoé Roux,Globex,Account\n"
        "14/03/2026 08:03,Update,Update,Zoé Roux,ACME,Account\n"
        "14/03/2026 08:04,Update,Update,Zoé Roux,Deal,Opportunity\n"
        "14/03/2026 08:05,Delete,Delete,Zoé Roux,ACME,Account\n"
    )  # fmt: skip
    found = take("logins", project, write(tmp_path, text))
    assert found.importer == "dynamics_audit"
    assert logins(project) == [("u1", "2026-03-12")]
    assert actions(project) == [
        ("u1", "2026-03-14", "Account", 2, 1), ("u1", "2026-03-14", "Opportunity", 0, 1),
    ]  # fmt: skip
    assert "User Access via Web Services (1)" in said(found)
    assert "Delete (1)" in said(found)
    data = Path(project.save(tmp_path / "s.crmp").path).read_bytes()
    assert b"Globex" not in data


def test_the_audit_view_in_french_behind_three_columns_of_the_export(
    project: Project, tmp_path: Path
) -> None:
    text = (
        "(Ne pas modifier) Audit;(Ne pas modifier) Somme de contrôle de la ligne;"
        "(Ne pas modifier) Modifié le;Date de modification;Événement;Opération;Modifié par;"
        "Enregistrement;Entité\n"
        "a1;x9;12/03/2026;12/03/2026 08:00;Accès utilisateur via le web;Accès;Zoé;Zoé;Utilisateur\n"
        "a2;x9;12/03/2026;13/03/2026 08:00;Créer;Créer;Zoé;ACME;Compte\n"
        "a3;x9;12/03/2026;13/03/2026 08:00;Mise à jour;Mettre à jour;Zoé;ACME;Compte\n"
    )
    take("logins", project, write(tmp_path, text, encoding="cp1252"))
    assert logins(project) == [("Zoé", "2026-03-12")]
    assert actions(project) == [("Zoé", "2026-03-13", "Compte", 1, 1)]


@pytest.mark.parametrize("header", [PURVIEW, PURVIEW_SHORT, PURVIEW_OTHER])
def test_the_audit_log_of_purview(project: Project, tmp_path: Path, header: str) -> None:
    def row(*words: str, **detail: str) -> str:
        return purview(*words, header=header, **detail)

    zoe = "zoe@x.fr"
    text = header + "\n"
    text += row("2026-03-12T08:00:00.0000000Z", "UserLoggedIn", zoe, ResultStatus="Success")
    text += row("2026-03-12T23:30:00", "UserLoggedIn", zoe)  # UTC: the 13th in Paris
    text += row("2026-03-14T08:00:00", "UserLoginFailed", zoe)
    text += row("2026-03-15T08:00:00", "UserLoggedIn", zoe, ResultStatus="Failed")
    text += row("2026-03-16T08:00:00", "CrmDefaultActivity", zoe, Message="Create",
                EntityName="account", ResultStatus="Success")  # fmt: skip
    text += row("2026-03-16T08:01:00", "CrmDefaultActivity", zoe, Message="Update",
                EntityName="account", Query='a "quoted" name')  # fmt: skip
    text += row("2026-03-16T08:02:00", "CrmDefaultActivity", zoe, Message="RetrieveMultiple",
                EntityName="account")  # fmt: skip
    found = take("logins", project, write(tmp_path, text))
    assert found.importer == "purview_audit"
    assert found.problems == ()
    assert logins(project) == [(zoe, "2026-03-12"), (zoe, "2026-03-13")]
    assert actions(project) == [(zoe, "2026-03-16", "account", 1, 1)]
    assert "RetrieveMultiple (1)" in said(found)
    no_secrets(project, found, tmp_path)


# HubSpot -------------------------------------------------------------------------------------


def test_the_login_history_of_hubspot(project: Project, tmp_path: Path) -> None:
    text = (
        "Login timestamp,User email,IP address,Location,Type of login,User agent\n"
        "2026-03-12T08:00:00+01:00,zoe@x.fr,203.0.113.7,Lyon,Standard,Firefox\n"
        "2026-03-12T23:30:00Z,zoe@x.fr,203.0.113.7,Lyon,SSO,Firefox\n"
        "2026-03-14T08:00:00Z,zoe@x.fr,203.0.113.7,Lyon,Carrier pigeon,Firefox\n"
    )
    found = take("logins", project, write(tmp_path, text))
    assert found.importer == "hubspot_logins"
    assert [day for _, day in logins(project)] == ["2026-03-12", "2026-03-13", "2026-03-14"]
    assert "Never seen before, counted as logins of people: Carrier pigeon (1)" in said(found)
    no_secrets(project, found, tmp_path)


def test_the_audit_log_of_hubspot_as_shown_and_as_the_api_gives_it(
    project: Project, tmp_path: Path
) -> None:
    shown = (
        "Category,Subcategory,Action,Modified by,Date\n"
        "Login,Login succeeded,Perform,zoe@x.fr,12/03/2026 08:00\n"
        "Login,Login failed,Perform,zoe@x.fr,13/03/2026 08:00\n"
        "CRM object,Contact,Create,zoe@x.fr,14/03/2026 08:00\n"
        "CRM object,Deal,Update,zoe@x.fr,14/03/2026 09:00\n"
        "Security,Settings,Delete,zoe@x.fr,15/03/2026 09:00\n"
    )
    api = (
        "id,category,subCategory,action,targetObjectId,occurredAt,actingUser.userId,"
        "actingUser.userEmail\n"
        "1,LOGIN,LOGIN_SUCCEEDED,PERFORM,9,2026-04-12T23:30:00Z,7,zoe@x.fr\n"
        "2,CRM_OBJECT,CONTACT,UPDATE,9,2026-04-14T08:00:00Z,7,zoe@x.fr\n"
    )
    first = take("logins", project, write(tmp_path, shown, "shown.csv"))
    second = take("logins", project, write(tmp_path, api, "api.csv"))
    assert (first.importer, second.importer) == ("hubspot_audit", "hubspot_audit")
    assert [day for _, day in logins(project)] == ["2026-03-12", "2026-04-13"]
    assert actions(project) == [
        ("zoe@x.fr", "2026-03-14", "Contact", 1, 0), ("zoe@x.fr", "2026-03-14", "Deal", 0, 1),
        ("zoe@x.fr", "2026-04-14", "Contact", 0, 1),
    ]  # fmt: skip


# other ---------------------------------------------------------------------------------------


def test_a_monthly_count_of_login_days_is_not_placed_on_days(
    project: Project, tmp_path: Path
) -> None:
    text = "user_id;date;login_days;object;created;updated\nu1;2026-03-01;12;contact;2;3\n"
    found = plan("logins", project, write(tmp_path, text))
    assert (found.problems[0].line, found.problems[0].value) == (2, "12")
    assert "cannot be placed on its days" in found.problems[0].sentence.english()


def test_the_lead_decides_which_statuses_and_types_count(project: Project, tmp_path: Path) -> None:
    text = LOGIN_HISTORY + "\n"
    text += history("u1", "2026-03-12T08:00:00Z", "Other Apex API")
    text += history("u1", "2026-03-13T08:00:00Z", "Application")
    text += history("u1", "2026-03-14T08:00:00Z", "Application", "Almost")
    path = write(tmp_path, text)
    assert "Never seen before, not counted as logins: Almost (1)" in said(
        plan("logins", project, path)
    )
    for aspect, word, counts in (
        ("type", "other apex API", True),
        ("type", "Application", False),
        ("status", "Almost", True),
    ):
        project.execute(Add("login_rule", {"aspect": aspect, "word": word, "counts": counts}))
    found = take("logins", project, path)
    assert [day for _, day in logins(project)] == ["2026-03-12"]
    assert "Never seen before" not in said(found)
    note = json.loads(project.reader.value("SELECT note FROM import_batch"))
    assert note["type"] == {"Application": 2}
    assert note["type_counted"] == {"Other Apex API": 1}


def test_days_past_retention_are_counted_and_left_out(project: Project, tmp_path: Path) -> None:
    from crm_pilot.project import SetField

    project.execute(SetField("project", 1, "daily_from", dt.date(2026, 3, 1)))
    text = LOGIN_HISTORY + "\n" + history("u1", "2026-02-27T08:00:00Z")
    text += history("u1", "2026-02-28T08:00:00Z") + history("u2", "2026-02-28T08:00:00Z")
    text += history("u1", "2026-03-01T08:00:00Z")
    found = take("logins", project, write(tmp_path, text))
    assert logins(project) == [("u1", "2026-03-01")]
    assert (found.counts["past"], found.counts["kept"], found.counts["rows"]) == (3, 1, 4)
    assert "3 rows left out: their days are past retention" in said(found)
    assert found.counts["accounts"] == 1  # u2 left no day


def test_the_zone_of_the_project_decides_the_day(project: Project, tmp_path: Path) -> None:
    from crm_pilot.project import SetField

    text = LOGIN_HISTORY + "\n"
    for clock in ("18:29:59", "18:30:00", "18:59:00", "19:01:00"):
        text += history(clock, f"2026-03-12T{clock}.000Z")
    project.execute(SetField("project", 1, "time_zone", "Asia/Kolkata"))  # half past six
    take("logins", project, write(tmp_path, text))
    assert logins(project) == [
        ("18:29:59", "2026-03-12"), ("18:30:00", "2026-03-13"), ("18:59:00", "2026-03-13"),
        ("19:01:00", "2026-03-13"),
    ]  # fmt: skip


def test_no_hour_is_shown_or_stored(project: Project, tmp_path: Path) -> None:
    text = LOGIN_HISTORY + "\n" + history("u1", "2026-03-12T08:41:27.000Z")
    found = take("logins", project, write(tmp_path, text))
    assert "2026-03-12" in repr(found.preview)
    assert "08:41" not in repr(found)
    assert "8:41" not in project.reader.value("SELECT note FROM import_batch")
