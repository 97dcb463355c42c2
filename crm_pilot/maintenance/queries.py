"""Reads of maintenance: tickets as rows, one ticket whole, weekly flow and figures.

All figures are as of a day: tickets opened later do not count, and a ticket that left the stock
later is still open. A ticket leaves the stock when its status is resolved or closed, at the
earlier of the two moments; a source that gave neither leaves it at its opening, so that it is
never counted as open work.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from crm_pilot.maintenance import rules
from crm_pilot.maintenance.terms import TicketKind, TicketStatus
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

WEEKS = 12

# Priority of a ticket `t` beside its cell `c` (`rules.priority`).
_PRIORITY = (
    "CASE WHEN t.impact IS NULL OR t.urgency IS NULL THEN t.priority"
    " ELSE COALESCE(c.priority, t.impact + t.urgency - 1) END"
)
_CELL = "LEFT JOIN priority_cell c ON c.impact = t.impact AND c.urgency = t.urgency"
# Moment at which a ticket left the stock, NULL while it is in it.
_LEFT = (
    "CASE WHEN t.status IN ('resolved', 'closed') THEN COALESCE(MIN(t.resolved_at, t.closed_at),"
    " t.resolved_at, t.closed_at, t.opened_at) END"
)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket as a line of the table; `priority` is the effective one, ages are in days.

    `age_days` runs until the ticket left the stock; `open` is as of the day asked for.
    """

    id: int
    number: str
    title: str
    kind: TicketKind
    status: TicketStatus
    impact: int | None
    urgency: int | None
    priority: int | None
    department_id: int | None
    department: str | None
    opened_at: dt.datetime
    due_on: dt.date | None
    assignee: str
    age_days: int
    open: bool
    overdue: bool


@dataclass(frozen=True)
class EventRow:
    """A dated step in a ticket's life."""

    id: int
    happened_at: dt.datetime
    status: TicketStatus
    by: str


@dataclass(frozen=True)
class TicketDetail:
    """What the form shows of one ticket beside its line. `source_priority` is the source's own."""

    id: int
    source_priority: int | None
    acknowledged_at: dt.datetime | None
    resolved_at: dt.datetime | None
    closed_at: dt.datetime | None
    requester: str
    category: str
    description: str
    source: str


@dataclass(frozen=True)
class FlowWeek:
    """Tickets opened and gone in an ISO week, and the stock at its end (or today)."""

    week_start: dt.date
    opened: int
    closed: int
    stock: int


@dataclass(frozen=True)
class MaintenanceFigures:
    """Figures of maintenance on a day; see `figures` for the definitions."""

    total: int
    open: int
    opened_this_week: int
    closed_this_week: int
    flow: tuple[FlowWeek, ...]
    ageing: tuple[tuple[str, int], ...]
    by_kind: tuple[tuple[TicketKind, int, int], ...]  # kind, open, total
    corrective_share: float | None
    evolutive_waiting: int
    resolution_days_mean: float | None
    resolution_days_median: float | None
    recent_resolution_days_median: float | None  # of tickets gone in the weeks of the flow
    by_priority: tuple[tuple[int | None, int], ...]  # open tickets; None: priority unknown
    overdue: int
    unsorted: int


@remembered("ticket", "priority_cell", "department")
def tickets(reader: Reader, today: dt.date) -> tuple[TicketRow, ...]:
    """Every ticket, the latest opened first."""
    return tuple(_ticket_rows(reader, today, "ORDER BY t.opened_at DESC, t.id DESC"))


def tickets_by_id(reader: Reader, today: dt.date, ids: Iterable[int]) -> list[TicketRow]:
    """The tickets with these ids that still exist, for repainting after an edit."""
    wanted = ", ".join(str(int(number)) for number in ids)
    return _ticket_rows(reader, today, f"WHERE t.id IN ({wanted})")


def _ticket_rows(reader: Reader, today: dt.date, tail: str) -> list[TicketRow]:
    morning = _after(today)
    found = reader.select(
        "SELECT t.id, t.number, t.title, t.kind, t.status, t.impact, t.urgency,"
        f" {_PRIORITY}, t.department_id, d.name, t.opened_at, t.due_on, t.assignee, {_LEFT}"
        f" FROM ticket t {_CELL} LEFT JOIN department d ON d.id = t.department_id {tail}",
    )
    kinds: dict[str, TicketKind] = {kind.value: kind for kind in TicketKind}
    states: dict[str, TicketStatus] = {status.value: status for status in TicketStatus}
    moment, date = dt.datetime.fromisoformat, dt.date.fromisoformat
    now = today.toordinal()
    made = []
    for row in found:
        opened = moment(row[10])
        left = row[13]
        is_open = row[10] < morning and (left is None or left >= morning)
        due = date(row[11]) if row[11] else None
        end = moment(left).toordinal() if left is not None and left < morning else now
        made.append(
            TicketRow(
                row[0],
                row[1],
                row[2],
                kinds[row[3]],
                states[row[4]],
                row[5],
                row[6],
                row[7],
                row[8],
                row[9],
                opened,
                due,
                row[12],
                max(end - opened.toordinal(), 0),
                is_open,
                is_open and due is not None and due < today,
            )
        )
    return made


@remembered("ticket")
def ticket(reader: Reader, ticket_id: int) -> TicketDetail | None:
    """One ticket whole, or None when it is gone."""
    found = reader.rows(
        TicketDetail,
        "SELECT id, priority, acknowledged_at, resolved_at, closed_at, requester, category,"
        " description, source FROM ticket WHERE id = ?",
        ticket_id,
    )
    return found[0] if found else None


@remembered("ticket_event")
def events(reader: Reader, ticket_id: int) -> tuple[EventRow, ...]:
    """The steps of a ticket's life, oldest first."""
    return tuple(
        reader.rows(
            EventRow,
            'SELECT id, happened_at, status, "by" FROM ticket_event WHERE ticket_id = ?'
            " ORDER BY happened_at, id",
            ticket_id,
        )
    )


@remembered("priority_cell")
def cells(reader: Reader) -> tuple[tuple[tuple[int, int], int], ...]:
    """The priority matrix as ((impact, urgency), priority); empty: the shipped rules apply."""
    return tuple(
        ((impact, urgency), value)
        for impact, urgency, value in reader.select(
            "SELECT impact, urgency, priority FROM priority_cell ORDER BY impact, urgency"
        )
    )


@remembered("ticket", "priority_cell")
def figures(reader: Reader, today: dt.date) -> MaintenanceFigures:
    """Every figure of maintenance on `today`.

    `unsorted` counts all tickets whose kind nobody gave; `corrective_share` = corrective ÷ sorted.
    `evolutive_waiting` are open evolutive requests, `overdue` open tickets past their due date.
    Days to resolve run from opening to leaving the stock, without planned work
    (`rules.PLANNED_WORK`) and without tickets whose source gave no moment.
    """
    in_stock = _open_tickets(reader, today)
    kinds = Counter(row[0] for row in in_stock)
    levels = Counter(row[1] for row in in_stock)
    totals = _totals(reader, today)
    total, unsorted = sum(totals.values()), totals.get(TicketKind.UNSORTED, 0)
    flow = _flow(reader, today, len(in_stock))
    days = _resolution_days(reader, today)
    mean, middle = rules.mean_and_median([length for length, _ in days])
    since = flow[0].week_start.isoformat()
    return MaintenanceFigures(
        total=total,
        open=len(in_stock),
        opened_this_week=flow[-1].opened,
        closed_this_week=flow[-1].closed,
        flow=flow,
        ageing=_ageing((row[2] for row in in_stock), today),
        by_kind=tuple((kind, kinds[kind], count) for kind, count in totals.items()),
        corrective_share=rules.share(totals.get(TicketKind.CORRECTIVE, 0), total - unsorted),
        evolutive_waiting=kinds[TicketKind.EVOLUTIVE],
        resolution_days_mean=mean,
        resolution_days_median=middle,
        recent_resolution_days_median=rules.mean_and_median(
            [length for length, left in days if left >= since]
        )[1],
        by_priority=tuple((level, levels[level]) for level in (1, 2, 3, 4, 5, None)),
        overdue=sum(row[3] for row in in_stock),
        unsorted=unsorted,
    )


def _after(day: dt.date) -> str:
    """Start of the day after `day`, as moments are stored: earlier text is on or before `day`."""
    return (day + dt.timedelta(days=1)).isoformat()


def _open_tickets(reader: Reader, today: dt.date) -> list[tuple[str, int | None, str, int]]:
    """(kind, effective priority, day of opening, whether late) of the tickets in the stock."""
    end = _after(today)
    return reader.select(
        f"SELECT t.kind, {_PRIORITY}, SUBSTR(t.opened_at, 1, 10), COALESCE(t.due_on < ?, 0)"
        f" FROM ticket t {_CELL} WHERE t.opened_at < ?"
        f" AND (t.status NOT IN ('resolved', 'closed') OR {_LEFT} >= ?)",
        today,
        end,
        end,
    )


def _totals(reader: Reader, today: dt.date) -> dict[TicketKind, int]:
    """All tickets opened by `today` by kind, those that occur. One pass without sorting."""
    columns = ", ".join(f"SUM(kind = '{kind.value}')" for kind in TicketKind)
    counts = reader.select(f"SELECT {columns} FROM ticket WHERE opened_at < ?", _after(today))[0]
    return {kind: count for kind, count in zip(TicketKind, counts, strict=True) if count}


def _ageing(days: Iterable[str], today: dt.date) -> tuple[tuple[str, int], ...]:
    """Tickets by age bucket, from their days of opening."""
    counts = dict.fromkeys(rules.AGEING, 0)
    for day, count in Counter(days).items():
        counts[rules.ageing_bucket((today - dt.date.fromisoformat(day)).days)] += count
    return tuple(counts.items())


def _flow(reader: Reader, today: dt.date, open_now: int) -> tuple[FlowWeek, ...]:
    """The last twelve ISO weeks, up to and including `today`."""
    weeks = rules.last_weeks(today, WEEKS)
    opened = _by_week(
        reader,
        "SELECT SUBSTR(opened_at, 1, 10), COUNT(*) FROM ticket"
        " WHERE opened_at >= ? AND opened_at < ? GROUP BY 1",
        weeks[0],
        today,
    )
    closed = _by_week(
        reader,
        f"SELECT SUBSTR(gone, 1, 10), COUNT(*) FROM (SELECT {_LEFT} AS gone FROM ticket t"
        " WHERE t.status IN ('resolved', 'closed')) WHERE gone >= ? AND gone < ? GROUP BY 1",
        weeks[0],
        today,
    )
    counts = [(opened.get(week, 0), closed.get(week, 0)) for week in weeks]
    levels = rules.stocks(open_now, counts)
    return tuple(
        FlowWeek(week, came, went, level)
        for week, (came, went), level in zip(weeks, counts, levels, strict=True)
    )


def _by_week(reader: Reader, sql: str, first: dt.date, today: dt.date) -> dict[dt.date, int]:
    counts: dict[dt.date, int] = {}
    for day, count in reader.select(sql, first, _after(today)):
        week = rules.week_start(dt.date.fromisoformat(day))
        counts[week] = counts.get(week, 0) + count
    return counts


def _resolution_days(reader: Reader, today: dt.date) -> list[tuple[float, str]]:
    """(days from opening to leaving, moment of leaving) of unplanned work gone by `today`."""
    planned = ", ".join(f"'{kind.value}'" for kind in sorted(rules.PLANNED_WORK))
    return reader.select(
        "SELECT JULIANDAY(gone) - JULIANDAY(opened_at), gone FROM"
        f" (SELECT t.opened_at, {_LEFT} AS gone FROM ticket t"
        f"  WHERE t.status IN ('resolved', 'closed') AND t.kind NOT IN ({planned})"
        "  AND COALESCE(t.resolved_at, t.closed_at) IS NOT NULL) WHERE gone < ?",
        _after(today),
    )
