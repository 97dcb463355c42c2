"""The tiles of the overview: a title with its "?", a caption, and one drawing each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from crm_pilot.adoption import charts
from crm_pilot.i18n import N_, ntr, show, tr
from ui import theme
from ui.charts import TimeChartView
from ui.language import formats, lang
from ui.screens.adoption.checkpoints import CheckpointsView
from ui.screens.adoption.filters import month_name
from ui.screens.adoption.lock_band import LockBand
from ui.screens.adoption.matrix import MatrixView
from ui.screens.adoption.month_grid import MonthGridView, ShadeKey
from ui.screens.adoption.movers import MoversView
from ui.screens.adoption.multiples import MultiplesView
from ui.widgets.buttons import Guard, link_button, set_reason
from ui.widgets.empty import EmptyState
from ui.widgets.text import ElidedLabel
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.adoption.months import MonthFigures
    from ui.bridge import Bridge
    from ui.screens.adoption.overview_read import Overview


class OverviewTile(Tile):
    """A tile with one drawing, or with what it says while there is nothing to draw."""

    go = Signal(str, str, int)
    view_asked = Signal(str)
    department_asked = Signal(int)

    heading: ClassVar[str] = ""  # marked text
    empty_icon: ClassVar[str] = "adoption"
    empty_text: ClassVar[str] = ""  # marked text
    empty_detail: ClassVar[str] = ""  # marked text
    whys: ClassVar[tuple[str, ...]] = ()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.set_why(*self.whys)
        self.head.takeAt(1)  # the stretch, whose room the caption takes
        self.caption.hide()
        self.aside = ElidedLabel(theme.CAPTION, ink="muted", right=True)
        self.head.addWidget(self.aside, 1)
        self.drawing = self.make()
        self._empty: EmptyState | None = None
        self._either = QStackedLayout()
        self.body.addLayout(self._either, 1)  # first: alone it would show what it gets as a window
        self._either.addWidget(self.drawing)
        chosen = getattr(self.drawing, "chosen", None)
        if chosen is not None:
            chosen.connect(self._chosen)

    def make(self) -> QWidget:
        """The drawing."""
        raise NotImplementedError

    def fill(self, found: Overview) -> bool:
        """Draw; False when there is nothing to draw."""
        raise NotImplementedError

    def _chosen(self, key: object) -> None:
        if isinstance(key, int):
            self.department_asked.emit(key)

    def show_overview(self, found: Overview) -> None:
        """Show these figures."""
        filled = self.fill(found)
        if not filled and self._empty is None:
            self._empty = EmptyState(self.empty_icon, small=True)
            self._either.addWidget(self._empty)
            self._say_empty()
        if not filled:
            self.set_caption("")
        front = self.drawing if filled or self._empty is None else self._empty
        self._either.setCurrentWidget(front)

    def set_caption(self, text: str) -> None:
        """A caption that gives way in a narrow window: it must not push the columns wider."""
        aside: ElidedLabel | None = getattr(self, "aside", None)
        if aside is not None:
            aside.set_whole(text)

    def hasHeightForWidth(self) -> bool:
        """Texts that wrap must not take the height of the other row of tiles: Qt would hold the
        height a tile wishes for to be the least it can do with."""
        return False

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.set_title(tr(self.heading))
        self._say_empty()

    def _say_empty(self) -> None:
        if self._empty is not None:
            self._empty.set_texts(tr(self.empty_text), tr(self.empty_detail))


class MonthTile(OverviewTile):
    """The month by department, or by user while the lock is open."""

    user_asked = Signal(bool)

    heading = N_("Month by department")
    empty_text = N_("No day is known of this month")
    empty_detail = N_("Only totals are kept of past months, or their logins were never imported.")
    whys = ("adoption.month_grid",)

    def make(self) -> QWidget:
        self.view = MonthGridView()
        self.key = ShadeKey()
        self.switch = link_button(size=theme.CAPTION)
        self.switch.clicked.connect(lambda: self.user_asked.emit(not self.view.by_user))
        self.head.insertWidget(1, self.switch)
        self.aside.hide()
        self.head.addStretch(1)
        self.head.addWidget(self.key)
        self._figures: MonthFigures | None = None
        return self.view

    def fill(self, found: Overview) -> bool:
        self.view.show_grid(found.grid, found.today, by_user=found.by_user)
        self.key.show_users(found.by_user)
        self._figures = found.figures
        set_reason(self.switch, "" if found.lock.open else show(found.lock.why))
        self._name()
        filled = bool(found.grid.rows) and found.grid.until is not None
        self.key.setVisible(filled)
        self._say_empty()
        return filled

    def _say_empty(self) -> None:
        figures = self._figures
        if self._empty is None or figures is None or not figures.totals_only:
            super()._say_empty()
            return
        total = figures.total
        said = tr("Only totals are kept of {month}", month=month_name(figures.month))
        detail = ntr(
            "{n} login day of {accounts} accounts.",
            "{n} login days of {accounts} accounts.",
            total.login_days,
            accounts=total.accounts,
        )
        if not figures.available:
            detail = tr("They are kept by department and profile, not for this filter.")
        self._empty.set_texts(said, detail)

    def retranslate(self) -> None:
        super().retranslate()
        self.key.retranslate()
        self._name()

    def _name(self) -> None:
        by_user = self.view.by_user
        self.set_title(tr("Month by user") if by_user else tr("Month by department"))
        self.switch.setText(tr("By department") if by_user else tr("By user"))


class CurvesTile(OverviewTile):
    """Login days a week by profile, over the band expected."""

    heading = N_("Logins")
    empty_text = N_("No full week yet")
    empty_detail = N_("Curves begin with the first whole week of logins.")
    whys = ("adoption.profiles",)

    def make(self) -> QWidget:
        self.view = TimeChartView()
        return self.view

    def fill(self, found: Overview) -> bool:
        if not found.curves.profiles:
            return False
        chart = charts.login_days(found.curves)
        self.view.show_chart(chart)
        self.set_caption(show(chart.unit))
        return True


class MoversTile(OverviewTile):
    """Departments that rose and fell."""

    heading = N_("Movers")
    empty_text = N_("Nothing to compare")
    empty_detail = N_("Two full weeks, two weeks apart, are needed.")
    whys = ("adoption.movers",)

    def make(self) -> QWidget:
        self.view = MoversView()
        return self.view

    def fill(self, found: Overview) -> bool:
        movers = found.movers
        self.view.show_movers(movers)
        if movers.first_week is None or movers.last_week is None:
            return False
        first, last = (formats.week(day, lang()) for day in (movers.first_week, movers.last_week))
        self.set_caption(tr("{first} to {last}", first=first, last=last))
        return True


class MultiplesTile(OverviewTile):
    """A small curve a department."""

    heading = N_("By department")
    empty_text = N_("No department has an account")
    empty_detail = N_("Give persons a department, and accounts their person.")
    whys = ("adoption.multiples",)

    def make(self) -> QWidget:
        self.view = MultiplesView()
        return self.view

    def fill(self, found: Overview) -> bool:
        self.view.show_curves(found.multiples)
        weeks = self.view.weeks
        self.set_caption("")
        if weeks:
            self.set_caption(
                tr(
                    "{first} to {last}, 0 to {high} days; band: profile",
                    first=formats.week(weeks[0], lang()),
                    last=formats.week(weeks[-1], lang()),
                    high=round(self.view.high),
                )
            )
        return bool(found.multiples)


class FeaturesTile(OverviewTile):
    """Features by department."""

    heading = N_("Functions")
    empty_text = N_("No function is measured yet")
    empty_detail = N_("Say which objects of the CRM each function uses, then import the actions.")
    whys = ("adoption.feature_matrix",)

    def make(self) -> QWidget:
        self.view = MatrixView()
        return self.view

    def fill(self, found: Overview) -> bool:
        measured = tuple(row for row in found.matrix.rows if row.measurable and row.delivered)
        self.view.show_matrix(replace(found.matrix, rows=measured), found.low)
        self.set_caption(tr("% of users, 28 days"))
        return bool(measured)

    def _chosen(self, key: object) -> None:
        self.view_asked.emit("features")


class CheckpointsTile(OverviewTile):
    """Active users 30 and 60 days after go-live; below it, why single users are not shown."""

    heading = N_("Day 30 and day 60")
    empty_icon = "calendar"
    empty_text = N_("No go-live is dated")
    empty_detail = N_("Date the go-live of each wave in the plan.")
    whys = ("adoption.checkpoints",)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.band = LockBand()
        self.band.milestone_asked.connect(lambda key: self.go.emit("planning", "task", key))
        self.band.date_asked.connect(self.date_milestone)
        self.guard = Guard(bridge, self)
        self.guard.add(self.band.link)
        self.body.addWidget(self.band)

    def make(self) -> QWidget:
        self.view = CheckpointsView()
        return self.view

    def fill(self, found: Overview) -> bool:
        self.view.show_waves(found.checkpoints, found.where.as_of(found.today))
        self.band.show_lock(found.lock, found.milestone)
        return bool(found.checkpoints)

    def date_milestone(self, title: str) -> None:
        """Ask for the day of the works council milestone."""
        from ui.screens.adoption.council_dialog import CouncilDialog

        CouncilDialog(self.window(), self.bridge, title).open()
