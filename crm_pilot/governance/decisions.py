"""The life of a decision: asked, taken, carried out, done; and what is followed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_pilot.governance.rows import DecisionRow, decisions
from crm_pilot.governance.terms import DecisionStatus
from crm_pilot.i18n import Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SetDecisionStatus:
    """Move a decision on, or back, on a day: the day it was decided is kept once known, the day
    it was closed goes with the status."""

    key: int
    status: DecisionStatus
    on: dt.date

    @property
    def label(self) -> Message:
        return msg("Status of a decision")

    def apply(self, work: Work) -> None:
        row = work.get("decision", self.key)
        decided = None if self.status is DecisionStatus.PROPOSED else row.decided_on or self.on
        closed = (row.closed_on or self.on) if self.status is DecisionStatus.CLOSED else None
        work.set("decision", self.key, status=self.status, decided_on=decided, closed_on=closed)


def is_late(row: DecisionRow, today: dt.date) -> bool:
    """Past its date and not completed."""
    return row.due_on < today and row.status is not DecisionStatus.CLOSED


def taken_at(rows: Iterable[DecisionRow], committee_id: int) -> tuple[DecisionRow, ...]:
    """Decisions of a committee that were taken, by code."""
    taken = [
        row
        for row in rows
        if row.committee_id == committee_id and row.status is not DecisionStatus.PROPOSED
    ]
    return tuple(sorted(taken, key=lambda row: row.code))


def to_follow(rows: Iterable[DecisionRow]) -> tuple[DecisionRow, ...]:
    """Decisions that were taken and are not completed yet, by date."""
    open_ones = (DecisionStatus.VALIDATED, DecisionStatus.IN_PROGRESS)
    return tuple(sorted((r for r in rows if r.status in open_ones), key=lambda r: r.due_on))


def follow_up(reader: Reader, committee_id: int) -> tuple[DecisionRow, ...]:
    """Those of other committees: what a committee looks back at first."""
    return tuple(row for row in to_follow(decisions(reader)) if row.committee_id != committee_id)
