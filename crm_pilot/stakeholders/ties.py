"""Ties between units of the map: who influences whom, who reports to whom."""

from __future__ import annotations

from crm_pilot.stakeholders.terms import TieKind
from crm_pilot.store.reader import Reader, remembered

Tie = tuple[int, int, TieKind]  # who influences or reports, to whom, how


@remembered("stakeholder_tie")
def ties(reader: Reader) -> tuple[Tie, ...]:
    """Every tie."""
    found = reader.select("SELECT from_id, to_id, kind FROM stakeholder_tie ORDER BY id")
    return tuple((start, end, TieKind(kind)) for start, end, kind in found)
