"""CPI, SPI and EAC beside the S-curve: the figure, its way over time, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_pilot import formats
from crm_pilot.governance import budget_charts
from crm_pilot.governance.budget import BudgetFigures
from crm_pilot.governance.budget_charts import THOUSAND, Index
from crm_pilot.governance.budget_value import ValueFigures
from crm_pilot.governance.earned_value import EarnedValue
from crm_pilot.governance.terms import Trend
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass
from crm_pilot.reports.blocks import Block, Drawn, Section
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.s_curve import index_line
from crm_pilot.reports.styles import KEY, LEADING, NOTE
from crm_pilot.reports.typography import wrap

if TYPE_CHECKING:
    from crm_pilot.reports.content import Part

SPARK = 74.0  # width of the line over time
RISES = {Trend.BETTER: N_("rising"), Trend.STABLE: N_("stable"), Trend.WORSE: N_("falling")}


@dataclass(frozen=True)
class Told:
    """One figure: large, its name and trend, what it says, and its way over time."""

    figure: str
    name: str
    sentence: str
    index: Index | None = None


def indices(context: Context, figures: BudgetFigures, value: ValueFigures) -> Block | None:
    """The column of indices; None while nothing was estimated."""
    told = tell(context, figures, value)
    if not told:
        return None

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        y += 3
        each = (high - 3) / len(told)
        for place, one in enumerate(told):
            _draw(pen, x, y + place * each, room, one, context)
            if place + 1 < len(told):
                pen.rule(x, y + (place + 1) * each - 6, room)

    def shows() -> tuple[Part, ...]:
        from crm_pilot.reports.content import FactsPart

        return (FactsPart("", tuple((one.figure, f"{one.name}. {one.sentence}") for one in told)),)

    return Section(context.tr("Indices"), Drawn(196.0, paint, 70.0, shows))


def tell(context: Context, figures: BudgetFigures, value: ValueFigures) -> list[Told]:
    """What is said of CPI, SPI and EAC."""
    if value.now is None:
        return []
    now = value.now.value
    cost = budget_charts.index(value, "cost_index")
    speed = budget_charts.index(value, "schedule_index")
    return [
        Told(
            context.number(cost.value, 2),
            _named(context, context.tr("CPI"), cost),
            _cost_says(context, cost),
            cost,
        ),
        Told(
            context.number(speed.value, 2),
            _named(context, context.tr("SPI"), speed),
            _speed_says(context, speed),
            speed,
        ),
        Told(
            _money(context, now.estimate),
            context.tr("EAC = AC + RAF"),
            _estimate_says(context, figures, now),
        ),
    ]


def _named(context: Context, name: str, index: Index) -> str:
    if index.trend is None:
        return name
    return context.tr("{name}, {trend}", name=name, trend=context.tr(RISES[index.trend]))


def _cost_says(context: Context, index: Index) -> str:
    if index.value is None:
        return context.tr("Not known: nothing was spent, or a line was not estimated.")
    return context.tr(
        "One euro spent makes {cents} cents of planned work.",
        cents=context.number(index.value * 100),
    )


def _speed_says(context: Context, index: Index) -> str:
    if index.value is None:
        return context.tr("Not known: lines have no dates, or were not estimated.")
    return context.tr(
        "The work done is worth {share} of the work planned by now.",
        share=context.percent(index.value),
    )


def _estimate_says(context: Context, figures: BudgetFigures, now: EarnedValue) -> str:
    told = []
    if now.estimate_by_index is not None:
        told.append(
            context.tr(
                "Cross-check: {baseline} ÷ CPI makes {estimate}.",
                baseline=context.number(now.budget / THOUSAND),
                estimate=_money(context, now.estimate_by_index),
            )
        )
    if figures.progress_share is not None:
        told.append(
            context.tr(
                "Progress: {spent} ÷ {revised} = {share}.",
                spent=context.number(figures.spent_cents / THOUSAND),
                revised=context.number(figures.revised_cents / THOUSAND),
                share=context.percent(figures.progress_share),
            )
        )
    return " ".join(told)


def _money(context: Context, cents: float | None) -> str:
    if cents is None:
        return "–"
    return formats.money(round(cents), context.language)


def _draw(pen: Pen, x: float, y: float, room: float, one: Told, context: Context) -> None:
    pen.text(x, y + 12, one.figure, KEY, bold=True, room=room)
    pen.text(x, y + 23, one.name, NOTE, ink="muted", room=room - (SPARK + 4 if one.index else 0))
    if one.index is not None and one.index.points:
        index_line(pen, x + room - SPARK, y + 7, SPARK, 17, one.index.points, context)
    base = y + 25
    for line in wrap(one.sentence, room, NOTE, most=3):
        base += NOTE * LEADING
        pen.text(x, base, line, NOTE)
