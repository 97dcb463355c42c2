"""Lists to tick from: by click on box or name, by Space, by group."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from ui.widgets.tick_list import TickList
from ui.widgets.tick_tree import TickTree

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def tree(qtbot: QtBot) -> TickTree:
    made = TickTree("Tables")
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show_groups(
        [
            ("Plan", [("tasks", "Tasks", True), ("waves", "Waves", False)]),
            ("People", [("persons", "Persons", True)]),
        ]
    )
    made.show()
    return made


def click(tree: TickTree, item: QTreeWidgetItem, right: int) -> None:
    place = tree.visualItemRect(item)
    QTest.mouseClick(tree.viewport(), LEFT, NONE, QPoint(place.left() + right, place.center().y()))


def group_of(tree: TickTree, place: int) -> QTreeWidgetItem:
    found = tree.topLevelItem(place)
    assert found is not None
    return found


def state(tree: TickTree, place: int) -> Qt.CheckState:
    return group_of(tree, place).checkState(0)


def test_a_group_shows_whether_all_some_or_none_are_ticked(tree: TickTree) -> None:
    assert tree.ticked == {"tasks", "persons"}
    assert state(tree, 0) == Qt.CheckState.PartiallyChecked
    assert state(tree, 1) == Qt.CheckState.Checked
    tree.tick(False, ["tasks"])
    assert state(tree, 0) == Qt.CheckState.Unchecked


@pytest.mark.parametrize("right", [15, 80])  # on the box, on the name
def test_a_click_on_box_or_name_ticks_once(qtbot: QtBot, tree: TickTree, right: int) -> None:
    with qtbot.waitSignal(tree.edited):
        click(tree, tree.items["waves"], right)
    assert tree.ticked == {"tasks", "waves", "persons"}
    click(tree, tree.items["persons"], right)
    assert tree.ticked == {"tasks", "waves"}


def test_a_group_ticks_all_of_its_own(tree: TickTree) -> None:
    group = group_of(tree, 0)
    click(tree, group, 80)
    assert tree.ticked == {"tasks", "waves", "persons"}
    click(tree, group, 80)
    assert tree.ticked == {"persons"}


def test_space_ticks_and_letters_find(tree: TickTree) -> None:
    QTest.keyClicks(tree, "wav")
    assert tree.currentItem() is tree.items["waves"]
    QTest.keyClick(tree, Qt.Key.Key_Space)
    assert "waves" in tree.ticked
    tree.setCurrentItem(group_of(tree, 1))
    QTest.keyClick(tree, Qt.Key.Key_Space)
    assert "persons" not in tree.ticked


def test_all_or_none_tells_once(tree: TickTree) -> None:
    told: list[bool] = []
    tree.edited.connect(lambda: told.append(True))
    tree.tick(True)
    assert tree.ticked == {"tasks", "waves", "persons"}
    assert told == [True]


def test_a_list_is_ticked_by_its_names_too(qtbot: QtBot) -> None:
    made = TickList("Profiles")
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show_things([(1, "Field"), (2, "Manager")], [1])
    made.show()
    place = made.listed.visualItemRect(made.listed.item(1))
    QTest.mouseClick(made.listed.viewport(), LEFT, NONE, QPoint(80, place.center().y()))
    assert made.ticked == (1, 2)
    assert made.count.text() == "2 chosen"
