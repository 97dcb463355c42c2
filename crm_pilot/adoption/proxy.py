"""Proxy typing (saisie par procuration): records of salespeople that assistants created.

Told in sums only, never of one salesperson (D9, DOMAIN.md 7).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.store.reader import Reader

HALF = 0.5  # from here on somebody's records are mostly typed by others
SMALL = 5  # departments with fewer salespeople are not told


@dataclass(frozen=True)
class ProxyDepartment:
    """A department; `share` None: fewer than five salespeople with records."""

    department_id: int | None
    department: str | None
    owners: int
    share: float | None


@dataclass(frozen=True)
class ProxyShare:
    """The last full month. `known`: an export named owners, and some profile is of assistants."""

    known: bool
    month: int | None  # 202610
    owners: int  # salespeople with records created in the month
    proxied: int  # of them, those with at least half of the records created by assistants
    records: int
    by_assistants: int
    share: float | None
    departments: tuple[ProxyDepartment, ...]


def share(reader: Reader, today: dt.date) -> ProxyShare:
    """Records created by assistants in the name of salespeople ÷ records of these."""
    return ProxyShare(False, None, 0, 0, 0, 0, None, ())
