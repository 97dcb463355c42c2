"""What two versions of a project file differ in: rows added, changed and removed by table.

The files are only read. Tables and columns are compared where both have them, so that versions of
different formats can be told apart from edits.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import field
from pathlib import Path
from typing import Any

from crm_pilot.records import dataclass
from crm_pilot.store import sqlite

SKIPPED = frozenset({"working_copy"})
LISTED = frozenset({"project", "import_batch"})  # few rows, told with their values
FACTS = frozenset({"login_fact", "action_fact"})  # the other facts follow from them


@dataclass(frozen=True)
class Row:
    """A row that differs: its values before and after, None where it was not there."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class TableChange:
    """How many rows of a table were added, changed and removed; `rows` of the `LISTED` tables."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    rows: tuple[Row, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class Comparison:
    """The tables that differ, by name, and the formats where those differ."""

    tables: Mapping[str, TableChange] = field(default_factory=dict)
    formats: tuple[str, str] | None = None  # before, after
    moved: tuple[Row, ...] = ()  # milestones with another day: title, finish, wave (name or None)

    def __bool__(self) -> bool:
        return bool(self.tables or self.formats)


@contextmanager
def borrowed(path: Path) -> Iterator[Path]:
    """A private copy of a file that others may replace at any moment, for as long as it is read:
    an open file could not be replaced on Windows, and one half replaced would read as damaged."""
    with tempfile.TemporaryDirectory(prefix="crm-pilot-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        yield copy


def compare(before: Path, after: Path) -> Comparison:
    """Compare two project files, in any thread. Raises `StorageError` or `sqlite3.Error` when one
    cannot be read."""
    formats = sqlite.inspect(before), sqlite.inspect(after)
    with closing(sqlite.connect(after, read_only=True, working=False)) as connection:
        connection.execute("ATTACH ? AS earlier", (f"{before.resolve().as_uri()}?mode=ro",))
        connection.execute("BEGIN")  # one moment of a working copy that is edited meanwhile
        tables = _tables(connection, "main") & _tables(connection, "earlier") - SKIPPED
        found = {table: _compare_table(connection, table) for table in sorted(tables)}
        moved = _moved(connection) if {"wave", "task"} <= tables else ()
    changed = {table: change for table, change in found.items() if change}
    versions = (str(formats[0]), str(formats[1])) if formats[0] != formats[1] else None
    return Comparison(changed, versions, moved)


def _tables(connection: sqlite3.Connection, schema: str) -> set[str]:
    rows = connection.execute(
        f"SELECT name FROM {schema}.sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
    )
    return {row[0] for row in rows}


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA {schema}.table_info("{table}")')]


def _compare_table(connection: sqlite3.Connection, table: str) -> TableChange:
    theirs = set(_columns(connection, "earlier", table))
    columns = [c for c in _columns(connection, "main", table) if c in theirs]
    if table.endswith("_fact"):
        return _compare_facts(connection, table) if table in FACTS else TableChange()
    if "id" not in columns:
        return TableChange()
    name = f'"{table}"'
    missing = "SELECT id FROM {here}.{t} WHERE id NOT IN (SELECT id FROM {there}.{t})"
    added = _ids(connection, missing.format(here="main", there="earlier", t=name))
    removed = _ids(connection, missing.format(here="earlier", there="main", t=name))
    differs = " OR ".join(f'a."{c}" IS NOT b."{c}"' for c in columns if c != "id") or "0"
    changed = _ids(
        connection,
        f"SELECT a.id FROM main.{name} a JOIN earlier.{name} b ON b.id = a.id WHERE {differs}",
    )
    keys = changed + added + removed if table in LISTED else ()
    rows = tuple(_row(connection, name, columns, key) for key in keys)
    return TableChange(len(added), len(changed), len(removed), rows)


def _ids(connection: sqlite3.Connection, sql: str) -> list[int]:
    return [row[0] for row in connection.execute(sql)]


def _row(connection: sqlite3.Connection, name: str, columns: list[str], key: int) -> Row:
    listed = ", ".join(f'"{c}"' for c in columns)

    def values(schema: str) -> Mapping[str, Any] | None:
        sql = f"SELECT {listed} FROM {schema}.{name} WHERE id = ?"
        found = connection.execute(sql, (key,)).fetchone()
        return dict(zip(columns, found, strict=True)) if found else None

    return Row(values("earlier"), values("main"))


def _compare_facts(connection: sqlite3.Connection, table: str) -> TableChange:
    """Facts are written by batch and never edited: a batch counts by how much is in it."""

    def sizes(schema: str) -> dict[int, int]:
        packed = "days" in _columns(connection, schema, table)  # not before format 1.4
        size = "sum(bit_count(days))" if packed else "COUNT(*)"
        sql = (
            f'SELECT batch_id, {size} FROM {schema}."{table}"'
            f" WHERE batch_id IN (SELECT id FROM {schema}.import_batch) GROUP BY batch_id"
        )
        return dict(connection.execute(sql).fetchall())

    connection.create_function("bit_count", 1, int.bit_count, deterministic=True)
    after, before = sizes("main"), sizes("earlier")
    batches = after.keys() | before.keys()
    grown = [after.get(batch, 0) - before.get(batch, 0) for batch in batches]
    return TableChange(
        added=sum(n for n in grown if n > 0), removed=-sum(n for n in grown if n < 0)
    )


def _moved(connection: sqlite3.Connection) -> tuple[Row, ...]:
    """Milestones that have another day than before, those of a wave first."""
    found = connection.execute(
        "SELECT t.id, s.title, s.finish, t.title, t.finish, w.name"
        " FROM main.task t JOIN earlier.task s ON s.id = t.id"
        " LEFT JOIN main.wave w ON w.milestone_id = t.id"
        " WHERE t.kind = 'milestone' AND s.kind = 'milestone' AND t.finish IS NOT s.finish"
        " ORDER BY w.id IS NULL, w.position, t.position, t.id"
    )
    return tuple(
        Row(
            {"id": key, "title": old, "finish": was, "wave": wave},
            {"id": key, "title": new, "finish": now, "wave": wave},
        )
        for key, old, was, new, now, wave in found
    )
