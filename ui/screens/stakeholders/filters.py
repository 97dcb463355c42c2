"""The filters of the room: chosen from a menu or typed, shown as chips, held for map and list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.people.queries import departments, owners, profiles
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.selecting import NOBODY, Training, UnitFilter, place_of, training
from crm_pilot.stakeholders.terms import TRIO, ZONES, Trio, Zone
from ui import theme
from ui.widgets.buttons import link_button, quiet_button
from ui.widgets.section import cleared
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.stakeholders.selecting import Counted
    from ui.bridge import Bridge

LONGEST = 26  # letters on a chip
KINDS = {
    "departments": N_("Department"),
    "profiles": N_("CRM profile"),
    "owners": N_("Followed by"),
    "places": N_("Zone"),
    "training": N_("Training"),
    "words": N_("Search"),
}
TRAINED = {
    Training.ALL: N_("All trained"),
    Training.SOME: N_("Some trained"),
    Training.NONE: N_("Nobody trained"),
    Training.UNKNOWN: N_("Training not known"),
}
NONE_OF = {
    "departments": N_("No department"),
    "profiles": N_("No profile"),
    "owners": N_("Nobody follows"),
}


class UnitFilters(QObject):
    """What is chosen. `changed` after each choice; `button` opens the menu below itself."""

    changed = Signal()

    def __init__(self, bridge: Bridge, button: QPushButton) -> None:
        super().__init__(button)
        self._bridge = bridge
        self.wanted = UnitFilter()
        self.names = False
        self._rows: Sequence[UnitRow] = ()
        self.button = button
        button.clicked.connect(self.open_menu)
        bridge.project_changed.connect(self.forget)

    # what is chosen --------------------------------------------------------------------------

    def kept(self, rows: Sequence[UnitRow]) -> tuple[UnitRow, ...]:
        """The units that pass; all of them are remembered for the counts of the menu."""
        self._rows = rows
        wanted = self.wanted
        if wanted.open:
            return tuple(rows)
        trained = self._trained() if wanted.training else {}
        return tuple(row for row in rows if wanted.keeps(row, trained, names=self.names))

    def _trained(self) -> Mapping[int, Counted]:
        from crm_pilot.governance.crossings import trained

        return trained(self._bridge.reader, self._bridge.today)

    def search(self, words: str) -> None:
        """Keep units in which all words occur."""
        words = words.strip()
        if words != self.wanted.words:
            self.wanted = replace(self.wanted, words=words)
            self.changed.emit()

    def toggle(self, kind: str, value: Any) -> None:
        """Take a value among those of a kind, or take it out."""
        chosen = getattr(self.wanted, kind) ^ {value}
        self.wanted = replace(self.wanted, **{kind: chosen})
        self.changed.emit()

    def drop(self, kind: str) -> None:
        """Take the filter of one kind away."""
        self.wanted = replace(self.wanted, **{kind: getattr(UnitFilter(), kind)})
        self.changed.emit()

    def clear(self) -> None:
        """Show all units again."""
        if not self.wanted.open:
            self.wanted = UnitFilter()
            self.changed.emit()

    def forget(self) -> None:
        """Another project: its departments and people are others."""
        self.wanted, self._rows = UnitFilter(), ()

    # words -----------------------------------------------------------------------------------

    def names_of(self, kind: str) -> dict[Any, str]:
        """Values of a kind that can be chosen, with their words."""
        if kind == "places":
            made = {place_of(trio): tr(TRIO[trio]) for trio in Trio}
            made.update({place_of(zone): tr(ZONES[zone]) for zone in Zone})
            return {**made, "": tr("Not placed yet")}
        if kind == "training":
            return {value: tr(text) for value, text in TRAINED.items()}
        reader = self._bridge.reader
        known: Iterable[tuple[int, str]] = owners(reader)
        if kind == "departments":
            known = ((row.id, row.name) for row in departments(reader))
        elif kind == "profiles":
            known = ((row.id, row.name) for row in profiles(reader))
        return {**dict(known), NOBODY: tr(NONE_OF[kind])}

    def chosen(self) -> list[tuple[str, str]]:
        """Kinds that are filtered, with what is chosen, in words."""
        found = []
        for kind in KINDS:
            values = getattr(self.wanted, kind)
            if kind == "words" and values:
                found.append((kind, tr("“{words}”", words=values)))
            elif values:
                words = self.names_of(kind)
                found.append((kind, ", ".join(words[v] for v in words if v in values)))
        return found

    # the menu --------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """One list of values per kind, each with the number of units, and the way back."""
        made = QMenu(self.button)
        for kind, title in KINDS.items():
            if kind == "words":
                continue
            self._fill(made.addMenu(tr(title)), kind)
        made.addSeparator()
        back = made.addAction(tr("Show all"))
        back.setEnabled(not self.wanted.open)
        back.triggered.connect(self.clear)
        return made

    def _fill(self, menu: QMenu, kind: str) -> None:
        counts = self._counts(kind)
        chosen = getattr(self.wanted, kind)
        for value, words in self.names_of(kind).items():
            count = counts.get(value, 0)
            if not count and value not in chosen:
                continue
            entry = menu.addAction(f"{words.replace('&', '&&')}  {count}")
            entry.setCheckable(True)
            entry.setChecked(value in chosen)
            entry.triggered.connect(partial(self._toggled, kind, value))
        menu.setEnabled(not menu.isEmpty())

    def _toggled(self, kind: str, value: Any, _on: bool = False) -> None:
        self.toggle(kind, value)

    def _counts(self, kind: str) -> dict[Any, int]:
        counts: dict[Any, int] = {}
        values = self._values(kind)
        for row in self._rows:
            for value in values(row):
                counts[value] = counts.get(value, 0) + 1
        return counts

    def _values(self, kind: str) -> Callable[[UnitRow], tuple[Any, ...]]:
        if kind == "places":
            return lambda row: (
                (place_of(row.zone), place_of(row.trio)) if row.zone is not None else ("",)
            )
        if kind == "training":
            trained = self._trained()
            return lambda row: (training(trained.get(row.id)),)
        column = {"departments": "department_id", "profiles": "profile_id", "owners": "owner_id"}
        return lambda row: (getattr(row, column[kind]) or NOBODY,)

    def open_menu(self) -> None:
        """Open the menu below the button."""
        if not self._bridge.has_project:
            return
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        menu.deleteLater()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.button.setText(tr("Filter"))
        self.button.setAccessibleName(
            tr("Filter by department, profile, person who follows, zone or training")
        )


class FilterChips(QWidget):
    """“12 of 80”, a chip for each filter that is on, which takes it away, and “Show all”."""

    def __init__(self, filters: UnitFilters) -> None:
        super().__init__()
        self._filters = filters
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.count = label(bold=True)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self.every = link_button()
        self.every.clicked.connect(filters.clear)
        row.addWidget(self.count)
        row.addLayout(self._chips)
        row.addWidget(self.every)
        row.addStretch(1)
        self._shown: list[tuple[str, str]] | None = None
        self.hide()

    @property
    def chips(self) -> list[QPushButton]:
        """The chips, in the order of the menu."""
        items = (self._chips.itemAt(at) for at in range(self._chips.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [one for one in widgets if isinstance(one, QPushButton)]

    def show_filters(self, shown: int, total: int) -> None:
        """Say how many of how many are shown, and by which filters."""
        chosen = self._filters.chosen()
        self.setVisible(bool(chosen))
        self.count.setText(ntr("{n} of {total}", "{n} of {total}", shown, total=total))
        self.every.setText(tr("Show all"))
        if chosen == self._shown:
            return
        self._shown = chosen
        held = self._filters.button.window().focusWidget()
        had = held is not None and self.isAncestorOf(held)
        cleared(self._chips)
        for kind, words in chosen:
            self._chips.addWidget(self._chip(kind, words))
        if had:  # the chip that was pressed is gone: the keyboard goes on from the button
            self._filters.button.setFocus()

    def _chip(self, kind: str, words: str) -> QPushButton:
        short = words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
        made = quiet_button(f"{short}  ✕".replace("&", "&&"))
        made.setProperty("role", "chip")
        theme.set_icon(made, "filter", "accent", 16)
        told = tr("{kind}: {words}", kind=tr(KINDS[kind]), words=words)
        made.setToolTip(told)
        made.setAccessibleName(tr("Take the filter away: {filter}", filter=told))
        made.clicked.connect(lambda _=False: self._filters.drop(kind))
        return made
