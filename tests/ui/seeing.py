"""What a person sees and hears of a window: its controls, their names, and texts that are cut."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from ui import theme
from ui.dialogs.new_project_parts import Card
from ui.widgets.heading import PAD, Heading
from ui.widgets.text import ElidedLabel

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractItemView,
    QPlainTextEdit,
    QAbstractSlider,
    QTabBar,
    QMenuBar,
)
Role = QAccessible.Role
ROLES = {  # what a screen reader must hear, where Qt could say less
    QLineEdit: {Role.EditableText},
    QComboBox: {Role.ComboBox},
    QPlainTextEdit: {Role.EditableText},
    QTabBar: {Role.PageTabList},
    QRadioButton: {Role.RadioButton},
    QCheckBox: {Role.CheckBox},
    QPushButton: {Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton, Role.ToggleButton}
    if hasattr(Role, "ToggleButton")
    else {Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton},
    QAbstractItemView: {Role.Table, Role.List, Role.Tree},
}
SLACK = 1  # pixels that rounding may take


def settle(rounds: int = 10) -> None:
    """Let queued work be done."""
    for _ in range(rounds):
        QApplication.processEvents()


def visible(root: QWidget) -> list[QWidget]:
    """Everything shown inside a widget, but for windows over it."""
    found = root.findChildren(QWidget)
    return [one for one in found if one.isVisible() and one.window() is root.window()]


def is_control(one: QWidget) -> bool:
    """Whether a person can do something with it."""
    if isinstance(one, (QScrollBar, QHeaderView)) or one.focusProxy() is not None:
        return False
    return isinstance(one, CONTROLS) or one.focusPolicy() != Qt.FocusPolicy.NoFocus


def reached_by_tab(one: QWidget) -> bool:
    """Whether Tab should come by."""
    return (
        one.isEnabled()
        and bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(one, QScrollBar)
        and one.focusProxy() is None
    )


def told(one: QWidget) -> str:
    """What a screen reader calls a widget."""
    found = QAccessible.queryAccessibleInterface(one)
    return str(found.text(QAccessible.Text.Name)) if found is not None else ""


def unnamed(root: QWidget) -> list[str]:
    """Controls without a name, or with a role that says nothing."""
    found = []
    for one in visible(root):
        if not is_control(one):
            continue
        if not told(one).strip():
            found.append(f"{type(one).__name__} in {type(one.parent()).__name__} has no name")
        said = QAccessible.queryAccessibleInterface(one).role()
        for kind, roles in ROLES.items():
            if isinstance(one, kind) and said not in roles:
                found.append(f"{type(one).__name__} {told(one)} is told as {said.name}")
    return found


def picture(one: QWidget) -> QImage:
    """What is seen of a widget, with a little around it."""
    window = one.window()
    corner = one.mapTo(window, one.rect().topLeft())
    around = one.rect().translated(corner).adjusted(-3, -3, 3, 3)
    return window.grab(around).toImage()


# texts that are cut ----------------------------------------------------------------------------


def cut(root: QWidget) -> list[str]:
    """Texts below `root` that do not fit, and cannot be read whole in a tooltip either; widgets
    that reach out of their parent."""
    found = []
    for one in visible(root):
        if not one.width():
            continue
        for text, needed, given in measured(one):
            if needed > given + SLACK:
                where = type(one.parent()).__name__
                found.append(f"{type(one).__name__} in {where}: {text!r} {needed} > {given}")
        if sticks_out(one):
            found.append(f"{type(one).__name__} {name(one)!r} reaches out of its parent")
    return found


def name(one: QWidget) -> str:
    """Something to find it by."""
    text = getattr(one, "text", None)
    return told(one) or (str(text()) if callable(text) else one.objectName())


def measured(one: QWidget) -> Iterator[tuple[str, int, int]]:
    """Texts of a widget with the pixels each needs and has."""
    if isinstance(one, ElidedLabel):
        if one.text() != one.whole() and one.toolTip() != one.whole():
            yield one.whole(), 1, 0
    elif isinstance(one, QLabel):
        yield from _label(one)
    elif isinstance(one, Card):
        plain, bold = QFontMetrics(theme.font()), QFontMetrics(theme.font(bold=True))
        yield one.about, plain.horizontalAdvance(one.about), one.width() - 62
        yield one.text(), bold.horizontalAdvance(one.text()), one.width() - 62
    elif isinstance(one, QAbstractButton):
        if isinstance(one.parent(), QLineEdit):
            return  # the glass and the cross: their text is only told
        if one.text() and one.property("role") != "why":
            yield one.text(), one.minimumSizeHint().width(), one.width()
            yield one.text(), QFontMetrics(one.font()).height(), one.height()
    elif isinstance(one, QComboBox):
        yield from _box(one)
    elif isinstance(one, QLineEdit):
        hint, given = one.placeholderText(), one.contentsRect().width() - 2 * PAD
        actions = sum(1 for action in one.actions() if action.isVisible())
        if hint:
            yield hint, QFontMetrics(one.font()).horizontalAdvance(hint), given - 16 * actions
    elif isinstance(one, QTabBar):
        for tab in range(one.count()):
            yield one.tabText(tab), one.tabSizeHint(tab).width(), one.tabRect(tab).width()
            yield one.tabText(tab), one.tabRect(tab).right(), one.width()
    elif isinstance(one, QListWidget):
        for row in range(one.count()):
            item = one.item(row)
            if not item.isHidden() and not item.toolTip():
                yield (
                    item.text(),
                    one.sizeHintForIndex(one.indexFromItem(item)).width(),
                    max(one.viewport().width(), item.sizeHint().width()),
                )
    elif isinstance(one, QHeaderView):
        yield from _headings(one)


def _label(one: QLabel) -> Iterator[tuple[str, int, int]]:
    text = one.text()
    if not text or one.toolTip() == text:
        return
    if one.wordWrap():
        yield text, one.heightForWidth(one.width()), one.height()
        metrics = QFontMetrics(one.font())
        margins = one.contentsMargins()
        room = one.width() - margins.left() - margins.right()
        longest = max(text.replace("/", " ").split(), key=metrics.horizontalAdvance, default="")
        yield longest, metrics.horizontalAdvance(longest), room
    else:
        yield text, one.sizeHint().width(), one.width()
        yield text, QFontMetrics(one.font()).tightBoundingRect(text).height(), one.height()


def _box(one: QComboBox) -> Iterator[tuple[str, int, int]]:
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, one)
    metrics = QFontMetrics(one.font())
    if one.toolTip() != one.currentText():
        yield one.currentText(), metrics.horizontalAdvance(one.currentText()), room.width()


def _headings(head: QHeaderView) -> Iterator[tuple[str, int, int]]:
    model = head.model()
    if head.orientation() != Qt.Orientation.Horizontal or model is None:
        return
    for at in range(head.count()):
        text = str(model.headerData(at, head.orientation()) or "")
        tip = head.tip(at) if isinstance(head, Heading) else ""
        if head.isSectionHidden(at) or not text or text in tip:
            continue
        font = theme.font(theme.CAPTION) if isinstance(head, Heading) else head.font()
        pad = head.pad if isinstance(head, Heading) else PAD
        metrics = QFontMetrics(font)
        role = Qt.ItemDataRole.TextAlignmentRole
        align = int(model.headerData(at, head.orientation(), role) or 0)
        if align & int(Qt.TextFlag.TextWordWrap):
            text = max(text.split(), key=metrics.horizontalAdvance)
        yield text, metrics.horizontalAdvance(text), head.sectionSize(at) - 2 * pad


def sticks_out(one: QWidget) -> bool:
    """Whether a control or text lies partly outside its parent, where nobody sees it."""
    parent = one.parentWidget()
    if (
        parent is None
        or one.isWindow()
        or not isinstance(one, (QAbstractButton, QLabel, QLineEdit, QComboBox))
    ):
        return False
    if isinstance(parent.parentWidget(), QAbstractScrollArea):
        return False  # it scrolls
    room = QRect(0, 0, parent.width(), parent.height()).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    return not room.contains(one.geometry())
