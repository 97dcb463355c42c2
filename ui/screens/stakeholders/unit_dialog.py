"""Adding a group or a person to the map, and setting where a unit should be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.people.queries import departments, persons
from crm_pilot.project import Reader
from crm_pilot.stakeholders.commands import AddStakeholder, SetTarget
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, UnitKind
from crm_pilot.stakeholders.zones import LEVELS
from crm_pilot.typed import parse_day, parse_whole
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.stakeholders.scene import Cell
from ui.widgets.fields import LineEdit
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

INFLUENCE = {1: N_("little"), 2: N_("some"), 3: N_("strong")}


def fields() -> QFormLayout:
    """A form of labelled fields, one below the other."""
    made = QFormLayout()
    made.setHorizontalSpacing(16)
    made.setVerticalSpacing(10)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


class UnitDialog(Dialog):
    """Asks for a new group or person of `kind`, or edits `unit`.

    `added(command)` for a new one, which the caller carries out; an edit is carried out here, as
    one step.
    """

    added = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        kind: UnitKind = UnitKind.GROUP,
        unit: UnitRow | None = None,
    ) -> None:
        reader = bridge.reader
        person = kind == UnitKind.PERSON
        detail = (
            tr(
                "Rate groups rather than persons. A person is shown by a code and needs a reason"
                " to be here."
            )
            if person
            else tr("People who share work and interests: a sales region, a back office.")
        )
        super().__init__(parent, tr("Add a person") if person else tr("Add a group"), detail)
        set_ink(self.detail, "muted")
        self._kind = kind
        self._persons = {row.name: row for row in persons(reader)} if person else {}
        self._build(reader)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("save", tr("Add"), primary=True, closes=False)
        self.chosen.connect(self._chosen)
        self.name.setFocus()

    def _build(self, reader: Reader) -> None:
        form = fields()
        self.name = LineEdit()
        self.name.setAccessibleName(tr("Name"))
        if self._persons:
            completer = QCompleter(list(self._persons), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.name.setCompleter(completer)
            self.name.textChanged.connect(self._person_known)
        self.department = QComboBox()
        self.department.setAccessibleName(tr("Department"))
        self.department.addItem("–", None)
        for row in departments(reader):
            self.department.addItem(row.name, row.id)
        self.headcount = LineEdit()
        self.headcount.setAccessibleName(tr("Headcount"))
        self.headcount.setFixedWidth(80)
        self.influence = QComboBox()
        self.influence.setAccessibleName(tr("Influence"))
        for value, word in INFLUENCE.items():
            self.influence.addItem(tr(word), value)
        self.influence.setCurrentIndex(1)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Department"), self.department)
        if self._kind == UnitKind.GROUP:
            form.addRow(tr("Headcount"), self.headcount)
        form.addRow(tr("Influence"), self.influence)
        self.body.addLayout(form)

    def _person_known(self, text: str) -> None:
        row = self._persons.get(text)
        if row is not None:
            self.department.setCurrentIndex(max(0, self.department.findData(row.department_id)))

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        name = self.name.text().strip()
        try:
            if not name:
                raise UserError(N_("Write a name."))
            headcount = parse_whole(self.headcount.text(), 1, None)
            if self._kind == UnitKind.GROUP and headcount is None:
                raise UserError(N_("Write how many people the group has."))
        except UserError as error:
            self.complaint.setText(show(error.message))
            self.complaint.show()
            return
        known = self._persons.get(name)
        self.accept()
        self.added.emit(
            AddStakeholder(
                self._kind,
                name,
                headcount=headcount or 1,
                influence=self.influence.currentData(),
                department_id=self.department.currentData(),
                person_id=known.id if known else None,
            )
        )


class TargetDialog(Dialog):
    """Asks where a unit should be and by when; `decided(command)` when saved or cleared."""

    decided = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        unit: UnitRow,
        *,
        today: dt.date,
        names: bool,
        cell: Cell | None = None,
    ) -> None:
        super().__init__(
            parent,
            tr("Target of {unit}", unit=unit.shown(names=names)),
            tr("One level at a time is realistic: first (3,2), then further with the person."),
        )
        set_ink(self.detail, "muted")
        self._unit, self._today = unit, today
        start = cell or (unit.target_synergy or 3, unit.target_antagonism or 2)
        form = fields()
        self.synergy = _levels(tr("Synergy"), SYNERGY, start[0])
        self.antagonism = _levels(tr("Antagonism"), ANTAGONISM, start[1])
        by = unit.target_date
        self.by = LineEdit(formats.day(by, lang(), year=True) if by else "")
        self.by.setAccessibleName(tr("By when"))
        self.by.setPlaceholderText(tr("for example 8 January or +6w"))
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        form.addRow(tr("Synergy"), self.synergy)
        form.addRow(tr("Antagonism"), self.antagonism)
        form.addRow(tr("By when"), self.by)
        self.body.addLayout(form)
        self.body.addWidget(self.complaint)
        if unit.target_synergy is not None:
            self.add_button("clear", tr("Clear the target"), left=True)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("save", tr("Set the target"), primary=True, closes=False)
        self.chosen.connect(self._chosen)
        self.by.setFocus()

    def _chosen(self, key: str) -> None:
        shown = self._unit.shown(names=False)
        if key == "clear":
            self.decided.emit(SetTarget(self._unit.id, None, None, None, shown))
        if key != "save":
            return
        try:
            by = parse_day(self.by.text(), self._today)
        except UserError as error:
            self.complaint.setText(show(error.message))
            self.complaint.show()
            return
        self.accept()
        self.decided.emit(
            SetTarget(
                self._unit.id,
                self.synergy.currentData(),
                self.antagonism.currentData(),
                by,
                shown,
            )
        )


def _levels(name: str, words: dict[int, str], level: int) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value in LEVELS:
        box.addItem(f"{value}  {tr(words[value])}", value)
    box.setCurrentIndex(level - 1)
    return box
