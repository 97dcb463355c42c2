"""Tickets of the demonstration: a stock that rises after the second go-live."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING, Any

from crm_pilot.demo.people import People
from crm_pilot.demo.samples import Words, dice, load
from crm_pilot.maintenance.commands import SeedPriorityCells
from crm_pilot.maintenance.terms import TicketKind, TicketStatus
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

YEAR = 2026
HOLIDAYS = (dt.date(YEAR, 7, 14), dt.date(YEAR, 11, 11))  # those that fall on a working day
IMPORTED_AT = dt.datetime(2026, 11, 20, 18, 20)
DAYS_ALLOWED = {1: 1, 2: 4, 3: 15, 4: 30, 5: 60}  # calendar days to resolve, by priority
LIVE = {1: 38, 2: 45, 3: 99}  # week of the go-live, by wave
SLOW = {TicketKind.EVOLUTIVE: 0.2, TicketKind.PREVENTIVE: 0.5, TicketKind.ADAPTIVE: 0.6}
URGE = {1: 1.6, 2: 1.2, 3: 1.0}


@dataclass
class Ticket:
    """A ticket in the making."""

    number: int
    row: dict[str, Any]
    category: str
    opened_at: dt.datetime
    department: str
    requester: str
    resolved_at: dt.datetime | None = None

    @property
    def kind(self) -> TicketKind:
        return TicketKind(self.row["k"])


def fill(work: Work, words: Words, people: People) -> None:
    """Write the tickets with their steps, as one import from ServiceNow."""
    SeedPriorityCells().apply(work)
    data = load("tickets")
    chance = dice("tickets")
    tickets = _life(chance, data, people)
    work.add(
        "import_batch",
        id=7,
        kind="tickets",
        source="incident_2026-11-20.csv",
        imported_at=IMPORTED_AT,
        rows_read=len(tickets),
        rows_kept=len(tickets),
        first_day=tickets[0].opened_at.date(),
        last_day=tickets[-1].opened_at.date(),
    )
    cells = {
        (i, u): p for i, u, p in work.select("SELECT impact, urgency, priority FROM priority_cell")
    }
    rows = [
        _row(chance, words, data, ticket, n, people, cells) for n, ticket in enumerate(tickets, 1)
    ]
    work.insert_many("ticket", rows)
    work.insert_many("ticket_event", _events(rows))


def _life(chance: Random, data: dict[str, Any], people: People) -> list[Ticket]:
    """Open and resolve tickets week by week, as many as the sample says."""
    tickets: list[Ticket] = []
    pool = _Pool(chance, data["topic"])
    first = data["first_week"]
    for week, (opened, resolved) in enumerate(
        zip(data["opened"], data["resolved"], strict=True), first
    ):
        moments = sorted(_moment(chance, week) for _ in range(opened))
        for moment in moments:
            tickets.append(
                _open(chance, pool, week, moment, people, data["first_number"] + len(tickets))
            )
        _resolve(chance, tickets, week, resolved)
    return tickets


def _moment(chance: Random, week: int, after: dt.datetime | None = None) -> dt.datetime:
    """A working moment of an ISO week, more often early in the week."""
    while True:
        day = dt.date.fromisocalendar(YEAR, week, chance.choices(range(1, 6), (5, 4, 4, 3, 3))[0])
        moment = dt.datetime.combine(day, dt.time(8, 0)) + dt.timedelta(
            minutes=chance.randrange(590)
        )
        if (after is None or moment > after) and day not in HOLIDAYS:
            return moment


class _Pool:
    """Subjects that can come up, those named `often` more than the others."""

    def __init__(self, chance: Random, topics: list[dict[str, Any]]) -> None:
        self._chance = chance
        self._rows = [(topic, row) for topic in topics for row in topic["rows"]]
        self._used = [0] * len(self._rows)

    def draw(self, week: int, departments: set[str]) -> tuple[dict[str, Any], dict[str, Any]]:
        """A topic and a subject for a ticket of one of `departments`."""
        weights = [
            row.get("often", 1) / (1 + self._used[n] / row.get("often", 1))
            if topic["from"] <= week and ("any" in topic["who"] or departments & set(topic["who"]))
            else 0.0
            for n, (topic, row) in enumerate(self._rows)
        ]
        place = self._chance.choices(range(len(weights)), weights)[0]
        self._used[place] += 1
        return self._rows[place]


def _open(
    chance: Random, pool: _Pool, week: int, moment: dt.datetime, people: People, number: int
) -> Ticket:
    live = {key: here for key, here in people.departments.items() if LIVE[here.wave] <= week}
    if not live:  # acceptance tests, before the first go-live
        live = {key: here for key, here in people.departments.items() if here.wave == 1}
    fresh = [key for key, here in live.items() if 0 <= week - LIVE[here.wave] < 3]
    keys = list(live) + 2 * fresh
    topic, row = pool.draw(week, set(keys))
    able = keys if "any" in topic["who"] else [key for key in keys if key in topic["who"]]
    department = chance.choice(able)
    requester = chance.choice(people.departments[department].users)
    return Ticket(number, row, topic["cat"], moment, department, requester.name)


def _resolve(chance: Random, tickets: list[Ticket], week: int, count: int) -> None:
    """Resolve `count` open tickets in a week: the urgent ones soon, requests for more late."""
    friday = dt.datetime.combine(dt.date.fromisocalendar(YEAR, week, 5), dt.time(14, 0))
    waiting = [one for one in tickets if one.resolved_at is None and one.opened_at < friday]
    for _ in range(count):
        weights = [SLOW.get(one.kind, 1.0) * URGE[one.row["u"]] for one in waiting]
        one = waiting.pop(chance.choices(range(len(waiting)), weights)[0])
        one.resolved_at = _moment(chance, week, max(one.opened_at, friday - dt.timedelta(days=7)))


def _row(
    chance: Random,
    words: Words,
    data: dict[str, Any],
    ticket: Ticket,
    key: int,
    people: People,
    cells: dict[tuple[int, int], int],
) -> dict[str, Any]:
    status = _status(chance, ticket, people.status_date)
    unsorted = status is TicketStatus.NEW and ticket.kind is not TicketKind.EVOLUTIVE
    impact, urgency = (None, None) if unsorted else (ticket.row["i"], ticket.row["u"])
    allowed = DAYS_ALLOWED[cells[ticket.row["i"], ticket.row["u"]]]
    due = ticket.opened_at.date() + dt.timedelta(days=allowed)
    promised = ticket.kind in (TicketKind.CORRECTIVE, TicketKind.QUESTION) and not unsorted
    seen = ticket.opened_at + dt.timedelta(minutes=chance.randrange(15, 400))
    closed = _closed(chance, ticket, status)
    return {
        "id": key,
        "number": f"INC00{ticket.number:05d}",
        "title": words(ticket.row),
        "kind": TicketKind.UNSORTED if unsorted else ticket.kind,
        "status": status,
        "impact": impact,
        "urgency": urgency,
        "priority": None,
        "opened_at": ticket.opened_at,
        "acknowledged_at": None
        if status is TicketStatus.NEW
        else min(seen, ticket.resolved_at or seen),
        "resolved_at": ticket.resolved_at,
        "closed_at": closed,
        "due_on": due if promised else None,
        "department_id": people.departments[ticket.department].id,
        "requester": ticket.requester,
        "assignee": "" if status is TicketStatus.NEW else _assignee(chance, people),
        "category": words(data["category"][ticket.category]),
        "source": "servicenow",
    }


def _status(chance: Random, ticket: Ticket, today: dt.date) -> TicketStatus:
    if ticket.resolved_at is not None:
        settled = (today - ticket.resolved_at.date()).days > 7
        return TicketStatus.CLOSED if settled else TicketStatus.RESOLVED
    if (today - ticket.opened_at.date()).days < 6 and chance.random() < 0.55:
        return TicketStatus.NEW
    if ticket.kind is TicketKind.EVOLUTIVE:
        return TicketStatus.WAITING
    return TicketStatus.WAITING if chance.random() < 0.25 else TicketStatus.IN_PROGRESS


def _closed(chance: Random, ticket: Ticket, status: TicketStatus) -> dt.datetime | None:
    if ticket.resolved_at is None or status is not TicketStatus.CLOSED:
        return None
    later = ticket.resolved_at + dt.timedelta(days=chance.randrange(2, 7))
    return later.replace(hour=19, minute=0)  # the nightly clean-up of resolved tickets


def _assignee(chance: Random, people: People) -> str:
    return chance.choice(
        (people.names["diallo"], people.names["morel"], people.names["faure"], "TMA")
    )


def _events(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps of each ticket, from its moments."""
    steps = (
        ("opened_at", TicketStatus.NEW),
        ("acknowledged_at", TicketStatus.IN_PROGRESS),
        ("resolved_at", TicketStatus.RESOLVED),
        ("closed_at", TicketStatus.CLOSED),
    )
    found = [
        {
            "ticket_id": row["id"],
            "happened_at": row[column],
            "status": status,
            "by": row["requester"] if column == "opened_at" else row["assignee"],
        }
        for row in rows
        for column, status in steps
        if row[column] is not None
    ]
    return [{"id": number, **event} for number, event in enumerate(found, 1)]
