"""The plan by pillar, the announced dates committee after committee, and what slips."""

from __future__ import annotations

from crm_pilot.governance import queries as governance
from crm_pilot.governance.warnings import forecasts, moves, slope
from crm_pilot.governance.weather import KEPT_DAYS, go_live_ids
from crm_pilot.planning import queries as planning
from crm_pilot.planning.charts import macro_gantt as macro_spec
from crm_pilot.planning.charts import milestone_table
from crm_pilot.planning.rows import MilestoneRow, PlanningFigures
from crm_pilot.reports.blocks import Block, Columns, Drawn, Empty, Facts, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.dates import Announced, dates_dates, dates_height, in_force
from crm_pilot.reports.gantt import macro_gantt, macro_growth, macro_height
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.sections.milestones import MilestoneTable
from crm_pilot.reports.styles import CONTENT, GUTTER

MOST_LINES = 5  # milestones in the dates-dates chart
FACTS = 150.0


def build(context: Context) -> list[Page]:
    """The plan page, with all milestones on a page of their own when they are many."""
    plan = planning.figures(context.reader, context.today)
    blocks: list[Block] = [_macro(context, plan)]
    announced = _announced(context, plan)
    if announced:
        blocks.append(_dates(context, plan, announced))
    blocks.append(_milestones(context, plan))
    return [Page(context.tr("Plan"), context.sentence("planning"), tuple(blocks))]


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
    chosen += [m for m in plan.milestones if m.committee and m.id in known and m not in chosen]
    chosen += [m for m in plan.milestones if m.committee and m not in chosen and not m.done]
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
        context.tr("flat: kept; diagonal: reached"),
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
