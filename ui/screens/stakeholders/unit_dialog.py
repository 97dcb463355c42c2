"""What is known of a unit of the map, new or edited, and where a unit should be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QStackedWidget, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import show, tr
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder, SetTarget, SetUnit, TieEnd, check_target
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.rules import Position
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, UnitKind
from crm_pilot.stakeholders.ties import ties
from crm_pilot.stakeholders.zones import LEVELS
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.stakeholders.rating_dialog import save_by_keys
from ui.screens.stakeholders.unit_pages import INFLUENCE, AboutPage, StagePage
from ui.screens.stakeholders.unit_ties import TiesPage
from ui.widgets.buttons import segmented, set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

__all__ = ["INFLUENCE", "TargetDialog", "UnitDialog", "fields"]
PAGES = ("about", "stage", "ties")


class UnitDialog(Dialog):
    """Asks for a new group or person of `kind`, or edits `unit`.

    `added(command)` for a new one, which the caller carries out; an edit is carried out here, as
    one step. While `names` is False a person who has a position is shown by code.
    """

    added = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        kind: UnitKind = UnitKind.GROUP,
        unit: UnitRow | None = None,
        *,
        names: bool = False,
    ) -> None:
        super().__init__(parent)
        self.bridge, self.unit = bridge, unit
        kind = kind if unit is None else unit.kind
        units = queries.units(bridge.reader, bridge.today)
        set_ink(self.detail, "muted")
        self.pages = segmented(PAGES)
        self.pages.set_texts((tr("About it"), tr("On stage"), tr("Ties")))
        self.pages.setAccessibleName(tr("Page"))
        self.pages.chosen.connect(self.turn)
        self.about = AboutPage(bridge, units, unit, kind, names=names)
        self.stage = StagePage(bridge, unit)
        self.ties = TiesPage(units, unit, names=names)
        self._known = _ends(bridge, unit)
        self.ties.put(self._known)
        self._before = self._values()
        self._build()
        self._say()
        self._check()
        self.about.begin()

    def sizeHint(self) -> QSize:
        return QSize(620, super().sizeHint().height())

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for page in (self.about, self.stage, self.ties):
            self.stack.addWidget(page)
            page.edited.connect(self._check)
        self.about.turned.connect(self._say)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.pages, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        words = tr("Add") if self.unit is None else tr("Save")
        self.save = self.add_button("save", words, primary=True, closes=False)
        save_by_keys(self, self.save)
        self.chosen.connect(self._chosen)
        self.name, self.headcount = self.about.name.field, self.about.headcount.field
        self.department, self.influence = self.about.department.box, self.about.influence.box

    def _say(self) -> None:
        person = self.about.kind == UnitKind.PERSON
        if self.unit is not None:
            self.say(self.about.shown, tr("Changes here are one step to undo."))
        elif person:
            self.say(
                tr("Add a person"),
                tr(
                    "Rate groups rather than persons. A person is shown by a code and needs a"
                    " reason to be here."
                ),
            )
        else:
            self.say(
                tr("Add a group"),
                tr("People who share work and interests: a sales region, a back office."),
            )

    def turn(self, page: str) -> None:
        """Show a part: `about`, `stage` or `ties`."""
        self.pages.set_value(page)
        self.stack.setCurrentIndex(PAGES.index(page))

    # answers ---------------------------------------------------------------------------------

    def _values(self) -> dict[str, Any]:
        return {**self.about.values(), **self.stage.values()}

    def _wrong(self) -> str:
        return self.about.wrong or self.stage.wrong or self.ties.list.wrong

    def _check(self) -> None:
        wrong = self._wrong()
        if not self.complaint.isHidden():
            self.complaint.setVisible(bool(wrong))
        missing = self.about.refused
        set_reason(self.save, missing)
        self.complaint.setText(missing or wrong)
        if missing:
            self.complaint.show()

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        wrong = self.about.refused or self._wrong() or self.about.missing
        if wrong:
            self.complaint.setText(wrong)
            self.complaint.show()
            return
        if self.unit is None:
            command = AddStakeholder(**self._values(), ties=self.ties.ends)
            self.accept()
            self.added.emit(command)
        else:
            self._change(self.unit)

    def _change(self, unit: UnitRow) -> None:
        values = self._values()
        changed = {name: value for name, value in values.items() if value != self._before[name]}
        ends = self.ties.ends
        tied = ends if set(ends) != set(self._known) else None
        self.accept()
        if changed or tied is not None:
            self.bridge.execute(SetUnit(unit.id, changed, tied, unit.shown(names=False)))


def _ends(bridge: Bridge, unit: UnitRow | None) -> tuple[TieEnd, ...]:
    """The ties of a unit as seen from it."""
    if unit is None:
        return ()
    return tuple(
        TieEnd(kind, end if start == unit.id else start, start == unit.id)
        for start, end, kind in ties(bridge.reader)
        if unit.id in (start, end)
    )


def fields() -> QFormLayout:
    """A form of labelled fields, one below the other."""
    made = QFormLayout()
    made.setHorizontalSpacing(16)
    made.setVerticalSpacing(10)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


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
        cell: Position | None = None,
        several: bool = False,
    ) -> None:
        super().__init__(parent)
        set_ink(self.detail, "muted")
        self.say(
            tr("Target of {unit}", unit=unit.shown(names=names)),
            tr("One level at a time is realistic: first 3/2, then further with them."),
        )
        self._several = several
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
        save = self.add_button("save", tr("Set the target"), primary=True, closes=False)
        save_by_keys(self, save)
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
            self._check(by)
        except UserError as error:
            self.complaint.setText(show(error.message))
            self.complaint.show()
            return
        self.accept()
        self.decided.emit(SetTarget(self._unit.id, *self._cell, by, shown, self._today))

    @property
    def _cell(self) -> Position:
        return self.synergy.currentData(), self.antagonism.currentData()

    def _check(self, by: dt.date | None) -> None:
        """Raises `UserError` for a target that is not ahead. Of several units each is asked when
        the command is carried out."""
        here = self._unit.position if self._unit.rated and not self._several else None
        check_target(self._cell, here, by, self._today)


def _levels(name: str, words: dict[int, str], level: int) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value in LEVELS:
        box.addItem(f"{value}  {tr(words[value])}", value)
    box.setCurrentIndex(level - 1)
    return box
