"""Newcomers: whether who came after the go-live is trained as well as the first cohort."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.training.charts_newcomers import minutes_chart
from crm_pilot.training.explained_lists import arrival_why
from crm_pilot.training.lacking import Arrival, arrivals
from crm_pilot.training.newcomers import SOON, newcomers
from ui import theme
from ui.charts.bar_list import BarListView
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.screens.training.wish import Wish
from ui.screens.training.words import hours
from ui.widgets.buttons import Guard, link_button, quiet_button
from ui.widgets.empty import EmptyState
from ui.widgets.page import GAP
from ui.widgets.section import cleared
from ui.widgets.table import Table
from ui.widgets.text import label, rule
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from crm_pilot.training.newcomers import Newcomers
    from ui.bridge import Bridge

SETTLE_MS = 40
ROW, FOOT = 28, 18
LONG_AGO = dt.timedelta(days=330)  # a day without its year would be told wrong


class KeyTile(Tile):
    """One figure, what it is, and what it is read against."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.set_why(why)
        self.caption.hide()
        self.figure = label(theme.KEY_FIGURE, bold=True, numbers=True)
        self.words = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.addWidget(self.figure)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def show_figure(self, title: str, figure: str, words: str) -> None:
        """Show it."""
        self.set_title(title)
        self.figure.setText(figure)
        self.words.setText(words)


class NewcomersView(QWidget):
    """Three figures, minutes per head by cohort, and who still waits for a formal session."""

    enrol_asked = Signal(object)
    go = Signal(str, str, int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.tools = QWidget()
        self.gap = KeyTile("training.newcomers")
        self.in_time = KeyTile("training.newcomers_in_time")
        self.decay = KeyTile("training.newcomers_minutes")
        self.cohorts = Tile()
        self.cohorts.set_why("training.newcomers_minutes")
        self.chart = BarListView()
        self.table = QGridLayout()
        self.table.setHorizontalSpacing(16)
        self.table.setVerticalSpacing(4)
        self.table.setColumnStretch(0, 1)
        self.cohorts.body.addWidget(self.chart)
        self.cohorts.body.addSpacing(8)
        self.cohorts.body.addWidget(rule())
        self.cohorts.body.addLayout(self.table)
        self.cohorts.body.addStretch(1)
        self.waiting = ArrivalsTile(bridge)
        self.waiting.enrol_asked.connect(self.enrol_asked)
        self.empty = EmptyState("people")
        self.empty.clicked.connect(lambda: self.go.emit("people", "", 0))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(lambda: self.refresh(None))
        self._lay()

    def _lay(self) -> None:
        work = QWidget()
        grid = QGridLayout(work)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        figures = QHBoxLayout()
        figures.setSpacing(GAP)
        for tile in (self.gap, self.in_time, self.decay):
            figures.addWidget(tile, 1)
        grid.addLayout(figures, 0, 0)
        grid.addWidget(self.cohorts, 1, 0)
        grid.addWidget(self.waiting, 0, 1, 2, 1)
        grid.setColumnStretch(0, 11)
        grid.setColumnStretch(1, 10)
        grid.setRowStretch(1, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    # reading ---------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.waiting.retranslate()
        self.empty.set_texts(
            tr("No newcomer yet"),
            tr(
                "A newcomer is a user whose account was opened after the go-live of their wave:"
                " give accounts their opening day, and waves their go-live milestone."
            ),
            tr("Open “People”"),
        )
        if self.bridge.has_project and self._stack.currentIndex() == 0:
            self.refresh(None)

    def refresh(self, changed: Changed | None) -> None:
        """Read again; after an edit a moment later."""
        if changed is not None:
            self._later.start(SETTLE_MS)
            return
        if not self.bridge.has_project:
            return
        reader, today = self.bridge.reader, self.bridge.today
        found = newcomers(reader, today)
        self._stack.setCurrentIndex(0 if found.newcomers.users else 1)
        if not found.newcomers.users:
            return
        self._show_figures(found)
        chart = minutes_chart(found)
        self.cohorts.set_title(show(chart.title))
        self.cohorts.set_caption(tr("by quarter of the account"))
        self.chart.show_chart(chart)
        self.chart.setFixedHeight(len(chart.bars) * ROW + FOOT)
        self._show_table(found)
        self.waiting.refresh()

    def _show_table(self, found: Newcomers) -> None:
        """The first cohort and all newcomers, side by side in figures."""
        cleared(self.table)
        heads = (tr("Trained"), tr("Within {n} days", n=SOON), tr("Evaluated"))
        for column, text in enumerate(heads):
            head = label(theme.CAPTION, ink="muted", right=True)
            head.setText(text)
            self.table.addWidget(head, 0, column + 1)
        for row, (name, one) in enumerate(
            ((tr("First cohort"), found.initial), (tr("Newcomers"), found.newcomers)), 1
        ):
            named = label()
            named.setText(name)
            self.table.addWidget(named, row, 0)
            trained = one.trained / one.users if one.users else None
            for column, share in enumerate((trained, one.in_time_share, one.evaluated_share)):
                figure = label(numbers=True, right=True)
                figure.setText(formats.percent(share, lang()) if share is not None else "–")
                self.table.addWidget(figure, row, column + 1)

    def _show_figures(self, found: Newcomers) -> None:
        late, early = found.newcomers, found.initial
        gap = formats.days(late.gap, lang()) if late.gap is not None else "–"
        self.gap.show_figure(
            tr("Gap to training"), gap, tr("median, from the account to the first formal session")
        )
        self.in_time.show_figure(
            tr("Within {n} days", n=SOON),
            formats.percent(found.in_time_share, lang()) if late.due else "–",
            ntr(
                "{in_time} of {n} newcomer due",
                "{in_time} of {n} newcomers due",
                late.due,
                in_time=late.in_time,
            ),
        )
        self.decay.show_figure(
            tr("Minutes per head"),
            hours(late.per_head),
            tr(
                "{share} of the first cohort’s {minutes}",
                share=formats.percent(found.decay, lang()),
                minutes=hours(early.per_head),
            )
            if found.decay is not None
            else tr("nothing to compare with yet"),
        )

    def take_focus(self) -> None:
        """Put the keyboard into the list of newcomers."""
        self.waiting.table.setFocus()


class ArrivalsTile(Tile):
    """Newcomers without a formal session, the longest waiting first, to be enrolled."""

    enrol_asked = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.set_why("training.newcomers_in_time")
        self.model = RowsModel(
            bridge,
            "person",
            _columns(bridge),
            lambda: arrivals(bridge.reader, bridge.today),
            copies=False,
        )
        self.table = Table(bridge, self.model, "training.arrivals", removable=False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.opened.connect(lambda key: self._enrol((key,)))
        self.enrol = quiet_button(icon="add")
        self.enrol.clicked.connect(self.enrol_selected)
        self.all = link_button()
        self.all.clicked.connect(self.enrol_all)
        self.guard = Guard(bridge, self)
        self.guard.add(self.enrol, self.all, why=self._why_not)
        self.nothing = EmptyState("check-circle", small=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.enrol)
        row.addWidget(self.all)
        row.addStretch(1)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.foot)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.set_title(tr("Without a formal session"))
        self.table.retranslate(tr("Newcomers without a formal session"))
        self.enrol.setText(tr("Enrol"))
        self.nothing.set_texts(tr("Every newcomer had a formal session"))

    def refresh(self) -> None:
        """Read again."""
        self.model.refresh()
        rows = self.model.items()
        due = sum(1 for row in rows if row.due)
        self.set_caption(
            tr("{due} of {all} due for {n} days and more", due=due, all=len(rows), n=SOON)
            if rows
            else ""
        )
        self._stack.setCurrentIndex(0 if rows else 1)
        self.foot.setVisible(bool(rows))
        count = len(self._open())
        self.all.setText(ntr("Enrol {n} person…", "Enrol all {n}…", count))
        if rows and self.table.current_id is None:
            self.table.select(self.model.shown[0].id)
        self.guard.refresh()

    def _open(self) -> list[int]:
        return [row.id for row in self.model.items() if row.planned_on is None]

    def _why_not(self) -> str:
        return "" if self.model.total else tr("Nobody waits")

    def enrol_selected(self) -> None:
        """Enrol those selected."""
        self._enrol(tuple(self.table.selected_ids))

    def enrol_all(self) -> None:
        """Enrol all who are in no session to come."""
        self._enrol(tuple(self._open()))

    def _enrol(self, persons: tuple[int, ...]) -> None:
        if persons:
            self.enrol_asked.emit(Wish(persons=persons, title=tr("Train newcomers")))


def _columns(bridge: Bridge) -> tuple[Column, ...]:
    return (
        Column("name", N_("Name"), "text", None, 130, grow=True),
        Column("department", N_("Department"), "text", None, 118),
        Column("opened", N_("Opened on"), "date", None, 84,
               text=lambda row: _opened(row, bridge.today)),
        Column("days", N_("Days"), "int", None, 60, bold=_due,
               why=lambda: arrival_why(bridge.reader, bridge.today),
               ink=lambda row: "alert" if _due(row) else "",
               icon=lambda row: ("warning", "alert") if _due(row) else None,
               tooltip=N_("Since the account was opened; a sign from 30 days on")),
        Column("planned_on", N_("Enrolled"), "date", None, 76, text=_planned),
    )  # fmt: skip


def _due(row: Any) -> bool:
    return bool(row.due)


def _opened(row: Arrival, today: dt.date) -> str:
    """`21 Sept`; month and year once a year went by."""
    if today - row.opened < LONG_AGO:
        return formats.day(row.opened, lang())
    return formats.month(row.opened, lang(), year=True)


def _planned(row: Arrival) -> str:
    return formats.day(row.planned_on, lang()) if row.planned_on is not None else "–"
