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


class Half(StrEnum):
    """A half-day (demi-journée), the unit of an attendance sheet."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


HALVES = {Half.MORNING: N_("Morning"), Half.AFTERNOON: N_("Afternoon")}


class Evaluated(StrEnum):
    """When a trainee is asked: at the end, or some months later."""

    HOT = "hot"
    COLD = "cold"


EVALUATIONS = {Evaluated.HOT: N_("At the end"), Evaluated.COLD: N_("After three months")}


class QuizMoment(StrEnum):
    """When a quiz was taken."""

    BEFORE = "before"
    AFTER = "after"


QUIZ_MOMENTS = {QuizMoment.BEFORE: N_("Before"), QuizMoment.AFTER: N_("After")}
