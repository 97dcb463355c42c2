"""Words of maintenance (DOMAIN.md 4)."""

from enum import StrEnum

from crm_pilot.i18n import N_


class TicketKind(StrEnum):
    """Nature of the maintenance; `unsorted` until someone has said."""

    CORRECTIVE = "corrective"
    ADAPTIVE = "adaptive"
    EVOLUTIVE = "evolutive"
    PREVENTIVE = "preventive"
    QUESTION = "question"
    UNSORTED = "unsorted"


class TicketStatus(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


TICKET_KINDS = {
    TicketKind.CORRECTIVE: N_("Corrective"),
    TicketKind.ADAPTIVE: N_("Adaptive"),
    TicketKind.EVOLUTIVE: N_("Evolutive"),
    TicketKind.PREVENTIVE: N_("Preventive"),
    TicketKind.QUESTION: N_("Question"),
    TicketKind.UNSORTED: N_("To be sorted"),
}
STATUSES = {
    TicketStatus.NEW: N_("New"),
    TicketStatus.IN_PROGRESS: N_("In progress"),
    TicketStatus.WAITING: N_("Waiting"),
    TicketStatus.RESOLVED: N_("Resolved"),
    TicketStatus.CLOSED: N_("Closed"),
}
LEVELS = {1: N_("High"), 2: N_("Medium"), 3: N_("Low")}  # of impact and of urgency
PRIORITIES = {
    1: N_("1 Critical"),
    2: N_("2 High"),
    3: N_("3 Moderate"),
    4: N_("4 Low"),
    5: N_("5 Planning"),
}
