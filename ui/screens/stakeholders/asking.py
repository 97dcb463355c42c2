"""The dialogs of the room, opened for the units that are meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import Message, nmsg, ntr
from crm_pilot.project import Remove, SetRows, Several
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import SetTarget
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.starting import (
    GroupPerDepartment,
    HeadcountPerDepartment,
    other_headcounts,
)
from crm_pilot.stakeholders.terms import UnitKind
from ui.screens.stakeholders.rating_dialog import RatingDialog
from ui.screens.stakeholders.unit_dialog import TargetDialog, UnitDialog

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge


class Asking(QObject):
    """Opens dialogs over `place`; `settled` when one that began with a dragged mark is gone."""

    settled = Signal()
    added = Signal(int)  # a new unit
    showing = Signal(int)  # another unit is in front of the questions

    def __init__(self, bridge: Bridge, place: QWidget, what: str) -> None:
        super().__init__(place)
        self._bridge, self._place, self._what = bridge, place, what
        self.day: dt.date = bridge.today if bridge.has_project else dt.date.max
        self.names = False

    def why_not_edit(self) -> str:
        """Why nothing can be edited now; empty when it can."""
        return self._bridge.why_not_edit()

    def _units(self, keys: Iterable[int]) -> list[UnitRow]:
        wanted = set(keys)
        rows = queries.units(self._bridge.reader, self.day)
        return [row for row in rows if row.id in wanted]

    def _one(self, key: int) -> UnitRow | None:
        """The unit, where it can be edited; otherwise the person is told why not."""
        found = self._units((key,))
        if not found or not self._bridge.may_edit():
            self.settled.emit()
            return None
        return found[0]

    # rating ----------------------------------------------------------------------------------

    def rate(self, key: int, cell: tuple[int, int] | None = None) -> None:
        """Ask for the observed fact, then rate; `cell` when the levels are known already."""
        unit = self._one(key)
        if unit is None:
            return
        dialog = RatingDialog(
            self._place,
            unit,
            queries.zone_grid(self._bridge.reader),
            today=self._bridge.today,
            day=self.day,
            author=self._bridge.settings.person,
            names=self.names,
            cell=cell,
            bridge=self._bridge,
        )
        dialog.rated.connect(self._bridge.execute)
        dialog.finished.connect(lambda _: self.settled.emit())
        dialog.open()

    def rate_all(self, keys: Sequence[int]) -> None:
        """One after another, by keyboard; a single one as ever."""
        if len(keys) == 1:
            self.rate(keys[0])
        elif keys and self._bridge.may_edit():
            from ui.screens.stakeholders.rating_queue import RatingQueue

            dialog = RatingQueue(self._place, self._bridge, keys, names=self.names)
            dialog.showing.connect(self.showing)
            dialog.open()

    def place(self, keys: Sequence[int]) -> None:
        """Locomotive, hesitant or opponent, for one or several."""
        units = self._units(keys)
        if units and self._bridge.may_edit():
            from ui.screens.stakeholders.trio_dialog import TrioDialog

            TrioDialog(self._place, units, bridge=self._bridge, names=self.names).open()

    # targets ---------------------------------------------------------------------------------

    def target(self, key: int, cell: tuple[int, int] | None = None) -> None:
        """Ask where a unit should be and by when."""
        unit = self._one(key)
        if unit is None:
            return
        dialog = TargetDialog(
            self._place, unit, today=self._bridge.today, names=self.names, cell=cell
        )
        dialog.decided.connect(self._bridge.execute)
        dialog.finished.connect(lambda _: self.settled.emit())
        dialog.open()

    def targets(self, keys: Sequence[int]) -> None:
        """One target for all of them, as one step."""
        units = self._units(keys)
        if len(units) < 2:
            for unit in units:
                self.target(unit.id)
            return
        if not self._bridge.may_edit():
            return
        dialog = TargetDialog(
            self._place, units[0], today=self._bridge.today, names=self.names, several=True
        )
        dialog.say(ntr("Target of {n} unit", "Target of {n} units", len(units)))
        dialog.decided.connect(lambda command: self._target_all(units, command))
        dialog.open()

    def _target_all(self, units: Sequence[UnitRow], command: SetTarget) -> None:
        cell = (command.synergy, command.antagonism)
        away = [u for u in units if not u.rated or u.position != cell]  # the others are there
        if away:
            steps = tuple(
                replace(command, stakeholder_id=u.id, shown=u.shown(names=False)) for u in away
            )
            label = nmsg("Set the target of {n} unit", "Set the target of {n} units", len(away))
            self._bridge.execute(Several(steps, label))

    # units -----------------------------------------------------------------------------------

    def unit(self, kind: UnitKind) -> None:
        """Ask for a new group or person."""
        if self._bridge.may_edit():
            dialog = UnitDialog(self._place, self._bridge, kind)
            dialog.added.connect(self._add)
            dialog.open()

    def _add(self, command: Command) -> None:
        key = self._bridge.execute(command)
        if key is not None:
            self.added.emit(key)

    def edit(self, key: int) -> None:
        """Open what is noted of a unit: name, department, ties."""
        unit = self._one(key)
        if unit is not None:
            UnitDialog(self._place, self._bridge, unit=unit, names=self.names).open()

    def groups(self) -> None:
        """One group per department, as one step."""
        if self._bridge.may_edit():
            self._bridge.execute(GroupPerDepartment())

    def headcounts(self) -> None:
        """The headcount of groups that stand for a department from its people, as one step."""
        if self._bridge.may_edit():
            found = other_headcounts(self._bridge.reader)
            self._bridge.execute(HeadcountPerDepartment(len(found)))

    def set_all(self, keys: Sequence[int], column: str, value: Any, title: str) -> None:
        """One value into a column of these units, as one step; `title` is marked text."""
        if keys and self._bridge.may_edit():
            what = Message(title)
            label = nmsg(
                "Change {what} in {n} row", "Change {what} in {n} rows", len(keys), what=what
            )
            self._bridge.execute(SetRows("stakeholder", {k: {column: value} for k in keys}, label))

    def remove(self, keys: Sequence[int]) -> None:
        """Delete from the map; undo brings them back with their ratings."""
        if keys:
            self._bridge.execute(Remove("stakeholder", tuple(keys), self._what))

    # others ----------------------------------------------------------------------------------

    def action(self, keys: Sequence[int]) -> None:
        """Plan an action for a unit; for several, one after another until it is cancelled."""
        if not keys or not self._bridge.may_edit():
            return
        from ui.screens.stakeholders.action_dialog import ActionDialog

        dialog = ActionDialog(self._place, self._bridge, keys[0])
        dialog.accepted.connect(lambda: self.action(keys[1:]))
        dialog.open()

    def zones(self) -> None:
        """The zones of the plane and the advice for each."""
        if self._bridge.may_edit():
            from ui.screens.stakeholders.zones_dialog import ZonesDialog

            ZonesDialog(self._place, self._bridge).open()

    def settings(self) -> None:
        """When a rating is asked again, and other parameters of the map."""
        if self._bridge.may_edit():
            from ui.screens.stakeholders.map_settings import MapSettings

            MapSettings(self._place, self._bridge).open()

    def person_file(self, key: int) -> None:
        """Everything held on the person behind a unit."""
        self._bridge.person_asked.emit("file", "stakeholder", key)

    def erase(self, key: int) -> None:
        """Erase a person with all that is held on them."""
        self._bridge.person_asked.emit("erase", "stakeholder", key)

    def print_map(self) -> None:
        """The map on paper, as of the day shown."""
        from ui.dialogs.print_map import ask_print

        ask_print(self._place, self._bridge, self.day)

    def copy_map(self, kind: str) -> None:
        """The map to the clipboard at committee level: coded, small groups pooled."""
        from ui.screens.stakeholders.copying import copy_map

        copy_map(self._bridge, self.day, kind=kind)
