"""The causes of slips as a table: days lost by reason with a bar, waves, and what was said last."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import tr
from crm_pilot.planning.history import TrendFigures
from crm_pilot.planning.terms import SLIP_REASONS
from crm_pilot.planning.trend import Cause
from ui import theme
from ui.language import formats, lang
from ui.widgets.cells import Cells
from ui.widgets.grid import ROW_HEIGHT
from ui.widgets.text_table import TextTable

DAYS = 1  # the column with the bar
WIDTHS = (180, 180, 130, 300)
FIGURE = 52  # room for the figure behind a bar
BAR = 10


class BarCells(Cells):
    """Draws a bar before the figure of the column of days, hollow for what has no reason."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.causes: tuple[Cause, ...] = ()

    def _text(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.column() != DAYS or index.row() >= len(self.causes):
            super()._text(painter, inner, index)
            return
        look, cause = theme.theme(), self.causes[index.row()]
        most = max(abs(one.days) for one in self.causes)
        wide = max(2, round((inner.width() - FIGURE) * abs(cause.days) / most))
        middle = inner.center().y()
        strong = index.row() == 0 and cause.code is not None
        colour = look.colour("text" if strong else "muted")
        bar = QRect(inner.left(), middle - BAR // 2, wide, BAR)
        painter.fillRect(inner.left() - 1, middle - 9, 1, 18, look.colour("text"))
        if cause.code is not None:
            painter.fillRect(bar, colour)
        else:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0, 0, -1, -1))
        painter.setFont(theme.font(bold=strong, numbers=True))
        painter.setPen(look.colour("text"))
        text = str(index.data() or "")
        painter.drawText(
            inner.adjusted(wide + 8, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text
        )


class CausesTable(TextTable):
    """One row a reason; Enter and double click ask for its milestone (`cause_opened`)."""

    cause_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.bars = BarCells(self)
        self.setItemDelegate(self.bars)
        self._most = 1
        self.doubleClicked.connect(lambda index: self.cause_opened.emit(index.row()))
        theme.switched().changed.connect(self._fit_again)

    def show_causes(self, told: TrendFigures) -> None:
        """The causes of one day."""
        self.bars.causes = told.causes
        heads = (tr("Cause"), tr("Days lost"), tr("Waves"), tr("Last said"))
        self.texts.show_rows(
            heads,
            [cause_texts(cause) for cause in told.causes],
            bold=frozenset({(0, 0)} if told.causes and told.causes[0].code else ()),
        )
        self.fit(WIDTHS)
        self.setAccessibleName(tr("Causes of slips"))

    def fit_rows(self, most: int) -> None:
        """As high as its rows, up to `most`."""
        self._most = most
        rows = min(most, self.texts.rowCount())
        edges = 4 * theme.theme().line_width
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * ROW_HEIGHT + edges)

    def _fit_again(self) -> None:
        self.fit_rows(self._most)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.cause_opened.emit(row)


def cause_texts(cause: Cause) -> tuple[str, ...]:
    """Name, days, waves, and the last announcement that moved a date for this reason."""
    name = tr("Regained") if cause.regained else tr("Reason missing")
    if cause.code is not None:
        name = tr(SLIP_REASONS[cause.code])
    day = formats.day(cause.latest.reported_on, lang(), year=True)
    said = cause.latest.reason
    last = tr("{day}: {reason}", day=day, reason=said) if said else day
    return name, formats.days(cause.days, lang()), ", ".join(cause.milestones), last
