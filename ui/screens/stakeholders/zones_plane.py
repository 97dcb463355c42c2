"""The sixteen cells as they lie on the map, each with a choice of its zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.i18n import tr
from crm_pilot.stakeholders.commands import SetZoneCell
from crm_pilot.stakeholders.rows import OWN_ZONE, CellRow
from crm_pilot.stakeholders.rules import Position
from crm_pilot.stakeholders.terms import ZONES, Zone
from crm_pilot.stakeholders.zone_commands import DELIVERED
from crm_pilot.stakeholders.zones import LEVELS, Grid, grid, trio
from ui import theme
from ui.widgets.asked import Chosen
from ui.widgets.buttons import link_button, set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.text import ElidedLabel, label

TINT, EDGE = 0.13, 0.45  # of the colour of the trio, on the ground of the dialog


@dataclass(frozen=True)
class CellDraft:
    """A cell as it stands in the dialog; `source` are the lead's own words."""

    zone: Zone
    source: str = ""


def draft_of(row: CellRow) -> CellDraft:
    """A stored cell."""
    delivered = DELIVERED[row.synergy, row.antagonism]
    own = row.source not in (delivered.source, OWN_ZONE)
    return CellDraft(row.zone, row.source if own else "")


def delivered_cell(at: Position) -> CellDraft:
    """A cell as it comes with the program."""
    return CellDraft(DELIVERED[at].zone)


def command_of(at: Position, draft: CellDraft) -> SetZoneCell:
    """The edit that stores a cell."""
    plain = draft == delivered_cell(at)
    return SetZoneCell(*at, None if plain else draft.zone, draft.source)


class _Cell(Chosen):
    """One cell: its zone, and in a word where that comes from."""

    fronted = Signal()

    def __init__(self, at: Position) -> None:
        name = tr("Cell {synergy}/{antagonism}", synergy=at[0], antagonism=at[1])
        super().__init__(name, {zone: tr(text) for zone, text in ZONES.items()})
        self.at = at
        self.title.setText(f"{at[0]}/{at[1]}")
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.setMinimumContentsLength(0)
        self.box.setMinimumWidth(self.box.sizeHint().width())
        self.word = ElidedLabel(theme.CAPTION, ink="muted")
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.setContentsMargins(8, 6, 8, 6)
        box.insertWidget(2, self.word)

    def show_draft(self, draft: CellDraft) -> None:
        """Its zone, and whether that is published, our own design, or the lead's."""
        self.put(draft.zone)
        delivered = DELIVERED[self.at]
        if draft != delivered_cell(self.at):
            self.word.set_whole(tr("set by you"))
        else:
            self.word.set_whole(tr("published") if delivered.sourced else tr("own design"))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.fronted.emit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, token = theme.theme(), trio(Zone(self.value)).value
        width = look.line_width
        painter.setPen(QPen(look.mix(token, EDGE), width))
        painter.setBrush(look.mix(token, TINT))
        inner = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inner, 4, 4)


class ZonesPlane(QWidget):
    """`edited` when the zone or the source of a cell is another."""

    edited = Signal()

    def __init__(self, rows: tuple[CellRow, ...]) -> None:
        super().__init__()
        self.stored = {(row.synergy, row.antagonism): draft_of(row) for row in rows}
        self.drafts: dict[Position, CellDraft] = dict(self.stored)
        self.front: Position = (4, 1)
        self.cells = {(s, a): _Cell((s, a)) for s in reversed(LEVELS) for a in LEVELS}
        self._lay_out()
        for at, cell in self.cells.items():
            cell.edited.connect(lambda at=at: self._chosen(at))
            cell.fronted.connect(lambda at=at: self.bring(at))
        self.source.textEdited.connect(self._sourced)
        self.reset.clicked.connect(self.reset_one)
        self.reset_all.clicked.connect(self.reset_every)
        self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._plane())
        column.addLayout(self._source_line())
        self.told = label(theme.CAPTION, ink="muted", wrap=True)
        column.addWidget(self.told)
        column.addStretch(1)

    def _plane(self) -> QGridLayout:
        plane = QGridLayout()
        plane.setSpacing(4)
        for row, synergy in enumerate(reversed(LEVELS)):
            number = label(theme.CAPTION, ink="muted")
            number.setText(tr("S {level}", level=synergy))
            plane.addWidget(number, row, 0)
        for level in LEVELS:
            number = label(theme.CAPTION, ink="muted")
            number.setText(tr("A {level}", level=level))
            plane.addWidget(number, 4, level, Qt.AlignmentFlag.AlignHCenter)
            plane.setColumnStretch(level, 1)
        for (synergy, antagonism), cell in self.cells.items():
            plane.addWidget(cell, 4 - synergy, antagonism)
        return plane

    def _source_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.named = label()
        self.source = LineEdit()
        self.reset = link_button(tr("As delivered"))
        self.reset_all = link_button(tr("All as delivered"))
        line.addWidget(self.named)
        line.addWidget(self.source, 1)
        line.addWidget(self.reset)
        line.addWidget(self.reset_all)
        return line

    # answers ---------------------------------------------------------------------------------

    @property
    def grid(self) -> Grid:
        """The zones as they stand here."""
        return grid((s, a, draft.zone) for (s, a), draft in self.drafts.items())

    @property
    def changed(self) -> Mapping[Position, CellDraft]:
        """Cells that are another than stored."""
        return {at: one for at, one in self.drafts.items() if one != self.stored[at]}

    def bring(self, at: Position) -> None:
        """Show the source of a cell."""
        self.front = at
        self._show_source()

    def choose(self, at: Position, zone: Zone) -> None:
        """Choose a zone as the box of the cell does."""
        self.cells[at].put(zone)
        self._chosen(at)

    def _chosen(self, at: Position) -> None:
        self.front = at
        self._set(at, CellDraft(Zone(self.cells[at].value), self.drafts[at].source))

    def _sourced(self, text: str) -> None:
        self._set(self.front, CellDraft(self.drafts[self.front].zone, text.strip()))

    def reset_one(self) -> None:
        """The cell in front as delivered."""
        self._set(self.front, delivered_cell(self.front))

    def reset_every(self) -> None:
        """All cells as delivered."""
        self.drafts = {at: delivered_cell(at) for at in self.cells}
        self._show()
        self.edited.emit()

    def _set(self, at: Position, draft: CellDraft) -> None:
        self.drafts[at] = draft
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        for at, cell in self.cells.items():
            cell.show_draft(self.drafts[at])
        own = any(draft != delivered_cell(at) for at, draft in self.drafts.items())
        set_reason(self.reset_all, "" if own else tr("All cells are as delivered."))
        self._show_source()

    def _show_source(self) -> None:
        at, draft = self.front, self.drafts[self.front]
        delivered = DELIVERED[at]
        name = tr("Source of {synergy}/{antagonism}", synergy=at[0], antagonism=at[1])
        self.named.setText(name)
        self.source.setAccessibleName(name)
        if self.source.text().strip() != draft.source:
            self.source.setText(draft.source)
        self.source.setPlaceholderText(tr("where you have it from"))
        self.told.setText(
            tr(
                "Delivered: {zone}. {source}",
                zone=tr(ZONES[delivered.zone]),
                source=tr(delivered.source),
            )
        )
        own = draft != delivered_cell(at)
        set_reason(self.reset, "" if own else tr("This cell is as delivered."))
