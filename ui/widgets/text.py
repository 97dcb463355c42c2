"""Labels in the five sizes and two weights of the product."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui import theme


def label(
    size: int = theme.BODY,
    *,
    bold: bool = False,
    ink: str = "",
    numbers: bool = False,
    wrap: bool = False,
    right: bool = False,
) -> QLabel:
    """An empty label; `ink` is muted, accent or alert (empty: the text colour)."""
    made = QLabel()
    made.setFont(theme.font(size, bold=bold, numbers=numbers))
    made.setTextFormat(Qt.TextFormat.PlainText)
    if ink:
        made.setProperty("ink", ink)
    if wrap:
        made.setWordWrap(True)
    if right:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def set_ink(widget: QWidget, ink: str) -> None:
    """Change the ink of a label that is already shown."""
    set_property(widget, "ink", ink)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet looks at."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def rule() -> QFrame:
    """A horizontal hairline."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


class ElidedLabel(QLabel):
    """One line that ends in … when it does not fit; the whole text is then in the tooltip."""

    def __init__(
        self, size: int = theme.BODY, *, bold: bool = False, ink: str = "", right: bool = False
    ) -> None:
        super().__init__()
        self._whole = ""
        self.setFont(theme.font(size, bold=bold))
        self.setTextFormat(Qt.TextFormat.PlainText)
        if ink:
            self.setProperty("ink", ink)
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(16)

    def set_whole(self, text: str) -> None:
        """Set the text; what is cut is drawn as …"""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def whole(self) -> str:
        """The text as set."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
