"""Words of the project's card."""

from enum import StrEnum

from crm_pilot.i18n import N_


class Motivation(StrEnum):
    """Why the project was started (seed 004)."""

    FIRST_CRM = "first_crm"
    REPLACEMENT = "replacement"
    NEW_STAGE = "new_stage"
    RESCUE = "rescue"


MOTIVATIONS = {
    Motivation.FIRST_CRM: N_("First CRM"),
    Motivation.REPLACEMENT: N_("Replacement of a CRM"),
    Motivation.NEW_STAGE: N_("New functional stage"),
    Motivation.RESCUE: N_("Rescue of a project in difficulty"),
}
