"""A choice among many named things: typed with completion, or taken from the list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from crm_pilot.folding import folded
from ui.widgets.text import set_property

NONE = -1


class Picker(QComboBox):
    """Holds keys and names. `picked` when another one is chosen; `key` is None while nothing is,
    or what is typed names nothing."""

    picked = Signal()

    def __init__(self, things: Iterable[tuple[int, str]] = (), hint: str = "") -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self._hint = hint
        self._keys: list[int] = []
        self._known: int | None = None
        self._names: list[str] = []
        self._found = QStringListModel(self)  # names that contain what is typed
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated[str].connect(self._taken)  # type: ignore[index]
        self.setCompleter(completer)
        self.field.textEdited.connect(self._typed)
        self.field.editingFinished.connect(self._done)
        self.activated.connect(lambda _: self._done())
        self.set_things(things)

    @property
    def field(self) -> QLineEdit:
        """Where it is typed."""
        field = self.lineEdit()
        assert field is not None
        return field

    def set_things(self, things: Iterable[tuple[int, str]]) -> None:
        """Offer these; what is chosen stays if it is among them."""
        known, listed = self.key, list(things)
        self._keys = [key for key, _ in listed]
        self._names = names = [name for _, name in listed]
        self._found.setStringList(names)
        self.blockSignals(True)
        self.clear()
        self.addItems(names)
        self.blockSignals(False)
        self.choose(known)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def choose(self, key: int | None) -> None:
        """Choose without telling."""
        place = self._keys.index(key) if key in self._keys else NONE
        self.setCurrentIndex(place)
        if place == NONE:
            self.setEditText("")
        self.field.setPlaceholderText(self._hint)
        self._known = self.key
        self.mark_wrong("")

    @property
    def key(self) -> int | None:
        """The key of what is chosen or typed."""
        wanted = folded(self.currentText().strip())
        place = self.currentIndex()
        if place >= 0 and folded(self.itemText(place).strip()) == wanted:
            return self._keys[place]
        found = [at for at in range(self.count()) if folded(self.itemText(at).strip()) == wanted]
        if not found and wanted:
            found = [at for at in range(self.count()) if wanted in folded(self.itemText(at))]
        if len(found) > 1:  # the only one that begins so is meant before those that contain it
            begun = [at for at in found if folded(self.itemText(at)).startswith(wanted)]
            found = begun if len(begun) == 1 else found
        return self._keys[found[0]] if len(found) == 1 else None

    @property
    def typed(self) -> str:
        """The text as it stands there."""
        return self.currentText().strip()

    def mark_wrong(self, sentence: str) -> None:
        """Show that what stands here names nothing, and say it."""
        set_property(self.field, "wrong", "true" if sentence else "false")
        self.setToolTip(sentence)

    def _typed(self, text: str) -> None:
        needle = folded(text.strip())
        self._found.setStringList([name for name in self._names if needle in folded(name)])

    def _taken(self, text: str) -> None:
        self.setCurrentIndex(self.findText(text))
        self._done()

    def _done(self) -> None:
        key = self.key
        if key is not None:
            self.setCurrentIndex(self._keys.index(key))
        if key != self._known:
            self._known = key
            self.picked.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:  # scrolling a form must not choose
            event.ignore()
            return True
        return super().event(event)
