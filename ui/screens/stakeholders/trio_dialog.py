"""The simple way to rate: locomotive, hesitant or opponent, for one or several units.

It writes the provisional cell of each (DOMAIN.md 1.8), marked "to refine". A unit without a fact
of its own takes the common one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import ntr, show, tr
from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.acts import trio_acts
from crm_pilot.stakeholders.commands import Rate, RateAll
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import Trio
from crm_pilot.stakeholders.zones import PROVISIONAL_CELLS
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.stakeholders.rating_dialog import save_by_keys, starts_on
from ui.screens.stakeholders.rating_fact import FactBox, warning_text
from ui.screens.stakeholders.rating_levels import TrioChoice
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.scroll import Scroll
from ui.widgets.text import ElidedLabel, label, rule, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

ROWS_SEEN = 6  # of several units, before they scroll
ROW_HEIGHT = 36
FIELD_EDGES = 28  # of a field, around its text


class _Row:
    """One of several units: its name, which of the three, a fact of its own."""

    def __init__(self, unit: UnitRow, name: str) -> None:
        self.unit = unit
        self.name = ElidedLabel()
        self.name.set_whole(name)
        self.trio = TrioChoice(small=True, of=name)
        self.fact = LineEdit()
        hint = tr("the common fact")
        self.fact.setPlaceholderText(hint)
        self.fact.setMinimumWidth(self.fact.fontMetrics().horizontalAdvance(hint) + FIELD_EDGES)
        self.fact.setAccessibleName(tr("Observed fact of {unit}", unit=name))


class TrioDialog(Dialog):
    """Rates the units itself, as one step; `rated(command)` afterwards, for who wants to know.

    Units for which nothing is picked are left as they are.
    """

    rated = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        units: Sequence[UnitRow],
        *,
        bridge: Bridge,
        names: bool = False,
    ) -> None:
        super().__init__(parent)
        self.bridge, self.units = bridge, tuple(units)
        self._starts_on = starts_on(bridge)
        set_ink(self.detail, "muted")
        shown = [unit.shown(names=names) for unit in self.units]
        several = len(self.units) > 1
        self.say(
            ntr("Place {n} unit", "Place {n} units", len(shown))
            if several
            else tr("Place {unit}", unit=shown[0]),
            tr("A first guess in one step, kept as “to refine”. Keys: L, H, O."),
        )
        self.setMinimumWidth(760 if several else 640)
        self.rows = tuple(_Row(*pair) for pair in zip(self.units, shown, strict=True))
        self.choice = TrioChoice(small=several, of=tr("All of them") if several else "")
        self.choice.picked.connect(self._picked_all)
        common = tr("Observed fact, for those without one of their own")
        self.fact = FactBox(common if several else tr("Observed fact"))
        self._build(several)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save"), primary=True, closes=False)
        save_by_keys(self, self.save)
        self.chosen.connect(self._chosen)
        self._check()
        (self.rows[0].trio if several else self.choice).take_focus()

    def sizeHint(self) -> QSize:
        return QSize(820 if len(self.units) > 1 else 660, super().sizeHint().height())

    # building --------------------------------------------------------------------------------

    def _build(self, several: bool) -> None:
        if several:
            self._build_rows()
        else:
            self.body.addWidget(self.choice)
            self.choice.went_on.connect(lambda: self.fact.area.setFocus())
        self.body.addWidget(rule())
        self.fact.edited.connect(self._check)
        self.body.addWidget(self.fact)
        self.warning = label(theme.CAPTION, ink="alert", wrap=True)
        self.warning.hide()
        self.body.addWidget(self.warning)
        self.body.addLayout(self._dated())

    def _build_rows(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        every = label(bold=True)
        every.setText(tr("All of them"))
        grid.addWidget(every, 0, 0)
        grid.addWidget(self.choice, 0, 1)
        for place, row in enumerate(self.rows, 1):
            for column, widget in enumerate((row.name, row.trio, row.fact)):
                grid.addWidget(widget, place, column)
            row.trio.picked.connect(self._check)
            row.trio.went_on.connect(lambda place=place: self._go_on(place))
            row.fact.textChanged.connect(self._check)
        grid.setRowStretch(len(self.rows) + 1, 1)
        area = Scroll(inner)
        area.setMinimumHeight(ROW_HEIGHT * (min(len(self.rows), ROWS_SEEN) + 1))
        self.body.addWidget(area, 1)

    def _dated(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.day = LineEdit(formats.day(self.bridge.today, lang(), year=True))
        self.day.setFixedWidth(128)
        self.day.setAccessibleName(tr("Observed on"))
        self.day.textChanged.connect(self._check)
        self.author = LineEdit(self.bridge.settings.person)
        self.author.setFixedWidth(150)
        self.author.setAccessibleName(tr("Rated by"))
        self.author.setPlaceholderText(tr("your name"))
        for widget in (QLabel(tr("Observed on")), self.day, QLabel(tr("by")), self.author):
            line.addWidget(widget)
        line.addStretch(1)
        self.count = label(ink="muted")
        line.addWidget(self.count)
        return line

    # answers ---------------------------------------------------------------------------------

    def _go_on(self, place: int) -> None:
        """A key placed one unit: the next one has the keyboard, after the last the fact."""
        if place < len(self.rows):
            self.rows[place].trio.take_focus()
        else:
            self.fact.area.setFocus()

    def _picked_all(self, trio: Trio) -> None:
        for row in self.rows:
            row.trio.pick(trio)
        self._check()

    def _placed(self) -> list[tuple[_Row, Trio, str]]:
        """Rows for which something is picked, with the fact that holds for them."""
        common = self.fact.text
        return [
            (row, row.trio.trio, row.fact.text().strip() or common)
            for row in self.rows
            if row.trio.trio is not None
        ]

    def _check(self) -> None:
        placed = self._placed()
        picked = dict.fromkeys(trio for _, trio, _ in placed)
        self.fact.offer(
            tuple(dict.fromkeys(act for trio in picked for act in trio_acts(trio))),
        )
        said = warning_text(" ".join(row.fact.text() for row in self.rows))
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        if len(self.rows) > 1:
            self.count.setText(tr("{n} of {total} placed", n=len(placed), total=len(self.rows)))
        warned = bool(said) or self.fact.warned
        self.save.setText(tr("Save all the same") if warned else tr("Save"))
        set_reason(self.save, self._missing(placed))

    def _missing(self, placed: list[tuple[_Row, Trio, str]]) -> str:
        if not placed:
            return tr("Pick locomotive, hesitant or opponent.")
        if not all(fact for _, _, fact in placed):
            return tr("Write the observed fact.")
        try:
            self._rated_on()
        except UserError as error:
            self.day.mark_wrong(show(error.message))
            return show(error.message)
        self.day.mark_wrong("")
        return ""

    def _rated_on(self) -> dt.date:
        today = self.bridge.today
        day = parse_day(self.day.text(), today) or today
        rules.check_day(day, today, self._starts_on)
        return day

    def command(self) -> RateAll:
        """The ratings, when nothing is missing."""
        day, author, today = self._rated_on(), self.author.text().strip(), self.bridge.today
        return RateAll(
            tuple(
                Rate(
                    row.unit.id,
                    day,
                    *PROVISIONAL_CELLS[trio],
                    fact,
                    author,
                    True,
                    row.unit.shown(names=False),
                    today,
                )
                for row, trio, fact in self._placed()
            )
        )

    def _chosen(self, key: str) -> None:
        if key != "save" or self._missing(self._placed()):
            return
        command = self.command()
        self.accept()
        self.bridge.execute(command)
        self.rated.emit(command)
