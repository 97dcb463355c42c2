"""What leaves the documents room: files, paper and issues; and what may go wrong."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from python_calamine import CalamineWorkbook

from crm_pilot.errors import UserError
from crm_pilot.governance.issued import file, issue, issues
from crm_pilot.governance.terms import Document
from crm_pilot.project import SetField
from tests.ui.documents.conftest import Room
from ui.dialogs import print_pages
from ui.screens.documents.frozen import FrozenPages
from ui.screens.documents.issue_dialog import IssueDialog

LATER = "Edited after the issue"


def issued(room: Room, document: Document = Document.RISKS) -> int:
    """Issue a document as a person does; its number."""
    room.screen.show_document(document)
    room.settle()
    room.screen.issue_button.click()
    dialog = room.front()
    assert isinstance(dialog, IssueDialog)
    dialog.buttons["issue"].click()
    room.idle()
    room.qtbot.waitUntil(lambda: room.screen.issue is not None, timeout=2000)
    assert room.screen.issue is not None
    return room.screen.issue


# files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["pdf", "pptx", "xlsx"])
def test_a_document_is_saved_as(room: Room, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"pack.{format}"
    room.screen.carrying.write(room.screen.wish, format, out)
    room.idle()
    assert room.errors == []
    if format == "pdf":
        reader = pypdf.PdfReader(out)
        assert len(reader.pages) == room.screen.pages.count
        assert room.screen.pages.outline[0][1] in [one.title for one in reader.outline]
    elif format == "pptx":
        assert "ppt/presentation.xml" in zipfile.ZipFile(out).namelist()
    else:
        assert len(CalamineWorkbook.from_path(str(out)).sheet_names) > 1


def test_the_place_is_asked_for(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def asked(_parent: object, _title: str, name: str, kinds: str) -> tuple[str, str]:
        offered.append(f"{Path(name).name} {kinds}")
        return str(tmp_path / "chosen"), kinds

    monkeypatch.setattr(print_pages.QFileDialog, "getSaveFileName", asked)
    entries = room.screen.formats().actions()
    assert [entry.text() for entry in entries] == ["PDF…", "PowerPoint…", "Excel workbook…"]
    entries[2].trigger()
    room.idle()
    day = room.bridge.today.isoformat()
    assert offered == [f"Committee report en {day}.xlsx XLSX (*.xlsx)"]
    assert (tmp_path / "chosen.xlsx").exists()


@pytest.mark.parametrize("name", ["missing/pack.pdf", "folder"])
def test_a_place_that_cannot_be_written_is_told(room: Room, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    before = room.screen.pages
    room.screen.carrying.write(room.screen.wish, "pdf", tmp_path / name)
    room.idle()
    assert len(room.errors) == 1
    assert room.screen.pages is before and room.screen.settled
    assert not room.bridge.project.unsaved


# paper -------------------------------------------------------------------------------------------


def pdf_printer(path: Path) -> QPrinter:
    """A printer that prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    size = QPageSize(QPageSize.PageSizeId.A4)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    return printer


def test_pages_are_printed_as_they_are_shown(room: Room, tmp_path: Path) -> None:
    printer = pdf_printer(tmp_path / "paper.pdf")
    pages = room.screen.pages
    assert pages is not None
    assert print_pages.print_pages(pages, printer, range(1, 3)) == 2
    assert len(pypdf.PdfReader(tmp_path / "paper.pdf").pages) == 2


def test_a_printer_that_vanished_is_told(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = room.screen.pages
    assert pages is not None
    with pytest.raises(UserError, match="nothing was printed"):
        print_pages.print_pages(pages, pdf_printer(tmp_path / "nowhere" / "paper.pdf"))
    monkeypatch.setattr(QPrinter, "newPage", lambda _self: False)
    with pytest.raises(UserError, match="stopped after page"):
        print_pages.print_pages(pages, pdf_printer(tmp_path / "paper.pdf"))

    def gone(*_: object) -> bool:
        raise UserError("“{printer}” does not answer", printer="HP")

    monkeypatch.setattr("ui.screens.documents.carrying.ask_printer", gone)
    room.screen.print_room()
    assert room.errors == ["“{printer}” does not answer"]
    assert room.screen.pages is pages and room.screen.settled


# issues ------------------------------------------------------------------------------------------


def test_an_issue_is_frozen_and_shown_from_its_file(room: Room, tmp_path: Path) -> None:
    number = issued(room)
    screen, reader = room.screen, room.bridge.reader
    row = issue(reader, number)
    assert screen.listing.issues.current_key == number
    assert screen.listing.documents.current_key is None
    assert isinstance(screen.pages, FrozenPages)
    kept = file(reader, number, "en", "pdf")
    assert screen.pages.count == len(pypdf.PdfReader(io.BytesIO(kept)).pages)
    assert row.mark in [
        screen.facts.form.itemAt(line, screen.facts.form.ItemRole.FieldRole).widget().text()
        for line in range(screen.facts.form.rowCount())
    ]
    project = reader.value("SELECT id FROM project")
    room.bridge.execute(SetField("project", project, "name", LATER))
    assert isinstance(screen.pages, FrozenPages)
    for format in ("pdf", "pptx", "xlsx"):
        out = tmp_path / f"again.{format}"
        screen.carrying.write(screen.wish, format, out)
        room.idle()
        assert out.read_bytes() == file(reader, number, "en", format)
    assert LATER not in pypdf.PdfReader(tmp_path / "again.pdf").pages[0].extract_text()


def test_an_issue_is_reprinted_in_the_other_language(room: Room, tmp_path: Path) -> None:
    number = issued(room)
    before = room.screen.pages
    room.screen.facts.language.set_value("fr")
    room.screen.facts.language.chosen.emit("fr")
    assert room.screen.pages is not before
    assert room.screen.wish.language == "fr"
    printer = pdf_printer(tmp_path / "paper.pdf")
    assert room.screen.pages is not None
    count = print_pages.print_pages(room.screen.pages, printer)
    kept = pypdf.PdfReader(io.BytesIO(file(room.bridge.reader, number, "fr", "pdf")))
    assert count == len(kept.pages)


def test_a_frozen_page_is_the_picture_of_its_file(room: Room) -> None:
    number = issued(room)
    preview = room.screen.preview
    preview._zoom = 1.0
    preview._show()
    image = preview.page._drawn(room.screen.pages.page(1))

    def differing(language: str) -> float:
        content = file(room.bridge.reader, number, language, "pdf")
        drawn = pypdfium2.PdfDocument(content)[0].render(scale=1.0).to_pil().convert("L")
        points = [(x, y) for x in range(40, 560, 9) for y in range(30, 810, 7)]
        far = [abs(image.pixelColor(*at).lightness() - drawn.getpixel(at)) > 60 for at in points]
        return sum(far) / len(far)

    assert differing("en") < 0.02 < differing("fr")


def test_a_correction_needs_a_reason(room: Room) -> None:
    number = issued(room)
    assert room.screen.issue_button.text() == "Correct…"
    room.screen.issue_button.click()
    dialog = room.front()
    assert isinstance(dialog, IssueDialog)
    assert dialog.corrects == number
    assert not dialog.buttons["issue"].isEnabled()
    dialog.field.setPlainText("A date was wrong.")
    assert dialog.buttons["issue"].isEnabled()
    dialog.buttons["issue"].click()
    room.idle()
    rows = issues(room.bridge.reader)
    assert [(row.number, row.corrects, row.corrected_by) for row in rows] == [
        (number + 1, number, None),
        (number, None, number + 1),
    ]
    assert rows[0].reason == "A date was wrong."
    assert room.screen.issue == number + 1
    room.screen.show_issue(number)
    assert not room.screen.issue_button.isEnabled()
    assert f"no. {number + 1}" in room.screen.issue_button.toolTip()


def test_an_issue_that_was_tampered_with_is_not_shown(room: Room) -> None:
    number = issued(room)
    with sqlite3.connect(room.bridge.project._session.work) as other:
        other.execute("UPDATE report_file SET content = CAST(content || x'20' AS BLOB)")
    room.screen.show_issue(number)
    assert room.screen.pages is None
    assert "changed outside the program" in room.screen.preview.page._sentence
    assert not room.screen.save_button.isEnabled()


def test_a_double_click_issues_once(room: Room) -> None:
    room.screen.carrying.issue(Document.RISKS, None, "")
    assert not room.screen.carrying.issuing or room.screen._why_not_issue()
    room.screen.carrying.ask_issue(Document.RISKS)
    assert room.screen.carrying.issuing
    room.idle()
    assert len(issues(room.bridge.reader)) == 1
    assert not room.screen.carrying.issuing


def test_a_withdrawn_issue_says_why_there_is_nothing_left(room: Room) -> None:
    number = issued(room)
    with sqlite3.connect(room.bridge.project._session.work) as other:
        other.execute("DELETE FROM report_file")
        other.execute("UPDATE report_issue SET withdrawn_on = '2026-11-21', sentence = ''")
    room.bridge.reader.memory.clear()
    room.screen.refresh(None)
    assert room.screen.issue == number
    assert "was withdrawn" in room.screen.preview.page._sentence
    assert not room.screen.facts.reprint.isVisibleTo(room.screen.facts)
    for button in (room.screen.save_button, room.screen.print_button):
        assert not button.isEnabled()
    room.screen.show_document(Document.RISKS)
    room.settle()
    assert room.screen.save_button.isEnabled()
