"""The list of keys names every key that the windows listen to, and no two that fight."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add
from ui.actions import ACTIONS
from ui.dialogs.keys import KeysDialog
from ui.keys import DIALOGS, PLAN, TABLES, Place, native, places
from ui.main_window import MainWindow
from ui.screens.people.screen import PeopleScreen
from ui.screens.planning.screen import PlanningScreen
from ui.widgets.grid_menu import row_menu

ROOT = Path(__file__).resolve().parents[2]
NAMES = {  # of Qt's keys -> as the table of keys writes them
    "Return": "Enter",
    "Escape": "Esc",
    "Insert": "Ins",
    "Delete": "Del",
    "Backtab": "Shift+Tab",
    "PageUp": "PgUp",
    "PageDown": "PgDown",
    "Plus": "+",
    "Equal": "+",  # the same key without Shift
    "Minus": "-",
}
SHEET = 2  # pages: one sheet, printed on both sides
STANDARD = {"Copy": "Ctrl+C", "Paste": "Ctrl+V", "Undo": "Ctrl+Z", "Redo": "Ctrl+Y"}


def listened(source: Path) -> set[str]:
    """Keys that a module names."""
    found = set()
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr.startswith("Key_"):
            name = node.attr.removeprefix("Key_")
            found.add(NAMES.get(name, name))
        elif isinstance(node, ast.Attribute) and _standard(node.value):
            found.add(STANDARD[node.attr])
    return found


def _standard(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in ("StandardKey", "Std")


def known(place: Place) -> set[str]:
    """Keys of a place, with and without what is held down."""
    keys = [key for entry in place.keys for key in entry.keys]
    return {*keys, *(key.rpartition("+")[2] or "+" for key in keys)}


MODULES = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / "ui").rglob("*.py")
    if path.name != "keys.py" and listened(path)
)


@pytest.mark.parametrize("module", MODULES)
def test_keys_a_module_listens_to_are_listed(module: str) -> None:
    held = [place for place in places() if module in place.modules]
    heard = set().union(*(known(place) for place in held or (places()[0], TABLES, DIALOGS)))
    missing = listened(ROOT / module) - heard
    assert not missing, "list them in ui/keys.py, at a place that names the module"


def test_places_name_modules_that_listen() -> None:
    named = [module for place in places() for module in place.modules]
    assert len(named) == len(set(named))
    assert set(named) - set(MODULES) <= {"ui/widgets/grid.py"}  # its keys are texts


def test_actions_and_shortcuts_of_the_window_are_listed(window: MainWindow) -> None:
    everywhere = {QKeySequence(key).toString() for entry in places()[0].keys for key in entry.keys}
    spans = {f"Ctrl+{n}" for n in range(1, 10)}
    for name in ("planning", "stakeholders", "training", "people", "maintenance", "committee"):
        window.show_screen(name)
    for action in window.findChildren(QAction):
        for keys in action.shortcuts():
            assert keys.toString() in everywhere, action.text()
    for shortcut in window.findChildren(QShortcut):
        assert shortcut.key().toString() in everywhere | spans


def test_no_key_stands_twice_or_against_an_action() -> None:
    of_actions = {key for spec in ACTIONS for key in spec.keys}
    rooms = {f"Ctrl+{n}" for n in range(1, 10)}
    for place in places():
        keys = [
            key
            for entry in place.keys
            for key in entry.keys
            if "time line" not in entry.text and "chart" not in entry.text
        ]
        assert len(keys) == len(set(keys)), place.title
        if place is not places()[0] and place.title != places()[0].title:
            assert not set(keys) & (of_actions | rooms), place.title
        for key in keys:
            assert QKeySequence(key).toString(), key


def test_keys_written_in_menus_are_those_listed(qtbot: QtBot, window: MainWindow) -> None:
    window.bridge.execute(Add("person", {"last_name": "Faure"}))
    window.bridge.execute(Add("task", {"title": "Design", "kind": "task"}))
    window.show_screen("people")
    people = window.screen_named("people")
    assert isinstance(people, PeopleScreen)
    window.show_screen("planning")
    plan = window.screen_named("planning")
    assert isinstance(plan, PlanningScreen)
    tables = {native(key) for entry in TABLES.keys for key in entry.keys}
    assert _written(row_menu(people.table)) <= tables
    own = {QKeySequence(key).toString() for key in _written(plan.edits.menu(plan))}
    listed = {
        QKeySequence(key).toString() for entry in (*PLAN.keys, *TABLES.keys) for key in entry.keys
    }
    assert own <= listed


def _written(menu: QMenu) -> set[str]:
    """What stands after the tab of each entry."""
    keys = {action.text().partition("\t")[2] for action in menu.actions()}
    return {key.replace("↵", "Enter") for key in keys if key}


def test_keys_of_every_grid_are_listed(window: MainWindow) -> None:
    window.show_screen("people")
    people = window.screen_named("people")
    assert isinstance(people, PeopleScreen)
    listed = {key for entry in TABLES.keys for key in entry.keys}
    for keys, _act in people.table._keys():
        assert keys.replace("Return", "Enter") in listed


def test_the_dialog_is_searched(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.by_id["keys"].trigger()
    dialog = window.findChildren(KeysDialog)[-1]
    shown = [row for group in dialog.groups for row in group.rows if row.isVisible()]
    assert len(shown) == sum(len(place.keys) for place in places())
    dialog.search.setText("fill")
    shown = [row for group in dialog.groups for row in group.rows if row.isVisible()]
    assert [row.accessibleName() for row in shown] == ["Ctrl+D: Fill down"]
    dialog.search.setText("ctrl d")
    assert "Ctrl+D: Fill down" in [
        row.accessibleName() for group in dialog.groups for row in group.rows if row.isVisible()
    ]
    dialog.search.setText("xyz")
    assert dialog.none.isVisible()
    assert dialog.none.text() == "No key does “xyz”."


def test_the_page_is_written_and_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    asked = tmp_path / "keys"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(asked), ""))
    dialog = KeysDialog(window, window.bridge)
    dialog.open()
    dialog.buttons["pdf"].click()
    assert opened == [str(tmp_path / "keys.pdf")]
    assert len(PdfReader(tmp_path / "keys.pdf").pages) <= SHEET
    assert dialog.isVisible()
    window.bridge.set_language("fr")
    dialog.save(tmp_path / "touches.pdf")
    window.bridge.set_language("en")
    pages = PdfReader(tmp_path / "touches.pdf").pages
    assert len(pages) <= SHEET
    text = "".join(page.extract_text() for page in pages)
    assert "Ctrl+Maj+S" in text
    told = []
    window.bridge.failed.connect(told.append)
    dialog.save(tmp_path / "nowhere" / "keys.pdf")
    assert "does not exist" in str(told[0])
