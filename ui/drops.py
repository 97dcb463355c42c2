"""Files dropped on a window: a project is opened, a table goes to the import wizard.

What cannot be taken (a project among tables, an empty folder) is told in a sentence, before
anything is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_pilot.i18n import Message, msg, show, tr
from ui import theme
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.main_window import MainWindow

PROJECT = ".crmp"
MARGIN = 8


def dropped_paths(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """The files of this computer in a drag."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def refusal(paths: Sequence[Path], *, project: bool) -> Message | None:
    """Why these files cannot be taken, or None; `project`: whether a project file can."""
    projects = [path for path in paths if path.suffix.casefold() == PROJECT]
    if len(paths) > 1 and projects:
        return msg(
            "“{name}” is a project of CRM Pilot. Drop it alone to open it.", name=projects[0].name
        )
    path = paths[0]
    if len(paths) == 1 and path.is_dir() and not any(map(Path.is_file, path.rglob("*"))):
        return msg("“{name}” is a folder without any file.", name=path.name)
    if path.suffix.casefold() == PROJECT and not project:
        return msg(
            "“{name}” is a project of CRM Pilot, not a table. Open it with Ctrl+O.", name=path.name
        )
    return None


class Drops(QObject):
    """Takes files dropped anywhere on the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._veil = Veil(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what a drop would do while files hang over the window; take them when dropped."""
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if dropped_paths(event):
                event.acceptProposedAction()
                self._veil.cover(dropped_paths(event), self._window.bridge.has_project)
                return True
        elif kind == QEvent.Type.DragLeave:
            self._veil.hide()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._veil.hide()
            if paths := dropped_paths(event):
                event.acceptProposedAction()
                self.take(paths)
                return True
        return super().eventFilter(watched, event)

    def take(self, paths: Sequence[Path]) -> None:
        """Open the project file, or show the import wizard with the table."""
        window = self._window
        refused = refusal(paths, project=True)
        if refused is not None:
            self._tell(show(refused))
        elif paths[0].suffix.casefold() == PROJECT:
            window.files.open(paths[0])
        elif window.bridge.has_project:
            window.open_import(list(paths))
        else:
            self._tell(tr("Open a project first, then drop the table to import it."))

    def _tell(self, sentence: str) -> None:
        from ui.dialogs.messages import notice

        notice(self._window, sentence).open()


class Veil(QWidget):
    """Covers the window while a file hangs over it and says what letting go will do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        self.words = label(theme.TITLE, bold=True, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.words)
        self.hide()

    def cover(self, paths: Sequence[Path], has_project: bool) -> None:
        """Show over the whole window."""
        name = paths[0].name
        if len(paths) > 1:
            text = tr("One file at a time, please")
        elif paths[0].suffix.casefold() == PROJECT:
            text = tr("Let go to open “{name}”", name=name)
        elif has_project:
            text = tr("Let go to see what is in “{name}”", name=name)
        else:
            text = tr("Open a project first")
        self.words.setText(text)
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = look.colour("window")
        ground.setAlphaF(0.92)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.DashLine))
        edge = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.drawRoundedRect(edge, 6, 6)
        painter.end()
