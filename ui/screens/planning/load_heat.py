"""Persons by weeks: what each has to do and how much time there is, overloads framed and bold."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crm_pilot.i18n import tr
from crm_pilot.planning.load import Load, Piece, Week
from ui import theme
from ui.language import formats, lang

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
TEAM, UNOWNED = 0, -1  # lines that are no person
WIDTH, ROW, HEAD, NAMES = 58, 28, 40, 150
TINTS = (0.0, 0.03, 0.06, 0.09, 0.13)  # of the text colour, by share of the time that is taken


class HeatModel(QAbstractTableModel):
    """A line for the team, one a person, one for what nobody was given; a week a column."""

    def __init__(self) -> None:
        super().__init__()
        self.load: Load | None = None
        self.persons: frozenset[int] | None = None
        self.lines: tuple[int, ...] = ()
        self.mondays: tuple[dt.date, ...] = ()
        self._known: dict[tuple[int, dt.date], Week] = {}

    def show_load(self, load: Load, persons: frozenset[int] | None) -> None:
        """Show these persons (None: all) from now on."""
        self.beginResetModel()
        self.load, self.persons = load, persons
        people = [p.id for p in load.people if persons is None or p.id in persons]
        unowned = [UNOWNED] if load.unowned and persons is None else []
        team = (TEAM,) if load.people else ()
        self.lines = () if load.empty else (*team, *people, *unowned)
        self.mondays = () if load.empty else load.weeks
        self._known = {}
        self.endResetModel()

    def week(self, index: Index) -> Week:
        """The week of a cell."""
        assert self.load is not None
        line, monday = self.lines[index.row()], self.mondays[index.column()]
        found = self._known.get((line, monday))
        if found is None:
            if line == UNOWNED:
                found = self.load.unowned_week(monday)
            else:
                found = self.load.week(monday, self.persons if line == TEAM else {line})
            self._known[line, monday] = found
        return found

    def pieces(self, line: int, monday: dt.date) -> tuple[Piece, ...]:
        """What makes the week of a line."""
        assert self.load is not None
        if line == UNOWNED:
            return self.load.unowned_pieces(monday)
        return self.load.pieces(monday, self.persons if line == TEAM else {line})

    def name(self, line: int) -> str:
        """What stands at the left of a line."""
        assert self.load is not None
        if line == TEAM:
            return tr("Together")
        return tr("Without an owner") if line == UNOWNED else self.load.by_id[line].name

    def past(self, index: Index) -> bool:
        """Whether the week of a cell is over."""
        return self.load is not None and self.mondays[index.column()] < self.load.this_week

    # Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.mondays)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Role.DisplayRole:
            week = self.week(index)
            if self.lines[index.row()] == UNOWNED:
                return formats.amount(week.work, lang())
            return f"{formats.amount(week.work, lang())}/{formats.amount(week.available, lang())}"
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            return self.words(index)
        return None

    def words(self, index: Index) -> str:
        """A cell as a sentence."""
        week, name = self.week(index), self.name(self.lines[index.row()])
        parts = {
            "name": name,
            "week": formats.week(week.monday, lang()),
            "work": formats.person_days(week.work, lang()),
            "available": formats.person_days(week.available, lang()),
        }
        if not week.overload:
            return tr("{name}, {week}: {work} to do, {available} available", **parts)
        over = formats.person_days(week.overload, lang())
        return tr(
            "{name}, {week}: {work} to do, {available} available, {over} too much",
            **parts,
            over=over,
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role == Role.DisplayRole and section < len(self.lines):
                return self.name(self.lines[section])
            return None
        if section >= len(self.mondays):
            return None
        monday = self.mondays[section]
        if role == Role.DisplayRole:
            week, day = formats.week(monday, lang()), formats.day(monday, lang())
            return tr("{week}\n{day}", week=week, day=day)
        if role == Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class HeatCells(QStyledItemDelegate):
    """Work over time, on a ground that is darker the fuller the week is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HeatModel)
        look, week = theme.theme(), model.week(index)
        rect: QRect = option.rect
        painter.save()
        painter.fillRect(rect, look.mix("text", tint(week)))
        painter.setPen(QPen(look.colour("line"), look.line_width))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if model.load is not None and week.monday == model.load.this_week:
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), look.colour("accent"))
        if week.overload:
            painter.setPen(QPen(look.colour("alert"), 1.5))
            painter.drawRect(rect.adjusted(2, 2, -3, -4))
        self._figures(painter, rect.adjusted(4, 0, -7, -1), model, index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _figures(self, painter: QPainter, inner: QRect, model: HeatModel, index: Index) -> None:
        look, week = theme.theme(), model.week(index)
        side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        face = theme.font(theme.CAPTION, numbers=True)
        if model.lines[index.row()] != UNOWNED:
            free = f"/{formats.amount(week.available, lang())}"
            painter.setFont(face)
            painter.setPen(look.colour("muted"))
            painter.drawText(inner, side, free)
            inner = inner.adjusted(0, 0, -QFontMetrics(face).horizontalAdvance(free), 0)
        bold = bool(week.overload)
        painter.setFont(theme.font(theme.CAPTION, bold=bold, numbers=True))
        quiet = model.past(index) or not week.work
        painter.setPen(look.colour("muted" if quiet and not bold else "text"))
        painter.drawText(inner, side, formats.amount(week.work, lang()))


def tint(week: Week) -> float:
    """How dark a cell is: five steps by the share of the time that is taken."""
    if week.work <= 0:
        return TINTS[0]
    if week.available <= 0:
        return TINTS[-1]
    share = week.work / week.available
    return TINTS[min(len(TINTS) - 1, 1 + int(share * 4 - 1e-9))]


class HeatAxis:
    """The columns of the table as a time scale, for bars below them."""

    px = WIDTH / 7  # a day

    def __init__(self, table: HeatTable) -> None:
        self._table = table

    @property
    def _first(self) -> dt.date:
        mondays = self._table.heat.mondays
        return mondays[0] if mondays else dt.date.today()

    def x(self, day: dt.date) -> float:
        """Pixel of the beginning of a day."""
        return (day - self._first).days * self.px - self._table.horizontalHeader().offset()

    def day(self, x: float) -> dt.date:
        """The day at a pixel."""
        days = int((x + self._table.horizontalHeader().offset()) // self.px)
        return self._first + dt.timedelta(days=days)


class Names(QHeaderView):
    """Whose line it is, in the ink of text: that of all together is bold."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        assert isinstance(model, HeatModel)
        look, line = theme.theme(), model.lines[section]
        painter.save()
        painter.fillRect(rect, look.colour("surface"))
        painter.setPen(QPen(look.colour("line"), look.line_width))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font(bold=line == TEAM))
        painter.setPen(look.colour("muted" if line == UNOWNED else "text"))
        inner = rect.adjusted(8, 0, -4, -1)
        name = painter.fontMetrics().elidedText(
            model.name(line), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, int(self.defaultAlignment()), name)
        painter.restore()


class HeatTable(QTableView):
    """The table of persons by weeks. `cell_chosen(line, Monday)` follows the cursor; `opened` is
    emitted by Enter and double click."""

    cell_chosen = Signal(int, object)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heat = HeatModel()
        self.setModel(self.heat)
        self.setItemDelegate(HeatCells(self))
        self.setProperty("role", "plain")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setVerticalHeader(Names(self))
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultSectionSize(WIDTH)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setFixedHeight(HEAD)
        across.setHighlightSections(False)
        across.setFont(theme.font(theme.CAPTION))
        down.setDefaultSectionSize(ROW)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setFixedWidth(NAMES)
        down.setHighlightSections(False)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def show_load(self, load: Load, persons: frozenset[int] | None) -> None:
        """Show these persons; the cell that is chosen stays."""
        kept = self.chosen
        self.heat.show_load(load, persons)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setMaximumHeight(HEAD + len(self.heat.lines) * ROW + bar + 4)
        if self.heat.lines:
            full = next(load.overloaded(persons), None)
            line, monday = kept or (TEAM, full.monday if full is not None else load.this_week)
            self.choose(
                line if line in self.heat.lines else self.heat.lines[0], monday, first=kept is None
            )

    @property
    def chosen(self) -> tuple[int, dt.date] | None:
        """Line and week of the current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self.heat.lines[index.row()], self.heat.mondays[index.column()]

    def choose(self, line: int, monday: dt.date, *, first: bool = False) -> None:
        """Make a cell current; `first`: its week stands first, as far as there is room."""
        model = self.heat
        if line not in model.lines or not model.mondays:
            return
        column = min(max(0, (monday - model.mondays[0]).days // 7), len(model.mondays) - 1)
        index = model.index(model.lines.index(line), column)
        if first:
            self.horizontalScrollBar().setValue(max(0, column - 1))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def retranslate(self) -> None:
        """Headings and cells in the language of the window."""
        self.setAccessibleName(tr("Load of each person by week"))
        if self.heat.mondays:
            last = len(self.heat.mondays) - 1
            self.heat.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
            last = len(self.heat.lines) - 1
            self.heat.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(NAMES + 8 * WIDTH, HEAD + 8 * ROW)

    def _tell(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.cell_chosen.emit(*chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            event.accept()
