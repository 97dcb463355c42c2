"""Fields of the task dialog stay under their names when a neighbour complains."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from ui import theme
from ui.widgets.asked import Asked, Chosen


def _refuse(text: str) -> str:
    raise UserError(N_("“{typed}” is not a date."), typed=text * 12)


def test_a_complaint_leaves_the_neighbours_as_they_are(qtbot: QtBot) -> None:
    theme.start("light")
    page = QWidget()
    qtbot.addWidget(page)
    grid = QGridLayout(page)
    wrong, typed, chosen = Asked("One", _refuse), Asked("Two", str), Chosen("Three", {1: "a"})
    for place, one in enumerate((wrong, typed, chosen)):
        grid.addWidget(one, 0, place)
    page.resize(420, 90)
    with qtbot.waitExposed(page):
        page.show()
    apart = [typed.field.y() - typed.title.y(), chosen.box.y() - chosen.title.y()]
    qtbot.keyClicks(wrong.field, "some words ")
    wrong.tell()
    assert wrong.complaint.isVisible()
    page.resize(420, 160)  # as high as the complaint makes it
    qtbot.waitUntil(lambda: typed.height() > 120)
    assert [typed.field.y() - typed.title.y(), chosen.box.y() - chosen.title.y()] == apart
