"""A report is issued: drawn once in every language and format, and the same bytes for ever."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import issued
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import Message, msg
from crm_pilot.planning.announcements import AnnounceForecast
from crm_pilot.project import Add, Project, SetField, SetRows
from crm_pilot.records import dataclass
from crm_pilot.reports import documents
from crm_pilot.reports.canonical import plain_content
from crm_pilot.reports.issuing import FreezeReport, Prepared, prepare
from crm_pilot.reports.sheets import Text
from crm_pilot.store.journal import undoable_tables
from tests.governance.rollout import TODAY
from tests.reports.reading import opened, pages, plain

NOW = dt.datetime(2026, 11, 21, 14, 2)
KINDS = [(language, kind) for language in ("fr", "en") for kind in ("pdf", "pptx", "xlsx")]
MOVED = msg("Change a row")
PEOPLE = "SELECT first_name, last_name FROM person WHERE last_name <> ''"
TYPED = (
    "SELECT owner FROM decision",
    "SELECT owner FROM risk",
    "SELECT owner FROM problem",
    "SELECT name FROM participant",
    "SELECT name FROM raci_actor",
    "SELECT presenter FROM agenda_item",
)


@dataclass(frozen=True)
class Wreck:
    """Edit everything: no row is left of anything but the project's card, which is another."""

    @property
    def label(self) -> Message:
        return msg("Change a row")

    def apply(self, work: Any) -> None:
        for table in undoable_tables(work._connection):
            if table != "project":
                work._connection.execute(f"DELETE FROM {table}")
        work.set("project", 1, name="Another", company="Nobody", language="en", country="BE")


def issue(project: Project, document: Document = Document.FLASH, day: dt.date = TODAY) -> Prepared:
    """Prepare and freeze."""
    made = prepare(project.reader, day, document, now=NOW)
    project.execute(FreezeReport(made))
    return made


def files(project: Project, number: int = 1) -> dict[tuple[str, str], bytes]:
    """Every file of an issue, as it is handed out."""
    return {kind: issued.file(project.reader, number, *kind) for kind in KINDS}


def test_every_language_and_format_byte_for_byte_whatever_is_edited(
    rollout: Project, tmp_path: Path
) -> None:
    made = issue(rollout, Document.COMMITTEE)
    first = {(file.language, file.format): file.content for file in made.files}
    assert sorted(first) == sorted(KINDS)
    assert files(rollout) == first
    rollout.execute(Wreck())
    assert rollout.reader.value("SELECT count(*) FROM task") == 0
    assert files(rollout) == first
    path = tmp_path / "roll-out.crmp"
    rollout.save(path)
    with Project.open(path, read_only=True) as again:
        assert files(again) == first
        assert issued.intact(again.reader, 1)
    words = ["report", str(path), "--issue", "1", "--lang", "fr", "-o", str(tmp_path / "one.pdf")]
    subprocess.run([sys.executable, "-m", "crm_pilot", *words], check=True, timeout=120)
    assert (tmp_path / "one.pdf").read_bytes() == first["fr", "pdf"]
    rollout.undo()
    assert rollout.reader.value("SELECT count(*) FROM task") > 0
    assert files(rollout) == first


def test_pages_say_that_they_are_issued(rollout: Project) -> None:
    made = issue(rollout)
    for language, words in (("fr", "version figée"), ("en", "frozen version")):
        data = issued.file(rollout.reader, 1, language, "pdf")
        for text in pages(data):
            assert made.mark in text
            assert words in text
        assert not any("DRAFT" in text or "PROJET" in text for text in pages(data))
        assert len(opened(data).pages) == next(
            file.pages for file in made.files if (file.language, file.format) == (language, "pdf")
        )
    draft = documents.lay(rollout.reader, TODAY, Document.FLASH, language="en").pdf()
    assert made.mark not in " ".join(pages(draft))
    assert any("DRAFT" in text for text in pages(draft))


def test_the_row_tells_what_is_in_the_file(rollout: Project) -> None:
    made = issue(rollout)
    (row,) = issued.issues(rollout.reader)
    assert (row.number, row.document, row.committee) == (1, Document.FLASH, 7)
    assert (row.issued_at, row.as_of) == (NOW, TODAY)
    assert "Déploiement Salesforce" in row.title
    assert plain(row.sentence).startswith("La vague 3 glisse de 7 jours")
    assert row.fingerprint == made.fingerprint
    told = json.loads(issued.figures(rollout.reader, 1))
    assert sorted(told["content"]) == ["en", "fr"]
    assert told["snapshot"]["milestones"]


def test_the_same_project_has_the_same_fingerprint_and_a_figure_another(rollout: Project) -> None:
    one = prepare(rollout.reader, TODAY, Document.FLASH, now=NOW)
    assert prepare(rollout.reader, TODAY, Document.FLASH, now=NOW) == one
    rollout.execute(SetField("person", 1, "note", "not printed"))
    assert prepare(rollout.reader, TODAY, Document.FLASH, now=NOW).fingerprint == one.fingerprint
    key = rollout.reader.value("SELECT id FROM risk WHERE code = 'R-07'")
    rollout.execute(SetField("risk", key, "response", "Another response"))
    other = prepare(rollout.reader, TODAY, Document.FLASH, now=NOW)
    assert other.fingerprint != one.fingerprint


def test_it_is_drawn_in_a_job_from_one_moment(rollout: Project) -> None:
    """Somebody edits while the job draws: all six files tell of the moment it began."""
    expected = prepare(rollout.reader, TODAY, Document.FLASH, now=NOW)
    begun, edited = threading.Event(), threading.Event()
    found: list[Prepared] = []

    def job() -> None:
        with closing(rollout.job_reader()()) as reader:
            with reader.steady():
                reader.value("SELECT count(*) FROM risk")  # the moment is that of the first read
            begun.set()
            inside = reader.steady

            def steady() -> Any:
                held = inside()

                class Held:
                    def __enter__(self) -> None:
                        held.__enter__()
                        reader.value("SELECT count(*) FROM risk")
                        begun_again.set()
                        edited.wait(30)

                    def __exit__(self, *error: Any) -> None:
                        held.__exit__(*error)

                return Held()

            reader.steady = steady  # type: ignore[method-assign]
            found.append(prepare(reader, TODAY, Document.FLASH, now=NOW))

    begun_again = threading.Event()
    thread = threading.Thread(target=job)
    thread.start()
    assert begun.wait(30)
    assert begun_again.wait(30)
    key = rollout.reader.value("SELECT id FROM risk WHERE code = 'R-07'")
    rollout.execute(SetField("risk", key, "title", "Said a moment later"))
    edited.set()
    thread.join(60)
    assert found == [expected]


def test_someone_who_only_reads_is_told_why_not(rollout: Project, tmp_path: Path) -> None:
    path = tmp_path / "roll-out.crmp"
    rollout.save(path)
    with Project.open(path) as reading:  # held by the first session
        made = prepare(reading.reader, TODAY, Document.FLASH, now=NOW)
        with pytest.raises(UserError, match="read-only"):
            reading.execute(FreezeReport(made))


def test_the_next_report_says_what_moved(rollout: Project) -> None:
    issue(rollout, Document.COMMITTEE, dt.date(2026, 11, 14))
    wave = rollout.reader.value("SELECT id FROM task WHERE title = 'Clôture du projet'")
    rollout.execute(AnnounceForecast(wave, dt.date(2027, 4, 30), TODAY))
    new = {"code": "D-030", "wording": "Ouvrir la vague 4", "owner": "H. Marchand"}
    rollout.execute(Add("decision", {**new, "due_on": TODAY, "status": "closed"}))
    laid = documents.lay(rollout.reader, TODAY, Document.COMMITTEE, language="en", draft=False)
    page = next(one for one in laid.content.pages if one.key == "since")
    assert page.sentence.startswith("Since issue no. 1: “Clôture du projet” slips by 30 days")
    text = json.dumps(plain_content(laid.content)["pages"], ensure_ascii=False)
    assert "Ouvrir la vague 4" in plain(text)
    printed = next(one for one in pages(laid.pdf()) if "Since issue no. 1" in one)
    for words in ("31 Mar 2027", "30 Apr 2027", "+30 d", "Ouvrir la vague 4"):
        assert words in printed


def test_the_page_names_nobody_and_no_small_group(rollout: Project) -> None:
    issue(rollout, Document.COMMITTEE, dt.date(2026, 10, 22))
    for language in ("fr", "en"):
        laid = documents.lay(rollout.reader, TODAY, Document.COMMITTEE, language=language)
        page = next(one for one in laid.content.pages if one.key == "since")
        text = repr(page)
        assert "Itinérants Sud" in text
        for secret in ("Marchand-60", "P-14", "Direction"):
            assert secret not in text


def test_however_much_moved_it_fits_its_pages(rollout: Project) -> None:
    long = "Recette complète des écrans de vente par les référents de chaque agence " * 4
    day = dt.date(2027, 2, 1)
    new = {"kind": "milestone", "start": day, "finish": day}
    keys = [
        rollout.execute(Add("task", {**new, "title": f"{number} {long}"})) for number in range(40)
    ]
    issue(rollout, Document.COMMITTEE, dt.date(2026, 11, 14))
    later = day + dt.timedelta(days=9)
    rollout.execute(SetRows("task", {k: {"start": later, "finish": later} for k in keys}, MOVED))
    asked = {"owner": "H. Marchand, sponsor " * 5, "due_on": TODAY, "status": "closed"}
    for number in range(30):
        row = {"code": f"D-{100 + number}", "wording": f"{number} {long}", **asked}
        rollout.execute(Add("decision", row))
    laid = documents.lay(rollout.reader, TODAY, Document.COMMITTEE, language="en")
    pages_of = [
        laid.page(number) for number, page in enumerate(laid.laid, 1) if page.key == "since"
    ]
    assert len(pages_of) > 1
    texts = [item for sheet in pages_of for item in sheet.items if isinstance(item, Text)]
    for item in texts:
        assert item.y < laid.size[1] - 10
        assert item.x >= 0
        assert item.x + item.wide <= laid.size[0]
    told = plain(" ".join(str(item.text) for item in texts))
    assert "26 more milestones" in told
    assert all(f"D-{100 + number}" in told for number in range(30))


def test_the_first_report_has_no_such_page(rollout: Project) -> None:
    laid = documents.lay(rollout.reader, TODAY, Document.COMMITTEE, language="en")
    assert "since" not in {page.key for page in laid.content.pages}


def test_a_correction_is_not_compared_with_what_it_corrects(rollout: Project) -> None:
    issue(rollout, Document.COMMITTEE, dt.date(2026, 11, 10))
    issue(rollout, Document.COMMITTEE, dt.date(2026, 11, 14))
    made = prepare(rollout.reader, TODAY, Document.COMMITTEE, now=NOW, corrects=2)
    pages_told = json.loads(made.figures)["content"]["en"]["pages"]
    told = next(page for page in pages_told if page["key"] == "since")
    assert "since issue no. 1" in plain(json.dumps(told, ensure_ascii=False)).casefold()
    assert made.corrects == 2
    for other in (Document.MINUTES, Document.FLASH):
        with pytest.raises(UserError, match="another document"):
            prepare(rollout.reader, TODAY, other, now=NOW, corrects=2)


@pytest.mark.parametrize("document", list(Document))
def test_every_document_can_be_issued(rollout: Project, document: Document) -> None:
    made = issue(rollout, document)
    for (language, kind), content in files(rollout).items():
        assert content.startswith(b"%PDF" if kind == "pdf" else b"PK"), (language, kind)
    assert made.title


@pytest.mark.parametrize("document", list(Document))
def test_every_name_on_paper_is_in_what_is_searched(demo: Path, document: Document) -> None:
    """An erasure looks for somebody in figures and texts: no page may name more people."""
    with Project.open(demo, read_only=True) as project:
        read = project.reader.select
        made = prepare(project.reader, project.today(), document, now=NOW)
        people = {f"{first} {last}" for first, last in read(PEOPLE)} | {p[1] for p in read(PEOPLE)}
        typed = [row[0] for sql in TYPED for row in read(sql)]
    names = {plain(name) for name in (*people, *typed) if len(name) > 3}
    searched = plain(made.figures)
    for file in made.files:
        if file.format == "pdf":
            text = " ".join(pages(file.content))
            assert {name for name in names if name in text and name not in searched} == set()
    assert any(name in searched for name in names)
