"""Issued reports as rows and as files: what was issued is handed out, and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import issued
from crm_pilot.governance.terms import Document
from crm_pilot.project import Project, SetField
from crm_pilot.reports.issuing import FreezeReport
from tests.governance.frozen import freeze
from tests.governance.rollout import TODAY

DATA = Path(__file__).parents[1] / "data"


def test_a_row_says_what_was_issued(rollout: Project) -> None:
    made = freeze(rollout, TODAY)
    (row,) = issued.issues(rollout.reader)
    assert (row.number, row.document, row.committee) == (1, Document.COMMITTEE, 7)
    assert (row.issued_at, row.as_of) == (dt.datetime(2026, 11, 21, 14, 2), TODAY)
    assert row.fingerprint == hashlib.sha256(made.figures.encode()).hexdigest()
    assert row.mark == "-".join(row.fingerprint.upper()[at : at + 4] for at in (0, 4, 8))
    assert row.languages == ("fr",)
    (file,) = row.files
    assert (file.format, file.pages, file.size) == ("pdf", 1, len(b"%PDF 1"))
    assert issued.file(rollout.reader, 1, "fr", "pdf") == b"%PDF 1"
    assert json.loads(issued.figures(rollout.reader, 1))["number"] == 1
    assert issued.intact(rollout.reader, 1)


def test_the_fingerprint_is_printed_in_groups() -> None:
    assert issued.short("7f3a91c4d20b" + "0" * 52) == "7F3A-91C4-D20B"


def test_the_same_content_is_the_same_json() -> None:
    one = {"b": [1, 2.5, None], "a": "« é »"}
    assert issued.canonical(one) == '{"a":"« é »","b":[1,2.5,null]}'
    assert issued.canonical({"a": "« é »", "b": [1, 2.5, None]}) == issued.canonical(one)


def test_numbers_go_on_and_are_used_once(rollout: Project) -> None:
    first = freeze(rollout, TODAY)
    freeze(rollout, TODAY, Document.MINUTES)
    assert [row.number for row in issued.issues(rollout.reader)] == [2, 1]
    with pytest.raises(UserError, match="issued meanwhile"):
        rollout.execute(FreezeReport(first))
    assert len(issued.issues(rollout.reader)) == 2


def test_a_correction_needs_a_reason_and_links_both(rollout: Project) -> None:
    first = freeze(rollout, TODAY)
    second = replace(first, number=2, corrects=1)
    with pytest.raises(UserError, match="Say why"):
        rollout.execute(FreezeReport(second, "  "))
    assert len(issued.issues(rollout.reader)) == 1
    rollout.execute(FreezeReport(second, "The budget lacked a line"))
    now, before = issued.issues(rollout.reader)
    assert (now.corrects, now.reason, now.corrected_by) == (1, "The budget lacked a line", None)
    assert (before.corrects, before.corrected_by) == (None, 2)
    assert issued.file(rollout.reader, 1, "fr", "pdf") == b"%PDF 1"


@pytest.mark.parametrize(
    ("number", "language", "kind", "said"),
    [(3, "fr", "pdf", "no issue no. 3"), (1, "en", "pdf", "en, pdf"), (1, "fr", "xlsx", "no file")],
)
def test_what_is_not_there_is_said(
    rollout: Project, number: int, language: str, kind: str, said: str
) -> None:
    freeze(rollout, TODAY)
    with pytest.raises(UserError, match=said):
        issued.file(rollout.reader, number, language, kind)


def test_the_list_follows_an_issue(rollout: Project) -> None:
    assert issued.issues(rollout.reader) == ()  # remembered until the table changes
    freeze(rollout, TODAY)
    assert len(issued.issues(rollout.reader)) == 1
    rollout.execute(SetField("project", 1, "company", "Acme"))
    rollout.undo()
    assert len(issued.issues(rollout.reader)) == 1


def test_a_file_changed_in_the_working_copy_is_not_handed_out(rollout: Project) -> None:
    freeze(rollout, TODAY)
    rollout._connection.execute("UPDATE report_file SET content = CAST('%PDF 2' AS BLOB)")
    with pytest.raises(UserError, match="changed outside the program"):
        issued.file(rollout.reader, 1, "fr", "pdf")
    assert not issued.intact(rollout.reader, 1)


@pytest.mark.parametrize("sample", sorted(path.name for path in DATA.glob("v1.*.crmp")))
def test_older_files_can_issue_once_they_are_migrated(sample: str, tmp_path: Path) -> None:
    path = tmp_path / sample
    shutil.copyfile(DATA / sample, path)
    with Project.open(path) as project:
        number = issued.next_number(project.reader)
        held = project.reader.select("SELECT content, digest FROM report_file ORDER BY id")
        made = freeze(project, TODAY)
        project.save()
    with Project.open(path, read_only=True) as again:
        assert issued.file(again.reader, number, "fr", "pdf") == made.files[0].content
        kept = again.reader.select(
            "SELECT f.content, f.digest FROM report_file f JOIN report_issue i"
            " ON i.id = f.issue_id WHERE i.number < ? ORDER BY f.id",
            number,
        )
        assert kept == held  # what an older version issued is byte for byte what it was
