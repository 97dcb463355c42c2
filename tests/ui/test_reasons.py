"""What is grey says why: in every room of a read-only project, an empty one, and without one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project
from ui.actions import ACTIONS
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.main_window import MainWindow
from ui.screens.maintenance.screen import MaintenanceScreen
from ui.screens.planning.screen import PlanningScreen
from ui.screens.stakeholders.screen import StakeholdersScreen
from ui.sidebar import ROOMS
from ui.widgets.buttons import Guard, set_reason

READ_ONLY = "This project is open read-only. Use “Save as” to work on a file of your own."
TYPED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)


def shown(qtbot: QtBot, project: Project | None) -> MainWindow:
    """A window over a project."""
    made = MainWindow(Bridge())
    qtbot.addWidget(made, before_close_func=lambda w: w.hide())
    made.complete()
    made.resize(1366, 768)
    made.show()
    if project is not None:
        made.bridge.attach(project)
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def read_only(qtbot: QtBot, demo: Path) -> Iterator[MainWindow]:
    """A window over the French demonstration project, read-only."""
    with Project.open(demo, read_only=True) as project:
        made = shown(qtbot, project)
        yield made
        made.jobs.wait()
        made.hide()
        made.bridge.detach()


def mute(place: QWidget) -> list[str]:
    """Greyed widgets and actions below `place` that do not say why."""
    found = []
    for kind in (*TYPED, QAction):
        for one in place.findChildren(kind):
            if isinstance(one, QWidget):
                seen = one.isVisible() and not one.isEnabled()
                said = one.toolTip() and one.accessibleDescription()
            else:
                seen = not one.isEnabled() and not one.isSeparator() and bool(one.text())
                said = one.property("reason") and one.toolTip()
            if seen and not said:
                found.append(
                    f"{type(one).__name__} {one.objectName()} {getattr(one, 'text', str)()}"
                )
    return found


def look_around(qtbot: QtBot, window: MainWindow) -> None:
    """Every room, with everything it shows a moment later."""
    for room in ROOMS:
        window.show_screen(room.name)
        qtbot.wait(60)
        assert not mute(window), room.name


def test_read_only_rooms(qtbot: QtBot, read_only: MainWindow) -> None:
    look_around(qtbot, read_only)


def test_empty_rooms(qtbot: QtBot, project: Project) -> None:
    window = shown(qtbot, project)
    look_around(qtbot, window)
    window.jobs.wait()
    window.bridge.detach()


def test_no_project(qtbot: QtBot) -> None:
    window = shown(qtbot, None)
    assert not mute(window)
    assert window.actions_.by_id["undo"].property("reason") == "No project is open."


@pytest.mark.parametrize(
    ("room", "buttons"),
    [
        ("planning", ["Add a task"]),
        ("stakeholders", ["Add", "Rate"]),
        ("training", ["New session", "Enrol", "Type the sheet"]),
        ("people", ["Add a person"]),
        ("maintenance", ["New ticket", "Edit the sentence"]),
        ("committee", ["Plan the next committee", "Edit the sentence"]),
        ("documents", ["Issue…", "Choose a logo…"]),
        ("cockpit", ["Edit the sentence"]),
    ],
)
def test_what_edits_is_grey_in_a_read_only_project(
    qtbot: QtBot, read_only: MainWindow, room: str, buttons: list[str]
) -> None:
    read_only.show_screen(room)
    qtbot.wait(60)
    seen = [b for b in read_only.screen_named(room).findChildren(QPushButton) if b.isVisible()]
    for text in buttons:
        found = [button for button in seen if button.text().strip() == text]
        assert found, text
        assert not found[0].isEnabled(), text
        assert found[0].toolTip() == READ_ONLY, text


def test_a_form_can_be_read_and_copied(qtbot: QtBot, read_only: MainWindow) -> None:
    read_only.show_screen("maintenance")
    room = read_only.screen_named("maintenance")
    assert isinstance(room, MaintenanceScreen)
    title, status = room.form.editor("title"), room.form.editor("status")
    assert isinstance(title, QLineEdit)
    assert title.isEnabled() and title.isReadOnly() and title.text()
    assert title.toolTip() == status.toolTip() == READ_ONLY
    assert not status.isEnabled()


def test_the_room_wakes_when_it_can_be_edited(
    qtbot: QtBot, read_only: MainWindow, tmp_path: Path
) -> None:
    read_only.show_screen("planning")
    room = read_only.screen_named("planning")
    assert isinstance(room, PlanningScreen)
    assert room.gantt.frozen
    assert read_only.actions_.by_id["import"].property("reason") == READ_ONLY
    read_only.bridge.project.save(tmp_path / "mine.crmp")
    read_only.bridge.saved.emit()
    assert room.toolbar.add.isEnabled()
    assert room.toolbar.add.toolTip() == ""
    assert not room.gantt.frozen
    assert read_only.actions_.by_id["import"].isEnabled()


def test_a_refusal_comes_before_the_typing(qtbot: QtBot, read_only: MainWindow) -> None:
    read_only.show_screen("stakeholders")
    room = read_only.screen_named("stakeholders")
    assert isinstance(room, StakeholdersScreen)
    assert room.selected_id is not None
    room.plane.setFocus()
    qtbot.keyClick(room.plane, Qt.Key.Key_Return)
    told = [one for one in read_only.findChildren(Dialog) if one.isVisible()]
    assert [one.sentence.text() for one in told] == [READ_ONLY]


def test_whoever_holds_the_file_is_named(qtbot: QtBot, demo: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(demo, tmp_path / "held.crmp"))
    with Project.open(path, person="Nora Faure"), Project.open(path) as second:
        bridge = Bridge(second)
        assert bridge.why_not_edit().startswith("Nora Faure has this project open")
        bridge.set_language("fr")
        assert "Nora Faure" in bridge.why_not_edit()
        bridge.set_language("en")
        bridge.detach()


def test_copies_and_search_say_why(qtbot: QtBot, project: Project, tmp_path: Path) -> None:
    window = shown(qtbot, project)
    by_id = window.actions_.by_id
    window.show_screen("cockpit")
    assert by_id["find"].property("reason") == "This screen has nothing to search in."
    window.show_screen("people")
    assert by_id["find"].isEnabled()
    assert "There are no dated copies yet" in by_id["copies"].toolTip()
    project.save(tmp_path / "one.crmp")
    project.execute(Add("department", {"name": "Sales"}))
    project.save()
    window.bridge.saved.emit()
    assert by_id["copies"].isEnabled()
    window.files.saving_changed.emit(True)
    assert by_id["save"].property("reason") == "The project is being saved."
    window.files.saving_changed.emit(False)
    assert by_id["save"].isEnabled()
    window.bridge.detach()


def test_every_need_has_its_reason(qtbot: QtBot) -> None:
    window = shown(qtbot, None)
    for spec in ACTIONS:
        assert bool(window.actions_.reason(spec)) == bool(spec.needs), spec.id


def test_menus_show_their_reasons(qtbot: QtBot, read_only: MainWindow) -> None:
    read_only.show_screen("planning")
    room = read_only.screen_named("planning")
    assert isinstance(room, PlanningScreen)
    menu = room.edits.menu(room)
    assert menu.toolTipsVisible()
    assert not mute(menu)
    menus = [*read_only.header.menu_list, *read_only.actions_.submenus]
    assert all(one.toolTipsVisible() for one in menus)


def test_a_tooltip_of_its_own_comes_back(qtbot: QtBot, project: Project) -> None:
    button = QPushButton("Add")
    qtbot.addWidget(button)
    button.setToolTip("Adds a row")
    set_reason(button, "Not now.")
    assert (button.isEnabled(), button.toolTip()) == (False, "Not now.")
    button.setToolTip("Ajoute une ligne")  # said in another language meanwhile
    set_reason(button, "Pas maintenant.")
    set_reason(button, "")
    assert (button.isEnabled(), button.toolTip()) == (True, "Ajoute une ligne")
    bridge = Bridge(project)
    guard = Guard(bridge, button)
    guard.add(button, why=lambda: "Of its own.")
    assert button.toolTip() == "Of its own."
    bridge.detach()
    assert button.toolTip() == "No project is open."
