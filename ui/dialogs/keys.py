"""The list of keys (F1): by place, searchable, and saved as a page to print."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.i18n import tr
from crm_pilot.search import fold
from ui import theme
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.files import free_path, usual_folder
from ui.keys import rows
from ui.language import lang
from ui.widgets.fields import SearchField
from ui.widgets.scroll import Scroll
from ui.widgets.text import label, rule

KEYS_WIDTH = 150


class _Row(QWidget):
    """Keys and what they do."""

    def __init__(self, keys: str, text: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{keys}: {text}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(12)
        shown, said = label(bold=True, wrap=True), label(wrap=True)
        shown.setText(keys.replace("  ", "   "))
        shown.setFixedWidth(KEYS_WIDTH)
        shown.setProperty("keys", True)  # named by Qt, in the words of the system
        said.setText(text)
        row.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(said, 1, Qt.AlignmentFlag.AlignTop)
        self.words = fold(f"{keys} {keys.replace('+', ' ')} {text}")


class _Group(QWidget):
    """A place with its keys."""

    def __init__(self, title: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 18)
        column.setSpacing(0)
        head = label(theme.HEADING, bold=True)
        head.setText(title)
        column.addWidget(head)
        column.addSpacing(4)
        column.addWidget(rule())
        column.addSpacing(3)
        self.rows = [_Row(shown, text) for shown, text in keys]
        for row in self.rows:
            column.addWidget(row)
        self.title = fold(title)

    def filter(self, words: list[str]) -> int:
        """Show only rows with all words; how many there are."""
        count = 0
        for row in self.rows:
            hay = f"{self.title} {row.words}"
            fits = all(word in hay for word in words)
            row.setVisible(fits)
            count += fits
        self.setVisible(count > 0)
        return count


class KeysDialog(Dialog):
    """Every key of the program."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(parent, tr("Keys"))
        self.bridge = bridge
        self.search = SearchField(300)
        self.search.retranslate(tr("Search a key or what it does"))
        self.search.textChanged.connect(self.filter)
        self.body.addWidget(self.search)
        self.groups = [_Group(title, keys) for title, keys in rows()]
        self.body.addSpacing(8)
        self.none = label(ink="muted")
        self.none.hide()
        self.body.addWidget(self.none)
        self.body.addWidget(self._columns(), 1)
        self.add_button("pdf", tr("Save as PDF…"), closes=False, left=True)
        self.add_button("ok", tr("Close"), primary=True)
        self.chosen.connect(self._chosen)
        self.resize(980, 640)
        self.search.setFocus()

    def _columns(self) -> Scroll:
        inner = QWidget()
        inner.setProperty("role", "page")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 16, 0)
        grid.setHorizontalSpacing(32)
        half = sum(len(group.rows) + 2 for group in self.groups) / 2
        columns = QVBoxLayout(), QVBoxLayout()
        used = 0
        for group in self.groups:
            columns[0 if used < half else 1].addWidget(group)
            used += len(group.rows) + 2
        for place, column in enumerate(columns):
            column.setSpacing(0)
            column.addStretch(1)
            grid.addLayout(column, 0, place)
            grid.setColumnStretch(place, 1)
        area = Scroll(inner)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(tr("Keys"))
        return area

    def filter(self, typed: str) -> None:
        """Show only what fits."""
        words = fold(typed).split()
        found = sum(group.filter(words) for group in self.groups)
        self.none.setText(tr("No key does “{text}”.", text=typed.strip()))
        self.none.setVisible(found == 0)

    def _chosen(self, key: str) -> None:
        if key != "pdf":
            return
        name = tr("CRM Pilot keys") + f" {lang()}.pdf"
        proposal = str(Path(usual_folder(self.bridge)) / name)
        asked, _ = QFileDialog.getSaveFileName(
            self, tr("Save the document as"), proposal, "PDF (*.pdf)"
        )
        if asked:
            self.save(Path(asked))

    def save(self, path: Path) -> None:
        """Write the page and show it in the system's viewer, which prints it."""
        from crm_pilot.reports.keys import write

        path = free_path(path, ".pdf")
        try:
            write(rows(), path, language=lang())
        except UserError as error:
            self.bridge.failed.emit(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
