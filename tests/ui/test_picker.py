"""A choice among many: typed, completed, taken from the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.picker import Picker

THINGS = [(3, "Nadia Faure"), (5, "Léa Garnier"), (8, "Hervé Garnier")]


@pytest.fixture
def picker(qtbot: QtBot) -> Picker:
    made = Picker(THINGS, "Type a name")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_nothing_is_chosen_at_first(picker: Picker) -> None:
    assert picker.key is None and picker.typed == ""
    assert picker.field.placeholderText() == "Type a name"


@pytest.mark.parametrize(
    ("typed", "key"),
    [("faure", 3), ("Lea", 5), ("lea garnier", 5), ("garnier", None), ("zz", None), ("", None)],
)
def test_part_of_a_name_is_enough_when_it_names_one(
    picker: Picker, typed: str, key: int | None
) -> None:
    QTest.keyClicks(picker.field, typed)
    assert picker.key == key


def test_of_several_the_only_one_that_begins_so_is_meant(picker: Picker) -> None:
    picker.set_things([(1, "Administration des ventes"), (2, "Ventes terrain"), (4, "Après-vente")])
    QTest.keyClicks(picker.field, "ventes")
    assert picker.key == 2
    picker.set_things([(1, "Administration des ventes"), (2, "Ventes nord"), (4, "Ventes sud")])
    picker.field.clear()
    QTest.keyClicks(picker.field, "ventes")
    assert picker.key is None  # two begin so


def test_it_tells_once_and_writes_the_name_out(picker: Picker) -> None:
    told: list[int | None] = []
    picker.picked.connect(lambda: told.append(picker.key))
    QTest.keyClicks(picker.field, "herve")
    picker.field.editingFinished.emit()
    picker.field.editingFinished.emit()
    assert told == [8] and picker.typed == "Hervé Garnier"
    picker.choose(3)
    assert told == [8] and picker.key == 3


def test_completion_offers_what_contains_the_letters(picker: Picker) -> None:
    QTest.keyClicks(picker.field, "gar")
    model = picker.completer().completionModel()
    names = {str(model.index(row, 0).data()) for row in range(model.rowCount())}
    assert names == {"Léa Garnier", "Hervé Garnier"}


def test_what_is_chosen_stays_when_the_list_changes(picker: Picker) -> None:
    picker.choose(5)
    picker.set_things([*THINGS[1:], (9, "Ana Roy")])
    assert picker.key == 5
    picker.set_things([(9, "Ana Roy")])
    assert picker.key is None and picker.typed == ""


def test_names_that_are_alike_are_told_apart_by_the_list(picker: Picker) -> None:
    picker.set_things([(1, "Check"), (2, "Check")])
    picker.setCurrentIndex(1)
    assert picker.key == 2


def test_the_wheel_chooses_nothing(picker: Picker, qtbot: QtBot) -> None:
    picker.choose(3)
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert picker.key == 3
