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
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from crm_pilot.adoption.terms import ObjectKind
from crm_pilot.adoption.use_days import (
    EPOCH,
    NOTHING,
    UseDays,
    after,
    day_number,
    day_of,
    first_of,
    last_of,
    month_of,
    months_between,
    window,
)
from crm_pilot.folding import folded
from crm_pilot.store.reader import Reader, date_from_iso, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

__all__ = [  # what others say of months and days, they find here
    "EPOCH",
    "NOTHING",
    "UseDays",
    "after",
    "day_number",
    "day_of",
    "first_of",
    "last_of",
    "month_of",
    "months_between",
]
TABLES = ("import_batch", "project")  # what a read of facts depends on, beside its own tables
FACT_TABLES = ("login_fact", "action_fact", "acted_fact", "owned_fact")
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


@remembered(*TABLES)
def _logins(reader: Reader, month: int) -> Mapping[int, int]:
    """Account → login days of a month; bit 0 is the 1st."""
    found: dict[int, int] = {}
    for account, days in reader.select(
        f"SELECT account_id, days FROM login_fact WHERE {KEPT} AND month = ?", month
    ):
        found[account] = found.get(account, 0) | days
    return _kept(reader, month, found)


@remembered(*TABLES)
def _acted(reader: Reader, month: int) -> Mapping[int, Mapping[int, int]]:
    """Object → account → days of a month on which a record of it was created or updated."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for thing, account, days in reader.select(
        f"SELECT object_id, account_id, days FROM acted_fact WHERE {KEPT} AND month = ?", month
    ):
        by = found[thing]
        by[account] = by.get(account, 0) | days
    return {thing: _kept(reader, month, by) for thing, by in found.items()}


def _kept(reader: Reader, month: int, days: dict[int, int]) -> Mapping[int, int]:
    """The same days; those before the first that is kept are left out."""
    start = kept_from(reader)
    if start is None or month_of(start) != month or start.day == 1:
        return days
    return {
        account: kept
        for account, some in days.items()
        if (kept := some >> start.day - 1 << start.day - 1)
    }


@remembered(*TABLES)
def _acted_at_all(reader: Reader, month: int) -> Mapping[int, int]:
    """Account → days of a month on which a record of any object was created or updated."""
    found: dict[int, int] = {}
    for account, days in reader.select(
        f"SELECT account_id, days FROM acted_fact WHERE {KEPT} AND month = ?", month
    ):
        found[account] = found.get(account, 0) | days
    return _kept(reader, month, found)


def _together(every: Iterable[Mapping[int, int]]) -> Mapping[int, int]:
    """Days on which something was done in any of several objects."""
    found: dict[int, int] = {}
    for some in every:
        for account, days in some.items():
            found[account] = found.get(account, 0) | days
    return found


@remembered(*TABLES)
def login_days(reader: Reader, first: dt.date, last: dt.date) -> UseDays:
    """Days from `first` to `last` on which each account was connected."""
    months = ((month, _logins(reader, month)) for month in months_between(first, last))
    return window(months, first, last)


@remembered(*TABLES)
def acted_days(
    reader: Reader, first: dt.date, last: dt.date, objects: tuple[int, ...] | None = None
) -> UseDays:
    """Days on which each account created or updated a record, in any object or in `objects`."""
    if objects is None:
        months = [(month, _acted_at_all(reader, month)) for month in months_between(first, last)]
        return window(months, first, last)
    chosen = []
    for month in months_between(first, last):
        every = _acted(reader, month)
        chosen.append((month, _together(every.get(key, {}) for key in objects)))
    return window(chosen, first, last)


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
    start = kept_from(reader) or dt.date.min
    found = {}
    for account, packed in rows:
        first, days = first_of(packed >> BITS), packed & (1 << BITS) - 1
        day = first + dt.timedelta(days=days.bit_length() - 1)
        if day >= start:
            found[account] = day
    return found


@remembered(*TABLES)
def last_login(reader: Reader, today: dt.date) -> dt.date | None:
    """The last day, not after `today`, on which anybody was connected."""
    month: int | None = month_of(today)
    while month is not None:
        days = 0
        for some in _logins(reader, month).values():
            days |= some
        if month == month_of(today):
            days &= (1 << today.day) - 1
        if days:
            return first_of(month) + dt.timedelta(days=days.bit_length() - 1)
        month = reader.value(
            "SELECT max((SELECT max(month) FROM login_fact f WHERE f.batch_id = b.id"
            f" AND month < ? AND {KEPT.partition(' AND ')[2]})) FROM import_batch b",
            month,
        )
    return None


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
    start = kept_from(reader)
    if number is None or (start is not None and day_of(number) < start):
        return None
    return day_of(number)


Record = tuple[int, int, int, int]  # account, object, created, updated


@remembered(*TABLES)
def records(reader: Reader, first: dt.date, last: dt.date) -> tuple[Record, ...]:
    """(account, object, created, updated) from `first` to `last`, summed over the days.

    A day seen by two batches counts once, with the larger count of the two.
    """
    low, high = day_number(first), day_number(last)
    source = "action_fact"
    if _overlap(reader, low, high):
        source = (
            "(SELECT batch_id, day, account_id, object_id, max(created) AS created,"
            " max(updated) AS updated FROM action_fact"
            f" WHERE {KEPT_DAYS} AND day BETWEEN {low} AND {high}"
            " GROUP BY day, account_id, object_id)"
        )
    return tuple(
        reader.select(
            f"SELECT account_id, object_id, sum(created), sum(updated) FROM {source}"
            f" WHERE {KEPT_DAYS} AND day BETWEEN ? AND ? GROUP BY account_id, object_id",
            low,
            high,
        )
    )


def _overlap(reader: Reader, low: int, high: int) -> bool:
    """Whether two batches know of actions on the days between the first and the last of either."""
    span = "(SELECT {}(day) FROM action_fact f WHERE f.batch_id = b.id AND day BETWEEN ?1 AND ?2)"
    spans = reader.select(
        f"SELECT {span.format('min')} AS first, {span.format('max')} FROM import_batch b"
        " WHERE first IS NOT NULL ORDER BY 1, 2",
        low,
        high,
    )
    return any(one[1] >= other[0] for one, other in pairwise(spans))


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
