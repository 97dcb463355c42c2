"""Who needs help: by department and reason, with what would help. Never a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.adoption.scope import EVERYONE, Scope
from crm_pilot.adoption.terms import NeedReason
from crm_pilot.i18n import Message
from crm_pilot.store.reader import Reader

SMALL = 5  # departments with fewer accounts are told together (DOMAIN.md 6)


@dataclass(frozen=True)
class Need:
    """Accounts of a department that need the same help. `department_id` None: small departments
    (and accounts of none) together, whose name is empty."""

    department_id: int | None
    department: str
    reason: NeedReason
    accounts: int
    of: int  # open accounts of the department
    suggestion: Message


def needs(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> tuple[Need, ...]:
    """What departments need, the most accounts first. An account has one reason: the first that
    holds in the order of `NeedReason`."""
    return ()
