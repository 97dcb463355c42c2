"""The command that applies a checked list of stakeholders as one undoable step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.apply import STALE, next_id
from crm_pilot.i18n import Message
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.rules import next_code
from crm_pilot.stakeholders.terms import UnitKind

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Rows = tuple[Mapping[str, Any], ...]
KNOWN = ("stakeholder", "person", "department")  # what a file is compared with


@dataclass(frozen=True, eq=False)
class ImportStakeholders:
    """Add units of the map, their ratings and ties, and the people and departments they name.

    References to what is new are −1 − its number in its tuple. `known`: the ids there were when
    the file was checked, in the order of `KNOWN`.
    """

    label: Message
    source: str
    imported: dt.datetime
    rows: int
    known: tuple[frozenset[int], ...]
    departments: tuple[str, ...]
    people: Rows
    units: Rows
    changed: tuple[tuple[int, Mapping[str, Any]], ...]
    ratings: Rows
    ties: Rows

    def apply(self, work: Work) -> None:
        now = tuple(frozenset(r[0] for r in work.select(f"SELECT id FROM {t}")) for t in KNOWN)
        if now != self.known:
            raise UserError(STALE)
        first = {table: next_id(work, table) for table in KNOWN}
        rank = len(now[2])
        places = [{"name": n, "position": rank + i} for i, n in enumerate(self.departments)]
        work.insert_many("department", _numbered(places, first))
        work.insert_many("person", _numbered(self.people, first, "person"))
        work.insert_many("stakeholder", _coded(work, _numbered(self.units, first, "stakeholder")))
        for key, values in self.changed:
            work.set("stakeholder", key, **_found(values, first))
        work.insert_many("rating", [_found(row, first) for row in self.ratings])
        work.insert_many("stakeholder_tie", [_found(row, first) for row in self.ties])
        work.add(
            "import_batch",
            kind="stakeholders",
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows,
            rows_kept=len(self.units) + len(self.changed),
        )


_TARGETS = {
    "department_id": "department",
    "person_id": "person",
    "owner_id": "person",
    "stakeholder_id": "stakeholder",
    "from_id": "stakeholder",
    "to_id": "stakeholder",
}


def _found(row: Mapping[str, Any], first: Mapping[str, int]) -> dict[str, Any]:
    """The row with the ids of what is new."""
    made = dict(row)
    for column, table in _TARGETS.items():
        value = made.get(column)
        if value is not None and value < 0:
            made[column] = first[table] - 1 - value
    return made


def _numbered(rows: Any, first: Mapping[str, int], table: str = "department") -> list[Any]:
    return [{"id": first[table] + number, **_found(row, first)} for number, row in enumerate(rows)]


def _coded(work: Work, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Persons with a code: their own, or the next free one."""
    own = dict(work.select("SELECT id, code FROM person WHERE code IS NOT NULL"))
    taken = {row[0] for row in work.select("SELECT code FROM stakeholder")} | set(own.values())
    taken |= {row["code"] for row in rows if row.get("code")}
    following = int(next_code(taken).removeprefix("P-"))
    for row in rows:
        if row["kind"] != UnitKind.PERSON or row.get("code"):
            continue
        row["code"] = own.get(row.get("person_id"), "")
        if not row["code"]:
            row["code"] = f"P-{following:02d}"
            following += 1
    return [{"code": "", **row} for row in rows]
