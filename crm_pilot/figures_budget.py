"""The figures of the budget as plain data: amounts in cents, days in person-days, shares of 1."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_pilot.figures_parts import plain
from crm_pilot.governance import budget_charts, budget_shares, budget_value
from crm_pilot.governance.budget import PERSON_DAY, WorkloadRow, budget, workload
from crm_pilot.governance.budget_value import ValuePoint
from crm_pilot.i18n import Translator
from crm_pilot.store.reader import Reader

VALUES = {  # name for machines → field of `EarnedValue`
    "planned_value_cents": "planned",
    "earned_value_cents": "earned",
    "actual_cost_cents": "actual",
    "baseline_cents": "budget",
    "remaining_cents": "remaining",
    "cost_variance_cents": "cost_variance",
    "schedule_variance_cents": "schedule_variance",
    "estimate_cents": "estimate",
    "estimate_by_index_cents": "estimate_by_index",
}
INDICES = ("cost_index", "schedule_index")


def collect(reader: Reader, today: dt.date, shown: Translator) -> dict[str, Any]:
    """Everything the budget page says."""
    money, value = budget(reader), budget_value.value(reader, today)
    rows = workload(reader)
    made: dict[str, Any] = plain(money, shown)
    return made | {
        "gap_cents": money.gap_cents,
        "earned_value": _point(value.now) if value.now is not None else None,
        "trends": {key: plain(budget_charts.index(value, key).trend, shown) for key in INDICES},
        "months": [_point(point) for point in value.points],
        "planned_curve": [
            {"day": day.isoformat(), "planned_value_cents": round(cents)}
            for day, cents in value.curve
        ],
        "lines_without_dates": list(value.unplanned),
        "lines_without_estimate": list(value.unestimated),
        "lines_off_their_plan": list(value.off_plan),
        "workload": [_work(row) for row in rows],
        "internal_share": plain(budget_shares.internal_shares(rows), shown),
        "internal_share_by_month": [plain(month, shown) for month in value.months],
        "internal_share_expected": [budget_shares.INTERNAL_LOW, budget_shares.INTERNAL_HIGH],
        "effort_shares": plain(budget_shares.effort_shares(money.lines), shown),
        "maintenance_share": plain(budget_shares.maintenance_share(money.lines), shown),
        "maintenance_share_expected": budget_shares.MAINTENANCE,
    }


def _point(point: ValuePoint) -> dict[str, Any]:
    """Whole cents, indices with four decimals; what is not known is null."""
    told = {name: getattr(point.value, field) for name, field in VALUES.items()}
    indices = {name: getattr(point.value, name) for name in INDICES}
    return {
        "day": point.day.isoformat(),
        **{name: None if cents is None else round(cents) for name, cents in told.items()},
        **{name: None if one is None else round(one, 4) for name, one in indices.items()},
        "spent_person_days": point.spent_days / PERSON_DAY,
        "internal_person_days": point.internal_days / PERSON_DAY,
    }


def _work(row: WorkloadRow) -> dict[str, Any]:
    columns = ("baseline_days", "spent_days", "remaining_days", "revised_days", "gap_days")
    return {"kind": row.kind.value} | {name: getattr(row, name) / PERSON_DAY for name in columns}
