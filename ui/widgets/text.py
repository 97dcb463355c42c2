"""Labels in the five sizes and two weights of the product.

The namespace `Qt` is imported inside functions here, and not at all by what the first window
needs: PySide6 builds all its enums at the first touch, a tenth of the time to the first paint.
"""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui import theme

PLAIN = 0  # Qt.TextFormat.PlainText


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
    made.setProperty("textFormat", PLAIN)
    if ink:
        made.setProperty("ink", ink)
    if wrap:
        made.setWordWrap(True)
    if right:
        align_right(made)
    return made


def align_right(label: QLabel) -> None:
    """Put the text of a label at its right edge."""
    from PySide6.QtCore import Qt

    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def set_ink(widget: QWidget, ink: str) -> None:
    """Change the ink of a label that is already shown."""
    set_property(widget, "ink", ink)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet looks at; a widget not shown yet is polished later."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.isVisible():
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
        self.setProperty("textFormat", PLAIN)
        if ink:
            self.setProperty("ink", ink)
        if right:
            align_right(self)
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
        shown = self._whole
        metrics = QFontMetrics(self.font())
        if metrics.horizontalAdvance(shown) > self.width():
            shown = _cut(shown, metrics, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


def _cut(text: str, metrics: QFontMetrics, width: int) -> str:
    """The longest beginning of `text` that fits with … behind it (`elidedText` needs `Qt`)."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = metrics.horizontalAdvance(text[:middle].rstrip() + "…") <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"
