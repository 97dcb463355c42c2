"""Parts of the import wizard: where a file is dropped, and the question for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import ntr, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import link_button, primary_button
from ui.widgets.text import label

HINT_WIDTH = 600


def ask_for_table(parent: QWidget, folder: str, then: Callable[[list[Path]], object]) -> None:
    """Ask for files to import, without blocking; `then` takes them."""
    dialog = QFileDialog(parent, tr("Choose a file to import"), folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(
        [tr("Tables and plans")
         + " (*.csv *.txt *.tsv *.gz *.zip *.xlsx *.xls *.xlsm *.ods *.xml *.gan *.planner *.mpp)",
         tr("All files") + " (*)"]
    )  # fmt: skip
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


class DropZone(QWidget):
    """A dashed frame that says what can be dropped, with a button for those who would rather
    choose."""

    asked = Signal()
    memory_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(10)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = QLabel()
        self._words = label(bold=True)
        self._hint = label(ink="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setFixedWidth(HINT_WIDTH)
        self.button = primary_button(icon="folder")
        self.button.clicked.connect(self.asked)
        self.setFocusProxy(self.button)
        self.memory = link_button(size=theme.CAPTION)
        self.memory.clicked.connect(self.memory_asked)
        self.memory.hide()
        column.addStretch(1)
        for widget in (self._icon, self._words, self._hint, self.button, self.memory):
            column.addWidget(widget, 0, centre)
        column.addStretch(1)
        theme.switched().changed.connect(self._draw_icon)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self._words.setText(tr("Drop a file here"))
        self._hint.setText(
            tr(
                "CSV or spreadsheet: tickets of ServiceNow, GLPI, Jira or your own list; logins,"
                " audits and records of Salesforce, Dynamics, HubSpot or another CRM, also several"
                " files, folders and archives at once; people; groups and people of the map;"
                " training followed. Plans of MS Project (XML), GanttProject or Planner. Addresses,"
                " browsers and places are thrown away before anything is read."
            )
        )
        self._hint.setMinimumHeight(self._hint.heightForWidth(HINT_WIDTH))
        self.button.setText(tr("Choose a file…"))
        self.setAccessibleName(self._words.text())
        self._draw_icon()

    def offer_memory(self, count: int) -> None:
        """Offer to look at the remembered mappings, where there are any."""
        shown = formats.number(count, lang())
        many = ntr(
            "{shown} remembered mapping…", "{shown} remembered mappings…", count, shown=shown
        )
        self.memory.setText(many if count else "")
        self.memory.setVisible(bool(count))

    def _draw_icon(self) -> None:
        self._icon.setPixmap(theme.pixmap("import", "muted", 32))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.theme()
        painter.setBrush(look.colour("surface"))
        painter.setPen(QPen(look.colour("muted"), look.line_width, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        painter.end()
