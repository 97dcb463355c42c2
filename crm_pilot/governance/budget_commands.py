"""Edits of the budget. What a line was estimated at on a day is kept for good: a later day writes
a row of its own, and the line itself always stands at its last estimate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.commands import Value

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

ESTIMATED = (  # columns of a line that an estimate keeps too
    *("spent_cents", "remaining_cents", "spent_days", "remaining_days"),
    "done_percent",
)


@dataclass(frozen=True)
class Reestimate:
    """What a line stood at on a day, cumulated: cents, hundredths of person-days, per cent.

    The same day again corrects that day; an earlier day than the last leaves the line as it is.
    The result is the id of the estimate.
    """

    line_id: int
    as_of: dt.date
    spent_cents: int
    remaining_cents: int
    spent_days: int = 0
    remaining_days: int = 0
    done_percent: int | None = None
    reason: str = ""

    @property
    def label(self) -> Message:
        return msg("Re-estimate a budget line")

    def apply(self, work: Work) -> int:
        values: dict[str, Any] = {name: getattr(self, name) for name in ESTIMATED}
        key = write_estimate(work, self.line_id, self.as_of, values, self.reason.strip())
        if self._last(work):
            if self.reason.strip():
                values["reason"] = self.reason.strip()
            work.set("budget_line", self.line_id, **values)
        return key

    def _last(self, work: Work) -> bool:
        found = work.select(
            "SELECT max(as_of) FROM budget_estimate WHERE line_id = ?", self.line_id
        )
        return str(found[0][0]) <= self.as_of.isoformat()


@dataclass(frozen=True)
class ReestimatePeriod:
    """Several lines re-estimated for the same day, in one step."""

    estimates: tuple[Reestimate, ...]

    @property
    def label(self) -> Message:
        return msg("Re-estimate the budget")

    def apply(self, work: Work) -> list[int]:
        return [one.apply(work) for one in self.estimates]


@dataclass(frozen=True)
class SetBudgetLine:
    """Change columns of a line; what is estimated is written down as of `as_of` too."""

    line_id: int
    values: Mapping[str, Value]
    as_of: dt.date

    @property
    def label(self) -> Message:
        return msg("Change a budget line")

    def apply(self, work: Work) -> None:
        check(self.values)
        work.set("budget_line", self.line_id, **self.values)
        if any(name in self.values for name in ESTIMATED):
            line = work.get("budget_line", self.line_id)
            stood = {name: getattr(line, name) for name in ESTIMATED}
            write_estimate(work, self.line_id, self.as_of, stood, None)


@dataclass(frozen=True)
class SetBudgetPlan:
    """What the baseline plans by month (202611 → cents); without any it is spread evenly. The
    result is the number of months."""

    line_id: int
    months: tuple[tuple[int, int], ...]

    @property
    def label(self) -> Message:
        return msg("Plan a budget line by month")

    def apply(self, work: Work) -> int:
        for (key,) in work.select("SELECT id FROM budget_plan WHERE line_id = ?", self.line_id):
            work.remove("budget_plan", key)
        for month, cents in self.months:
            work.add("budget_plan", line_id=self.line_id, month=month, planned_cents=cents)
        return len(self.months)


def write_estimate(
    work: Work, line: int, day: dt.date, values: Mapping[str, Any], reason: str | None
) -> int:
    """Keep what a line stood at on a day; `reason` None leaves the one of that day as it is."""
    check(values)
    work.get("budget_line", line)
    found = work.select("SELECT id FROM budget_estimate WHERE line_id = ? AND as_of = ?", line, day)
    told = {} if reason is None else {"reason": reason}
    if not found:
        return work.add("budget_estimate", line_id=line, as_of=day, **values, **told)
    key = int(found[0][0])
    work.set("budget_estimate", key, **values, **told)
    return key


def check(values: Mapping[str, Any]) -> None:
    """Raises `UserError` for work still needed that is less than nothing, or more than all done."""
    for name in ("remaining_cents", "remaining_days", "spent_days", "baseline_days"):
        if (values.get(name) or 0) < 0:
            raise UserError(
                N_("What is still needed and days cannot be below zero. Nothing was changed.")
            )
    percent = values.get("done_percent")
    if percent is not None and not 0 <= percent <= 100:
        raise UserError(N_("The share done goes from 0 to 100%. Nothing was changed."))
