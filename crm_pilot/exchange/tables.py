"""Tables of a project as sheets to export: what each column holds, and what a level of
confidence leaves out. The tables themselves are declared in `tables_list`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.tables_kinds import CONVERTERS, joined, lengths, text_of
from crm_pilot.exchange.writing_parts import Sheet, SheetColumn
from crm_pilot.figures import Level
from crm_pilot.i18n import N_, Translator
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

Record = dict[str, Any]  # database column → value, and what a patch adds
Label = str | int

ID = N_("No.")
STEERING = "steering"  # committees that are named by their number alone
# An export that carries names ends in it; our own reading knows it for no row
# (the beginning is what `reading` knows footers by)
WATERMARK = N_("Confidential information: the lead's own export, with names. Do not pass it on.")
CODED = N_(
    "Committee level: persons are coded, groups under five people are pooled. This table cannot"
    " be imported again."
)


@dataclass(frozen=True)
class TableColumn:
    """A column of an exported table.

    kind: text, clock (HH:MM), whole, percent, money (stored in cents), days (of
    work, stored in hundredths), date, moment, truth,
    choice (`words`), refers (`target` table, shown by name), number (the No. of a row of
    `target`), links (what a line waits for, with kinds and lags), duration (with the column
    `beside` that says whether it is elapsed), work (minutes, written as a duration), minute (of
    the day), when (a moment; a day alone means the begin or end of its work), week and hours
    (shifts of a week, of a day), country (its code), card (whether the project's card names the
    row), shown (not read back).
    `default` fills an empty cell of a new row; None where the database takes nothing at all.
    """

    title: str  # marked
    kind: str
    column: str
    words: Mapping[Any, str] | None = None  # value → marked word
    target: str = ""
    low: int | None = None
    high: int | None = None
    filled: bool = False  # must not be empty
    unique: bool = False
    null: bool = False  # an empty cell is nothing at all
    default: Any = None
    own: bool = False  # at the lead's own level only
    beside: str = ""  # another column of the database that this one covers

    @property
    def stored(self) -> bool:
        """Whether the table of the database has this column."""
        return self.kind not in ("shown", "links", "card")


Patch = Callable[[Reader, list[Record]], list[Record]]
Coded = Callable[[Reader, dt.date, Translator], tuple[tuple[SheetColumn, ...], list[list[Any]]]]


@dataclass(frozen=True)
class ExportTable:
    """A table that can be exported. `name` is its name on the command line.

    `naming` is the column people know a row by. `patch` orders the records and adds what is shown
    only. `coded` makes the table at committee level where names must not be in it.
    """

    name: str
    title: str  # marked
    table: str
    naming: str
    columns: tuple[TableColumn, ...]
    order: str = "id"
    together: tuple[str, ...] = ()  # columns that are unique together
    patch: Patch | None = None
    coded: Coded | None = None
    keyless: bool = False  # no numbers at committee level: they could lead from a code to a name

    @property
    def stored(self) -> tuple[TableColumn, ...]:
        """Columns of the database."""
        return tuple(column for column in self.columns if column.stored)

    def at(self, level: Level) -> tuple[TableColumn, ...]:
        """The columns a level of confidence shows."""
        return tuple(column for column in self.columns if level == Level.OWN or not column.own)


def find(names: Iterable[str]) -> tuple[ExportTable, ...]:
    """Tables by name, in the order of the list. Raises `UserError` for one that does not exist."""
    from crm_pilot.exchange.tables_list import TABLES

    wanted = list(names)
    for name in wanted:
        if name not in {table.name for table in TABLES}:
            raise UserError(
                N_("There is no table called “{name}”. Tables: {names}."),
                name=name,
                names=", ".join(table.name for table in TABLES),
            )
    return tuple(table for table in TABLES if table.name in wanted)


def counts(reader: Reader) -> dict[str, int]:
    """How many rows each table has."""
    from crm_pilot.exchange.tables_list import TABLES

    return {t.name: int(reader.value(f"SELECT count(*) FROM {t.table}")) for t in TABLES}


# reading -------------------------------------------------------------------------------------


def records(reader: Reader, table: ExportTable) -> list[Record]:
    """Every row, with values as Python has them and `id`."""
    columns = table.stored
    named = [name for c in columns for name in (c.column, c.beside) if name]
    names = ", ".join(f'"{name}"' for name in named)
    converters = [(c.column, CONVERTERS[c.kind]) for c in columns if c.kind in CONVERTERS]
    pairs = [column for column in columns if column.beside]
    found = []
    for key, *values in reader.select(
        f"SELECT id, {names} FROM {table.table} ORDER BY {table.order}"
    ):
        record = dict(zip(named, values, strict=True))
        for column in pairs:
            joined(column, record)
        for name, convert in converters:
            if record[name] is not None:
                record[name] = convert(record[name])
        record["id"] = key
        found.append(record)
    return table.patch(reader, found) if table.patch else found


_NAMES = {  # what people know the rows of a table by
    "person": "SELECT id, trim(first_name || ' ' || last_name) FROM person",
    "department": "SELECT id, name FROM department",
    "profile": "SELECT id, name FROM profile",
    "wave": "SELECT id, name FROM wave",
    "task": "SELECT id, title FROM task",
    "course": "SELECT id, title FROM course",
    "stakeholder": "SELECT id, name FROM stakeholder",
    "committee": "SELECT id, CASE kind WHEN 'steering' THEN '' ELSE upper(substr(kind, 1, 1)) END"
    " || number FROM committee",
    "decision": "SELECT id, code FROM decision",
    "risk": "SELECT id, code FROM risk",
    "problem": "SELECT id, code FROM problem",
    "raci_item": "SELECT id, title FROM raci_item",
    "raci_actor": "SELECT id, name FROM raci_actor",
    "budget_line": "SELECT id, name FROM budget_line",
    "calendar": "SELECT id, name FROM calendar",
    "lateral_project": "SELECT id, title FROM lateral_project",
    "feature": "SELECT id, name FROM feature",
    "crm_object": "SELECT id, name FROM crm_object",
    "objective": "SELECT id, title FROM objective",
}
_NAMING = {
    "task": "title",
    "course": "title",
    "lateral_project": "title",
    "decision": "code",
    "risk": "code",
    "problem": "code",
    "raci_item": "title",
    "objective": "title",
}


def names_of(reader: Reader, target: str) -> dict[int, Label]:
    """Name of every row of a table, as stored."""
    return dict(reader.select(_NAMES[target]))


def name_in(record: Mapping[str, Any], target: str) -> Label:
    """The name of a row that may not be stored yet, as `names_of` gives it."""
    if target == "person":
        return f"{record.get('first_name') or ''} {record.get('last_name') or ''}".strip(" ")
    if target == "committee":
        kind = str(record.get("kind") or STEERING)
        return f"{'' if kind == STEERING else kind[0].upper()}{record.get('number') or ''}"
    column = _NAMING.get(target, "name")
    name: Label | None = record.get(column)
    return "" if name is None else name


def labels(names: Mapping[int, Label]) -> dict[int, Label]:
    """Names that tell rows apart: where two are alike, the number of the row is added."""
    often = Counter(names.values())
    made = {
        key: name if name != "" and often[name] == 1 else _numbered(name, key)
        for key, name in names.items()
    }
    twice = Counter(made.values())
    return {k: label if twice[label] == 1 else _numbered(label, k) for k, label in made.items()}


def _numbered(name: Label, key: int) -> str:
    return f"{name} [{key}]" if name != "" else f"[{key}]"


# sheets --------------------------------------------------------------------------------------


def sheet_of(
    reader: Reader, table: ExportTable, *, language: str, level: Level, today: dt.date
) -> Sheet:
    """The table as people read it, in `language`, as far as `level` allows."""
    shown = Translator(language)
    title = shown.tr(table.title)
    if table.coded is not None and level == Level.COMMITTEE:
        columns, rows = table.coded(reader, today, shown)
        return Sheet(title, columns, rows, shown.tr(CODED))
    chosen = table.at(level)
    own = level == Level.OWN
    keyed = own or not table.keyless
    cells = [_cell(column, reader, shown, own=own) for column in chosen]
    rows = []
    for record in records(reader, table):
        row = [cell(record[column.column]) for column, cell in zip(chosen, cells, strict=True)]
        rows.append([record["id"], *row] if keyed else row)
    head = tuple(SheetColumn(shown.tr(c.title), _SHEET_KINDS.get(c.kind, "text")) for c in chosen)
    if keyed:
        head = (SheetColumn(shown.tr(ID), "whole"), *head)
    return Sheet(title, head, rows, shown.tr(WATERMARK) if own else "")


_SHEET_KINDS = {kind: kind for kind in ("whole", "percent", "money", "date", "moment", "truth")} | {
    "number": "whole",
    "when": "moment",
    "card": "truth",
    "days": "decimal",
}


def _cell(
    column: TableColumn, reader: Reader, shown: Translator, *, own: bool
) -> Callable[[Any], Any]:
    """How a value is written; only at the lead's own level with the number of a person."""
    if column.kind == "choice":
        words = {value: shown.tr(word) for value, word in (column.words or {}).items()}
        return lambda value: None if value is None else words.get(value, str(value))
    if column.kind == "refers":
        known = names_of(reader, column.target)
        if own or column.target != "person":
            known = labels(known)
        return lambda value: None if value is None else known.get(value)
    if column.kind in ("money", "days"):
        return lambda value: None if value is None else value / 100
    return text_of(column.kind, shown.language, lengths(reader)) or (lambda value: value)
