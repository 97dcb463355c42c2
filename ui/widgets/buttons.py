"""Buttons: one primary per screen, quiet ones, links, chips, segments. Texts are verbs.

A greyed one says why: `set_reason` for one, `Guard` for all that wait for a project to edit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from ui import theme

if TYPE_CHECKING:
    from ui.bridge import Bridge

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

    def minimumSizeHint(self) -> QSize:
        """Its text is never cut."""
        return self.sizeHint()


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
        self.updateGeometry()

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


# why a button is grey ------------------------------------------------------------------------


def set_reason(target: QWidget | QAction, reason: str, tip: str | None = None) -> None:
    """Grey a button, field or action and say why (translated); an empty reason enables it.

    The reason is its tooltip and what a screen reader adds. `tip` is the tooltip while it is
    enabled; without one, the tooltip it had comes back.
    """
    known = str(target.property("reason") or "")
    if tip is None:
        own = isinstance(target, QWidget) and target.toolTip() != known
        tip = target.toolTip() if own else str(target.property("tip") or "")
    target.setProperty("reason", reason)
    target.setProperty("tip", tip)
    target.setEnabled(not reason)
    target.setToolTip(reason or tip)
    if isinstance(target, QWidget):
        target.setAccessibleDescription(reason or tip)


class Guard(QObject):
    """Greys what edits while nothing can be edited, and says why; lives as long as `owner`.

    `add(button)`; `add(button, why=...)` also asks `why()` for a reason of its own, and with
    `edits=False` only that one. It looks again when another project is shown, after a save, in
    another language, and on `refresh()`.
    """

    def __init__(self, bridge: Bridge, owner: QWidget) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._kept: list[tuple[QWidget | QAction, Callable[[], str] | None, bool]] = []
        for signal in (bridge.project_changed, bridge.saved, bridge.language_changed):
            signal.connect(self.refresh)

    def add(
        self,
        *targets: QWidget | QAction,
        why: Callable[[], str] | None = None,
        edits: bool = True,
    ) -> None:
        """Watch over these from now on."""
        self._kept += [(target, why, edits) for target in targets]
        self.refresh()

    def refresh(self) -> None:
        """Grey or enable all of them."""
        reason = self._bridge.why_not_edit()
        for target, why, edits in self._kept:
            asked = (reason if edits else "") or (why() if why is not None else "")
            set_reason(target, asked)
