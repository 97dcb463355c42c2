"""The list of units beside the map: the same rows as a table, edited in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.people.queries import departments, owners, profiles
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.selecting import age
from crm_pilot.stakeholders.terms import ZONES, Trio, UnitKind
from ui.language import formats, lang
from ui.models.rows import Column, Index, RowsModel
from ui.screens.stakeholders.scene import day_text
from ui.screens.stakeholders.unit_dialog import INFLUENCE
from ui.widgets.grid_menu import row_menu
from ui.widgets.table import Table
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge

SIGNS = {Trio.LOCOMOTIVE: "▲", Trio.HESITANT: "●", Trio.OPPONENT: "■"}
STAGES = {number: str(number) for number in range(1, 8)}
KINDS = {UnitKind.GROUP: N_("group"), UnitKind.PERSON: N_("person")}


class UnitsModel(RowsModel):
    """Units on one day. A person's name is replaced by the code unless `names`."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        self.day: dt.date | None = None
        self.names = False
        self.old: frozenset[int] = frozenset()  # units whose rating should be asked again
        super().__init__(
            bridge,
            "stakeholder",
            self._made(bridge),
            self._read,
            parent=parent,
            fresh=lambda values: AddStakeholder(UnitKind.GROUP, str(values.get("name", ""))),
        )

    def _read(self) -> Sequence[UnitRow]:
        return queries.units(self.bridge.reader, self.on)

    @property
    def on(self) -> dt.date:
        """The day positions are shown for."""
        return self.day or self.bridge.today

    def show_names(self, names: bool) -> None:
        """Persons by name or by code."""
        if names != self.names:
            self.names = names
            self.retranslate()

    def _name(self, row: UnitRow) -> str:
        return row.shown(names=self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        named = index.isValid() and self.columns[index.column()].key == "name"
        if named and role == Qt.ItemDataRole.EditRole:
            return self._name(self.row(index))
        return super().data(index, role)

    def can_edit(self, item: Any, column: Column) -> bool:
        """A person is one, and is renamed only while names are shown."""
        person = item is not None and item.kind == UnitKind.PERSON
        kept = column.key == "headcount" or (column.key == "name" and not self.names)
        return super().can_edit(item, column) and not (person and kept)

    def _made(self, bridge: Bridge) -> tuple[Column, ...]:
        return (
            Column(
                "name",
                N_("Name"),
                column="name",
                width=152,
                grow=True,
                bold=_is_group,
                text=self._name,
                sort=self._name,
            ),
            Column("kind", N_("Kind"), width=84, text=_kind),
            Column(
                "synergy",
                N_("Position"),
                width=148,
                text=_position,
                sort=_energy,
                why=asks(bridge, "stakeholders.units"),
            ),
            Column(
                "headcount",
                N_("Headcount"),
                "int",
                "headcount",
                86,
                low=1,
                optional=False,
                text=_headcount,
            ),
            Column(
                "influence",
                N_("Influence"),
                "choice",
                "influence",
                84,
                spare=2,
                choices=INFLUENCE,
                optional=False,
                sort=lambda row: row.influence,
            ),
            Column(
                "owner",
                N_("Followed by"),
                "choice",
                "owner_id",
                130,
                value_key="owner_id",
                choices=lambda: dict(owners(bridge.reader)),
            ),
            Column(
                "department",
                N_("Department"),
                "choice",
                "department_id",
                130,
                spare=3,
                value_key="department_id",
                choices=lambda: {row.id: row.name for row in departments(bridge.reader)},
            ),
            Column("rated_on", N_("Rated on"), "date", width=110, spare=1),
            Column(
                "age",
                N_("Rating age"),
                width=92,
                spare=6,
                align="right",
                value_key="rated_on",
                text=self._aged,
                sort=lambda row: age(row, self.on),
                ink=self._aged_ink,
                tooltip=N_("Days since the last rating; old ones should be asked again"),
                why=asks(bridge, "stakeholders.to_confirm"),
            ),
            Column(
                "drift",
                N_("Drift"),
                width=76,
                spare=4,
                align="right",
                text=_drift,
                sort=lambda row: row.drift,
                tooltip=N_("Levels a month; above 0 towards us"),
                why=asks(bridge, "stakeholders.drift"),
            ),
            Column("target_date", N_("Target position"), width=130, spare=5, text=_target),
            *self._planned(bridge),
        )

    def _planned(self, bridge: Bridge) -> tuple[Column, ...]:
        """Profile, and when a unit comes on stage."""
        return (
            Column(
                "profile",
                N_("CRM profile"),
                "choice",
                "profile_id",
                120,
                spare=8,
                value_key="profile_id",
                choices=lambda: {row.id: row.name for row in profiles(bridge.reader)},
            ),
            Column(
                "stage",
                N_("Order of entry"),
                "choice",
                "stage",
                104,
                spare=9,
                choices=lambda: dict(STAGES),
                sort=lambda row: row.stage,
                tooltip=N_("1 to 7, set by hand; empty: that of the zone"),
            ),
            Column("enters_on", N_("Enters on"), "date", "enters_on", 100, spare=10),
            Column("note", N_("Note"), column="note", width=160, spare=7),
        )

    def _aged(self, row: UnitRow) -> str:
        days = age(row, self.on)
        return "" if days is None else ntr("{n} d", "{n} d", days)

    def _aged_ink(self, row: UnitRow) -> str:
        return "alert" if row.id in self.old else ""


class UnitTable(Table):
    """The list. Its menu begins with what can be done with the units (`units_menu(keys)` makes
    it); `selected(keys)` follows the selection."""

    selected = Signal(object)  # frozenset of ids

    def __init__(self, bridge: Bridge, model: UnitsModel, *, what: str) -> None:
        super().__init__(bridge, model, "stakeholders", what=what)
        self.fill_units: Callable[[QMenu, Sequence[int]], None] | None = None
        self.selectionModel().selectionChanged.connect(self._tell)

    def _tell(self, *_: object) -> None:
        self.selected.emit(frozenset(self.selected_ids))

    def menu(self) -> QMenu:
        """What can be done with the rows, as in every table, and with the units they are."""
        made = row_menu(self)
        keys = self.selected_ids
        if self.fill_units is not None and keys:
            self.fill_units(made, keys)
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()


def _drift(row: Any) -> str:
    return "" if row.drift is None else formats.signed(row.drift, lang(), 1)


def _is_group(row: Any) -> bool:
    return bool(row.kind == UnitKind.GROUP)


def _headcount(row: Any) -> str:
    """Of groups only: a person is one."""
    return formats.number(row.headcount, lang()) if _is_group(row) else ""


def _kind(row: Any) -> str:
    return tr(KINDS[row.kind])


def _position(row: Any) -> str:
    if row.zone is None:
        return "–"
    return f"{SIGNS[row.trio]} {row.synergy}/{row.antagonism} {tr(ZONES[row.zone])}"


def _energy(row: Any) -> int | None:
    """Sorted by S−A, then by synergy."""
    return None if row.synergy is None else (row.synergy - row.antagonism) * 10 + row.synergy


def _target(row: Any) -> str:
    if row.target_synergy is None:
        return ""
    cell = f"{row.target_synergy}/{row.target_antagonism}"
    if row.target_date is None:
        return cell
    return tr("{cell} by {day}", cell=cell, day=day_text(row.target_date))
