"""Words of the plan."""

from enum import StrEnum

from crm_pilot.i18n import N_

# Tables the schedule follows from: an edit that touches one may move automatic lines.
PLAN_TABLES = frozenset(
    {
        "task",
        "link",
        "wave",  # its milestone is a go-live
        "assignment",
        "calendar",
        "calendar_exception",
        "absence",
        "person",
        "project",
    }
)


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


class Mode(StrEnum):
    """Who says when a line happens: the engine, or the person."""

    AUTO = "auto"
    MANUAL = "manual"


class ConstraintKind(StrEnum):
    """What holds the dates of an automatic task beside its links (MS Project's eight)."""

    ASAP = "asap"
    ALAP = "alap"
    MSO = "mso"
    MFO = "mfo"
    SNET = "snet"
    SNLT = "snlt"
    FNET = "fnet"
    FNLT = "fnlt"


class LinkKind(StrEnum):
    """Which end of the predecessor holds which end of the successor."""

    FS = "fs"
    SS = "ss"
    FF = "ff"
    SF = "sf"


class LagUnit(StrEnum):
    """What the lag of a link counts: working minutes, minutes of the clock, or per cent of the
    predecessor's duration in either."""

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"
    ELAPSED_PERCENT = "elapsed_percent"


class SlipReason(StrEnum):
    """Why a milestone is announced for another day (rule D4 of the trade lists them)."""

    DATA_NOT_CLEAN = "data_not_clean"
    MISSING_FUNCTION = "missing_function"
    BUSINESS_BUSY = "business_busy"
    GATEWAY_LATE = "gateway_late"
    INTEGRATOR_LATE = "integrator_late"
    DECISION_PENDING = "decision_pending"
    TRAINING_LATE = "training_late"
    ABSENCE = "absence"
    SCOPE_ADDED = "scope_added"
    OTHER = "other"


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
MODES = {Mode.AUTO: N_("Automatic"), Mode.MANUAL: N_("By hand")}
CONSTRAINTS = {
    ConstraintKind.ASAP: N_("As soon as possible"),
    ConstraintKind.ALAP: N_("As late as possible"),
    ConstraintKind.MSO: N_("Must start on"),
    ConstraintKind.MFO: N_("Must finish on"),
    ConstraintKind.SNET: N_("Start no earlier than"),
    ConstraintKind.SNLT: N_("Start no later than"),
    ConstraintKind.FNET: N_("Finish no earlier than"),
    ConstraintKind.FNLT: N_("Finish no later than"),
}
LINK_KINDS = {
    LinkKind.FS: N_("Finish to start"),
    LinkKind.SS: N_("Start to start"),
    LinkKind.FF: N_("Finish to finish"),
    LinkKind.SF: N_("Start to finish"),
}
LAG_UNITS = {
    LagUnit.WORKING: N_("working time"),
    LagUnit.ELAPSED: N_("elapsed time"),
    LagUnit.PERCENT: N_("per cent of the predecessor"),
    LagUnit.ELAPSED_PERCENT: N_("per cent, elapsed"),
}
SLIP_REASONS = {
    SlipReason.DATA_NOT_CLEAN: N_("Data not clean"),
    SlipReason.MISSING_FUNCTION: N_("Missing function"),
    SlipReason.BUSINESS_BUSY: N_("Trades not available"),
    SlipReason.GATEWAY_LATE: N_("Gateway late"),
    SlipReason.INTEGRATOR_LATE: N_("Integrator late"),
    SlipReason.DECISION_PENDING: N_("Decision pending"),
    SlipReason.TRAINING_LATE: N_("Training late"),
    SlipReason.ABSENCE: N_("Absence"),
    SlipReason.SCOPE_ADDED: N_("Scope added"),
    SlipReason.OTHER: N_("Other"),
}
