"""The last section: how the figures of each page are computed, and the data behind the charts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from crm_pilot.adoption import charts as adoption_charts
from crm_pilot.adoption import queries as adoption
from crm_pilot.charts import Chart
from crm_pilot.datatable import DataTable, data_table
from crm_pilot.figures import whys
from crm_pilot.governance import budget_charts, budget_value
from crm_pilot.i18n import N_
from crm_pilot.maintenance import charts as maintenance_charts
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.records import dataclass
from crm_pilot.reports.blocks import Block, Columns, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.explained import DataRows, Explanations
from crm_pilot.reports.sections.coverage import told_chart
from crm_pilot.reports.styles import CONTENT, GUTTER
from crm_pilot.stakeholders import charts as stakeholder_charts
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.training import queries as training

SIDE_BY_SIDE = 260.0  # points: a higher table has the whole width and may be split


def _adoption(context: Context) -> list[Chart]:
    figures = adoption.figures(context.reader, context.today)
    return [adoption_charts.login_days(figures), adoption_charts.active_share(figures)]


def _maintenance(context: Context) -> list[Chart]:
    figures = maintenance.figures(context.reader, context.today)
    return [maintenance_charts.flow_chart(figures), maintenance_charts.ageing_chart(figures)]


def _training(context: Context) -> list[Chart]:
    return [told_chart(context, training.figures(context.reader, context.today))]


def _positions(context: Context) -> list[Chart]:
    return [stakeholder_charts.distribution(stakeholders.figures(context.reader, context.today))]


def _budget(context: Context) -> list[Chart]:
    figures = budget_value.value(context.reader, context.today)
    curve, shares = budget_charts.s_curve(figures), budget_charts.internal_chart(figures)
    found: list[Chart] = [curve.time_chart()] if curve is not None else []
    return [*found, shares] if shares is not None else found


@dataclass(frozen=True)
class Group:
    """What one page of the report shows: its name in the outline, its figures, its charts."""

    page: str  # marked text
    keys: tuple[str, ...]
    charts: Callable[[Context], list[Chart]] | None = None


def _of(room: str, *figures: str) -> tuple[str, ...]:
    return tuple(f"{room}.{figure}" for figure in figures)


GROUPS = (
    Group(
        N_("The project on one page"),
        (*_of("committee", "weather.*", "headlines"), *_of("planning", "milestones")),
    ),
    Group(N_("Warnings"), _of("committee", "warnings", "warning.*")),
    Group(N_("Weather and changes"), _of("committee", "weather", "changes")),
    Group(N_("Since the last issue"), _of("committee", "since")),
    Group(
        N_("Plan"),
        (
            *_of("planning", "phases", "slip_days", "moved_days"),
            *_of("planning", "postponements", "mean_slip", "predictability", "slope", "causes"),
        ),
    ),
    Group(N_("Milestones and tasks"), _of("planning", "tasks_late", "next_tasks", "percent")),
    Group(
        N_("Positions"),
        (
            *_of("stakeholders", "headcount_rated", "shares", "units", "zones", "crossings"),
            *_of("committee", "trained_by_trio"),
        ),
        _positions,
    ),
    Group(
        N_("Training"),
        _of(
            "training",
            "users",
            "departments",
            "sessions_held",
            "places_open",
            "sheets_waiting",
            "next_sessions",
        ),
        _training,
    ),
    Group(
        N_("Adoption"),
        _of("adoption", "accounts_open", "active_share", "active_curve", "profiles", "departments"),
        _adoption,
    ),
    Group(
        N_("Maintenance"),
        _of(
            "maintenance",
            "flow",
            "ageing",
            "by_priority",
            "by_kind",
            "corrective_share",
            "evolutive_waiting",
            "overdue",
            "resolution_days_median",
            "unsorted",
        ),
        _maintenance,
    ),
    Group(
        N_("Budget"),
        _of(
            "committee",
            "baseline",
            "spent",
            "remaining",
            "revised",
            "gap",
            "drift_share",
            "progress_share",
            *("planned_value", "earned_value", "actual_cost", "cost_index", "schedule_index"),
            *("estimate", "s_curve", "workload", "internal_share", "effort_shares"),
            "maintenance_share",
        ),
        _budget,
    ),
    Group(N_("Decisions"), _of("committee", "decisions", "highlights")),
    Group(N_("Action plan"), _of("committee", "actions")),
    Group(N_("Risks and problems"), _of("committee", "score", "risk_trend", "problems")),
)


def build(context: Context, pages: Collection[str] = ()) -> list[Page]:
    """The annex of a document with these pages (by their names).

    No page at all when there is no figure on them.
    """
    printed = [group for group in GROUPS if context.tr(group.page) in pages]
    if not printed:
        return []
    blocks: list[Block] = [
        Section(
            context.tr(group.page),
            Explanations(context, whys(context.reader, context.today, group.keys)),
            context.tr(
                "as of {date} unless a period is given", date=context.day(context.today, year=True)
            ),
        )
        for group in printed
    ]
    blocks += _data(context, printed)
    name = context.tr("How these figures are computed")
    return [context.page(name, "annex", blocks)]


def _data(context: Context, groups: Sequence[Group]) -> list[Block]:
    """The rows behind the charts, short tables two by two."""
    tables = [
        data_table(chart)
        for group in groups
        if group.charts is not None
        for chart in group.charts(context)
    ]
    shown = [_titled(context, table) for table in tables if table.rows]
    half = (CONTENT - GUTTER) / 2
    short = [block for block in shown if block.height(half) <= SIDE_BY_SIDE]
    short.sort(key=lambda block: -block.height(half))
    blocks = [block for block in shown if block not in short]
    for place in range(0, len(short), 2):
        pair = short[place : place + 2]
        blocks.append(Columns(pair[0], pair[1], half) if len(pair) == 2 else pair[0])
    return blocks


def _titled(context: Context, table: DataTable) -> Block:
    return Section(context.show(table.title), DataRows(context, table), context.tr("data"))
