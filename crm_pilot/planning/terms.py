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


class Mark(StrEnum):
    """What a milestone stands for in the rules, whatever its title says."""

    WORKS_COUNCIL = "works_council"
    GO_LIVE = "go_live"
    CHECKPOINT_30 = "checkpoint_30"
    CHECKPOINT_60 = "checkpoint_60"


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
MARKS = {
    Mark.WORKS_COUNCIL: N_("Works council"),
    Mark.GO_LIVE: N_("Go-live"),
    Mark.CHECKPOINT_30: N_("30-day checkpoint"),
    Mark.CHECKPOINT_60: N_("60-day checkpoint"),
}
