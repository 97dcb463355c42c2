"""Rows of painted cells that the keyboard walks over: what grids, matrices and small multiples
have in common. Rows that find no room are scrolled; head and foot stay."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip

from ui import theme
from ui.charts.view import ChartView

Place = tuple[int, int]  # row, column
BAR = 12  # width of the scroll bar
STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
FAR = 10_000


class CellsView(ChartView):
    """Subclasses say how many `rows` and `columns` there are, where they are (`cell_at`), what a
    cell is in words (`spoken`) and paint them. `chosen(key)`: Enter or a click on a row."""

    chosen = Signal(object)
    row_low, row_high = 18.0, 26.0
    head, foot = 0.0, 0.0

    def __init__(self) -> None:
        super().__init__()
        self.place: Place | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.hide()
        self.bar.valueChanged.connect(lambda _: self.update())
        theme.switched().changed.connect(self.update)

    # what subclasses say ---------------------------------------------------------------------

    def rows(self) -> int:
        """How many rows there are."""
        return 0

    def columns(self) -> int:
        """How many cells the keyboard finds in a row."""
        return 1

    def key_of(self, place: Place) -> object | None:
        """What Enter and a click choose; None where nothing can be chosen."""
        return None

    def spoken(self, place: Place) -> str:
        """A cell in words."""
        return ""

    def describe(self) -> str:
        """The whole in words."""
        return ""

    def cell_at(self, spot: QPointF) -> Place | None:
        """The cell under a point."""
        return None

    # rows in the room there is ---------------------------------------------------------------

    @property
    def room(self) -> float:
        """Height of the rows together."""
        return max(1.0, self.height() - self.head - self.foot)

    @property
    def seen(self) -> int:
        """How many rows are seen at once."""
        return max(1, min(self.rows(), int(self.room // self.row_low)))

    @property
    def row(self) -> float:
        """Height of a row."""
        return max(self.row_low, min(self.row_high, self.room / self.seen))

    @property
    def first(self) -> int:
        """The first row seen."""
        return self.bar.value() if self.scrolled else 0

    @property
    def scrolled(self) -> bool:
        """Whether some rows are out of sight."""
        return self.rows() > self.seen

    @property
    def across(self) -> float:
        """Width of what is painted."""
        return self.width() - (BAR + 2 if self.scrolled else 0)

    def top_of(self, row: int) -> float:
        """Where a row begins."""
        return self.head + (row - self.first) * self.row

    def row_at(self, y: float) -> int | None:
        """The row at a height."""
        place = self.first + int((y - self.head) // self.row)
        last = min(self.rows(), self.first + self.seen)
        return place if y >= self.head and place < last else None

    def in_sight(self) -> range:
        """The rows to be painted."""
        return range(self.first, min(self.rows(), self.first + self.seen))

    def renew(self) -> None:
        """Settle after other content, another size or another language."""
        self.bar.setRange(0, max(0, self.rows() - self.seen))
        self.bar.setPageStep(self.seen)
        self.bar.setVisible(self.scrolled)
        self.bar.setGeometry(self.width() - BAR, round(self.head), BAR, round(self.row * self.seen))
        if self.place is not None:
            row, column = self.place
            inside = row < self.rows() and column < self.columns()
            self.place = self.place if inside else None
        self._tell()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.renew()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.scrolled:
            self.bar.setValue(self.bar.value() - round(event.angleDelta().y() / 40))
            event.accept()
        else:
            event.ignore()

    # keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = STEPS.get(key)
        if key == Qt.Key.Key_Home:
            step = (0, -FAR)
        elif key == Qt.Key.Key_End:
            step = (0, FAR)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            step = (self.seen if key == Qt.Key.Key_PageDown else -self.seen, 0)
        if step is not None and self.rows():
            self.walk(*step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._choose(self.place):
            return
        else:
            super().keyPressEvent(event)

    def walk(self, down: int, right: int) -> None:
        """Go to another cell; at first to the first one in sight."""
        if self.place is None:
            self.place = (self.first, 0)
        else:
            row, column = self.place
            row = max(0, min(self.rows() - 1, row + down))
            self.place = (row, max(0, min(self.columns() - 1, column + right)))
        self.reveal(self.place)
        self._tell()
        self.update()

    def reveal(self, place: Place) -> None:
        """Bring a cell into sight."""
        row = place[0]
        if row < self.first:
            self.bar.setValue(row)
        elif row >= self.first + self.seen:
            self.bar.setValue(row - self.seen + 1)

    def _choose(self, place: Place | None) -> bool:
        key = self.key_of(place) if place is not None else None
        if key is not None:
            self.chosen.emit(key)
        return key is not None

    def _tell(self) -> None:
        """Say the cell the keyboard is on, or the whole."""
        on_it = self.place is not None and self.hasFocus()
        said = self.spoken(self.place) if on_it and self.place is not None else self.describe()
        self.setAccessibleDescription(said)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()
        self.update()

    # mouse -----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.cell_at(event.position())
        hand = place is not None and self.key_of(place) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        text = self.spoken(place) if place is not None else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and self._choose(place):
            self.place = place
        else:
            super().mouseReleaseEvent(event)

    # painting --------------------------------------------------------------------------------

    def mark_place(self, painter: QPainter, rect: QRectF) -> None:
        """Frame the cell the keyboard is on."""
        painter.setPen(QPen(theme.theme().colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(-1, -1, 1, 1))

    def on_it(self, place: Place) -> bool:
        """Whether the keyboard is on that cell."""
        return self.hasFocus() and self.place == place

    def sizeHint(self) -> QSize:
        return QSize(280, round(self.head + self.foot + self.row_high * self.rows()))

    def minimumSizeHint(self) -> QSize:
        least = self.row_low * min(self.rows(), 4)
        return QSize(200, round(self.head + self.foot + least))


def crisp(painter: QPainter, rect: QRectF) -> QRectF:
    """The rectangle with its edges on whole pixels of the screen, at any scale."""
    to = painter.deviceTransform()
    back, _ = to.inverted()
    first, last = to.map(rect.topLeft()), to.map(rect.bottomRight())
    return QRectF(
        back.map(QPointF(round(first.x()), round(first.y()))),
        back.map(QPointF(round(last.x()), round(last.y()))),
    )
