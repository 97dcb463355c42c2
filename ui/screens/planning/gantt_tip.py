"""The note beside a bar: what is known of its line. It covers neither the selected bar, nor the
one it speaks of, nor what follows them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crm_pilot.planning.rows import TaskRow
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
STEP = 24  # pixels between places that are tried
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
        self, row: TaskRow, facts: Facts, pointer: QPoint, room: QRect, avoid: Sequence[QRect]
    ) -> None:
        """Show a note near `pointer` inside `room`, in the pixels of the parent, beside all of
        `avoid`."""
        title = row.title
        self.key, self.title, self.facts = row.id, title, facts
        self.setAccessibleName(title)
        size = self._size()
        parent = self.parentWidget()
        narrow = size.width() + 8 > room.width() or size.height() + 8 > room.height()
        if narrow and parent is not None:
            room = parent.rect()
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


class TipKeeper:
    """Shows and hides the note of a Gantt; it stands in the window, above all else."""

    def __init__(self, view: QWidget, scene: Scene) -> None:
        self._view, self._scene = view, scene
        self.note: BarTip | None = None

    @property
    def key(self) -> int | None:
        """Key of the line that is spoken of."""
        return self.note.key if self.note is not None and self.note.isVisible() else None

    def show(self, found: Hit, facts: Facts, at: QPoint, top: int) -> None:
        """Speak of the bar at a point of the Gantt; `top` is that of row 0."""
        row, view, window = found.line.row, self._view, self._view.window()
        if row is None:
            return
        if self.note is None or self.note.parentWidget() is not window:
            self.note = BarTip(window)
        here = view.mapTo(window, QPoint())
        room = view.rect().adjusted(0, HEADER, 0, 0).translated(here)
        covered = not_to_cover(self._scene, found, view.size(), top)
        self.note.tell(row, facts, at + here, room, [box.translated(here) for box in covered])

    def hide(self) -> None:
        """Say nothing."""
        if self.note is not None:
            self.note.hide()


def not_to_cover(scene: Scene, found: Hit, window: QSize, top: int) -> list[QRect]:
    """Boxes of the selected bars, of the one under the pointer, of what waits for it, and of the
    milestones in sight, in the pixels of the Gantt, the worst to cover first. `top` is that of
    row 0."""
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
    return made


def placed(size: QSize, pointer: QPoint, room: QRect, avoid: Sequence[QRect]) -> QPoint:
    """Where a note of `size` covers nothing of `avoid` (the first is the worst to cover) and
    stays in `room`, as near to the pointer as can be."""
    boxes = [(box.left(), box.top(), box.right() + 1, box.bottom() + 1) for box in avoid]
    wide, high = size.width(), size.height()

    def cost(x: int, y: int) -> float:
        found = 0.0
        for rank, (left, top, right, bottom) in enumerate(boxes):
            across = min(x + wide, right) - max(x, left)
            down = min(y + high, bottom) - max(y, top)
            if across > 0 and down > 0:
                found += (1e6 if rank == 0 else 1e4) + across * down
        aside = max(x - pointer.x(), pointer.x() - x - wide, 0)
        over = max(y - pointer.y(), pointer.y() - y - high, 0)
        on_it = 1e3 if not aside and not over else 0.0
        return found + on_it + aside + 2 * over  # rows away is farther than days away

    xs = _steps(room.left() + 4, room.right() - wide - 4, pointer.x(), (AWAY, -AWAY - wide))
    ys = _steps(room.top() + 4, room.bottom() - high - 4, pointer.y(), (AWAY, -AWAY - high))
    return QPoint(*min(((x, y) for y in ys for x in xs), key=lambda at: cost(*at)))


def _steps(low: int, high: int, pointer: int, near: Sequence[int]) -> list[int]:
    """Where an edge may be: beside the pointer, and all over the room."""
    high = max(low, high)
    beside = [min(max(pointer + away, low), high) for away in near]
    return [*beside, *range(low, high, STEP), high]
