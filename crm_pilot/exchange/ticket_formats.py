"""What sets one ticket source apart from another: headers, words, habits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from crm_pilot.exchange.plan import Field
from crm_pilot.i18n import N_, Message
from crm_pilot.records import dataclass

TITLES = {
    "number": N_("Number"),
    "title": N_("Title"),
    "description": N_("Description"),
    "kind": N_("Type"),
    "status": N_("Status"),
    "status_category": N_("Status category"),
    "priority": N_("Priority"),
    "impact": N_("Impact"),
    "urgency": N_("Urgency"),
    "opened_at": N_("Opened on"),
    "acknowledged_at": N_("Taken in charge on"),
    "resolved_at": N_("Resolved on"),
    "closed_at": N_("Closed on"),
    "due_on": N_("Due on"),
    "updated_at": N_("Updated on"),
    "updated_by": N_("Updated by"),
    "requester": N_("Requester"),
    "assignee": N_("Assignee"),
    "category": N_("Category"),
    "subcategory": N_("Subcategory"),
    "department": N_("Department"),
}
REQUIRED = frozenset({"number", "opened_at"})
MOMENTS = ("opened_at", "acknowledged_at", "resolved_at", "closed_at", "due_on", "updated_at")


@dataclass(frozen=True)
class TicketFormat:
    """One source of tickets."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str]
    nulls: frozenset[str] = frozenset()  # texts that mean "nothing"
    spaced_numbers: bool = False  # ids are written "2 553"
    markup: bool = False  # cells hold <br> and HTML entities
    priorities: Mapping[str, int] = field(default_factory=dict)  # where it differs from others
    kind: str = "tickets"


def fields(**synonyms: str) -> tuple[Field, ...]:
    """Fields in the order of `TITLES`, from comma-separated normalised headers."""
    return tuple(
        Field(name, title, tuple(s.strip() for s in synonyms[name].split(",")), name in REQUIRED)
        for name, title in TITLES.items()
        if name in synonyms
    )
