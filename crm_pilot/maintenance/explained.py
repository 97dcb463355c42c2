"""Why the figures of maintenance are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.maintenance import queries, rules
from crm_pilot.maintenance.queries import MaintenanceFigures
from crm_pilot.maintenance.terms import TicketKind
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Why, as_of, from_to

MATRIX = msg("The rules ServiceNow ships for impact × urgency")
REPAIR = msg("Service-desk practice (HDI): for incidents, not for planned requests")
KINDS = msg("Usual kinds of software maintenance")
BUCKETS = msg("Usual in service desks; the limits are this program's own")


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Every figure of the room by key."""
    figures = queries.figures(reader, today)
    return {
        **_stock(figures, today),
        **_flow(figures, today),
        **_kinds(figures, today),
        **_resolution(figures, today),
        **_tickets(reader, figures, today),
    }


def _open(figures: MaintenanceFigures) -> Message:
    return msg("{open} open of {total} tickets", open=figures.open, total=figures.total)


def _stock(figures: MaintenanceFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    stock = msg(
        "Tickets opened by that day that had not left the stock: neither resolved nor closed; the"
        " earlier of the two moments counts."
    )
    return {
        "total": Why(
            msg("All tickets opened by that day, imported or typed in."),
            _open(figures),
            OWN,
            known,
            name=msg("All tickets"),
        ),
        "open": Why(stock, _open(figures), OWN, known, name=msg("Open tickets")),
        "overdue": Why(
            msg("Open tickets whose due date is past; tickets without one never are."),
            msg("{late} of {open} open tickets", late=figures.overdue, open=figures.open),
            OWN,
            known,
            name=msg("Past due"),
        ),
        "unsorted": Why(
            msg("Tickets, open or not, to which nobody gave a kind yet."),
            msg("{n} of {total} tickets", n=figures.unsorted, total=figures.total),
            OWN,
            known,
            name=msg("To be sorted"),
        ),
        "ageing": Why(
            msg("Open tickets by the days since they were opened."),
            _open(figures),
            BUCKETS,
            known,
            msg("Bold over 90 days"),
            msg("Age of what is open"),
        ),
    }


def _flow(figures: MaintenanceFigures, today: dt.date) -> dict[str, Why]:
    flow = figures.flow
    whole = from_to(flow[0].week_start, today)
    week = from_to(flow[-1].week_start, today)
    this_week = msg(
        "{opened} opened and {closed} closed",
        opened=figures.opened_this_week,
        closed=figures.closed_this_week,
    )
    return {
        "flow": Why(
            name=msg("Flow"),
            rule=msg(
                "Tickets opened, and tickets that left the stock, by week from Monday to Sunday."
                " Still open: the stock at the end of the week, counted back from today's."
            ),
            data=msg(
                "{opened} opened and {closed} closed in {n} weeks; {open} open now",
                opened=sum(row.opened for row in flow),
                closed=sum(row.closed for row in flow),
                n=len(flow),
                open=figures.open,
            ),
            source=OWN,
            period=whole,
        ),
        "opened_this_week": Why(
            msg("Tickets opened since Monday."), this_week, OWN, week, name=msg("Opened this week")
        ),
        "closed_this_week": Why(
            msg("Tickets that left the stock since Monday."),
            this_week,
            OWN,
            week,
            name=msg("Closed this week"),
        ),
    }


def _kinds(figures: MaintenanceFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    corrective = next((n for kind, _, n in figures.by_kind if kind is TicketKind.CORRECTIVE), 0)
    named = figures.total - figures.unsorted
    return {
        "by_kind": Why(
            msg("Tickets by kind of maintenance, as imported or chosen."),
            _open(figures),
            KINDS,
            known,
            name=msg("Kinds"),
        ),
        "corrective_share": Why(
            msg("Corrective tickets ÷ tickets that have a kind; those to be sorted do not count."),
            msg(
                "{n} corrective of {sorted} sorted; {unsorted} still to be sorted",
                n=corrective,
                sorted=named,
                unsorted=figures.unsorted,
            ),
            KINDS,
            known,
            name=msg("Corrective share"),
        ),
        "evolutive_waiting": Why(
            msg("Open tickets of kind evolutive: what users asked for and wait for."),
            msg("{n} of {open} open tickets", n=figures.evolutive_waiting, open=figures.open),
            KINDS,
            known,
            name=msg("Evolutive requests waiting"),
        ),
    }


def _resolution(figures: MaintenanceFigures, today: dt.date) -> dict[str, Why]:
    rule = msg(
        "Days from opening to leaving the stock, nights and weekends included. Adaptive, evolutive"
        " and preventive work is planned and left out, so are tickets without a closing moment."
    )
    gone = msg(
        "{gone} of {total} tickets have left the stock",
        gone=figures.total - figures.open,
        total=figures.total,
    )
    period = as_of(today)
    recent = from_to(figures.flow[0].week_start, today)
    return {
        "resolution_days_median": Why(
            rule, gone, REPAIR, period, name=msg("Days to resolve, median")
        ),
        "resolution_days_mean": Why(rule, gone, REPAIR, period, name=msg("Days to resolve, mean")),
        "recent_resolution_days_median": Why(
            rule,
            nmsg(
                "{n} ticket left the stock in these weeks",
                "{n} tickets left the stock in these weeks",
                sum(row.closed for row in figures.flow),
            ),
            REPAIR,
            recent,
            name=msg("Days to resolve, median of the last weeks"),
        ),
    }


def _tickets(reader: Reader, figures: MaintenanceFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    unknown = next((n for level, n in figures.by_priority if level is None), 0)
    ranked = msg(
        "{n} open tickets with a priority, {unknown} without",
        n=figures.open - unknown,
        unknown=unknown,
    )
    changed = sum(rules.SHIPPED_CELLS[cell] != level for cell, level in queries.cells(reader))
    source = MATRIX
    if changed:
        source = msg("{matrix}, changed in {n} cells by this project", matrix=MATRIX, n=changed)
    rule = msg(
        "Priority 1 to 5 from impact × urgency: impact + urgency − 1 unless the project says"
        " otherwise; the source's own priority while one of the two is unknown."
    )
    return {
        "by_priority": Why(
            rule, ranked, source, known, msg("Bold: 1 and 2"), msg("Open by priority")
        ),
        "priority": Why(rule, ranked, source, known, msg("Bold: 1 and 2"), msg("Priority")),
        "age_days": Why(
            msg("Whole days from opening until the ticket left the stock, or until that day."),
            _open(figures),
            OWN,
            known,
            msg("▲ past its due date"),
            msg("Age"),
        ),
    }
