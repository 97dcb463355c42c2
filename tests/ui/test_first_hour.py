"""What a newcomer meets in the first hour: ways to begin, folders remembered, texts that fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project
from crm_pilot.training.queries import figures
from ui.bridge import Bridge
from ui.dialogs import import_wizard
from ui.dialogs.import_wizard import ImportWizard
from ui.files import usual_folder
from ui.main_window import MainWindow
from ui.screens.maintenance.screen import MaintenanceScreen
from ui.screens.people.screen import PeopleScreen
from ui.screens.training.coverage import CoverageTile
from ui.tasks import Jobs
from ui.widgets.grid_menu import row_menu


@pytest.mark.parametrize("room", [PeopleScreen, MaintenanceScreen])
def test_an_empty_room_offers_the_import(
    qtbot: QtBot, bridge: Bridge, room: type[PeopleScreen] | type[MaintenanceScreen]
) -> None:
    screen = room(bridge)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh(None)
    empty = screen.empty if isinstance(screen, MaintenanceScreen) else screen._empties["person"]
    assert empty.second.isVisible() and "Import" in empty.second.text()
    with qtbot.waitSignal(bridge.import_asked):
        empty.second.click()


def test_after_an_import_the_persons_are_in_front(
    qtbot: QtBot, bridge: Bridge, project: Project
) -> None:
    screen = PeopleScreen(bridge)
    qtbot.addWidget(screen)
    project.execute(Add("person", {"last_name": "Adam"}))
    screen.refresh(None)
    screen.open_item("role", 0)
    screen.show_imported()
    assert screen.table is screen._tables["person"]
    screen._search.setText("adam")
    assert screen._shown.text() == ""
    project.execute(Add("person", {"last_name": "Bernard"}))
    screen.refresh(None)
    assert screen._shown.text() == "1 of 2 row"


def test_the_next_import_begins_where_the_last_file_was(
    qtbot: QtBot, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(import_wizard, "ask_for_table", lambda _p, folder, _t: asked.append(folder))
    bridge.settings.import_folder = str(tmp_path)
    wizard = ImportWizard(None, bridge, Jobs())
    qtbot.addWidget(wizard)
    wizard.choose()
    bridge.settings.import_folder = str(tmp_path / "gone")
    wizard.choose()
    assert asked == [str(tmp_path), usual_folder(bridge)]


def test_a_folder_that_is_gone_is_not_proposed(bridge: Bridge, tmp_path: Path) -> None:
    bridge.settings.last_folder = str(tmp_path)
    assert usual_folder(bridge) == str(tmp_path)
    bridge.settings.last_folder = str(tmp_path / "gone")
    assert Path(usual_folder(bridge)).is_dir()


def test_menus_name_keys_as_the_keyboard_does(
    qtbot: QtBot, bridge: Bridge, project: Project
) -> None:
    from ui import language

    project.execute(Add("person", {"last_name": "Adam"}))
    screen = PeopleScreen(bridge)
    qtbot.addWidget(screen)
    screen.refresh(None)
    language.apply("fr")
    said = [action.text() for action in row_menu(screen.table).actions()]
    assert any("Maj+D" in text for text in said)
    assert not any("Shift" in text for text in said)


def test_the_edit_menu_offers_what_the_table_can_do(
    qtbot: QtBot, window: MainWindow, project: Project
) -> None:
    menu = window.actions_.submenu("table>")
    menu.aboutToShow.emit()
    assert [entry.isEnabled() for entry in menu.actions()] == [False]  # the cockpit has no table
    project.execute(Add("person", {"last_name": "Adam"}))
    window.show_screen("people")
    screen = window.screen_named("people")
    assert isinstance(screen, PeopleScreen)
    qtbot.waitUntil(screen.table.isVisible)
    screen.table.selectRow(0)
    menu.aboutToShow.emit()
    (duplicate,) = [entry for entry in menu.actions() if entry.text().startswith("Duplicate")]
    duplicate.trigger()
    assert project.reader.value("SELECT COUNT(*) FROM person") == 2


def test_coverage_without_accounts_says_what_to_do(
    qtbot: QtBot, bridge: Bridge, project: Project
) -> None:
    tile = CoverageTile()
    qtbot.addWidget(tile)
    tile.show_figures(figures(project.reader, bridge.today))
    assert "Import people" in tile.words.text()
