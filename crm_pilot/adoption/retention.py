"""How long days are kept one by one, and what is left of them afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_pilot.adoption import facts
from crm_pilot.i18n import Message, msg
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class Due:
    """Months past the retention: `before` is the first day that would still be kept."""

    retention_months: int
    reason: str
    before: dt.date
    months: tuple[int, ...]  # of which days are kept though they are past it
    user_days: int  # login days they hold


@remembered("project", "import_batch")
def due(reader: Reader, today: dt.date) -> Due:
    """Which months are past the retention of the project on `today`."""
    months, reason = reader.one("SELECT retention_months, retention_reason FROM project") or (
        12,
        "",
    )
    before = facts.first_of(facts.after(facts.month_of(today), -months))
    return Due(months, reason, before, (), 0)


@dataclass(frozen=True)
class FoldMonths:
    """Keep of the days before `before`, the first of a month, their totals alone."""

    before: dt.date

    @property
    def label(self) -> Message:
        return msg("Keep totals of past months")

    def apply(self, work: Work) -> None:
        """Write the totals and move the first day that is kept."""
        work.set("project", 1, daily_from=self.before)
