"""Means over units of the map, weighted by headcount."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from crm_pilot.stakeholders.queries import UnitRow

K = TypeVar("K", bound=Hashable)


def weighted(
    units: Iterable[UnitRow],
    value: Callable[[UnitRow], float | None],
    key: Callable[[UnitRow], K],
) -> dict[K, float]:
    """Mean of `value` by `key`, weighted by headcount; units without a value are left out.

    Σ headcount × value ÷ Σ headcount, over the units whose value is known.
    """
    sums: dict[K, tuple[float, int]] = {}
    for unit in units:
        known = value(unit)
        if known is not None:
            total, people = sums.get(key(unit), (0.0, 0))
            sums[key(unit)] = (total + known * unit.headcount, people + unit.headcount)
    return {place: total / people for place, (total, people) in sums.items()}
