"""The export dialog: what it offers, writes and says; and the rows of one table as shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from crm_pilot.exchange.tables_list import TABLES
from crm_pilot.exchange.writing import Sheet, SheetColumn
from crm_pilot.project import Project
from ui import language
from ui.dialogs.base import Dialog
from ui.dialogs.export import ExportDialog
from ui.main_window import MainWindow
from ui.widgets.scroll import Scroll


@pytest.fixture
def rich(window: MainWindow, demo: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The window over the demonstration."""
    copy = tmp_path / "demo.crmp"
    shutil.copy(demo, copy)
    with Project.open(copy, read_only=True) as opened:
        window.bridge.attach(opened)
        yield window
        window.jobs.wait()
        window.bridge.detach()


def opened(window: MainWindow, sheet: Sheet | None = None) -> ExportDialog:
    dialog = ExportDialog(window, window.bridge, window.jobs, sheet)
    dialog.open()
    return dialog


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What the file dialogs give back."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))


def said(qtbot: QtBot, start: str) -> Dialog:
    """The dialog that opens with this sentence."""

    qtbot.waitUntil(lambda: start in sentence_in_front())
    found = QApplication.activeModalWidget()
    assert isinstance(found, Dialog)
    return found


def sentence_in_front() -> str:
    """What the dialog in front says, detail included."""
    found = QApplication.activeModalWidget()
    return f"{found.sentence.text()}\n{found.detail.text()}" if isinstance(found, Dialog) else ""


def test_it_opens_from_the_menu(rich: MainWindow) -> None:
    rich.actions_.by_id["export"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    assert set(dialog.ticks.items) == {table.name for table in TABLES}
    assert dialog.ticks.items["persons"].text(0) == "Persons (426)"
    assert "persons" in dialog.names
    assert "advice" not in dialog.names  # nothing in it: not ticked
    assert dialog.names == [table.name for table in TABLES if table.name in dialog.names]
    assert dialog.level.currentData() == "committee"
    dialog.hide()


def test_hints_follow_the_choices(rich: MainWindow) -> None:
    dialog = opened(rich)
    assert "Excel opens this directly" in dialog.why.text()
    assert not dialog.delimiter.isVisible()
    dialog.form._buttons["csv"].click()
    assert dialog.delimiter.isVisible()
    assert dialog.delimiter.currentData() == ","
    assert dialog.why.text() == "Excel in English opens this directly."
    dialog.language.setCurrentIndex(dialog.language.findData("fr"))
    dialog.language.activated.emit(0)
    assert dialog.delimiter.currentData() == ";"
    assert dialog.why.text() == "Excel in French opens this directly."
    dialog.encoding.setCurrentIndex(1)
    dialog.encoding.activated.emit(1)
    assert "Windows-1252 lacks" in dialog.why.text()
    assert "coded" in dialog.left_out.text()
    dialog.level.setCurrentIndex(1)
    dialog.level.activated.emit(1)
    assert "Keep the file to yourself" in dialog.left_out.text()
    dialog.ticks.tick(False)
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip() == "Tick at least one table."
    dialog.ticks.tick(True, ["risks"])
    assert dialog.go.isEnabled()
    dialog.hide()


def test_a_workbook_is_written_in_a_job(
    qtbot: QtBot, rich: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(rich)
    answer(monkeypatch, tmp_path / "out")  # the suffix is completed
    dialog.go.click()
    done = said(qtbot, "Written: 1 file")
    assert done.detail.text() == str(tmp_path / "out.xlsx")
    assert "folder" in done.buttons
    assert (tmp_path / "out.xlsx").stat().st_size > 50_000
    assert rich.bridge.settings.last_folder == str(tmp_path)
    done.hide()


def test_a_folder_asks_before_it_replaces(
    qtbot: QtBot, rich: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "Risks.csv").write_text("mine")
    answer(monkeypatch, out)
    dialog = opened(rich)
    dialog.form._buttons["csv"].click()
    dialog.go.click()
    asks = said(qtbot, "1 file is there already")
    assert asks.detail.text() == "Risks.csv"
    asks.buttons["cancel"].click()
    assert (out / "Risks.csv").read_text() == "mine"
    assert dialog.isVisible()
    dialog.go.click()
    count = len(dialog.names)
    said(qtbot, "1 file is there already").buttons["replace"].click()
    said(qtbot, f"Written: {count} files").hide()
    assert len(list(out.iterdir())) == count
    assert (out / "Risks.csv").read_bytes().startswith(b"\xef\xbb\xbfNo.,Code,Risk,")


def test_a_refusal_is_told_and_nothing_written(
    qtbot: QtBot, rich: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(rich)
    dialog.ticks.tick(False)
    dialog.ticks.tick(True, ["tickets"])
    dialog.form._buttons["csv"].click()
    dialog.encoding.setCurrentIndex(1)
    answer(monkeypatch, tmp_path / "t.csv")
    dialog.go.click()

    told = said(qtbot, "Windows-1252 has no character")
    assert not (tmp_path / "t.csv").exists()
    told.hide()


def test_rows_as_shown_are_marked_as_the_leads_own(
    qtbot: QtBot, rich: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = Sheet("Risks: open", (SheetColumn("Risk"), SheetColumn("Points", "int")), [("=a", 4)])
    dialog = ExportDialog(rich, rich.bridge, sheet=sheet)  # as a table's menu does
    dialog.open()
    assert dialog.sentence.text() == "Export 1 row as shown"
    assert not dialog.level.isVisible()
    assert "as they stand on the screen" in dialog.left_out.text()
    assert ":" not in dialog._file_name()
    dialog.form._buttons["csv"].click()
    answer(monkeypatch, tmp_path / "r.csv")
    dialog.go.click()
    said(qtbot, "Written: 1 file").hide()
    lines = (tmp_path / "r.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Risk,Points", "'=a,4"]
    assert "Confidential information" in lines[2]


@pytest.mark.parametrize("shown", ["fr", "en"])
def test_nothing_is_cut(rich: MainWindow, shown: str) -> None:
    language.apply(shown)
    dialog = opened(rich)
    dialog.form._buttons["csv"].click()
    assert dialog.ticks.sizeHintForColumn(0) <= dialog.ticks.viewport().width()
    assert dialog.width() <= rich.width() and dialog.height() <= rich.height()
    assert not dialog.findChildren(Scroll)  # the list scrolls, the dialog does not
    for box in (dialog.delimiter, dialog.encoding, dialog.language, dialog.level):
        assert box.accessibleName()
        assert box.width() >= box.minimumSizeHint().width()
    for hint in (dialog.why, dialog.left_out):
        assert hint.height() >= hint.heightForWidth(hint.width())
    for button in dialog.buttons.values():
        assert button.width() >= button.sizeHint().width()
    dialog.hide()
