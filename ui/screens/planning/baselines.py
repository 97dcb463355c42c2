"""Reference plans: the list with its slips, which one the bars are compared with, two compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QHeaderView, QWidget

from crm_pilot.i18n import N_, msg, ntr, tr
from crm_pilot.planning import history
from crm_pilot.planning.announcements import RemoveBaseline
from crm_pilot.planning.history import BaselineRow, Difference
from crm_pilot.project import SetFields
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.planning.dialogs import BaselineDialog
from ui.screens.planning.lines import Line
from ui.widgets.buttons import Guard, link_button
from ui.widgets.fields import LineEdit
from ui.widgets.text import label
from ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

HEADINGS = (N_("Name"), N_("Set on"), N_("Reason"), N_("Lines"), N_("Mean slip"), N_("Used for"))
NAME, REASON = 0, 2  # columns that take what the others leave
WIDTHS = (200, 100, 200, 60, 130, 140)
COMPARED = (N_("Line"), N_("First"), N_("Second"), N_("Moved by"))
COMPARED_WIDTHS = (300, 120, 120, 100)
NOW = 0  # in the choice of the second plan: the present one
SHOWN = frozenset({"task", "baseline", "baseline_task"})


# the choice of the view --------------------------------------------------------------------------


def _place(bridge: Bridge) -> str:
    """Under which the choice is kept in the settings; empty for a project without a file."""
    return str(bridge.project.path or "") if bridge.has_project else ""


def compared_with(bridge: Bridge) -> int | None:
    """The reference plan the bars are compared with instead of the newest; None: the newest.

    A choice of the view: figures always count from the newest.
    """
    key = bridge.settings.compared.get(_place(bridge))
    plans = history.baselines(bridge.reader) if key is not None else ()
    return key if any(plan.id == key and not plan.counts for plan in plans) else None


def compare_with(bridge: Bridge, key: int | None) -> None:
    """Compare the bars with this one from now on; None: with the newest again."""
    if key is None:
        bridge.settings.compared.pop(_place(bridge), None)
    else:
        bridge.settings.compared[_place(bridge)] = key
    bridge.remember()


def beside(bridge: Bridge, lines: Sequence[Line]) -> Sequence[Line]:
    """Lines for the Gantt beside the dates of the reference plan they are compared with; the
    same where that is the newest."""
    key = compared_with(bridge)
    if key is None:
        return lines
    dates = history.dates_in(bridge.reader, key)
    rows = history.compared([line.row for line in lines if line.row is not None], dates)
    known = {row.id: row for row in rows}
    return [
        line._replace(row=known[line.row.id]) if line.row is not None else line for line in lines
    ]


def stretch(table: TextTable, column: int) -> None:
    """Let one column take the room the others leave, instead of the last one."""
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


# the list ----------------------------------------------------------------------------------------


class BaselinesDialog(Dialog):
    """The reference plans of a project; `compared` when the bars are to be compared with another
    one (`compared_with`)."""

    compared = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(
            parent,
            tr("Reference plans"),
            tr(
                "Slips are counted from the newest. Comparing the bars with another one changes"
                " what is drawn, and no figure."
            ),
        )
        self.bridge = bridge
        self.plans: tuple[BaselineRow, ...] = ()
        self.setMinimumWidth(860)
        self.table = TextTable()
        self.table.setMinimumHeight(180)
        self.table.setAccessibleName(tr("Reference plans"))
        self.body.addWidget(self.table, 1)
        self.compare_bars = link_button(tr("Compare the bars with it"))
        self.rename = link_button(tr("Rename…"))
        self.remove = link_button(tr("Delete"))
        self.compare = link_button(tr("Compare two…"))
        row = QHBoxLayout()
        row.setSpacing(20)
        for button in (self.compare_bars, self.compare, self.rename, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.addWidget(self.note)
        self.new = self.add_button("new", tr("Set a new one…"), closes=False, left=True)
        self.add_button("close", tr("Close"), primary=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.new)
        self.guard.add(self.rename, self.remove, why=self._why_none)
        self.guard.add(self.compare_bars, self.compare, why=self._why_none, edits=False)
        self.compare_bars.clicked.connect(self._compare_bars)
        self.compare.clicked.connect(self._compare)
        self.rename.clicked.connect(self._rename)
        self.remove.clicked.connect(self._remove)
        self.new.clicked.connect(self._new)
        self.table.doubleClicked.connect(lambda _: self._rename())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        bridge.changed.connect(self._changed)
        self.refresh()
        self.table.setFocus()

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*SHOWN):
            self.refresh()

    @property
    def plan(self) -> BaselineRow | None:
        """The reference plan the cursor is on."""
        place = self.table.currentIndex().row()
        return self.plans[place] if 0 <= place < len(self.plans) else None

    def refresh(self) -> None:
        """Read again and stay on the row."""
        known = self.plan.id if self.plan is not None else None
        self.plans = history.baselines(self.bridge.reader)
        chosen = compared_with(self.bridge)
        self.table.texts.show_rows(
            [tr(text) for text in HEADINGS],
            [_texts(plan, chosen) for plan in self.plans],
            numbers=frozenset({3, 4}),
            bold=frozenset((n, 5) for n in range(len(self.plans))),
        )
        self.table.fit(WIDTHS)
        stretch(self.table, REASON)
        places = [n for n, plan in enumerate(self.plans) if plan.id == known]
        if self.plans:
            self.table.selectRow(places[0] if places else 0)
        self._show_current()

    def _show_current(self) -> None:
        plan = self.plan
        text = ""
        if plan is not None and plan.mean_slip is not None:
            text = ntr(
                "{n} line of “{name}” finishes {days} later on average, as the plan stands now.",
                "{n} lines of “{name}” finish {days} later on average, as the plan stands now.",
                plan.lines,
                name=plan.name,
                days=_mean(plan.mean_slip),
            )
        self.note.setText(text or self._why_none())
        drawn = plan is not None and (compared_with(self.bridge) or self._newest()) == plan.id
        self.compare_bars.setText(
            tr("The bars are compared with it") if drawn else tr("Compare the bars with it")
        )
        self.guard.refresh()

    def _newest(self) -> int | None:
        return self.plans[0].id if self.plans else None

    def _why_none(self) -> str:
        return "" if self.plans else tr("There is no reference plan yet. Set one first.")

    # acting ----------------------------------------------------------------------------------

    def _compare_bars(self) -> None:
        if self.plan is not None:
            compare_with(self.bridge, None if self.plan.counts else self.plan.id)
            self.refresh()
            self.compared.emit()

    def _compare(self) -> None:
        if self.plan is not None:
            CompareDialog(self.bridge, self.parentWidget() or self, self.plan.id).open()

    def _rename(self) -> None:
        if self.plan is not None and not self.bridge.why_not_edit():
            self._ask(RenameDialog(self, self.plan))

    def _new(self) -> None:
        self._ask(BaselineDialog(self, self.bridge.today))

    def _remove(self) -> None:
        if self.plan is not None:
            self.bridge.execute(RemoveBaseline(self.plan.id, self.plan.name))

    def _ask(self, asked: Any) -> None:
        def answered() -> None:
            if asked.command is not None:
                self.bridge.execute(asked.command)

        asked.accepted.connect(answered)
        asked.open()


def _mean(days: float) -> str:
    """A mean in days with one decimal and its sign: `+1,8 j`."""
    return formats.days(days, lang(), sign=True, decimals=0 if abs(days) >= 10 else 1)


def _texts(plan: BaselineRow, chosen: int | None) -> tuple[str, ...]:
    uses = [tr("slips")] if plan.counts else []
    if plan.id == chosen or (plan.counts and chosen is None):
        uses.append(tr("bars"))
    slip = "–" if plan.mean_slip is None else _mean(plan.mean_slip)
    return (
        plan.name,
        formats.day(plan.set_on, lang(), year=True),
        plan.reason,
        formats.number(plan.lines, lang()),
        slip,
        ", ".join(uses),
    )


class RenameDialog(Dialog):
    """Another name and reason for a reference plan; `command` after accepting."""

    def __init__(self, parent: QWidget, plan: BaselineRow) -> None:
        super().__init__(
            parent,
            tr("Rename the reference plan"),
            tr("Its dates stay as they were kept on {date}.", date=_day(plan.set_on)),
        )
        self._plan = plan
        self.command: SetFields | None = None
        self.name, self.reason = LineEdit(plan.name), LineEdit(plan.reason)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        for text, field in ((tr("Name"), self.name), (tr("Reason"), self.reason)):
            field.setAccessibleName(text)
            field.setMinimumWidth(280)
            form.addRow(text, field)
        self.body.addLayout(form)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.accept_button = self.add_button("ok", tr("Rename"), primary=True, closes=False)
        self.accept_button.clicked.connect(self.accept)
        self.name.setFocus()
        self.name.selectAll()

    def accept(self) -> None:
        name, reason = self.name.text().strip(), self.reason.text().strip()
        if not name:
            self.complaint.setText(tr("Give the reference plan a name."))
            return
        if (name, reason) != (self._plan.name, self._plan.reason):
            what = msg("Rename the reference plan “{name}”", name=self._plan.name)
            values = {"name": name, "reason": reason}
            self.command = SetFields("baseline", self._plan.id, values, what)
        super().accept()


def _day(day: Any) -> str:
    return formats.day(day, lang(), year=True)


# two compared ------------------------------------------------------------------------------------


class CompareDialog(Dialog):
    """Which lines finish on another day in two reference plans, or in one and the present plan."""

    def __init__(self, bridge: Bridge, parent: QWidget, first: int) -> None:
        super().__init__(parent, tr("Compare reference plans"))
        self.bridge = bridge
        self.setMinimumWidth(720)
        plans = history.baselines(bridge.reader)
        self.first, self.second = QComboBox(), QComboBox()
        for plan in plans:
            text = f"{plan.name}, {_day(plan.set_on)}"
            self.first.addItem(text, plan.id)
            self.second.addItem(text, plan.id)
        self.second.insertItem(0, tr("The present plan"), NOW)
        self.first.setCurrentIndex(self.first.findData(first))
        later = [plan.id for plan in plans if plan.id != first]
        self.second.setCurrentIndex(self.second.findData(later[0]) if later else 0)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, box in ((tr("From"), self.first), (tr("To"), self.second)):
            caption = label(ink="muted")
            caption.setText(text)
            caption.setBuddy(box)
            box.setAccessibleName(text)
            box.setMinimumContentsLength(18)
            row.addWidget(caption)
            row.addWidget(box, 1)
        self.body.addLayout(row)
        self.told = label(bold=True, wrap=True)
        self.table = TextTable()
        self.table.setMinimumHeight(240)
        self.table.setAccessibleName(tr("Lines that differ"))
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.add_button("close", tr("Close"), primary=True)
        self.first.currentIndexChanged.connect(lambda _: self.refresh())
        self.second.currentIndexChanged.connect(lambda _: self.refresh())
        self.refresh()
        self.second.setFocus()

    def refresh(self) -> None:
        """Compare those that are chosen."""
        second = self.second.currentData()
        found = history.differences(
            self.bridge.reader, self.first.currentData(), None if second == NOW else second
        )
        self.told.setText(told(found))
        ordered = sorted(found, key=lambda one: -abs(one.days or 0))
        self.table.texts.show_rows(
            [tr(text) for text in COMPARED],
            [_compared(one) for one in ordered],
            numbers=frozenset({1, 2, 3}),
        )
        self.table.fit(COMPARED_WIDTHS)
        stretch(self.table, NAME)


def told(found: tuple[Difference, ...]) -> str:
    """How many lines moved, and how many only one of the two holds."""
    if not found:
        return tr("Both hold the same lines with the same finish.")
    moved = [one.days for one in found if one.days is not None]
    added = sum(one.before is None for one in found)
    gone = sum(one.after is None for one in found)
    parts = []
    if moved:
        mean = _mean(sum(moved) / len(moved))
        parts.append(
            ntr(
                "{n} line moved, by {mean} on average",
                "{n} lines moved, by {mean} on average",
                len(moved),
                mean=mean,
            )
        )
    if added:
        parts.append(ntr("{n} line is new", "{n} lines are new", added))
    if gone:
        parts.append(ntr("{n} line is gone", "{n} lines are gone", gone))
    return reduce(lambda first, second: tr("{first}; {second}", first=first, second=second), parts)


def _compared(one: Difference) -> tuple[str, ...]:
    days = "–" if one.days is None else formats.days(one.days, lang(), sign=True)
    before, after = (_day(day) if day is not None else "–" for day in (one.before, one.after))
    return one.task.title, before, after, days
