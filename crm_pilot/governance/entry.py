"""The checks of the order of entry, with their data, a suggested action and their source.

The rules are those of `stakeholders.entry`; here they meet the plan, the waves and the snoozes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from crm_pilot.governance.snoozing import SnoozeRow
from crm_pilot.i18n import Message
from crm_pilot.store.reader import Reader


class Verdict(StrEnum):
    """What a check found."""

    OK = "ok"
    WARN = "warn"
    SNOOZED = "snoozed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Place:
    """Where one acts: a room with a table and id there, and the unit an action would aim at."""

    room: str
    table: str = ""
    key: int = 0
    unit: int | None = None


@dataclass(frozen=True)
class Check:
    """One check of the order of entry, as shown on a row. No text names a person."""

    rule: str  # stable key, e.g. "opponents_first"
    subject: str  # which one of its rule: the id of a wave; "" when there is one only
    verdict: Verdict
    title: Message  # what was found, in a few words
    says: Message  # the rule
    data: Message
    action: Message
    source: Message
    place: Place
    snooze: SnoozeRow | None


def checks(reader: Reader, today: dt.date) -> tuple[Check, ...]:
    """Every check on `today`: those that warn first, the snoozed ones last."""
    return ()
