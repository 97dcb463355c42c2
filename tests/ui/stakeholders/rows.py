"""Rows of units for the map alone, without a project: a dozen groups, crowds, hundreds."""

from __future__ import annotations

import datetime as dt
import random

from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.stakeholders.zones import grid

TODAY = dt.date(2026, 11, 21)
DEPARTMENTS = ("Telesales", "Marketing", "Customer service", "Field sales", "Back office")
LONG = (
    "Telesales",
    "Marketing",
    "Key accounts and public sector",
    "Customer service, second line",
    "Field sales West",
    "Field sales South and islands",
    "Field sales North",
    "Back office",
    "Field sales East",
    "Finance",
    "Works council",
    "Information systems",
)


def row(
    key: int,
    kind: UnitKind,
    name: str,
    cell: tuple[int, int],
    *,
    headcount: int = 1,
    influence: int = 2,
    target: tuple[int, int] | None = None,
    provisional: bool = False,
    before: tuple[int, int] | None = None,
) -> UnitRow:
    """One unit with a rating a month old."""
    zones = grid()
    return UnitRow(
        id=key,
        kind=kind,
        name=name,
        code=f"P-{key:02}" if kind == UnitKind.PERSON else "",
        department_id=key % 5 + 1,
        department=DEPARTMENTS[key % 5],
        wave_id=None,
        headcount=headcount,
        influence=influence,
        synergy=cell[0],
        antagonism=cell[1],
        zone=zones.zone(*cell),
        trio=zones.trio(*cell),
        rated_on=TODAY - dt.timedelta(30),
        fact="Came to the workshop.",
        provisional=provisional,
        previous_synergy=before[0] if before else None,
        previous_antagonism=before[1] if before else None,
        previous_on=TODAY - dt.timedelta(90) if before else None,
        target_synergy=target[0] if target else None,
        target_antagonism=target[1] if target else None,
        target_date=TODAY + dt.timedelta(48) if target else None,
        owner="",
        owner_id=None,
        person_id=None,
        author="Lead",
        profile_id=None,
        profile="",
        stage=None,
        enters_on=None,
        role="",
        note="",
    )


def dozen() -> tuple[UnitRow, ...]:
    """Twelve groups with long and short names, some provisional, some of strong influence."""
    dice = random.Random(3)
    cells = ((3, 1), (3, 2), (3, 3), (2, 1), (2, 2), (2, 3), (1, 1), (1, 1), (1, 2), (4, 1))
    return tuple(
        row(
            n + 1,
            UnitKind.GROUP,
            name,
            cells[n % len(cells)],
            headcount=dice.choice((12, 28, 38, 46, 64, 90)),
            influence=n % 3 + 1,
            target=(3, 3) if n == 5 else None,
            provisional=n in (3, 8),
        )
        for n, name in enumerate(LONG)
    )


def crowd(
    groups: int, people: int, *, crowded: int = 0, seed: int = 5, most: int = 60
) -> tuple[UnitRow, ...]:
    """Groups then persons over all cells; the first `crowded` of them in one cell."""
    dice = random.Random(seed)
    made = []
    for n in range(groups + people):
        cell = (dice.randrange(1, 5), dice.randrange(1, 5))
        inside = n % ((groups + people) // crowded) == 0 if crowded else False
        group = n < groups
        made.append(
            row(
                n + 1,
                UnitKind.GROUP if group else UnitKind.PERSON,
                f"{LONG[n % len(LONG)]} {n + 1}" if group else f"Secret{n} Name{n}",
                (2, 2) if inside else cell,
                headcount=dice.randrange(3, most) if group else 1,
                influence=dice.choice((1, 2, 2, 3)),
                provisional=dice.random() < 0.1,
            )
        )
    return tuple(sorted(made, key=lambda u: (u.kind, -u.headcount, u.name, u.id)))
