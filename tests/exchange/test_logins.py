"""CRM logins: what counts, which local day it is, and that nothing else is kept."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import random
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.adoption import queries
from crm_pilot.errors import Cancelled, UserError
from crm_pilot.exchange import log_blocks
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.project import Add, Project, Remove
from tests.adoption.facts import LOGIN_DAY

HEADER = "Id,UserId,LoginTime,LoginType,SourceIp,Browser,Platform,Status,Application\n"
ID15, ID18 = "0055j000000utlP", "0055j000000utlPAAQ"


def plan(project: Project, path: Path, **options: Any) -> ImportPlan:
    return exchange.plan_import("logins", path, project.reader, language="fr", **options)


def apply(project: Project, found: ImportPlan) -> None:
    project.execute(exchange.apply_command(found))


def write(tmp_path: Path, text: str, name: str = "logins.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def row(user: str, moment: str, kind: str = "Application", status: str = "Success") -> str:
    return f"0Ya1,{user},{moment},{kind},203.0.113.7,Chrome 126,Windows 10,{status},Browser\n"


def facts(project: Project) -> list[tuple[Any, ...]]:
    return project.reader.select(
        f"SELECT DISTINCT a.external_id, f.day FROM {LOGIN_DAY} f JOIN account a"
        " ON a.id = f.account_id WHERE f.batch_id IN (SELECT id FROM import_batch) ORDER BY 1, 2"
    )


def test_logins_become_local_days_of_each_user(project: Project, tmp_path: Path) -> None:
    text = (
        HEADER
        + row("0051", "2026-03-12T08:00:00.000Z")
        + row("0051", "2026-03-12T18:30:00.000Z")
        + row("0051", "2026-03-12T23:30:00.000Z")  # Paris: the 13th
        + row("0052", "2026-07-12T22:30:00.000+0000")  # Paris in summer: the 13th
        + row("0052", "2026-07-14T08:00:00.000Z", status="Invalid Password")
        + row("0052", "2026-07-15T08:00:00.000Z", kind="Other Apex API")
    )
    found = plan(project, write(tmp_path, text))
    assert found.importer == "salesforce_login_history"
    assert (found.counts["rows"], found.counts["kept"], found.counts["user_days"]) == (6, 4, 3)
    said = " ".join(line.english() for line in found.summary)
    assert "Invalid Password (1)" in said
    assert "Other Apex API (1)" in said
    apply(project, found)
    assert facts(project) == [
        ("0051", "2026-03-12"), ("0051", "2026-03-13"), ("0052", "2026-07-13"),
    ]  # fmt: skip
    batch = project.reader.one("SELECT rows_read, rows_kept, first_day, last_day FROM import_batch")
    assert batch == (6, 4, "2026-03-12", "2026-07-13")
    opened = project.reader.select("SELECT external_id, opened_on FROM account ORDER BY 1")
    assert opened == [("0051", "2026-03-12"), ("0052", "2026-07-13")]


def test_the_same_file_twice_counts_nothing_twice(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + row("0051", "2026-03-12T08:00:00Z"))
    apply(project, plan(project, path))
    again = plan(project, path)
    assert again.changes.nothing
    assert again.counts["new"] == 0
    with pytest.raises(UserError, match="knows everything"):
        apply(project, again)
    more = write(
        tmp_path,
        HEADER + row("0051", "2026-03-12T09:00:00Z") + row("0051", "2026-03-13T09:00:00Z"),
        "b.csv",
    )
    found = plan(project, more)
    assert (found.counts["new"], found.counts["unchanged"]) == (1, 1)
    apply(project, found)
    assert len(facts(project)) == 2


def test_undo_takes_the_days_away_and_a_new_import_does_not_bring_them_back(
    project: Project, tmp_path: Path
) -> None:
    path = write(tmp_path, HEADER + row("0051", "2026-03-12T08:00:00Z"))
    apply(project, plan(project, path))
    project.undo()
    assert facts(project) == []
    project.redo()
    assert facts(project) == [("0051", "2026-03-12")]
    project.undo()
    apply(project, plan(project, write(tmp_path, HEADER + row("0051", "2026-04-01T08:00:00Z"))))
    assert facts(project) == [("0051", "2026-04-01")]


def test_no_address_browser_or_place_reaches_the_plan_or_the_file(
    project: Project, tmp_path: Path
) -> None:
    text = HEADER + row("0051", "2026-03-12T08:00:00Z")
    found = plan(project, write(tmp_path, text))
    assert set(found.understood.dropped) == {"SourceIp", "Browser", "Platform"}
    apply(project, found)
    data = Path(project.save(tmp_path / "saved.crmp").path).read_bytes()
    for secret in ("203.0.113.7", "Chrome 126", "Windows 10"):
        assert secret not in repr(found)
        assert secret.encode() not in data


def test_known_accounts_are_found_by_short_and_long_id_and_by_name(
    project: Project, tmp_path: Path
) -> None:
    long_one = project.execute(Add("account", {"external_id": ID18}))
    named = project.execute(
        Add("account", {"external_id": "0059", "username": "Zoe@Example.com",
                        "opened_on": dt.date(2026, 3, 20)})
    )  # fmt: skip
    found = plan(project, write(tmp_path, HEADER + row(ID15, "2026-03-12T08:00:00Z")))
    assert found.counts["accounts"] == 0
    apply(project, found)
    text = (
        "Username,Login Time,Login Type,Status,Source IP\n"
        "zoe@example.com,12/03/2026 08:00:00 CET,Application,Success,203.0.113.7\n"
    )
    setup = plan(project, write(tmp_path, text, "setup.csv"))
    assert (setup.importer, setup.counts["accounts"]) == ("salesforce_setup", 0)
    assert setup.counts["opened"] == 1  # it logged in before its opening date
    apply(project, setup)
    ids = project.reader.select("SELECT account_id FROM login_fact ORDER BY 1")
    assert ids == [(long_one,), (named,)]
    opened = project.reader.value("SELECT opened_on FROM account WHERE id = ?", named)
    assert opened == "2026-03-12"


def test_bad_rows_refuse_the_file_and_are_named_by_line(project: Project, tmp_path: Path) -> None:
    text = (
        HEADER
        + row("0051", "2026-03-12T08:00:00Z")
        + row("0051", "2026-13-12T08:00:00Z")
        + row("", "2026-03-12T08:00:00Z")
        + row("0052", "bientôt")
        + row("0052", "bientôt", status="Failed")  # does not count anyway
    )
    found = plan(project, write(tmp_path, text))
    assert [(p.line, p.column, p.value) for p in found.problems] == [
        (3, "LoginTime", "2026-13-12T08:00:00Z"),
        (4, "UserId", ""),
        (5, "LoginTime", "bientôt"),
    ]
    with pytest.raises(UserError, match=r"Line 3, column “LoginTime”, value “2026-13-12"):
        apply(project, found)
    assert project.reader.value("SELECT count(*) FROM account") == 0


NOTES = {"mixed": ["Browser", "Sales, mobile"], "lines": ["Browser", "Sales, mobile", "a\nb"]}


@pytest.mark.parametrize("block", [64, 200, 1 << 15])
@pytest.mark.parametrize("style", ["quoted", "bare", "mixed", "lines", "crlf", "utf-16"])
def test_every_way_of_writing_a_log_gives_the_same_days(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str, block: int
) -> None:
    """Regular blocks are cut at delimiters, others go through csv: beside a plain csv loop."""
    monkeypatch.setattr(log_blocks, "BLOCK", block)
    draw = random.Random(style)
    quoting = {"quoted": csv.QUOTE_ALL, "bare": csv.QUOTE_NONE}.get(style, csv.QUOTE_MINIMAL)
    path = tmp_path / "log.csv"
    encoding = "utf-16" if style == "utf-16" else "utf-8"
    with path.open("w", newline="", encoding=encoding) as handle:
        ends = "\r\n" if style == "crlf" else "\n"
        writer = csv.writer(handle, quoting=quoting, lineterminator=ends)
        writer.writerow(HEADER.strip().split(","))
        for _ in range(300):
            day = dt.date(2026, 3, 1) + dt.timedelta(days=draw.randrange(30))
            note = draw.choice(NOTES.get(style, ["Browser"]))
            user, minute = f"005{draw.randrange(9)}", draw.randrange(60)
            rest = ["Application", "1.2.3.4", "Firefox", "Linux", "Success", note]
            writer.writerow([note, user, f"{day}T10:{minute:02d}:00.000Z", *rest])
    with path.open(newline="", encoding=encoding) as handle:
        expected = sorted({(r["UserId"], r["LoginTime"][:10]) for r in csv.DictReader(handle)})
    found = plan(project, path)
    assert found.problems == ()
    assert found.counts["rows"] == 300
    apply(project, found)
    assert facts(project) == expected


def test_ragged_rows_and_open_quotes_are_named(project: Project, tmp_path: Path) -> None:
    good = row("0051", "2026-03-12T08:00:00Z")
    found = plan(project, write(tmp_path, HEADER + good + "a,b\n" + good + '"open,' + good * 3))
    assert not found.ok
    assert [p.line for p in found.problems] == [3, 5]


def test_a_log_that_stops_being_utf8_is_read_in_cp1252(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    filler = "".join(row("0051", "2026-03-12T08:00:00Z") for _ in range(4000))
    last = row("Zoé", "2026-03-13T08:00:00Z").encode("cp1252")
    path.write_bytes((HEADER + filler).encode() + last)
    found = plan(project, path)
    assert found.understood.encoding == "cp1252"
    apply(project, found)
    assert facts(project) == [("0051", "2026-03-12"), ("Zoé", "2026-03-13")]


def test_other_forms_of_time_are_read_in_full(project: Project, tmp_path: Path) -> None:
    text = "Email;Login timestamp;IP address\nzoe@x.fr;13/03/2026 08:12:11;1.2.3.4\n" * 1
    text += "zoe@x.fr;02/04/2026 23:59;1.2.3.4\nzoe@x.fr;3 avril 2026;1.2.3.4\n"
    found = plan(project, write(tmp_path, text))
    assert (found.importer, found.ok) == ("generic", True)
    apply(project, found)
    assert [day for _, day in facts(project)] == ["2026-03-13", "2026-04-02", "2026-04-03"]


def test_an_order_nothing_decided_gives_way_when_a_later_date_needs_it(
    project: Project, tmp_path: Path
) -> None:
    filler = "zoe@x.fr;02/03/2026 08:12\n" * 12_000  # more than the beginning that is looked at
    text = "Email;Login timestamp\n" + filler + "zoe@x.fr;13/03/2026 08:12\n"
    path = write(tmp_path, text)
    found = exchange.plan_import("logins", path, project.reader, language="en")
    assert found.ok
    assert found.understood.dates is not None
    assert "day before month (the only order" in found.understood.dates.english()
    apply(project, found)
    assert [day for _, day in facts(project)] == ["2026-03-02", "2026-03-13"]


def test_broken_packing_endless_lines_and_empty_logs_are_told_in_a_sentence(
    project: Project, tmp_path: Path
) -> None:
    text = HEADER + "".join(row(f"005{n}", "2026-03-12T08:00:00Z") for n in range(20_000))
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(text.encode())[:-2000])
    with pytest.raises(UserError, match=r"cut\.csv\.gz"):
        plan(project, cut)
    endless = write(tmp_path, HEADER + row("0051", "2026-03-12T08:00:00Z") + "x" * (9 << 20))
    with pytest.raises(UserError, match="line 3 has no end"):
        plan(project, endless)
    empty = plan(project, write(tmp_path, HEADER))
    assert "no row under the header" in empty.problems[0].sentence.english()
    whole = tmp_path / "whole.csv.gz"
    whole.write_bytes(gzip.compress(text.encode()))
    assert plan(project, whole).counts["user_days"] == 20_000


def test_a_plan_whose_account_was_deleted_is_refused(project: Project, tmp_path: Path) -> None:
    key = project.execute(Add("account", {"external_id": "0051"}))
    found = plan(project, write(tmp_path, HEADER + row("0051", "2026-03-12T08:00:00Z")))
    project.execute(Remove("account", (key,)))
    with pytest.raises(UserError, match="has changed since"):
        apply(project, found)


def test_the_generic_file_brings_actions_too(project: Project, tmp_path: Path) -> None:
    text = (
        "user_id;date;login_days;object;created;updated\n"
        "u1;2026-03-12;1;contact;2;3\n"
        "u1;2026-03-12;1;deal;0;1\n"
        "u2;2026-03-12;0;contact;1;0\n"
    )
    path = write(tmp_path, text)
    apply(project, plan(project, path))
    assert facts(project) == [("u1", "2026-03-12")]
    found = queries.figures(project.reader, dt.date(2026, 3, 14))
    assert found.by_actions
    assert found.objects == (("contact", 3, 3), ("deal", 0, 1))
    assert (found.active, found.accounts_open) == (1, 2)
    bad = write(tmp_path, text + "u1;2026-03-13;7;deal;x;1\n")
    problems = [(p.line, p.column, p.value) for p in plan(project, bad).problems]
    assert problems == [(5, "login_days", "7"), (5, "created", "x")]


def test_a_scan_can_be_cancelled(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + row("0051", "2026-03-12T08:00:00Z"))
    calls = iter([False, True])
    with pytest.raises(Cancelled):
        plan(project, path, cancelled=lambda: next(calls))


def test_the_event_log_of_the_corpus(project: Project, corpus: Path) -> None:
    path = corpus / "crm-salesforce-elf" / "Login_2022.csv"
    with path.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    found = plan(project, path)
    assert (found.importer, found.problems) == ("salesforce_event_log", ())
    assert found.counts["rows"] == len(rows) == 3
    apply(project, found)
    assert facts(project) == [(ID18, "2022-09-14"), (ID18, "2022-11-22")]
    data = Path(project.save(path=Path(project._session.work).with_name("s.crmp")).path)
    content = data.read_bytes()
    for secret in (rows[0]["CLIENT_IP"], rows[0]["BROWSER_TYPE"], rows[0]["CIPHER_SUITE"]):
        assert secret
        assert secret.encode() not in content
