"""The calm dialog of the house: a sentence, an explanation, and buttons that are verbs.

Dialogs are opened without blocking (`open()`); what follows is connected to `chosen` or `accepted`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.holding import hold_methods
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.scroll import Scroll
from ui.widgets.text import label


class Dialog(QDialog):
    """Sentence (16/600), detail, `.body` for content, and a row of buttons.

    `add_button(key, text, primary=True)`; a click emits `chosen(key)` and closes, unless the
    button was added with `closes=False`. Escape is `chosen("cancel")`.
    """

    chosen = Signal(str)

    def __init__(
        self, parent: QWidget | None, sentence: str = "", detail: str = "", *, icon: str = ""
    ) -> None:
        hold_methods()
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(480)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        top = QHBoxLayout()
        top.setSpacing(14)
        if icon:
            picture = QLabel()
            token = {"warning": "watch", "check-circle": "good"}.get(icon, "muted")
            picture.setPixmap(theme.pixmap(icon, token, 28))
            top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(6)
        self.sentence = label(theme.HEADING, bold=True, wrap=True)
        self.detail = label(wrap=True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self.sentence)
        words.addWidget(self.detail)
        top.addLayout(words, 1)
        outer.addLayout(top)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        outer.addLayout(self._row)
        self.buttons: dict[str, QPushButton] = {}
        self._answered = self._scrolls = False
        self.say(sentence, detail)
        self.rejected.connect(self._escaped)

    def showEvent(self, event: QShowEvent) -> None:
        """As wide as its buttons need, and as high as its sentences need at that width, unless it
        was given a size."""
        box = self.layout()
        given = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        if box is not None:
            least = box.totalMinimumSize().width()  # a minimum of our own hides the layout's
            self.setMinimumWidth(max(self.minimumWidth(), min(least, self.maximumWidth())))
            if box.hasHeightForWidth() and not given:
                wide = max(self.width(), self.minimumWidth())
                self.resize(wide, box.totalHeightForWidth(wide))
            self._keep_inside(box)
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """A complaint that appears makes the dialog higher; it must not press the fields."""
        answer = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return answer

    def _grow(self) -> None:
        box, below = self.layout(), self.parentWidget()
        if box is None or self._scrolls:
            return
        needed = box.totalMinimumSize().height()
        if box.hasHeightForWidth():
            needed = max(needed, box.totalMinimumHeightForWidth(self.width()))
        if below is not None:
            needed = min(needed, below.window().height())
        if needed > self.height():
            self.resize(self.width(), needed)

    def _keep_inside(self, box: QLayout) -> None:
        """No larger than the window below; what does not fit scrolls, and the buttons stay."""
        below = self.parentWidget()
        if below is None:
            return
        room = below.window().size()
        needed = box.totalMinimumSize()
        if box.hasHeightForWidth():
            needed.setHeight(max(needed.height(), box.totalMinimumHeightForWidth(self.width())))
        needed = needed.expandedTo(self.minimumSize())
        if needed.width() > room.width() or needed.height() > room.height():
            self._scroll_body()
            self.setMinimumSize(self.minimumSize().boundedTo(room))
        if self.width() > room.width() or self.height() > room.height():
            self.setMaximumSize(self.maximumSize().boundedTo(room))
            self.resize(self.size().boundedTo(room))

    def _scroll_body(self) -> None:
        outer = self.layout()
        if self._scrolls or not isinstance(outer, QVBoxLayout):
            return
        self._scrolls = True
        focus, place = self.focusWidget(), outer.indexOf(self.body)
        outer.removeItem(self.body)
        self.body.setParent(None)
        inner = QWidget()
        inner.setProperty("role", "page")
        inner.setLayout(self.body)
        area = Scroll(inner, sideways=True)
        outer.insertWidget(place, area, 1)
        area.show()  # a layout shows what it is given only with the next event
        if focus is not None:
            focus.setFocus()
            area.ensureWidgetVisible(focus)

    def say(self, sentence: str, detail: str = "") -> None:
        """Set the sentence and the explanation."""
        self.sentence.setText(sentence)
        self.setWindowTitle(sentence)
        self.setAccessibleName(sentence)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))

    def add_button(
        self, key: str, text: str, *, primary: bool = False, closes: bool = True, left: bool = False
    ) -> QPushButton:
        """Add a button; the last one added stands at the right."""
        button = primary_button(text) if primary else quiet_button(text)
        if primary:
            button.setDefault(True)
        else:
            button.setAutoDefault(False)
        button.clicked.connect(lambda: self._click(key, closes))
        if left:
            self._row.insertWidget(0, button)
        else:
            self._row.addWidget(button)
        if primary:
            button.setFocus()
        self.buttons[key] = button
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, and the primary one from elsewhere;
        with Ctrl the primary one, also while several lines are typed."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        focus = self.focusWidget()
        if enter and isinstance(focus, QPushButton) and not focus.isCheckable():
            focus.click()
            return
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            for button in self.buttons.values():
                if button.isDefault():
                    button.click()
            return
        super().keyPressEvent(event)

    def _click(self, key: str, closes: bool) -> None:
        if not closes:
            self.chosen.emit(key)
            return
        self._answered = True
        if key == "cancel":
            self.reject()
        else:
            self.accept()
        self.chosen.emit(key)

    def _escaped(self) -> None:
        if not self._answered:
            self._answered = True
            self.chosen.emit("cancel")
