"""Completeness: how many of the key fields are filled in, by object, field and department.

completeness = filled key fields ÷ expected key fields, per record, averaged (DOMAIN.md 2.1).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


@dataclass(frozen=True)
class FieldRow:
    """The latest measure of a key field; `department` None: of the whole company. `before` is the
    share of the measure before it. `counts`: not both the company and its departments count."""

    id: int
    object_id: int
    object: str
    department_id: int | None
    department: str | None
    field: str
    measured_on: dt.date
    records: int
    filled: int
    share: float | None
    before: float | None
    counts: bool


@dataclass(frozen=True)
class Average:
    """Completeness of an object or a department: the mean over its records."""

    key: int | None  # of the object or department; None: measured for the company as a whole
    name: str
    share: float | None
    fields: int
    records: float  # mean number of records of a field
    measured_on: dt.date | None  # the last of its measures


@dataclass(frozen=True)
class Quality:
    """The latest measures and their averages; `share` is that of all records."""

    share: float | None
    measured_on: dt.date | None
    rows: tuple[FieldRow, ...]
    objects: tuple[Average, ...]
    departments: tuple[Average, ...]


@dataclass(frozen=True)
class _Measure:
    """A row of the table, with names."""

    id: int
    object_id: int
    object: str
    department_id: int | None
    department: str | None
    field: str
    measured_on: dt.date
    records: int
    filled: int


@remembered("completeness", "crm_object", "department", "wave")
def latest(reader: Reader, today: dt.date | None = None) -> Quality:
    """The latest measure of every object, department and field (up to `today`), and averages.

    Where a field was measured for the company as a whole and by department, the newer of the two
    counts in the averages, the whole on the same day.
    """
    rows = _rows(_measures(reader, today))
    counted = [row for row in rows if row.counts]
    return Quality(
        share=_mean(counted),
        measured_on=max((row.measured_on for row in counted), default=None),
        rows=rows,
        objects=_averages(counted, lambda row: (row.object_id, row.object)),
        departments=_averages(
            sorted(rows, key=lambda row: row.department_id is None),
            lambda row: (row.department_id, row.department or ""),
        ),
    )


def _measures(reader: Reader, today: dt.date | None) -> list[_Measure]:
    """All measures by object, department and field, oldest first."""
    return reader.rows(
        _Measure,
        "SELECT c.id, o.id, o.name, d.id, d.name, c.field, c.measured_on, c.records, c.filled"
        " FROM completeness c JOIN crm_object o ON o.id = c.object_id"
        " LEFT JOIN department d ON d.id = c.department_id LEFT JOIN wave w ON w.id = d.wave_id"
        " WHERE ?1 IS NULL OR c.measured_on <= ?1 ORDER BY o.name COLLATE NOCASE, o.id,"
        " d.id IS NOT NULL, coalesce(w.position, 999), d.position, d.id, c.field COLLATE NOCASE,"
        " c.field, c.measured_on, c.id",
        today,
    )


def _rows(measures: Iterable[_Measure]) -> tuple[FieldRow, ...]:
    """The last measure of each place with the one before it."""
    places: dict[tuple[int, int | None, str], list[_Measure]] = defaultdict(list)
    for one in measures:
        places[one.object_id, one.department_id, one.field].append(one)
    newest: dict[tuple[int, str, bool], dt.date] = {}
    for (thing, department, field), found in places.items():
        key = (thing, field, department is None)
        newest[key] = max(newest.get(key, dt.date.min), found[-1].measured_on)
    return tuple(_row(found, newest) for found in places.values())


def _row(found: list[_Measure], newest: dict[tuple[int, str, bool], dt.date]) -> FieldRow:
    last = found[-1]
    whole = newest.get((last.object_id, last.field, True), dt.date.min)
    parts = newest.get((last.object_id, last.field, False), dt.date.min)
    before = found[-2] if len(found) > 1 else None
    return FieldRow(
        id=last.id,
        object_id=last.object_id,
        object=last.object,
        department_id=last.department_id,
        department=last.department,
        field=last.field,
        measured_on=last.measured_on,
        records=last.records,
        filled=last.filled,
        share=_part(last.filled, last.records),
        before=None if before is None else _part(before.filled, before.records),
        counts=(whole >= parts) == (last.department_id is None),
    )


def _part(filled: int, records: int) -> float | None:
    return filled / records if records else None


def _averages(
    rows: Iterable[FieldRow], place: Callable[[FieldRow], tuple[int | None, str]]
) -> tuple[Average, ...]:
    """The averages of places, in the order in which they come."""
    found: dict[tuple[int | None, str], list[FieldRow]] = defaultdict(list)
    for row in rows:
        found[place(row)].append(row)
    return tuple(
        Average(
            key,
            name,
            _mean(some),
            len({(row.object_id, row.field) for row in some}),
            sum(_weights(some)),
            max(row.measured_on for row in some),
        )
        for (key, name), some in found.items()
    )


def _mean(rows: Sequence[FieldRow]) -> float | None:
    """filled ÷ expected key fields of a record, averaged over the records.

    Only sums are known: the mean of the records of an object and department is Σ filled ÷ Σ
    records over its fields, and it weighs as much as it has records (Σ records ÷ fields)."""
    weights = _weights(rows)
    filled = sum(
        sum(row.filled for row in some) / len(some) for some in _groups(rows)
    )  # mean × weight
    total = sum(weights)
    return filled / total if total else None


def _weights(rows: Iterable[FieldRow]) -> list[float]:
    """Records of every object and department, the mean over its fields."""
    return [sum(row.records for row in some) / len(some) for some in _groups(rows)]


def _groups(rows: Iterable[FieldRow]) -> list[list[FieldRow]]:
    """Rows by object and department."""
    found: dict[tuple[int, int | None], list[FieldRow]] = defaultdict(list)
    for row in rows:
        found[row.object_id, row.department_id].append(row)
    return list(found.values())
