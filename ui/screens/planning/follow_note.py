"""A note over the plan: what followed from the last edit, and the way back. It goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.widgets.buttons import link_button
from ui.widgets.text import ElidedLabel

STAYS_MS = 12_000
MARGIN = 12
ROOM = 60  # of the note besides its texts


class FollowNote(QFrame):
    """Stands at the bottom of `over`. `undo_asked` when the person wants the step undone."""

    undo_asked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("role", "floating")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 7, 7)
        row.setSpacing(12)
        self.text = ElidedLabel()
        self.undo = link_button()
        self.undo.clicked.connect(self._undo)
        self.close_button = QToolButton()
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.set_icon(self.close_button, "close", "muted", 16)
        self.close_button.clicked.connect(self.hide)
        row.addWidget(self.text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.close_button)
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(STAYS_MS)
        self._away.timeout.connect(self._leave)
        over.installEventFilter(self)
        self.hide()

    def tell(self, text: str, step: str) -> None:
        """Say what followed; `step` names what can be undone. It takes no keyboard."""
        self.text.set_whole(text)
        self.undo.setText(tr("Undo: {step}", step=step) if step else tr("Undo"))
        self.close_button.setToolTip(tr("Close this notice"))
        self.close_button.setAccessibleName(tr("Close this notice"))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._away.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _undo(self) -> None:
        self.hide()
        self.undo_asked.emit()

    def _leave(self) -> None:
        """Go, unless somebody points at it or has the keyboard in it."""
        inside = self.underMouse() or self.isAncestorOf(self._focused())
        if inside:
            self._away.start()
        else:
            self.hide()

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self._over

    def _place(self) -> None:
        room = self._over.size()
        wide = self.text.fontMetrics().horizontalAdvance(self.text.whole())
        width = min(wide + self.undo.sizeHint().width() + ROOM + 26, room.width() - 2 * MARGIN)
        height = self.sizeHint().height()
        left = (room.width() - width) // 2
        self.setGeometry(left, room.height() - height - MARGIN, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
