"""Erasing somebody whom issued reports name: these are withdrawn whole, others stay as issued."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from crm_pilot.cli.entry import main
from crm_pilot.errors import UserError
from crm_pilot.governance import issued
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import Translator
from crm_pilot.personal import frozen, held, identity, purging
from crm_pilot.project import Add, Project, SetField
from crm_pilot.reports.issuing import FreezeReport, FrozenFile, Prepared
from tests.personal.conftest import TODAY, Told

NAMING = "Claire asked H\u00e9l\u00e8ne\u00a0Vasseur to \u201cstart\u201d"  # bound as on paper
SILENT = "Marc Tournier starts the second wave"


def freeze(project: Project, number: int, *texts: str) -> Prepared:
    """Issue a document that says `texts`, with a file that holds them readably."""
    made = Prepared(
        number,
        Document.COMMITTEE,
        dt.datetime(2026, 11, 21, 14, number),
        TODAY,
        7,
        "Report",
        texts[0],
        issued.canonical({"content": {"en": texts}}),
        (FrozenFile("en", "pdf", 1, json.dumps(texts, ensure_ascii=False).encode()),),
    )
    project.execute(FreezeReport(made))
    return made


def test_reports_that_name_them_are_withdrawn_and_others_stay(told: Told, tmp_path: Path) -> None:
    project = told.project
    project.execute(SetField("project", 1, "status_date", TODAY))
    first, second = freeze(project, 1, NAMING), freeze(project, 2, SILENT)
    path = tmp_path / "roll-out.crmp"
    project.save(path)
    assert NAMING.encode() in path.read_bytes()
    subject = identity.of_person(project.reader, told.person)
    done = purging.erase(project, subject, "en")
    project.save()
    assert done.issues == 1
    assert b"Vasseur" not in path.read_bytes()
    with Project.open(path, read_only=True) as again:
        kept, gone = issued.issues(again.reader)
        assert (gone.number, gone.fingerprint, gone.issued_at) == (
            1,
            first.fingerprint,
            first.issued_at,
        )
        assert (gone.withdrawn_on, gone.title, gone.sentence, gone.files) == (TODAY, "", "", ())
        with pytest.raises(UserError, match=r"Issue no. 1 was withdrawn on 21.Nov 2026"):
            issued.file(again.reader, 1, "en", "pdf")
        assert kept.withdrawn_on is None
        assert issued.file(again.reader, 2, "en", "pdf") == second.files[0].content
        assert issued.intact(again.reader, 2)


@pytest.mark.parametrize(
    "text",
    [
        "VASSEUR H\u00c9L\u00c8NE",
        "Mrs Vasseur is on leave",
        "hvasseur",
        "h. vasseur",
        "Vasseur,\u202fH\u00e9l\u00e8ne",
    ],
)
def test_every_way_of_naming_them_counts(told: Told, text: str) -> None:
    freeze(told.project, 1, SILENT, text)
    subject = identity.of_person(told.project.reader, told.person)
    assert [row.number for row in frozen.naming(told.project.reader, subject)] == [1]


def test_another_person_withdraws_nothing(told: Told) -> None:
    freeze(told.project, 1, "The vasseurs of old, and Helene of Troy")
    subject = identity.of_person(told.project.reader, told.person)
    assert frozen.naming(told.project.reader, subject) == ()


def test_beside_a_namesake_only_the_whole_name_counts(told: Told) -> None:
    project = told.project
    project.execute(Add("person", {"first_name": "Paul", "last_name": "Vasseur"}))
    for number, text in enumerate((NAMING, "Vasseur decides", "Paul Vasseur decides"), 1):
        freeze(project, number, text)
    subject = identity.of_person(project.reader, told.person)
    assert [row.number for row in frozen.naming(project.reader, subject)] == [1]


def test_it_is_told_before(told: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = told.project
    freeze(project, 1, NAMING)
    freeze(project, 2, SILENT)
    subject = identity.of_person(project.reader, told.person)
    found = held.person_file(project.reader, subject, TODAY, Translator("en"))
    part = next(one for one in found.parts if one.key == frozen.ISSUES)
    assert [row[0] for row in part.rows] == [1]
    assert not any("start" in str(row) for one in found.parts for row in one.rows)
    path = tmp_path / "roll-out.crmp"
    project.save(path)
    project.close()
    assert main(["erase", str(path), "P-014", "--check", "--lang", "en"]) == 0
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert "1  Issued reports that name them" in said
    assert "Issue no. 1 of 21 Nov 2026 will be withdrawn" in said
    assert main(["erase", str(path), "P-014", "--yes", "--lang", "en"]) == 0
    assert "1 issued report was withdrawn" in capsys.readouterr().out
