"""A row of controls never pushes its window wider: the dispensable ones give way."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.give_way import GiveWay


def test_the_first_dispensable_goes_first_and_all_come_back(qtbot: QtBot) -> None:
    place, row = QWidget(), QWidget()
    qtbot.addWidget(place)
    outer, line = QHBoxLayout(place), QHBoxLayout(row)
    outer.setContentsMargins(0, 0, 0, 0)
    line.setContentsMargins(0, 0, 0, 0)
    buttons = [QPushButton() for _ in range(4)]
    for button in buttons:
        button.setFixedWidth(150)
        line.addWidget(button)
    outer.addWidget(row)
    GiveWay(row, (buttons[1], buttons[2]))
    place.resize(700, 40)
    place.show()

    def shown(width: int) -> list[bool]:
        place.resize(width, 40)
        assert place.width() == width
        qtbot.wait(1)
        return [not button.isHidden() for button in buttons]

    assert shown(700) == [True, True, True, True]
    assert shown(520) == [True, False, True, True]
    assert shown(400) == [True, False, False, True]
    buttons[3].setFixedWidth(40)  # what remains became shorter
    qtbot.waitUntil(lambda: not buttons[2].isHidden())
    assert shown(700) == [True, True, True, True]
