"""What all views of the room are limited to, and the bar it is chosen in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crm_pilot.adoption import months
from crm_pilot.adoption.facts import first_of, kept_from, last_of, month_of
from crm_pilot.governance import use_scope
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.people.queries import departments, profiles
from crm_pilot.stakeholders.terms import ZONES, Zone
from ui.language import formats, lang
from ui.screens.adoption.filter_button import FilterButton
from ui.widgets.give_way import GiveWay
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_pilot.adoption.scope import Scope
    from crm_pilot.project import Reader
    from ui.bridge import Bridge

GAP = 8


@dataclass(frozen=True)
class UseFilter:
    """Whose use is shown, and of which month. Empty sets and None let everything pass."""

    month: int = 0  # 202611; 0: the last one with data
    profiles: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    waves: frozenset[int] = frozenset()
    trained: bool | None = None
    zones: frozenset[Zone | None] = frozenset()  # None: not on the map

    @property
    def open(self) -> bool:
        """Whether everybody is shown, of whatever month."""
        return replace(self, month=0) == UseFilter()

    def as_of(self, today: dt.date) -> dt.date:
        """The day figures are told for: the end of a past month, else today."""
        return min(today, last_of(self.month)) if self.month else today

    def scope(self, reader: Reader, today: dt.date) -> Scope:
        """The accounts that pass, for the figures."""
        return use_scope.scope(
            reader,
            today,
            profiles=self.profiles,
            departments=self.departments,
            waves=self.waves,
            trained=self.trained,
            zones=self.zones,
        )


KINDS = {
    "profiles": N_("Profile"),
    "departments": N_("Department"),
    "waves": N_("Wave"),
    "trained": N_("Trained"),
    "zones": N_("Zone"),
}
ALL = {  # beside the kind on a button that limits nothing; "any" stands for feminine words
    "profiles": N_("all"),
    "departments": N_("all"),
    "waves": N_("any"),
    "trained": N_("all"),
    "zones": N_("any"),
}
EVERY = {  # the same as an entry of the menu
    "profiles": N_("All profiles"),
    "departments": N_("All departments"),
    "waves": N_("All waves"),
    "trained": N_("Trained or not"),
    "zones": N_("All zones of the map"),
}
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FilterBar(QWidget):
    """A button for the period and for each kind of filter. `changed` after each choice;
    `wanted` is what was chosen."""

    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.wanted = UseFilter()
        self.month = 0  # the one shown
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self.period = MonthButton()
        self.period.clicked.connect(self.open_months)
        self.period.stepped.connect(self.step)
        self.buttons = {kind: FilterButton() for kind in KINDS}
        self.count = label(ink="muted")
        row.addWidget(self.period)
        for kind, button in self.buttons.items():
            button.clicked.connect(partial(self._open, kind))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.count)
        GiveWay(self, (self.count,))

    # what is chosen --------------------------------------------------------------------------

    def set_wanted(self, wanted: UseFilter) -> None:
        """Limit the views to this, and tell."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.retranslate()
            self.changed.emit()

    def toggle(self, kind: str, value: Any) -> None:
        """Take a value among those of a kind, or take it out."""
        chosen = getattr(self.wanted, kind) ^ {value}
        self.set_wanted(replace(self.wanted, **{kind: chosen}))

    def choose_trained(self, trained: bool | None) -> None:
        """Only those who were trained, only the others, or all."""
        self.set_wanted(replace(self.wanted, trained=trained))

    def drop(self, kind: str) -> None:
        """Take the filter of one kind away."""
        self.set_wanted(replace(self.wanted, **{kind: getattr(UseFilter(), kind)}))

    def clear(self) -> None:
        """Show everybody again, of the same month."""
        self.set_wanted(UseFilter(month=self.wanted.month))

    def step(self, count: int) -> None:
        """Show a month further on or back, among those there are."""
        known = self._months()
        if self.month in known:
            place = min(max(known.index(self.month) + count, 0), len(known) - 1)
            self.choose_month(known[place])

    def choose_month(self, month: int) -> None:
        """Show that month."""
        self.set_wanted(replace(self.wanted, month=month))

    def show_month(self, month: int) -> None:
        """Name the month that is shown."""
        self.month = month
        self._name_month()

    def show_count(self, text: str) -> None:
        """What is said at the right."""
        self.count.setText(text)

    # words -----------------------------------------------------------------------------------

    def names_of(self, kind: str) -> Mapping[Any, str]:
        """Values of a kind that can be chosen, with their words."""
        reader = self._bridge.reader
        if kind == "profiles":
            return {row.id: row.name for row in profiles(reader) if row.measured}
        if kind == "departments":
            return {row.id: row.name for row in departments(reader)}
        if kind == "waves":
            return dict(reader.select("SELECT id, name FROM wave ORDER BY position, id"))
        if kind == "zones":
            return {**{zone: tr(text) for zone, text in ZONES.items()}, None: tr("Not on the map")}
        return {True: tr("Trained"), False: tr("Not trained")}

    def _says(self, kind: str) -> str:
        """What is chosen of a kind, in a word or a count."""
        if kind == "trained":
            words = {None: tr(ALL[kind]), True: tr("yes"), False: tr("no")}
            return words[self.wanted.trained]
        chosen = getattr(self.wanted, kind)
        if not chosen:
            return tr(ALL[kind])
        if len(chosen) == 1:
            return self.names_of(kind).get(next(iter(chosen)), "–")
        return ntr("{n} chosen", "{n} chosen", len(chosen))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        if not self._bridge.has_project:
            return
        for kind, button in self.buttons.items():
            button.say(tr(KINDS[kind]), self._says(kind))
            button.mark(getattr(self.wanted, kind) != getattr(UseFilter(), kind))
        self._name_month()

    def _name_month(self) -> None:
        shown = month_name(self.month) if self.month else "–"
        self.period.say(tr("Period"), shown)
        self.period.setToolTip(tr("← and → show the month before or after"))

    # menus -----------------------------------------------------------------------------------

    def _months(self) -> tuple[int, ...]:
        return months.months_known(self._bridge.reader, self._bridge.today)

    def _kept_from(self) -> int:
        """The first month of which days are kept; of those before only totals are."""
        day = kept_from(self._bridge.reader)
        return month_of(day) if day is not None else 0

    def open_months(self) -> None:
        """Open the list of months, the newest first."""
        menu = QMenu(self.period)
        menu.setAccessibleName(tr("Period"))
        year, kept_from = 0, self._kept_from()
        for month in reversed(self._months()):
            if year and month // 100 != year:
                menu.addSeparator()
            year, name = month // 100, month_name(month)
            folded = tr("{month} (totals only)", month=name)
            entry = menu.addAction(folded if month < kept_from else tr("{month}", month=name))
            _mark(entry, month == self.month)
            entry.triggered.connect(partial(self._month_chosen, month))
        self.period.open_below(menu)

    def _month_chosen(self, month: int, _on: bool = False) -> None:
        self.choose_month(month)

    def menu(self, kind: str) -> QMenu:
        """The values of a kind, and the way back to all."""
        made = QMenu(self.buttons[kind])
        made.setAccessibleName(tr(KINDS[kind]))
        every = made.addAction(tr(EVERY[kind]))
        chosen = getattr(self.wanted, kind)
        _mark(every, chosen == getattr(UseFilter(), kind))
        every.triggered.connect(lambda: self.drop(kind))
        made.addSeparator()
        for value, words in self.names_of(kind).items():
            entry = made.addAction(words.replace("&", "&&"))
            _mark(entry, value is chosen if kind == "trained" else value in chosen)
            entry.triggered.connect(partial(self._chosen, kind, value))
        return made

    def _chosen(self, kind: str, value: Any, _on: bool = False) -> None:
        if kind == "trained":
            self.choose_trained(value)
        else:
            self.toggle(kind, value)

    def _open(self, kind: str) -> None:
        if self._bridge.has_project:
            self.buttons[kind].open_below(self.menu(kind))


class MonthButton(FilterButton):
    """The period; its arrow keys show the month before or after."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers():
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


def month_name(month: int) -> str:
    """`November 2026`."""
    return formats.month(first_of(month), lang(), year=True, full=True)


def _mark(entry: QAction, on: bool) -> None:
    entry.setCheckable(True)
    entry.setChecked(on)
