"""Mapped classes of maintenance."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.maintenance.terms import TicketKind, TicketStatus
from crm_pilot.store.schema import Base, choice, key, refers, text, whole


class Ticket(Base):
    """A ticket. Moments are local times; `priority` holds the source's own where it gave one,
    and counts only while impact or urgency is unknown (`rules.priority`)."""

    __tablename__ = "ticket"
    __table_args__ = (
        # every figure is read from this index alone: a fifth of the table's bytes
        Index(
            "ix_ticket_figures",
            "opened_at",
            "status",
            "kind",
            "impact",
            "urgency",
            "priority",
            "due_on",
            "resolved_at",
            "closed_at",
        ),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = text("title", filled=True)
    kind: Mapped[str] = choice("kind", TicketKind, TicketKind.UNSORTED)
    status: Mapped[str] = choice("status", TicketStatus, TicketStatus.NEW)
    impact: Mapped[int | None] = whole("impact", low=1, high=3, null=True)
    urgency: Mapped[int | None] = whole("urgency", low=1, high=3, null=True)
    priority: Mapped[int | None] = whole("priority", low=1, high=5, null=True)
    opened_at: Mapped[dt.datetime]
    acknowledged_at: Mapped[dt.datetime | None]
    resolved_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    due_on: Mapped[dt.date | None]
    department_id: Mapped[int | None] = refers("department")
    requester: Mapped[str] = text("requester")
    assignee: Mapped[str] = text("assignee")
    category: Mapped[str] = text("category")
    description: Mapped[str] = text("description")
    source: Mapped[str] = text("source")  # servicenow, glpi, jira, generic; empty = typed in


class TicketEvent(Base):
    """A dated step in a ticket's life, from sources that give one row an update."""

    __tablename__ = "ticket_event"
    id: Mapped[int] = key()
    ticket_id: Mapped[int] = refers("ticket", cascade=True)
    happened_at: Mapped[dt.datetime]
    status: Mapped[str] = choice("status", TicketStatus)
    by: Mapped[str] = text("by")


class PriorityCell(Base):
    """Priority for an impact and an urgency: editable; ServiceNow's shipped rules by default."""

    __tablename__ = "priority_cell"
    __table_args__ = (UniqueConstraint("impact", "urgency"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    impact: Mapped[int] = whole("impact", low=1, high=3)
    urgency: Mapped[int] = whole("urgency", low=1, high=3)
    priority: Mapped[int] = whole("priority", low=1, high=5)
