"""Words of the plan."""

from enum import StrEnum

from crm_pilot.i18n import N_


class Pillar(StrEnum):
    """The three pillars of a CRM project (seed 000)."""

    DEPLOYMENT = "deployment"
    ADOPTION = "adoption"
    FEEDBACK = "feedback"


class TaskKind(StrEnum):
    """What a line of the plan is."""

    PHASE = "phase"
    TASK = "task"
    MILESTONE = "milestone"


PILLARS = {
    Pillar.DEPLOYMENT: N_("Deployment"),
    Pillar.ADOPTION: N_("Adoption"),
    Pillar.FEEDBACK: N_("Feedback"),
}
KINDS = {
    TaskKind.PHASE: N_("Phase"),
    TaskKind.TASK: N_("Task"),
    TaskKind.MILESTONE: N_("Milestone"),
}
