"""Undo recorded by the database itself: TEMP triggers write the inverse of every row change.

The triggers are made from the tables as they stand in the file, so columns added by a newer minor
version are kept by undo as well. Tables named `*_fact` hold imported facts keyed by import batch
and stay outside (a batch is switched on and off through its row in `import_batch`);
`working_copy` is bookkeeping; issued reports are frozen for good.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby

from crm_pilot.records import dataclass
from crm_pilot.store.sqlite import tables

FROZEN = frozenset({"report_issue", "report_file"})  # rows are added, never changed
OUTSIDE = FROZEN | {"working_copy"}
BATCH = 200  # rows put back by one statement
Entry = tuple[int, str, int, str, str]  # seq, table, row id, operation, values


@dataclass(frozen=True)
class Span:
    """Journal rows after `first` up to and including `last`."""

    first: int
    last: int

    @property
    def empty(self) -> bool:
        return self.last <= self.first


def undoable_tables(connection: sqlite3.Connection) -> list[str]:
    """Tables whose changes the journal records."""
    return [t for t in tables(connection) if t not in OUTSIDE and not t.endswith("_fact")]


def install(connection: sqlite3.Connection) -> None:
    """Create the TEMP journal and its triggers on this connection."""
    connection.execute(
        "CREATE TEMP TABLE undo_journal("
        "seq INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT, row INTEGER, op TEXT, sql TEXT)"
    )
    for table in undoable_tables(connection):
        columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
        for statement in _triggers(table, columns):
            connection.execute(statement)


def _triggers(table: str, columns: list[str]) -> list[str]:
    values = " || ',' || ".join(f'quote(OLD."{c}")' for c in columns)
    changed = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
    log = f"INSERT INTO undo_journal(tbl, row, op, sql) VALUES('{table}', "
    return [
        f'CREATE TEMP TRIGGER "undo_{table}_insert" AFTER INSERT ON main."{table}" BEGIN '
        f"{log}NEW.id, 'insert', NULL); END",
        f'CREATE TEMP TRIGGER "undo_{table}_delete" AFTER DELETE ON main."{table}" BEGIN '
        f"{log}OLD.id, 'delete', '(' || {values} || ')'); END",
        f'CREATE TEMP TRIGGER "undo_{table}_update" AFTER UPDATE ON main."{table}"'
        f" WHEN {changed} BEGIN {log}NEW.id, 'update', '(' || {values} || ')'); END",
    ]


def position(connection: sqlite3.Connection) -> int:
    """The last journal row written."""
    row = connection.execute(
        "SELECT seq FROM temp.sqlite_sequence WHERE name='undo_journal'"
    ).fetchone()
    return int(row[0]) if row else 0


def touched(connection: sqlite3.Connection, span: Span) -> dict[str, frozenset[int]]:
    """Ids of the rows changed in `span`, by table."""
    found: dict[str, set[int]] = {}
    rows = connection.execute(
        "SELECT DISTINCT tbl, row FROM undo_journal WHERE seq > ? AND seq <= ?",
        (span.first, span.last),
    )
    for table, row in rows:
        found.setdefault(table, set()).add(row)
    return {table: frozenset(ids) for table, ids in found.items()}


def play_back(connection: sqlite3.Connection, span: Span) -> Span:
    """Undo `span` inside the open transaction; returns the span that would redo it."""
    connection.execute("PRAGMA defer_foreign_keys=ON")
    entries = connection.execute(
        "SELECT seq, tbl, row, op, sql FROM undo_journal WHERE seq > ? AND seq <= ?"
        " ORDER BY seq DESC",
        (span.first, span.last),
    ).fetchall()
    start = position(connection)
    for (table, op), run in groupby(entries, key=lambda entry: (entry[1], entry[3])):
        _undo_run(connection, table, op, list(run))
    forget(connection, span)
    return Span(start, position(connection))


def _undo_run(connection: sqlite3.Connection, table: str, op: str, run: list[Entry]) -> None:
    """Undo neighbouring entries of one kind in one table, newest first, in few statements."""
    if op == "insert":  # newest first, so the rows to delete are those between two numbers
        connection.execute(
            f'DELETE FROM main."{table}" WHERE id IN'
            " (SELECT row FROM undo_journal WHERE seq >= ? AND seq <= ?)",
            (run[-1][0], run[0][0]),
        )
        return
    if op == "delete":
        for batch in (run[at : at + BATCH] for at in range(0, len(run), BATCH)):
            rows = ",".join(entry[4] for entry in batch)
            connection.execute(f'INSERT INTO main."{table}" VALUES {rows}')
        return
    columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    for batch in _each_row_once(run):
        _put_back(connection, table, columns, batch)


def _each_row_once(run: list[Entry]) -> Iterator[list[Entry]]:
    """Cut a run into batches in which no row comes twice, so that their order does not matter."""
    batch: list[Entry] = []
    seen: set[int] = set()
    for entry in run:
        if entry[2] in seen or len(batch) == BATCH:
            yield batch
            batch, seen = [], set()
        batch.append(entry)
        seen.add(entry[2])
    if batch:
        yield batch


def _put_back(
    connection: sqlite3.Connection, table: str, columns: list[str], batch: list[Entry]
) -> None:
    """Give rows the values they had: all at once, or one by one in order where values that must
    be unique change places among them."""
    sets = ", ".join(
        f'"{name}"=v.column{place}' for place, name in enumerate(columns, 1) if name != "id"
    )
    where = f"t.id = v.column{columns.index('id') + 1}"
    update = f'UPDATE main."{table}" AS t SET {sets} FROM (VALUES {{}}) AS v WHERE {where}'
    connection.execute("SAVEPOINT put_back")
    try:
        connection.execute(update.format(",".join(entry[4] for entry in batch)))
    except sqlite3.IntegrityError:
        connection.execute("ROLLBACK TO put_back")
        for entry in batch:
            connection.execute(update.format(entry[4]))
    connection.execute("RELEASE put_back")


def forget(connection: sqlite3.Connection, span: Span) -> None:
    """Drop journal rows that no step needs any more."""
    connection.execute(
        "DELETE FROM undo_journal WHERE seq > ? AND seq <= ?", (span.first, span.last)
    )
