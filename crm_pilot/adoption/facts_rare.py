"""Reads of the facts of use that few ask for: when an object was last used, who owns records.

With `facts.py` the only module that knows the form of the facts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from crm_pilot.adoption import facts
from crm_pilot.store.reader import Reader, remembered

ALL_DAYS = (1 << facts.BITS) - 1


@remembered(*facts.TABLES)
def first_login(reader: Reader) -> dt.date | None:
    """The first login day known: what is before it was not imported, or is no longer kept."""
    found = []
    for (batch,) in reader.select("SELECT id FROM import_batch"):
        days = reader.one(
            "SELECT month, min(days & -days) FROM login_fact WHERE batch_id = ?1 AND month ="
            " (SELECT min(month) FROM login_fact WHERE batch_id = ?1 AND days <> 0"
            f" AND {facts.KEPT}) AND days <> 0",
            batch,
        )
        if days and days[0] is not None:
            day = facts.first_of(days[0]) + dt.timedelta(days=days[1].bit_length() - 1)
            found.append(max(day, facts.kept_from(reader) or day))
    return min(found, default=None)


@remembered("crm_object", *facts.TABLES)
def last_acted(reader: Reader, today: dt.date) -> Mapping[int, dt.date]:
    """The last day, not after `today`, on which anybody created or updated a record of an object;
    objects of which none is known are left out."""
    places = sorted(_places(reader, today), reverse=True)
    found = {}
    for (key,) in reader.select("SELECT id FROM crm_object"):
        day = _last(reader, key, places, today)
        if day is not None:
            found[key] = day
    return found


def _places(reader: Reader, today: dt.date) -> Iterator[tuple[int, int]]:
    """(month, batch) of every month in which a batch may hold facts that count."""
    start = facts.kept_from(reader)
    since = facts.month_of(start) if start else 0
    ends = "(SELECT {}(month) FROM acted_fact f WHERE f.batch_id = b.id)"
    for batch, low, high in reader.select(
        f"SELECT b.id, {ends.format('min')}, {ends.format('max')} FROM import_batch b"
    ):
        month = low
        while month is not None and month <= min(high, facts.month_of(today)):
            if month >= since:
                yield month, batch
            month = facts.after(month)


def _last(
    reader: Reader, thing: int, places: list[tuple[int, int]], today: dt.date
) -> dt.date | None:
    """The last day of an object; `places` from the newest month on."""
    found: dt.date | None = None
    for month, batch in places:
        if found is not None and facts.month_of(found) > month:
            break
        keep = (1 << today.day) - 1 if month == facts.month_of(today) else ALL_DAYS
        days = reader.value(
            "SELECT max(days & ?) FROM acted_fact"
            " WHERE batch_id = ? AND month = ? AND object_id = ?",
            *(keep, batch, month, thing),
        )
        if days:
            day = facts.first_of(month) + dt.timedelta(days=days.bit_length() - 1)
            found = day if found is None else max(found, day)
    start = facts.kept_from(reader)
    return found if found is None or start is None or found >= start else None


@remembered(*facts.TABLES)
def last_owned(reader: Reader, until: int) -> int | None:
    """The last month, not after `until`, of which an export named the owners of records."""
    months = (
        reader.value(
            f"SELECT max(month) FROM owned_fact WHERE batch_id = ? AND month <= ? AND {facts.KEPT}",
            *(batch, until),
        )
        for (batch,) in reader.select("SELECT id FROM import_batch")
    )
    return max((month for month in months if month), default=None)


@remembered(*facts.TABLES)
def owned(reader: Reader, month: int) -> Mapping[tuple[int, int], int]:
    """Records created in a month, by (owner, account that created them).

    Batches whose days overlap tell the same records: the larger count of theirs. Those whose days
    do not are added up."""
    groups = _overlapping(reader, month)
    largest: dict[tuple[int, int, int], int] = {}
    for batch, owner, account, created in reader.select(
        "SELECT batch_id, owner_id, account_id, created FROM owned_fact"
        f" WHERE {facts.KEPT} AND month = ?",
        month,
    ):
        key = (groups[batch], owner, account)
        largest[key] = max(largest.get(key, 0), created)
    found: dict[tuple[int, int], int] = defaultdict(int)
    for (_, owner, account), created in largest.items():
        found[owner, account] += created
    return found


def owned_months(reader: Reader, accounts: Collection[int]) -> list[tuple[int, int, int]]:
    """(month, records created in the name of others, records others created in theirs) of some
    accounts together; months without either are left out."""
    keys = ", ".join(map(str, accounts))
    months = reader.select(
        f"SELECT DISTINCT month FROM owned_fact WHERE {facts.KEPT}"
        f" AND (owner_id IN ({keys}) OR account_id IN ({keys})) ORDER BY 1"
    )
    found = []
    for (month,) in months:
        pairs = owned(reader, month).items()
        given = sum(n for (owner, by), n in pairs if by in accounts and owner not in accounts)
        taken = sum(n for (owner, by), n in pairs if owner in accounts and by not in accounts)
        if given or taken:
            found.append((month, given, taken))
    return found


def _overlapping(reader: Reader, month: int) -> dict[int, int]:
    """Batches with owners in a month → the number of their group; groups have no day in common.
    A batch that does not tell its days may hold any of the month."""
    first, last = facts.first_of(month).isoformat(), facts.last_of(month).isoformat()
    batches = reader.select(
        "SELECT b.id, coalesce(b.first_day, ?1), coalesce(b.last_day, ?2) FROM import_batch b"
        " WHERE EXISTS (SELECT 1 FROM owned_fact f WHERE f.batch_id = b.id AND f.month = ?3)"
        " ORDER BY 2, 3",
        *(first, last, month),
    )
    groups: dict[int, int] = {}
    group, reached = 0, ""
    for key, begins, ends in batches:
        group += begins > reached
        reached = max(reached, ends)
        groups[key] = group
    return groups
