"""Words of the lateral project (DOMAIN.md 1): levels, zones, the simple trio."""

from enum import StrEnum

from crm_pilot.i18n import N_


class Zone(StrEnum):
    """Zones of the sociodynamic plane."""

    ZEALOT = "zealot"
    GOLDEN_TRIANGLE = "golden_triangle"
    HESITANT = "hesitant"
    PASSIVE = "passive"
    GRUMBLER = "grumbler"
    OPPONENT = "opponent"
    REBEL = "rebel"
    TORN = "torn"


class Trio(StrEnum):
    """The simple reading of the plane (seed 004)."""

    LOCOMOTIVE = "locomotive"
    HESITANT = "hesitant"
    OPPONENT = "opponent"


class UnitKind(StrEnum):
    """What is placed on the plane; groups are the default (privacy)."""

    GROUP = "group"
    PERSON = "person"


class Style(StrEnum):
    """Management styles of the method (DOMAIN.md 1.3: [W5], [W8], [W21])."""

    ANIMATE = "animate"
    NEGOTIATE = "negotiate"
    DIRECT = "direct"


class TieKind(StrEnum):
    """How one unit bears on another."""

    INFLUENCES = "influences"
    REPORTS_TO = "reports_to"


class ActionKind(StrEnum):
    """Kinds of influence actions."""

    MEETING = "meeting"
    WORKSHOP = "workshop"
    PAIRING = "pairing"
    FIELD = "field"
    DEMONSTRATION = "demonstration"
    NEGOTIATION = "negotiation"
    IRRITANT = "irritant"
    INFORMATION = "information"
    OTHER = "other"


class LateralStatus(StrEnum):
    """How far a lateral project has come."""

    IDEA = "idea"
    OFFERED = "offered"
    AGREED = "agreed"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


ZONES = {
    Zone.ZEALOT: N_("Zealots"),
    Zone.GOLDEN_TRIANGLE: N_("Golden triangle"),
    Zone.HESITANT: N_("Waverers"),
    Zone.PASSIVE: N_("Passives"),
    Zone.GRUMBLER: N_("Moaners"),
    Zone.OPPONENT: N_("Opponents"),
    Zone.REBEL: N_("Mutineers"),
    Zone.TORN: N_("Torn"),
}
TRIO = {
    Trio.LOCOMOTIVE: N_("Locomotives"),
    Trio.HESITANT: N_("Hesitants"),
    Trio.OPPONENT: N_("Opponents"),
}
# Names of the levels seen in a copy of the French encyclopedia article (DOMAIN.md [W10])
SYNERGY = {1: N_("minimalist"), 2: N_("interested"), 3: N_("cooperative"), 4: N_("committed")}
ANTAGONISM = {1: N_("conciliatory"), 2: N_("resistant"), 3: N_("opposed"), 4: N_("irreconcilable")}
STYLES = {
    Style.ANIMATE: N_("Animate"),
    Style.NEGOTIATE: N_("Negotiate"),
    Style.DIRECT: N_("Direct"),
}
TIES = {TieKind.INFLUENCES: N_("influences"), TieKind.REPORTS_TO: N_("reports to")}
ACTIONS = {
    ActionKind.MEETING: N_("One-to-one"),
    ActionKind.WORKSHOP: N_("Workshop"),
    ActionKind.PAIRING: N_("Pairing with an ally"),
    ActionKind.FIELD: N_("Field visit"),
    ActionKind.DEMONSTRATION: N_("Demonstration"),
    ActionKind.NEGOTIATION: N_("Negotiation"),
    ActionKind.IRRITANT: N_("Irritant removed"),
    ActionKind.INFORMATION: N_("Information"),
    ActionKind.OTHER: N_("Other"),
}
LATERAL_STATUSES = {
    LateralStatus.IDEA: N_("Idea"),
    LateralStatus.OFFERED: N_("Offered"),
    LateralStatus.AGREED: N_("Agreed"),
    LateralStatus.RUNNING: N_("Under way"),
    LateralStatus.DONE: N_("Done"),
    LateralStatus.DROPPED: N_("Dropped"),
}
