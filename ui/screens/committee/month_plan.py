"""The dialog that plans the reference of a line month by month, or evenly between two days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from crm_pilot.governance.budget import BudgetLineRow, plans
from crm_pilot.governance.budget_commands import SetBudgetPlan
from crm_pilot.governance.earned_value import last_day, month_of, planned
from crm_pilot.i18n import tr
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.committee.amounts import Amount, chain
from ui.screens.committee.money import parse_thousands, typed_thousands
from ui.widgets.buttons import Guard, set_reason
from ui.widgets.scroll import Scroll
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge

LEAST, MOST = 12, 60  # months offered
COLUMNS = 3
WIDE, HIGH = 580, 380  # of the dialog; of the months, before they scroll


class MonthPlanDialog(Dialog):
    """A field a month; the total is told beside the reference."""

    def __init__(self, bridge: Bridge, line: BudgetLineRow, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            tr("Plan by month: {line}", line=line.name),
            tr("What the reference plans to spend in each month, in thousands of euros."),
        )
        self.setMinimumWidth(WIDE)
        self.bridge, self.line = bridge, line
        self.known = plans(bridge.reader).get(line.id, {})
        self.fields: dict[int, Amount] = {}
        grid = self._grid()
        area = Scroll(grid)
        area.setMinimumHeight(min(grid.sizeHint().height() + 4, HIGH))
        self.body.addWidget(area, 1)
        self.total = label(bold=True, wrap=True)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.body.addWidget(self.total)
        self.body.addWidget(self.complaint)
        self.even = self.add_button("even", tr("Spread evenly"), closes=False, left=True)
        self.add_button("cancel", tr("Cancel"))
        self.keep = self.add_button("keep", tr("Keep the plan"), primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.even)
        self.guard.add(self.keep, why=self._wrong)
        self.chosen.connect(self._chosen)
        self._tell()
        first = next(iter(self.fields.values()))
        first.setFocus()
        first.selectAll()

    def _months(self) -> list[int]:
        """From the first planned month, or the first of the line, a year at least."""
        line, today = self.line, self.bridge.today
        first = min(self.known, default=month_of(line.starts_on or today))
        last = max(self.known, default=month_of(line.ends_on or today))
        months = [first]
        while len(months) < LEAST or (months[-1] < last and len(months) < MOST):
            months.append(month_of(last_day(months[-1]) + dt.timedelta(days=1)))
        return months

    def _grid(self) -> QWidget:
        made = QWidget()
        made.setProperty("role", "page")
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(12)
        months = self._months()
        rows = -(-len(months) // COLUMNS)
        for place, month in enumerate(months):
            name = formats.month(last_day(month), lang(), year=True)
            caption, field = label(theme.CAPTION, ink="muted"), self._field(month, name)
            caption.setText(name)
            caption.setBuddy(field)
            column, row = divmod(place, rows)
            grid.addWidget(caption, row, column * 2)
            grid.addWidget(field, row, column * 2 + 1)
        chain([list(self.fields.values())])
        return made

    def _field(self, month: int, name: str) -> Amount:
        field = Amount(name, lambda text: parse_thousands(text, lang()))
        field.setFixedWidth(84)
        cents = self.known.get(month, self._evenly(month) if not self.known else 0)
        field.put(cents, typed_thousands(cents) if cents else "")
        field.edited.connect(self._tell)
        self.fields[month] = field
        return field

    def _evenly(self, month: int) -> int:
        """What the even spread plans in a month, in whole hundreds of euros."""
        line, end = self.line, last_day(month)
        before = end.replace(day=1) - dt.timedelta(days=1)
        spread = [
            planned(line.baseline_cents, line.starts_on, line.ends_on, {}, day) or 0.0
            for day in (before, end)
        ]
        return (round(spread[1] / 10_000) - round(spread[0] / 10_000)) * 10_000

    def _tell(self) -> None:
        total = sum(field.value for field in self.fields.values())
        text = tr(
            "Planned {total} of {reference}",
            total=typed_thousands(total),
            reference=typed_thousands(self.line.baseline_cents),
        )
        gap = total - self.line.baseline_cents
        if gap:
            told = formats.signed(gap / 100_000, lang(), 0 if gap % 100_000 == 0 else 1)
            text = tr("{planned}: {gap} to the reference", planned=text, gap=told)
        self.total.setText(text)
        wrong = self._wrong()
        self.complaint.setText(wrong)
        self.complaint.setVisible(bool(wrong))
        set_reason(self.keep, self.bridge.why_not_edit() or wrong)

    def _wrong(self) -> str:
        return next((field.wrong for field in self.fields.values() if field.wrong), "")

    def _chosen(self, key: str) -> None:
        if key not in ("keep", "even") or (key == "keep" and self._wrong()):
            return
        months = () if key == "even" else self._typed()
        if self.bridge.execute(SetBudgetPlan(self.line.id, months)) is not None:
            self.accept()

    def _typed(self) -> tuple[tuple[int, int], ...]:
        return tuple((month, field.value) for month, field in self.fields.items() if field.value)
