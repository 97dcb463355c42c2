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


AXES = {
    Axis.TIME: N_("Time"),
    Axis.BUDGET: N_("Budget"),
    Axis.SCOPE: N_("Scope"),
    Axis.ADOPTION: N_("Adoption"),
}
WEATHERS = {Weather.GOOD: N_("Good"), Weather.WATCH: N_("Watch"), Weather.ALERT: N_("Alert")}
TRENDS = {Trend.BETTER: N_("better"), Trend.STABLE: N_("stable"), Trend.WORSE: N_("worse")}
DECISION_STATUSES = {
    DecisionStatus.PROPOSED: N_("Proposed"),
    DecisionStatus.VALIDATED: N_("Validated"),
    DecisionStatus.IN_PROGRESS: N_("In progress"),
    DecisionStatus.CLOSED: N_("Completed"),
}
RISK_STATUSES = {RiskStatus.OPEN: N_("Open"), RiskStatus.CLOSED: N_("Closed")}
