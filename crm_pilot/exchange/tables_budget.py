"""The tables of the budget: lines, what they stood at on a day, and what is planned by month."""

from __future__ import annotations

from crm_pilot.exchange.tables import ExportTable
from crm_pilot.exchange.tables import TableColumn as C
from crm_pilot.exchange.tables_plan import RANK
from crm_pilot.exchange.tables_use import MONTH
from crm_pilot.governance.terms import BUDGET_KINDS, EFFORTS
from crm_pilot.i18n import N_

LINE = C(N_("Budget line"), "refers", "line_id", target="budget_line", filled=True)
DONE = C(N_("Done, %"), "percent", "done_percent", low=0, high=100, null=True)
REASON = C(N_("Reason"), "text", "reason", default="")
SPENT = (
    C(N_("Spent, €"), "money", "spent_cents", default=0),
    C(N_("Still needed, €"), "money", "remaining_cents", default=0),
)
DAYS = (
    C(N_("Spent, days"), "days", "spent_days", default=0),
    C(N_("Still needed, days"), "days", "remaining_days", default=0),
)

BUDGET = (
    ExportTable(
        "budget",
        N_("Budget"),
        "budget_line",
        "name",
        (
            C(N_("Budget line"), "text", "name", filled=True),
            C(N_("Reference, €"), "money", "baseline_cents", default=0),
            *SPENT,
            REASON,
            RANK,
            C(N_("Kind of expense"), "choice", "kind", BUDGET_KINDS, default="other"),
            C(N_("Effort"), "choice", "effort", EFFORTS, null=True),
            C(N_("Starts on"), "date", "starts_on", null=True),
            C(N_("Ends on"), "date", "ends_on", null=True),
            C(N_("Reference, days"), "days", "baseline_days", default=0),
            *DAYS,
            DONE,
        ),
        "position, id",
    ),
    ExportTable(
        "budget-estimates",
        N_("Estimates of the budget"),
        "budget_estimate",
        "line_id",
        (
            LINE,
            C(N_("As of"), "date", "as_of", filled=True),
            *SPENT,
            *DAYS,
            DONE,
            REASON,
        ),
        "line_id, as_of",
        together=("line_id", "as_of"),
    ),
    ExportTable(
        "budget-months",
        N_("Budget planned by month"),
        "budget_plan",
        "line_id",
        (LINE, MONTH, C(N_("Planned, €"), "money", "planned_cents", default=0)),
        "line_id, month",
        together=("line_id", "month"),
    ),
)
