"""Edits of the registers of the committee room, with the next codes and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.governance.rows import HighlightRow
from crm_pilot.governance.terms import CommitteeKind
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.commands import Value
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@remembered("highlight")
def every_highlight(reader: Reader) -> tuple[HighlightRow, ...]:
    """All noteworthy facts, also those printed on earlier reports; the newest first."""
    return tuple(
        reader.rows(
            HighlightRow,
            "SELECT id, noted_on, lead, detail FROM highlight ORDER BY noted_on DESC, id DESC",
        )
    )


def next_code(work: Work, table: str, prefix: str, digits: int) -> str:
    """The code after the highest of `table`: `D-001`, `R-01`."""
    last = work.select(
        f"SELECT MAX(CAST(SUBSTR(code, ?) AS INTEGER)) FROM {table} WHERE code GLOB ?",
        len(prefix) + 1,
        f"{prefix}[0-9]*",
    )[0][0]
    return f"{prefix}{(last or 0) + 1:0{digits}d}"


@dataclass(frozen=True)
class AddDecision:
    """A decision with the next code; refused without owner or date. The result is its id."""

    wording: str
    owner: str
    due_on: dt.date | None
    committee_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Add a decision")

    def apply(self, work: Work) -> int:
        if not self.owner.strip() or self.due_on is None:
            raise UserError(N_("A decision needs an owner and a date. Nothing was added."))
        return work.add(
            "decision",
            code=next_code(work, "decision", "D-", 3),
            wording=self.wording,
            owner=self.owner.strip(),
            due_on=self.due_on,
            committee_id=self.committee_id,
        )


@dataclass(frozen=True)
class AddRisk:
    """A risk with the next code; the result is its id. `on`: the day it was noted, which is also
    that of its first rating."""

    title: str
    values: Mapping[str, Value] = field(default_factory=dict)
    on: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Add a risk")

    def apply(self, work: Work) -> int:
        code = next_code(work, "risk", "R-", 2)
        given = {"noted_on": self.on, **self.values}
        key = work.add("risk", code=code, title=self.title, **given)
        row = work.get("risk", key)
        if row.noted_on is not None:
            levels = {"probability": row.probability, "impact": row.impact}
            work.add("risk_rating", risk_id=key, rated_on=row.noted_on, **levels)
        return key


@dataclass(frozen=True)
class AddHighlight:
    """A noteworthy fact; the result is its id."""

    noted_on: dt.date
    lead: str
    detail: str = ""

    @property
    def label(self) -> Message:
        return msg("Add a highlight")

    def apply(self, work: Work) -> int:
        return work.add("highlight", noted_on=self.noted_on, lead=self.lead, detail=self.detail)


@dataclass(frozen=True)
class AddCommittee:
    """A committee with the next number of its kind; the result is its id."""

    held_on: dt.date
    note: str = ""
    kind: CommitteeKind = CommitteeKind.STEERING

    @property
    def label(self) -> Message:
        return msg("Add a committee")

    def apply(self, work: Work) -> int:
        last = work.select("SELECT MAX(number) FROM committee WHERE kind = ?", self.kind)[0][0]
        return work.add(
            "committee",
            number=(last or 0) + 1,
            held_on=self.held_on,
            note=self.note,
            kind=self.kind,
        )


@dataclass(frozen=True)
class AddBudgetLine:
    """A budget line at the end of the list, in cents; the result is its id."""

    name: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def label(self) -> Message:
        return msg("Add a budget line")

    def apply(self, work: Work) -> int:
        last = work.select("SELECT MAX(position) FROM budget_line")[0][0]
        position = 0 if last is None else last + 1
        return work.add("budget_line", name=self.name, position=position, **self.values)
