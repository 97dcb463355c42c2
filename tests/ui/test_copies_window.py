"""Safe keeping as a person sees it: the saved state, the window of copies, the bar above."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project, SetField, copies_of, recoverable
from crm_pilot.store import checks, copies
from crm_pilot.versions import Place
from ui.dialogs.base import Dialog
from ui.dialogs.copies import CopiesWindow
from ui.dialogs.messages import RecoveryDialog
from ui.main_window import MainWindow


@pytest.fixture
def saved(window: MainWindow, tmp_path: Path) -> Path:
    """The window's project, saved once."""
    path = tmp_path / "trial.crmp"
    window.bridge.execute(Add("task", {"title": "Reprise"}))
    window.bridge.project.save(path)
    window.bridge.saved.emit()
    window.files.keeping.watch.begin()
    return path


def dialogs(window: MainWindow) -> list[Dialog]:
    """Dialogs of the window that are open, the newest last."""
    return [one for one in window.findChildren(Dialog) if one.isVisible()]


def copies_window(window: MainWindow) -> CopiesWindow:
    """The only dialog that is open."""
    (shown,) = dialogs(window)
    assert isinstance(shown, CopiesWindow)
    return shown


def columns(shown: CopiesWindow, column: int) -> list[str]:
    """Texts of a column."""
    return [shown.model.index(row, column).data() for row in range(shown.model.rowCount())]


def save_some(window: MainWindow, count: int) -> None:
    """Save a department more each time."""
    for number in range(count):
        window.bridge.execute(Add("department", {"name": f"D{number}"}))
        window.bridge.project.save()
    window.bridge.saved.emit()


def someone_else(path: Path, title: str = "theirs") -> bytes:
    """Let another program put its own version in the place of the file."""
    other = path.with_name("other.tmp")
    shutil.copy(path, other)
    with closing(sqlite3.connect(other)) as theirs:
        theirs.execute("UPDATE task SET title = ?", (title,))
        theirs.commit()
    os.replace(other, path)
    return path.read_bytes()


def damage(path: Path) -> None:
    """Overwrite the second half of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\0" * (len(content) - len(content) // 2)
    path.write_bytes(content)


# the saved state ---------------------------------------------------------------------------------


def test_the_state_says_time_copies_and_check(window: MainWindow, saved: Path) -> None:
    save_some(window, 2)
    state = window.sidebar.state
    assert state.line.text().startswith("Saved at ")
    assert state.detail.text().replace("\u00a0", " ") == "2 copies, last check passed"
    assert "every page and index" in state.toolTip()
    assert str(saved) in state.toolTip()
    assert "2 copies" in state.accessibleName()


def test_the_state_opens_the_copies_by_key(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    save_some(window, 1)
    state = window.sidebar.state
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        state.setFocus()
        qtbot.keyClick(state, key)
        shown = copies_window(window)
        qtbot.waitUntil(lambda shown=shown: shown.complete)
        shown.reject()


def test_a_failed_check_is_told_plainly(window: MainWindow, saved: Path) -> None:
    moment = dt.datetime(2026, 11, 21, 14, 2)
    window.bridge.project.last_check = checks.Check(moment, False, "1.0", problem="row missing")
    window.sidebar.refresh_state()
    state = window.sidebar.state
    assert state.detail.text() == "the last check failed"
    assert "row missing" in state.toolTip() and "14:02" in state.toolTip()


# the window --------------------------------------------------------------------------------------


def test_each_version_says_what_changed(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    save_some(window, 3)
    window.actions_.by_id["copies"].trigger()
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    assert columns(shown, 1) == ["The file now"] + ["Dated copy"] * 3
    assert columns(shown, 2) == ["1 department added"] * 3 + ["the oldest version kept"]
    assert columns(shown, 3) == ["sound"] * 4
    assert shown.words.text() == "• 1 department added"
    assert shown.buttons["restore"].isEnabled() and shown.buttons["open"].isEnabled()
    shown.reject()


def test_a_damaged_copy_cannot_be_chosen(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    save_some(window, 2)
    damage(copies_of(saved)[0].path)
    window.files.show_copies()
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    assert columns(shown, 3) == ["sound", "damaged", "sound"]
    shown.table.setFocus()
    qtbot.keyClick(shown.table, Qt.Key.Key_Down)
    assert not shown.buttons["restore"].isEnabled()
    assert shown.buttons["restore"].toolTip() == "This version is damaged."
    assert "is damaged" in shown.words.text()
    assert columns(shown, 2)[0] == "2 departments added"  # against the sound one before
    shown.reject()


def test_sixty_copies_and_none(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    window.files.show_copies()
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    assert "no dated copies yet" in shown.empty.text() and shown.empty.isVisible()
    assert shown.model.rowCount() == 1
    shown.reject()
    for number in range(60):
        copies.keep_copy(saved, dt.datetime(2026, 9, 1) + dt.timedelta(days=number))
    window.files.show_copies()
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 61)
    assert not shown.empty.isVisible()
    shown.reject()  # while it still looks: the job stops, nothing breaks
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)


def test_controls_have_names(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    save_some(window, 1)
    window.files.show_copies()
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    assert shown.table.accessibleName() == "Versions of this project"
    face = QAccessible.queryAccessibleInterface(shown.table)
    assert face.childCount() > 0
    spoken = shown.model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "What changed: 1 department added"
    shown.reject()


def test_restoring_makes_a_new_file_and_opens_it(
    qtbot: QtBot, window: MainWindow, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_some(window, 2)
    now = saved.read_bytes()
    window.files.show_copies()
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    shown._choose(2)
    proposals: list[str] = []

    def ask(_parent: object, _title: str, proposal: str, _filter: str) -> tuple[str, str]:
        proposals.append(proposal)
        return str(saved), ""  # the very file, which the dialog of the system would let replace

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialogs(window)) == 2)
    assert "is there already" in dialogs(window)[-1].sentence.text()
    dialogs(window)[-1].reject()
    assert saved.read_bytes() == now
    assert Path(proposals[0]).parent == saved.parent
    assert Path(proposals[0]).name.startswith("trial (")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (proposals[0], ""))
    with qtbot.waitSignal(window.bridge.project_changed, timeout=5000):
        shown.buttons["restore"].click()
    qtbot.waitUntil(
        lambda: window.bridge.has_project and window.bridge.project.path == Path(proposals[0])
    )
    assert not window.bridge.project.read_only
    assert window.bridge.reader.value("SELECT count(*) FROM department") == 0
    assert saved.read_bytes() == now


def test_opening_a_copy_is_read_only(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    save_some(window, 1)
    window.files.show_copies()
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    shown._choose(1)
    shown.buttons["open"].click()
    assert window.bridge.project.read_only
    assert window.bridge.reader.value("SELECT count(*) FROM department") == 0


# a damaged file ----------------------------------------------------------------------------------


def test_damaged_file_and_unsaved_work_share_one_window(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    save_some(window, 1)
    window.bridge.execute(SetField("task", 1, "title", "Unsaved"))
    project = window.bridge.detach()
    assert project is not None
    project.close(keep=True)
    lost = Project.create(name="Another")
    lost.execute(Add("department", {"name": "Kept"}))
    lost.close(keep=True)
    damage(saved)
    damaged = saved.read_bytes()
    assert not window.files.load(saved)
    assert window.files.offer_recovery()  # as a start does
    shown = copies_window(window)
    assert "is damaged" in shown.sentence.text()
    assert "Nothing was changed" in shown.detail.text()
    qtbot.waitUntil(lambda: shown.complete)
    assert columns(shown, 1) == ["Unsaved work", "The file now", "Dated copy"]
    assert shown.buttons["recover"].isVisible() and not shown.buttons["restore"].isVisible()
    assert saved.read_bytes() == damaged
    shown.reject()
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    (rest,) = dialogs(window)  # what is left of other files follows
    assert isinstance(rest, RecoveryDialog)
    assert [one.name for one in rest.left] == ["Another"]
    rest.reject()


def test_unsaved_work_of_a_damaged_file_is_gone_on_with(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    window.bridge.execute(SetField("task", 1, "title", "Unsaved"))
    project = window.bridge.detach()
    assert project is not None
    project.close(keep=True)
    damage(saved)
    assert not window.files.load(saved)
    assert window.files.offer_recovery()
    copies_window(window).buttons["recover"].click()
    assert window.bridge.reader.value("SELECT title FROM task") == "Unsaved"
    assert not dialogs(window)


def test_a_damaged_file_chooses_a_sound_copy(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    save_some(window, 2)
    window.files.drop()
    damage(saved)
    damage(copies_of(saved)[0].path)
    assert not window.files.load(saved)
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    assert columns(shown, 3) == ["damaged", "damaged", "sound"]
    assert shown.table.currentIndex().row() == 2
    assert shown.buttons["restore"].isEnabled()
    shown.reject()


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n" * 50, None], ids=["empty", "text", "gone"])
def test_a_file_that_is_not_ours_any_more_offers_its_copies(
    qtbot: QtBot, window: MainWindow, saved: Path, content: bytes | None
) -> None:
    save_some(window, 1)
    window.files.drop()
    if content is None:
        saved.unlink()
    else:
        saved.write_bytes(content)
    assert not window.files.load(saved)
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    assert columns(shown, 3)[-1] == "sound"
    shown.reject()


# outside -----------------------------------------------------------------------------------------


def test_a_change_from_elsewhere_is_told_while_open(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    bar = window.files.keeping.bar
    known = window.bridge.project.known_file
    assert known is not None
    qtbot.waitUntil(lambda: known.base.exists() and not window.jobs.busy)
    window.bridge.execute(Add("department", {"name": "mine"}))
    foreign = someone_else(saved)  # only the system's watcher tells
    qtbot.waitUntil(bar.isVisible, timeout=5000)
    assert bar.sentence.text().startswith("The file was changed elsewhere at ")
    assert bar.detail.text() == "What changed there: 1 task changed."
    assert list(bar.buttons) == ["theirs", "save_as"]
    assert bar.accessibleName() == bar.sentence.text()
    assert saved.read_bytes() == foreign


def test_own_saves_are_no_change(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    keeping = window.files.keeping
    qtbot.waitUntil(lambda: not window.jobs.busy)
    window.bridge.execute(Add("department", {"name": "mine"}))
    with qtbot.waitSignal(window.bridge.saved, timeout=5000):
        window.files.save()
    with qtbot.waitSignal(keeping.watch.elsewhere, timeout=5000) as looked:
        keeping.watch.look_soon(thorough=True)
    assert looked.args == [None]
    assert not keeping.bar.isVisible()


def test_the_window_looks_when_it_comes_to_the_front(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    keeping = window.files.keeping
    qtbot.waitUntil(lambda: not window.jobs.busy)
    keeping.watch._arm_nothing()  # a network tells nothing
    someone_else(saved)
    with qtbot.waitSignal(keeping.watch.elsewhere, timeout=5000):
        keeping.watch.eventFilter(window, QEvent(QEvent.Type.WindowActivate))
    assert keeping.bar.isVisible()


def told(qtbot: QtBot, window: MainWindow) -> None:
    """Wait for a look at the file."""
    watch = window.files.keeping.watch
    qtbot.waitUntil(lambda: not window.jobs.busy)
    with qtbot.waitSignal(watch.elsewhere, timeout=5000):
        watch.look_soon(thorough=True)


def test_opening_theirs_keeps_mine(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    window.bridge.execute(Add("department", {"name": "mine"}))
    someone_else(saved)
    told(qtbot, window)
    window.files.keeping.bar.buttons["theirs"].click()
    (asked,) = dialogs(window)
    assert "kept" in asked.detail.text()
    asked.buttons["theirs"].click()
    qtbot.waitUntil(lambda: window.bridge.has_project)
    assert window.bridge.reader.value("SELECT title FROM task") == "theirs"
    assert not window.files.keeping.bar.isVisible()
    assert [one.edits > 0 for one in recoverable() if one.original == saved] == [True]


def test_without_edits_theirs_is_simply_opened(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    someone_else(saved)
    told(qtbot, window)
    window.files.keeping.bar.buttons["theirs"].click()
    qtbot.waitUntil(lambda: window.bridge.has_project)
    assert not dialogs(window)
    assert window.bridge.reader.value("SELECT title FROM task") == "theirs"
    assert recoverable() == []


def test_replacing_asks_twice_and_keeps_theirs(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    window.bridge.execute(Add("department", {"name": "mine"}))
    foreign = someone_else(saved)
    told(qtbot, window)
    window.files.save()
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    dialogs(window)[-1].buttons["replace"].click()
    assert saved.read_bytes() == foreign
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    second = dialogs(window)[-1]
    assert second.sentence.text() == "Replace the other version with yours?"
    assert "1 task changed" in second.detail.text()
    assert second.buttons["cancel"].isDefault()
    assert saved.read_bytes() == foreign
    with qtbot.waitSignal(window.bridge.saved, timeout=5000):
        second.buttons["replace"].click()
    assert copies_of(saved)[0].path.read_bytes() == foreign
    assert not window.files.keeping.bar.isVisible()
    assert window.sidebar.state.line.text().startswith("Saved at ")


def test_a_notice_that_was_closed_stays_closed(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    someone_else(saved)
    told(qtbot, window)
    bar = window.files.keeping.bar
    bar._close.click()
    told(qtbot, window)
    assert not bar.isVisible()
    someone_else(saved, "theirs again")
    told(qtbot, window)
    assert bar.isVisible()


def test_deleted_underneath_can_be_written_again(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    window.bridge.execute(Add("department", {"name": "mine"}))
    saved.unlink()
    told(qtbot, window)
    bar = window.files.keeping.bar
    assert bar.sentence.text() == "The file is no longer where it was"
    with qtbot.waitSignal(window.bridge.saved, timeout=5000):
        bar.buttons["again"].click()
    assert saved.exists()
    assert not bar.isVisible()


def test_a_folder_away_and_back(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    away = saved.parent.with_name(saved.parent.name + "-away")
    window.bridge.execute(Add("department", {"name": "mine"}))
    saved.parent.rename(away)
    told(qtbot, window)
    bar = window.files.keeping.bar
    assert bar.sentence.text() == "The folder of the file cannot be reached"
    window.files.save()
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    asked = dialogs(window)[-1]
    assert set(asked.buttons) == {"retry", "cancel", "save_as"}
    away.rename(saved.parent)
    with qtbot.waitSignal(window.bridge.saved, timeout=5000):
        asked.buttons["retry"].click()
    assert not bar.isVisible()


def test_a_placeholder_is_told(qtbot: QtBot, window: MainWindow, saved: Path) -> None:
    whole = saved.read_bytes()
    saved.write_bytes(b"")
    told(qtbot, window)
    bar = window.files.keeping.bar
    assert bar.sentence.text() == "The file is empty at the moment"
    assert window.sidebar.state.line.text() == "File empty for now"
    saved.write_bytes(whole)
    told(qtbot, window)
    assert not bar.isVisible()
    assert window.sidebar.state.line.text().startswith("Saved at ")


def test_a_second_version_is_named_on_opening(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    window.files.drop()
    second = saved.with_name("trial-PC-LYON.crmp")
    shutil.copy(saved, second)
    someone_else(second)
    assert window.files.load(saved)
    window.files.keeping.watch.begin()
    bar = window.files.keeping.bar
    qtbot.waitUntil(bar.isVisible, timeout=5000)
    assert "“trial-PC-LYON.crmp”" in bar.sentence.text()
    assert bar.detail.text() == "Against your file it has: 1 task changed."
    bar.buttons["compare"].click()
    shown = copies_window(window)
    qtbot.waitUntil(lambda: shown.complete)
    assert columns(shown, 1) == ["The file now", "Second version (PC-LYON)"]
    assert columns(shown, 2)[1] == "1 task changed"
    shown.reject()


def test_a_place_is_shown_and_explained_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "OneDrive - Mervane"
    folder.mkdir()
    bar = window.files.keeping.bar
    window.bridge.project.save(folder / "trial.crmp")
    window.bridge.saved.emit()
    qtbot.waitUntil(bar.isVisible, timeout=5000)
    assert bar.sentence.text() == "This project lives in OneDrive - Mervane"
    assert window.sidebar.state.place.whole() == "in OneDrive - Mervane"
    bar.clear()
    with qtbot.waitSignal(window.files.keeping.watch.place_found, timeout=5000):
        window.bridge.saved.emit()
    assert not bar.isVisible()
    assert window.bridge.settings.explained == ["OneDrive"]


def test_a_network_is_named(window: MainWindow, saved: Path) -> None:
    window.sidebar.set_place(Place("network", r"\\server\crm"))
    assert window.sidebar.state.place.whole() == r"on the network: \\server\crm"
    window.sidebar.set_place(None)
    assert not window.sidebar.state.place.isVisible()


def test_an_old_save_says_its_day(window: MainWindow, saved: Path) -> None:
    window.bridge.project.saved_at = dt.datetime(2025, 11, 12, 14, 2)
    window.sidebar.refresh_state()
    line = window.sidebar.state.line.text().replace("\u00a0", " ")
    assert line == "Saved on 12 Nov"
