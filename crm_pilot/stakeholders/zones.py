"""The plane itself: which zone a cell belongs to, what a zone means, how people in it are handled.

The table of cells is data of the project (`zone_cell`), since authors differ; this is its default.
"""

from __future__ import annotations

from collections.abc import Iterable

from crm_pilot.i18n import N_
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import Style, Trio, Zone

LEVELS = (1, 2, 3, 4)
ACTING = 3  # the initiative line lies below this synergy: above it people act, below they talk


@dataclass(frozen=True)
class Cell:
    """One of the 16 cells. `sourced`: read in a published text; otherwise our own design."""

    synergy: int
    antagonism: int
    zone: Zone
    sourced: bool

    @property
    def source(self) -> str:
        """Where the zone of this cell comes from, as marked text."""
        if self.sourced:
            return PUBLISHED
        return _ELSEWHERE.get((self.synergy, self.antagonism), MIRRORED)


PUBLISHED = N_("“La carte des partenaires” (Wikimanagement)")
MIRRORED = N_("This program's own: completed by symmetry with the published cells")
_ELSEWHERE = {
    (1, 2): N_(
        "“La carte des partenaires” (Wikimanagement) describes critics without a counter-project"
        " here and files them under passives; synergy being below antagonism, this program reads"
        " moaners"
    )
}


def _row(synergy: int, *cells: tuple[Zone, bool]) -> tuple[Cell, ...]:
    return tuple(Cell(synergy, a, zone, known) for a, (zone, known) in enumerate(cells, 1))


# DOMAIN.md 1.3: nine cells as in the source [W2]; (1,2) is filed under passives there but breaks
# S ≥ A, so it is a grumbler here; the six others are completed by mirror symmetry.
DEFAULT_CELLS: tuple[Cell, ...] = (
    *_row(
        4,
        (Zone.ZEALOT, True),
        (Zone.GOLDEN_TRIANGLE, True),
        (Zone.GOLDEN_TRIANGLE, True),
        (Zone.TORN, False),
    ),
    *_row(
        3,
        (Zone.ZEALOT, True),
        (Zone.GOLDEN_TRIANGLE, True),
        (Zone.HESITANT, True),
        (Zone.OPPONENT, False),
    ),
    *_row(
        2,
        (Zone.PASSIVE, True),
        (Zone.PASSIVE, True),
        (Zone.OPPONENT, False),
        (Zone.OPPONENT, False),
    ),
    *_row(
        1,
        (Zone.PASSIVE, True),
        (Zone.GRUMBLER, False),
        (Zone.REBEL, False),
        (Zone.REBEL, False),
    ),
)


@dataclass(frozen=True)
class Grid:
    """The 16 zones of a project, synergy 1 first, antagonism 1 to 4 inside each synergy."""

    zones: tuple[Zone, ...]

    def zone(self, synergy: int, antagonism: int) -> Zone:
        """Zone of a cell, levels 1 to 4."""
        return self.zones[(synergy - 1) * 4 + antagonism - 1]

    def trio(self, synergy: int, antagonism: int) -> Trio:
        """The simple reading of a cell."""
        return trio(self.zone(synergy, antagonism))


def grid(cells: Iterable[tuple[int, int, Zone]] = ()) -> Grid:
    """The default grid with some cells (synergy, antagonism, zone) changed."""
    zones = {(c.synergy, c.antagonism): c.zone for c in DEFAULT_CELLS}
    zones.update({(s, a): zone for s, a, zone in cells})
    return Grid(tuple(zones[s, a] for s in LEVELS for a in LEVELS))


TRIO_OF_ZONE = {
    Zone.ZEALOT: Trio.LOCOMOTIVE,
    Zone.GOLDEN_TRIANGLE: Trio.LOCOMOTIVE,
    Zone.HESITANT: Trio.HESITANT,
    Zone.PASSIVE: Trio.HESITANT,
    Zone.TORN: Trio.HESITANT,
    Zone.GRUMBLER: Trio.OPPONENT,
    Zone.OPPONENT: Trio.OPPONENT,
    Zone.REBEL: Trio.OPPONENT,
}
PROVISIONAL_CELLS = {  # where the simple entry puts a unit until it is refined (DOMAIN.md 1.8)
    Trio.LOCOMOTIVE: (3, 2),
    Trio.HESITANT: (2, 2),
    Trio.OPPONENT: (2, 3),
}


def trio(zone: Zone) -> Trio:
    """Locomotives, hesitants or opponents (DOMAIN.md 1.8)."""
    return TRIO_OF_ZONE[zone]


def ally(synergy: int, antagonism: int) -> bool:
    """An ally is at least as synergic as antagonistic; not the same as a friend ([W3], [W15])."""
    return synergy >= antagonism


def acting(synergy: int) -> bool:
    """Whether a unit is above the initiative line [W11]."""
    return synergy >= ACTING


def swing(synergy: int, antagonism: int) -> bool:
    """The passive cell close to tipping: the first passive target [W2]."""
    return (synergy, antagonism) == (2, 2)


SYNERGY_ANCHORS = {
    1: N_("No energy of their own: does the minimum, needs supervision"),
    2: N_("Takes part when asked, follows"),
    3: N_("Takes initiatives inside the given frame, needs encouragement"),
    4: N_("Acts alone, takes risks, has made the project their own"),
}
ANTAGONISM_ANCHORS = {
    1: N_("No opinion or rival project: will fall in line"),
    2: N_("Criticises, sometimes loudly, without attacking the foundations; looks for agreement"),
    3: N_("Defends a rival project (often “change nothing”) but keeps talking"),
    4: N_("Defends the rival project at any price, ready to break the relationship"),
}


@dataclass(frozen=True)
class Handling:
    """What is delivered for a zone (DOMAIN.md 1.3, 1.5). `advice` and `role` are marked texts.

    `sourced`: a source says so; otherwise it is a design. `rank`: order of entry, 1 to 7.
    """

    advice: str
    style: Style
    sourced: bool
    role: str
    rank: int


CASE_BY_CASE = 7  # rank of zones without a place of their own in the order of entry
HANDLING = {
    Zone.GOLDEN_TRIANGLE: Handling(
        N_(
            "Give them concrete and technical responsibility. Best placed to convince hesitants,"
            " because they understand doubt: have them run the workshops."
        ),
        Style.ANIMATE,
        True,
        N_("Co-design, pilot, and a first visible result to show the others."),
        1,
    ),
    Zone.ZEALOT: Handling(
        N_(
            "Give them volume and deadlines; do not neglect them. Keep them away from mediation:"
            " they carry little weight with the others."
        ),
        Style.ANIMATE,
        True,
        N_("Execution and volume, once the golden triangle has shown the way."),
        2,
    ),
    Zone.HESITANT: Handling(
        N_(
            "Negotiate: adapt the project to their concerns (lateral project) and pair them with"
            " the golden triangle. Left alone, they become strong opponents."
        ),
        Style.NEGOTIATE,
        True,
        N_("Join what the allies are doing, once their conditions are negotiated."),
        3,
    ),
    Zone.PASSIVE: Handling(
        N_("Inform them all along, keep the link, put them in touch with allies in action."),
        Style.NEGOTIATE,
        True,
        N_("Informed all along; join when the proof is there."),
        4,
    ),
    Zone.GRUMBLER: Handling(
        N_("Listen, remove irritants fast, keep them apart from opponents."),
        Style.NEGOTIATE,
        False,
        N_("Name the irritants and see them removed; kept away from opponents."),
        5,
    ),
    Zone.OPPONENT: Handling(
        N_(
            "Listen; neither try to convince nor coerce. Avoid public debate, which lends them an"
            " audience. Offer a lateral project."
        ),
        Style.DIRECT,
        True,
        N_("Heard and contained; never first on stage."),
        6,
    ),
    Zone.REBEL: Handling(
        N_("Rules and authority. Leave them out of the persuasion plan."),
        Style.DIRECT,
        False,
        N_("Case by case: no role in the persuasion plan; the rules are recalled."),
        CASE_BY_CASE,
    ),
    Zone.TORN: Handling(
        N_("One to one: protect them, clarify what pulls them both ways."),
        Style.NEGOTIATE,
        False,
        N_("Case by case: no public role before the conflict is cleared."),
        CASE_BY_CASE,
    ),
}
RULE_OF_THUMB = N_("Practitioner's rule of thumb")


def entry_rank(zone: Zone) -> int:
    """Place of a zone in the order of entry, 1 (first on stage) to 7 (case by case)."""
    return HANDLING[zone].rank
