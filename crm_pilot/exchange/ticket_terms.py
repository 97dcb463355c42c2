"""The words of ticket systems in English, French and Portuguese, and what they mean here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from crm_pilot.exchange.headers import normal
from crm_pilot.maintenance.terms import TicketKind, TicketStatus

NEW, ACTIVE = TicketStatus.NEW, TicketStatus.IN_PROGRESS
WAITING, RESOLVED, CLOSED = TicketStatus.WAITING, TicketStatus.RESOLVED, TicketStatus.CLOSED


def _table(groups: Mapping[TicketStatus, str]) -> dict[str, TicketStatus]:
    return {word.strip(): status for status, words in groups.items() for word in words.split(",")}


def statuses() -> dict[str, TicketStatus]:
    """Status by normalised word; numbers are ServiceNow's own (1 New … 8 Canceled)."""
    return _table(
        {
            NEW: "new, open, opened, to do, todo, backlog, submitted, created, 1, nouveau,"
            " nouvelle, ouvert, ouverte, a faire, cree, novo, nova, aberto, aberta, a fazer",
            ACTIVE: "active, in progress, work in progress, assigned, processing,"
            " processing assigned, processing planned, reopened, in review, in test, testing,"
            " selected for development, 2, en cours, en cours attribue, en cours planifie,"
            " en cours de traitement, attribue, assigne, rouvert, reouvert, en recette, en test,"
            " em andamento, em atendimento, em atendimento atribuido, em atendimento planejado,"
            " processando atribuido, processando planejado, atribuido, planejado, reaberto",
            WAITING: "on hold, pending, waiting, waiting for customer, waiting for support,"
            " awaiting user info, awaiting problem, awaiting vendor, awaiting evidence,"
            " awaiting change, awaiting caller, blocked, suspended, 3, en attente, bloque,"
            " suspendu, pendente, em espera, suspenso, aguardando",
            RESOLVED: "resolved, solved, fixed, 6, resolu, resolue, corrige, solucionado,"
            " solucionada, resolvido, resolvida",
            CLOSED: "closed, close, done, complete, completed, cancelled, canceled, rejected,"
            " won t do, won t fix, duplicate, 7, 8, clos, close, cloture, cloturee, ferme, fermee,"
            " termine, terminee, annule, annulee, rejete, fini, fechado, fechada, concluido,"
            " cancelado, encerrado",
        }
    )


# Jira's status categories: every custom status belongs to one of the three
CATEGORIES = {
    "to do": NEW,
    "in progress": ACTIVE,
    "done": CLOSED,
    "a faire": NEW,
    "en cours": ACTIVE,
    "termine": CLOSED,
    "new": NEW,
    "indeterminate": ACTIVE,
}

# DOMAIN.md 4 [W57]: correcting, adding or improving, adapting, preventing; asking is none of them
KIND_WORDS = {
    TicketKind.CORRECTIVE: "incident bug defect defaut anomalie panne correctif corrective"
    " correction problem probleme problema incidente erreur error crash",
    TicketKind.EVOLUTIVE: "story epic improvement enhancement evolution evolutif evolutive"
    " amelioration feature fonctionnalite melhoria",
    TicketKind.ADAPTIVE: "adaptive adaptatif adaptative adaptation migration",
    TicketKind.PREVENTIVE: "preventive preventif prevention",
    TicketKind.QUESTION: "question request demande requisicao assistance aide help solicitacao",
}

# 1 is the most pressing. Numbers and leading digits ("3 - Moderate", "P2") are read before
PRIORITY_WORDS = {
    1: "critical, highest, blocker, very high, urgent, major incident, critique, bloquant,"
    " bloquante, tres haute, tres elevee, immediate, muito alta, critica, urgente",
    2: "high, major, haute, elevee, majeur, majeure, alta, importante",
    3: "medium, moderate, normal, moyenne, normale, moderee, media",
    4: "low, minor, basse, faible, mineur, mineure, baixa",
    5: "lowest, planning, trivial, very low, tres basse, planification, muito baixa",
}
LEVEL_WORDS = {
    1: "high, very high, critical, haute, haut, tres haute, elevee, eleve, forte, fort, alta,"
    " alto, muito alta, majeure",
    2: "medium, moderate, moyenne, moyen, normale, media, medio",
    3: "low, very low, basse, bas, tres basse, faible, baixa, baixo, muito baixa, mineure",
}
_DIGIT = re.compile(r"^p?(\d)(?!\d)", re.IGNORECASE)


def words(groups: Mapping[int, str]) -> dict[str, int]:
    """Number by normalised word."""
    return {word.strip(): n for n, text in groups.items() for word in text.split(",")}


def number_in(text: str, table: Mapping[str, int], highest: int) -> int | None:
    """Level of a text such as `3 - Moderate`, `P2` or `Haute`; None when it is not known."""
    digit = _DIGIT.match(text.strip())
    if digit and 1 <= int(digit[1]) <= highest:
        return int(digit[1])
    return table.get(normal(text))


@lru_cache(maxsize=1024)
def guess_kind(text: str) -> TicketKind:
    """Nature of the maintenance from a source's own type; `unsorted` when it says nothing."""
    found = set(normal(text).split())
    for kind, names in KIND_WORDS.items():
        if found & set(names.split()):
            return kind
    return TicketKind.UNSORTED
