"""Shares of the budget beside what practitioners say: internal, effort, maintenance.

The references are rules of thumb of vendors and consultants, not statistics (DOMAIN.md 8).
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.governance.budget import BudgetLineRow, WorkloadRow
from crm_pilot.governance.terms import BudgetKind, Effort
from crm_pilot.records import dataclass

INTERNAL_LOW, INTERNAL_HIGH = 0.20, 0.30  # of the workload falls on internal staff
MAINTENANCE = 0.60  # of what a CRM costs, from here on
EFFORTS_EXPECTED = {Effort.TECHNOLOGY: 0.25, Effort.PROCESS: 0.25, Effort.PEOPLE: 0.50}


@dataclass(frozen=True)
class EffortShare:
    """What goes into technology, process or people, of the lines that are told apart."""

    effort: Effort
    cents: int
    share: float
    expected: float


@dataclass(frozen=True)
class InternalShares:
    """Share of the internal team in the person-days of each column; None without any day."""

    baseline: float | None
    spent: float | None
    remaining: float | None
    revised: float | None


def internal_shares(rows: Sequence[WorkloadRow]) -> InternalShares:
    """Internal person-days ÷ all person-days, by column of the workload; not known where no
    internal line has any day: then nobody counts them."""
    counted = any(row.kind is BudgetKind.INTERNAL for row in rows)

    def share(column: str) -> float | None:
        whole = sum(getattr(row, column) for row in rows)
        own = sum(getattr(row, column) for row in rows if row.kind is BudgetKind.INTERNAL)
        return own / whole if whole and counted else None

    return InternalShares(
        share("baseline_days"), share("spent_days"), share("remaining_days"), share("revised_days")
    )


def effort_shares(lines: Sequence[BudgetLineRow]) -> tuple[EffortShare, ...]:
    """Revised amounts by effort ÷ those of all lines that have one; empty without any amount."""
    cents = dict.fromkeys(EFFORTS_EXPECTED, 0)
    for line in lines:
        if line.effort_for is not None:
            cents[line.effort_for] += line.revised_cents
    whole = sum(cents.values())
    if whole <= 0:
        return ()
    return tuple(
        EffortShare(effort, amount, amount / whole, EFFORTS_EXPECTED[effort])
        for effort, amount in cents.items()
    )


def maintenance_share(lines: Sequence[BudgetLineRow]) -> float | None:
    """Revised maintenance ÷ revised budget; None without a line of maintenance."""
    own = [line.revised_cents for line in lines if line.kind is BudgetKind.MAINTENANCE]
    whole = sum(line.revised_cents for line in lines)
    return sum(own) / whole if own and whole else None
