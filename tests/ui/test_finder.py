"""The palette with the keyboard: what it finds, what it opens, what is grey and why."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_pilot.findable import KINDS
from crm_pilot.project import Project, SetField
from crm_pilot.settings import load_settings
from ui.bridge import Bridge
from ui.dialogs.finder import Finder, spoken
from ui.main_window import MainWindow
from ui.screens.adoption.features_view import FeaturesView
from ui.screens.adoption.needs_view import NeedsView
from ui.screens.adoption.screen import AdoptionScreen
from ui.screens.committee.raci_grid import RaciGrid
from ui.screens.committee.screen import CommitteeScreen
from ui.screens.maintenance.screen import MaintenanceScreen
from ui.screens.people.screen import PeopleScreen
from ui.screens.planning.screen import PlanningScreen
from ui.screens.stakeholders.screen import StakeholdersScreen
from ui.screens.training.courses_view import CoursesView
from ui.screens.training.screen import TrainingScreen
from ui.widgets.table import Table


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    """A demonstration project of one's own."""
    return Path(shutil.copy(demo, tmp_path / "demo.crmp"))


@pytest.fixture
def window(qtbot: QtBot, copy: Path) -> Iterator[MainWindow]:
    """The main window over the French demonstration project, in English."""
    with Project.open(copy) as project:
        made = MainWindow(Bridge())
        qtbot.addWidget(made, before_close_func=lambda w: w.hide())
        made.complete()
        made.resize(1366, 768)
        made.show()
        made.bridge.attach(project)
        qtbot.waitExposed(made)
        yield made
        made.jobs.wait()
        made.hide()
        made.bridge.detach()


@pytest.fixture
def find(qtbot: QtBot, window: MainWindow) -> Callable[..., Finder]:
    """Opens the palette and types."""

    def opened(typed: str = "", *, wait: bool = True) -> Finder:
        window.actions_.by_id["palette"].trigger()
        finder = next(one for one in window.findChildren(Finder) if one.isVisible())
        if wait:
            qtbot.waitUntil(lambda: finder.complete)
        finder.field.setText(typed)
        return finder

    return opened


def kinds(finder: Finder) -> list[str]:
    """Kinds of the results in order, each once."""
    return list(dict.fromkeys(line.hit.kind for line in finder.model.lines if line.hit))


def leave(finder: Finder) -> None:
    """Close without choosing."""
    finder.reject()


def test_nothing_typed_offers_the_rooms(find: Callable[..., Finder]) -> None:
    finder = find()
    assert [line.text for line in finder.model.lines] == [
        "Rooms",
        *("Cockpit", "Plan", "Stakeholders", "Training", "Adoption", "People", "Maintenance"),
        *("Committee", "Documents"),
    ]
    assert finder.current is not None
    assert finder.current.text == "Cockpit"
    assert finder.current.detail == "Ctrl+1"


def test_arrows_pass_the_headings_and_go_round(qtbot: QtBot, find: Callable[..., Finder]) -> None:
    finder = find("pla")
    rows = [row for row, line in enumerate(finder.model.lines) if line.hit is not None]
    assert rows[0] == 1
    assert len(finder.model.lines) > len(rows) + 1  # several kinds
    seen = []
    for _ in range(len(rows) + 1):
        seen.append(finder.listed.currentIndex().row())
        qtbot.keyClick(finder.field, Qt.Key.Key_Down)
    assert seen == [*rows, rows[0]]
    qtbot.keyClick(finder.field, Qt.Key.Key_PageDown)
    assert finder.listed.currentIndex().row() == rows[min(len(rows) - 1, 9)]
    assert finder.field.accessibleDescription() == spoken(finder.model.lines[rows[9]])


def test_first_characters_narrow_and_many_are_counted(find: Callable[..., Finder]) -> None:
    finder = find("#")
    assert kinds(finder) == ["ticket"]
    assert finder.model.lines[-1].text.startswith("and ")
    assert finder.model.lines[-1].hit is None
    finder.field.setText("@a")
    assert kinds(finder) == ["person"]
    finder.field.setText(">s")
    assert kinds(finder) == ["action"]
    finder.field.setText("xyzxyz")
    assert [line.text for line in finder.model.lines] == ["Nothing is called “xyzxyz”."]


def test_a_grey_action_is_found_says_why_and_stays(
    qtbot: QtBot, window: MainWindow, find: Callable[..., Finder]
) -> None:
    finder = find("> redo")
    line = finder.current
    assert line is not None
    assert line.look is not None
    assert line.look.reason == line.detail == finder.hint.text() == "There is nothing to redo."
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.isVisible()
    finder.field.setText("> about")
    assert "actions" in finder.hint.text()
    leave(finder)


def test_enter_typed_faster_than_reading_still_opens(
    qtbot: QtBot, window: MainWindow, find: Callable[..., Finder]
) -> None:
    number = window.bridge.reader.value("SELECT number FROM ticket ORDER BY id LIMIT 1")
    finder = find(number, wait=False)
    assert not finder.complete
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    room = window.current
    assert isinstance(room, MaintenanceScreen)
    key = window.bridge.reader.value("SELECT id FROM ticket WHERE number = ?", number)
    assert room.table.current_id == key


# where things open ---------------------------------------------------------------------------


def _current(window: MainWindow, table: str) -> Any:
    """What is current in the room that is shown, whatever its kind."""
    room = window.current
    if isinstance(room, PlanningScreen):
        return room.view.current.key if room.view.current else None
    if isinstance(room, PeopleScreen):
        assert room.table.rows.table == table
        return room.table.current_id
    if isinstance(room, StakeholdersScreen):
        if table == "lateral_project":
            assert room.view.value == "lateral"
            return room.others.view("lateral").table.current_id
        return room.selected_id
    if isinstance(room, TrainingScreen):
        if table == "course":
            courses = window.findChildren(CoursesView)[-1]
            assert courses.isVisible()
            return courses.table.current_id
        return room.sessions.table.current_id
    if isinstance(room, MaintenanceScreen):
        return room.table.current_id
    if isinstance(room, AdoptionScreen):
        front = room.views.currentWidget()
        if isinstance(front, FeaturesView):
            assert front.choice.value == table
            return front.tables[table].current_id
        assert isinstance(front, NeedsView)
        return front.cases.current_id
    assert isinstance(room, CommitteeScreen)
    shown = room.view.agenda.table if table == "agenda_item" else room.view.table
    if isinstance(shown, RaciGrid):
        return shown.raci.item(shown.currentIndex().row())
    assert shown.rows.table == table
    return shown.current_id


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_everything_opens_in_its_room(window: MainWindow, kind: Any) -> None:
    keys = [k for (k,) in window.bridge.reader.select(f"SELECT id FROM {kind.table} ORDER BY id")]
    for key in (keys[0], keys[len(keys) // 2], keys[-1]):
        window.go(kind.room, kind.table, key)
        assert window.current is not None
        assert window.current.name == kind.room
        assert _current(window, kind.table) == key
    focus = window.focusWidget() if kind.table != "course" else None
    if focus is not None and kind.table != "stakeholder":
        assert focus.isVisible()
        assert window.current.isAncestorOf(focus)


def test_an_account_opens_too(window: MainWindow) -> None:
    key = window.bridge.reader.value("SELECT MAX(id) FROM account")
    window.go("people", "account", key)
    assert _current(window, "account") == key


def test_filters_and_searches_do_not_hide_what_is_opened(window: MainWindow) -> None:
    reader = window.bridge.reader
    closed = reader.value("SELECT id FROM ticket WHERE status = 'closed' LIMIT 1")
    window.show_screen("maintenance")
    room = window.screen_named("maintenance")
    assert isinstance(room, MaintenanceScreen)
    room.search.setText("nothing has this text")
    window.go("maintenance", "ticket", closed)
    assert room.table.current_id == closed
    window.show_screen("people")
    people = window.screen_named("people")
    assert isinstance(people, PeopleScreen)
    from ui.models.filters import ColumnFilter

    column = people.table.rows.columns[0]
    first, last = (
        reader.value("SELECT MIN(id) FROM person"),
        reader.value("SELECT MAX(id) FROM person"),
    )
    held = people.table.rows.held([first])[0]
    token = column.shown(held)
    people.table.set_filter(column.key, ColumnFilter(values=frozenset({token})))
    window.go("people", "person", last)
    assert people.table.current_id == last


# what was chosen -----------------------------------------------------------------------------


def test_what_was_chosen_comes_first_and_is_remembered(
    qtbot: QtBot, window: MainWindow, find: Callable[..., Finder], copy: Path
) -> None:
    person = window.bridge.reader.value("SELECT MAX(id) FROM person")
    name = window.bridge.reader.value(
        "SELECT first_name || ' ' || last_name FROM person WHERE id = ?", person
    )
    finder = find("@" + name)
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    leave(finder)
    finder = find("> about")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    leave(finder)
    finder = find()
    assert [line.text for line in finder.model.lines][:3] == ["Recent", name, "About CRM Pilot"]
    assert window.bridge.settings.found == {
        str(copy): [f"person:{person}"],
        "": ["action:about"],
    }
    window.bridge.remember()
    assert load_settings().found == window.bridge.settings.found
    leave(finder)
    window.bridge.execute(SetField("person", person, "last_name", "Zzyzx"))
    finder = find()
    assert "Zzyzx" in finder.model.lines[1].text


def test_settings_of_another_kind_are_left_out(
    window: MainWindow, find: Callable[..., Finder]
) -> None:
    window.bridge.settings.found = {"": ["person", "gone:3", "action:none", "room:people", 4]}  # type: ignore[list-item]
    finder = find()
    assert [line.text for line in finder.model.lines][:2] == ["Recent", "People"]


def test_without_a_project_rooms_say_why(qtbot: QtBot) -> None:
    made = MainWindow(Bridge())
    qtbot.addWidget(made)
    made.complete()
    made.show()
    made.menus.open_finder()
    finder = made.findChildren(Finder)[-1]
    assert finder.current is not None
    assert finder.current.detail == "No project is open."
    finder.field.setText("new proj")
    assert finder.current.text == "New project"
    assert finder.current.detail == "Ctrl+N"
    leave(finder)


def test_tables_take_the_keyboard(window: MainWindow) -> None:
    window.go("people", "department", window.bridge.reader.value("SELECT MAX(id) FROM department"))
    focus = window.focusWidget()
    assert isinstance(focus, Table)
    assert focus.rows.table == "department"
