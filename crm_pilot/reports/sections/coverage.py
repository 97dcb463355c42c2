"""Coverage of training by department as a level may tell it."""

from __future__ import annotations

from dataclasses import replace

from crm_pilot.charts import Bar, BarList
from crm_pilot.figures_parts import SMALL, hidden_keys
from crm_pilot.i18n import nmsg
from crm_pilot.reports.context import Context
from crm_pilot.training import rules
from crm_pilot.training.charts import coverage_chart
from crm_pilot.training.queries import CoverageRow, TrainingFigures


def told_chart(context: Context, figures: TrainingFigures) -> BarList:
    """Trained users by department; departments of under five users are told as one, with the
    smallest of the others where they would still be known, as in the figures (`hidden_keys`)."""
    rows = figures.departments
    hidden = hidden_keys(((row.department_id, row.users) for row in rows), context.level)
    few = [row for row in rows if row.department_id in hidden]
    if not few:
        return coverage_chart(figures)
    named = tuple(row for row in rows if row.department_id not in hidden)
    chart = coverage_chart(replace(figures, departments=named))
    return replace(chart, bars=(*chart.bars, *_together(few)))


def _together(rows: list[CoverageRow]) -> tuple[Bar, ...]:
    trained, users = sum(row.trained for row in rows), sum(row.users for row in rows)
    if users < SMALL:
        return ()
    name = nmsg("{n} small department", "{n} small departments, together", len(rows))
    share = rules.share(trained, users)
    return (Bar(name, trained, users, "adoption", strong=rules.is_low(share)),)
