"""A handful of tickets with figures one can count on one's fingers."""

import datetime as dt
import random

import pytest

from crm_pilot.i18n import msg
from crm_pilot.maintenance import rules
from crm_pilot.maintenance.terms import TicketKind, TicketStatus
from crm_pilot.project import Add, Project
from crm_pilot.store.work import Work

TODAY = dt.date(2026, 11, 21)  # a Saturday; its week starts on the 16th


@pytest.fixture
def today() -> dt.date:
    return TODAY


def at(month: int, day: int, hour: int = 9) -> dt.datetime:
    """A moment of 2026."""
    return dt.datetime(2026, month, day, hour)


TICKETS: tuple[dict[str, object], ...] = (
    # open, opened this week, past its due date, 1 × 2 = priority 2
    {"kind": "corrective", "status": "in_progress", "opened_at": at(11, 16), "impact": 1,
     "urgency": 2, "priority": 5, "due_on": dt.date(2026, 11, 20)},
    # open for 8 days; due today is not late; its source said 4, urgency unknown
    {"kind": "unsorted", "status": "new", "opened_at": at(11, 13, 23), "impact": 1,
     "priority": 4, "due_on": TODAY},
    # open for 91 days: before the twelve weeks
    {"kind": "evolutive", "status": "waiting", "opened_at": at(8, 22)},
    # resolved this week after 10.5 days; closed later still
    {"kind": "corrective", "status": "closed", "opened_at": at(11, 6, 9),
     "resolved_at": at(11, 16, 21), "closed_at": at(11, 18)},
    # closed on Sunday of last week after 2 days
    {"kind": "question", "status": "closed", "opened_at": at(11, 13), "closed_at": at(11, 15)},
    # planned work: not in the days to resolve
    {"kind": "evolutive", "status": "resolved", "opened_at": at(3, 1), "resolved_at": at(11, 9)},
    # gone before the twelve weeks, after 40 days
    {"kind": "corrective", "status": "resolved", "opened_at": at(1, 1), "resolved_at": at(2, 10)},
    # its source says closed and no more: out of the stock, out of the days
    {"kind": "unsorted", "status": "closed", "opened_at": at(10, 6)},
    # reopened: its status decides, whatever moment is left
    {"kind": "corrective", "status": "in_progress", "opened_at": at(10, 22),
     "resolved_at": at(10, 23), "impact": 3, "urgency": 3},
    # opened after the day of the figures
    {"kind": "corrective", "status": "new", "opened_at": at(11, 22, 0)},
    # resolved after the day of the figures: still open on it, for 30 days
    {"kind": "adaptive", "status": "resolved", "opened_at": at(10, 22), "resolved_at": at(11, 22)},
)  # fmt: skip


@pytest.fixture
def desk(project: Project) -> Project:
    """The eleven tickets above, numbered X1 to X11."""
    for number, values in enumerate(TICKETS, 1):
        row = {"number": f"X{number}", "title": f"Ticket {number}", **values}
        project.execute(Add("ticket", row))
    return project


class Fill:
    """Insert many believable tickets at once."""

    label = msg("Fill")

    def __init__(self, count: int, today: dt.date) -> None:
        self.count, self.today = count, today

    def apply(self, work: Work) -> None:
        work.insert_many("ticket", random_tickets(self.count, self.today))


def random_tickets(count: int, today: dt.date) -> list[dict[str, object]]:
    """Tickets of two years around `today`, always the same."""
    chance = random.Random(7)
    start = dt.datetime.combine(today, dt.time()) - dt.timedelta(days=700)
    made: list[dict[str, object]] = []
    for number in range(count):
        opened = start + dt.timedelta(minutes=chance.randrange(710 * 1440))
        status = chance.choices(list(TicketStatus), (1, 2, 1, 8, 30))[0]
        left = opened + dt.timedelta(hours=chance.expovariate(1 / 200))
        gone = status in rules.GONE
        made.append(
            {
                "number": f"R{number}",
                "title": f"Ticket {number}",
                "kind": chance.choice(list(TicketKind)),
                "status": status,
                "opened_at": opened,
                "resolved_at": left.replace(microsecond=0) if gone else None,
                "closed_at": left.replace(microsecond=0) + dt.timedelta(days=3)
                if status is TicketStatus.CLOSED
                else None,
                "impact": chance.choice((None, 1, 2, 3)),
                "urgency": chance.choice((None, 1, 2, 3)),
                "priority": chance.choice((None, 1, 5)),
                "due_on": chance.choice((None, (opened + dt.timedelta(days=20)).date())),
            }
        )
    return made


@pytest.fixture
def busy(project: Project) -> Project:
    """Eight hundred tickets."""
    project.execute(Fill(800, TODAY))
    return project


@pytest.fixture
def big(project: Project) -> Project:
    """Twenty thousand tickets."""
    project.execute(Fill(20_000, TODAY))
    return project
