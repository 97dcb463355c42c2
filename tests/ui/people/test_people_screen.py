"""The people screen: edits in place with real keys, searches, and says what is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from crm_pilot import i18n
from crm_pilot.project import Add, Project
from ui.bridge import Bridge
from ui.screens.people.screen import PeopleScreen


def shown(qtbot: QtBot, project: Project) -> PeopleScreen:
    """The screen over `project`, listening as the window would make it."""
    bridge = Bridge(project)
    screen = PeopleScreen(bridge)
    qtbot.addWidget(screen)
    bridge.changed.connect(screen.refresh)
    screen.refresh(None)
    screen.resize(1100, 600)
    screen.show()
    return screen


def test_a_person_is_added_typed_and_undone(qtbot: QtBot, project: Project) -> None:
    screen = shown(qtbot, project)
    assert not screen.table.isVisible()  # the empty state says what to do
    screen.add_row()
    assert screen.table.isVisible()
    editor = screen.table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Garnier")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    names = "SELECT last_name FROM person"
    qtbot.waitUntil(lambda: project.reader.select(names) == [("Garnier",)])
    project.undo()
    project.undo()
    assert project.reader.select(names) == []
    assert not screen.table.isVisible()


def test_two_new_departments_do_not_collide(qtbot: QtBot, project: Project) -> None:
    screen = shown(qtbot, project)
    screen.open_item("department", 0)
    screen.add_row()
    screen.add_row()
    assert project.reader.value("SELECT COUNT(DISTINCT name) FROM department") == 2


def test_search_ignores_accents_and_the_sentence_counts(qtbot: QtBot, project: Project) -> None:
    for name in ("Lefèvre", "Durand"):
        project.execute(Add("person", {"last_name": name}))
    screen = shown(qtbot, project)
    qtbot.keyClicks(screen.search_field, "lefe")
    assert [row.last_name for row in screen.table.rows.shown] == ["Lefèvre"]
    assert "2 persons have no department" in screen.header.sentence.text()
    project.execute(Add("account", {"external_id": "005A"}))
    assert "1 CRM account belongs to nobody" in screen.header.sentence.text()


def test_it_speaks_the_language_of_the_window(qtbot: QtBot, project: Project) -> None:
    screen = shown(qtbot, project)
    i18n.set_language("en", pseudo=True)
    screen.retranslate()
    screen.refresh(None)
    assert screen.header.sentence.text().startswith("⟦")
    headers = [
        screen.table.rows.headerData(column, Qt.Orientation.Horizontal)
        for column in range(screen.table.rows.columnCount())
    ]
    assert all(text.startswith("⟦") for text in headers)


def test_roles_are_added_and_the_sentence_speaks_of_the_casting(
    qtbot: QtBot, project: Project
) -> None:
    screen = shown(qtbot, project)
    screen.open_item("role", 0)
    assert "Who decides" in screen.header.sentence.text()
    who = project.execute(Add("person", {"last_name": "Faure"}))
    for kind in ("sponsor", "lead"):
        project.execute(Add("role", {"name": kind, "kind": kind, "person_id": who}))
    assert "Sponsor and Project lead" in screen.header.sentence.text()
    assert screen.header.caption.text() == "2 roles, 2 with a name"
    screen.add_row()
    assert project.reader.select("SELECT name, kind FROM role WHERE id = 3") == [
        ("New role", "other")
    ]
    project.undo()
    assert screen.table.rows.total == 2
    screen.open_item("person", who)
    assert "1 person has no department" in screen.header.sentence.text()
