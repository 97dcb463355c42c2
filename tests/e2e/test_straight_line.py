"""The main job on real input: a new project, a ticket export, a login log, a printed report."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_pilot import cli

HEADER = ("UserId", "LoginTime", "LoginType", "SourceIp", "Browser", "Platform", "Status")
IN, API = "Application", "Remote Access 2.0"
OK, NO = "Success", "Invalid Password"
ROWS = (
    ("0055j000000utlPAAQ", "2026-10-05T08:12:44.000Z", IN, "81.2.69.142", "Chrome 130", "Mac", OK),
    ("0055j000000utlPAAQ", "2026-10-05T12:40:01.000Z", IN, "81.2.69.142", "Chrome 130", "Mac", OK),
    ("0055j000000utlPAAQ", "2026-10-06T22:30:00.000Z", IN, "81.2.69.142", "Chrome 130", "Mac", OK),
    ("0055j000000utlQAAQ", "2026-10-06T09:00:00.000Z", API, "81.2.69.143", "Java", "Unknown", OK),
    ("0055j000000utlQAAQ", "2026-10-07T09:00:00.000Z", IN, "81.2.69.143", "Firefox", "Linux", NO),
    ("0055j000000utlRAAQ", "2026-10-07T09:00:00.000Z", IN, "81.2.69.143", "Firefox", "Linux", OK),
)


def pilot(*arguments: object) -> None:
    """One command line that must succeed."""
    assert cli.main([str(argument) for argument in arguments]) == 0, arguments


def figures(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """Every figure of a project."""
    capsys.readouterr()
    pilot("figures", path, "--json")
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_from_import_to_page(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, source = tmp_path / "mine.crmp", corpus / "tickets-servicenow-uci"
    tickets = source / "incident_event_log_first2000.csv"
    logins = tmp_path / "LoginHistory.csv"
    with logins.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, quoting=csv.QUOTE_ALL).writerows((HEADER, *ROWS))
    pilot("new", project, "--template", "first-crm", "--lang", "fr")

    before = project.read_bytes()
    pilot("import", project, tickets, "--as", "tickets", "--check")
    assert project.read_bytes() == before  # a check changes nothing
    pilot("import", project, tickets, "--as", "tickets")
    pilot("import", project, logins, "--as", "logins")
    once = figures(project, capsys)
    pilot("import", project, tickets, "--as", "tickets")
    pilot("import", project, logins, "--as", "logins")
    assert figures(project, capsys) == once  # the same files twice count once

    with tickets.open(encoding="utf-8-sig", newline="") as handle:
        numbers = {row["number"] for row in csv.DictReader(handle)}
    assert once["maintenance"]["total"] == len(numbers)  # type: ignore[index]

    for secret in (b"81.2.69.142", b"Chrome 130", b"Firefox"):
        assert secret not in project.read_bytes()

    standing = f"{once['maintenance']['open']} "  # type: ignore[index]
    for language, word in (("fr", "ticket"), ("en", "ticket")):
        page = tmp_path / f"{language}.pdf"
        pilot("report", project, "--lang", language, "-o", page)
        document = PdfReader(page)
        text = "\n".join(leaf.extract_text() for leaf in document.pages)
        assert standing + word in text
        assert str(document.trailer["/Root"]["/Lang"]).startswith(language)  # type: ignore[index]
    pilot("check", project)


def test_a_user_error_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.crmp"
    wrong.write_text("a;b\n")
    for command in (["check", wrong], ["figures", wrong], ["report", wrong, "-o", tmp_path / "r"]):
        assert cli.main([str(word) for word in command]) == 2
        said = capsys.readouterr().err.strip()
        assert "wrong.crmp" in said
        assert "Traceback" not in said
    assert wrong.read_text() == "a;b\n"
