"""The right-hand panel: one unit, several, or what changed; below, the distribution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders import charts
from crm_pilot.stakeholders.queries import PositionsFigures, UnitRow
from ui import theme
from ui.screens.stakeholders.many_panel import ManyPanel
from ui.screens.stakeholders.parts import TrioBar
from ui.screens.stakeholders.project_panel import Changes, ProjectPanel
from ui.screens.stakeholders.unit_facts import Known, UnitFacts
from ui.widgets.buttons import link_button
from ui.widgets.scroll import Scroll
from ui.widgets.section import Section
from ui.widgets.text import ElidedLabel
from ui.widgets.tile import Tile

P = TypeVar("P", bound=QWidget)
BAR = 12  # pixels of a scroll bar
WHYS = (
    *("shares", "headcount_rated", "units", "zones", "crossings", "drift"),
    *("movements", "allies", "initiative", "to_confirm", "advice"),
)


class UnitPanel(Tile):
    """What it shows is told by the screen; what is clicked is told back, with the unit's id."""

    rate_asked = Signal(int)
    target_asked = Signal(int)
    action_asked = Signal(int)
    action_opened = Signal(int)  # id of the task
    sheet_asked = Signal(int)
    advice_asked = Signal()
    listed = Signal(int)  # show it in the list
    picked = Signal(int)  # a unit named in the panel
    deed_asked = Signal(str)  # with all that are selected
    compared = Signal(object)  # another day to compare with
    several = Signal(object)  # units to select
    confirm_asked = Signal()
    place_asked = Signal()
    built = Signal(object)  # a part was: its buttons that edit, for the guard

    def __init__(self) -> None:
        super().__init__()
        self.fit(1166)
        self._unit: UnitRow | None = None
        self.title.hide()
        self.name = ElidedLabel(theme.HEADING, bold=True)
        self.open = link_button(size=theme.CAPTION)
        self.open.clicked.connect(lambda: self._tell(self.sheet_asked))
        self.head.insertWidget(0, self.name, 100)  # as wide as it is, if there is room for it
        self.head.addWidget(self.open)
        self._parts: dict[type[QWidget], QWidget] = {}
        inner = QWidget()
        column = self._column = QVBoxLayout(inner)
        column.addStretch(1)
        self.area = _scrolled(inner)
        self.area.verticalScrollBar().rangeChanged.connect(self._keep_width)
        self._widen()
        self.body.addWidget(self.area, 1)
        self._distribution = Section()
        self._distribution.setContentsMargins(0, 0, BAR, 0)
        self._bar = TrioBar()
        self._distribution.body.addWidget(self._bar)
        self.body.addWidget(self._distribution)
        self.set_why(*(f"stakeholders.{key}" for key in WHYS))

    def _widen(self) -> None:
        """Let the scroll bar stand in the margin of the tile, so that it takes no room."""
        outer = self.layout()
        assert outer is not None
        around = outer.contentsMargins()
        outer.setContentsMargins(around.left(), around.top(), around.right() - BAR, around.bottom())
        self.head.setContentsMargins(0, 0, BAR, 0)
        self._keep_width(0, 0)

    def _keep_width(self, _least: int, most: int) -> None:
        self._column.setContentsMargins(0, 0, 0 if most > 0 else BAR, 0)

    # parts -----------------------------------------------------------------------------------
    # Each is built when it is first shown: a third of the widgets of the room, of which only one
    # is seen at a time.

    @property
    def facts(self) -> UnitFacts:
        """One unit."""
        return self._part(UnitFacts, self._connect_facts)

    @property
    def many(self) -> ManyPanel:
        """Several units."""
        return self._part(ManyPanel, self._connect_many)

    @property
    def summary(self) -> ProjectPanel:
        """What changed."""
        return self._part(ProjectPanel, self._connect_summary)

    def _part(self, kind: type[P], connect: Callable[[P], Sequence[QPushButton]]) -> P:
        made = self._parts.get(kind)
        if not isinstance(made, kind):
            made = self._parts[kind] = kind()
            made.hide()
            self._column.insertWidget(0, made)
            self.built.emit(connect(made))
        return made

    def _connect_facts(self, facts: UnitFacts) -> Sequence[QPushButton]:
        for asked, told in (
            (facts.rate_asked, self.rate_asked),
            (facts.target_asked, self.target_asked),
            (facts.action_asked, self.action_asked),
        ):
            asked.connect(lambda told=told: self._tell(told))
        facts.action_opened.connect(self.action_opened)
        facts.advice_asked.connect(self.advice_asked)
        return facts.set_target, facts.again, facts.add_action, facts.edit_advice

    def _connect_many(self, many: ManyPanel) -> Sequence[QPushButton]:
        many.picked.connect(self.picked)
        many.asked.connect(self.deed_asked)
        return tuple(many.buttons.values())

    def _connect_summary(self, summary: ProjectPanel) -> Sequence[QPushButton]:
        summary.picked.connect(self.picked)
        summary.listed.connect(self.listed)
        summary.compared.connect(self.compared)
        summary.several.connect(self.several)
        summary.confirm_asked.connect(self.confirm_asked)
        summary.place_asked.connect(self.place_asked)
        return summary.ask, summary.place

    def _tell(self, signal: object) -> None:
        if self._unit is not None:
            signal.emit(self._unit.id)  # type: ignore[attr-defined]

    def fit(self, page: int) -> None:
        """Take 360 px of a page as wide as a small laptop's, less of a narrower one."""
        self.setFixedWidth(max(280, min(360, round(page * 0.31))))

    # showing ---------------------------------------------------------------------------------

    def show_project(self, figures: PositionsFigures, *, filtered: bool = False) -> None:
        """The distribution of the whole project, or of the units shown, beside 20/60/20."""
        self.call(tr("Positions"))
        title = tr("Those shown") if filtered else tr("Distribution")
        self._distribution.say(title, tr("line: practitioner's rule of thumb"))
        self._distribution.setVisible(figures.headcount_rated > 0)
        self._bar.show_distribution(charts.distribution(figures))
        counted = ntr(
            "{n} person placed of {total}",
            "{n} people placed of {total}",
            figures.headcount_rated,
            total=figures.headcount_total,
        )
        self._bar.setToolTip(counted)

    def _call(self, name: str) -> None:
        self.name.set_whole(name)
        self.name.setMaximumWidth(self.name.fontMetrics().horizontalAdvance(name) + 2)

    def _turn(self, part: QWidget, unit: UnitRow | None = None) -> None:
        other = (self._unit.id if self._unit else None) != (unit.id if unit else None)
        moved = other or not part.isVisibleTo(self)
        self._unit = unit
        for one in self._parts.values():
            one.setVisible(one is part)
        self.open.setVisible(unit is not None)
        if moved:
            self.area.verticalScrollBar().setValue(0)

    def show_nobody(self, changes: Changes, *, names: bool) -> None:
        """What changed, and who has no position yet."""
        self._turn(self.summary)
        self._call(tr("Nobody selected"))
        self.summary.show_changes(changes, names=names)

    def show_many(self, rows: Sequence[UnitRow], figures: PositionsFigures, *, names: bool) -> None:
        """Several units, as of the day shown."""
        self._turn(self.many)
        self._call(ntr("{n} selected", "{n} selected", len(rows)))
        self.many.show_rows(rows, figures, names=names)

    def show_unit(self, unit: UnitRow, known: Known, *, names: bool) -> None:
        """One unit as of the day its row was read for."""
        self._turn(self.facts, unit)
        self._call(unit.shown(names=names))
        self.open.setText(tr("Open the sheet"))
        self.facts.show_unit(unit, known)


def _scrolled(content: QWidget) -> Scroll:
    area = Scroll()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    content.setProperty("role", "page")
    area.setWidget(content)
    return area
