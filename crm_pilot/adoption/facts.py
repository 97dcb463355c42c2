"""The facts of use: how they are written, and how they are read. Nobody else knows their form.

A file holds them packed (`model.py`); in memory the days of an account are one whole number whose
bit n is the n-th day of a window, so that weeks, months and windows of 28 days are shifts and
counts of bits. Facts count only while their import batch exists and their month is not before
`project.daily_from`; a day seen by two overlapping batches counts once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from crm_pilot.adoption.terms import ObjectKind
from crm_pilot.folding import folded
from crm_pilot.store.reader import Reader, date_from_iso, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

TABLES = ("import_batch", "project")  # what a read of facts depends on, beside its own tables
FACT_TABLES = ("login_fact", "action_fact", "acted_fact", "owned_fact")
EPOCH = dt.date(1970, 1, 1).toordinal()
AT_ONCE = 20_000  # rows handed to the database at a time
BITS = 31  # of a month

# Facts that count, by their month or day
KEPT = (
    "batch_id IN (SELECT id FROM import_batch) AND month >= coalesce((SELECT"
    " CAST(strftime('%Y%m', daily_from) AS INTEGER) FROM project), 0)"
)
KEPT_DAYS = (
    "batch_id IN (SELECT id FROM import_batch) AND day >= coalesce((SELECT"
    " CAST(strftime('%s', daily_from) AS INTEGER) / 86400 FROM project), 0)"
)

Login = tuple[int, dt.date]  # account, day
Action = tuple[int, dt.date, str, int, int]  # account, day, object, created, updated


def month_of(day: dt.date) -> int:
    """2026-11-21 → 202611."""
    return day.year * 100 + day.month


def first_of(month: int) -> dt.date:
    """202611 → 2026-11-01."""
    return dt.date(month // 100, month % 100, 1)


def last_of(month: int) -> dt.date:
    """202611 → 2026-11-30."""
    return first_of(after(month)) - dt.timedelta(days=1)


def after(month: int, count: int = 1) -> int:
    """The month `count` later (earlier when negative): 202612 → 202701."""
    place = month // 100 * 12 + month % 100 - 1 + count
    return place // 12 * 100 + place % 12 + 1


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> dt.date:
    """The day of that number."""
    return dt.date.fromordinal(number + EPOCH)


# in memory -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class UseDays:
    """Days on which accounts did something, from `first` to `last`: bit n is `first` + n days."""

    first: dt.date
    last: dt.date
    bits: Mapping[int, int]

    def of(self, account: int) -> int:
        """All days of an account."""
        return self.bits.get(account, 0)

    def between(self, account: int, first: dt.date, last: dt.date) -> int:
        """Days of an account from `first` to `last`, both included; bit 0 is `first` (the start
        of the window where that is later)."""
        start = max(0, (first - self.first).days)
        length = min(last, self.last).toordinal() - self.first.toordinal() - start + 1
        return self.bits.get(account, 0) >> start & (1 << length) - 1 if length > 0 else 0

    def count(self, account: int, first: dt.date, last: dt.date) -> int:
        """How many days of an account lie in a stretch."""
        return self.between(account, first, last).bit_count()

    def mask(self, days: Iterable[dt.date]) -> int:
        """The bits of some days; those outside the window are left out."""
        found = 0
        for day in days:
            if self.first <= day <= self.last:
                found |= 1 << (day - self.first).days
        return found

    def days(self, account: int) -> list[dt.date]:
        """The days of an account, in order."""
        bits, found = self.of(account), []
        while bits:
            low = bits & -bits
            found.append(self.first + dt.timedelta(days=low.bit_length() - 1))
            bits ^= low
        return found


NOTHING = UseDays(dt.date(1970, 1, 1), dt.date(1970, 1, 1), {})


def _window(rows: Iterable[tuple[int, int, int]], first: dt.date, last: dt.date) -> UseDays:
    """(account, month, days) of every month touched, as one number an account."""
    if last < first:
        return UseDays(first, first, {})
    start = dt.date(first.year, first.month, 1)
    offset: dict[int, int] = {}
    month = month_of(first)
    while month <= month_of(last):
        offset[month] = (first_of(month) - start).days
        month = after(month)
    bits: dict[int, int] = defaultdict(int)
    for account, month, days in rows:
        bits[account] |= days << offset[month]
    skip = (first - start).days
    keep = (1 << (last - first).days + 1) - 1
    cut = {account: days >> skip & keep for account, days in bits.items()}
    return UseDays(first, last, {account: days for account, days in cut.items() if days})


@remembered(*TABLES)
def login_days(reader: Reader, first: dt.date, last: dt.date) -> UseDays:
    """Days from `first` to `last` on which each account was connected."""
    rows = reader.select(
        f"SELECT account_id, month, days FROM login_fact WHERE {KEPT} AND month BETWEEN ? AND ?",
        month_of(first),
        month_of(last),
    )
    return _window(rows, first, last)


@remembered(*TABLES)
def acted_days(
    reader: Reader, first: dt.date, last: dt.date, objects: tuple[int, ...] | None = None
) -> UseDays:
    """Days on which each account created or updated a record, in any object or in `objects`."""
    chosen = "" if objects is None else f" AND object_id IN ({', '.join(map(str, objects))})"
    rows = reader.select(
        f"SELECT account_id, month, days FROM acted_fact WHERE {KEPT} AND month BETWEEN ? AND ?"
        + chosen,
        month_of(first),
        month_of(last),
    )
    return _window(rows, first, last)


@remembered(*TABLES)
def last_logins(reader: Reader, today: dt.date) -> Mapping[int, dt.date]:
    """The last login day, not after `today`, of every account that has one in the days kept."""
    month, keep = month_of(today), (1 << today.day) - 1
    rows = reader.select(
        "SELECT account_id, max(month << 31 | CASE WHEN month = ? THEN days & ? ELSE days END)"
        f" FROM login_fact WHERE {KEPT} AND month <= ?"
        " AND (month < ? OR days & ? <> 0) GROUP BY account_id",
        *(month, keep, month, month, keep),
    )
    found = {}
    for account, packed in rows:
        first, days = first_of(packed >> BITS), packed & (1 << BITS) - 1
        found[account] = first + dt.timedelta(days=days.bit_length() - 1)
    return found


@remembered("project")
def kept_from(reader: Reader) -> dt.date | None:
    """The first day kept one by one; None: every day. Rows of an import before it must be left
    out: their months were folded into totals."""
    found = reader.value("SELECT daily_from FROM project")
    return date_from_iso(found) if found else None


@remembered(*TABLES)
def last_action(reader: Reader, today: dt.date) -> dt.date | None:
    """The last day, not after `today`, on which anybody created or updated something."""
    number = reader.value(
        "SELECT max((SELECT max(day) FROM action_fact f WHERE f.batch_id = b.id AND day <= ?"
        " AND created + updated > 0)) FROM import_batch b",
        day_number(today),
    )
    return None if number is None else day_of(number)


@remembered(*TABLES)
def records(reader: Reader, first: dt.date, last: dt.date) -> tuple[tuple[int, int, int, int], ...]:
    """(account, object, created, updated) from `first` to `last`, summed over the days.

    A day seen by two batches counts once, with the larger count of the two.
    """
    return tuple(
        reader.select(
            "SELECT account_id, object_id, sum(created), sum(updated) FROM ("
            "SELECT account_id, object_id, max(created) AS created, max(updated) AS updated"
            f" FROM action_fact WHERE {KEPT_DAYS} AND day BETWEEN ? AND ?"
            " GROUP BY day, account_id, object_id) GROUP BY account_id, object_id",
            day_number(first),
            day_number(last),
        )
    )


def months_of(reader: Reader, accounts: Collection[int]) -> list[tuple[int, int]]:
    """(month, login days) of some accounts together, a row an account and month."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for account, month, days in reader.select(
        f"SELECT account_id, month, days FROM login_fact WHERE {KEPT}"
        f" AND account_id IN ({', '.join(map(str, accounts))})"
    ):
        found[month, account] |= days
    return [(month, days.bit_count()) for (month, _), days in sorted(found.items())]


def stored_days(reader: Reader) -> int:
    """How many login days the file holds, batch by batch."""
    return sum(days.bit_count() for (days,) in reader.select("SELECT days FROM login_fact"))


def records_by_month(reader: Reader, accounts: Collection[int]) -> list[tuple[int, int, int]]:
    """(month, created, updated) of some accounts together."""
    return reader.select(
        "SELECT CAST(strftime('%Y%m', day * 86400, 'unixepoch') AS INTEGER) AS month,"
        " sum(created), sum(updated) FROM (SELECT day, account_id, object_id,"
        " max(created) AS created, max(updated) AS updated FROM action_fact"
        f" WHERE {KEPT_DAYS} AND account_id IN ({', '.join(map(str, accounts))})"
        " GROUP BY 1, 2, 3) GROUP BY 1 ORDER BY 1"
    )


# on the way in -------------------------------------------------------------------------------

_KINDS = {
    ObjectKind.ACCOUNT: "account accounts compte comptes company companies societe societes",
    ObjectKind.CONTACT: "contact contacts",
    ObjectKind.LEAD: "lead leads piste pistes prospect prospects",
    ObjectKind.ACTIVITY: "activity activities activite activites task tasks tache taches event"
    " events evenement evenements phonecall appointment appointments call calls appel appels"
    " meeting meetings rendez-vous note notes engagement engagements",
    ObjectKind.OPPORTUNITY: "opportunity opportunities opportunite opportunites deal deals affaire"
    " affaires",
    ObjectKind.QUOTE: "quote quotes devis proposal proposals",
    ObjectKind.CASE: "case cases requete requetes incident incidents ticket tickets",
    ObjectKind.DASHBOARD: "dashboard dashboards report reports rapport rapports",
    ObjectKind.MAILBOX: "email emails emailmessage mail mails courriel courriels",
}
KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def kind_of(name: str) -> ObjectKind:
    """What an object is by its name, as far as known; the lead may say otherwise."""
    return KIND_OF.get(folded(name).strip(), ObjectKind.OTHER)


def object_ids(work: Work, names: Iterable[str]) -> dict[str, int]:
    """Ids of objects by name; unknown ones are made."""
    known: dict[str, int] = dict(work.select("SELECT name, id FROM crm_object"))
    for name in dict.fromkeys(names):
        if name not in known:
            known[name] = work.add("crm_object", name=name, kind=kind_of(name))
    return known


def write_logins(work: Work, batch: int, rows: Iterable[tuple[int, int, int]]) -> None:
    """Store (account, month, days) of a batch; an account named twice has the days of both."""
    found: dict[tuple[int, int], int] = {}
    for account, month, days in rows:
        found[month, account] = found.get((month, account), 0) | days
    for some in _some((batch, *key, days) for key, days in sorted(found.items())):
        work.insert_facts("login_fact", ("batch_id", "month", "account_id", "days"), some)


def write_actions(work: Work, batch: int, rows: Iterable[tuple[int, int, int, int, int]]) -> None:
    """Store (day number, account, object, created, updated) of a batch; what is named twice is
    added up; days without a record count in no month."""
    ordered = _added_up(sorted(rows))
    columns = ("batch_id", "day", "account_id", "object_id", "created", "updated")
    for some in _some((batch, *row) for row in ordered):
        work.insert_facts("action_fact", columns, some)
    acted: dict[tuple[int, int, int], int] = defaultdict(int)
    months: dict[int, tuple[int, int]] = {}  # day number → month, bit
    for number, account, thing, created, updated in ordered:
        place = months.get(number)
        if place is None:
            day = day_of(number)
            place = months[number] = (month_of(day), 1 << day.day - 1)
        if created or updated:
            acted[place[0], thing, account] |= place[1]
    by_month = ("batch_id", "month", "object_id", "account_id", "days")
    for some in _some((batch, *key, days) for key, days in sorted(acted.items())):
        work.insert_facts("acted_fact", by_month, some)


def _added_up(
    ordered: list[tuple[int, int, int, int, int]],
) -> list[tuple[int, int, int, int, int]]:
    """Sorted rows, those of the same day, account and object as one."""
    if all(a[:3] != b[:3] for a, b in pairwise(ordered)):
        return ordered
    found: dict[tuple[int, int, int], tuple[int, int]] = {}
    for day, account, thing, created, updated in ordered:
        before = found.get((day, account, thing), (0, 0))
        found[day, account, thing] = (before[0] + created, before[1] + updated)
    return [(*key, *counts) for key, counts in found.items()]


def write_owned(work: Work, batch: int, rows: Iterable[tuple[int, int, int, int]]) -> None:
    """Store (month, owner, account, created) of a batch, each month, owner and account once."""
    columns = ("batch_id", "month", "owner_id", "account_id", "created")
    for some in _some((batch, *row) for row in sorted(rows)):
        work.insert_facts("owned_fact", columns, some)


def by_month(logins: Iterable[Login]) -> Iterator[tuple[int, int, int]]:
    """Login days as (account, month, days)."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for account, day in logins:
        found[account, month_of(day)] |= 1 << day.day - 1
    return ((account, month, days) for (account, month), days in found.items())


def by_day(
    actions: Iterable[Action], ids: Mapping[str, int]
) -> Iterator[tuple[int, int, int, int, int]]:
    """Actions as (day number, account, object, created, updated)."""
    for account, day, name, created, updated in actions:
        yield day_number(day), account, ids[name], created, updated


def write(
    work: Work, batch: int, logins: Collection[Login] = (), actions: Collection[Action] = ()
) -> None:
    """Store login days and actions of a batch, whose objects are made when new."""
    write_logins(work, batch, by_month(logins))
    if actions:
        write_actions(work, batch, by_day(actions, object_ids(work, (row[2] for row in actions))))


def next_batch(work: Work) -> int:
    """An id for a new batch: that of a batch taken away by undo must not come back, since its
    facts may still lie there."""
    highest = ", ".join(
        f"(SELECT coalesce(max(batch_id), 0) FROM {table})" for table in FACT_TABLES
    )
    found = work.select(
        f"SELECT max({highest}, (SELECT coalesce(max(id), 0) FROM import_batch),"
        " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'import_batch'), 0))"
    )
    return int(found[0][0]) + 1


def _some(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists of at most `AT_ONCE`."""
    source = iter(rows)
    while some := list(islice(source, AT_ONCE)):
        yield some
