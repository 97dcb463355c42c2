"""The short session a command works on: mapped rows by table name, inside one transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain, islice
from typing import Any

from sqlalchemy import Engine, UniqueConstraint, bindparam, create_engine, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.store.journal import FROZEN
from crm_pilot.store.reader import GONE, Reader, plain
from crm_pilot.store.schema import Base

_NUMBERED = re.compile(r"(.*?)(\d{1,9})", re.DOTALL)
TOGETHER = 16  # rows of facts that one statement inserts


def engine_over(connection: sqlite3.Connection) -> Engine:
    """An engine that works on the one connection of the working copy, and no other."""
    engine = create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None
    )
    with engine.connect():  # the first connection looks at the server and rolls back
        return engine


def create_tables(connection: sqlite3.Connection) -> None:
    """Create every declared table; all rooms' models must have been imported."""
    engine = engine_over(connection)
    with engine.begin() as link:
        Base.metadata.create_all(link)


class Work:
    """What a command may do: get, add, set, remove and select rows of the open transaction.

    Tables and columns are named by their SQL names. Values are Python values (`date`, `bool`,
    `StrEnum`); the mapped columns convert them. Broken rules become `UserError`s.
    """

    def __init__(self, engine: Engine, connection: sqlite3.Connection) -> None:
        self._session = Session(engine, expire_on_commit=False)
        self._connection = connection
        self._thawed = False
        self.frozen: dict[str, set[int]] = {}  # rows written in tables outside undo

    def get(self, table: str, key: int) -> Any:
        """The mapped row, or a `UserError` when it is gone."""
        row = self._session.get(mapped(table), key)
        if row is None:
            raise UserError(GONE)
        return row

    def add(self, table: str, **values: Any) -> int:
        """Insert a row; returns its id."""
        row = mapped(table)(**_bare(values))
        self._session.add(row)
        self.flush(table, values)
        if table in FROZEN:
            self.frozen.setdefault(table, set()).add(row.id)
        return int(row.id)

    def set(self, table: str, key: int, **values: Any) -> None:
        """Change columns of a row."""
        self._touch(table, key)
        row = self.get(table, key)
        for name, value in _bare(values).items():
            if not hasattr(row, name):
                raise AttributeError(f"{table} has no column {name}")
            setattr(row, name, value)
        self.flush(table, values)

    def set_many(self, table: str, rows: Mapping[int, Mapping[str, Any]]) -> None:
        """Change columns of many rows; ids that are gone are a `UserError`."""
        self._touch(table, *rows)
        self.flush(table, {})
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for key, values in rows.items():
            bare = _bare(values)
            names = tuple(sorted(bare))
            alike.setdefault(names, []).append({"row_id": key, **bare})
        target = mapped(table).__table__
        for names, changes in alike.items():
            statement = (
                update(target)
                .where(target.c.id == bindparam("row_id"))
                .values({name: bindparam(name) for name in names})
            )
            try:
                done = self._session.connection().execute(statement, changes)
            except IntegrityError as error:
                raise broken_rule(error, changes[0] if len(changes) == 1 else {}) from error
            if done.rowcount != len(changes):
                raise UserError(GONE)
        self._session.expire_all()

    def copy(self, table: str, key: int) -> int:
        """Insert a copy of a row, unique texts and numbers counted on; returns its id."""
        row, target = self.get(table, key), mapped(table).__table__
        values = {column.name: getattr(row, column.name) for column in target.columns}
        del values["id"]
        for name in _unique_columns(target) & values.keys():
            free = (
                None
                if target.columns[name].nullable
                else self._next_free(table, name, values[name])
            )
            values[name] = free  # a staff number is nobody else's: where it may be empty, it is
        return self.add(table, **values)

    def _next_free(self, table: str, column: str, value: Any) -> Any:
        """The value with the next number that no row has yet."""
        taken = {row[0] for row in self.select(f'SELECT "{column}" FROM {table}')}
        if isinstance(value, int):
            return max(taken) + 1
        match = _NUMBERED.fullmatch(value)
        if match is None:
            stem, number, width = f"{value} ", 2, 1
        else:
            stem, number, width = match[1], int(match[2]) + 1, len(match[2])
        while f"{stem}{number:0{width}d}" in taken:
            number += 1
        return f"{stem}{number:0{width}d}"

    def remove(self, table: str, key: int) -> None:
        """Delete a row; what belongs to it goes with it (rules of the database)."""
        self._touch(table, key)
        self._session.delete(self.get(table, key))
        self.flush(table, {})

    @contextmanager
    def thawed(self) -> Iterator[None]:
        """Let rows of issued reports be changed: for erasing somebody they name, and no more."""
        self._thawed = True
        try:
            yield
        finally:
            self._thawed = False

    def _touch(self, table: str, *keys: int) -> None:
        """Refuse to change what is frozen; note what is changed outside undo."""
        if table in FROZEN:
            if not self._thawed:
                raise UserError(N_("An issued report is never changed. Nothing was changed."))
            self.frozen.setdefault(table, set()).update(keys)

    def insert_many(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows with the same columns at once."""
        if not rows:
            return
        try:
            statement = insert(mapped(table).__table__)  # Core: no mapped objects in between
            self._session.connection().execute(statement, [_bare(row) for row in rows])
        except IntegrityError as error:
            raise broken_rule(error, {}) from error

    def insert_facts(
        self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], row: str = ""
    ) -> None:
        """Insert plain rows into a `*_fact` table (outside the journal), as fast as SQLite goes:
        several rows a statement, which takes a third of the time of one.

        `row`: what is made of the cells of a row where that is not one a column: `{0}, {1} / 2`.
        """
        if not table.endswith("_fact"):
            raise ValueError(f"{table} is not a fact table")
        if not rows:
            return
        into = f"INSERT INTO {table}({', '.join(columns)}) VALUES "
        row = row or ", ".join(f"{{{n}}}" for n in range(len(columns)))
        width, whole = len(rows[0]), len(rows) - len(rows) % TOGETHER
        marks = [[f"?{n * width + c + 1}" for c in range(width)] for n in range(TOGETHER)]
        made = [f"({row.format(*some)})" for some in marks]
        cells = chain.from_iterable(islice(rows, whole))
        together = zip(*[cells] * (width * TOGETHER), strict=True)
        self._connection.executemany(into + ", ".join(made), together)
        self._connection.executemany(into + made[0], islice(rows, whole, None))

    def select(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """Rows of a plain query inside the transaction."""
        return self._connection.execute(sql, [plain(p) for p in params]).fetchall()

    def reader(self) -> Reader:
        """A reader inside the transaction, for the figures a command writes down; it remembers
        what it read, so ask for it before the first change."""
        made = Reader(self._connection)
        made.versions = {}
        return made

    def flush(self, table: str, values: Mapping[str, Any]) -> None:
        """Write pending changes, turning a broken rule into a sentence."""
        try:
            self._session.flush()
        except IntegrityError as error:
            raise broken_rule(error, values) from error

    def close(self) -> None:
        """End the session; an open transaction is rolled back."""
        self._session.close()


def mapped(table: str) -> type[Any]:
    """The mapped class of a table."""
    for mapper in Base.registry.mappers:
        if mapper.local_table.name == table:  # type: ignore[attr-defined]
            return mapper.class_
    raise KeyError(table)


def _unique_columns(target: Any) -> set[str]:
    """Columns that must be unique by themselves."""
    found = {column.name for column in target.columns if column.unique}
    for constraint in target.constraints:
        if isinstance(constraint, UniqueConstraint) and len(constraint.columns) == 1:
            found.add(next(iter(constraint.columns)).name)
    return found


def _bare(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.value if isinstance(v, StrEnum) else v for k, v in values.items()}


def broken_rule(error: IntegrityError, values: Mapping[str, Any]) -> UserError:
    """The sentence for a row that breaks a rule of its table."""
    reason = str(error.orig)
    if "UNIQUE" in reason:
        column = reason.rpartition(".")[2]
        return UserError(
            N_("“{value}” is already used. Nothing was changed; choose another value."),
            value=str(values.get(column, column)),
        )
    if "NOT NULL" in reason:
        return UserError(
            N_("“{column}” must be filled. Nothing was changed."), column=reason.rpartition(".")[2]
        )
    if "FOREIGN KEY" in reason:
        return UserError(N_("A row this edit refers to no longer exists. Nothing was changed."))
    shown = ", ".join(f"{k} = {v}" for k, v in values.items() if k in reason) or reason
    return UserError(N_("This value is not allowed ({value}). Nothing was changed."), value=shown)
