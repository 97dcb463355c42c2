"""ServiceNow incidents: field names of incident.csv, `?` for nothing, one row an update."""

from __future__ import annotations

from crm_pilot.exchange.ticket_formats import TicketFormat, fields
from crm_pilot.i18n import msg

FORMAT = TicketFormat(
    name="servicenow",
    title=msg("ServiceNow"),
    fields=fields(
        number="number, numero",
        title="short description, description courte",
        description="description",
        kind="type, task type, sys class name",
        status="incident state, state, etat",
        priority="priority, priorite",
        impact="impact",
        urgency="urgency, urgence",
        opened_at="opened at, opened, sys created at, sys created on, created, ouvert",
        acknowledged_at="acknowledged at, work start",
        resolved_at="resolved at, resolved, resolu",
        closed_at="closed at, closed, ferme",
        due_on="due date, due at, echeance",
        updated_at="sys updated at, sys updated on, updated, mis a jour",
        updated_by="sys updated by, updated by, mis a jour par",
        requester="caller id, caller, appelant, opened by",
        assignee="assigned to, attribue a",
        category="category, categorie",
        subcategory="subcategory, sous categorie",
        department="department, service",
    ),
    marks=frozenset(
        [
            "incident state",
            "sys mod count",
            "sys updated on",
            "sys updated at",
            "sys created at",
            "caller id",
            "opened at",
            "short description",
            "assignment group",
            "reassignment count",
            "cmdb ci",
        ]
    ),
    nulls=frozenset({"?", "(empty)"}),
)
