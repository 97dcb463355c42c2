"""The plan by pillar, the announced dates committee after committee, and what slips."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.governance import queries as governance
from crm_pilot.governance.warnings import forecasts, moves, slope
from crm_pilot.governance.weather import KEPT_DAYS, go_live_ids
from crm_pilot.planning import queries as planning
from crm_pilot.planning import rules
from crm_pilot.planning.charts import macro_gantt as macro_spec
from crm_pilot.planning.charts import milestone_table
from crm_pilot.planning.rows import MilestoneRow, PlanningFigures, TaskRow
from crm_pilot.planning.terms import TaskKind
from crm_pilot.reports.blocks import Block, Columns, Drawn, Empty, Facts, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.dates import Announced, dates_dates, dates_height, in_force
from crm_pilot.reports.gantt import macro_gantt, macro_growth, macro_height
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.sections.milestones import MilestoneTable
from crm_pilot.reports.styles import CONTENT, GUTTER
from crm_pilot.reports.table import Cell, Column, Table, TableRow, number

MOST_LINES = 5  # milestones in the dates-dates chart
APART = 21  # days between two lines of the chart, so that their labels stay clear
MOST_TASKS = 12
FACTS = 150.0


def build(context: Context) -> list[Page]:
    """The plan page, with all milestones on a page of their own when they are many."""
    plan = planning.figures(context.reader, context.today)
    blocks: list[Block] = [_macro(context, plan)]
    announced = _announced(context, plan)
    if announced:
        blocks.append(_dates(context, plan, announced))
    return [
        Page(
            context.tr("Plan"),
            context.sentence("schedule"),
            tuple(blocks),
            empty=not plan.tasks and not plan.milestones,
        ),
        *_work(context, plan),
    ]


def _work(context: Context, plan: PlanningFigures) -> list[Page]:
    """Milestones that moved, late and coming tasks; nothing without any task or milestone."""
    if not plan.tasks and not plan.milestones:
        return []
    blocks = (_milestones(context, plan), _late(context), _coming(context, plan))
    return [Page(context.tr("Milestones and tasks"), context.sentence("work"), blocks)]


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
            Cell(context.day(row.start, year=True), ink="muted"),
            Cell(context.day(row.finish, year=True), bold=late),
            number(context.percent(row.percent / 100)),
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
        Drawn(macro_height(chart), paint, macro_growth(chart)),
        context.tr("solid: done; outlined: to do; grey line: baseline"),
    )


# dates-dates -----------------------------------------------------------------------------------


def _announced(context: Context, plan: PlanningFigures) -> list[Announced]:
    """Go-lives first, then other committee milestones that moved, at most five."""
    held = [
        row.held_on for row in governance.committees(context.reader) if row.held_on <= context.today
    ]
    go_lives = go_live_ids(context.reader)
    known = forecasts(context.reader)
    chosen = [m for m in plan.milestones if m.id in go_lives]
    others = [m for m in plan.milestones if m.committee and not m.done and m.id not in go_lives]
    for other in sorted(others, key=lambda m: m.id not in known):
        if all(abs((other.forecast - m.forecast).days) >= APART for m in chosen):
            chosen.append(other)
    pending = [m for m in chosen if m.id in go_lives and not m.done]
    following = min(pending, key=lambda m: m.forecast, default=None)
    found = []
    for milestone in chosen[:MOST_LINES]:
        reports = in_force(milestone, known.get(milestone.id, ()), held, context.today)
        if len(reports) > 1:
            found.append(Announced(milestone, reports, strong=milestone is following))
    return found


def _dates(context: Context, plan: PlanningFigures, rows: list[Announced]) -> Block:
    committees = [(c.held_on, c.number) for c in governance.committees(context.reader)]
    room = CONTENT - FACTS - GUTTER

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        dates_dates(pen, x, y, wide, high, rows, committees, context.today, context)

    chart = Section(
        context.tr("Announced dates, committee after committee"),
        Drawn(dates_height(rows, context.today, room), paint),
        context.tr("flat: kept; diagonal: met"),
    )
    facts = Facts(_facts(context, plan))
    return Columns(chart, Section(context.tr("Predictability"), facts), FACTS)


def _facts(context: Context, plan: PlanningFigures) -> list[tuple[str, str]]:
    known, go_lives = forecasts(context.reader), go_live_ids(context.reader)
    live = [m for m in plan.milestones if m.id in go_lives]
    postponed = sum(moves(known.get(m.id, ()), m.baseline) for m in live)
    slips = [m.slip_days for m in live if m.slip_days is not None]
    due = [m for m in plan.milestones if m.done and m.slip_days is not None]
    kept = sum((m.slip_days or 0) <= KEPT_DAYS for m in due)
    facts = [
        (
            context.ntr("{n} postponement", "{n} postponements", postponed),
            context.ntr("of {n} go-live", "of {n} go-lives", len(live)),
        )
    ]
    if slips:
        mean = round(sum(slips) / len(slips))
        facts.append((context.slip(mean), context.tr("mean slip of the go-lives")))
    if due:
        text = context.tr("milestones reached within {days} days of the baseline", days=KEPT_DAYS)
        facts.append((context.tr("{n} of {all}", n=kept, all=len(due)), text))
    facts += _slope_fact(context, live)
    return facts


def _slope_fact(context: Context, live: list[MilestoneRow]) -> list[tuple[str, str]]:
    known = forecasts(context.reader)
    pending = [m for m in live if not m.done]
    if not pending:
        return []
    following = min(pending, key=lambda m: m.forecast)
    steep = slope(known.get(following.id, ()))
    if steep is None:
        return []
    text = context.tr(
        "slope of {title} over three reports; alert at {limit}, 1 meaning never nearer",
        title=context.own(following.wave or following.title),
        limit=context.number(0.7, 1),
    )
    return [(context.number(steep, 2), text)]


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
