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
