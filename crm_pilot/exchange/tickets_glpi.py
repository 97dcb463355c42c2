"""GLPI exports in French, English and Portuguese: ids with spaces, `<br>` between names."""

from __future__ import annotations

from crm_pilot.exchange.ticket_formats import TicketFormat, fields
from crm_pilot.i18n import msg

FORMAT = TicketFormat(
    name="glpi",
    title=msg("GLPI"),
    fields=fields(
        number="id",
        title="titre, title, titulo",
        description="description, descricao",
        kind="type, tipo",
        status="statut, status, estado",
        priority="priorite, priority, prioridade",
        impact="impact, impacto",
        urgency="urgence, urgency, urgencia",
        opened_at="date d ouverture, opening date, data de abertura",
        acknowledged_at="date de prise en charge, take into account date",
        resolved_at="date de resolution, resolution date, data da solucao, data de solucao,"
        " data de resolucao",
        closed_at="date de cloture, closing date, data de fechamento",
        due_on="temps de resolution, time to resolve, time to resolve progress,"
        " tempo para solucao, tempo para solucao progresso, temps de resolution progression,"
        " sla sla time to resolve, tempo para resolver",
        updated_at="derniere modification, last update, ultima atualizacao, derniere mise a jour",
        requester="demandeur demandeur, requester requester, requerente requerente, demandeur,"
        " requester, requerente",
        assignee="attribue a technicien, assigned to technician, atribuido tecnico,"
        " atribuido para tecnico, technicien, technician, tecnico",
        category="categorie, category, categoria",
        department="plug ins departamento departamento, service, department",
    ),
    marks=frozenset(
        [
            "date d ouverture",
            "opening date",
            "data de abertura",
            "derniere modification",
            "last update",
            "ultima atualizacao",
            "entite",
            "entity",
            "entidade",
            "demandeur demandeur",
            "requester requester",
            "requerente requerente",
            "attribue a technicien",
            "assigned to technician",
            "atribuido tecnico",
        ]
    ),
    spaced_numbers=True,
    markup=True,
    priorities={"majeure": 1, "major": 1, "maior": 1, "principal": 1},  # above its own matrix
)
