"""The dialog that re-estimates a period: what each line stood at on a day, typed by keyboard."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from crm_pilot.governance.budget import BudgetLineRow, budget, estimates
from crm_pilot.governance.budget_commands import Reestimate, ReestimatePeriod
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.typed import parse_day, parse_whole
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.committee.amounts import Amount, chain
from ui.screens.committee.budget_columns import parse_days, typed_days
from ui.screens.committee.money import parse_thousands, typed_thousands
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard, set_reason
from ui.widgets.scroll import Scroll
from ui.widgets.text import ElidedLabel, label

if TYPE_CHECKING:
    from ui.bridge import Bridge

HEADS = (  # column of the estimate, marked heading, width in pixels
    ("spent_cents", N_("Spent, k€"), 92),
    ("remaining_cents", N_("Still needed, k€"), 92),
    ("spent_days", N_("Spent, p-d"), 84),
    ("remaining_days", N_("Still needed, p-d"), 84),
    ("done_percent", N_("Done, %"), 70),
    ("reason", N_("Reason"), 190),
)
HIGH = 380  # of the lines, before they scroll
WIDE = 980  # unless the window below is narrower


def _read(key: str, text: str) -> Any:
    """The value of a field. Raises `UserError`."""
    if key.endswith("_cents"):
        return parse_thousands(text, lang())
    if key.endswith("_days"):
        return parse_days(text)
    return parse_whole(text, 0, 100) if key == "done_percent" else text.strip()


def _typed(key: str, value: Any) -> str:
    """A value as one would type it."""
    if key.endswith("_cents"):
        return typed_thousands(value)
    if key.endswith("_days"):
        return typed_days(value) if value else ""
    return "" if value is None else str(value)


class ReestimateDialog(Dialog):
    """A line of fields for each budget line; the total says what they come to."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            tr("Re-estimate the budget"),
            tr(
                "Amounts and days are cumulated since the start. What is still needed is told by"
                " those who do the work; each period is kept."
            ),
        )
        self.setMinimumWidth(WIDE)
        self.bridge = bridge
        self.lines = budget(bridge.reader).lines
        self.before = sum(line.revised_cents for line in self.lines)
        today = bridge.today
        self.day = Asked(tr("As of"), lambda text: parse_day(text, today))
        self.day.setMaximumWidth(200)
        self.day.put(today, formats.day(today, lang(), year=True))
        self.day.edited.connect(self._tell)
        self.body.addWidget(self.day)
        self.fields: dict[int, dict[str, Amount]] = {}
        grid = self._grid()
        area = Scroll(grid, sideways=True)
        area.setMinimumHeight(min(grid.sizeHint().height() + 4, HIGH))
        self.body.addWidget(area, 1)
        self.total = label(bold=True, wrap=True)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.body.addWidget(self.total)
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.keep = self.add_button("keep", tr("Keep the estimates"), primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.keep, why=self._wrong)
        self.chosen.connect(self._chosen)
        self._tell()
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first["spent_cents"].setFocus()
            first["spent_cents"].selectAll()

    # fields ----------------------------------------------------------------------------------

    def _grid(self) -> QWidget:
        made = QWidget()
        made.setProperty("role", "page")
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for column, (_, title, wide) in enumerate(HEADS, 1):
            head = label(theme.CAPTION, ink="muted", right=title != HEADS[-1][1])
            head.setText(tr(title))
            grid.addWidget(head, 0, column)
            grid.setColumnMinimumWidth(column, wide)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(len(HEADS), 3)
        for row, line in enumerate(self.lines, 1):
            self._line(grid, row, line)
        grid.setRowStretch(len(self.lines) + 1, 1)
        chain([[row[key] for row in self.fields.values()] for key, *_ in HEADS])
        return made

    def _line(self, grid: QGridLayout, row: int, line: BudgetLineRow) -> None:
        name = ElidedLabel(theme.BODY)
        name.setMinimumWidth(150)
        name.set_whole(line.name)
        grid.addWidget(name, row, 0)
        made: dict[str, Amount] = {}
        for column, (key, title, wide) in enumerate(HEADS, 1):
            field = Amount(
                tr("{column}: {line}", column=tr(title), line=line.name),
                lambda text, key=key: _read(key, text),  # type: ignore[misc]
                text=key == "reason",
            )
            field.setMinimumWidth(wide)
            value = "" if key == "reason" else getattr(line, key)
            field.put(value, _typed(key, value))
            field.edited.connect(self._tell)
            grid.addWidget(field, row, column)
            made[key] = field
        self.fields[line.id] = made

    # telling ---------------------------------------------------------------------------------

    def _total(self) -> str:
        after = sum(
            made["spent_cents"].value + made["remaining_cents"].value
            for made in self.fields.values()
        )
        if after == self.before:
            return tr("Revised {revised}, unchanged", revised=formats.money(after, lang()))
        return tr(
            "Revised {before} → {after}, {gap}",
            before=formats.money(self.before, lang()),
            after=formats.money(after, lang()),
            gap=formats.money(after - self.before, lang(), sign=True),
        )

    def _tell(self) -> None:
        self.total.setText(self._total())
        wrong = self._wrong()
        self.complaint.setText(wrong or self._later_estimates())
        self.complaint.setVisible(bool(self.complaint.text()))
        set_reason(self.keep, self.bridge.why_not_edit() or wrong)

    def _wrong(self) -> str:
        """Why nothing can be kept yet."""
        day = self.day.value
        if self.day.wrong or day is None:
            return self.day.wrong or tr("An estimate needs its day.")
        if day > self.bridge.today:
            return tr("An estimate cannot be dated after today.")
        fields = [field for made in self.fields.values() for field in made.values()]
        return next((field.wrong for field in fields if field.wrong), "")

    def _later_estimates(self) -> str:
        """That lines re-estimated since stay as they are."""
        day: dt.date = self.day.value
        later = {one.line_id for one in estimates(self.bridge.reader) if one.as_of > day}
        if not later:
            return ""
        return ntr(
            "{n} line was estimated later and stays as it is; its past is completed.",
            "{n} lines were estimated later and stay as they are; their past is completed.",
            len(later),
        )

    # keeping ---------------------------------------------------------------------------------

    def command(self) -> ReestimatePeriod:
        """The estimates of the period: of lines that stand at something, or that were typed."""
        made = []
        for line in self.lines:
            told = {key: field.value for key, field in self.fields[line.id].items()}
            changed = any(told[key] != getattr(line, key) for key, *_ in HEADS[:-1])
            if changed or told["reason"] or line.revised_cents or line.revised_days:
                made.append(Reestimate(line.id, self.day.value, **told))
        return ReestimatePeriod(tuple(made))

    def _chosen(self, key: str) -> None:
        if key != "keep" or self._wrong():
            return
        command = self.command()
        if not command.estimates or self.bridge.execute(command) is not None:
            self.accept()
