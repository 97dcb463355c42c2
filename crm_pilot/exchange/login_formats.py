"""What sets one export of use apart: headers, times, and what its rows mean."""

from __future__ import annotations

from dataclasses import replace

from crm_pilot.exchange.plan import Field
from crm_pilot.i18n import N_, Message
from crm_pilot.records import dataclass

TITLES = {
    "user": N_("User"),
    "moment": N_("Login time"),
    "status": N_("Status"),
    "type": N_("Login type"),
    "operation": N_("Operation"),
    "event": N_("Event"),
    "category": N_("Category"),
    "subcategory": N_("Subcategory"),
    "detail": N_("Details of the audit"),
    "days": N_("Login days"),
    "created_by": N_("Created by"),
    "created_on": N_("Created on"),
    "modified_by": N_("Last modified by"),
    "modified_on": N_("Last modified on"),
    "owner": N_("Owner"),
    "object": N_("Object"),
    "created": N_("Created"),
    "updated": N_("Updated"),
}
REQUIRED = frozenset({"user", "moment"})
MOMENTS = ("moment", "created_on", "modified_on")
# How the rows of a format are read
EVENTS, COUNTS, RECORDS, PURVIEW = "events", "counts", "records", "purview"
LOGIN, EVENT_LOG, AUDIT, HUBSPOT, ACTION = "login", "event_log", "audit", "hubspot", "action"


@dataclass(frozen=True)
class LoginFormat:
    """One source of logins or of records."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str]
    utc: bool = False  # times without a zone are in UTC
    kind: str = "logins"
    shape: str = EVENTS
    judge: str = LOGIN  # how the words of an event are judged
    one_of: tuple[tuple[str, ...], ...] = ()  # of each group one field at least

    @property
    def telling(self) -> tuple[str, ...]:
        """Fields whose words say what an event is, in the order of the fields."""
        return tuple(f.name for f in self.fields if f.name in _TELLING)


_TELLING = frozenset({"status", "type", "operation", "event", "category", "subcategory", "object"})


def fields(**synonyms: str) -> tuple[Field, ...]:
    """Fields in the order of `TITLES`, from comma-separated normalised headers."""
    return tuple(
        Field(name, title, tuple(s.strip() for s in synonyms[name].split(",")), name in REQUIRED)
        for name, title in TITLES.items()
        if name in synonyms
    )


def as_actions(form: LoginFormat) -> LoginFormat:
    """The same source taken for records: audits hold both."""
    return replace(form, kind="actions")
