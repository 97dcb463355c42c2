"""Completeness: how many of the key fields are filled in, by object, field and department.

completeness = filled key fields ÷ expected key fields, per record, averaged (DOMAIN.md 2.1).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class FieldRow:
    """The latest measure of a key field; `department` None: of the whole company. `before` is the
    share of the measure before it."""

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


@dataclass(frozen=True)
class Average:
    """Completeness of an object or a department: the mean over its records."""

    key: int | None  # of the object or department; None: the company's own measures
    name: str
    share: float | None
    before: float | None
    fields: int
    records: int
    measured_on: dt.date | None


@dataclass(frozen=True)
class Quality:
    """The latest measures and their averages; `share` is that of all records."""

    share: float | None
    before: float | None
    measured_on: dt.date | None
    rows: tuple[FieldRow, ...]
    objects: tuple[Average, ...]
    departments: tuple[Average, ...]


def latest(reader: Reader) -> Quality:
    """The latest measure of every object, department and field."""
    return Quality(None, None, None, (), (), ())
