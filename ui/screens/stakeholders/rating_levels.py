"""What is picked in a rating: a level of an axis, or one of the simple three. Digits and letters
pick as a click does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import N_, tr
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, Trio
from crm_pilot.stakeholders.zones import ANTAGONISM_ANCHORS, LEVELS, SYNERGY_ANCHORS
from ui import theme
from ui.widgets.marks import MarkIcon
from ui.widgets.text import label

ONE = {  # one unit; terms.TRIO names many
    Trio.LOCOMOTIVE: N_("Locomotive"),
    Trio.HESITANT: N_("Hesitant"),
    Trio.OPPONENT: N_("Opponent"),
}
MEANING = {
    Trio.LOCOMOTIVE: N_("Acts for the project, of their own accord"),
    Trio.HESITANT: N_("Waits and watches; follows when others are seen to succeed"),
    Trio.OPPONENT: N_("Spends more energy against the project than for it"),
}
LETTERS = {Trio.LOCOMOTIVE: "L", Trio.HESITANT: "H", Trio.OPPONENT: "O"}
_KEYS = {
    Qt.Key.Key_L: Trio.LOCOMOTIVE,
    Qt.Key.Key_H: Trio.HESITANT,
    Qt.Key.Key_O: Trio.OPPONENT,
}
_DIGITS = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3, Qt.Key.Key_4: 4}
_UNSHIFTED = {"&": 1, "é": 2, '"': 3, "'": 4}  # the keys of the digits on French keyboards


def digit(event: QKeyEvent) -> int | None:
    """The level that a key stands for, on French keyboards with or without Shift."""
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    return _DIGITS.get(Qt.Key(event.key())) or _UNSHIFTED.get(event.text())


def trio_of(event: QKeyEvent) -> Trio | None:
    """Which of the three a key stands for."""
    held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return None if held else _KEYS.get(Qt.Key(event.key()))


class Levels(QWidget):
    """Four levels of one axis with their anchors; `picked(level)`, `went_on` once a key picked."""

    picked = Signal(int)
    went_on = Signal()

    def __init__(
        self, title: str, caption: str, names: Mapping[int, str], anchors: Mapping[int, str]
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        head, below = label(bold=True), label(theme.CAPTION, ink="muted")
        head.setText(title)
        below.setText(caption)
        grid.addWidget(head, 0, 0, 1, 2)
        grid.addWidget(below, 1, 0, 1, 2)
        grid.setRowMinimumHeight(2, 6)
        self._group = QButtonGroup(self)
        for level in LEVELS:
            row = 3 + 2 * (4 - level)
            button = QRadioButton(f"{level}  {tr(names[level])}")
            button.setAccessibleName(f"{title}, {button.text()}")
            button.setAccessibleDescription(tr(anchors[level]))
            button.setFont(theme.font(bold=True))
            anchor = label(theme.CAPTION, ink="muted", wrap=True)
            anchor.setText(tr(anchors[level]))
            anchor.setContentsMargins(24, 0, 0, 8)
            anchor.setMinimumHeight(42)
            anchor.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._group.addButton(button, level)
            grid.addWidget(button, row, 0, 1, 2)
            grid.addWidget(anchor, row + 1, 0, 1, 2)
        self._group.idClicked.connect(self.picked)

    @property
    def level(self) -> int | None:
        """The level picked."""
        level = self._group.checkedId()
        return None if level < 0 else level

    def pick(self, level: int) -> None:
        """Pick a level as a click does."""
        self._group.button(level).setChecked(True)
        self.picked.emit(level)

    def clear(self) -> None:
        """Nothing is picked any more."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def take_focus(self) -> None:
        """Put the keyboard on the picked level, or on the lowest."""
        self._group.button(self.level or 1).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        level = digit(event)
        if level is None:
            super().keyPressEvent(event)
            return
        self.pick(level)
        self.went_on.emit()


def synergy_levels() -> Levels:
    """The first step."""
    return Levels(tr("1. Synergy"), tr("energy spent for the project"), SYNERGY, SYNERGY_ANCHORS)


def antagonism_levels() -> Levels:
    """The second step."""
    return Levels(
        tr("2. Antagonism"),
        tr("energy spent against it, rated separately"),
        ANTAGONISM,
        ANTAGONISM_ANCHORS,
    )


class TrioChoice(QWidget):
    """Locomotive, hesitant or opponent. `small`: side by side without what they mean."""

    picked = Signal(object)
    went_on = Signal()

    def __init__(self, *, small: bool = False, of: str = "") -> None:
        super().__init__()
        self._buttons: dict[Trio, QRadioButton] = {}
        self._group = QButtonGroup(self)
        box = QHBoxLayout(self) if small else QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14 if small else 10)
        for trio in Trio:
            button = QRadioButton(tr(ONE[trio]) if small else f"{LETTERS[trio]}  {tr(ONE[trio])}")
            button.setAccessibleName(f"{of}, {tr(ONE[trio])}" if of else tr(ONE[trio]))
            button.setAccessibleDescription(tr(MEANING[trio]))
            self._group.addButton(button)
            self._buttons[trio] = button
            row = QHBoxLayout()
            row.setSpacing(4 if small else 8)
            row.addWidget(MarkIcon(trio.value, 14 if small else 16))
            row.addWidget(button)
            if small:
                button.setToolTip(tr(MEANING[trio]))
            else:
                button.setFont(theme.font(bold=True))
                button.setMinimumWidth(150)
                meaning = label(theme.CAPTION, ink="muted", wrap=True)
                meaning.setText(tr(MEANING[trio]))
                row.addWidget(meaning, 1)
            box.addLayout(row)
            button.clicked.connect(lambda _=False, trio=trio: self.picked.emit(trio))

    @property
    def trio(self) -> Trio | None:
        """What is picked."""
        return next((trio for trio, one in self._buttons.items() if one.isChecked()), None)

    def pick(self, trio: Trio) -> None:
        """Pick as a click does."""
        self._buttons[trio].setChecked(True)
        self.picked.emit(trio)

    def clear(self) -> None:
        """Nothing is picked any more."""
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def take_focus(self) -> None:
        """Put the keyboard on what is picked, or on the first."""
        self._buttons[self.trio or Trio.LOCOMOTIVE].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        trio = trio_of(event)
        if trio is None:
            super().keyPressEvent(event)
            return
        self.pick(trio)
        self.went_on.emit()
