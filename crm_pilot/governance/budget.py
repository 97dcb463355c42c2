"""The budget by line, its estimates over time, and the workload in person-days.

Amounts are in cents, days in hundredths of person-days. Revised = spent + RAF (what is still needed
to finish, re-estimated by those who do the work [W75] [W76] [W77]).
"""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.terms import BudgetKind, Effort
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

PERSON_DAY = 100  # units of *_days in a person-day
EFFORT_OF = {  # where the effort of a line goes, unless the line says otherwise
    BudgetKind.LICENCES: Effort.TECHNOLOGY,
    BudgetKind.INTEGRATOR: Effort.TECHNOLOGY,
    BudgetKind.MAINTENANCE: Effort.TECHNOLOGY,
    BudgetKind.INTERNAL: Effort.PROCESS,
    BudgetKind.TRAINING: Effort.PEOPLE,
}


@dataclass(frozen=True)
class BudgetLineRow:
    """A budget line in cents. revised = spent + RAF; gap = revised − baseline (DOMAIN.md 5)."""

    id: int
    name: str
    baseline_cents: int
    spent_cents: int
    remaining_cents: int
    revised_cents: int
    gap_cents: int
    reason: str
    kind: BudgetKind
    effort: Effort | None  # as the lead says; None: follows the kind
    starts_on: dt.date | None
    ends_on: dt.date | None
    baseline_days: int
    spent_days: int
    remaining_days: int
    revised_days: int
    gap_days: int
    done_percent: int | None  # None: spent ÷ revised

    @property
    def effort_for(self) -> Effort | None:
        """Where its effort counts; None: nowhere."""
        return self.effort or EFFORT_OF.get(self.kind)


@dataclass(frozen=True)
class WorkloadRow:
    """Workload of a kind of line in hundredths of person-days; gap = revised − baseline."""

    kind: BudgetKind
    baseline_days: int
    spent_days: int
    remaining_days: int
    revised_days: int

    @property
    def gap_days(self) -> int:
        """Revised − baseline."""
        return self.revised_days - self.baseline_days


@dataclass(frozen=True)
class BudgetFigures:
    """Totals in cents. drift = gap ÷ baseline, the program's own definition; progress = spent ÷
    revised [W78]; shares are None without a denominator."""

    lines: tuple[BudgetLineRow, ...]
    baseline_cents: int
    spent_cents: int
    remaining_cents: int
    revised_cents: int
    drift_share: float | None
    progress_share: float | None

    @property
    def gap_cents(self) -> int:
        """Revised − baseline."""
        return self.revised_cents - self.baseline_cents


@dataclass(frozen=True)
class EstimateRow:
    """A line as it stood on a day, cumulated since the start."""

    id: int
    line_id: int
    as_of: dt.date
    spent_cents: int
    remaining_cents: int
    spent_days: int
    remaining_days: int
    done_percent: int | None
    reason: str


@remembered("budget_line")
def budget(reader: Reader) -> BudgetFigures:
    """The budget by line with its totals."""
    lines = tuple(
        reader.rows(
            BudgetLineRow,
            "SELECT id, name, baseline_cents, spent_cents, remaining_cents,"
            " spent_cents + remaining_cents, spent_cents + remaining_cents - baseline_cents,"
            " reason, kind, effort, starts_on, ends_on, baseline_days, spent_days, remaining_days,"
            " spent_days + remaining_days, spent_days + remaining_days - baseline_days,"
            " done_percent FROM budget_line ORDER BY position, id",
        )
    )
    baseline = sum(line.baseline_cents for line in lines)
    spent = sum(line.spent_cents for line in lines)
    revised = sum(line.revised_cents for line in lines)
    return BudgetFigures(
        lines=lines,
        baseline_cents=baseline,
        spent_cents=spent,
        remaining_cents=revised - spent,
        revised_cents=revised,
        drift_share=(revised - baseline) / baseline if baseline else None,
        progress_share=spent / revised if revised else None,
    )


@remembered("budget_estimate")
def estimates(reader: Reader) -> tuple[EstimateRow, ...]:
    """All estimates, the oldest first."""
    return tuple(
        reader.rows(
            EstimateRow,
            "SELECT id, line_id, as_of, spent_cents, remaining_cents, spent_days, remaining_days,"
            " done_percent, reason FROM budget_estimate ORDER BY as_of, line_id",
        )
    )


@remembered("budget_plan")
def plans(reader: Reader) -> dict[int, dict[int, int]]:
    """Planned cents by line and month (202611), where a line is planned by month."""
    found: dict[int, dict[int, int]] = {}
    for line, month, cents in reader.select(
        "SELECT line_id, month, planned_cents FROM budget_plan ORDER BY line_id, month"
    ):
        found.setdefault(line, {})[month] = cents
    return found


@remembered("budget_line")
def workload(reader: Reader) -> tuple[WorkloadRow, ...]:
    """Person-days by kind of line, in the order of the lines; only kinds that have any."""
    rows: dict[BudgetKind, list[BudgetLineRow]] = {}
    for line in budget(reader).lines:
        if line.baseline_days or line.revised_days:
            rows.setdefault(line.kind, []).append(line)
    made = (
        WorkloadRow(
            kind,
            sum(line.baseline_days for line in lines),
            sum(line.spent_days for line in lines),
            sum(line.remaining_days for line in lines),
            sum(line.revised_days for line in lines),
        )
        for kind, lines in rows.items()
    )
    return tuple(sorted(made, key=lambda row: row.kind is not BudgetKind.INTERNAL))
