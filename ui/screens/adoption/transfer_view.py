"""Before and after training: what the same users did before and after, and how the trained compare
with the untrained of their departments (Kirkpatrick's third level)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.governance import transfer
from crm_pilot.governance.transfer import Side, Transfer
from crm_pilot.i18n import ntr, tr
from crm_pilot.training.queries import courses
from ui import theme
from ui.language import formats, lang
from ui.reading import Reading
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.transfer_chart import Pair, TransferChart
from ui.widgets.empty import EmptyState
from ui.widgets.page import GAP
from ui.widgets.text import label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

WEEK = 5.0


class Moved(QWidget):
    """A figure before and after: “2.4 → 3.1”, its change, and what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.name = label(theme.CAPTION, ink="muted")
        self.figures, self.change = label(theme.TITLE, bold=True), label(ink="muted")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.figures)
        row.addWidget(self.change)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addLayout(row)

    def say(self, name: str, before: float | None, after: float | None, *, percent: bool) -> None:
        """Show both, with the change in points or days."""
        self.name.setText(name)
        write = _share if percent else _days
        self.figures.setText(f"{write(before)} → {write(after)}")
        self.change.setText("")
        if before is not None and after is not None:
            gap = (after - before) * (100 if percent else 1)
            shown = formats.signed(gap, lang(), 0 if percent else 1)
            sign = "▲" if gap > 0 else "▼" if gap < 0 else "="
            unit = tr("points") if percent else tr("d a week")
            self.change.setText(f"{sign} {shown} {unit}")
        self.setAccessibleName(f"{name}: {self.figures.text()} {self.change.text()}")


class TransferView(QWidget):
    """A course, the same users before and after it, and the trained beside the untrained."""

    go = Signal(str, str, int)
    view_asked = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._narrowed = False
        self._begun = False  # not before the first `refresh`: it would be read twice
        self.reading = Reading(bridge, self)
        self.reading.found.connect(self._tell)
        self.course = QComboBox()
        self.course.currentIndexChanged.connect(lambda _: self._read())
        self.course_name = label(theme.CAPTION, ink="muted")
        self.course_name.setBuddy(self.course)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self.same, self.days, self.active = Tile(), Tile(), Tile()
        self.same.set_why("adoption.transfer.change")
        self.days.set_why("adoption.transfer")
        self.active.set_why("adoption.transfer")
        self.days_moved, self.active_moved = Moved(), Moved()
        self.same_note = label(theme.CAPTION, ink="muted", wrap=True)
        self.days_chart = TransferChart(percent=False, high=WEEK)
        self.active_chart = TransferChart(percent=True, high=1.0)
        self.days_note, self.active_note = (label(theme.CAPTION, ink="muted", wrap=True)
                                            for _ in range(2))  # fmt: skip
        self.empty = EmptyState("training")
        self.empty.clicked.connect(lambda: self.go.emit("training", "", 0))
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.course_name)
        bar.addWidget(self.course)
        bar.addWidget(self.note, 1)
        moved = QHBoxLayout()
        moved.setSpacing(40)
        moved.addWidget(self.days_moved)
        moved.addWidget(self.active_moved)
        moved.addStretch(1)
        self.same.body.addLayout(moved)
        self.same.body.addWidget(self.same_note)
        for tile, chart, note in (
            (self.days, self.days_chart, self.days_note),
            (self.active, self.active_chart, self.active_note),
        ):
            tile.body.addWidget(chart, 1)
            tile.body.addWidget(note)
        self.content = QWidget()
        grid = QGridLayout(self.content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        grid.addWidget(self.same, 0, 0, 1, 2)
        grid.addWidget(self.days, 1, 0)
        grid.addWidget(self.active, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        column.addLayout(bar)
        column.addWidget(self.content, 1)
        column.addWidget(self.empty, 1)

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read the courses, and what followed the one chosen."""
        if not self.bridge.has_project:
            return
        self._begun = True
        chosen = self.course.currentData()
        self.course.blockSignals(True)
        self.course.clear()
        self.course.addItem(tr("Every course"), None)
        for row in courses(self.bridge.reader):
            self.course.addItem(row.title, row.id)
        self.course.setCurrentIndex(max(0, self.course.findData(chosen)))
        self.course.blockSignals(False)
        self._read()

    def show_scope(self, where: UseFilter) -> None:
        """Trained and untrained are of the same departments already; the filter does not narrow
        them, and the caption says so."""
        self._narrowed = not where.open
        self._say_note()

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.course_name.setText(tr("Course"))
        self.course.setAccessibleName(tr("Course"))
        self.same.set_title(tr("The same users"))
        self.same.set_caption(tr("28 days before and after"))
        self.days.set_title(tr("Login days"))
        self.days.set_caption(tr("days a week, at 5 working days"))
        self.active.set_title(tr("Active users"))
        self.active.set_caption(tr("% of users, over 28 days"))
        self.empty.set_texts(
            tr("Nobody was trained yet"),
            tr("What a training changes is seen 30, 60 and 90 days after it, beside those who did"
               " not follow it. Type the attendance of a session first."),
            tr("Open the training room"),
        )  # fmt: skip
        self._say_note()
        if self._begun:
            self.refresh(None)

    def take_focus(self) -> None:
        """The keyboard goes to the choice of the course."""
        self.course.setFocus()

    def _say_note(self) -> None:
        text = tr("Compared within the same departments.")
        if self._narrowed:
            text += " " + tr("The filter of the room does not narrow it.")
        self.note.setText(text)

    def _read(self) -> None:
        if not self.bridge.has_project:
            return
        today, course = self.bridge.today, self.course.currentData()
        self.reading.read(lambda reader: transfer.after(reader, today, course))

    def _tell(self, found: Transfer) -> None:
        self.content.setVisible(bool(found.trainees))
        self.empty.setVisible(not found.trainees)
        change = found.change
        self.days_moved.say(tr("Login days a week"), change.before.days_per_week,
                            change.after.days_per_week, percent=False)  # fmt: skip
        self.active_moved.say(tr("Active users"), change.before.active_share,
                              change.after.active_share, percent=True)  # fmt: skip
        self.same_note.setText(_same(found))
        for moved in (self.days_moved, self.active_moved):
            moved.setVisible(change.after.enough)
        self._show(self.days_chart, self.days_note, found, "days_per_week")
        self._show(self.active_chart, self.active_note, found, "active_share")

    def _show(self, chart: TransferChart, note: QLabel, found: Transfer, what: str) -> None:
        pairs = [
            Pair(
                one.days,
                getattr(one.trained, what),
                getattr(one.untrained, what),
                one.trained.users,
                one.untrained.users,
            )
            for one in found.points
        ]
        known = any(pair.trained is not None or pair.untrained is not None for pair in pairs)
        chart.setVisible(known)
        chart.show_pairs(pairs, tr("Trained and not trained"))
        note.setText(_sides(found) if known else _not_enough())


def _days(value: float | None) -> str:
    return "–" if value is None else formats.number(value, lang(), 1)


def _share(value: float | None) -> str:
    return "–" if value is None else formats.percent(value, lang())


def _not_enough() -> str:
    return tr(
        "Not enough data: at least {n} users on each side, and data up to the day.",
        n=transfer.ENOUGH,
    )


def _same(found: Transfer) -> str:
    users: Side = found.change.after
    if not users.enough:
        return _not_enough()
    told = ntr("{n} user counted", "{n} users counted", users.users)
    if not found.by_actions:
        told += ". " + tr("Active means logged in: no action was imported.")
    return told


def _sides(found: Transfer) -> str:
    """How many users stand behind each point."""
    parts = []
    for one in found.points:
        parts.append(
            tr(
                "D+{days}: {trained} trained, {untrained} not",
                days=one.days,
                trained=one.trained.users,
                untrained=one.untrained.users,
            )
        )
    waiting = max(one.waiting for one in found.points)
    if waiting:
        parts.append(ntr("{n} still to come", "{n} still to come", waiting))
    return " · ".join(parts)
