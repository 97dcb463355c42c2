"""Completeness of key fields from an export of records: in how many records each column is filled.

completeness = filled key fields ÷ expected key fields (DOMAIN.md 2.1). Only counts are kept, for
the company and by department (that of a column, or of the record's owner); what stands in the
records is looked at for being there and forgotten. Columns that nobody fills by hand (ids, owner,
dates the CRM sets itself) are left out; so are columns of machines and places.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from crm_pilot.adoption import facts
from crm_pilot.adoption.commands import AddCompleteness
from crm_pilot.exchange.columns import Cells
from crm_pilot.exchange.headers import is_dropped, normal, words
from crm_pilot.exchange.plan import Changes, Field, Problems, Watch
from crm_pilot.exchange.reading import Table
from crm_pilot.exchange.use_objects import OBJECT_KEY, object_of_file, usual_objects
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.people.matching import People, User
from crm_pilot.people.users import named
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

KIND = "completeness"
MOST = 40  # columns counted; a wider export is narrowed before it is made
SMALL = 5  # records of a department under which it is not told alone
# Columns the CRM fills itself, normalised
OWN = words(
    "id, guid, record id, created date, created by, created on, cree le, cree par,"
    " date de creation, last modified date, last modified by, modified on, modifie le, modifie par,"
    " last activity, row checksum, do not modify row checksum, do not modify modified on,"
    " record type, systemmodstamp, last viewed date, last referenced date"
)
EMPTY = words("-, n a, na, null, none, aucun, aucune, non renseigne, inconnu, unknown")


@dataclass(frozen=True)
class CompletenessFormat:
    """Any list of records."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str] = frozenset()
    kind: str = KIND


FORMAT = CompletenessFormat(
    name="completeness",
    title=msg("Completeness of key fields"),
    fields=(
        Field(
            "department",
            N_("Department"),
            ("department", "service", "departement", "region", "owner department", "equipe",
             "team", "business unit", "territoire", "territory"),
        ),
        Field(
            "owner",
            N_("Owner of the record"),
            ("owner", "proprietaire", "owner name", "sales agent", "sales rep",
             "agent commercial", "account owner", "opportunity owner",
             "contact owner", "lead owner", "case owner", "owner full name", "responsable",
             "proprietaire du compte", "proprietaire de l opportunite", "owner id", "ownerid"),
        ),
    ),
)  # fmt: skip


@dataclass
class Counted:
    """How many records there are and how many have each field filled, by department; None: all."""

    object: str
    records: Counter[int | None] = field(default_factory=Counter)
    filled: dict[str, Counter[int | None]] = field(default_factory=dict)
    rows: int = 0


def count(
    table: Table,
    cells: Cells,
    reader: Reader,
    problems: Problems,
    watch: Watch,
    chosen: Mapping[str, str],
) -> Counted:
    """Count the filled cells of a table."""
    stem = table.source.name.rpartition(".")[0] or table.source.name
    asked = chosen.get(OBJECT_KEY, "")
    found = Counted(object_of_file(table.headers, stem, asked, any_heading=False))
    if not found.object:
        problems.error(
            table.header_line,
            "",
            "",
            msg(
                "the file does not say which object of the CRM its records are of; say it with"
                " --object, or under “Records of”: {objects}",
                objects=", ".join(usual_objects()),
            ),
        )
    columns = _columns(table, cells)
    if not columns:
        problems.error(table.header_line, "", "", msg("no column holds a key field"))
    found.filled = {header: Counter() for _, header in columns}
    places = _Places(reader)
    for number, row in enumerate(table.rows):
        if not number % 2_000:
            watch.at(number, len(table.rows))
        department = places.of(cells.line(row, "department"), cells.line(row, "owner"))
        everywhere: tuple[int | None, ...] = (None,) if department is None else (None, department)
        found.records.update(everywhere)
        for place, header in columns:
            text = row.cells[place].strip()
            if text and normal(text) not in EMPTY:
                found.filled[header].update(everywhere)
    found.rows = len(table.rows)
    return found


def _columns(table: Table, cells: Cells) -> list[tuple[int, str]]:
    """Columns that people fill, with their place."""
    used = set(cells.mapping.values()) | set(table.dropped)
    kept = [
        (place, header)
        for place, header in enumerate(table.headers)
        if header not in used
        and normal(header) not in OWN
        and not normal(header).endswith(" id")
        and not normal(header).startswith("do not modify")
        and not is_dropped(header)
    ]
    return kept[:MOST]


class _Places:
    """Departments by their names, and by the people and accounts that own records."""

    def __init__(self, reader: Reader) -> None:
        self._named: dict[str, int] = {}
        for key, name, short in reader.select("SELECT id, name, short FROM department"):
            self._named.setdefault(normal(name), key)
            if short:
                self._named.setdefault(normal(short), key)
        self._of: dict[int, int | None] = dict(
            reader.select("SELECT id, department_id FROM person")
        )
        self._people = People(named(reader))
        self._account: dict[str, int | None] = {
            key.casefold(): department
            for id_, username, department in reader.select(
                "SELECT a.external_id, a.username, p.department_id FROM account a"
                " JOIN person p ON p.id = a.person_id"
            )
            for key in (id_, username)
            if key
        }
        self._known: dict[tuple[str, str], int | None] = {}

    def of(self, department: str, owner: str) -> int | None:
        """The department of a record; None where nothing tells it."""
        key = (department, owner)
        if key not in self._known:
            self._known[key] = self._find(department, owner)
        return self._known[key]

    def _find(self, department: str, owner: str) -> int | None:
        if department:
            found = self._named.get(normal(department))
            if found is not None:
                return found
        if not owner:
            return None
        if owner.casefold() in self._account:
            return self._account[owner.casefold()]
        match = self._people.match(User(owner, owner if "@" in owner else ""))
        return self._of.get(match.person_id) if match.person_id is not None else None


def changes(
    counted: Counted, source: str, reader: Reader, measured: dt.date, imported: dt.datetime
) -> Changes:
    """A measure for the company and one for each department of five records and more."""
    rows = tuple(
        (header, department, counted.records[department], filled[department])
        for header, filled in counted.filled.items()
        for department in sorted(counted.records, key=lambda key: (key is not None, key or 0))
        if department is None or counted.records[department] >= SMALL
    )
    known = {
        tuple(row)
        for row in reader.select(
            "SELECT c.field, c.department_id, c.records, c.filled FROM completeness c"
            " JOIN crm_object o ON o.id = c.object_id WHERE o.name = ? AND c.measured_on = ?",
            counted.object,
            measured,
        )
    }
    fresh = tuple(row for row in rows if row not in known)
    departments = len(counted.records) - (None in counted.records)
    counts = {
        "rows": counted.rows,
        "fields": len(counted.filled),
        "departments": departments,
        "new": len(fresh),
        "changed": 0,
        "unchanged": len(rows) - len(fresh),
    }
    label = nmsg(
        "Import the completeness of {n} field from {name}",
        "Import the completeness of {n} fields from {name}",
        len(counted.filled),
        name=source,
    )
    if not fresh:
        return Changes(counts, label, None)
    command = ImportCompleteness(label, source, imported, counted.rows, counted.object, measured,
                                 fresh)  # fmt: skip
    return Changes(counts, label, command)


def summary(counted: Counted, counts: Mapping[str, int]) -> tuple[Message, ...]:
    """What the plan comes to, in sentences."""
    if not counted.object:
        return ()
    shares = [filled[None] / counted.records[None] for filled in counted.filled.values()
              if counted.records[None]]  # fmt: skip
    lines = [
        nmsg(
            "{n} field counted in the records of “{object}”: {records}",
            "{n} fields counted in the records of “{object}”: {records}",
            counts["fields"],
            records=nmsg("{n} record", "{n} records", counts["rows"]),
            object=counted.object,
        )
    ]
    if counts["departments"]:
        lines.append(
            nmsg("told apart by {n} department", "told apart by {n} departments",
                 counts["departments"])
        )  # fmt: skip
    if shares:
        mean = round(100 * sum(shares) / len(shares))
        lines.append(msg("{share}% filled on average; the records themselves are not kept",
                         share=mean))  # fmt: skip
    return tuple(lines)


@dataclass(frozen=True, eq=False)
class ImportCompleteness:
    """Add the measures of an export, as one undoable step."""

    label: Message
    source: str
    imported: dt.datetime
    rows: int
    object: str
    measured: dt.date
    measures: tuple[tuple[str, int | None, int, int], ...]  # field, department, records, filled

    def apply(self, work: Work) -> None:
        key = facts.object_ids(work, [self.object])[self.object]
        for name, department, records, filled in self.measures:
            AddCompleteness(self.measured, key, name, records, filled, department).apply(work)
        work.add(
            "import_batch",
            kind=KIND,
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows,
            rows_kept=len(self.measures),
            first_day=self.measured,
            last_day=self.measured,
        )
