"""What the map shows beside its marks, as the person chose it."""

from __future__ import annotations

from dataclasses import dataclass

from crm_pilot.stakeholders.terms import TieKind

Tie = tuple[int, int, TieKind]  # who influences or reports, to whom, how


@dataclass(frozen=True)
class MapOptions:
    """`letters`: the department's letters beside each mark; `ties`: those of the selection, on
    demand because they cross labels; `routes`: an arrow for every unit that moved since a day
    (given by `PlaneView.show_routes`);
    `influence`: rings around units of strong influence."""

    letters: bool = False
    ties: bool = False
    routes: bool = False
    influence: bool = True
