"""The command that applies an import of use: one batch of login days and records, one step."""

from __future__ import annotations

import datetime as dt
import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm_pilot.adoption import facts
from crm_pilot.errors import UserError
from crm_pilot.exchange.apply import STALE, next_id
from crm_pilot.exchange.local_days import DAY
from crm_pilot.exchange.use_found import MOST_OBJECTS, MOST_USERS, USER
from crm_pilot.i18n import Message
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

NOBODY = -(1 << 40)  # a user who is left out


@dataclass(frozen=True, eq=False)
class ImportUse:
    """Add accounts not seen before and one batch of login days and records.

    A user is a number; `accounts` says whose account that is: its id, or −1 − its place among
    `new_accounts`, or `NOBODY`.
    """

    label: Message
    kind: str  # logins or actions
    source: str
    imported: dt.datetime
    rows_read: int
    rows_kept: int
    note: Mapping[str, Any]
    accounts: Sequence[int]
    new_accounts: tuple[Mapping[str, Any], ...]
    opened: tuple[tuple[int, dt.date], ...]  # account, earlier opening date
    days: tuple[tuple[int, Sequence[int]], ...]  # user; day ordinals in order
    objects: tuple[str, ...]  # by number; empty: without records
    keys: array[int]  # day, user and object in one number, in order
    counts: array[int]  # created + updated × UPDATED, of each key
    owned: tuple[tuple[int, int, int, int], ...] = ()  # month, owner, user, records created
    first_day: dt.date | None = None
    last_day: dt.date | None = None

    def apply(self, work: Work) -> int:
        first = self._add_accounts(work)
        ids = [key if key >= 0 else first - 1 - key for key in self.accounts]
        batch = work.add(
            "import_batch",
            id=facts.next_batch(work),
            kind=self.kind,
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows_read,
            rows_kept=self.rows_kept,
            first_day=self.first_day,
            last_day=self.last_day,
            note=json.dumps(self.note, ensure_ascii=False),
        )
        facts.write_logins(work, batch, self._months(ids))
        self._write_records(work, batch, ids)
        if self.owned:
            rows: dict[tuple[int, int, int], int] = {}
            for month, owner, user, count in self.owned:
                key = (month, ids[owner], ids[user])
                rows[key] = rows.get(key, 0) + count
            facts.write_owned(work, batch, ((*key, count) for key, count in rows.items()))
        return batch

    def _add_accounts(self, work: Work) -> int:
        """Add the new accounts; the id of the first. Raises `UserError` when the project is not
        what it was."""
        known = {row[0] for row in work.select("SELECT external_id FROM account")}
        there = {row[0] for row in work.select("SELECT id FROM account")}
        gone = any(key >= 0 and key not in there for key in self.accounts)
        if gone or any(account["external_id"] in known for account in self.new_accounts):
            raise UserError(STALE)
        first = next_id(work, "account")
        work.insert_many(
            "account", [{"id": first + n, **a} for n, a in enumerate(self.new_accounts)]
        )
        for key, day in self.opened:
            work.set("account", key, opened_on=day)
        return first

    def _months(self, ids: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Login days as (account, month, days)."""
        places: dict[int, tuple[int, int]] = {}  # ordinal → month, bit
        for user, days in self.days:
            found: dict[int, int] = {}
            for day in days:
                place = places.get(day)
                if place is None:
                    date = dt.date.fromordinal(day)
                    place = places[day] = (facts.month_of(date), 1 << date.day - 1)
                found[place[0]] = found.get(place[0], 0) | place[1]
            yield from ((ids[user], month, bits) for month, bits in found.items())

    def _write_records(self, work: Work, batch: int, ids: Sequence[int]) -> None:
        """Month by month, so that never more than a month is unpacked; keys are in order."""
        if not self.keys:
            return
        numbers = facts.object_ids(work, filter(None, self.objects))
        objects = [numbers.get(name, 0) for name in self.objects]
        users, things, start = MOST_USERS - 1, MOST_OBJECTS - 1, 0
        while start < len(self.keys):
            month = facts.month_of(dt.date.fromordinal(self.keys[start] >> DAY))
            following = facts.first_of(facts.after(month)).toordinal()
            end = bisect_left(self.keys, following << DAY, start)
            keys = [
                facts.action_key((key >> DAY) - facts.EPOCH, ids[key >> USER & users],
                                 objects[key & things])
                for key in self.keys[start:end]
            ]  # fmt: skip
            facts.write_counted(work, batch, month, keys, self.counts[start:end])
            start = end
