"""What an edited export changes: rows matched by their No., values compared, rules checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from crm_pilot.exchange import tables
from crm_pilot.exchange.own_formats import KEY, TableFormat
from crm_pilot.exchange.own_reading import Source
from crm_pilot.exchange.own_values import Names, Wrong
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.tables import Record, TableColumn
from crm_pilot.i18n import Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

MUST = msg("must be filled")
ALIKE = 5  # rows that must be known before a file is suspected to be of another project


@dataclass
class Entry:
    """A row of the file: what it says, and what it changes."""

    line: int
    key: int | None
    said: dict[str, Any]  # by database column; texts of what it refers to until they are found
    raw: dict[str, str]
    new: bool = False
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Its number once every row has one."""
        assert self.key is not None
        return self.key


@dataclass
class Part:
    """One table of the file beside the same table of the project."""

    form: TableFormat
    source: Source
    mapping: Mapping[str, str]
    entries: list[Entry]
    several: bool  # tables in the file
    stored: dict[int, Record] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """Columns that are read from the file."""
        table = self.form.table
        return tuple(c for c in table.columns if c.column in self.mapping and c.kind != "shown")

    def header(self, column: str) -> str:
        """How a problem names a column."""
        header = self.mapping.get(column, "")
        return f"{self.source.sheet or self.source.name}: {header}" if self.several else header

    def wrong(self, problems: Problems, entry: Entry, column: str, message: Message) -> None:
        """Note a problem with a cell."""
        header = self.header(column)
        problems.error(entry.line, header, entry.raw.get(column, ""), message)

    def final(self) -> dict[int, Record]:
        """The table as it will be."""
        made = {key: dict(record) for key, record in self.stored.items()}
        for entry in self.entries:
            made.setdefault(entry.id, {"id": entry.id}).update(entry.changed)
        return made

    @property
    def touched(self) -> Iterator[Entry]:
        """Rows that are new or changed."""
        return (entry for entry in self.entries if entry.new or entry.changed)

    @property
    def missing(self) -> int:
        """Rows of the project that the file does not have."""
        return len(self.stored.keys() - {entry.key for entry in self.entries})


class Comparison:
    """All tables of a file beside the project."""

    def __init__(self, reader: Reader, parts: list[Part], problems: Problems) -> None:
        self._reader, self.parts, self._problems = reader, parts, problems
        self._names: dict[str, Names] = {}
        self._keys: dict[str, frozenset[int]] = {}

    def run(self) -> None:
        """Number the rows, find what they refer to, and say what changes."""
        for part in self.parts:
            found = tables.records(self._reader, part.form.table)
            part.stored = {record["id"]: record for record in found}
            self._number(part)
        for part in self.parts:
            self._suspect(part)
            for entry in part.entries:
                self._refer(part, entry)
                self._compare(part, entry)
        for part in self.parts:
            self._rank(part)
            self._refuse_twins(part)

    # numbers -------------------------------------------------------------------------------

    def _number(self, part: Part) -> None:
        """Rows without a number get one; a number the project does not know is kept, unless the
        table never uses one twice."""
        table = part.form.table.table
        sequence = self._reader.value("SELECT seq FROM sqlite_sequence WHERE name = ?", table) or 0
        seen: dict[int, int] = {}
        for entry in part.entries:
            if entry.key is not None and entry.key in seen:
                line = seen[entry.key]
                part.wrong(
                    self._problems, entry, KEY, msg("already used on line {line}", line=line)
                )
            elif entry.key is not None:
                seen[entry.key] = entry.line
            entry.new = entry.key is None or entry.key not in part.stored
            if entry.new and entry.key is not None and entry.key <= sequence:
                entry.key = None
        used = {entry.key for entry in part.entries if entry.key is not None}
        following = max([sequence, *part.stored, *used, 0]) + 1
        for entry in part.entries:
            if entry.key is None:
                entry.key = following
                following += 1

    def _suspect(self, part: Part) -> None:
        """A file of another project has other names under the same numbers."""
        naming = part.form.table.naming
        both = [entry for entry in part.entries if not entry.new and naming in entry.said]
        other = [e for e in both if e.said[naming] != part.stored[e.id].get(naming)]
        column = next(c for c in part.form.table.columns if c.column == naming)
        if column.kind == "text" and len(both) >= ALIKE and len(other) * 2 > len(both):
            self._problems.warn(
                part.source.header_line,
                part.header(naming),
                "",
                msg(
                    "{n} of {rows} rows would take another name: is this the file of another"
                    " project?",
                    n=len(other),
                    rows=len(both),
                ),
            )

    # references ----------------------------------------------------------------------------

    def _refer(self, part: Part, entry: Entry) -> None:
        for column in part.columns:
            value = entry.said.get(column.column)
            if value is None:
                continue
            try:
                if column.kind == "refers":
                    entry.said[column.column] = self._named(column.target).find(value)
                elif column.kind == "number":
                    self._there(column.target, value)
                elif column.kind == "links":
                    for wait in value:
                        self._there("task", wait.before)
            except Wrong as error:
                part.wrong(self._problems, entry, column.column, error.message)
                del entry.said[column.column]

    def _named(self, target: str) -> Names:
        """Names of a table's rows with those the file brings or changes."""
        known = self._names.get(target)
        if known is None:
            names = tables.names_of(self._reader, target)
            for part in self._of(target):
                for entry in part.entries:
                    name = tables.name_in({**part.stored.get(entry.id, {}), **entry.said}, target)
                    names[entry.id] = name
            known = self._names[target] = Names(names)
        return known

    def _there(self, target: str, key: int) -> None:
        known = self._keys.get(target)
        if known is None:
            stored = {row[0] for row in self._reader.select(f"SELECT id FROM {target}")}
            new = {entry.id for part in self._of(target) for entry in part.entries}
            known = self._keys[target] = frozenset(stored | new)
        if key not in known:
            raise Wrong(msg("there is no row with the No. {number}", number=key))

    def _of(self, target: str) -> Iterable[Part]:
        return (part for part in self.parts if part.form.table.table == target)

    # values --------------------------------------------------------------------------------

    def _compare(self, part: Part, entry: Entry) -> None:
        before = part.stored.get(entry.id)
        for column in part.form.table.columns:
            name = column.column
            if column.kind == "shown" or (before is not None and name not in entry.said):
                continue
            value = entry.said.get(name)
            if value is None and not column.null:
                if column.filled:
                    part.wrong(self._problems, entry, name, _must(part, column))
                    continue
                value = () if column.kind == "links" else column.default
            if before is None or not _same(value, before[name], column):
                entry.changed[name] = value

    def _rank(self, part: Part) -> None:
        """New rows that say no rank go to the end."""
        if not any(column.column == "position" for column in part.form.table.columns):
            return
        last = max((record["position"] for record in part.stored.values()), default=-1)
        for entry in part.entries:
            if entry.new and entry.said.get("position") is None:
                last += 1
                entry.changed["position"] = last

    def _refuse_twins(self, part: Part) -> None:
        table = part.form.table
        unique = [(column.column,) for column in table.columns if column.unique]
        groups = [*unique, table.together] if table.together else unique
        final = part.final()
        for group in groups:
            known: dict[tuple[Any, ...], int] = {}
            for key, record in final.items():
                value = tuple(record.get(name) for name in group)
                if _taken(value):
                    known.setdefault(value, key)
            for entry in part.touched:
                value = tuple(final[entry.id].get(name) for name in group)
                if known.get(value, entry.id) != entry.id:
                    message = msg("already used; it must be there once only")
                    part.wrong(self._problems, entry, group[-1], message)


def _taken(value: tuple[Any, ...]) -> bool:
    """Whether a value may be there once only: of several columns, some may be empty texts."""
    return None not in value and any(item != "" for item in value)


def _must(part: Part, column: TableColumn) -> Message:
    if column.column in part.mapping:
        return MUST
    return msg("a new row needs the column “{column}”", column=Message(column.title))


def _same(value: Any, before: Any, column: TableColumn) -> bool:
    if isinstance(value, dt.datetime) and isinstance(before, dt.datetime) and not value.second:
        return value == before.replace(second=0)  # spreadsheets save moments to the minute
    if column.kind == "when" and isinstance(before, dt.datetime) and type(value) is dt.date:
        return before == dt.datetime.combine(value, dt.time())
    if column.kind == "text" and column.null:
        return (value or None) == (before or None)
    return bool(value == before)
