"""Features by department: the share of those a feature is meant for who use it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollBar

from crm_pilot.adoption.features import Column, FeatureMatrix
from crm_pilot.datatable import DataTable
from crm_pilot.folding import folded
from crm_pilot.i18n import tr
from ui import theme
from ui.charts.cells import BAR, CellsView, Place, crisp
from ui.charts.ink import Ink, text_width
from ui.language import formats, lang
from ui.screens.adoption.data import matrix_data
from ui.widgets.why import Asked

NARROWEST, WIDEST = 26.0, 52.0  # of a column
NAMES = 0.47  # of the width, for names at most
TINTS = (0.08, 0.42)  # of the adoption colour under 0 and under 100 %
LONGEST = 5  # letters of a short name


class MatrixView(CellsView):
    """Draws a `FeatureMatrix`. `low` is the share under which a cell is framed."""

    head, foot = 20.0, 22.0
    row_low, row_high = 20.0, 34.0

    def __init__(self) -> None:
        super().__init__()
        self.matrix: FeatureMatrix | None = None
        self.low = 0.15
        self._widest = 60.0  # of the names
        self.side = QScrollBar(Qt.Orientation.Horizontal, self)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.hide()
        self.side.valueChanged.connect(lambda _: self.update())

    def show_matrix(self, matrix: FeatureMatrix, low: float) -> None:
        """Draw this from now on."""
        self.matrix, self.low = matrix, low
        self.setAccessibleName(tr("Functions"))
        self._widest = max((text_width(row.name) for row in matrix.rows), default=60.0)
        self.renew()

    # what it can say -------------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Asked, ...]:
        return ("adoption.feature_matrix",)

    def data_table(self) -> DataTable | None:
        matrix = self.matrix
        return matrix_data(matrix) if matrix is not None and matrix.rows else None

    def rows(self) -> int:
        return len(self.matrix.rows) if self.matrix is not None else 0

    def columns(self) -> int:
        return len(self.matrix.departments) if self.matrix is not None else 0

    def key_of(self, place: Place) -> object | None:
        return self.matrix.rows[place[0]].feature_id if self.matrix is not None else None

    def spoken(self, place: Place) -> str:
        matrix = self.matrix
        if matrix is None or place[1] >= len(matrix.departments):
            return ""
        feature, where = matrix.rows[place[0]], matrix.departments[place[1]]
        cell = feature.cells[place[1]]
        head = f"{feature.name}, " + (where.name or tr("No department")) + ": "
        if not feature.delivered:
            return head + tr("not delivered yet")
        if cell.share is None:
            return head + tr("meant for nobody here, or not measured")
        return head + tr(
            "{share}, {users} of {targets} users",
            share=formats.percent(cell.share, lang()),
            users=cell.users,
            targets=cell.targets,
        )

    def describe(self) -> str:
        if self.matrix is None:
            return ""
        said = [f"{row.name}: {formats.percent(row.share, lang())}" for row in self.matrix.rows]
        return "; ".join(said) or tr("No feature yet")

    # where things stand ----------------------------------------------------------------------

    def _names(self) -> float:
        return min(self._widest + 12, self.across * NAMES)

    @property
    def shown(self) -> int:
        """How many columns are seen at once."""
        most = int((self.across - self._names()) // NARROWEST)
        return max(1, min(self.columns(), most))

    @property
    def left(self) -> int:
        """The first column seen."""
        return self.side.value() if self.columns() > self.shown else 0

    @property
    def cell(self) -> float:
        """Width of a column."""
        return min(WIDEST, (self.across - self._names()) / self.shown)

    @property
    def start(self) -> float:
        """Where the columns begin: they end at the right edge."""
        return self.across - self.cell * self.shown

    def renew(self) -> None:
        super().renew()
        beyond = self.columns() - self.shown
        self.side.setRange(0, max(0, beyond))
        self.side.setPageStep(self.shown)
        self.side.setVisible(beyond > 0)
        bottom = self.top_of(self.first + len(self.in_sight()))
        self.side.setGeometry(round(self.start), round(bottom), round(self.cell * self.shown), BAR)

    def reveal(self, place: Place) -> None:
        super().reveal(place)
        if place[1] < self.left:
            self.side.setValue(place[1])
        elif place[1] >= self.left + self.shown:
            self.side.setValue(place[1] - self.shown + 1)

    def cell_at(self, spot: QPointF) -> Place | None:
        row = self.row_at(spot.y())
        column = self.left + int((spot.x() - self.start) // self.cell)
        inside = spot.x() >= self.start and column < min(self.columns(), self.left + self.shown)
        return (row, column) if row is not None and inside else None

    def sizeHint(self) -> QSize:
        return QSize(340, round(self.head + self.foot + self.row_high * min(self.rows(), 9)))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, round(self.head + self.foot + self.row_low * min(self.rows(), 6)))

    # painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        matrix = self.matrix
        if matrix is None:
            return
        ink = Ink(QPainter(self))
        columns = range(self.left, min(self.columns(), self.left + self.shown))
        for column in columns:
            self._paint_heading(ink, matrix.departments[column], column)
        for row in self.in_sight():
            base = self.top_of(row) + self.row / 2 + 4.5
            ink.text(0, base, matrix.rows[row].name, width=self.start - 10)
            for column in columns:
                self._paint_cell(ink, (row, column))
        self._paint_key(ink, [matrix.departments[column] for column in columns])
        ink.painter.end()

    def _paint_heading(self, ink: Ink, one: Column, column: int) -> None:
        text, room = short(one), self._heading_room(column)
        wide = min(text_width(text, theme.CAPTION), room)
        x = self.start + (column - self.left + 0.5) * self.cell - wide / 2
        x = min(x, self.across - wide)
        ink.text(x, 13, text, size=theme.CAPTION, token="muted", width=room + 1)

    def _heading_room(self, column: int) -> float:
        """Width for a short name: as far as the names beside it leave room."""
        assert self.matrix is not None
        beside = (column - 1, column + 1)
        shown = range(self.left, min(self.columns(), self.left + self.shown))
        halves = [
            text_width(short(self.matrix.departments[n]), theme.CAPTION) / 2
            for n in beside
            if n in shown
        ]
        free = self.cell - max(halves, default=0.0) - 3
        return max(self.cell - 2, 2 * free)

    def _paint_cell(self, ink: Ink, place: Place) -> None:
        assert self.matrix is not None
        cell = self.matrix.rows[place[0]].cells[place[1]]
        x = self.start + (place[1] - self.left) * self.cell
        rect = QRectF(x + 1, self.top_of(place[0]) + 1, self.cell - 2, self.row - 2)
        middle, base = rect.center().x(), rect.center().y() + 4.5
        if cell.share is None:
            wide = text_width("·")
            ink.text(middle - wide / 2, base, "·", token="muted")
        else:
            self._paint_share(ink, crisp(ink.painter, rect), cell.share, middle, base)
        if self.on_it(place):
            self.mark_place(ink.painter, rect)

    def _paint_share(
        self, ink: Ink, rect: QRectF, share: float, middle: float, base: float
    ) -> None:
        text = str(round(share * 100))
        low = share < self.low
        if low:
            ink.painter.setPen(QPen(ink.look.colour("alert"), 2))
            ink.painter.setBrush(Qt.BrushStyle.NoBrush)
            ink.painter.drawRect(rect.adjusted(1, 1, -1, -1))
        else:
            tint = TINTS[0] + (TINTS[1] - TINTS[0]) * min(1.0, share)
            ink.painter.fillRect(rect, ink.look.mix("adoption", tint))
        wide = text_width(text, theme.CAPTION, bold=low)
        ink.text(middle - wide / 2, base, text, size=theme.CAPTION, bold=low)

    def _paint_key(self, ink: Ink, columns: list[Column]) -> None:
        """The frame of a low share, and what the short names stand for, where they find room."""
        bottom = self.top_of(self.first + len(self.in_sight()))
        base = bottom + 17 + (BAR if self.side.isVisible() else 0)
        if base > self.height():
            return
        ink.painter.setPen(QPen(ink.look.colour("alert"), 2))
        ink.painter.setBrush(Qt.BrushStyle.NoBrush)
        ink.painter.drawRect(QRectF(1, base - 10, 10, 10))
        under = tr("under {share}", share=formats.percent(self.low, lang()))
        wide = ink.text(18, base, under, size=theme.CAPTION, token="muted") + 34
        nowhere = tr("No department")
        told = [f"{short(one)} {one.name or nowhere}" for one in columns if not _plain(one)]
        second = base + 18 <= self.height() - 2
        told = self._line(ink, told, base, self.across - wide)
        if second:
            self._line(ink, told, base + 18, self.across)

    def _line(self, ink: Ink, told: list[str], base: float, room: float) -> list[str]:
        """Write as many as fit in a line, at the right; what is left over."""
        for count in range(len(told), 0, -1):
            text = ", ".join(told[:count])
            if text_width(text, theme.CAPTION) <= room:
                ink.text(self.across, base, text, size=theme.CAPTION, token="muted", right=True)
                return told[count:]
        return told


def _plain(one: Column) -> bool:
    """Whether the short name says it all: it stands in the name, as “North” in “Sales North”."""
    return folded(short(one)) in folded(one.name)


def short(one: Column) -> str:
    """The short name of a department, or the beginning of its name."""
    if not one.name:
        return "–"
    return one.short or (one.name if len(one.name) <= LONGEST else one.name[: LONGEST - 1] + "…")
