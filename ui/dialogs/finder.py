"""The palette of Ctrl+K: find a screen, an action or anything of the project by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QDialog,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import ntr, tr
from ui import theme
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.search import Found, Hit, Spans
    from ui.finding import Finding, Look

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD, PAD = 32, 30, 12
ICON = 16
WIDTH, HEIGHT = 640, 488
DETAIL_SHARE = 0.45  # of a row beside a long title, for what stands at the right
PAGE = 8


class Line(NamedTuple):
    """A row of the list: a heading or remark (no `hit`), or a result and how it looks."""

    text: str
    hit: Hit | None = None
    look: Look | None = None

    @property
    def detail(self) -> str:
        """What stands at the right: why it is grey, its keys, or where it belongs."""
        if self.hit is None or self.look is None:
            return ""
        return self.look.reason or self.look.keys or self.hit.detail


LINE = Qt.ItemDataRole.UserRole + 1


class _Lines(QAbstractListModel):
    """The results as rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.lines[index.row()].hit is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole and line.hit is not None:
            return spoken(line)
        if role == LINE:
            return line
        return None


def spoken(line: Line) -> str:
    """A row in words: title, code, detail."""
    code = line.hit.code if line.hit is not None else ""
    return ", ".join(part for part in (line.text, code, line.detail) if part)


class _Painter(QStyledItemDelegate):
    """Icon, title with its matched letters in 600, code and detail muted at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE)
        return QSize(0, ROW if line.hit is not None else HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        painter.save()
        if line.hit is None:
            self._heading(painter, option.rect, line.text)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._result(painter, option.rect, line, line.hit, chosen)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setPen(theme.theme().colour("muted"))
        painter.setFont(theme.font(theme.CAPTION))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(rect.adjusted(PAD, 0, -PAD, -5), side, text)

    def _result(self, painter: QPainter, rect: QRect, line: Line, hit: Hit, chosen: bool) -> None:
        look = theme.theme()
        if chosen:
            painter.fillRect(rect, look.colour("raised"))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), look.colour("accent"))
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if line.look is not None and line.look.icon:
            top = inner.center().y() - ICON // 2 + 1
            theme.draw_icon(painter, inner.x(), top, line.look.icon, "muted", ICON)
        inner.setLeft(inner.left() + ICON + 10)
        inner.setRight(inner.right() - self._detail(painter, inner, line, hit) - 16)
        grey = line.look is not None and bool(line.look.reason)
        ink = "muted" if grey else "text"
        write(painter, inner, hit.title, hit.marks, theme.BODY, ink)

    def _detail(self, painter: QPainter, rect: QRect, line: Line, hit: Hit) -> int:
        """Draw what stands at the right; its width."""
        font = theme.font(theme.CAPTION)
        title = QFontMetrics(theme.font(bold=True)).horizontalAdvance(hit.title)
        metrics = QFontMetrics(font)
        room = max(round(rect.width() * DETAIL_SHARE), rect.width() - title - 24)
        text = f" · {line.detail}" if hit.code and line.detail else line.detail
        code = theme.font(theme.CAPTION, bold=bool(hit.code_marks))
        taken = QFontMetrics(code).horizontalAdvance(hit.code)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room - taken))
        width = taken + metrics.horizontalAdvance(text)
        place = QRect(rect.right() - width + 1, rect.y(), width + 1, rect.height())
        write(painter, place, hit.code, hit.code_marks, theme.CAPTION, "muted")
        painter.setFont(font)
        painter.setPen(theme.theme().colour("muted"))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place.adjusted(taken, 0, 0, 0), side, text)
        return width


def write(painter: QPainter, rect: QRect, text: str, marks: Spans, size: int, ink: str) -> None:
    """One line of text with marked letters in 600; what does not fit ends in …"""
    painter.setPen(theme.theme().colour(ink))
    x, right = rect.x(), rect.right() + 1
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for piece, font in _pieces(text, marks, size):
        metrics = QFontMetrics(font)
        wide = metrics.horizontalAdvance(piece)
        painter.setFont(font)
        if x + wide > right:
            cut = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, right - x)
            painter.drawText(QRect(x, rect.y(), right - x, rect.height()), side, cut)
            return
        painter.drawText(QRect(x, rect.y(), wide + 2, rect.height()), side, piece)
        x += wide


def _pieces(text: str, marks: Spans, size: int) -> list[tuple[str, QFont]]:
    plain, bold = theme.font(size), theme.font(size, bold=True)
    pieces, end = [], 0
    for start, stop in marks:
        pieces += [(text[end:start], plain), (text[start:stop], bold)]
        end = stop
    return [piece for piece in (*pieces, (text[end:], plain)) if piece[0]]


class Finder(QDialog):
    """A field and a list; Enter opens the marked result, arrows move, Escape leaves.

    It can be typed in at once: what is not read yet comes in slices between the keys.
    """

    def __init__(self, parent: QWidget, finding: Finding) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setModal(True)
        self.finding = finding
        self.complete = False
        finding.begin()
        self._lay_out()
        self.resize(WIDTH, HEIGHT)
        self.move(parent.mapToGlobal(QPoint((parent.width() - self.width()) // 2, 64)))
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._read_on)
        self.filter("")
        self._slices.start()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        self.field = LineEdit()
        self.field.setFont(theme.font(theme.HEADING))
        self.field.setPlaceholderText(tr("Find a screen, an action, a person, a ticket…"))
        self.field.setAccessibleName(tr("Find anything"))
        self.field.textChanged.connect(self.filter)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        self.model = _Lines(self)
        self.listed = QListView()
        self.listed.setModel(self.model)
        self.listed.setAccessibleName(tr("What was found"))
        self.listed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.listed.setItemDelegate(_Painter(self.listed))
        self.listed.setFrameShape(QListView.Shape.NoFrame)
        self.listed.setStyleSheet("QListView { border: none; }")
        self.listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.listed.clicked.connect(self._clicked)
        column.addWidget(self.listed, 1)
        self.hint = label(theme.CAPTION, ink="muted", wrap=True)
        self.hint.setFixedHeight(2 * QFontMetrics(self.hint.font()).height() + 2)
        self.hint.setContentsMargins(PAD, 0, PAD, 0)
        column.addWidget(self.hint)
        self.setWindowTitle(tr("Find"))
        self.setAccessibleName(tr("Find anything"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """An outline of its own: it has no frame."""
        super().paintEvent(event)
        look = theme.theme()
        painter = QPainter(self)
        painter.setPen(QPen(look.colour("muted"), look.line_width))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    # finding ---------------------------------------------------------------------------------

    def _read_on(self) -> None:
        if self.finding.step():
            self._slices.stop()
            self.complete = True
            self.filter(self.field.text(), keep=True)

    def filter(self, typed: str, *, keep: bool = False) -> None:
        """Show what fits; `keep` stays on the marked result when it is still there."""
        marked = self.current.hit if keep and self.current is not None else None
        found = self.finding.find(typed)
        self.model.show_lines(self._lines(found, typed))
        rows = [row for row, line in enumerate(self.model.lines) if line.hit is not None]
        at = next((row for row in rows if self.model.lines[row].hit == marked), None)
        self._mark(at if at is not None else rows[0] if rows else -1)
        if rows and rows[0] <= 1:
            self.listed.scrollToTop()

    def _lines(self, found: Found, typed: str) -> list[Line]:
        lines = []
        for kind, hits in found.groups:
            lines.append(Line(self.finding.heading(kind)))
            lines += [Line(hit.title, hit, self.finding.look(hit)) for hit in hits]
        if found.more:
            lines.append(
                Line(
                    ntr(
                        "and {n} more: type more letters",
                        "and {n} more: type more letters",
                        found.more,
                    )
                )
            )
        if not lines and self.complete:
            lines.append(Line(tr("Nothing is called “{text}”.", text=typed.strip())))
        return lines

    # moving ----------------------------------------------------------------------------------

    @property
    def current(self) -> Line | None:
        """The marked result."""
        index = self.listed.currentIndex()
        return self.model.lines[index.row()] if index.isValid() else None

    def _mark(self, row: int) -> None:
        self.listed.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        line = self.current
        reason = line.look.reason if line is not None and line.look is not None else ""
        self.hint.setText(reason or hint_text())
        self.field.setAccessibleDescription(spoken(line) if line is not None else "")
        if line is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, spoken(line)))

    def _step(self, step: int) -> None:
        """Mark the result `step` further on; at the ends a single step goes round."""
        rows = [row for row, line in enumerate(self.model.lines) if line.hit is not None]
        if not rows:
            return
        here = self.listed.currentIndex().row()
        place = (rows.index(here) if here in rows else -1) + step
        if abs(step) == 1:
            place %= len(rows)
        place = max(0, min(len(rows) - 1, place))
        self._mark(rows[place])
        if place == 0:
            self.listed.scrollToTop()  # with its heading

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            step = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: PAGE,
                Qt.Key.Key_PageUp: -PAGE,
            }.get(key)
            if step is not None:
                self._step(step)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.run()
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, index: QModelIndex) -> None:
        if self.model.lines[index.row()].hit is not None:
            self._mark(index.row())
            self.run()

    def run(self) -> None:
        """Open the marked result; a grey one stays, with its reason below."""
        if self.current is None and not self.complete:  # typed faster than it was read
            while not self.complete:
                self._read_on()
        line = self.current
        if line is None or line.hit is None or (line.look is not None and line.look.reason):
            return
        self.accept()
        self.finding.open(line.hit)


def hint_text() -> str:
    """How to use the palette, in one line."""
    return tr("> actions only   # tickets   @ persons   ·   ↑ ↓ choose   Enter opens   Esc leaves")
