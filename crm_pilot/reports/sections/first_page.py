"""Page 1: the whole project for a committee that reads one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_pilot.adoption import charts as adoption_charts
from crm_pilot.adoption import queries as adoption
from crm_pilot.governance import queries as governance
from crm_pilot.governance.rows import CommitteeFigures, WeatherRow
from crm_pilot.governance.terms import AXES, TRENDS, WEATHERS
from crm_pilot.planning import queries as planning
from crm_pilot.planning.charts import milestone_table
from crm_pilot.planning.history import go_live_ids
from crm_pilot.planning.rows import MilestoneRow
from crm_pilot.records import dataclass
from crm_pilot.reports.bars import PARTS_HEIGHT, distribution
from crm_pilot.reports.blocks import Block, Columns, Drawn, Empty, Note, Points, Section, Stack
from crm_pilot.reports.charts import spark
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.document import content_top
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.sections.milestones import MilestoneTable
from crm_pilot.reports.sections.registers import ask_band, risk_table
from crm_pilot.reports.styles import BODY, BOTTOM, CONTENT, GAP, LEADING, NOTE, SIDE
from crm_pilot.reports.typography import width, wrap
from crm_pilot.reports.weather_marks import trend_arrow, weather_mark
from crm_pilot.stakeholders import charts as stakeholder_charts
from crm_pilot.stakeholders import queries as stakeholders

if TYPE_CHECKING:
    from crm_pilot.reports.content import Part

WEATHER_HEIGHT = 66.0
STEPS = 4


@dataclass(frozen=True)
class Limits:
    """How many rows of each kind page 1 shows; lowered until everything fits."""

    highlights: int = 5
    milestones: int = 7
    risks: int = 3
    decisions: int = 4
    lines: int = 2  # of a highlight
    titles: int = 2  # lines of a risk or a decision
    responses: int = 2  # lines of what is done about a risk

    def lower(self) -> Iterator[Limits]:
        """This and ever smaller limits, one row less at a time."""
        yield self
        now = self
        for change in (
            {"milestones": 6},
            {"highlights": 4},
            {"milestones": 5},
            {"highlights": 3},
            {"responses": 1},
            {"titles": 1},
            {"decisions": 3},
            {"milestones": 4},
            {"lines": 1},
            {"risks": 2},
            {"highlights": 2},
            {"decisions": 2},
            {"milestones": 3},
        ):
            now = replace(now, **change)
            yield now


def build(context: Context, left_out: Sequence[str] = ()) -> list[Page]:
    """The first page; `left_out` names the rooms without data, whose pages are not printed."""
    sentence = context.sentence("report")
    room = BOTTOM - content_top(sentence)
    blocks: list[Block] = []
    for limits in Limits().lower():
        blocks = _blocks(context, limits)
        if left_out:
            names = ", ".join(left_out)
            blocks.append(Note(context.tr("No data yet, page left out: {names}.", names=names)))
        if sum(block.height(CONTENT) for block in blocks) + GAP * (len(blocks) - 1) <= room:
            break
    return [Page(context.tr("The project on one page"), sentence, tuple(blocks), place="report")]


def _blocks(context: Context, limits: Limits) -> list[Block]:
    figures = governance.figures(context.reader, context.today)
    return [
        _weather(context, figures),
        Columns(_highlights(context, figures, limits), _adoption(context, figures), SIDE),
        _milestones(context, figures, limits),
        Columns(_risks(context, figures, limits), _positions(context), SIDE),
        ask_band(context, figures, limits.decisions, limits.titles),
        _next_steps(context, figures),
    ]


# weather ---------------------------------------------------------------------------------------


def _weather(context: Context, figures: CommitteeFigures) -> Block:
    """A cell for each axis: sign, word and trend, and the figures in two lines."""
    rows = figures.weather
    lines = [_weather_line(context, row) for row in rows]

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        cell = room / len(rows)
        pen.rule(x, y, room)
        pen.rule(x, y + WEATHER_HEIGHT, room)
        for number, (row, line) in enumerate(zip(rows, lines, strict=True)):
            inset = 10 if number else 0
            left = x + number * cell
            if number:
                pen.line(left, y, left, y + WEATHER_HEIGHT)
            _weather_cell(pen, left + inset, y, cell - inset - 8, row, line, context)

    def shows() -> tuple[Part, ...]:
        from crm_pilot.reports.content import WeatherCell, WeatherPart

        cells = tuple(
            WeatherCell(
                context.tr(AXES[row.axis]),
                row.weather,
                context.tr(WEATHERS[row.weather]),
                row.trend,
                "" if row.trend is None else context.tr(TRENDS[row.trend]),
                line,
            )
            for row, line in zip(rows, lines, strict=True)
        )
        return (WeatherPart(cells),)

    return Drawn(WEATHER_HEIGHT, paint, shows=shows)


def _weather_line(context: Context, row: WeatherRow) -> str:
    """What the weather is told by: figures, or the lead's reason beside what the rule says."""
    if not row.reason:
        return context.show(row.line)
    return context.tr(
        "{reason} (rule: {word})",
        reason=context.own(row.reason),
        word=context.tr(WEATHERS[row.proposed]),
    )


def _weather_cell(
    pen: Pen, left: float, y: float, wide: float, row: WeatherRow, line: str, context: Context
) -> None:
    weather_mark(pen, row.weather, left + 12, y + 23, 25)
    trend = "" if row.trend is None else context.tr(TRENDS[row.trend])
    wide_trend = width(trend, NOTE) + 14 if trend else 0.0
    room = wide - 31 - wide_trend
    pen.text(left + 30, y + 18, context.tr(AXES[row.axis]), BODY, room=room)
    if row.trend is not None:
        trend_arrow(pen, row.trend, left + wide - wide_trend + 5.5, y + 15.2, 8.5)
        pen.text(left + wide, y + 18, trend, NOTE, align="right")
    pen.text(left + 30, y + 31, context.tr(WEATHERS[row.weather]), 11, bold=True, room=wide - 30)
    at = y + 37
    for text in wrap(line, wide, NOTE, most=2):
        at += NOTE * LEADING
        pen.text(left, at, text, NOTE)


# highlights and adoption -----------------------------------------------------------------------


def _highlights(context: Context, figures: CommitteeFigures, limits: Limits) -> Block:
    title = context.tr("Highlights")
    if not figures.highlights:
        return Section(
            title,
            Empty(
                context.tr("No noteworthy fact since the last committee."),
                context.tr("Note them in the committee room: they are printed here."),
            ),
        )
    shown = figures.highlights[: limits.highlights]
    points = Points(
        [(context.own(row.lead), context.own(row.detail)) for row in shown], most=limits.lines
    )
    use = adoption.figures(context.reader, context.today)
    blocks: list[Block] = [points]
    if use.active_share is not None:
        blocks.append(Note(_active_note(context, by_actions=use.by_actions), most=1))
    tail = ""
    if len(figures.highlights) > len(shown):
        tail = context.tr("the latest {n} of {all}", n=len(shown), all=len(figures.highlights))
    return Section(title, Stack(blocks, gap=2), tail)


def _active_note(context: Context, *, by_actions: bool) -> str:
    if by_actions:
        return context.tr("Active: logged in and recorded something within 28 days.")
    return context.tr("Active: logged in within 28 days; no record was imported.")


def _adoption(context: Context, figures: CommitteeFigures) -> Block:
    use = adoption.figures(context.reader, context.today)
    chart = adoption_charts.active_share(use)
    title = context.tr("Adoption")
    if not any(value is not None for _, value in use.active_curve):
        return Section(title, Empty(context.tr("No login imported yet.")))
    ring = figures.last.held_on if figures.last else None

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        spark(pen, x, y, room, high, chart, context, ring=ring)

    tail = context.tr("active, % of open accounts")
    return Section(title, Drawn(80, paint, 36, chart), tail)


# milestones, risks, positions --------------------------------------------------------------------


def _milestones(context: Context, figures: CommitteeFigures, limits: Limits) -> Block:
    plan = planning.figures(context.reader, context.today)
    go_lives = go_live_ids(context.reader)
    rows = _chosen(milestone_table(plan), go_lives, limits.milestones)
    title = context.tr("Milestones")
    if not rows:
        return Section(
            title,
            Empty(
                context.tr("No milestone is dated yet."),
                context.tr("Date the go-lives in the plan."),
            ),
        )
    left = len(milestone_table(plan)) - len(rows)
    tail = context.tr("hollow diamond: baseline; filled: reached or forecast")
    if left:
        tail = context.ntr(
            "{n} more in the plan; {key}", "{n} more in the plan; {key}", left, key=tail
        )
    return Section(title, MilestoneTable(context, rows, figures, go_lives), tail)


def _chosen(
    rows: Sequence[MilestoneRow], go_lives: frozenset[int], most: int
) -> list[MilestoneRow]:
    """Go-lives always, then what moved, then what comes next; by date."""

    def weight(row: MilestoneRow) -> tuple[int, dt.date]:
        if row.id in go_lives:
            return 0, row.forecast
        if row.done:
            return 3, dt.date.max - (row.forecast - dt.date.min)
        return (1 if row.moved_days else 2), row.forecast

    return sorted(sorted(rows, key=weight)[:most], key=lambda row: row.forecast)


def _risks(context: Context, figures: CommitteeFigures, limits: Limits) -> Block:
    risks = figures.open_risks
    if not risks:
        return Section(context.tr("Risks"), Empty(context.tr("No open risk is recorded.")))
    shown = risks[: limits.risks]
    title = context.ntr("The heaviest risk", "The {n} heaviest risks", len(shown))
    tail = context.tr("of {all} open", all=len(risks)) if len(risks) > len(shown) else ""
    table = risk_table(context, shown, lines=limits.titles, responses=limits.responses)
    return Section(title, table, tail)


def _positions(context: Context) -> Block:
    figures = stakeholders.figures(context.reader, context.today)
    title = context.tr("Positions")
    if not figures.headcount_rated:
        return Section(title, Empty(context.tr("Nobody is placed on the map yet.")))
    chart = stakeholder_charts.distribution(figures)

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        distribution(pen, x, y, room, high, chart, context)

    tail = context.tr("% of headcount")
    return Section(title, Drawn(PARTS_HEIGHT - 10, paint, shows=chart), tail)


# next steps --------------------------------------------------------------------------------------


def _next_steps(context: Context, figures: CommitteeFigures) -> Block:
    steps = _steps(context, figures)
    title = context.tr("Next steps")
    if not steps:
        return Section(title, Empty(context.tr("Nothing is planned after today.")))

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        cell = room / STEPS
        for number, (date, text) in enumerate(steps):
            left = x + number * cell
            pen.text(left, y + 10, date, BODY, bold=True, room=cell - 10)
            at = y + 11.5
            for line in wrap(text, cell - 10, NOTE, most=2):
                at += NOTE * LEADING
                pen.text(left, at, line, NOTE)

    lines = max(len(wrap(text, CONTENT / STEPS - 10, NOTE, most=2)) for _, text in steps)

    def shows() -> tuple[Part, ...]:
        from crm_pilot.reports.content import ListPart

        return (ListPart("", tuple(steps)),)

    return Section(title, Drawn(12.0 + lines * NOTE * LEADING, paint, shows=shows))


def _steps(context: Context, figures: CommitteeFigures) -> list[tuple[str, str]]:
    """The next committee milestones and tasks that end soonest, by date."""
    plan = planning.figures(context.reader, context.today)
    found = [
        (row.forecast, context.day(row.forecast), context.own(row.title))
        for row in plan.next_milestones
        if row.committee and row.forecast >= context.today
    ][:2]
    if figures.next is not None:
        text = context.tr("Committee no. {number}", number=figures.next.number)
        found.append((figures.next.held_on, context.day(figures.next.held_on), text))
    for task in plan.next_tasks:
        if len(found) >= STEPS:
            break
        if task.finish and task.start:
            begins = max(task.start, context.today)
            span = f"{context.day(begins)} → {context.day(task.finish)}"
            found.append((task.finish, span, context.own(task.title)))
    for row in plan.next_milestones:
        item = (row.forecast, context.day(row.forecast), context.own(row.title))
        if len(found) < STEPS and item not in found and row.forecast >= context.today:
            found.append(item)
    return [(date, text) for _, date, text in sorted(found)[:STEPS]]
