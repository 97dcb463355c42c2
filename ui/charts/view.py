"""What every drawn chart has: Tab reaches it, and Enter, Space or its menu show its data."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QWidget

from crm_pilot.charts import Chart
from crm_pilot.datatable import DataTable, data_table
from crm_pilot.i18n import tr
from ui import theme
from ui.widgets.buttons import set_reason
from ui.widgets.roles import tell_role
from ui.widgets.why import Asked, answers, show_why

REACH = 5  # the ring stands this far outside the drawing, which goes to its own edge
DEEP = 4  # parents among which one with room for the ring is looked for
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """A drawing of figures. Give it a chart (`set_chart`), or override `data_table` and `asked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec: Chart | None = None
        self._ring: _Ring | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tell_role(self, "Chart")

    # what it can say -------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What explains its figures: the key its chart names."""
        return (self.spec.why,) if self.spec is not None and self.spec.why else ()

    def data_table(self) -> DataTable | None:
        """The rows behind the drawing; None while nothing is drawn."""
        return data_table(self.spec) if self.spec is not None else None

    def show_data(self) -> QWidget | None:
        """Open the data as a table, with the answer to "Why?" beside it."""
        return open_data(self, self.asked, self.data_table())

    # keys, menu, focus -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in KEYS or event.text() == "?":
            self.show_data()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        data_menu(self, self.asked, self.data_table(), event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._ring is None:
            self._ring = _Ring(self)
        self._ring.follow()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._ring is not None:
            self._ring.hide()
        super().focusOutEvent(event)


class _Ring(QWidget):
    """The focus ring of a chart, a little outside it."""

    def __init__(self, chart: ChartView) -> None:
        super().__init__(_roomy(chart))
        self._chart = chart
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        chart.installEventFilter(self)

    def follow(self) -> None:
        """Stand round the chart."""
        place = self.parentWidget()
        corner = self._chart.mapTo(place, QPoint(0, 0)) if place is not None else QPoint()
        whole = self._chart.rect().translated(corner)
        self.setGeometry(whole.adjusted(-REACH, -REACH, REACH, REACH))
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self.follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.theme().colour("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


def _roomy(chart: QWidget) -> QWidget | None:
    """The nearest parent in which a ring round the chart is not cut, else the parent."""
    place = chart.parentWidget()
    for _ in range(DEEP):
        if place is None:
            break
        corner = chart.mapTo(place, QPoint(0, 0))
        if corner.x() >= REACH and corner.y() >= REACH:
            return place
        place = place.parentWidget()
    return chart.parentWidget()


def open_data(widget: QWidget, asked: tuple[Asked, ...], table: DataTable | None) -> QWidget | None:
    """Show the data of a drawing; None while there is none."""
    if table is None:
        return None
    title = widget.accessibleName()
    return show_why(widget, title, answers(widget, asked), table, data_first=True)


def data_menu(
    widget: QWidget, asked: tuple[Asked, ...], table: DataTable | None, at: QPoint
) -> QMenu:
    """The menu of a drawing: its data, why, and a copy for a spreadsheet."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    data = menu.addAction(tr("Show the data"))
    none = "" if table is not None else tr("Nothing is drawn yet.")
    set_reason(data, none)
    data.triggered.connect(lambda: open_data(widget, asked, table))
    if asked:
        why = menu.addAction(tr("Why?"))
        why.triggered.connect(
            lambda: show_why(widget, widget.accessibleName(), answers(widget, asked), table)
        )
    copy = menu.addAction(tr("Copy the data"))
    set_reason(copy, none)
    copy.triggered.connect(lambda: _copy(table))
    menu.popup(at)
    return menu


def _copy(table: DataTable | None) -> None:
    from PySide6.QtGui import QGuiApplication

    from crm_pilot.i18n import current

    if table is not None:
        QGuiApplication.clipboard().setText(table.for_spreadsheet(current()))
