"""Edits of maintenance that touch several columns or rows: status, a new ticket, the matrix."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.maintenance.rules import GONE, SHIPPED_CELLS
from crm_pilot.maintenance.terms import STATUSES, TicketStatus
from crm_pilot.records import dataclass
from crm_pilot.store.commands import Value

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

PREFIX = "T-"  # of tickets typed in; sources bring their own numbers


@dataclass(frozen=True)
class SetStatus:
    """Give tickets a status and stamp the moments that go with it.

    Resolving and closing stamp what is not stamped yet with `moment`; going back clears what no
    longer holds. A dated event is kept. Raises `UserError` when `moment` is before the opening.
    """

    ticket_ids: tuple[int, ...]
    status: TicketStatus
    moment: dt.datetime
    by: str = ""

    @property
    def label(self) -> Message:
        return nmsg(
            "Set {n} ticket to {status}",
            "Set {n} tickets to {status}",
            len(self.ticket_ids),
            status=Message(STATUSES[self.status]),
        )

    def apply(self, work: Work) -> None:
        for key in self.ticket_ids:
            row = work.get("ticket", key)
            if row.status == self.status:
                continue
            if self.moment < row.opened_at:
                raise UserError(
                    N_(
                        "Ticket {number} was opened on {opened}, later than {moment}."
                        " Its status was not changed; check the project's status date."
                    ),
                    number=row.number,
                    opened=row.opened_at.date(),
                    moment=self.moment.date(),
                )
            work.set("ticket", key, status=self.status, **self._moments(row))
            work.add(
                "ticket_event",
                ticket_id=key,
                happened_at=self.moment,
                status=self.status,
                by=self.by,
            )

    def _moments(self, row: object) -> dict[str, dt.datetime | None]:
        taken = self.status is not TicketStatus.NEW
        resolved = self.status in GONE
        closed = self.status is TicketStatus.CLOSED
        return {
            "acknowledged_at": _stamp(row, "acknowledged_at", taken, self.moment),
            "resolved_at": _stamp(row, "resolved_at", resolved, self.moment),
            "closed_at": _stamp(row, "closed_at", closed, self.moment),
        }


def _stamp(row: object, column: str, holds: bool, moment: dt.datetime) -> dt.datetime | None:
    known: dt.datetime | None = getattr(row, column)
    return (known or moment) if holds else None


@dataclass(frozen=True)
class AddTicket:
    """A ticket typed in, with the next number `T-0001`; the result is its id."""

    title: str
    opened_at: dt.datetime
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def label(self) -> Message:
        return msg("Add a ticket")

    def apply(self, work: Work) -> int:
        last = work.select(
            "SELECT MAX(CAST(SUBSTR(number, ?) AS INTEGER)) FROM ticket WHERE number GLOB ?",
            len(PREFIX) + 1,
            f"{PREFIX}[0-9]*",
        )[0][0]
        number = f"{PREFIX}{(last or 0) + 1:04d}"
        return work.add(
            "ticket", number=number, title=self.title, opened_at=self.opened_at, **self.values
        )


@dataclass(frozen=True)
class SeedPriorityCells:
    """Fill the priority matrix with ServiceNow's shipped rules; cells that exist stay."""

    @property
    def label(self) -> Message:
        return msg("Fill the priority matrix")

    def apply(self, work: Work) -> None:
        known = set(work.select("SELECT impact, urgency FROM priority_cell"))
        work.insert_many(
            "priority_cell",
            [
                {"impact": impact, "urgency": urgency, "priority": value}
                for (impact, urgency), value in SHIPPED_CELLS.items()
                if (impact, urgency) not in known
            ],
        )
