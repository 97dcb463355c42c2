"""One page for one group or person: everything that is known of it, in two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crm_pilot.governance.unit_sheet import UnitSheet, unit_sheet
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.project import Remove, SetField
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.terms import ZONES, Trio, UnitKind
from ui import theme
from ui.language import formats, lang
from ui.models.columns import Column
from ui.screens.stakeholders.rating_fact import warning_text
from ui.screens.stakeholders.unit_dialog import INFLUENCE
from ui.screens.stakeholders.unit_page_lists import UnitLists
from ui.screens.stakeholders.unit_page_parts import (
    HandlingSection,
    RatingsSection,
    bare_tile,
    without_rule,
)
from ui.screens.stakeholders.unit_route import RouteView
from ui.widgets.buttons import Guard, link_button, primary_button, quiet_button
from ui.widgets.form import Form
from ui.widgets.marks import MarkIcon
from ui.widgets.page import GAP
from ui.widgets.scroll import Scroll
from ui.widgets.section import Section
from ui.widgets.text import ElidedLabel, label
from ui.widgets.why import WhyButton, answers, show_why

if TYPE_CHECKING:
    from crm_pilot.project import Changed, Command
    from ui.bridge import Bridge

RATING = N_("a rating")
EACH = "each section has its own answer"
KINDS = {UnitKind.GROUP: N_("group"), UnitKind.PERSON: N_("person")}
NOTE = Column(
    "note",
    N_("Facts and agreements; whoever they are about may ask to read them."),
    "long",
    "note",
)


class UnitPage(QWidget):
    """The page of one unit of the map. Escape closes it."""

    closed = Signal()
    go = Signal(str, str, int)  # room, table, row
    picked = Signal(int)  # show it on the map
    opened = Signal(int)  # another unit's page was asked for
    rate_asked = Signal(int)
    target_asked = Signal(int)
    action_asked = Signal(int)
    file_asked = Signal(int)  # the person file, of persons only

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.key: int | None = None
        self.names = False
        self.sheet: UnitSheet | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 2, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(self._build_head())
        outer.addWidget(self._build_caption())
        outer.addWidget(self._build_columns(), 1)
        self.guard = Guard(bridge, self)
        self.guard.add(self.rate, self.act, self.lists.actions.link, self.aim_link)
        self._connect()
        self.retranslate()

    # building --------------------------------------------------------------------------------

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back = quiet_button(icon="chevron-left")
        self.name = ElidedLabel(theme.HEADING, bold=True)
        self.marks = {trio: MarkIcon(trio.value, 14) for trio in Trio}
        self.place = label()
        self.file = quiet_button(icon="lock")
        self.act = quiet_button(icon="add")
        self.rate = primary_button()
        row.addWidget(self.back)
        row.addWidget(self.name, 100)  # as wide as it is, if there is room for it
        row.addSpacing(6)
        for mark in self.marks.values():
            row.addWidget(mark)
        row.addWidget(self.place)
        row.addStretch(1)
        for button in (self.file, self.act, self.rate):
            row.addWidget(button)
        return row

    def _build_caption(self) -> QWidget:
        self.caption = ElidedLabel(theme.CAPTION, ink="muted")
        return self.caption

    def _build_columns(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("role", "page")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self.tiles = (bare_tile(EACH), bare_tile(EACH))
        for tile in self.tiles:
            row.addWidget(tile, 1)
        left, right = (tile.body for tile in self.tiles)
        self.route = self._build_route()
        self.ratings = RatingsSection()
        self.notes = self._build_notes()
        self.handling = HandlingSection()
        self.lists = UnitLists()
        for section in (self.route, self.ratings, self.notes):
            left.addWidget(section)
        for section in (self.handling, *self.lists.sections):
            right.addWidget(section)
        for first in (self.route, self.handling):
            without_rule(first)
        left.addStretch(1)
        right.addStretch(1)
        area = Scroll(inside)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _build_route(self) -> Section:
        self.why_drift = WhyButton()
        section = Section(right=self.why_drift)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.plane = RouteView()
        words = QVBoxLayout()
        words.setSpacing(6)
        self.drift, self.span = label(bold=True, wrap=True), label(ink="muted", wrap=True)
        self.aim, self.entry = label(wrap=True), label(ink="muted", wrap=True)
        self.aim_link = link_button(size=theme.CAPTION)
        for widget in (self.drift, self.span, self.aim):
            words.addWidget(widget)
        words.addWidget(self.aim_link, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.entry)
        words.addStretch(1)
        row.addWidget(self.plane, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        section.body.addLayout(row)
        return section

    def _build_notes(self) -> Section:
        section = Section()
        self.form = Form(self.bridge, "stakeholder", (NOTE,), self._noted)
        self.delicate = label(theme.CAPTION, ink="alert", wrap=True)
        self.delicate.hide()
        section.body.addWidget(self.form)
        section.body.addWidget(self.delicate)
        area = self.form.editor("note")
        if isinstance(area, QPlainTextEdit):
            area.textChanged.connect(lambda: self._warn(area.toPlainText()))
        area.installEventFilter(self)
        return section

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.rate.clicked.connect(lambda: self._tell(self.rate_asked))
        self.act.clicked.connect(lambda: self._tell(self.action_asked))
        self.file.clicked.connect(lambda: self._tell(self.file_asked))
        self.aim_link.clicked.connect(lambda: self._tell(self.target_asked))
        self.why_drift.clicked.connect(self._explain)
        self.ratings.remove_asked.connect(self._remove)
        self.lists.actions.link.clicked.connect(lambda: self._tell(self.action_asked))
        self.lists.go.connect(self.go)
        self.lists.opened.connect(self.opened)

    def _tell(self, signal: Any) -> None:
        if self.key is not None:
            signal.emit(self.key)

    def _explain(self) -> None:
        keys = ("stakeholders.units", "stakeholders.zones", "stakeholders.drift")
        show_why(self.why_drift, self.route.title.text(), answers(self, keys))

    # showing ---------------------------------------------------------------------------------

    def show_unit(self, key: int, names: bool = False) -> None:
        """Show the unit `key`; persons by code unless `names`."""
        self.key, self.names = key, names
        self.refresh()
        self.back.setFocus()

    def show_names(self, names: bool) -> None:
        """Persons by name or by code."""
        if names != self.names:
            self.names = names
            self.refresh()

    def refresh(self, changed: Changed | None = None) -> None:
        """Read again what is shown; a unit that is gone closes the page."""
        if self.key is None or not self.bridge.has_project:
            return
        reader, today = self.bridge.reader, self.bridge.today
        sheet = self.sheet = unit_sheet(reader, self.key, today)
        if sheet is None:
            self.key = None
            self.form.show_row(None)
            self.closed.emit()
            return
        self._show_head(sheet)
        self._show_route(sheet)
        held = self.ratings.isAncestorOf(self.focusWidget() or self)
        self.ratings.show_ratings(sheet.ratings, self.bridge.why_not_edit())
        if held:  # the link that was pressed goes away
            self.back.setFocus()
        self.handling.show_advice(sheet.unit, sheet.advice)
        self.lists.show_sheet(sheet, today=today, names=self.names)
        self.form.show_row(sheet.unit)

    def _show_head(self, sheet: UnitSheet) -> None:
        unit = sheet.unit
        name = unit.shown(names=self.names)
        self.name.set_whole(name)
        self.name.setMaximumWidth(self.name.fontMetrics().horizontalAdvance(name) + 2)
        for trio, mark in self.marks.items():
            mark.setVisible(unit.trio == trio)
        if unit.zone is None:
            self.place.setText(tr("not rated yet"))
        else:
            self.place.setText(
                tr("{zone} since {day}", zone=tr(ZONES[unit.zone]), day=sheet.in_zone_since)
            )
        words = [tr(KINDS[unit.kind])]
        if not sheet.person:
            words.append(ntr("{n} person", "{n} people", unit.headcount))
        if sheet.department:
            words.append(sheet.department)
        if unit.profile:
            words.append(tr("profile {name}", name=unit.profile))
        words.append(tr("influence: {much}", much=tr(INFLUENCE[unit.influence])))
        if unit.owner:
            words.append(tr("followed by {owner}", owner=unit.owner))
        self.caption.set_whole(" · ".join(words))
        self.file.setVisible(sheet.person)

    def _show_route(self, sheet: UnitSheet) -> None:
        unit = sheet.unit
        self.route.title.setText(tr("Route and target"))
        self.why_drift.say(self.route.title.text())
        target = None
        if unit.target_synergy is not None and unit.target_antagonism is not None:
            target = (unit.target_synergy, unit.target_antagonism)
        grid = queries.zone_grid(self.bridge.reader)
        self.plane.show_route(sheet.ratings[::-1], target, grid)
        if unit.drift is None:
            self.drift.setText("")
        else:
            levels = formats.signed(unit.drift, lang(), 1)
            self.drift.setText(tr("Drift: {levels} levels a month", levels=levels))
        self.drift.setVisible(unit.drift is not None)
        self.span.setText(_span(sheet))
        self.aim.setText(_aim(target, unit.target_date, None if target is None else grid))
        self.aim_link.setText(tr("Set a target") if target is None else tr("Change the target"))
        self.entry.setText(_entry(sheet))
        self.entry.setVisible(bool(self.entry.text()))

    # edits -----------------------------------------------------------------------------------

    def _remove(self, key: int) -> None:
        self.bridge.execute(Remove("rating", (key,), RATING))

    def _noted(self, row: Any, _field: Column, value: Any) -> Command:
        return SetField("stakeholder", row.id, "note", value, N_("Notes"))

    def _warn(self, text: str) -> None:
        said = warning_text(text)
        self.delicate.setText(said)
        self.delicate.setVisible(bool(said))

    # keys and language -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.form.commit()
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the notes leaves them first: what was typed is kept."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.form.commit()
            self.back.setFocus()
            return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.back.setText(tr("Back"))
        self.back.setToolTip(tr("Esc"))
        self.rate.setText(tr("Rate"))
        self.act.setText(tr("Add an action"))
        self.file.setText(tr("File…"))
        self.file.setToolTip(tr("Everything held on this person"))
        self.lists.actions.link.setText(tr("Add an action"))
        self.notes.say(tr("Notes"))
        self.tiles[0].call(tr("Ratings and facts"))
        self.tiles[1].call(tr("What is done and known"))
        self.form.retranslate()
        self.refresh()


def _span(sheet: UnitSheet) -> str:
    """How many ratings, between which days."""
    if not sheet.ratings:
        return ""
    first, last = sheet.ratings[-1].rated_on, sheet.ratings[0].rated_on
    if first == last:
        return tr("rated on {day}", day=last)
    return ntr(
        "{n} rating from {first} to {last}",
        "{n} ratings from {first} to {last}",
        len(sheet.ratings),
        first=first,
        last=last,
    )


def _aim(target: tuple[int, int] | None, day: Any, grid: Any) -> str:
    """`Target: 3/3 Waverers by 8 Jan`."""
    if target is None:
        return tr("No target: say where they should be, and by when.")
    cell = "{}/{}".format(*target)
    zone = tr(ZONES[grid.zone(*target)])
    if day is None:
        return tr("Target: {cell} {zone}", cell=cell, zone=zone)
    return tr("Target: {cell} {zone} by {day}", cell=cell, zone=zone, day=day)


def _entry(sheet: UnitSheet) -> str:
    """When it comes on stage, where that is set."""
    unit = sheet.unit
    stage = unit.stage or (sheet.advice.rank if sheet.advice is not None else None)
    if stage is None:
        return ""
    if unit.enters_on is None:
        return tr("Order of entry: {stage} of 7", stage=stage)
    return tr("Order of entry: {stage} of 7, on {day}", stage=stage, day=unit.enters_on)
