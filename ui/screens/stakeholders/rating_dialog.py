"""Rating a unit: synergy first, then antagonism, the zone shown last, and the observed fact."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.stakeholders.commands import Rate
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, ZONES
from crm_pilot.stakeholders.wording import CATEGORIES, delicate
from crm_pilot.stakeholders.zones import (
    ANTAGONISM_ANCHORS,
    LEVELS,
    SYNERGY_ANCHORS,
    Grid,
    trio,
)
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.stakeholders.scene import Cell
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit, TextArea
from ui.widgets.marks import MarkIcon
from ui.widgets.text import label, rule, set_ink

IN_THE_FUTURE = N_("A rating cannot lie in the future. Type today or an earlier day.")


class Levels(QWidget):
    """Four levels of one axis with their anchors; `picked(level)`."""

    picked = Signal(int)

    def __init__(
        self, title: str, caption: str, names: dict[int, str], anchors: dict[int, str]
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        head, below = label(bold=True), label(theme.CAPTION, ink="muted")
        head.setText(title)
        below.setText(caption)
        grid.addWidget(head, 0, 0, 1, 2)
        grid.addWidget(below, 1, 0, 1, 2)
        grid.setRowMinimumHeight(2, 6)
        self._group = QButtonGroup(self)
        for level in LEVELS:
            row = 3 + 2 * (4 - level)
            button = QRadioButton(f"{level}  {tr(names[level])}")
            button.setAccessibleDescription(tr(anchors[level]))
            button.setFont(theme.font(bold=True))
            anchor = label(theme.CAPTION, ink="muted", wrap=True)
            anchor.setText(tr(anchors[level]))
            anchor.setContentsMargins(24, 0, 0, 8)
            anchor.setMinimumHeight(42)
            anchor.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._group.addButton(button, level)
            grid.addWidget(button, row, 0, 1, 2)
            grid.addWidget(anchor, row + 1, 0, 1, 2)
        self._group.idClicked.connect(self.picked)

    @property
    def level(self) -> int | None:
        """The level picked."""
        level = self._group.checkedId()
        return None if level < 0 else level

    def pick(self, level: int) -> None:
        """Pick a level as a click does."""
        self._group.button(level).setChecked(True)
        self.picked.emit(level)

    def take_focus(self) -> None:
        """Put the keyboard on the picked level, or on the lowest."""
        self._group.button(self.level or 1).setFocus()


class RatingDialog(Dialog):
    """`rated(command)` when saved. `cell`: levels known from a drop; otherwise none is set."""

    rated = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        unit: UnitRow,
        grid: Grid,
        *,
        today: dt.date,
        day: dt.date,
        author: str,
        names: bool,
        cell: Cell | None = None,
    ) -> None:
        super().__init__(parent)
        self._unit, self._grid, self._today, self._author = unit, grid, today, author
        self._shown = unit.shown(names=names)
        self.say(tr("Rate {unit}", unit=self._shown), self._before())
        set_ink(self.detail, "muted")
        self.setMinimumWidth(720)
        self._build(day)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save"), primary=True, closes=False)
        self.chosen.connect(self._chosen)
        if cell is not None:
            self.synergy.pick(cell[0])
            self.antagonism.pick(cell[1])
            self.fact.setFocus()
        else:
            self.synergy.take_focus()
        self._check()

    def sizeHint(self) -> QSize:
        return QSize(760, super().sizeHint().height())

    def _before(self) -> str:
        if not self._unit.rated:
            return tr("First rating. Rate what was observed, not what is supposed.")
        synergy, antagonism = self._unit.position
        return tr(
            "Until now: synergy {synergy}, antagonism {antagonism}, since {day}.",
            synergy=synergy,
            antagonism=antagonism,
            day=self._unit.rated_on,
        )

    def _build(self, day: dt.date) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(32)
        self.synergy = Levels(
            tr("1. Synergy"), tr("energy spent for the project"), SYNERGY, SYNERGY_ANCHORS
        )
        self.antagonism = Levels(
            tr("2. Antagonism"),
            tr("energy spent against it, rated separately"),
            ANTAGONISM,
            ANTAGONISM_ANCHORS,
        )
        set_reason(self.antagonism, tr("Rate the synergy first."))
        self.synergy.picked.connect(lambda _: self._synergy_picked())
        self.antagonism.picked.connect(lambda _: self._check())
        columns.addWidget(self.synergy, 1)
        columns.addWidget(self.antagonism, 1)
        self.body.addLayout(columns)
        self.body.addWidget(rule())
        self._build_fact()
        self._build_date(day)

    def _build_fact(self) -> None:
        head = label(bold=True)
        head.setText(tr("3. Observed fact"))
        self.fact = TextArea()
        self.fact.setFixedHeight(64)
        self.fact.setAccessibleName(tr("Observed fact"))
        self.fact.setPlaceholderText(
            tr("In the regional meeting, 31 of 46 asked to keep their rounds in Excel.")
        )
        self.fact.textChanged.connect(self._check)
        hint = label(theme.CAPTION, ink="muted", wrap=True)
        hint.setText(
            tr(
                "What was said or done, where, by how many. No opinion, no guess, nothing private:"
                " whoever it is about may ask to read it."
            )
        )
        self.warning = label(theme.CAPTION, ink="alert", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(4)
        for widget in (head, self.fact, hint, self.warning):
            column.addWidget(widget)
        self.body.addLayout(column)

    def _build_date(self, day: dt.date) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        word = QLabel(tr("Observed on"))
        self.day = LineEdit(formats.day(day, lang(), year=True))
        self.day.setFixedWidth(128)
        self.day.setAccessibleName(tr("Observed on"))
        self.day.textChanged.connect(lambda _: self._check())
        self.provisional = QCheckBox(tr("To refine"))
        self.provisional.setToolTip(tr("The position is a first guess: its mark is drawn pale."))
        self.mark = _ZoneMark()
        self.zone = label(bold=True)
        for widget in (word, self.day, self.provisional):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.mark)
        row.addWidget(self.zone)
        self.body.addLayout(row)

    # answers ---------------------------------------------------------------------------------

    def _synergy_picked(self) -> None:
        set_reason(self.antagonism, "")
        self._check()

    def _check(self) -> None:
        """Show the zone, the warning, and why Save is grey."""
        self._show_zone()
        found = delicate(self.fact.toPlainText())
        self.warning.setText(
            tr(
                "Delicate words: {words}. Would you show this sentence to them?",
                words=", ".join(
                    tr("“{word}” ({category})", word=f.word, category=tr(CATEGORIES[f.category]))
                    for f in found
                ),
            )
            if found
            else ""
        )
        self.warning.setVisible(bool(found))
        self.save.setText(tr("Save all the same") if found else tr("Save"))
        reason = self._missing()
        set_reason(self.save, reason)

    def _show_zone(self) -> None:
        synergy, antagonism = self.synergy.level, self.antagonism.level
        known = synergy is not None and antagonism is not None
        self.mark.setVisible(known)
        if synergy is None or antagonism is None:
            self.zone.setText("")
            return
        zone = self._grid.zone(synergy, antagonism)
        self.mark.show_trio(trio(zone).value)
        self.zone.setText(tr("Zone: {zone}", zone=tr(ZONES[zone])))

    def _missing(self) -> str:
        if self.synergy.level is None:
            return tr("Pick the synergy first.")
        if self.antagonism.level is None:
            return tr("Pick the antagonism.")
        if not self.fact.toPlainText().strip():
            return tr("Write the observed fact.")
        try:
            self._day()
        except UserError as error:
            self.day.mark_wrong(show(error.message))
            return show(error.message)
        self.day.mark_wrong("")
        return ""

    def _day(self) -> dt.date:
        day = parse_day(self.day.text(), self._today) or self._today
        if day > self._today:
            raise UserError(IN_THE_FUTURE)
        return day

    def _chosen(self, key: str) -> None:
        if key != "save" or self._missing():
            return
        assert self.synergy.level is not None
        assert self.antagonism.level is not None
        command = Rate(
            self._unit.id,
            self._day(),
            self.synergy.level,
            self.antagonism.level,
            self.fact.toPlainText(),
            self._author,
            self.provisional.isChecked(),
            self._unit.shown(names=False),
        )
        self.accept()
        self.rated.emit(command)


class _ZoneMark(QWidget):
    """The mark of the zone just reached."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._icon: MarkIcon | None = None

    def show_trio(self, trio: str) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._row.removeWidget(self._icon)
            self._icon.deleteLater()
        self._icon = MarkIcon(trio)
        self._row.addWidget(self._icon)
