"""“What can still slip?”: the open lines before a go-live, the least slip first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.planning import can_slip
from crm_pilot.planning.can_slip import Goal, SlipRow
from ui import theme
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.widgets.empty import EmptyState
from ui.widgets.table import Table
from ui.widgets.text import ElidedLabel, label
from ui.widgets.tile import Tile
from ui.widgets.why import asks

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge


def columns(bridge: Bridge) -> tuple[Column, ...]:
    """What is known of each line."""
    percent = asks(bridge, "planning.percent")
    return (
        Column(
            "slip_days",
            N_("Can slip"),
            "int",
            width=84,
            text=lambda row: formats.days(row.slip_days, lang()),
            sort=lambda row: row.slip_minutes,
            bold=lambda row: row.driving,
            why=asks(bridge, "planning.can_slip"),
            tooltip=N_("Working days until the milestone moves"),
        ),
        Column("title", N_("Line"), width=200, grow=True, bold=lambda row: row.driving),
        Column("phase", N_("Part of"), width=150, grow=True, spare=2),
        Column("owner", N_("Owner"), width=120),
        Column("start", N_("Start"), "date", width=104),
        Column("finish", N_("Finish"), "date", width=104),
        Column("percent", N_("Done"), "percent", width=70, why=percent, spare=1),
        Column(
            "lost_days",
            N_("Lost already"),
            "int",
            width=104,
            text=_lost,
            why=asks(bridge, "planning.slip_days"),
            tooltip=N_("Calendar days later than in the reference plan"),
        ),
    )


def _lost(row: SlipRow) -> str:
    return "" if not row.lost_days else formats.days(row.lost_days, lang(), sign=True)


class SlipsPanel(QWidget):
    """The lines before the milestone chosen. `task_asked` names a line to be shown in the plan."""

    task_asked = Signal(int)
    tables = frozenset(can_slip.TABLES)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.goals: tuple[Goal, ...] = ()
        self.goal: int | None = None
        self.before = label(theme.BODY)
        self.chooser = QComboBox()
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.told = ElidedLabel(theme.CAPTION, ink="muted")
        self.model = RowsModel(bridge, "task", columns(bridge), self._read, parent=self)
        self.model.editable = False
        self.model.copies = False
        self.table = Table(bridge, self.model, "can-slip", what=N_("task"), removable=False)
        self.frame = Tile()
        self.frame.set_why("planning.can_slip", "planning.slip_days", "planning.goal")
        self.empty = EmptyState("plan", small=True)
        self._lay_out()
        self.chooser.activated.connect(self._chosen)
        self.table.opened.connect(self.task_asked)
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.before)
        head.addWidget(self.chooser)
        head.addSpacing(8)
        head.addWidget(self.told, 1)
        self.frame.body.addLayout(head)
        self.frame.body.addWidget(self.table, 1)
        self.frame.body.addWidget(self.empty, 1)
        column.addWidget(self.frame)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.frame.set_title(tr("What can still slip?"))
        self.frame.set_caption(tr("working days, the other lines staying as they are"))
        self.before.setText(tr("Before"))
        self.chooser.setAccessibleName(tr("Milestone that must not move"))
        self.table.retranslate(tr("What can still slip?"))
        self.empty.set_texts(
            tr("No open milestone"),
            tr("Mark a milestone as a go-live, and link to it what has to be done before."),
        )
        if self.bridge.has_project:
            self._show()

    def refresh(self, changed: Changed | None) -> None:
        """Read again, unless `changed` touches nothing that is shown."""
        if not self.bridge.has_project:
            return
        if changed is None or changed.touches(*self.tables):
            self._show()

    def choose(self, goal: int) -> None:
        """Show what can slip before another milestone."""
        self.goal = goal
        self._show()

    def _read(self) -> tuple[SlipRow, ...]:
        if self.goal is None or not self.bridge.has_project:
            return ()
        return can_slip.rows(self.bridge.reader, self.bridge.today, self.goal)

    def _chosen(self, place: int) -> None:
        self.choose(self.goals[place].id)

    def _show(self) -> None:
        today = self.bridge.today
        self.goals = can_slip.goals(self.bridge.reader, today)
        keys = [goal.id for goal in self.goals]
        if self.goal not in keys:
            found = can_slip.next_goal(self.goals, today)
            self.goal = found.id if found is not None else None
        self.chooser.clear()
        for goal in self.goals:
            self.chooser.addItem(f"{goal.title}, {formats.day(goal.day, lang(), year=True)}")
        if self.goal is not None:
            self.chooser.setCurrentIndex(keys.index(self.goal))
        self.model.refresh()
        self.told.set_whole(self._sentence(self._read()))
        any_goal = bool(self.goals)
        for part in (self.before, self.chooser, self.told, self.table):
            part.setVisible(any_goal)
        self.empty.setVisible(not any_goal)

    def _sentence(self, rows: tuple[SlipRow, ...]) -> str:
        """`3 lines drive it; the next may slip by 2 d.`"""
        if not rows:
            return tr("Nothing open leads to it: link what has to be done before.")
        driving = [row for row in rows if row.driving]
        later = [row for row in rows if not row.driving]
        drives = ntr("{n} line drives it", "{n} lines drive it", len(driving))
        if not later:
            return tr("{drives}.", drives=drives)
        days = formats.days(later[0].slip_days, lang())
        if not driving:
            return tr("The first may slip by {days}.", days=days)
        return tr("{drives}; the next may slip by {days}.", drives=drives, days=days)
