"""The crossings: positions beside training, tickets, adoption and planned actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.governance.crossing_rows import Crossings, Falling, Waiting
from crm_pilot.governance.crossing_words import sentence
from crm_pilot.governance.crossings import crossings
from crm_pilot.i18n import ntr, show, tr
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import UnitKind
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.crossings_lists import Line, ShortList
from ui.screens.stakeholders.crossings_tables import departments_model, positions_model
from ui.screens.stakeholders.unit_page_parts import bare_tile, without_rule
from ui.widgets.buttons import Segmented
from ui.widgets.empty import EmptyState
from ui.widgets.grid import ROW_HEIGHT
from ui.widgets.page import GAP
from ui.widgets.scroll import Scroll
from ui.widgets.table import Table
from ui.widgets.text import label
from ui.widgets.why import WhyButton, answers, show_why

if TYPE_CHECKING:
    from crm_pilot.governance.crossing_rows import PositionRow
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

SETTLE_MS = 40  # after an edit: the map first, then what joins all rooms
LIST_WIDTH, LIST_MOST = 340, 480
LEAST_ROWS = 4  # of the departments, whatever the height
EXPLAINED = ("committee.crossing.trained", "committee.crossing.idle", "committee.crossing.falling")


class CrossingsView(QWidget):
    """Which answers positions give when they meet the other rooms."""

    picked = Signal(int)  # a unit to show on the map
    opened = Signal(int)  # a unit whose page is to be opened
    action_asked = Signal(int)  # a unit that is to get an action
    go = Signal(str, str, int)  # room, table, row

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.names = False
        self._found: Crossings | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._read)
        self._build()
        self.retranslate()

    # building --------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 4, 0, 0)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._build_head())
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addLayout(self._build_tables(), 1)
        row.addWidget(self._build_lists())
        column.addLayout(row, 1)
        self._stack.addWidget(content)
        self.empty = EmptyState("stakeholders")
        self._stack.addWidget(self.empty)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(6)
        self.sentence = label(theme.BODY, bold=True, wrap=True)
        self.why = WhyButton()
        self.why.clicked.connect(self.explain)
        self.detail = Segmented(("trio", "zone"))
        self.detail.chosen.connect(lambda _: self._show_depth())
        head.addWidget(self.sentence, 1)
        head.addWidget(self.why)
        head.addSpacing(8)
        head.addWidget(self.detail)
        return head

    def _build_tables(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.positions = Table(
            self.bridge, positions_model(self.bridge), "crossings.positions", removable=False
        )
        self.departments = Table(
            self.bridge, departments_model(self.bridge), "crossings.departments", removable=False
        )
        self.departments.setMinimumHeight(
            self.departments.heading.height() + LEAST_ROWS * ROW_HEIGHT
        )
        self.departments.opened.connect(self._open_department)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        column.addWidget(self.positions)
        column.addWidget(self.departments, 1)
        column.addWidget(self.note)
        return column

    def _build_lists(self) -> QWidget:
        self.tile = bare_tile("each list has its own answer")
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        self.idle = ShortList("committee.crossing.idle")
        self.untrained = ShortList("committee.crossing.untrained")
        self.falling = ShortList("committee.crossing.falling")
        for section in (self.untrained, self.idle, self.falling):
            column.addWidget(section)
        without_rule(self.untrained)
        column.addStretch(1)
        area = Scroll(inside)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.tile.body.addWidget(area, 1)
        self.tile.setFixedWidth(LIST_WIDTH)
        return self.tile

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lists take a third of a wide view, the tables the rest."""
        width = max(LIST_WIDTH, min(LIST_MOST, round(event.size().width() * 0.28)))
        self.tile.setFixedWidth(width)
        super().resizeEvent(event)

    # showing ---------------------------------------------------------------------------------

    def show_names(self, names: bool) -> None:
        """Persons by name or by code."""
        if names != self.names:
            self.names = names
            if self._found is not None:
                self._show_lists(self._found)

    def refresh(self, changed: Changed | None = None) -> None:
        """Read again what is shown; after an edit a moment later."""
        if changed is None:
            self._read()
        else:
            self._later.start(SETTLE_MS)

    def _read(self) -> None:
        if not self.bridge.has_project:
            return
        found = self._found = crossings(self.bridge.reader, self.bridge.today)
        self._stack.setCurrentIndex(0 if found.placed else 1)
        if not found.placed:
            return
        self._say(found)
        self.positions.rows.refresh()
        self.departments.rows.refresh()
        self._show_depth()
        self._show_lists(found)

    def _say(self, found: Crossings) -> None:
        said = sentence(found)
        words = show(said) if said is not None else ""
        self.sentence.setText(words[:1].upper() + words[1:])
        self.why.say(self.sentence.text())
        self.note.setText(
            ntr(
                "{n} group without a department: training, tickets and use say nothing of it.",
                "{n} groups without a department: training, tickets and use say nothing of them.",
                found.loose,
            )
        )
        self.note.setVisible(found.loose > 0)

    def _show_depth(self) -> None:
        """The trio, or the zones inside it; the table is as high as its rows."""
        zones = self.detail.value == "zone"

        def wanted(row: PositionRow) -> bool:
            return (row.zone is not None) == zones

        model = self.positions.rows
        model.keep(wanted)
        self.positions.setFixedHeight(
            self.positions.heading.height() + model.rowCount() * ROW_HEIGHT + 2
        )

    def _show_lists(self, found: Crossings) -> None:
        self.untrained.show_lines(
            tr("Hesitants mostly untrained"),
            [self._waiting(one) for one in found.untrained],
            tr("None: half and more of the hesitants known are trained."),
        )
        self.idle.show_lines(
            tr("Allies without an action"),
            [self._ally(unit) for unit in found.idle],
            tr("None: every ally has or carries one."),
        )
        self.falling.show_lines(
            tr("Tickets rise, synergy falls"),
            [self._fell(one) for one in found.falling],
            tr("No department: none where both are known and go that way."),
        )

    def _waiting(self, one: Waiting) -> Line:
        if one.unit.kind == UnitKind.PERSON:
            says = tr("no session attended")
        else:
            says = tr(
                "{trained} of {users} trained", trained=one.trained.done, users=one.trained.of
            )
        return Line(
            one.unit.shown(names=self.names),
            says,
            self._opens(one.unit.id),
            tr("Enrol"),
            lambda: self.go.emit("training", "", 0),
        )

    def _ally(self, unit: UnitRow) -> Line:
        group = unit.kind == UnitKind.GROUP
        return Line(
            unit.shown(names=self.names),
            ntr("{n} pers.", "{n} pers.", unit.headcount) if group else "",
            self._opens(unit.id),
            tr("Add an action"),
            lambda: self.action_asked.emit(unit.id),
        )

    def _fell(self, one: Falling) -> Line:
        says = tr(
            "tickets {before} → {now}, synergy {earlier} → {later}",
            before=one.tickets_before,
            now=one.tickets,
            earlier=formats.number(one.synergy_before, lang(), 1),
            later=formats.number(one.synergy, lang(), 1),
        )
        return Line(one.department, says, self._opens(one.units[0]))

    def _opens(self, key: int) -> Callable[[], None]:
        return lambda: self.opened.emit(key)

    def _open_department(self, key: int) -> None:
        """Enter on a department opens the page of its largest group, or the register of people."""
        row = next(row for row in self.departments.rows.shown if row.id == key)
        if row.units:
            self.opened.emit(row.units[0])
        else:
            self.go.emit("people", "department", key)

    def explain(self) -> None:
        """Why the sentence says what it says."""
        show_why(self.why, tr("Positions beside the other rooms"), answers(self, EXPLAINED))

    # language --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.detail.set_texts((tr("By trio"), tr("By zone")))
        self.detail.setAccessibleName(tr("Level of detail"))
        self.tile.call(tr("What calls for action"))
        self.positions.retranslate(tr("Crossings by position"))
        self.departments.retranslate(tr("Crossings by department"))
        self.empty.set_texts(
            tr("Nothing to cross yet"),
            tr(
                "Place groups on the map first: training, tickets and use of the CRM are then shown"
                " beside their positions."
            ),
        )
        if self._found is not None:
            self._read()
