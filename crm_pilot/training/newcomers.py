"""Newcomers: who got an account after the go-live of their wave, and how they were trained."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.store.reader import Reader

SOON = 30  # days from the opening of the account within which training is expected


@dataclass(frozen=True)
class Cohort:
    """Users who got their account in the same quarter, or before go-live (`first` is None).

    `per_head` is training minutes followed per user; `evaluated` those with an evaluation or a
    quiz; `due` those whose account is open for 30 days; `gap` the median of days until the first
    formal session, of those who had one."""

    first: dt.date | None
    users: int
    minutes: int
    per_head: float | None
    trained: int
    evaluated: int
    due: int
    in_time: int
    gap: float | None


@dataclass(frozen=True)
class Newcomers:
    """The first cohort, the later ones by quarter, and all newcomers together.

    `decay` = newcomers' minutes per head ÷ the first cohort's; `untrained` the share of newcomers
    due without a formal session within 30 days."""

    initial: Cohort
    later: tuple[Cohort, ...]
    newcomers: Cohort
    decay: float | None = None
    in_time_share: float | None = None
    untrained: float | None = None


def newcomers(reader: Reader, today: dt.date) -> Newcomers:
    """How the newcomers of a day were trained, beside the first cohort."""
    none = Cohort(None, 0, 0, None, 0, 0, 0, 0, None)
    return Newcomers(none, (), none)
