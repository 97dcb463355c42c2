"""Fields of a dialog: a name above, what is typed, and below what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import show
from ui import theme
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.text import label


class Asked(QWidget):
    """A line of text that is read as it is typed. `value` is the last one that could be read;
    `wrong` why the text cannot be, said once the field is left."""

    edited = Signal()

    def __init__(self, title: str, reads: Callable[[str], Any], hint: str = "") -> None:
        super().__init__()
        self._reads = reads
        self.value: Any = None
        self.wrong = ""
        self.touched = False
        self.field = LineEdit()
        self.field.setAccessibleName(title)
        self.field.setPlaceholderText(hint)
        self.field.setMinimumWidth(110)
        self.title = label(theme.CAPTION, ink="muted")
        self.title.setText(title)
        self.title.setBuddy(self.field)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.title, self.field, self.complaint):
            column.addWidget(widget)
        column.addStretch(1)  # a neighbour that complains makes the row higher
        self.field.textEdited.connect(self._typed)
        self.field.editingFinished.connect(self.tell)

    def put(self, value: Any, text: str) -> None:
        """Show a value; nothing was typed yet."""
        self.value, self.wrong, self.touched = value, "", False
        self.field.setText(text)
        self.field.setCursorPosition(0)
        self.tell()

    def lock(self, reason: str) -> None:
        """Say why nothing can be typed here."""
        set_reason(self.field, reason)

    def _typed(self, text: str) -> None:
        self.touched = True
        try:
            self.value, self.wrong = self._reads(text), ""
        except UserError as error:
            self.wrong = show(error.message)
        if not self.wrong:
            self.tell()
        self.edited.emit()

    def tell(self) -> None:
        """Say what is wrong, or that nothing is any more."""
        self.complaint.setText(self.wrong)
        self.complaint.setVisible(bool(self.wrong))
        self.field.mark_wrong(self.wrong)


class Chosen(QWidget):
    """One of several, under its name."""

    edited = Signal()

    def __init__(self, title: str, options: Mapping[Any, str], none: str | None = None) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setAccessibleName(title)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(12)
        self.box.installEventFilter(self)
        if none is not None:
            self.box.addItem(none, None)
        for value, text in options.items():
            self.box.addItem(text, value)
        self.title = label(theme.CAPTION, ink="muted")
        self.title.setText(title)
        self.title.setBuddy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.box)
        column.addStretch(1)
        self.box.activated.connect(lambda _: self.edited.emit())

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self.box.currentData()

    def put(self, value: Any) -> None:
        """Show a value."""
        self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def lock(self, reason: str) -> None:
        """Say why nothing can be chosen here."""
        set_reason(self.box, reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:  # scrolling the dialog must not choose
            event.ignore()
            return True
        return super().eventFilter(watched, event)
