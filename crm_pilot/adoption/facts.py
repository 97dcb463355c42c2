"""The facts of use: how they are written, and how they are read. Nobody else knows their form.

A file holds them packed (`model.py`); in memory the days of an account are one whole number whose
bit n is the n-th day of a window, so that weeks, months and windows of 28 days are shifts and
counts of bits. Facts count only while their import batch exists and their month is not before
`project.daily_from`; a day seen by two overlapping batches counts once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from crm_pilot.adoption.facts_in import (
    FACT_TABLES,
    KIND_OF,
    UPDATED,
    action_key,
    by_day,
    by_month,
    kind_of,
    next_batch,
    object_ids,
    write,
    write_actions,
    write_counted,
    write_logins,
    write_owned,
)
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
    stretch,
    window,
)
from crm_pilot.store.reader import Reader, date_from_iso, remembered

__all__ = [  # of its parts: what others say of months and days, and how facts are written
    "EPOCH",
    "FACT_TABLES",
    "KIND_OF",
    "NOTHING",
    "UPDATED",
    "UseDays",
    "action_key",
    "after",
    "by_day",
    "by_month",
    "day_number",
    "day_of",
    "first_of",
    "kind_of",
    "last_of",
    "month_of",
    "months_between",
    "next_batch",
    "object_ids",
    "write",
    "write_actions",
    "write_counted",
    "write_logins",
    "write_owned",
]
TABLES = ("import_batch", "project")  # what a read of facts depends on, beside its own tables
BITS = 31  # of a month
FEW = 500  # accounts, that are asked for by name

# Facts that count, by their month or day. The plus keeps the bound out of the search, which then
# goes by batch and the month asked for
KEPT = (
    "batch_id IN (SELECT id FROM import_batch) AND +month >= coalesce((SELECT"
    " CAST(strftime('%Y%m', daily_from) AS INTEGER) FROM project), 0)"
)
KEPT_DAYS = (
    "batch_id IN (SELECT id FROM import_batch) AND day >= coalesce((SELECT"
    " CAST(strftime('%s', daily_from) AS INTEGER) / 86400 FROM project), 0)"
)


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
def acted_accounts(reader: Reader, first: dt.date, last: dt.date) -> frozenset[int]:
    """Accounts that created or updated a record from `first` to `last`."""
    found: set[int] = set()
    start = max(first, kept_from(reader) or first)
    for month in months_between(start, last):
        opening = first_of(month)
        days = stretch(opening, start, last + dt.timedelta(days=1), BITS)
        rows = reader.select(
            f"SELECT account_id FROM acted_fact WHERE {KEPT} AND month = ? AND days & ? <> 0",
            month,
            days,
        )
        found.update(account for (account,) in rows)
    return frozenset(found)


@remembered("account", *TABLES)
def last_logins(reader: Reader, today: dt.date) -> Mapping[int, dt.date]:
    """The last login day, not after `today`, of every account that has one in the days kept.

    From the newest month backwards, each time for the accounts not found yet."""
    wanted = {key for (key,) in reader.select("SELECT id FROM account")}
    found: dict[int, dt.date] = {}
    for month in login_months(reader, today):
        if not wanted:
            break
        keep = (1 << today.day) - 1 if month == month_of(today) else -1
        first = first_of(month)
        days = {n: first + dt.timedelta(days=n - 1) for n in range(1, BITS + 1)}
        for account, bits in _some_logins(reader, month, wanted):
            if bits & keep:
                found[account] = days[(bits & keep).bit_length()]
        wanted.difference_update(found)
    return found


def _some_logins(reader: Reader, month: int, wanted: set[int]) -> Iterable[tuple[int, int]]:
    """(account, days) of a month of the accounts wanted; few of them are asked for by name."""
    if len(wanted) > FEW:
        days = _logins(reader, month)
        return [(account, days[account]) for account in wanted if account in days]
    batches = [batch for batch, low, high in _login_spans(reader) if low <= month <= high]
    found: dict[int, int] = {}
    for account, some in reader.select(
        f"SELECT account_id, days FROM login_fact WHERE batch_id IN ({_listed(batches)})"
        f" AND month = {month} AND account_id IN ({_listed(wanted)})"
    ):
        found[account] = found.get(account, 0) | some
    return _kept(reader, month, found).items()


def _listed(keys: Iterable[int]) -> str:
    return ", ".join(map(str, keys))


@remembered(*TABLES)
def _login_spans(reader: Reader) -> tuple[tuple[int, int, int], ...]:
    """(batch, first month, last month) of the logins kept, each found by two looks into the
    table's own order."""
    start = month_of(kept_from(reader) or dt.date.min)
    end = "(SELECT {}(month) FROM login_fact f WHERE f.batch_id = b.id)"
    found = reader.select(
        f"SELECT b.id, {end.format('min')}, {end.format('max')} FROM import_batch b"
    )
    return tuple((batch, max(low, start), high) for batch, low, high in found if low is not None)


@remembered(*TABLES)
def login_months(reader: Reader, today: dt.date) -> tuple[int, ...]:
    """Months, the newest first, not after that of `today`, of which login days are kept."""
    found: set[int] = set()
    for _batch, month, high in _login_spans(reader):
        while month <= min(high, month_of(today)):
            found.add(month)
            month = after(month)
    return tuple(sorted(found, reverse=True))


@remembered(*TABLES)
def last_login(reader: Reader, today: dt.date) -> dt.date | None:
    """The last day, not after `today`, on which anybody was connected."""
    for month in login_months(reader, today):
        days = 0
        for some in _logins(reader, month).values():
            days |= some
        if month == month_of(today):
            days &= (1 << today.day) - 1
        if days:
            return first_of(month) + dt.timedelta(days=days.bit_length() - 1)
    return None


@remembered(*TABLES)
def first_login(reader: Reader, today: dt.date) -> dt.date | None:
    """The first day kept on which anybody was connected; None: nobody was, by `today`."""
    for month in reversed(login_months(reader, today)):
        days = 0
        for some in _logins(reader, month).values():
            days |= some
        if days:
            day = first_of(month) + dt.timedelta(days=(days & -days).bit_length() - 1)
            return day if day <= today else None
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
    return tuple(
        reader.select(
            "SELECT account_id, object_id, sum(created), sum(updated)"
            f" FROM {_each_day_once(reader, first, last)} GROUP BY account_id, object_id"
        )
    )


@remembered(*TABLES)
def actions(reader: Reader, first: dt.date, last: dt.date) -> Mapping[int, int]:
    """Account → records created and updated from `first` to `last`, in all objects together."""
    return dict(
        reader.select(
            "SELECT account_id, sum(created + updated)"
            f" FROM {_each_day_once(reader, first, last)} GROUP BY account_id"
        )
    )


def _each_day_once(reader: Reader, first: dt.date, last: dt.date) -> str:
    """What counts of `first` to `last`, to be selected from: a day, account and object once."""
    low, high = day_number(first), day_number(last)
    source = f"action_fact WHERE {KEPT_DAYS} AND day BETWEEN {low} AND {high}"
    if not _overlap(reader, low, high):
        return source
    return (
        "(SELECT account_id, object_id, max(created) AS created,"
        f" max(updated) AS updated FROM {source} GROUP BY day, account_id, object_id)"
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
        f" AND account_id IN ({_listed(accounts)})"
    ):
        found[month, account] |= days
    return [(month, days.bit_count()) for (month, _), days in sorted(found.items())]


def stored_days(reader: Reader, months: Collection[int] = ()) -> int:
    """How many login days the file holds, batch by batch; of some months, or in all."""
    some = f" WHERE month IN ({_listed(months)})" if months else ""
    return sum(days.bit_count() for (days,) in reader.select(f"SELECT days FROM login_fact{some}"))


@remembered(*TABLES)
def action_months(reader: Reader) -> tuple[int, ...]:
    """Months, oldest first, of which actions are kept."""
    return tuple(
        month
        for (month,) in reader.select(
            f"SELECT DISTINCT month FROM acted_fact WHERE {KEPT} UNION"
            f" SELECT DISTINCT month FROM owned_fact WHERE {KEPT} ORDER BY 1"
        )
    )


def records_by_month(reader: Reader, accounts: Collection[int]) -> list[tuple[int, int, int]]:
    """(month, created, updated) of some accounts together."""
    return reader.select(
        "SELECT CAST(strftime('%Y%m', day * 86400, 'unixepoch') AS INTEGER) AS month,"
        " sum(created), sum(updated) FROM (SELECT day, account_id, object_id,"
        " max(created) AS created, max(updated) AS updated FROM action_fact"
        f" WHERE {KEPT_DAYS} AND account_id IN ({_listed(accounts)})"
        " GROUP BY 1, 2, 3) GROUP BY 1 ORDER BY 1"
    )
