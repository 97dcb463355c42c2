"""Figures of maintenance against counts by hand and against a second computation."""

import datetime as dt
import time

from crm_pilot.maintenance import queries, rules
from crm_pilot.maintenance.commands import SeedPriorityCells
from crm_pilot.maintenance.terms import TicketKind, TicketStatus
from crm_pilot.project import Project, SetField
from tests.benchmarks.floor import limit


def test_figures_by_hand(desk: Project, today: dt.date) -> None:
    found = queries.figures(desk.reader, today)
    assert (found.total, found.open) == (10, 5)  # X1, X2, X3, X9, X11
    assert (found.opened_this_week, found.closed_this_week) == (1, 1)
    assert found.ageing == (("0-7", 1), ("8-30", 3), ("31-90", 0), (">90", 1))
    assert found.by_kind == (
        (TicketKind.CORRECTIVE, 2, 4),
        (TicketKind.ADAPTIVE, 1, 1),
        (TicketKind.EVOLUTIVE, 1, 2),
        (TicketKind.QUESTION, 0, 1),
        (TicketKind.UNSORTED, 1, 2),
    )
    assert (found.unsorted, found.overdue, found.evolutive_waiting) == (2, 1, 1)
    assert found.corrective_share == 4 / 8
    assert found.by_priority == ((1, 0), (2, 1), (3, 0), (4, 1), (5, 1), (None, 2))
    # X4 10.5 days, X5 2 days, X7 40 days; planned work and moments unknown stay out
    assert (found.resolution_days_mean, found.resolution_days_median) == (17.5, 10.5)
    assert found.recent_resolution_days_median == 6.25


def test_flow_by_hand(desk: Project, today: dt.date) -> None:
    flow = {w.week_start: w for w in queries.figures(desk.reader, today).flow}
    assert len(flow) == 12
    assert min(flow) == dt.date(2026, 8, 31)
    week = flow[dt.date(2026, 11, 16)]
    assert (week.opened, week.closed, week.stock) == (1, 1, 5)
    week = flow[dt.date(2026, 11, 9)]  # X2 and X5 came; X5 and X6 went
    assert (week.opened, week.closed, week.stock) == (2, 2, 5)
    week = flow[dt.date(2026, 10, 5)]  # X8 came and went, moments unknown; X3 and X6 wait
    assert (week.opened, week.closed, week.stock) == (1, 1, 2)


def test_the_stock_of_each_week_is_the_one_counted_ticket_by_ticket(
    busy: Project, today: dt.date
) -> None:
    for week in queries.figures(busy.reader, today).flow:
        end = min(week.week_start + dt.timedelta(days=6), today)
        stock = busy.reader.value(
            "SELECT COUNT(*) FROM ticket WHERE DATE(opened_at) <= ? AND NOT (status IN"
            " ('resolved', 'closed') AND DATE(COALESCE(resolved_at, closed_at)) <= ?)",
            end,
            end,
        )
        assert week.stock == stock


def test_every_row_agrees_with_the_rules_and_the_figures(busy: Project, today: dt.date) -> None:
    rows = queries.tickets(busy.reader, today)
    found = queries.figures(busy.reader, today)
    counts = dict.fromkeys(rules.AGEING, 0)
    levels: dict[int | None, int] = dict.fromkeys((1, 2, 3, 4, 5, None), 0)
    for row in rows:
        if row.open:
            assert row.age_days == rules.age_days(row.opened_at, today)
            counts[rules.ageing_bucket(row.age_days)] += 1
            levels[row.priority] += 1
    assert tuple(counts.items()) == found.ageing
    assert tuple(levels.items()) == found.by_priority
    assert sum(row.open for row in rows) == found.open
    assert sum(row.overdue for row in rows) == found.overdue
    known = [row for row in rows if row.opened_at.date() <= today]
    assert 0 < len(known) < len(rows)
    assert sum(row.kind is TicketKind.UNSORTED for row in known) == found.unsorted
    assert [row.opened_at for row in rows] == sorted((r.opened_at for r in rows), reverse=True)


def test_rows_by_hand(desk: Project, today: dt.date) -> None:
    rows = {row.number: row for row in queries.tickets(desk.reader, today)}
    assert len(rows) == 11
    assert (rows["X1"].priority, rows["X1"].age_days, rows["X1"].overdue) == (2, 5, True)
    assert (rows["X2"].priority, rows["X2"].overdue) == (4, False)
    assert (rows["X4"].open, rows["X4"].age_days) == (False, 10)
    assert (rows["X11"].open, rows["X11"].status) == (True, TicketStatus.RESOLVED)
    (one,) = queries.tickets_by_id(desk.reader, today, [1])
    assert one == rows["X1"]


def test_an_edited_matrix_changes_priorities_everywhere(desk: Project, today: dt.date) -> None:
    queries.figures(desk.reader, today)
    desk.execute(SeedPriorityCells())
    cell = desk.reader.value("SELECT id FROM priority_cell WHERE impact = 1 AND urgency = 2")
    desk.execute(SetField("priority_cell", cell, "priority", 1))
    assert dict(queries.figures(desk.reader, today).by_priority)[1] == 1
    assert queries.tickets_by_id(desk.reader, today, [1])[0].priority == 1
    assert dict(queries.cells(desk.reader))[1, 2] == 1


def test_an_empty_project(project: Project, today: dt.date) -> None:
    found = queries.figures(project.reader, today)
    assert (found.total, found.open, found.corrective_share) == (0, 0, None)
    assert found.resolution_days_median is None
    assert [week.stock for week in found.flow] == [0] * 12


def test_twenty_thousand_tickets_are_fast(big: Project, today: dt.date) -> None:
    big.reader.versions = None  # measure the query, not the memory
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        found = queries.figures(big.reader, today)
        spent.append(time.perf_counter() - start)
    assert found.total > 15_000
    assert min(spent) * 1000 < limit(120)  # 60 ms on the reference machine
