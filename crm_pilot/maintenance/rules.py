"""Rules of maintenance: priority by matrix, the stock, ageing, weekly flow, days to resolve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from statistics import fmean, median

from crm_pilot.maintenance.terms import TicketKind, TicketStatus

LEVELS = (1, 2, 3)  # of impact and of urgency: high, medium, low
Cells = Mapping[tuple[int, int], int]

# ServiceNow's shipped rules (DOMAIN.md 4, [W61]): they equal impact + urgency - 1.
SHIPPED_CELLS: Cells = {(i, u): i + u - 1 for i in LEVELS for u in LEVELS}

AGEING_LIMITS = (7, 30, 90)  # last day of each bucket (DOMAIN.md 4); older is the fourth
AGEING = ("0-7", "8-30", "31-90", ">90")

GONE = frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED})  # these have left the stock
# Asked-for work is planned, so its length says nothing about repair (DOMAIN.md 4, [W66]).
PLANNED_WORK = frozenset({TicketKind.ADAPTIVE, TicketKind.EVOLUTIVE, TicketKind.PREVENTIVE})


def priority(
    impact: int | None, urgency: int | None, source: int | None, cells: Cells
) -> int | None:
    """Priority 1 to 5 of a ticket, None when unknown.

    The matrix `cells` decides as soon as impact and urgency are known (shipped rules where it has
    no such cell); until then the source's own priority counts.
    """
    if impact is None or urgency is None:
        return source
    return cells.get((impact, urgency), SHIPPED_CELLS[impact, urgency])


def age_days(opened_at: dt.datetime, day: dt.date) -> int:
    """Whole days between the day of opening and `day`; never negative."""
    return max((day - opened_at.date()).days, 0)


def ageing_bucket(days: int) -> str:
    """The bucket of an age in days: one of `AGEING`."""
    for limit, name in zip(AGEING_LIMITS, AGEING, strict=False):
        if days <= limit:
            return name
    return AGEING[-1]


def week_start(day: dt.date) -> dt.date:
    """Monday of the ISO week of `day`."""
    return day - dt.timedelta(days=day.weekday())


def last_weeks(day: dt.date, count: int) -> tuple[dt.date, ...]:
    """Mondays of the last `count` ISO weeks, that of `day` last."""
    monday = week_start(day)
    return tuple(monday - dt.timedelta(weeks=back) for back in range(count - 1, -1, -1))


def stocks(open_now: int, flow: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Stock at the end of each week, from today's stock and (opened, closed) of each week.

    Counted backwards, so that the last stock is the number of open tickets.
    """
    found = [open_now]
    for opened, closed in reversed(flow[1:]):
        found.append(found[-1] - opened + closed)
    return tuple(reversed(found))


def mean_and_median(values: Sequence[float]) -> tuple[float | None, float | None]:
    """Mean and median, None when there is nothing to average."""
    return (fmean(values), median(values)) if values else (None, None)


def share(part: int, whole: int) -> float | None:
    """part ÷ whole, None when there is no whole."""
    return part / whole if whole else None
