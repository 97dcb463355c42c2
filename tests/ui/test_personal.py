"""Data on one person in the window: handed out as a file, erased for good after a clear yes."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from crm_pilot.governance.issued import issues
from crm_pilot.governance.terms import Document
from crm_pilot.personal import identity
from crm_pilot.project import Project, copies_of
from crm_pilot.reports.issuing import FreezeReport, FrozenFile, Prepared
from tests.ui.conftest import let_go
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.dialogs.erase_person import EraseDialog
from ui.main_window import MainWindow
from ui.widgets.grid_menu import row_menu


@pytest.fixture
def window(qtbot: QtBot, demo_files: dict[str, Path], tmp_path: Path) -> MainWindow:
    """The demonstration in English, saved again so that there is a dated copy."""
    path = tmp_path / "demo.crmp"
    shutil.copy(demo_files["en"], path)
    made = MainWindow(Bridge())
    qtbot.addWidget(made, before_close_func=let_go)
    made.complete()
    made.resize(1366, 768)
    made.show()
    assert made.files.load(path)
    made.bridge.project.save()
    return made


def front(qtbot: QtBot) -> Dialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Dialog), timeout=8000)
    found = QApplication.activeModalWidget()
    assert isinstance(found, Dialog)
    return found


def somebody(window: MainWindow) -> int:
    return int(
        window.bridge.reader.value(
            "SELECT person_id FROM stakeholder WHERE kind = 'person' AND person_id IN"
            " (SELECT person_id FROM attendance)"
        )
    )


def test_erasing_by_keys_leaves_no_trace_in_the_file(window: MainWindow, qtbot: QtBot) -> None:
    bridge, project = window.bridge, window.bridge.project
    key = somebody(window)
    subject = identity.of_person(bridge.reader, key)
    bridge.person_asked.emit("erase", "person", key)
    dialog = front(qtbot)
    assert isinstance(dialog, EraseDialog)
    assert not dialog.erase.isEnabled()
    qtbot.waitUntil(dialog.understood.hasFocus)
    QTest.keyClick(dialog.understood, Qt.Key.Key_Space)
    assert dialog.erase.isEnabled()
    with qtbot.waitSignal(bridge.saved, timeout=8000):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            isinstance(QApplication.activeModalWidget(), Dialog)
            and not isinstance(QApplication.activeModalWidget(), EraseDialog)
        ),
        timeout=8000,
    )
    told = front(qtbot)
    assert "no trace" in told.detail.text()
    told.close()
    assert project.path is not None

    assert subject.name.encode() not in project.path.read_bytes()
    assert copies_of(project.path) == []
    assert project.undo_labels == []
    assert not project.unsaved


def test_issued_reports_that_go_are_told_before(window: MainWindow, qtbot: QtBot) -> None:
    bridge = window.bridge
    key = somebody(window)
    name = identity.of_person(bridge.reader, key).name
    for number, text in ((1, name), (2, "Nobody at all"), (3, f"With {name} again")):
        bridge.project.execute(
            FreezeReport(
                Prepared(
                    number,
                    Document.FLASH,
                    dt.datetime(2026, 11, 21, 14, number),
                    dt.date(2026, 11, 21),
                    None,
                    "Report",
                    text,
                    "{}",
                    (FrozenFile("en", "pdf", 1, b"%PDF"),),
                )
            )
        )
    bridge.person_asked.emit("erase", "person", key)
    dialog = front(qtbot)
    texts = [one.text() for one in dialog.findChildren(QLabel)]
    assert any(text.startswith("Issues no. 1, 3 name them and are withdrawn") for text in texts)
    dialog.close()
    assert all(row.withdrawn_on is None for row in issues(bridge.reader))


def test_without_a_yes_nothing_happens(window: MainWindow, qtbot: QtBot) -> None:
    key = somebody(window)
    before = window.bridge.reader.select("SELECT * FROM person ORDER BY id")
    window.bridge.person_asked.emit("erase", "person", key)
    QTest.keyClick(front(qtbot), Qt.Key.Key_Escape)
    assert window.bridge.reader.select("SELECT * FROM person ORDER BY id") == before
    assert not window.bridge.project.unsaved


def test_a_group_is_refused_with_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    key = window.bridge.reader.value("SELECT id FROM stakeholder WHERE kind = 'group'")
    with qtbot.waitSignal(window.bridge.failed) as failed:
        window.bridge.person_asked.emit("erase", "stakeholder", key)
    assert "is a group" in str(failed.args[0].message.template)


@pytest.mark.parametrize("suffix", ["pdf", "json"])
def test_the_person_file_is_written(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    subject = identity.of_person(window.bridge.reader, somebody(window))
    path = tmp_path / f"held.{suffix}"
    window.personal.write_file(subject, path)
    front(qtbot).close()
    if suffix == "pdf":
        assert subject.name in PdfReader(path).pages[0].extract_text().replace("\n", " ")
    else:
        assert json.loads(path.read_text("utf-8"))["name"] == subject.name


def test_the_menu_of_persons_offers_both(window: MainWindow) -> None:
    window.show_screen("people")
    table = window.screen_named("people").table
    table.select(somebody(window))
    said = {action.text(): action.isEnabled() for action in row_menu(table).actions()}
    assert said["Person file (all that is held)…"]
    assert said["Erase this person…"]


def test_a_unit_of_the_map_leads_to_its_person(window: MainWindow) -> None:
    reader = window.bridge.reader
    unit, person = reader.one(
        "SELECT id, person_id FROM stakeholder WHERE kind = 'person' AND person_id IS NOT NULL"
    )
    assert identity.of_unit(reader, unit).person_id == person
    assert isinstance(window.bridge.project, Project)
