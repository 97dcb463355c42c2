"""Amounts typed in a grid of fields: Up and Down go to the field above or below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from crm_pilot.errors import UserError
from crm_pilot.i18n import show
from ui.widgets.fields import LineEdit

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Amount(LineEdit):
    """A field that reads what is typed: `value` is the last that could be read, `wrong` why the
    text cannot be."""

    edited = Signal()
    stepped = Signal(int)  # -1 up, 1 down

    def __init__(self, name: str, reads: Callable[[str], Any], *, text: bool = False) -> None:
        super().__init__()
        self._reads = reads
        self.value: Any = None
        self.wrong = ""
        self.setAccessibleName(name)
        if not text:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self._typed)

    def put(self, value: Any, text: str) -> None:
        """Show a value; nothing was typed yet."""
        self.value, self.wrong = value, ""
        self.setText(text)
        self.setCursorPosition(0)
        self.mark_wrong("")

    def _typed(self, text: str) -> None:
        try:
            self.value, self.wrong = self._reads(text), ""
        except UserError as error:
            self.wrong = show(error.message)
        self.mark_wrong(self.wrong)
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


def chain(columns: Sequence[Sequence[Amount]]) -> None:
    """Let Up and Down go through each column."""
    for fields in columns:
        for place, field in enumerate(fields):
            field.stepped.connect(_going(fields, place))


def _going(fields: Sequence[Amount], place: int) -> Callable[[int], None]:
    def go(step: int) -> None:
        target = fields[max(0, min(place + step, len(fields) - 1))]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.selectAll()

    return go
