"""The note beside a bar: what is known of its line. It covers neither the selected bar, nor the
one it speaks of, nor what follows them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.screens.planning.drawing import is_milestone
from ui.screens.planning.gantt_header import HEADER
from ui.screens.planning.gantt_hits import Hit
from ui.screens.planning.gantt_inks import advance, inks
from ui.screens.planning.gantt_scene import Scene
from ui.widgets.grid import ROW_HEIGHT

PAD_X, PAD_Y, GAP, LINE = 13, 11, 14, 18
WIDEST = 380  # pixels; longer values end in …
AWAY = 14  # pixels from the pointer
Facts = Sequence[tuple[str, str]]


class BarTip(QWidget):
    """Title, then names at the left and values at the right, as in a small table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.key: int | None = None
        self.title = ""
        self.facts: Facts = ()
        self.hide()

    def tell(
        self, key: int, title: str, facts: Facts, pointer: QPoint, avoid: Sequence[QRect]
    ) -> None:
        """Show a note near `pointer`, in the pixels of the parent, beside all of `avoid`."""
        self.key, self.title, self.facts = key, title, facts
        self.setAccessibleName(title)
        size = self._size()
        room = self.parentWidget().rect()
        self.setGeometry(QRect(placed(size, pointer, room, avoid), size))
        self.raise_()
        self.show()
        self.update()

    def _size(self) -> QSize:
        names = max((advance(name) for name, _ in self.facts), default=0.0)
        values = max((advance(value) for _, value in self.facts), default=0.0)
        title = advance(self.title, bold=True, size=theme.BODY)
        inner = min(float(WIDEST), max(title, names + GAP + values))
        height = 2 * PAD_Y + 20 + LINE * len(self.facts)
        return QSize(round(inner) + 2 * PAD_X, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = inks()
        painter.setPen(colours.pen("line", 1.0))
        painter.setBrush(colours.brush("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inner = self.width() - 2 * PAD_X
        painter.setFont(theme.font(bold=True))
        painter.setPen(colours.colour("text"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, inner)
        painter.drawText(QPointF(PAD_X, PAD_Y + 13), title)
        painter.setFont(theme.font(theme.CAPTION))
        metrics = painter.fontMetrics()
        for place, (name, value) in enumerate(self.facts):
            base = PAD_Y + 33 + LINE * place
            painter.setPen(colours.colour("muted"))
            painter.drawText(QPointF(PAD_X, base), name)
            room = inner - int(advance(name)) - GAP
            shown = metrics.elidedText(value, Qt.TextElideMode.ElideRight, room + 1)
            painter.setPen(colours.colour("text"))
            right = PAD_X + inner - metrics.horizontalAdvance(shown)
            painter.drawText(QPointF(right, base), shown)


def not_to_cover(scene: Scene, found: Hit, window: QSize, top: int) -> list[QRect]:
    """Boxes of the selected bars, of the one under the pointer, of what waits for it, and of the
    milestones in sight, in the pixels of the Gantt, the worst to cover first; then the header.
    `top` is that of row 0."""
    key = found.line.key
    after = [link.successor_id for link in scene.all_links if link.predecessor_id == key]
    first = max(0, (HEADER - top) // ROW_HEIGHT)
    last = min(len(scene.lines), (window.height() - top) // ROW_HEIGHT + 1)
    points = [line.key for line in scene.lines[first:last] if is_milestone(line)]
    made = []
    for one in dict.fromkeys([*sorted(scene.selected), key, *after, *points]):
        place = scene.rows.get(one)
        bar = scene.bar(place, top) if place is not None else None
        if bar is None:
            continue
        left, right = max(bar.extent.left, 0.0), min(bar.end, float(window.width()))
        if right > left:
            made.append(QRect(round(left) - 4, round(bar.y), round(right - left) + 8, 26))
    return [*made, QRect(0, 0, window.width(), HEADER)]


def placed(size: QSize, pointer: QPoint, room: QRect, avoid: Sequence[QRect]) -> QPoint:
    """Where a note of `size` covers nothing of `avoid` (the first is the worst to cover) and
    stays in `room`, as near to the pointer as can be."""
    best, least = QPoint(), None
    for number, corner in enumerate(_corners(size, pointer, room)):
        x = min(max(corner.x(), room.left() + 4), max(room.left() + 4, room.right() - size.width()))
        low = max(room.top() + 4, room.bottom() - size.height())
        y = min(max(corner.y(), room.top() + 4), low)
        box = QRect(QPoint(x, y), size)
        covered = 0.0
        for rank, one in enumerate(avoid):
            both = box.intersected(one)
            if not both.isEmpty():
                covered += (1000.0 if rank == 0 else 10.0) + both.width() * both.height() / 1000
        cost = covered + number / 1000
        if least is None or cost < least:
            best, least = box.topLeft(), cost
    return best


def _corners(size: QSize, pointer: QPoint, room: QRect) -> list[QPoint]:
    """Where the top left could be, the nicest places first."""
    below, above = pointer.y() + AWAY, pointer.y() - AWAY - size.height()
    right, left = pointer.x() + AWAY, pointer.x() - AWAY - size.width()
    near = [QPoint(x, y) for y in (below, above) for x in (right, left)]
    far = [
        QPoint(x, y)
        for y in (below + 40, above - 40, below + 100, above - 100)
        for x in (right, left, right + 120, left - 120)
    ]
    edges = [
        QPoint(x, y)
        for x in (room.right() - size.width(), room.left())
        for y in (below, above, pointer.y() - size.height() // 2)
    ]
    edges += [
        QPoint(x, y)
        for y in (room.top(), room.bottom() - size.height())
        for x in (room.left(), room.center().x() - size.width() // 2, room.right() - size.width())
    ]
    return near + far + edges
