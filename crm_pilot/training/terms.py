"""Words of training."""

from enum import StrEnum

from crm_pilot.i18n import N_


class Presence(StrEnum):
    """Whether a trainee came."""

    INVITED = "invited"
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


PRESENCES = {
    Presence.INVITED: N_("Invited"),
    Presence.PRESENT: N_("Present"),
    Presence.ABSENT: N_("Absent"),
    Presence.EXCUSED: N_("Excused"),
}
