"""What the window remembers: its place, and the widths a person gave to columns."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.screens.people.screen import PeopleScreen


def people(window: MainWindow) -> PeopleScreen:
    """The people screen of a window, in front."""
    window.show_screen("people")
    screen = window.screen_named("people")
    assert isinstance(screen, PeopleScreen)
    return screen


def test_columns_and_window_come_back(qtbot: QtBot, window: MainWindow, project: Project) -> None:
    project.execute(Add("person", {"last_name": "Garnier"}))
    table = people(window).table
    head = table.horizontalHeader()
    place = [column.key for column in table.rows.columns].index("first_name")
    given = table.columnWidth(place) + 57
    head.resizeSection(place, given)
    kept = window.bridge.settings.tables
    qtbot.waitUntil(lambda: kept.get(table.name, {}).get("widths", {}).get("first_name") == given)
    window.resize(880, 655)  # the offscreen screen is small
    window.bridge.detach()  # nothing to ask about
    window.close()

    again = MainWindow(Bridge())  # reads the settings from their file
    qtbot.addWidget(again)
    again.complete()
    assert (again.width(), again.height()) == (880, 655)
    again.bridge.attach(project)
    assert people(again).table.columnWidth(place) == given
    again.bridge.detach()
