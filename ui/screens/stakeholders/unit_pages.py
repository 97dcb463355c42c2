"""Parts of the dialog of a unit: who it is, and when and how it comes on stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.folding import folded
from crm_pilot.i18n import N_, tr
from crm_pilot.people.queries import departments, persons, profiles
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import ZONES, UnitKind, Zone
from crm_pilot.stakeholders.zones import CASE_BY_CASE, entry_rank
from crm_pilot.typed import parse_day, parse_whole
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.rating_fact import warning_text
from ui.widgets.asked import Asked, Chosen
from ui.widgets.buttons import segmented, set_reason
from ui.widgets.fields import TextArea
from ui.widgets.picker import Picker
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge

INFLUENCE = {1: N_("little"), 2: N_("some"), 3: N_("strong")}
NOTE_HEIGHT = 56
HIDDEN = N_("Names are hidden. Show names on the map to change this one.")


def titled(title: str, widget: QWidget) -> QWidget:
    """A widget under its name."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    named = label(theme.CAPTION, ink="muted")
    named.setText(title)
    named.setBuddy(widget)
    widget.setAccessibleName(title)
    column.addWidget(named)
    column.addWidget(widget)
    column.addStretch(1)
    return made


class Delicate(QWidget):
    """Several lines that are watched for delicate words."""

    edited = Signal()

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self.area = TextArea()
        self.area.setFixedHeight(NOTE_HEIGHT)
        self.area.setPlaceholderText(hint)
        self.warning = label(theme.CAPTION, ink="alert", wrap=True)
        self.warning.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(titled(title, self.area))
        column.addWidget(self.warning)
        self.area.textChanged.connect(self._changed)

    @property
    def text(self) -> str:
        """What is written."""
        return self.area.toPlainText().strip()

    def _changed(self) -> None:
        said = warning_text(self.area.toPlainText())
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        self.edited.emit()


class AboutPage(QWidget):
    """Who it is. `missing` and `refused` say what is in the way of saving."""

    edited = Signal()
    turned = Signal()  # a group became a person, or a person a group

    def __init__(
        self,
        bridge: Bridge,
        units: Sequence[UnitRow],
        unit: UnitRow | None,
        kind: UnitKind,
        *,
        names: bool,
    ) -> None:
        super().__init__()
        self._bridge, self._units, self._unit = bridge, units, unit
        self._people = {row.id: row for row in persons(bridge.reader)}
        self._hidden = unit is not None and unit.kind == UnitKind.PERSON and not names
        self._kind = segmented([one.value for one in UnitKind])
        self._kind.set_texts((tr("Group"), tr("Person")))
        self._kind.setAccessibleName(tr("Kind"))
        self._kind.set_value(kind.value)
        self._make()
        self._lay_out()
        if unit is not None:
            self._fill(unit)
        self._connect()
        self._turn()

    @property
    def kind(self) -> UnitKind:
        """Group or person."""
        return UnitKind(self._kind.value)

    @property
    def shown(self) -> str:
        """What the unit is called here."""
        return "" if self._unit is None else self._unit.shown(names=not self._hidden)

    # building --------------------------------------------------------------------------------

    def _make(self) -> None:
        reader = self._bridge.reader
        people = [(row.id, row.name) for row in self._people.values()]
        self.person = Picker(people, tr("Type a name"))
        self.name = Asked(tr("Name"), str.strip)
        self.department = Chosen(
            tr("Department"), {row.id: row.name for row in departments(reader)}, "–"
        )
        self.profile = Chosen(
            tr("CRM profile"), {row.id: row.name for row in profiles(reader)}, "–"
        )
        self.headcount = Asked(tr("Headcount"), lambda text: parse_whole(text, 1, None))
        influence = {value: tr(word) for value, word in INFLUENCE.items()}
        self.influence = Chosen(tr("Influence"), influence)
        self.influence.put(2)
        self.owner = Picker(people, tr("nobody"))
        self.note = Delicate(tr("Note"), tr("Nothing private: they may ask to read it."))
        self.same = label(theme.CAPTION, ink="alert", wrap=True)
        self.same.hide()
        self.code = QLabel()
        self.code.setProperty("ink", "muted")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._picked_person = titled(tr("Person of the project"), self.person)
        owner = titled(tr("Owner of the relation"), self.owner)
        grid.addWidget(self._kind, 0, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.code, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._picked_person, 1, 0, 1, 2)
        grid.addWidget(self.name, 2, 0)
        grid.addWidget(self.department, 2, 1)
        grid.addWidget(self.same, 3, 0, 1, 2)
        grid.addWidget(self.headcount, 4, 1)
        grid.addWidget(self.influence, 4, 0)
        grid.addWidget(self.profile, 5, 0)
        grid.addWidget(owner, 5, 1)
        grid.addWidget(self.note, 6, 0, 1, 2)
        grid.setRowStretch(7, 1)

    def _fill(self, unit: UnitRow) -> None:
        self.name.put(unit.name, self.shown)
        self.department.put(unit.department_id)
        self.profile.put(unit.profile_id)
        self.headcount.put(unit.headcount, str(unit.headcount))
        self.influence.put(unit.influence)
        self.owner.choose(unit.owner_id)
        self.note.area.setPlainText(unit.note)
        if not self._hidden:
            self.person.choose(unit.person_id)
        reason = tr(HIDDEN) if self._hidden else ""
        self.name.lock(reason)
        set_reason(self.person, reason)
        set_reason(self._kind, reason)

    def _connect(self) -> None:
        self._kind.chosen.connect(lambda _: self._turn())
        self.person.picked.connect(self._person_picked)
        self.person.field.textEdited.connect(lambda _: self._tell())
        self.owner.picked.connect(self._tell)
        self.owner.field.textEdited.connect(lambda _: self._tell())
        for one in (self.name, self.headcount, self.department, self.influence, self.profile):
            one.edited.connect(self._tell)
        self.note.edited.connect(self._tell)

    def begin(self) -> None:
        """Put the keyboard where the first answer goes."""
        person = self.kind == UnitKind.PERSON and self._people
        if self._unit is None and person:
            self.person.setFocus()
        elif not self._hidden:
            self.name.field.setFocus()
        else:
            self.department.box.setFocus()

    # answers ---------------------------------------------------------------------------------

    def _turn(self) -> None:
        person = self.kind == UnitKind.PERSON
        self._picked_person.setVisible(person and bool(self._people))
        self.headcount.setVisible(not person)
        self._show_code()
        self.turned.emit()
        self._tell()

    def _person_picked(self) -> None:
        row = self._people.get(self.person.key or 0)
        if row is not None:
            self.name.put(row.name, row.name)
            if row.department_id is not None:
                self.department.put(row.department_id)
        self._show_code()
        self._tell()

    def _show_code(self) -> None:
        row = self._people.get(self.person.key or 0)
        code = (self._unit.code if self._unit else "") or ((row and row.code) or "")
        said = tr("Code: {code}", code=code) if code else tr("A code is given on saving.")
        self.code.setText(said if self.kind == UnitKind.PERSON else "")

    def _tell(self) -> None:
        self._warn_of_same()
        self.edited.emit()

    def _warn_of_same(self) -> None:
        """Two units of one name may be meant; it is said, not refused."""
        typed = folded(self.name.field.text().strip())
        own = None if self._unit is None else self._unit.id
        twice = (
            not self._hidden
            and bool(typed)
            and any(folded(one.name) == typed for one in self._units if one.id != own)
        )
        name = self.name.field.text().strip()
        self.same.setText(tr("“{name}” is on the map already.", name=name) if twice else "")
        self.same.setVisible(twice and not self.refused)

    @property
    def person_id(self) -> int | None:
        """The person it is; None for a group, and for one who is no person of the project."""
        if self._hidden and self._unit is not None:
            return self._unit.person_id
        return self.person.key if self.kind == UnitKind.PERSON else None

    @property
    def refused(self) -> str:
        """Why this one cannot be on the map; empty when it can."""
        own = None if self._unit is None else self._unit.id
        wanted = self.person_id
        for one in self._units:
            if wanted is not None and one.person_id == wanted and one.id != own:
                return tr("This person is on the map already, as {code}.", code=one.code)
        return ""

    @property
    def wrong(self) -> str:
        """What cannot be read."""
        for picker in (self.person, self.owner):
            if picker.isVisibleTo(self) and picker.typed and picker.key is None:
                return tr("Nobody here is called “{name}”.", name=picker.typed)
        return self.headcount.wrong if self.kind == UnitKind.GROUP else ""

    @property
    def missing(self) -> str:
        """What has to be written first."""
        if not self.name.field.text().strip():
            return tr("Write a name.")
        if self.kind == UnitKind.GROUP and self.headcount.value is None:
            return tr("Write how many people the group has.")
        return ""

    def values(self) -> dict[str, Any]:
        """Columns of the unit."""
        hidden = self._hidden and self._unit is not None
        name = self._unit.name if hidden and self._unit else self.name.field.text().strip()
        return {
            "kind": self.kind,
            "name": name,
            "department_id": self.department.value,
            "profile_id": self.profile.value,
            "headcount": (self.headcount.value or 1) if self.kind == UnitKind.GROUP else 1,
            "influence": self.influence.value,
            "person_id": self.person_id,
            "owner_id": self.owner.key,
            "note": self.note.text,
        }


class StagePage(QWidget):
    """When it comes on stage, and in which role; empty is as its zone says."""

    edited = Signal()

    def __init__(self, bridge: Bridge, unit: UnitRow | None) -> None:
        super().__init__()
        self._bridge = bridge
        self.stage = Chosen(tr("Stage of entry"), _stages(), tr("that of its zone"))
        box = self.stage.box
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMinimumContentsLength(0)
        box.setMinimumWidth(box.sizeHint().width())
        self.enters = Asked(tr("Enters on"), self._day, tr("12/3, 12 March, +6w"))
        self.role = Delicate(tr("Role on stage"), _delivered_role(bridge, unit))
        told = label(theme.CAPTION, ink="muted", wrap=True)
        told.setText(
            tr(
                "Allies first, so that there is something to show. Opponents are heard, never"
                " first."
            )
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.stage, 0, 0)
        grid.addWidget(self.enters, 0, 1)
        grid.addWidget(self.role, 1, 0, 1, 2)
        grid.addWidget(told, 2, 0, 1, 2)
        grid.setRowStretch(3, 1)
        if unit is not None:
            self.stage.put(unit.stage)
            day = unit.enters_on
            self.enters.put(day, formats.day(day, lang(), year=True) if day else "")
            self.role.area.setPlainText(unit.role)
        for one in (self.stage, self.enters, self.role):
            one.edited.connect(self.edited)

    def _day(self, text: str) -> Any:
        return parse_day(text, self._bridge.today)

    @property
    def wrong(self) -> str:
        """What cannot be read."""
        return self.enters.wrong

    def values(self) -> dict[str, Any]:
        """Columns of the unit."""
        return {
            "stage": self.stage.value,
            "enters_on": self.enters.value,
            "role": self.role.text,
        }


def _stages() -> dict[int, str]:
    """1 to 7 with the zone whose turn it is (DOMAIN.md 1.5)."""
    zones = {entry_rank(zone): tr(ZONES[zone]) for zone in Zone}
    zones[CASE_BY_CASE] = tr("Case by case")
    return {rank: f"{rank} · {zones[rank]}" for rank in sorted(zones)}


def _delivered_role(bridge: Bridge, unit: UnitRow | None) -> str:
    if unit is None or unit.zone is None:
        return tr("What it is asked to do there")
    return queries.advice(bridge.reader)[unit.zone].role(lang())
