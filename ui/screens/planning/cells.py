"""How cells of the outline are drawn and edited."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_pilot.planning import rules
from crm_pilot.planning.terms import TaskKind
from ui import theme
from ui.screens.planning.columns import title_text
from ui.screens.planning.lines import Line
from ui.screens.planning.model import (
    FINISH,
    LINE_ROLE,
    OWNER,
    PERCENT,
    SLACK,
    SLIP,
    START,
    TITLE,
    WAITS,
    Index,
    OutlineModel,
)
from ui.widgets.cells import Cells
from ui.widgets.grid import ROW_HEIGHT

STEP = 13  # pixels a level is indented
CHEVRON = 14
EDGE = 3
PAD = 5  # left and right of a text


def _first(view: QWidget, column: int) -> bool:
    """Whether a column is the first one shown."""
    if not isinstance(view, QTableView):
        return False
    head = view.horizontalHeader()
    order = (head.logicalIndex(place) for place in range(head.count()))
    return next((at for at in order if not head.isSectionHidden(at)), -1) == column


def chevron_rect(rect: QRect, depth: int) -> QRect:
    """Where the chevron of a line stands in its title cell."""
    return QRect(rect.left() + 6 + depth * STEP, rect.top() + 7, CHEVRON, CHEVRON)


def is_milestone(line: Line) -> bool:
    """Whether a line is a milestone."""
    return line.row is not None and line.row.kind is TaskKind.MILESTONE


def title_left(rect: QRect, line: Line) -> int:
    """Where the text of a title begins: after the chevron of a phase, a diamond, or nothing."""
    mark = chevron_rect(rect, line.depth)
    if line.holds:
        return mark.right() + 4
    return mark.left() + (18 if is_milestone(line) else 4)


@lru_cache(maxsize=4096)
def elided(text: str, width: int, bold: bool, numbers: bool) -> str:
    """`text` ending in … where it does not fit; measuring costs more than drawing."""
    metrics = QFontMetrics(theme.font(bold=bold, numbers=numbers))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class OutlineCells(Cells):
    """Delegate of the outline."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.theme()
        rect: QRect = option.rect
        line: Line = index.data(LINE_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, look.colour("raised" if selected else "surface"))
        painter.setPen(QPen(look.colour("line"), look.line_width))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected and _first(option.widget, index.column()):
            painter.fillRect(rect.left(), rect.top(), EDGE, rect.height(), look.colour("accent"))
        if index.column() == TITLE:
            self._title(painter, rect, line)
        else:
            self._value(painter, rect, index, line)
        view = option.widget
        if bool(option.state & QStyle.StateFlag.State_HasFocus) and view.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _title(self, painter: QPainter, rect: QRect, line: Line) -> None:
        mark, left = chevron_rect(rect, line.depth), title_left(rect, line)
        if line.holds:
            name = "chevron-down" if line.open else "chevron-right"
            theme.draw_icon(painter, mark.left(), mark.top(), name, "muted", CHEVRON)
        elif is_milestone(line):
            diamond(painter, QPointF(left - 9.5, mark.center().y() + 0.5), 4.5)
        bold = line.summary or (line.row is not None and line.row.kind is TaskKind.PHASE)
        self._write(painter, rect.adjusted(left - rect.left(), 0, -4, -1), title_text(line), bold)

    def _value(self, painter: QPainter, rect: QRect, index: Index, line: Line) -> None:
        model = index.model()
        if not isinstance(model, OutlineModel):
            return
        column, row = index.column(), line.row
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        inner = rect.adjusted(PAD, 0, -PAD, -1)
        failing = row is not None and (
            rules.late(row, model.today) or rules.behind(row, model.today)
        )
        if column == PERCENT and failing:
            falling(painter, QPointF(inner.left() + 4, rect.center().y() + 1))
        bold = self._counts(model, column, line)
        quiet = column in (OWNER, SLIP, SLACK) and not bold
        right = model.columns[column].right
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self._write(painter, inner, text, bold, "muted" if quiet else "text", align, right)

    def _counts(self, model: OutlineModel, column: int, line: Line) -> bool:
        """Whether a value is one to act on: a slip, and slack that is used up."""
        row = line.row
        if row is None or row.done:
            return False
        if column == SLACK:
            return model.facts.critical(row)
        return column == SLIP and (rules.slip_days(row) or 0) > 0

    def _write(
        self,
        painter: QPainter,
        inner: QRect,
        text: str,
        bold: bool,
        ink: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        numbers: bool = False,
    ) -> None:
        if not text:
            return
        painter.setFont(theme.font(bold=bold, numbers=numbers))
        painter.setPen(theme.theme().colour(ink))
        text = elided(text, inner.width(), bold, numbers)
        painter.drawText(inner, int(align | Qt.AlignmentFlag.AlignVCenter), text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect
        view = option.widget
        if index.column() == TITLE:
            left = title_left(rect, index.data(LINE_ROLE)) - 7  # over the text as drawn
            rect = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
        elif index.column() in (START, FINISH) and isinstance(view, QTableView):
            rect = rect.adjusted(-60, 0, 0, 0)  # a date is typed with its year
        elif index.column() in (OWNER, WAITS):
            rect = rect.adjusted(0, 0, 50, 0)
        editor.setGeometry(rect)


def diamond(painter: QPainter, centre: QPointF, radius: float) -> None:
    """A filled diamond in the text colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.theme().colour("text"))
    painter.drawPolygon(diamond_shape(centre, radius))
    painter.restore()


def diamond_shape(centre: QPointF, radius: float) -> QPolygonF:
    """Corners of a diamond."""
    x, y = centre.x(), centre.y()
    return QPolygonF(
        [
            QPointF(x, y - radius),
            QPointF(x + radius, y),
            QPointF(x, y + radius),
            QPointF(x - radius, y),
        ]
    )


def falling(painter: QPainter, centre: QPointF) -> None:
    """▼ in the alert colour: late, or behind what the days gone by ask for."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.theme().colour("alert"))
    x, y = centre.x(), centre.y()
    painter.drawPolygon(
        QPolygonF([QPointF(x - 4, y - 3), QPointF(x + 4, y - 3), QPointF(x, y + 4)])
    )
    painter.restore()
