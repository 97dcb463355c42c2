"""What an export of use changes in the project: accounts, and one batch of days and records."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from crm_pilot.adoption import facts, known_facts
from crm_pilot.exchange.local_days import DAY
from crm_pilot.exchange.login_words import LoginWords
from crm_pilot.exchange.logins import KnownAccounts, known_accounts
from crm_pilot.exchange.plan import Changes, Problems, clip
from crm_pilot.exchange.use_apply import NOBODY, ImportUse
from crm_pilot.exchange.use_found import (
    MOST_OBJECTS,
    MOST_USERS,
    UPDATED,
    USER,
    Found,
    object_key,
    user_of,
)
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader

MOST_WORDS = 50  # of a kind in the note of a batch


def known_objects(reader: Reader) -> dict[str, str]:
    """Objects of the project by what they are known by."""
    found: dict[str, str] = {}
    for (name,) in reader.select("SELECT name FROM crm_object ORDER BY id"):
        found.setdefault(object_key(name), name)
    return found


class _Beside:
    """An export beside the project."""

    def __init__(self, found: Found, reader: Reader, problems: Problems) -> None:
        self.found = found
        self.reader = reader
        self.days = found.days()
        self.keys = array("q", sorted(found.actions))
        self.firsts = _firsts(self.keys, self.days)
        self.accounts: list[int] = [NOBODY] * len(found.users.names)
        self.new: list[dict[str, Any]] = []
        self.opened: list[tuple[int, dt.date]] = []
        self._known: KnownAccounts = known_accounts(reader)
        for user in sorted(self.firsts):
            self._place(user, problems)
        self._place_owners()

    def _place(self, user: int, problems: Problems) -> None:
        """Find the account of a user, or make one."""
        name, first = self.found.users.names[user], dt.date.fromordinal(self.firsts[user])
        account = self._known.of(name)
        if account is not None:
            self.accounts[user] = account.id
            if account.opened_on and first < account.opened_on:
                self.opened.append((account.id, first))
        elif self._known.is_doubtful(name):
            problems.warn(0, "", "", msg(
                "“{name}” is the name of several accounts: what stands under it was left out",
                name=clip(name)))  # fmt: skip
            self.found.skipped["user"][name] += 1
        else:
            self.accounts[user] = -1 - len(self.new)
            self.new.append(
                {
                    "external_id": name,
                    "username": name if "@" in name else "",
                    "full_name": name if " " in name and "@" not in name else "",
                    "opened_on": first,
                }
            )

    def _place_owners(self) -> None:
        """Owners who did nothing themselves: only accounts of the project, not queues."""
        for _, owner, _ in self.found.owned:
            if self.accounts[owner] == NOBODY:
                account = self._known.of(self.found.users.names[owner])
                if account is not None:
                    self.accounts[owner] = account.id

    def login_days(self) -> list[tuple[int, Sequence[int]]]:
        """Days of the users who have an account, in the order of their accounts."""
        kept = [(user, days) for user, days in self.days.items() if self.accounts[user] != NOBODY]
        return sorted(kept, key=lambda item: (self.accounts[item[0]] < 0, item[0]))

    def known_days(self) -> int:
        """How many of the user-days the project has already."""
        theirs = [(self.accounts[user], days) for user, days in self.days.items()]
        theirs = [(account, days) for account, days in theirs if account >= 0]
        if not theirs:
            return 0
        first = dt.date.fromordinal(min(days[0] for _, days in theirs))
        last = dt.date.fromordinal(max(days[-1] for _, days in theirs))
        stored, start = facts.login_days(self.reader, first, last), first.toordinal()
        return sum(
            (stored.of(account) & sum(1 << day - start for day in days)).bit_count()
            for account, days in theirs
            if account in stored.bits
        )

    def records(self) -> tuple[array[int], array[int]]:
        """Keys and counts of records, in order."""
        keys = self.keys
        if any(self.accounts[user] == NOBODY for user in self.firsts):
            kept = (key for key in keys if self.accounts[user_of(key)] != NOBODY)
            keys = array("q", kept)
        return keys, array("q", map(self.found.actions.__getitem__, keys))

    def known_records(self) -> int:
        """How many of the counts by user, day and object the project has already."""
        actions = self.found.actions
        users = {account: user for user, account in enumerate(self.accounts) if account >= 0}
        if not actions or not users:
            return 0
        rows = self.reader.select("SELECT name, id FROM crm_object")
        ids = {self.found.objects[name]: key for name, key in rows}
        objects = {key: number for number, key in ids.items()}
        known = 0
        days = (dt.date.fromordinal(end(actions) >> DAY) for end in (min, max))
        for day, account, thing, created, updated in known_facts.records_by_day(self.reader, *days):
            user, number = users.get(account), objects.get(thing)
            if user is None or number is None:
                continue
            key = day + facts.EPOCH << DAY | user << USER | number
            count = actions.get(key, -1)
            known += count >= 0 and count % UPDATED <= created and count // UPDATED <= updated
        return known

    def owned(self) -> tuple[tuple[int, int, int, int], ...]:
        """Records created in the name of another, where both have accounts."""
        rows = (
            (month, owner, user, count)
            for (month, owner, user), count in sorted(self.found.owned.items())
            if NOBODY not in (self.accounts[owner], self.accounts[user])
        )
        return tuple(row for row in rows if self.accounts[row[1]] != self.accounts[row[2]])

    def owned_is_new(self, owned: Sequence[tuple[int, int, int, int]]) -> bool:
        """Whether the project does not know all that."""
        if not owned:
            return False
        known = known_facts.owned_by_month(self.reader, owned[0][0], owned[-1][0])
        return any(
            known.get((month, self.accounts[owner], self.accounts[user]), 0) < count
            for month, owner, user, count in owned
        )


def _firsts(keys: Sequence[int], days: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """User → ordinal of the first day on which anything is known of them; keys are in order."""
    firsts = {user: theirs[0] for user, theirs in days.items()}
    mask = MOST_USERS - 1
    acted = {key >> USER & mask: key >> DAY for key in reversed(keys)}
    for user, day in acted.items():
        firsts[user] = min(day, firsts.get(user, day))
    return firsts


def changes(
    kind: str,
    found: Found,
    source: str,
    reader: Reader,
    words: LoginWords,
    imported: dt.datetime,
    problems: Problems,
) -> Changes:
    """Accounts to create, opening dates to move back, and the batch."""
    beside = _Beside(found, reader, problems)
    days = beside.login_days()
    known_records = beside.known_records()
    keys, counts_of = beside.records()
    used = {key & MOST_OBJECTS - 1 for key in keys}
    owned = beside.owned()
    user_days = sum(len(theirs) for _, theirs in days)
    fresh, fresh_records = user_days - beside.known_days(), len(keys) - known_records
    counts = {
        "rows": found.rows,
        "kept": found.kept,
        "skipped": found.left_out,
        "past": found.past,
        "footers": found.footers,
        "users": sum(account != NOBODY for account in beside.accounts),
        "user_days": user_days,
        "new": fresh_records if kind == "actions" else fresh,
        "changed": 0,
        "unchanged": known_records if kind == "actions" else user_days - fresh,
        "accounts": len(beside.new),
        "opened": len(beside.opened),
        "actions": len(keys),
        "new_actions": fresh_records,
        "created": sum([count & UPDATED - 1 for count in counts_of]),
        "updated": sum([count // UPDATED for count in counts_of]),
        "in_name_of_others": sum(row[3] for row in owned),
    }
    label = _label(kind, fresh, counts, source)
    nothing = not (fresh or fresh_records or beside.new or beside.opened)
    if nothing and not beside.owned_is_new(owned):
        return Changes(counts, label, None, note(found))
    first_day, last_day = found.span
    _note_future(last_day, imported.date(), problems)
    command = ImportUse(
        label=label,
        kind=kind,
        source=source,
        imported=imported,
        rows_read=found.rows,
        rows_kept=found.kept,
        note=note(found),
        accounts=tuple(beside.accounts),
        new_accounts=tuple(beside.new),
        opened=tuple(beside.opened),
        days=tuple(days),
        objects=tuple(n if i in used else "" for i, n in enumerate(found.objects.names)),
        keys=keys,
        counts=counts_of,
        owned=owned,
        first_day=first_day,
        last_day=last_day,
    )
    return Changes(counts, label, command, command.note)


def _note_future(last: dt.date | None, today: dt.date, problems: Problems) -> None:
    """A day to come is a sign of a wrong order of day and month, or of a wrong clock. One day
    on is only another zone."""
    if last is not None and last > today + dt.timedelta(days=1):
        problems.warn(0, "", "", msg(
            "some days are still to come, up to {day}: check the order of day and month, and the"
            " clock of the CRM", day=last.isoformat()))  # fmt: skip


def _label(kind: str, fresh: int, counts: Mapping[str, int], source: str) -> Message:
    if kind == "actions":
        return nmsg(
            "Import {n} record created or updated from {name}",
            "Import {n} records created or updated from {name}",
            counts["created"] + counts["updated"],
            name=source,
        )
    return nmsg(
        "Import {n} login day from {name}", "Import {n} login days from {name}", fresh, name=source
    )


def note(found: Found) -> dict[str, Any]:
    """What is remembered of an import: counts of rows by status, type and operation."""
    told: dict[str, Any] = {"past": found.past, "footers": found.footers}
    for reason in ("status", "type", "operation"):
        told[reason] = _most(found.skipped[reason])
        if reason != "operation":
            told[f"{reason}_counted"] = _most(found.counted[reason])
    return {key: value for key, value in told.items() if value or key in ("status", "type")}


def _most(words: Counter[str]) -> dict[str, int]:
    """The most frequent words, clipped; the rest together under an ellipsis."""
    told: Counter[str] = Counter()
    for word, count in words.most_common(MOST_WORDS):
        told[clip(word)] += count
    rest = sum(words.values()) - sum(told.values())
    return {**told, **({"…": rest} if rest else {})}
