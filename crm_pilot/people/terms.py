"""Words of people: the roles of a roll-out."""

from enum import StrEnum

from crm_pilot.i18n import N_


class ProfileKind(StrEnum):
    """How somebody is expected to use the CRM (seed 003, DOMAIN.md 2.1)."""

    CONNECTED = "connected"
    FIELD = "field"
    MANAGER = "manager"
    ASSISTANT = "assistant"
    ADMINISTRATOR = "administrator"
    INTEGRATION = "integration"
    OTHER = "other"


PROFILE_KINDS = {
    ProfileKind.CONNECTED: N_("Connected all day"),
    ProfileKind.FIELD: N_("In the field"),
    ProfileKind.MANAGER: N_("Manager"),
    ProfileKind.ASSISTANT: N_("Assistant"),
    ProfileKind.ADMINISTRATOR: N_("Administrator"),
    ProfileKind.INTEGRATION: N_("Interface between systems"),
    ProfileKind.OTHER: N_("Other"),
}


class RoleKind(StrEnum):
    """What a role is in the casting of the project (DOMAIN.md 1.9, seed 004)."""

    SPONSOR = "sponsor"  # the king: decides, and gives the example
    LEAD = "lead"  # the knight: leads from inside the company
    INTEGRATOR = "integrator"  # the sorcerer: supplies the sword and teaches its use
    ADMINISTRATOR = "administrator"
    CHAMPION = "champion"
    OTHER = "other"


class DayPart(StrEnum):
    """How much of a day someone is away."""

    DAY = "day"
    MORNING = "morning"
    AFTERNOON = "afternoon"


ROLES = {
    RoleKind.SPONSOR: N_("Sponsor"),
    RoleKind.LEAD: N_("Project lead"),
    RoleKind.INTEGRATOR: N_("Integrator"),
    RoleKind.ADMINISTRATOR: N_("CRM administrator"),
    RoleKind.CHAMPION: N_("Champion"),
    RoleKind.OTHER: N_("Other"),
}
DAY_PARTS = {
    DayPart.DAY: N_("Whole day"),
    DayPart.MORNING: N_("Morning"),
    DayPart.AFTERNOON: N_("Afternoon"),
}
