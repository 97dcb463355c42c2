"""One unit on the board of the order of entry: its mark, its name, its people, day and next
action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders.terms import TRIO, ZONES, UnitKind
from ui import theme
from ui.language import formats, lang
from ui.widgets.marks import SHAPES, mark_path
from ui.widgets.roles import tell_role

if TYPE_CHECKING:
    from crm_pilot.governance.influence import ActionRow
    from crm_pilot.stakeholders.entry import Entrant

LINE = 17
AROUND = 6
TIGHT = 3  # at the left of a brief card
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1),
         Qt.Key.Key_Down: (0, 1)}  # fmt: skip


class UnitCard(QWidget):
    """A card that takes the keyboard. Arrows go to its neighbours (`walked`), Ctrl+← and Ctrl+→
    change its stage (`pushed`), F2 edits (`edit_asked`), Enter opens, Insert plans an action."""

    walked = Signal(int, int)
    pushed = Signal(int)
    chosen = Signal()
    edit_asked = Signal()
    opened = Signal()
    action_asked = Signal()
    dragged = Signal(QPointF)  # on the board, while the button is held
    dropped = Signal(QPointF)
    let_go = Signal()  # Escape

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entrant: Entrant[ActionRow] | None = None
        self._name = ""
        self._known: object = None
        self._current = False
        self._press: QPointF | None = None
        self.dragging = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        tell_role(self, "ListItem")

    # what it shows ---------------------------------------------------------------------------

    def show_entrant(self, entrant: Entrant[ActionRow], *, names: bool) -> None:
        """Show a unit; a person by code unless `names`."""
        known = (entrant, names, lang())
        if known == self._known:
            return
        self._known = known
        self.entrant = entrant
        self._name = entrant.unit.shown(names=names)
        told = self.told()
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(". ".join(told))
        self.setToolTip("\n".join((self._name, *told)))
        self.update()

    @property
    def key(self) -> int:
        """Id of the unit."""
        assert self.entrant is not None
        return self.entrant.unit.id

    def told(self) -> list[str]:
        """What is known of it, in words."""
        assert self.entrant is not None
        unit, made = self.entrant.unit, []
        if unit.zone is not None and unit.trio is not None:
            made.append(f"{tr(ZONES[unit.zone])} ({tr(TRIO[unit.trio])})")
        else:
            made.append(tr("Not rated yet"))
        if unit.stage is not None:
            made.append(tr("Stage {n}, set by hand", n=unit.stage))
        return [*made, *filter(None, (*self.facts(), unit.role, self.following()))]

    def facts(self) -> tuple[str, str]:
        """`46 people` and `12 Jan`; in brackets, the day is that of the first action."""
        assert self.entrant is not None
        unit, day = self.entrant.unit, self.entrant.enters_on
        people = ntr("{n} person", "{n} people", unit.headcount)
        if day is None:
            return people, ""
        written = formats.day(day, lang())
        return people, written if self.entrant.planned else f"({written})"

    def following(self) -> str:
        """The next action that aims at it."""
        assert self.entrant is not None
        act = self.entrant.following
        return f"→ {act.title}" if act is not None else ""

    @property
    def brief(self) -> bool:
        """Whether its name says all there is to show: a person without role, day and action."""
        assert self.entrant is not None
        unit = self.entrant.unit
        known = unit.role or self.entrant.enters_on or self.entrant.following
        return unit.kind == UnitKind.PERSON and not known

    def lines(self) -> int:
        """How many lines it needs."""
        assert self.entrant is not None
        if self.brief:
            return 1
        return 2 + bool(self.entrant.unit.role) + (self.entrant.following is not None)

    def needed_height(self) -> int:
        """Pixels it needs."""
        return self.lines() * LINE + (AROUND if self.brief else 2 * AROUND)

    def set_current(self, current: bool) -> None:
        """Whether it is the one the strip below shows; Tab stops there."""
        if current != self._current:
            self._current = current
            policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
            self.setFocusPolicy(policy)
            self.update()

    # painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.entrant is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.theme()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(look.colour("raised" if self._current else "surface"))
        edge = "accent" if self._current or self.hasFocus() else "line"
        painter.setPen(QPen(look.colour(edge), 2 if self.hasFocus() else look.line_width))
        painter.drawRoundedRect(box, 4, 4)
        self._paint_mark(painter)
        self._paint_words(painter)

    def _paint_mark(self, painter: QPainter) -> None:
        assert self.entrant is not None
        trio = self.entrant.unit.trio
        left, above = (TIGHT, AROUND / 2) if self.brief else (AROUND, AROUND)
        look, middle = theme.theme(), QPointF(left + 7, above + LINE / 2)
        if trio is None:
            painter.setPen(QPen(look.colour("muted"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(mark_path("circle", 4, middle))
            return
        shape = SHAPES[trio.value]
        if shape == "triangle":
            middle.setY(middle.y() + 1)
        painter.fillPath(mark_path(shape, 4.8, middle), look.colour(trio.value))

    def _paint_words(self, painter: QPainter) -> None:
        assert self.entrant is not None
        if self.brief:
            self._words(painter, 0, self._name, left=TIGHT + 15, room=self.width() - TIGHT - 17)
            return
        self._words(painter, 0, self._name, bold=True, left=AROUND + 17)
        people, day = self.facts()
        taken = self._words(painter, 1, day, right=True)
        room = self.width() - 2 * AROUND - taken
        if QFontMetricsF(theme.font(theme.CAPTION)).horizontalAdvance(people) > room:
            assert self.entrant is not None
            people = ntr("{n} pers.", "{n} pers.", self.entrant.unit.headcount)
        self._words(painter, 1, people, room=room)
        more = (self.entrant.unit.role, self.following())
        for place, text in enumerate(filter(None, more), 2):
            self._words(painter, place, text)

    def _words(
        self,
        painter: QPainter,
        place: int,
        text: str,
        *,
        bold: bool = False,
        left: int = AROUND,
        room: float | None = None,
        right: bool = False,
    ) -> float:
        """Write on a line, cut to the room there is; returns the width taken, with a gap."""
        font = theme.font(theme.CAPTION if place or self.brief else theme.BODY, bold=bold)
        painter.setFont(font)
        painter.setPen(theme.theme().colour("muted" if place else "text"))
        wide = self.width() - left - AROUND if room is None else room
        top = (AROUND if not self.brief else AROUND / 2) + place * LINE
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, top, wide, LINE), side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(text) + 6 if text else 0.0

    # keyboard and mouse ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape and self.dragging:
            self._stop()
            self.let_go.emit()
        elif held and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.pushed.emit(STEPS[key][0])
        elif key in STEPS and not held:
            self.walked.emit(*STEPS[key])
        elif key == Qt.Key.Key_F2:
            self.edit_asked.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Insert:
            self.action_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.chosen.emit()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position()
            self.chosen.emit()
        super().mousePressEvent(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        way = (event.position() - self._press).manhattanLength()
        if self.dragging or way >= QApplication.startDragDistance():
            self.dragging = True
            self.dragged.emit(QPointF(self.mapToParent(event.position().toPoint())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was = self.dragging
        self._stop()
        if was:
            self.dropped.emit(QPointF(self.mapToParent(event.position().toPoint())))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def _stop(self) -> None:
        self._press, self.dragging = None, False
