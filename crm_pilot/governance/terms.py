"""Words of the committee room (DOMAIN.md 5)."""

from enum import StrEnum

from crm_pilot.i18n import N_


class Axis(StrEnum):
    """What the weather is given for."""

    TIME = "time"
    BUDGET = "budget"
    SCOPE = "scope"
    ADOPTION = "adoption"


class Weather(StrEnum):
    """Three states, always with icon and word."""

    GOOD = "good"
    WATCH = "watch"
    ALERT = "alert"


class Trend(StrEnum):
    """Against the previous committee."""

    BETTER = "better"
    STABLE = "stable"
    WORSE = "worse"


class DecisionStatus(StrEnum):
    """Life of a decision."""

    PROPOSED = "proposed"
    VALIDATED = "validated"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


class RiskStatus(StrEnum):
    """Whether a risk still counts."""

    OPEN = "open"
    CLOSED = "closed"


class RiskResponse(StrEnum):
    """What is done about a risk."""

    AVOID = "avoid"
    REDUCE = "reduce"
    TRANSFER = "transfer"
    ACCEPT = "accept"


class ProblemStatus(StrEnum):
    """Life of a problem: something that happened, where a risk only may."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


class CommitteeKind(StrEnum):
    """Who meets; numbers count by kind, trends compare with steering committees alone."""

    STEERING = "steering"
    PROJECT = "project"
    TECHNICAL = "technical"
    USERS = "users"


class Presence(StrEnum):
    """Of somebody invited to a committee."""

    INVITED = "invited"
    PRESENT = "present"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"


class Letter(StrEnum):
    """Who does what (RACI): exactly one A for a line, at least one R; AR is both in one hand."""

    R = "R"
    A = "A"
    AR = "AR"
    C = "C"
    I = "I"  # noqa: E741


class BudgetKind(StrEnum):
    """What a budget line pays."""

    LICENCES = "licences"
    INTEGRATOR = "integrator"
    INTERNAL = "internal"
    TRAINING = "training"
    MAINTENANCE = "maintenance"
    OTHER = "other"


class Effort(StrEnum):
    """Where effort goes, for the split 25/25/50 of [S2]."""

    TECHNOLOGY = "technology"
    PROCESS = "process"
    PEOPLE = "people"


class Document(StrEnum):
    """A document that can be issued."""

    FLASH = "flash"
    COMMITTEE = "committee"
    MINUTES = "minutes"
    RISKS = "risks"
    ACTIONS = "actions"


AXES = {
    Axis.TIME: N_("Time"),
    Axis.BUDGET: N_("Budget"),
    Axis.SCOPE: N_("Scope"),
    Axis.ADOPTION: N_("Adoption"),
}
WEATHERS = {Weather.GOOD: N_("Good"), Weather.WATCH: N_("Watch"), Weather.ALERT: N_("Alert")}
TRENDS = {Trend.BETTER: N_("better"), Trend.STABLE: N_("stable"), Trend.WORSE: N_("worse")}
RISK_TRENDS = {  # of a score, where "worse" is more; the arrow points as for the weather
    Trend.BETTER: N_("eases"),
    Trend.STABLE: N_("stable"),
    Trend.WORSE: N_("worsens"),
}
DECISION_STATUSES = {
    DecisionStatus.PROPOSED: N_("Proposed"),
    DecisionStatus.VALIDATED: N_("Validated"),
    DecisionStatus.IN_PROGRESS: N_("In progress"),
    DecisionStatus.CLOSED: N_("Completed"),
}
RISK_STATUSES = {RiskStatus.OPEN: N_("Open"), RiskStatus.CLOSED: N_("Closed")}
RISK_RESPONSES = {
    RiskResponse.AVOID: N_("Avoid"),
    RiskResponse.REDUCE: N_("Reduce"),
    RiskResponse.TRANSFER: N_("Transfer"),
    RiskResponse.ACCEPT: N_("Accept"),
}
PROBLEM_STATUSES = {
    ProblemStatus.OPEN: N_("Open"),
    ProblemStatus.IN_PROGRESS: N_("In progress"),
    ProblemStatus.CLOSED: N_("Closed"),
}
COMMITTEE_KINDS = {
    CommitteeKind.STEERING: N_("Steering committee"),
    CommitteeKind.PROJECT: N_("Project committee"),
    CommitteeKind.TECHNICAL: N_("Technical committee"),
    CommitteeKind.USERS: N_("Users' committee"),
}
PRESENCES = {
    Presence.INVITED: N_("Invited"),
    Presence.PRESENT: N_("Present"),
    Presence.REPRESENTED: N_("Represented"),
    Presence.EXCUSED: N_("Excused"),
    Presence.ABSENT: N_("Absent"),
}
LETTERS = {
    Letter.R: N_("R: does the work"),
    Letter.A: N_("A: answers for it"),
    Letter.AR: N_("A and R: answers for it and does it"),
    Letter.C: N_("C: is asked before"),
    Letter.I: N_("I: is told after"),
}
BUDGET_KINDS = {
    BudgetKind.LICENCES: N_("Licences"),
    BudgetKind.INTEGRATOR: N_("Integrator"),
    BudgetKind.INTERNAL: N_("Internal team"),
    BudgetKind.TRAINING: N_("Training"),
    BudgetKind.MAINTENANCE: N_("Maintenance"),
    BudgetKind.OTHER: N_("Other"),
}
EFFORTS = {
    Effort.TECHNOLOGY: N_("Technology"),
    Effort.PROCESS: N_("Process"),
    Effort.PEOPLE: N_("People"),
}
DOCUMENTS = {
    Document.FLASH: N_("Flash report"),
    Document.COMMITTEE: N_("Committee report"),
    Document.MINUTES: N_("Minutes of the meeting"),
    Document.RISKS: N_("Risk register"),
    Document.ACTIONS: N_("Action plan"),
}


def weather_letter(word: str) -> str:
    """The letter of a weather, beside its sign: the initial of what counts in its word, so that it
    is another one for each of the three (Good, Watch, Alert; Bon, À surveiller, Alerte)."""
    return word.split()[-1][0].upper()
