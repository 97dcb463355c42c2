"""What the file knows already of an import, so that nothing is stored to no purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from crm_pilot.adoption.facts import KEPT, KEPT_DAYS, day_number
from crm_pilot.store.reader import Reader


def records_by_day(
    reader: Reader, first: dt.date, last: dt.date
) -> Iterator[tuple[int, int, int, int, int]]:
    """(day number, account, object, created, updated) from `first` to `last`, a day that two
    batches have seen once with the larger counts."""
    for number in range(day_number(first), day_number(last) + 1):
        yield from reader.select(
            "SELECT day, account_id, object_id, max(created), max(updated) FROM action_fact"
            f" WHERE {KEPT_DAYS} AND day = ? GROUP BY 2, 3",
            number,
        )


def owned_by_month(reader: Reader, first: int, last: int) -> dict[tuple[int, int, int], int]:
    """(month, owner, account) → records created in another's name, of some months."""
    rows = reader.select(
        f"SELECT month, owner_id, account_id, max(created) FROM owned_fact WHERE {KEPT}"
        " AND month BETWEEN ? AND ? GROUP BY 1, 2, 3",
        first,
        last,
    )
    return {(month, owner, account): created for month, owner, account, created in rows}
