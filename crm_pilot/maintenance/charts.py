"""What the maintenance charts and the sentence of the room say, from its figures."""

from __future__ import annotations

from crm_pilot.charts import Bar, BarList, Mark, Series, Step, TimeChart, nice_ticks
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.maintenance.queries import MaintenanceFigures
from crm_pilot.maintenance.rules import AGEING
from crm_pilot.maintenance.terms import TICKET_KINDS

COLOUR = "feedback"
AGEING_NAMES = dict(
    zip(AGEING, (N_("0–7 days"), N_("8–30 days"), N_("31–90 days"), N_("> 90 days")), strict=True)
)


def flow_chart(figures: MaintenanceFigures) -> TimeChart:
    """Opened (solid) and closed (hollow) tickets by week, with the stock as a line."""
    flow = figures.flow
    high = max((max(w.opened, w.closed, w.stock) for w in flow), default=0)
    ticks = nice_ticks(max(high, 1), 3, whole=True)
    return TimeChart(
        title=msg("Flow"),
        unit=msg("tickets per week"),
        series=(
            Series(
                msg("opened"),
                tuple((w.week_start, float(w.opened)) for w in flow),
                COLOUR,
                Mark.BAR,
            ),
            Series(
                msg("closed"),
                tuple((w.week_start, float(w.closed)) for w in flow),
                COLOUR,
                Mark.HOLLOW_BAR,
            ),
            Series(
                msg("Still open"),
                tuple((w.week_start, float(w.stock)) for w in flow),
                "text",
                Mark.LINE,
                strong=True,
            ),
        ),
        step=Step.WEEK,
        high=ticks[-1],
        ticks=ticks,
        why="maintenance.flow",
    )


def ageing_chart(figures: MaintenanceFigures) -> BarList:
    """Open tickets by age; those over ninety days are the ones to act on."""
    return BarList(
        title=msg("Age of what is open"),
        caption=nmsg("{n} open", "{n} open", figures.open),
        bars=tuple(
            Bar(Message(AGEING_NAMES[name]), count, figures.open, COLOUR, strong=name == AGEING[-1])
            for name, count in figures.ageing
        ),
        high=max(1, *(count for _, count in figures.ageing)),
        why="maintenance.ageing",
    )


def kinds_chart(figures: MaintenanceFigures) -> BarList:
    """Open tickets by kind of maintenance."""
    return BarList(
        title=msg("Kinds"),
        caption=corrective_caption(figures),
        bars=tuple(
            Bar(Message(TICKET_KINDS[kind]), is_open, figures.open, COLOUR)
            for kind, is_open, _total in figures.by_kind
        ),
        high=max([1, *(is_open for _, is_open, _ in figures.by_kind)]),
        why="maintenance.by_kind",
    )


def corrective_caption(figures: MaintenanceFigures) -> Message:
    """Corrective against the sorted, in words."""
    if figures.corrective_share is None:
        return msg("nothing sorted yet")
    return msg("corrective {percent}%", percent=int(figures.corrective_share * 100 + 0.5))


def headline(figures: MaintenanceFigures) -> Message:
    """The sentence of the room: where the stock goes, and what is late."""
    if not figures.total:
        return msg("No ticket yet.")
    if not figures.open:
        return msg("No ticket is open.")
    change = figures.flow[-1].stock - figures.flow[-5].stock
    stock = nmsg("{n} ticket is open", "{n} tickets are open", figures.open)
    if change > 0:
        trend = msg("{change} more than four weeks ago", change=change)
    elif change < 0:
        trend = msg("{change} fewer than four weeks ago", change=-change)
    else:
        trend = msg("as many as four weeks ago")
    if figures.overdue:
        late = nmsg("{n} is past its due date", "{n} are past their due date", figures.overdue)
        return msg("{stock}, {trend}; {late}.", stock=stock, trend=trend, late=late)
    return msg("{stock}, {trend}; none is past its due date.", stock=stock, trend=trend)
