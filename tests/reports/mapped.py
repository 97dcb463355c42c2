"""Maps made up for the printed map, and what it draws read back."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from crm_pilot.governance.influence_commands import PlanInfluence
from crm_pilot.i18n import Message, msg
from crm_pilot.project import Add, Project
from crm_pilot.reports.map_pages import Drawing
from crm_pilot.reports.sheets import Sheet, Text
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SetTarget
from crm_pilot.stakeholders.terms import ActionKind, UnitKind

TODAY = dt.date(2026, 11, 21)
COMMITTEE = dt.date(2026, 10, 22)
DAYS = (dt.date(2026, 5, 19), dt.date(2026, 7, 7), dt.date(2026, 9, 9), dt.date(2026, 11, 16))
FIRST = ("Aglaé", "Barnabé", "Clotilde", "Donatien", "Eulalie", "Florimond", "Gwenaël", "Hortense")
LAST = ("Quenouille", "Rastignac", "Saint-Preux", "Tournebroche", "Vautrin", "Zadigot")
TEAMS = (
    "Itinérants",
    "Service client",
    "Administration des ventes",
    "Grands comptes",
    "Télévente",
    "Marketing opérationnel",
    "Logistique",
    "Comptabilité fournisseurs",
)
PLACES = ("Nord", "Sud", "Est", "Ouest", "Lyon", "Île-de-France", "Normandie", "Bretagne")


@dataclass(frozen=True)
class Spec:
    """One unit to be: ratings are (day, synergy, antagonism)."""

    kind: UnitKind
    name: str
    headcount: int = 1
    ratings: tuple[tuple[dt.date, int, int], ...] = ()
    target: tuple[int, int, dt.date] | None = None
    action: dt.date | None = None

    @property
    def secret(self) -> bool:
        """Whether the committee may not read its name."""
        return self.kind is UnitKind.PERSON or self.headcount < 5

    @property
    def fact(self) -> str:
        """What was observed; free text that names the unit."""
        return f"Fait observé chez {self.name} : a demandé un report"


@dataclass(frozen=True)
class Filled:
    """Adds units with all they have in one step."""

    specs: tuple[Spec, ...]
    keys: list[int] = field(default_factory=list)

    @property
    def label(self) -> Message:
        """Its name in the menu."""
        return msg("Undo")

    def apply(self, work: Any) -> None:
        """Each unit, its ratings, its target and its action."""
        for spec in self.specs:
            key = AddStakeholder(spec.kind, spec.name, headcount=spec.headcount).apply(work)
            self.keys.append(key)
            for day, synergy, antagonism in spec.ratings:
                Rate(key, day, synergy, antagonism, spec.fact, "Lead").apply(work)
            if spec.target is not None:
                SetTarget(key, *spec.target).apply(work)
            if spec.action is not None:
                PlanInfluence(
                    key, f"Rencontrer {spec.name}", TODAY, "Influence", ActionKind.MEETING,
                    start=spec.action,
                ).apply(work)  # fmt: skip


def filled(project: Project, specs: list[Spec]) -> list[int]:
    """Put units into a project that had a committee; their keys."""
    project.execute(Add("committee", {"held_on": COMMITTEE, "number": 1}))
    command = Filled(tuple(specs))
    project.execute(command)
    return command.keys


def some(groups: int, persons: int = 0, seed: int = 1, *, crowded: int = 0) -> list[Spec]:
    """Units spread over the plane, the first `crowded` ones in one cell."""
    dice = random.Random(seed)
    specs = []
    for n in range(groups + persons):
        person = n >= groups
        cell = dice.randint(1, 4), dice.randint(1, 4)
        ratings = [(day, *_near(dice, cell)) for day in DAYS[: dice.randint(1, 3)]]
        ratings.append((DAYS[3], *((2, 2) if n < crowded else cell)))
        names = f"{FIRST[n % 8]} {LAST[n % 6]}-{n}"
        teams = f"{TEAMS[n % 8]} {PLACES[n // 8 % 8]}"
        if n >= 64:
            teams = f"{PLACES[n // 8 % 8]}-{n // 64 + 1} {TEAMS[n % 8]}"  # no beginning of another
        specs.append(
            Spec(
                UnitKind.PERSON if person else UnitKind.GROUP,
                names if person else teams,
                1 if person else dice.choice((3, 4, 8, 12, 24, 46, 72)),
                tuple(ratings),
                (3, 2, dt.date(2027, 1, 8)) if dice.random() < 0.3 else None,
                TODAY + dt.timedelta(days=dice.randint(1, 60)) if dice.random() < 0.3 else None,
            )
        )
    return specs


def _near(dice: random.Random, cell: tuple[int, int]) -> tuple[int, int]:
    synergy, antagonism = cell
    return (
        min(max(synergy + dice.choice((-1, 0, 0)), 1), 4),
        min(max(antagonism + dice.choice((0, 0, 1)), 1), 4),
    )


def texts(sheet: Sheet) -> list[Text]:
    """Every text of a page."""
    return [item for item in sheet.items if isinstance(item, Text)]


def said(drawing: Drawing) -> str:
    """All that is written on the pages."""
    sheets = [drawing.page(number) for number in range(1, drawing.count + 1)]
    return "\n".join(text.text for sheet in sheets for text in texts(sheet))
