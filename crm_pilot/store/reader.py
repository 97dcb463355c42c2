"""Reads in plain SQL: rows as frozen dataclasses, remembered until a table they read changes.

Plain SQL on the standard `sqlite3` keeps SQLAlchemy off the way to the first screen and costs a
fraction of mapped objects on large tables; see docs/decisions/0002-reads-in-plain-sql.md.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast, get_args, get_type_hints

from crm_pilot.errors import Cancelled
from crm_pilot.i18n import N_
from crm_pilot.why import Answers

R = TypeVar("R")
P = ParamSpec("P")

STEPS = 20_000  # of SQLite's machine between two looks whether to go on: a millisecond or less
date_from_iso = lru_cache(maxsize=16384)(dt.date.fromisoformat)
moment_from_iso = dt.datetime.fromisoformat


class Reader:
    """A read-only view of one project. Use it only in the thread that made it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._memory: dict[Hashable, tuple[Any, Any]] = {}
        self.versions: dict[str, int] | None = None  # table -> count of changes; None: never cache
        self._cancelled: Callable[[], bool] | None = None
        self.shared: dict[str, Any] = {}  # what the project keeps in step for its readers, by name

    def select(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """All rows of a query; dates in parameters are written as ISO text."""
        try:
            return self._connection.execute(sql, [plain(p) for p in params]).fetchall()
        except sqlite3.OperationalError as error:
            raise self._reason(error) from None

    def one(self, sql: str, *params: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        found: tuple[Any, ...] | None
        try:
            found = self._connection.execute(sql, [plain(p) for p in params]).fetchone()
        except sqlite3.OperationalError as error:
            raise self._reason(error) from None
        return found

    def _reason(self, error: sqlite3.OperationalError) -> Exception:
        """Why a query ended: it was given up, or the error it met."""
        given_up = self._cancelled is not None and self._cancelled()
        return Cancelled() if given_up else error

    def value(self, sql: str, *params: Any) -> Any:
        """The first value of the first row, or None."""
        row = self.one(sql, *params)
        return row[0] if row else None

    def rows(self, kind: type[R], sql: str, *params: Any) -> list[R]:
        """Rows as dataclass `kind`: columns in the order of its fields, converted by annotation
        (date, datetime, bool and StrEnum, each optional)."""
        found = self.select(sql, *params)
        if not found:
            return []
        columns: list[Sequence[Any]] = list(zip(*found, strict=True))
        for index, convert in _converters(cast(Hashable, kind)):  # by column: half the time
            columns[index] = [None if v is None else convert(v) for v in columns[index]]
        return [kind(*values) for values in zip(*columns, strict=True)]

    @property
    def memory(self) -> dict[Hashable, tuple[Any, Any]]:
        """What is remembered of each query, beside the versions of the tables it read."""
        return self._memory

    def remember(self, memory: dict[Hashable, tuple[Any, Any]]) -> None:
        """Remember what another reader of the same project did, as of the versions it knew.

        Not what is still to be found when asked for (`Answers`): it would ask the other reader,
        which belongs to another thread and may be closed.
        """
        self._memory.update(
            {key: kept for key, kept in memory.items() if not isinstance(kept[1], Answers)}
        )

    def stop_when(self, cancelled: Callable[[], bool]) -> None:
        """Give up a query soon after `cancelled` says so: it then raises `Cancelled`."""
        self._cancelled = cancelled
        self._connection.set_progress_handler(cancelled, STEPS)

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Several reads of one moment of the project, whatever is edited meanwhile; what was read
        is remembered until the end."""
        versions = self.versions
        if versions is None:
            self.versions = {}
            self._memory.clear()
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")
            self.versions = versions

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def plain(value: Any) -> Any:
    """A value as SQLite stores it: ISO text for dates and moments, the value of an enum."""
    if isinstance(value, dt.date):  # datetime is a date
        return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value


@lru_cache(maxsize=256)
def _converters(kind: Any) -> list[tuple[int, Callable[[Any], Any]]]:
    hints = get_type_hints(kind)
    made: list[tuple[int, Callable[[Any], Any]]] = []
    for index, declared in enumerate(fields(kind)):
        types = get_args(hints[declared.name]) or (hints[declared.name],)
        for candidate in types:
            if candidate is dt.datetime:
                made.append((index, moment_from_iso))
            elif candidate is dt.date:
                made.append((index, date_from_iso))
            elif candidate is bool:
                made.append((index, bool))
            elif isinstance(candidate, type) and issubclass(candidate, StrEnum):
                made.append(
                    (index, candidate._value2member_map_.__getitem__)
                )  # an Enum call is slow
    return made


def remembered(
    *tables: str,
) -> Callable[
    [Callable[Concatenate[Reader, P], R]],
    Callable[Concatenate[Reader, P], R],
]:
    """Remember a query's result until one of `tables` changes. Arguments must be hashable.

    The result must be treated as frozen: it is shared by everyone who asks.
    """

    def decorate(
        query: Callable[Concatenate[Reader, P], R],
    ) -> Callable[Concatenate[Reader, P], R]:
        @wraps(query)
        def ask(reader: Reader, *args: P.args, **kwargs: P.kwargs) -> R:
            versions = reader.versions
            if versions is None:
                return query(reader, *args, **kwargs)
            key = (query, args, tuple(sorted(kwargs.items())))
            state = tuple(versions.get(table, 0) for table in tables)
            known = reader._memory.get(key)
            if known is not None and known[0] == state:
                return known[1]  # type: ignore[no-any-return]
            result = query(reader, *args, **kwargs)
            reader._memory[key] = (state, result)
            return result

        ask.tables = tables  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[Reader, P], R], ask)

    return decorate


GONE = N_("This row no longer exists: it was deleted meanwhile.")
