"""Edits of maintenance: the moments they stamp, and that they are undone whole."""

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.maintenance import queries
from crm_pilot.maintenance.commands import AddTicket, SeedPriorityCells, SetStatus
from crm_pilot.maintenance.rules import SHIPPED_CELLS
from crm_pilot.maintenance.terms import TicketStatus
from crm_pilot.project import Command, Project, SetField

NOON = dt.datetime(2026, 11, 21, 12)
LATER = dt.datetime(2026, 11, 21, 16)
TABLES = ("ticket", "ticket_event", "priority_cell")


def content(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


@pytest.mark.parametrize(
    "command",
    [
        SetStatus((1, 2, 4), TicketStatus.WAITING, NOON),
        SetStatus((3,), TicketStatus.CLOSED, NOON, by="Ana"),
        AddTicket("No more contacts", NOON, {"impact": 1, "urgency": 1}),
        SeedPriorityCells(),
    ],
    ids=lambda command: type(command).__name__,
)
def test_one_step_back_and_forth(desk: Project, command: Command) -> None:
    before = content(desk)
    desk.execute(command)
    after = content(desk)
    assert after != before
    desk.undo()
    assert content(desk) == before
    desk.redo()
    assert content(desk) == after


def moments(project: Project, key: int) -> tuple[dt.datetime | None, ...]:
    found = queries.ticket(project.reader, key)
    assert found is not None
    return found.acknowledged_at, found.resolved_at, found.closed_at


def test_moments_are_stamped_on_the_way_and_cleared_on_the_way_back(desk: Project) -> None:
    def step(status: TicketStatus, moment: dt.datetime) -> tuple[dt.datetime | None, ...]:
        desk.execute(SetStatus((2,), status, moment, by="Ana"))
        return moments(desk, 2)

    assert step(TicketStatus.IN_PROGRESS, NOON) == (NOON, None, None)
    assert step(TicketStatus.RESOLVED, LATER) == (NOON, LATER, None)
    assert step(TicketStatus.CLOSED, LATER) == (NOON, LATER, LATER)
    assert step(TicketStatus.WAITING, LATER) == (NOON, None, None)
    assert step(TicketStatus.CLOSED, LATER) == (NOON, LATER, LATER)
    assert step(TicketStatus.NEW, LATER) == (None, None, None)
    steps = queries.events(desk.reader, 2)
    assert len(steps) == 6
    assert (steps[0].status, steps[0].happened_at, steps[0].by) == (
        TicketStatus.IN_PROGRESS,
        NOON,
        "Ana",
    )


def test_the_same_status_again_changes_nothing(desk: Project) -> None:
    before = content(desk)
    desk.execute(SetStatus((1,), TicketStatus.IN_PROGRESS, NOON))
    assert content(desk) == before
    assert desk.undo_labels[0].english() == "Add ticket"


def test_a_status_before_the_opening_is_refused_whole(desk: Project) -> None:
    before = content(desk)
    with pytest.raises(UserError, match=r"X2 was opened on 13.Nov, later than 1.Nov"):
        desk.execute(SetStatus((3, 2), TicketStatus.CLOSED, dt.datetime(2026, 11, 1)))
    assert content(desk) == before


def test_numbers_go_on_from_the_highest(desk: Project) -> None:
    first = desk.execute(AddTicket("A", NOON))
    desk.execute(SetField("ticket", first, "number", "T-0041"))
    second = desk.execute(AddTicket("B", NOON))
    assert desk.reader.value("SELECT number FROM ticket WHERE id = ?", second) == "T-0042"


def test_seeding_keeps_edited_cells(project: Project) -> None:
    project.execute(SeedPriorityCells())
    assert dict(queries.cells(project.reader)) == dict(SHIPPED_CELLS)
    project.execute(SetField("priority_cell", 1, "priority", 4))
    project.execute(SeedPriorityCells())
    assert dict(queries.cells(project.reader))[1, 1] == 4
