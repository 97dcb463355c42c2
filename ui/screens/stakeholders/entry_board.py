"""The board of the order of entry: waves and departments downwards, stages across."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_pilot.i18n import N_, tr
from crm_pilot.stakeholders.entry import STAGES
from crm_pilot.stakeholders.terms import ZONES, Zone
from crm_pilot.stakeholders.zones import CASE_BY_CASE, entry_rank
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.entry_card import UnitCard
from ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from crm_pilot.governance.influence import ActionRow
    from crm_pilot.stakeholders.entry import Entrant, WaveOrder

SIDE = 116.0  # room for the names of departments
BAND = 30.0  # height of the line of a wave
GAP = 4.0
ROW_GAP = 8.0
BRIEF = 66.0  # least width of a card that shows a code alone
EMPTY = 0.5  # width of a stage without a unit, beside one that has some
HEAD = 24
NAME_GAP = 12.0  # around the name of a stage
AT_ONCE, SLICE = 80, 60  # cards made when the board is shown, and with each slice after it
BY_RANK = {entry_rank(zone): zone for zone in Zone if entry_rank(zone) != CASE_BY_CASE}
NOT_RATED = N_("Not rated")
ALONE = N_("Case by case")


class Band(NamedTuple):
    """The line of a wave."""

    top: float
    name: str
    opens: str


class Line(NamedTuple):
    """A department with its cards by column."""

    top: float
    height: float
    name: str
    cells: tuple[tuple[int, ...], ...]  # keys of units


def stage_name(stage: int | None) -> str:
    """`1 Golden triangle`, `7 Case by case`; None: not rated."""
    if stage is None:
        return tr(NOT_RATED)
    text = tr(ALONE) if stage == CASE_BY_CASE else tr(ZONES[BY_RANK[stage]])
    return f"{stage}  {text}"


class Board(QWidget):
    """Cards by wave, department and stage. `selected(key)`; `moved(key, stage)` by drag or keys;
    the rest is told on from the cards."""

    selected = Signal(int)
    moved = Signal(int, int)
    edit_asked = Signal(int)
    opened = Signal(int)
    action_asked = Signal(int)
    laid = Signal()  # columns have other widths

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[int, UnitCard] = {}
        self.current: int | None = None
        self.columns: tuple[int | None, ...] = STAGES
        self.edges: list[float] = []  # of columns, one more than there are
        self._waves: Sequence[WaveOrder[ActionRow]] = ()
        self._bands: list[Band] = []
        self._lines: list[Line] = []
        self._target: int | None = None  # place of the column under a dragged card
        self._height = 0.0
        self.today: dt.date | None = None
        self._found: dict[int, Entrant[ActionRow]] = {}
        self._names = False
        self._owed: list[int] = []  # keys of units whose card is not made yet
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._go_on)
        self.setProperty("role", "page")
        theme.switched().changed.connect(self.update)

    # content ---------------------------------------------------------------------------------

    def show_order(self, waves: Sequence[WaveOrder[ActionRow]], *, names: bool) -> None:
        """Show these; a card that stays keeps the keyboard."""
        self._waves, self._names = waves, names
        found = self._found = {one.unit.id: one for one in _entrants(waves)}
        for key in [key for key in self.cards if key not in found]:
            card = self.cards.pop(key)
            card.hide()
            card.deleteLater()
        if self.current not in found:
            self.current = next(iter(found), None)
        for key, card in self.cards.items():
            card.show_entrant(found[key], names=names)
        self._owed = [key for key in found if key not in self.cards]
        self._owed.sort(key=lambda key: key != self.current)
        self._make(AT_ONCE)
        unrated = any(one.stage is None for one in found.values())
        self.columns = (None, *STAGES) if unrated else STAGES
        for key, card in self.cards.items():
            card.set_current(key == self.current)
        self.setAccessibleName(tr("Order of entry"))
        self.lay()

    def _make(self, count: int) -> None:
        """Make cards that are owed, from the top; the rest in slices, between which the window
        answers."""
        for key in self._owed[:count]:
            card = self.cards[key] = self._card()
            card.show_entrant(self._found[key], names=self._names)
            card.set_current(key == self.current)
            card.show()
        del self._owed[:count]
        if self._owed:
            self._later.start(0)

    def _go_on(self) -> None:
        self._make(SLICE)
        self.lay()

    def complete(self) -> None:
        """Make all cards that are owed, before one of them is looked for."""
        if self._owed:
            self._make(len(self._owed))
            self.lay()

    def _card(self) -> UnitCard:
        made = UnitCard(self)
        made.chosen.connect(lambda: self.select(made.key))
        made.walked.connect(lambda right, down: self._walk(made.key, right, down))
        made.pushed.connect(lambda step: self._push(made, step))
        made.edit_asked.connect(lambda: self.edit_asked.emit(made.key))
        made.opened.connect(lambda: self.opened.emit(made.key))
        made.action_asked.connect(lambda: self.action_asked.emit(made.key))
        made.dragged.connect(lambda at: self._drag(made, at))
        made.dropped.connect(lambda at: self._drop(made, at))
        made.let_go.connect(self._put_back)
        return made

    def select(self, key: int) -> None:
        """Make a card the current one."""
        if key not in self.cards or key == self.current:
            return
        if self.current in self.cards:
            self.cards[self.current].set_current(False)
        self.current = key
        self.cards[key].set_current(True)
        self.selected.emit(key)

    # places ----------------------------------------------------------------------------------

    def lay(self) -> None:
        """Give every card its place, for the width there is."""
        self.edges = [SIDE]
        for wide in self._widths(max(0.0, self.width() - SIDE)):
            self.edges.append(self.edges[-1] + wide)
        self._bands, self._lines = [], []
        top = 0.0
        for wave in self._waves:
            self._bands.append(Band(top, wave.name or tr("No wave"), self._opens(wave)))
            top += BAND
            for department in wave.departments:
                top = self._lay_line(top, department.name, department.entrants)
        self._height = top
        self.setMinimumHeight(round(top))
        self.laid.emit()
        self.update()

    def _widths(self, room: float) -> list[float]:
        """Widths of the columns: an empty one is half as wide, but shows its name."""
        used = {one.stage for one in _entrants(self._waves)}
        empty = [stage for stage in self.columns if stage not in used]
        share = room / max(1.0, len(self.columns) - (1 - EMPTY) * len(empty))
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        slim = {
            stage: max(share * EMPTY, metrics.horizontalAdvance(stage_name(stage)) + NAME_GAP)
            for stage in empty
        }
        full = (room - sum(slim.values())) / max(1, len(self.columns) - len(empty))
        if full < BRIEF:  # no room for names: nobody is looked for in an empty column
            return [share * (EMPTY if stage in slim else 1.0) for stage in self.columns]
        return [slim.get(stage, full) for stage in self.columns]

    def _lay_line(self, top: float, name: str, entrants: Sequence[Entrant[ActionRow]]) -> float:
        cells: list[tuple[int, ...]] = []
        height = 34.0
        for place, stage in enumerate(self.columns):
            keys = tuple(one.unit.id for one in entrants if one.stage == stage)
            cells.append(keys)
            height = max(height, self._lay_cell(place, top, keys) - top)
        self._lines.append(Line(top, height, name or tr("No department"), tuple(cells)))
        return top + height + ROW_GAP

    def _lay_cell(self, place: int, top: float, keys: Sequence[int]) -> float:
        """Cards below each other, brief ones side by side; returns where they end."""
        left, wide = self.edges[place], self.edges[place + 1] - self.edges[place]
        beside = max(1, int(wide // BRIEF))
        column, y, low = 0, top, top
        for card in sorted(
            (self.cards[key] for key in keys if key in self.cards), key=lambda card: card.brief
        ):
            if column and (not card.brief or column == beside):
                column, y = 0, low
            share = wide / beside if card.brief else wide
            high = card.needed_height()
            card.setGeometry(round(left + column * share), round(y), round(share - GAP), high)
            low = max(low, y + high + GAP)
            column = column + 1 if card.brief else 0
            if not card.brief:
                y = low
        return low

    def _opens(self, wave: WaveOrder[ActionRow]) -> str:
        if wave.id is None:
            return ""
        if wave.go_live is None:
            return tr("not dated")
        day = formats.day(wave.go_live, lang(), year=True)
        if self.today is not None and wave.go_live <= self.today:
            return tr("open since {day}", day=day)
        return tr("opens on {day}", day=day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay()

    def sizeHint(self) -> QSize:
        return QSize(900, round(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(760, round(self._height))

    # painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.theme()
        if self._target is not None:
            left, right = self.edges[self._target], self.edges[self._target + 1]
            column = QRectF(left - GAP / 2, 0, right - left, self._height)
            painter.fillRect(column, look.mix("accent", 0.14))
        for band in self._bands:
            self._paint_band(painter, band)
        for line in self._lines:
            painter.setPen(QPen(look.colour("line"), look.line_width))
            y = line.top + line.height + ROW_GAP / 2
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
            painter.setPen(look.colour("text"))
            painter.setFont(theme.font(theme.CAPTION))
            words = QRectF(0, line.top + 4, SIDE - 10, line.height)
            wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(words, int(wrap), line.name)

    def _paint_band(self, painter: QPainter, band: Band) -> None:
        bold = theme.font(bold=True)
        painter.setFont(bold)
        painter.setPen(theme.theme().colour("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, band.top, self.width(), BAND), middle, band.name)
        left = QFontMetricsF(bold).horizontalAdvance(band.name) + 10
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.theme().colour("muted"))
        painter.drawText(QRectF(left, band.top, self.width() - left, BAND), middle, band.opens)

    # moving ----------------------------------------------------------------------------------

    def stage_at(self, x: float) -> int | None:
        """The stage whose column lies at `x`; None where there is none."""
        for place, stage in enumerate(self.columns):
            if self.edges[place] <= x < self.edges[place + 1]:
                return stage
        return None

    def _drag(self, card: UnitCard, at: QPointF) -> None:
        card.raise_()
        card.move(round(at.x() - card.width() / 2), round(at.y() - card.height() / 2))
        stage = self.stage_at(at.x())
        self._target = None if stage is None else self.columns.index(stage)
        self.update()

    def _drop(self, card: UnitCard, at: QPointF) -> None:
        stage = self.stage_at(at.x())
        self._put_back()
        assert card.entrant is not None
        if stage is not None and stage != card.entrant.stage:
            self.moved.emit(card.key, stage)

    def _put_back(self) -> None:
        self._target = None
        self.lay()

    def _push(self, card: UnitCard, step: int) -> None:
        assert card.entrant is not None
        stage = (card.entrant.stage or 0) + step
        if stage in STAGES:
            self.moved.emit(card.key, stage)

    def _walk(self, key: int, right: int, down: int) -> None:
        """Put the keyboard on the nearest card in a direction."""
        here = self.cards[key].geometry().center()

        def far(other: UnitCard) -> float | None:
            way = other.geometry().center() - here
            ahead = way.x() * right + way.y() * down
            aside = abs(way.x() * down) + abs(way.y() * right)
            limit = 24 if right else 60
            if ahead <= 4 or (down and aside > limit and ahead < aside):
                return None
            return ahead + 2.5 * aside

        near = [(way, k) for k, card in self.cards.items() if (way := far(card)) is not None]
        if near:
            self.cards[min(near)[1]].setFocus(Qt.FocusReason.OtherFocusReason)


def _entrants(waves: Sequence[WaveOrder[ActionRow]]) -> list[Entrant[ActionRow]]:
    return [one for wave in waves for place in wave.departments for one in place.entrants]


class BoardHead(QWidget):
    """The names of the stages above the board, where they stay while it scrolls."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self._board = board
        self.setFixedHeight(HEAD)
        board.laid.connect(self.update)
        theme.switched().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, edges = theme.theme(), self._board.edges
        font = theme.font(theme.CAPTION)
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, stage in enumerate(self._board.columns):
            if place + 1 >= len(edges):
                break
            room = QRectF(edges[place] + 2, 0, edges[place + 1] - edges[place] - 8, HEAD)
            name = QFontMetricsF(font).elidedText(
                stage_name(stage), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, middle, name)
        painter.setPen(QPen(look.colour("line"), look.line_width))
        painter.drawLine(QPointF(0, HEAD - 0.5), QPointF(self.width(), HEAD - 0.5))


class BoardArea(QWidget):
    """The board with its head, scrolling."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.area = Scroll(board)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(BoardHead(board))
        column.addWidget(self.area, 1)
        board.selected.connect(lambda key: self.area.ensureWidgetVisible(board.cards[key]))
