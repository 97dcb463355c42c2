"""The committee room over a project, listening as the window would make it, and real keys."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project
from ui.bridge import Bridge
from ui.screens.committee.screen import CommitteeScreen

TODAY = dt.date(2026, 11, 26)  # the day of the committee
NEXT = TODAY
Key = Qt.Key


def shown(qtbot: QtBot, project: Project, view: str = "meeting") -> CommitteeScreen:
    """The screen over `project`, turned to a view."""
    bridge = Bridge(project)
    screen = CommitteeScreen(bridge)
    qtbot.addWidget(screen, before_close_func=lambda _: bridge.detach())
    vars(qtbot)["room"] = screen  # which it knows weakly alone
    bridge.changed.connect(screen.refresh)
    screen.refresh(None)
    screen.resize(1166, 712)
    screen.show()
    qtbot.waitExposed(screen)
    screen.show_view(view)
    return screen


def editors(table: QAbstractItemView) -> list[QLineEdit]:
    """Open cell editors of a table."""
    return [one for one in table.viewport().findChildren(QLineEdit) if one.isVisible()]


def commit(qtbot: QtBot, table: QAbstractItemView, text: str | None = None) -> None:
    """Type over the open cell, Return, and wait: views commit a cell from the event loop."""
    (editor,) = editors(table)
    if text is not None:
        editor.selectAll()
        qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: not editors(table))


def type_into(qtbot: QtBot, table: Any, column: str, text: str) -> None:
    """F2 on a cell of the current row, text, Return."""
    assert table.current_id is not None
    table.select(table.current_id, edit=column)
    commit(qtbot, table, text)


def texts(table: Any) -> list[list[str]]:
    """The rows of a table as they are shown."""
    return [[column.shown(row) for column in table.rows.columns] for row in table.rows.shown]
