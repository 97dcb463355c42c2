"""The window as a person uses it: keys, undo, language, theme, save, troubles."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from crm_pilot.errors import StorageError, UserError
from crm_pilot.project import Add, Project, SetField
from ui.actions import ACTIONS, step_entries
from ui.crash import Crashes
from ui.dialogs.base import Dialog
from ui.dialogs.copies import CopiesWindow
from ui.dialogs.finder import Finder
from ui.dialogs.messages import CrashDialog, RecoveryDialog
from ui.main_window import MainWindow
from ui.widgets.table import Table


def dialogs(window: MainWindow) -> list[Dialog]:
    """Dialogs of the window that are open, the newest last."""
    return [one for one in window.findChildren(Dialog) if one.isVisible()]


def test_edit_repaints_and_undoes_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    window.bridge.execute(Add("person", {"last_name": "Faure"}))
    window.show_screen("people")
    tables = window.screen_named("people").findChildren(Table)
    table = next(one for one in tables if one.rows.table == "person")
    place = next(i for i, c in enumerate(table.rows.columns) if c.key == "last_name")
    table.setFocus()
    table.setCurrentIndex(table.rows.index(0, place))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, "Morel")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    shown = table.rows.index(0, place)
    qtbot.waitUntil(lambda: shown.data() == "Morel")
    assert window.isWindowModified()
    assert window.actions_.by_id["undo"].text().startswith("Undo: ")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown.data() == "Faure")
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown.data() == "Morel")


def test_rooms_by_key_and_hidden_rooms_wait(qtbot: QtBot, window: MainWindow) -> None:
    for place, name in enumerate(("cockpit", "planning", "stakeholders", "training"), start=1):
        key = Qt.Key(Qt.Key.Key_0.value + place)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.current is not None
        assert window.current.name == name
    assert window._stale == set()
    window.bridge.execute(Add("department", {"name": "Sales"}))
    assert "cockpit" in window._stale


def test_greyed_actions_say_why(window: MainWindow) -> None:
    undo = window.actions_.by_id["undo"]
    assert not undo.isEnabled()
    assert undo.toolTip() == "There is nothing to undo."
    project = window.bridge.detach()
    assert window.actions_.by_id["save"].toolTip() == "No project is open."
    assert project is not None
    window.bridge.attach(project)
    assert window.actions_.by_id["save"].isEnabled()


def test_every_action_has_a_handler_and_no_two_share_a_key(window: MainWindow) -> None:
    handlers = window._handlers()
    assert set(handlers) == {spec.id for spec in ACTIONS}
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_history_menu_goes_back_several_steps(window: MainWindow) -> None:
    for name in ("A", "B", "C"):
        window.bridge.execute(Add("department", {"name": name}, "the department"))
    assert len(step_entries(window.bridge)) == 3
    window.menus.undo_back(2)
    names = window.bridge.reader.select("SELECT name FROM department")
    assert names == [("A",)]


def test_language_switches_live(window: MainWindow) -> None:
    assert window.header.menu_list[0].title() == "&File"
    window.bridge.set_language("fr")
    assert window.header.menu_list[0].title() != "&File"
    assert window.actions_.by_id["french"].isChecked()
    window.bridge.set_language("en")
    assert window.header.menu_list[0].title() == "&File"


def test_theme_switches_live(qtbot: QtBot, window: MainWindow) -> None:
    def corner() -> int:
        return window.grab().toImage().pixelColor(700, 760).lightness()

    light = corner()
    window.bridge.set_theme("dark")
    dark = corner()
    assert light > 200 > 60 > dark
    window.bridge.set_theme("light")
    assert corner() == light


def test_palette_finds_a_room(qtbot: QtBot, window: MainWindow) -> None:
    window.menus.open_finder()
    finder = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Finder))
    qtbot.keyClicks(finder.field, "train")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert window.current is not None
    assert window.current.name == "training"


# saving ------------------------------------------------------------------------------------


@pytest.fixture
def saved(window: MainWindow, tmp_path: Path) -> Path:
    """The window's project, saved once."""
    path = tmp_path / "trial.crmp"
    window.bridge.project.save(path)
    window.bridge.saved.emit()
    return path


def test_save_runs_beside_the_typing(
    qtbot: QtBot, window: MainWindow, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = window.bridge.project
    begin = project.begin_save
    seen: dict[str, object] = {}
    typing = threading.Event()

    def slow(path: Path | None = None, *, replace: bool = False) -> object:
        write = begin(path, replace=replace)

        def run() -> object:
            seen["thread"] = threading.current_thread() is threading.main_thread()
            seen["typing"] = typing.wait(30)
            return write()

        return run

    monkeypatch.setattr(project, "begin_save", slow)
    window.bridge.execute(Add("department", {"name": "Sales"}))
    timer = QTimer()
    timer.timeout.connect(typing.set)
    timer.start(5)
    with qtbot.waitSignal(window.bridge.saved, timeout=60000):
        window.actions_.by_id["save"].trigger()
        window.bridge.execute(Add("department", {"name": "Support"}))  # while it saves
    timer.stop()
    assert seen["thread"] is False
    assert seen["typing"]  # the window went on while the writer waited
    assert project.unsaved  # the edit made meanwhile is not in the file
    with Project.open(saved, read_only=True) as written:
        assert written.reader.value("SELECT count(*) FROM department") in (1, 2)


def test_saved_state_in_words(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    line = window.sidebar.state.line
    assert line.text().startswith("Saved at ")
    window.bridge.execute(Add("department", {"name": "Sales"}))
    assert line.text() == "Unsaved edits"
    window.bridge.undo()
    assert line.text().startswith("Saved at ")


def test_changed_file_asks(
    qtbot: QtBot, window: MainWindow, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved.write_bytes(b"someone else")
    window.bridge.execute(Add("department", {"name": "Sales"}))
    window.files.save()
    asked = dialogs(window)[-1]
    assert set(asked.buttons) == {"replace", "cancel", "save_as"}
    other = saved.with_name("other")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(other), ""))
    with qtbot.waitSignal(window.bridge.saved, timeout=5000):
        asked.buttons["save_as"].click()
    assert saved.read_bytes() == b"someone else"
    assert window.bridge.project.path == other.with_suffix(".crmp")


def test_leaving_asks_about_unsaved_edits(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    window.bridge.execute(Add("department", {"name": "Sales"}))
    left: list[bool] = []
    window.files.leave(lambda: left.append(True))
    asked = dialogs(window)[-1]
    asked.buttons["cancel"].click()
    assert not left
    window.files.leave(lambda: left.append(True))
    with qtbot.waitSignal(window.bridge.saved, timeout=5000):
        dialogs(window)[-1].buttons["save"].click()
    assert left == [True]
    assert not window.bridge.has_project
    with Project.open(saved) as again:
        assert again.reader.value("SELECT count(*) FROM department") == 1
        window.bridge.attach(again)
        window.bridge.detach()


def test_damaged_file_lists_its_copies(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    window.bridge.execute(Add("department", {"name": "Sales"}))
    window.bridge.project.save()  # keeps a dated copy of the first version
    damaged = bytearray(saved.read_bytes())
    damaged[2000:] = b"\0" * (len(damaged) - 2000)
    saved.write_bytes(damaged)
    assert not window.files.load(saved)
    shown = dialogs(window)[-1]
    assert isinstance(shown, CopiesWindow)
    qtbot.waitUntil(lambda: shown.complete)
    line = shown.selected
    assert line is not None and line.version is not None
    assert line.finding is not None and line.finding.good
    assert line.version.path.exists()


def test_missing_file_is_told(window: MainWindow, tmp_path: Path) -> None:
    assert not window.files.load(tmp_path / "nowhere.crmp")
    assert "nowhere.crmp" in dialogs(window)[-1].sentence.text()


def test_the_window_goes_at_once_where_everything_is_saved(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    assert not window.bridge.project.unsaved
    window.actions_.by_id["quit"].trigger()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=3000)
    assert not window.bridge.has_project


def test_work_of_a_crashed_session_is_offered(
    window: MainWindow, saved: Path, tmp_path: Path
) -> None:
    lost = Project.create(name="Lost")
    lost.execute(Add("department", {"name": "Kept"}))
    lost.close(keep=True)
    assert window.files.offer_recovery()
    shown = dialogs(window)[-1]
    assert isinstance(shown, RecoveryDialog)
    assert shown.selected.name == "Lost"
    shown.buttons["recover"].click()
    assert window.bridge.project.name == "Lost"
    assert window.bridge.reader.value("SELECT name FROM department") == "Kept"
    recovered = window.bridge.detach()
    assert recovered is not None
    recovered.close()
    assert not window.files.offer_recovery()


# troubles ----------------------------------------------------------------------------------


def test_broken_rule_is_told_once_and_nothing_changes(window: MainWindow) -> None:
    window.bridge.execute(Add("department", {"name": "Sales"}))
    assert window.bridge.execute(Add("department", {"name": "Sales"})) is None
    assert "safe" in dialogs(window)[-1].detail.text()
    assert window.bridge.reader.value("SELECT count(*) FROM department") == 1


def test_one_crash_dialog_counts(qtbot: QtBot, window: MainWindow, home: Path) -> None:
    crashes = Crashes()
    crashes.bug.connect(window.tell_bug)
    crashes.mistake.connect(window.tell)
    for _ in range(3):
        crashes.report(ZeroDivisionError("division"))
    shown = [one for one in dialogs(window) if isinstance(one, CrashDialog)]
    assert len(shown) == 1
    assert shown[0].times == 3
    assert "3" in shown[0].sentence.text()
    assert "ZeroDivisionError" in shown[0].text.toPlainText()
    shown[0].buttons["copy"].click()
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    assert list((home / "logs").glob("bug-*.log"))
    crashes.report(UserError("A calm sentence."))
    assert "A calm sentence." in dialogs(window)[-1].sentence.text()
    shown[0].buttons["ok"].click()


def test_crash_in_a_thread_reaches_the_window(qtbot: QtBot, window: MainWindow) -> None:
    crashes = Crashes()
    crashes.bug.connect(window.tell_bug)
    crashes.install()
    try:
        thread = threading.Thread(target=lambda: 1 // 0)
        with qtbot.waitSignal(crashes.bug, timeout=2000):
            thread.start()
            thread.join()
    finally:
        crashes.uninstall()
    assert any(isinstance(one, CrashDialog) for one in dialogs(window))


def test_storage_error_of_a_save_keeps_the_project(
    qtbot: QtBot, window: MainWindow, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_pilot.errors import StorageKind

    def refuse(*_: object, **__: object) -> None:
        raise StorageError(StorageKind.FULL, "The disk is full.")

    window.bridge.execute(SetField("project", 1, "name", "Renamed"))
    monkeypatch.setattr(window.bridge.project, "begin_save", lambda *_, **__: refuse)
    window.files.save()
    qtbot.waitUntil(lambda: not window.files.saving)
    assert "The disk is full." in dialogs(window)[-1].sentence.text()
    assert window.bridge.project.unsaved
