"""The budget: its register, and below it the S-curve, the indices and the shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.governance.budget import budget
from crm_pilot.i18n import tr
from ui.language import formats, lang
from ui.screens.committee.budget_panels import BudgetPanels
from ui.screens.committee.register_view import RegisterView
from ui.widgets.buttons import quiet_button
from ui.widgets.page import GAP

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

SETTLE_MS = 60  # the panels follow the rows
LOWEST, AROUND = 132, 68  # of the register: its heading and three rows; beside its rows
ROW = 28


class BudgetView(RegisterView):
    """The register of the budget above what it comes to."""

    key = "budget"

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._show_panels)
        self.guard.add(self.estimate, self.plan)

    # building --------------------------------------------------------------------------------

    def _tools(self) -> QHBoxLayout:
        self.estimate, self.plan = quiet_button(icon="charter"), quiet_button(icon="calendar")
        self.estimate.clicked.connect(self.reestimate)
        self.plan.clicked.connect(self.plan_months)
        row = super()._tools()
        row.insertWidget(0, self.estimate)
        row.insertWidget(1, self.plan)
        return row

    def _body(self) -> QHBoxLayout:
        self.panels = BudgetPanels(self.bridge)
        self.table.setMinimumHeight(LOWEST)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.table, 6)
        column.addWidget(self.panels, 5)
        row = QHBoxLayout()
        row.addWidget(inside)
        return row

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.estimate.setText(tr("Re-estimate…"))
        self.plan.setText(tr("Plan by month…"))
        self.panels.retranslate()
        super().retranslate()
        if self.bridge.has_project:
            self._show_panels()

    def _note(self) -> str:
        money = budget(self.bridge.reader)
        return tr(
            "Total: reference {reference}, spent {spent}, still needed {needed},"
            " revised {revised}, drift {drift}.",
            reference=formats.money(money.baseline_cents, lang()),
            spent=formats.money(money.spent_cents, lang()),
            needed=formats.money(money.remaining_cents, lang()),
            revised=formats.money(money.revised_cents, lang()),
            drift=formats.percent(money.drift_share, lang(), 1),
        )

    # reading ---------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None) -> None:
        """Read the register; the panels a moment later after an edit."""
        super().refresh(changed)
        if changed is None:
            self._show_panels()
        else:
            self._later.start(SETTLE_MS)

    def _show_state(self) -> None:
        """No higher than its rows need: what is left is the curve's."""
        self.table.setMaximumHeight(max(LOWEST, self.model.total * ROW + AROUND))
        super()._show_state()

    def _show_panels(self) -> None:
        if self.bridge.has_project and self.filled:
            self.panels.show_budget()

    # edits -----------------------------------------------------------------------------------

    def reestimate(self) -> None:
        """Open the estimates of a period."""
        from ui.screens.committee.reestimate import ReestimateDialog

        if self.filled and self.bridge.may_edit():
            ReestimateDialog(self.bridge, self.window()).open()

    def plan_months(self) -> None:
        """Open the months of the current line."""
        from ui.screens.committee.month_plan import MonthPlanDialog

        row = self.model.item(self.table.currentIndex().row())
        if row is not None and self.bridge.may_edit():
            MonthPlanDialog(self.bridge, row, self.window()).open()
