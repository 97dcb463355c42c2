"""Buttons: one primary per screen, quiet ones, links, chips, segments. Texts are verbs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from ui import theme

GAP = 5  # between an icon and its text


def _button(role: str, text: str, icon: str, token: str, size: int) -> QPushButton:
    made = QPushButton(text)
    _dress(made, role, icon, token, size)
    return made


def _dress(made: QPushButton, role: str, icon: str, token: str, size: int) -> None:
    made.setProperty("role", role)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if icon:
        theme.set_icon(made, icon, token, size, gap=GAP)
        made.setIconSize(QSize(size + GAP, size))


def primary_button(text: str = "", icon: str = "") -> QPushButton:
    """The main action of a screen or dialog. Set the text in `retranslate`."""
    made = _button("primary", text, icon, "on_accent", 16)
    made.setFont(theme.font(bold=True))
    return made


def quiet_button(text: str = "", icon: str = "") -> QPushButton:
    """Any other action."""
    return _button("", text, icon, "text", 16)


def link_button(text: str = "", *, size: int = theme.BODY) -> QPushButton:
    """An action written as a link."""
    made = _button("link", text, "", "accent", 16)
    made.setFont(theme.font(size))
    return made


def chip(text: str = "") -> QPushButton:
    """A filter that is on or off."""
    made = _Chip(text)
    _dress(made, "chip", "", "text", 16)
    made.setCheckable(True)
    return made


def _more_in_bold(text: str) -> QSize:
    plain, bold = QFontMetrics(theme.font()), QFontMetrics(theme.font(bold=True))
    return QSize(max(0, bold.horizontalAdvance(text) - plain.horizontalAdvance(text)), 0)


class _Chip(QPushButton):
    """A chip is bold when it is on; it keeps the room for that while it is off."""

    def sizeHint(self) -> QSize:
        return super().sizeHint() + _more_in_bold(self.text())


class Tabs(QTabBar):
    """Tabs side by side; each keeps the room to be bold when it is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFont(theme.font())

    def tabSizeHint(self, index: int) -> QSize:
        return super().tabSizeHint(index) + _more_in_bold(self.tabText(index))


class Segmented(QWidget):
    """A choice of one among a few, side by side."""

    chosen = Signal(str)

    def __init__(self, values: Sequence[str]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for index, value in enumerate(values):
            made = _Chip()
            _dress(made, "segment", "", "text", 16)
            made.setCheckable(True)
            last = len(values) - 1
            made.setProperty(
                "edge", "first" if index == 0 else "last" if index == last else "middle"
            )
            self._group.addButton(made)
            self._buttons[value] = made
            made.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            row.addWidget(made)
        self._buttons[values[0]].setChecked(True)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Texts in the order of the values."""
        for button, text in zip(self._buttons.values(), texts, strict=True):
            button.setText(text)

    @property
    def value(self) -> str:
        """The chosen value."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: str) -> None:
        """Choose without telling."""
        self._buttons[value].setChecked(True)


def segmented(values: Sequence[str]) -> Segmented:
    """A `Segmented` over values; the first is chosen."""
    return Segmented(values)
