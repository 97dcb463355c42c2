"""The working days of accounts: by the calendar of their person, while open, without absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from crm_pilot.adoption import rules
from crm_pilot.adoption.scope import TABLES as SCOPE_TABLES
from crm_pilot.adoption.scope import accounts
from crm_pilot.adoption.use_days import length, stretch
from crm_pilot.people import working
from crm_pilot.people.working import Away
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

TABLES = (*SCOPE_TABLES, *working.TABLES)


@dataclass(frozen=True)
class Worked:
    """Working days of the measured accounts from `first` to `last`: bit n is `first` + n days."""

    first: dt.date
    last: dt.date
    bits: Mapping[int, int]  # account → days worked while it was open, also when away
    away: Mapping[int, Away]  # account → mornings and afternoons away

    def total(self, account: int) -> float:
        """Working days less absences, of which half-days count half."""
        return self._less(account, self.bits.get(account, 0))

    def count(self, account: int, first: dt.date, last: dt.date) -> float:
        """The same in a stretch within the window, both ends included."""
        days = length(self.first, self.last)
        return self.within(account, stretch(self.first, first, last + rules.ONE_DAY, days))

    def within(self, account: int, part: int) -> float:
        """The same on the days of a mask."""
        return self._less(account, self.bits.get(account, 0) & part)

    def _less(self, account: int, days: int) -> float:
        gone = self.away.get(account)
        if gone is None:
            return days.bit_count()
        return days.bit_count() - ((days & gone[0]).bit_count() + (days & gone[1]).bit_count()) / 2


@remembered(*TABLES)
def worked(reader: Reader, first: dt.date, last: dt.date) -> Worked:
    """The working days of every measured account from `first` to `last`.

    A mask a calendar and month, and one an opening and closing day: no loop over days."""
    calendars, days = working.working_days(reader), length(first, last)
    absent = working.away(reader, first, last)
    masks: dict[int | None, int] = {}
    opened: dict[tuple[dt.date | None, dt.date | None], int] = {}
    bits, away = {}, {}
    for account in accounts(reader):
        mask = masks.get(account.calendar_id)
        if mask is None:
            mask = masks[account.calendar_id] = calendars.mask(account.calendar_id, first, last)
        span = (account.opened, account.closed)
        if span not in opened:
            opened[span] = stretch(first, *span, days)
        if mask & opened[span]:
            bits[account.id] = mask & opened[span]
            if account.person_id in absent:
                away[account.id] = absent[account.person_id]
    return Worked(first, last, bits, away)
