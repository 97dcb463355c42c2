"""Points de passage obligés (PPO): what a profile can only do in the CRM, and who did it there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.adoption.scope import EVERYONE, Scope
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class PassageUse:
    """A point of passage of a profile. `share` (None: no user, no object or no action known) is
    that of the profile's users who acted in its object in the window; `closed`: it can no longer
    be done elsewhere, since `closed_on`."""

    id: int
    profile_id: int
    profile: str
    title: str
    object_id: int | None
    object: str | None
    target_percent: int
    closed_on: dt.date | None
    closed: bool
    note: str
    users: int  # of the profile, in the scope
    passed: int
    share: float | None
    met: bool | None  # whether the share reaches the target


def use(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> tuple[PassageUse, ...]:
    """Every point of passage, by profile and in the lead's order."""
    return ()
