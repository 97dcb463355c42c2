"""The filters of the plan that are chosen from a menu: a person, a phase, what is critical."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from crm_pilot.i18n import ntr, tr
from crm_pilot.planning import queries
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from ui.screens.planning.facts import PlanFacts
from ui.screens.planning.lines import Choice
from ui.screens.planning.options import Options

if TYPE_CHECKING:
    from ui.bridge import Bridge

LONGEST = 22  # letters of a name on the chip


@dataclass(frozen=True)
class Someone:
    """A person with open lines."""

    key: int
    short: str
    full: str
    count: int


class MenuFilters(QObject):
    """The chip that opens the menu, and what is chosen there. `changed` after a choice; the
    person is remembered."""

    changed = Signal()

    def __init__(
        self, bridge: Bridge, options: Options, facts: Callable[[], PlanFacts], chip: QPushButton
    ) -> None:
        super().__init__(chip)
        self._bridge, self._options, self._facts = bridge, options, facts
        self.chip = chip
        self.critical = False
        self.phase: int | None = None
        chip.clicked.connect(self.open_menu)

    # what is chosen --------------------------------------------------------------------------

    @property
    def person(self) -> int | None:
        """Whose lines alone are shown; None: everybody's, or nobody of that name is here."""
        name = self._options.seen.person
        if not name or not self._bridge.has_project:
            return None
        found = (key for key, _, full in queries.owners(self._bridge.reader) if full == name)
        return next(found, None)

    def put_into(self, choice: Choice) -> None:
        """Let the arrangement of lines keep to what is chosen."""
        person = self.person
        choice.phase = self.phase
        choice.critical = self._is_critical if self.critical else None
        choice.person = person
        choice.works = None if person is None else partial(self._works, person)

    def _is_critical(self, row: TaskRow) -> bool:
        return self._facts().critical(row)

    def _works(self, person: int, row: TaskRow) -> bool:
        return person in self._facts().people(row)

    def clear(self) -> None:
        """Show everything again."""
        self.critical, self.phase = False, None
        self._options.set("person", "")
        self._done()

    def forget(self) -> None:
        """Another project: its phases are others."""
        self.critical, self.phase = False, None

    def _done(self) -> None:
        self.retranslate()
        self.changed.emit()

    # the chip --------------------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """What is chosen, in words."""
        found = []
        person = self.person
        if person is not None:
            found += [one.short for one in self.people() if one.key == person]
        if self.phase is not None:
            found += [row.title for row in self._facts().rows if row.id == self.phase]
        return [*found, *([tr("Critical lines")] if self.critical else [])]

    def retranslate(self) -> None:
        """The chip says what is chosen."""
        names = self.names if self._bridge.has_project else []
        on = bool(names)
        text = names[0] if len(names) == 1 else ntr("{n} filter", "{n} filters", len(names))
        short = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
        self.chip.setText(short if on else tr("Filter"))
        self.chip.setChecked(on)
        told = tr("Filter by person, phase or critical lines")
        named = tr("Filter: {names}", names=", ".join(names))
        self.chip.setAccessibleName(named if on else told)
        self.chip.setToolTip(", ".join(names) if on else told)

    # the menu --------------------------------------------------------------------------------

    def people(self) -> Sequence[Someone]:
        """Everyone with open lines, and the person chosen, by last name."""
        counts: dict[int, int] = {}
        facts = self._facts()
        for row in facts.leaves:
            for key in () if row.done else facts.people(row):
                counts[key] = counts.get(key, 0) + 1
        chosen = self.person
        return [
            Someone(key, short, full, counts.get(key, 0))
            for key, short, full in queries.owners(self._bridge.reader)
            if key in counts or key == chosen
        ]

    def menu(self) -> QMenu:
        """Persons, phases, critical lines, and the way back."""
        made = QMenu(self.chip)
        made.setToolTipsVisible(True)
        only = made.addAction(tr("Critical lines only"))
        only.setCheckable(True)
        only.setChecked(self.critical)
        only.triggered.connect(self._choose_critical)
        whose = made.addMenu(tr("Tasks of one person"))
        self._fill_people(whose)
        where = made.addMenu(tr("One phase"))
        self._fill_phases(where)
        made.addSeparator()
        back = made.addAction(tr("Take these filters away"))
        back.setEnabled(bool(self.names))
        if not self.names:
            back.setToolTip(tr("Nothing is filtered here."))
        back.triggered.connect(self.clear)
        return made

    def _fill_people(self, menu: QMenu) -> None:
        chosen = self.person
        self._entry(menu, tr("Everybody"), chosen is None, partial(self._choose_person, ""))
        menu.addSeparator()
        for one in self.people():
            text = f"{one.short}  {one.count}"
            self._entry(menu, text, one.key == chosen, partial(self._choose_person, one.full))

    def _fill_phases(self, menu: QMenu) -> None:
        self._entry(menu, tr("All phases"), self.phase is None, partial(self._choose_phase, None))
        menu.addSeparator()
        depth: dict[int | None, int] = {None: -1}
        holding = {row.parent_id for row in self._facts().rows}
        for row in self._facts().rows:
            if row.kind is TaskKind.PHASE and row.id in holding:
                depth[row.id] = level = depth.get(row.parent_id, -1) + 1
                if level < 2:
                    text = "    " * level + row.title
                    on = row.id == self.phase
                    self._entry(menu, text, on, partial(self._choose_phase, row.id))

    def _entry(self, menu: QMenu, text: str, on: bool, act: Callable[[], None]) -> QAction:
        made = menu.addAction(text.replace("&", "&&"))
        made.setCheckable(True)
        made.setChecked(on)
        made.triggered.connect(lambda _=False: act())
        return made

    def open_menu(self) -> None:
        """Open the menu below the chip."""
        self.retranslate()  # the click has toggled it
        if not self._bridge.has_project:
            return
        menu = self.menu()
        menu.exec(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))
        menu.deleteLater()

    def _choose_critical(self, on: bool) -> None:
        self.critical = on
        self._done()

    def _choose_person(self, full: str) -> None:
        self._options.set("person", full)
        self._done()

    def _choose_phase(self, key: int | None) -> None:
        self.phase = key
        self._done()
