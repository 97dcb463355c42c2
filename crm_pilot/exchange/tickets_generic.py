"""Tickets from any other tool or from a spreadsheet kept by hand, in English or French."""

from __future__ import annotations

from crm_pilot.exchange.ticket_formats import TicketFormat, fields
from crm_pilot.i18n import msg

FORMAT = TicketFormat(
    name="generic",
    title=msg("Other tickets"),
    fields=fields(
        number="number, ticket number, ticket, ticket id, id, key, reference, ref, numero, n, no,"
        " num, numero de ticket, n ticket, code",
        title="title, summary, subject, short description, name, titre, objet, resume, sujet,"
        " intitule, libelle",
        description="description, details, detail, body",
        kind="type, kind, nature, issue type, ticket type, type de demande, type de ticket",
        status="status, state, statut, etat, situation",
        status_category="status category",
        priority="priority, priorite, severity, gravite, severite",
        impact="impact",
        urgency="urgency, urgence",
        opened_at="opened on, opened at, opened, created, created at, created on, creation date,"
        " opening date, open date, date opened, date created, date, ouvert le, cree le,"
        " date d ouverture, date de creation, ouverture, creation",
        acknowledged_at="acknowledged, acknowledged at, taken in charge, first response,"
        " pris en charge le, prise en charge, date de prise en charge",
        resolved_at="resolved on, resolved at, resolved, resolution date, solved at, resolu le,"
        " date de resolution, resolution",
        closed_at="closed on, closed at, closed, closing date, close date, ferme le, clos le,"
        " date de cloture, cloture",
        due_on="due on, due date, due, deadline, echeance, date d echeance, a rendre le",
        updated_at="updated, updated at, updated on, last update, modified, modifie le,"
        " mis a jour le, derniere modification",
        updated_by="updated by, modifie par",
        requester="requester, reporter, caller, author, demandeur, auteur, rapporteur, emetteur",
        assignee="assignee, assigned to, owner, responsable, attribue a, assigne a, charge de",
        category="category, component, module, tags, labels, categorie, composant, domaine",
        subcategory="subcategory, sous categorie",
        department="department, team, service, departement, equipe, direction",
    ),
    marks=frozenset(),
)
