"""The plan by pillar, the announced dates committee after committee, and what slips."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.governance import queries as governance
from crm_pilot.planning import queries as planning
from crm_pilot.planning import rules
from crm_pilot.planning.charts import macro_gantt as macro_spec
from crm_pilot.planning.charts import milestone_table
from crm_pilot.planning.history import go_live_ids
from crm_pilot.planning.rows import PlanningFigures, TaskRow
from crm_pilot.planning.terms import TaskKind
from crm_pilot.reports.blocks import Block, Drawn, Empty, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.gantt import macro_gantt, macro_growth, macro_height
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.sections.milestones import MilestoneTable, announced
from crm_pilot.reports.table import Cell, Column, Table, TableRow, day, share

MOST_TASKS = 12


def build(context: Context) -> list[Page]:
    """The plan page, with all milestones on a page of their own when they are many."""
    plan = planning.figures(context.reader, context.today)
    blocks: list[Block] = [_macro(context, plan), *announced(context)]
    return [
        context.page(
            context.tr("Plan"), "schedule", blocks, empty=not plan.tasks and not plan.milestones
        ),
        *_work(context, plan),
    ]


def _work(context: Context, plan: PlanningFigures) -> list[Page]:
    """Milestones that moved, late and coming tasks; nothing without any task or milestone."""
    if not plan.tasks and not plan.milestones:
        return []
    blocks = (_milestones(context, plan), _late(context), _coming(context, plan))
    return [context.page(context.tr("Milestones and tasks"), "work", blocks)]


def _late(context: Context) -> Block:
    title = context.tr("Late tasks")
    rows = planning.tasks(context.reader)
    parents = {row.parent_id for row in rows}
    late = [
        row
        for row in rows
        if row.id not in parents
        and row.kind == TaskKind.TASK
        and rules.late(row, context.today)
        and row.finish is not None
    ]
    if not late:
        return Section(title, Empty(context.tr("No task is late.")))
    late.sort(key=lambda row: (row.finish or context.today, row.id))
    tail = ""
    if len(late) > MOST_TASKS:
        tail = context.tr("the {n} latest of {all}", n=MOST_TASKS, all=len(late))
    return Section(title, _task_table(context, late[:MOST_TASKS]), tail)


def _coming(context: Context, plan: PlanningFigures) -> Block:
    title = context.tr("Under way or starting within four weeks")
    if not plan.next_tasks:
        return Section(title, Empty(context.tr("No task is under way.")))
    shown = plan.next_tasks[:MOST_TASKS]
    more = len(plan.next_tasks) - len(shown)
    tail = context.ntr("{n} more in the plan", "{n} more in the plan", more) if more else ""
    return Section(title, _task_table(context, shown), tail)


def _task_table(context: Context, rows: Sequence[TaskRow]) -> Table:
    columns = [
        Column(context.tr("Task"), share=1, lines=2),
        Column(context.tr("Owner"), 96),
        Column(context.tr("Start"), 70, align="right"),
        Column(context.tr("Finish"), 70, align="right", strong=True),
        Column(context.tr("Done"), 44, align="right"),
    ]
    return Table(columns, [_task(context, row) for row in rows])


def _task(context: Context, row: TaskRow) -> TableRow:
    late = row.finish is not None and row.finish < context.today
    return TableRow(
        [
            context.own(row.title),
            Cell(context.own(row.owner), ink="muted"),
            day(context, row.start, ink="muted"),
            day(context, row.finish, bold=late),
            share(context, row.percent / 100),
        ]
    )


def _macro(context: Context, plan: PlanningFigures) -> Block:
    chart = macro_spec(plan, context.today)
    if chart is None:
        return Section(
            context.tr("Plan by pillar"),
            Empty(
                context.tr("The plan has no dated phase yet."),
                context.tr("Add the phases of the three pillars and their dates."),
            ),
        )

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        macro_gantt(pen, x, y, room, high, chart, context)

    return Section(
        context.tr("Plan by pillar"),
        Drawn(macro_height(chart), paint, macro_growth(chart), chart),
        context.tr("solid: done; outlined: to do; grey line: baseline"),
    )


def _milestones(context: Context, plan: PlanningFigures) -> Block:
    rows = [m for m in milestone_table(plan) if (m.slip_days or 0) or m.moved_days]
    title = context.tr("Milestones that moved")
    if not rows:
        return Section(title, Empty(context.tr("No milestone left its baseline.")))
    figures = governance.figures(context.reader, context.today)
    rows = sorted(rows, key=lambda m: -(m.slip_days or 0))[:8]
    rows.sort(key=lambda m: m.forecast)
    return Section(
        title,
        MilestoneTable(context, rows, figures, go_live_ids(context.reader)),
        context.tr("bold: moved since the last committee"),
    )
