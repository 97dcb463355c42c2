"""Small exports of use, written by hand with the header rows of DOMAIN.md 2.2."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_pilot import exchange
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.project import Project
from tests.adoption.facts import ACTION_DAY, LOGIN_DAY

ELF_2023 = (
    '"EVENT_TYPE","TIMESTAMP","REQUEST_ID","ORGANIZATION_ID","USER_ID","RUN_TIME","CPU_TIME","URI",'
    '"SESSION_KEY","LOGIN_KEY","USER_TYPE","REQUEST_STATUS","DB_TOTAL_TIME","LOGIN_TYPE",'
    '"BROWSER_TYPE","API_TYPE","API_VERSION","USER_NAME","TLS_PROTOCOL","CIPHER_SUITE",'
    '"AUTHENTICATION_METHOD_REFERENCE","LOGIN_SUB_TYPE","TIMESTAMP_DERIVED","USER_ID_DERIVED",'
    '"CLIENT_IP","URI_ID_DERIVED","LOGIN_STATUS","SOURCE_IP"'
)
ELF_2021 = ELF_2023.replace('"LOGIN_TYPE",', "").replace('"LOGIN_SUB_TYPE",', "")
LOGIN_HISTORY = (
    "Id,UserId,LoginTime,LoginType,SourceIp,LoginUrl,AuthenticationServiceId,LoginGeoId,"
    "TlsProtocol,CipherSuite,OptionsIsGet,OptionsIsPost,Browser,Platform,Status,Application,"
    "ClientVersion,ApiType,ApiVersion,CountryIso,AuthMethodReference,LoginSubType,ForwardedForIp"
)
PURVIEW = (
    "RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,"
    "AssociatedAdminUnitsNames"
)
PURVIEW_SHORT = "RecordId,CreationDate,RecordType,Operation,UserId,AuditData"
PURVIEW_OTHER = PURVIEW.replace("UnitsNames", "UnitNames")
AUDIT_VIEW = "Changed Date,Event,Operation,Changed By,Record,Entity"
SECRETS = ("203.0.113", "Firefox", "Chrome", "Windows 10", "Lyon")


def write(folder: Path, text: str, name: str = "use.csv", encoding: str = "utf-8") -> Path:
    """A file with this text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def sheet(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A spreadsheet with these rows."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return path


def elf(header: str, **values: str) -> str:
    """A row of an EventLogFile."""
    names = [name.strip('"') for name in header.split(",")]
    usual = {
        "EVENT_TYPE": "Login",
        "BROWSER_TYPE": "Firefox 128",
        "CLIENT_IP": "203.0.113.7",
        "SOURCE_IP": "203.0.113.7",
        "LOGIN_STATUS": "LOGIN_NO_ERROR",
        "LOGIN_TYPE": "A",
    } | values
    return ",".join(f'"{usual.get(name, "")}"' for name in names) + "\n"


def history(user: str, moment: str, kind: str = "Application", status: str = "Success") -> str:
    """A row of LoginHistory."""
    names = LOGIN_HISTORY.split(",")
    values = {"UserId": user, "LoginTime": moment, "LoginType": kind, "Status": status}
    values |= {"SourceIp": "203.0.113.7", "Browser": "Chrome 126", "Platform": "Windows 10"}
    return ",".join(values.get(name, "") for name in names) + "\n"


def purview(moment: str, operation: str, user: str, *, header: str = PURVIEW, **detail: str) -> str:
    """A row of a Purview export: JSON with doubled quotes, and a space after the date."""
    told = {"ClientIp": "203.0.113.7:50123", "UserAgent": "Firefox/128", **detail}
    data = json.dumps(told).replace('"', '""')
    rest = "," * (header.count(",") - 5)
    return f'6f1c,{moment} ,CRM,{operation},{user},"{data}"{rest}\n'


def plan(kind: str, project: Project, path: Any, **options: Any) -> ImportPlan:
    """The plan of an import in French surroundings."""
    return exchange.plan_import(kind, path, project.reader, language="fr", **options)


def apply(project: Project, found: ImportPlan) -> None:
    """Apply a plan."""
    project.execute(exchange.apply_command(found))


def take(kind: str, project: Project, path: Any, **options: Any) -> ImportPlan:
    """Plan and apply."""
    found = plan(kind, project, path, **options)
    assert [p.sentence.english() for p in found.problems if p.severity == "error"] == []
    apply(project, found)
    return found


def logins(project: Project) -> list[tuple[Any, ...]]:
    """(user, day) as stored, in plain SQL."""
    return project.reader.select(
        f"SELECT DISTINCT a.external_id, f.day FROM {LOGIN_DAY} f JOIN account a"
        " ON a.id = f.account_id WHERE f.batch_id IN (SELECT id FROM import_batch) ORDER BY 1, 2"
    )


def actions(project: Project) -> list[tuple[Any, ...]]:
    """(user, day, object, created, updated) as stored; of two batches the larger counts."""
    return project.reader.select(
        "SELECT a.external_id, f.day, o.name, max(f.created), max(f.updated)"
        f" FROM {ACTION_DAY} f JOIN account a ON a.id = f.account_id"
        " JOIN crm_object o ON o.id = f.object_id"
        " WHERE f.batch_id IN (SELECT id FROM import_batch) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )


def said(found: ImportPlan) -> str:
    """Summary of a plan, in English."""
    return "\n".join(line.english() for line in found.summary)


def no_secrets(project: Project, found: ImportPlan, folder: Path) -> None:
    """Nothing of machines and places is in the plan, nor in the saved file."""
    data = Path(project.save(folder / "saved.crmp").path).read_bytes()
    for secret in SECRETS:
        assert secret not in repr(found)
        assert secret.encode() not in data
