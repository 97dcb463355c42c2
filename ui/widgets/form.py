"""A side form of labelled fields bound to one row; a field is stored when it is left.

A field that was not touched is never written, and what cannot be read stays in the field, marked,
with a sentence below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.project import SetField
from ui import theme
from ui.models.rows import Column
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit, TextArea
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge

Field = Column  # a form field is described like a column; kind "long" is several lines
NOTHING = N_("Nothing is selected.")


class Form(QWidget):
    """Fields of one row of `table`. `show_row(row)` fills them; None empties and disables. In a
    read-only project they can be read and copied, and say why they cannot be typed in.

    `command(row, field, value)`, where given, makes the command of an edit; otherwise it is
    `SetField` on the field's `column`. A field without `column` and `command` is read only.
    """

    edited = Signal(str)  # key of the field that was stored

    def __init__(
        self,
        bridge: Bridge,
        table: str,
        fields: Sequence[Field],
        command: Callable[[Any, Field, Any], Command | None] | None = None,
    ) -> None:
        super().__init__()
        self.bridge, self.table = bridge, table
        self._command = command
        self.row: Any = None
        self.fields = tuple(fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._editors: dict[str, _Editor] = {}
        for field in self.fields:
            editor = _editor(field)
            editor.done.connect(lambda key=field.key: self._store(key))
            self._editors[field.key] = editor
            column.addWidget(editor)
            column.addSpacing(6)
        column.addStretch(1)
        self.retranslate()
        self.show_row(None)
        for signal in (bridge.project_changed, bridge.saved):
            signal.connect(self._lock)

    def retranslate(self) -> None:
        """Labels, accessible names and choices in the language of the window."""
        for editor in self._editors.values():
            editor.retranslate()
            if self.row is not None:
                editor.fill(self.row)
        self._lock()

    def show_row(self, row: Any) -> None:
        """Show a row. A field being typed in keeps its text when it is the same row."""
        same = row is not None and self.row is not None and row.id == self.row.id
        if not same and self.row is not None:
            self.commit()
        self.row = row
        self.setEnabled(row is not None)
        for editor in self._editors.values():
            if row is None:
                editor.empty()
            elif not (same and editor.touched):
                editor.fill(row)
        self._lock()

    def _lock(self) -> None:
        reason = tr(NOTHING) if self.row is None else self.bridge.why_not_edit()
        for editor in self._editors.values():
            editor.lock(reason, empty=self.row is None)

    def commit(self) -> None:
        """Store what was typed and not stored yet."""
        for key, editor in self._editors.items():
            if editor.touched:
                self._store(key)

    def editor(self, key: str) -> QWidget:
        """The input widget of a field."""
        return self._editors[key].input

    def _store(self, key: str) -> None:
        editor = self._editors[key]
        row = self.row
        if row is None or not editor.touched:
            return
        field = editor.field
        try:
            value = field.parse(editor.typed(), self.bridge.today)
        except UserError as error:
            editor.complain(show(error.message))
            return
        editor.complain("")
        editor.touched = False
        if value == field.value(row):
            editor.fill(row)
            return
        command = self._make(row, field, value)
        if command is not None:
            self.bridge.execute(command)
            self.edited.emit(key)

    def _make(self, row: Any, field: Field, value: Any) -> Command | None:
        if self._command is not None:
            made = self._command(row, field, value)
            if made is not None:
                return made
        if field.column is None:
            return None
        return SetField(self.table, row.id, field.column, value, field.title)


class _Editor(QWidget):
    """Label above, input, and room for a complaint below."""

    done = Signal()

    def __init__(self, field: Field, widget: QWidget) -> None:
        super().__init__()
        self.field, self.input = field, widget
        self.touched = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.label = label(theme.CAPTION, ink="muted")
        self.label.setBuddy(widget)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        if not isinstance(widget, QCheckBox):
            column.addWidget(self.label)
        column.addWidget(widget)
        column.addWidget(self.complaint)

    def touch(self) -> None:
        self.touched = True

    def retranslate(self) -> None:
        self.label.setText(tr(self.field.title))
        self.input.setAccessibleName(tr(self.field.title))
        if self.field.tooltip:
            self.input.setToolTip(tr(self.field.tooltip))

    def lock(self, reason: str, *, empty: bool) -> None:
        """Say why nothing can be typed here; without a reason it can."""
        set_reason(self.input, reason, tr(self.field.tooltip) if self.field.tooltip else "")

    def complain(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        if isinstance(self.input, LineEdit):
            self.input.mark_wrong(sentence)

    def fill(self, row: Any) -> None:
        self.touched = False
        self.complain("")
        self.put(row)

    def empty(self) -> None:
        self.touched = False
        self.complain("")
        self.clear()

    def put(self, row: Any) -> None:
        raise NotImplementedError

    def clear(self) -> None:
        raise NotImplementedError

    def typed(self) -> Any:
        raise NotImplementedError


class _Line(_Editor):
    def __init__(self, field: Field) -> None:
        self.line = LineEdit()
        super().__init__(field, self.line)
        if field.kind in ("date", "int", "percent"):
            self.line.setFont(theme.font(numbers=True))
        self.line.setReadOnly(field.column is None and not field.value_key)
        self.line.textEdited.connect(lambda _: self.touch())
        self.line.editingFinished.connect(self.done)

    def lock(self, reason: str, *, empty: bool) -> None:
        super().lock(reason, empty=empty)
        self.line.setEnabled(not empty)  # what cannot be changed can still be copied
        fixed = self.field.column is None and not self.field.value_key
        self.line.setReadOnly(fixed or bool(reason))

    def put(self, row: Any) -> None:
        text = self.field.text(row) if self.field.text else str(self.field.typed_text(row))
        if text != self.line.text():
            self.line.setText(text)
        elif self.line.isUndoAvailable():
            self.line.setText(text)  # forget local undo: the project has the step now
        self.line.setCursorPosition(0)

    def clear(self) -> None:
        self.line.clear()

    def typed(self) -> str:
        return self.line.text()


class _Area(_Editor):
    def __init__(self, field: Field) -> None:
        self.area = TextArea()
        self.area.setFixedHeight(84)
        super().__init__(field, self.area)
        self._filling = False
        self.area.setReadOnly(field.column is None)
        self.area.textChanged.connect(self._changed)
        self.area.installEventFilter(self)

    def lock(self, reason: str, *, empty: bool) -> None:
        super().lock(reason, empty=empty)
        self.area.setEnabled(not empty)
        self.area.setReadOnly(self.field.column is None or bool(reason))

    def _changed(self) -> None:
        if not self._filling:
            self.touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.touched:
            self.done.emit()
        return super().eventFilter(watched, event)

    def put(self, row: Any) -> None:
        self._filling = True
        self.area.setPlainText(str(self.field.value(row) or ""))
        self._filling = False

    def clear(self) -> None:
        self._filling = True
        self.area.clear()
        self._filling = False

    def typed(self) -> str:
        return self.area.toPlainText().strip()


class _Choice(_Editor):
    def __init__(self, field: Field) -> None:
        self.box = QComboBox()
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        super().__init__(field, self.box)
        self.box.activated.connect(self._chosen)
        self.box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:  # scrolling the form must not change the row
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _chosen(self) -> None:
        self.touch()
        self.done.emit()

    def put(self, row: Any) -> None:
        self.box.clear()
        if self.field.optional:
            self.box.addItem("–", None)
        for value, text in self.field.options().items():
            self.box.addItem(text, value)
        self.box.setCurrentIndex(self.box.findData(self.field.value(row)))

    def clear(self) -> None:
        self.box.clear()

    def typed(self) -> Any:
        return self.box.currentData()


class _Check(_Editor):
    def __init__(self, field: Field) -> None:
        self.check = QCheckBox()
        super().__init__(field, self.check)
        self.check.clicked.connect(self._clicked)

    def retranslate(self) -> None:
        super().retranslate()
        self.check.setText(tr(self.field.title))

    def _clicked(self) -> None:
        self.touch()
        self.done.emit()

    def put(self, row: Any) -> None:
        self.check.setChecked(bool(self.field.value(row)))

    def clear(self) -> None:
        self.check.setChecked(False)

    def typed(self) -> bool:
        return self.check.isChecked()


def _editor(field: Field) -> _Editor:
    if field.kind == "choice":
        return _Choice(field)
    if field.kind == "bool":
        return _Check(field)
    if field.kind == "long":
        return _Area(field)
    return _Line(field)
