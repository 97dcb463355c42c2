"""Jira issues: column sets vary by project, headers repeat, custom statuses have a category."""

from __future__ import annotations

from crm_pilot.exchange.ticket_formats import TicketFormat, fields
from crm_pilot.i18n import msg

FORMAT = TicketFormat(
    name="jira",
    title=msg("Jira"),
    fields=fields(
        number="issue key, cle de ticket, cle, key",
        title="summary, resume",
        description="description",
        kind="issue type, type de ticket, work type, type",
        status="status, etat, statut",
        status_category="status category, categorie d etat, categorie de statut",
        priority="priority, priorite",
        impact="custom field impact, impact",
        urgency="custom field urgency, urgency, urgence",
        opened_at="created, cree, creation",
        resolved_at="resolved, resolu, resolution date",
        due_on="due date, date d echeance, echeance",
        updated_at="updated, mis a jour, mise a jour",
        requester="reporter, rapporteur",
        assignee="assignee, responsable, personne assignee",
        category="component s, components, component, composants",
    ),
    marks=frozenset(
        [
            "issue key",
            "issue id",
            "issue type",
            "status category",
            "project key",
            "cle de ticket",
            "type de ticket",
            "custom field time to resolution",
            "parent id",
        ]
    ),
)
