"""What an import would leave in the project, row by row in typed values: the wizard's preview.

Read from the plan's command, so that it shows what is stored and not what the file says.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Any

from crm_pilot.exchange.apply import ImportPeople, ImportTickets
from crm_pilot.exchange.local_days import DAY
from crm_pilot.exchange.own_apply import ImportRows, TableChange
from crm_pilot.exchange.people import FORMAT as PEOPLE
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.stakeholder_apply import ImportStakeholders
from crm_pilot.exchange.tables import ExportTable, TableColumn
from crm_pilot.exchange.tables_kinds import lengths, text_of
from crm_pilot.exchange.ticket_formats import TITLES
from crm_pilot.exchange.training_apply import ImportTraining
from crm_pilot.exchange.training_formats import TITLES as TRAINING
from crm_pilot.exchange.use_apply import ImportUse
from crm_pilot.exchange.use_found import UPDATED, user_of
from crm_pilot.i18n import Message, current, msg, nmsg
from crm_pilot.maintenance.terms import LEVELS, PRIORITIES, STATUSES, TICKET_KINDS
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader
from crm_pilot.training.terms import PRESENCES

SHOWN = 200  # rows of each state; the rest are counted
NEW, CHANGED, NONE = "new", "changed", ""

TICKET_COLUMNS = (
    *("number", "title", "status", "kind", "priority", "opened_at", "acknowledged_at"),
    *("resolved_at", "closed_at", "due_on", "department", "category", "requester", "assignee"),
    *("impact", "urgency", "history", "description"),
)
PEOPLE_COLUMNS = (
    *("last_name", "first_name", "external_id", "email", "job", "department", "arrived_on"),
    *("username", "profile"),
)
TICKET_STORED = (
    *(name for name in TICKET_COLUMNS if name not in ("department", "history")),
    "department_id",
)
PERSON_STORED = ("last_name", "first_name", "external_id", "email", "job", "arrived_on",
                 "department_id")  # fmt: skip
EMPTY = ("", None)
MOMENTS = frozenset({"opened_at", "acknowledged_at", "resolved_at", "closed_at"})
DAYS = frozenset({"due_on", "arrived_on"})
WORDS: Mapping[str, Mapping[Any, str]] = {
    "status": STATUSES,
    "kind": TICKET_KINDS,
    "priority": PRIORITIES,
    "impact": LEVELS,
    "urgency": LEVELS,
}


@dataclass(frozen=True)
class OutRow:
    """One row as it will be stored.

    `values` are text, int, Decimal, date, datetime, Message or None; `before` holds, by column,
    what the project has now where that changes.
    """

    state: str  # new, changed, or empty where rows are neither
    values: tuple[Any, ...]
    before: Mapping[int, Any]


@dataclass(frozen=True)
class Outcome:
    """The first rows of what comes out; `stored` is False when they are raw texts of the file."""

    columns: tuple[Message, ...]
    rows: tuple[OutRow, ...]
    counts: Mapping[str, int]  # new, changed, unchanged: of all rows, shown or not
    stored: bool = True


def outcome(plan: ImportPlan, reader: Reader) -> Outcome:
    """What applying `plan` leaves in the project. A plan with nothing to apply shows the file."""
    command = plan.changes.command
    if isinstance(command, ImportTickets):
        return _of_tickets(command, plan, reader)
    if isinstance(command, ImportPeople):
        return _of_people(command, plan, reader)
    if isinstance(command, ImportUse):
        return _of_use(command, plan)
    if isinstance(command, ImportTraining):
        return _of_training(command, plan, reader)
    if isinstance(command, ImportStakeholders):
        return _of_stakeholders(command, plan, reader)
    if isinstance(command, ImportRows):
        return _of_tables(command, plan, reader)
    rows = tuple(OutRow(NONE, tuple(row), {}) for row in plan.preview)
    return Outcome(plan.preview_titles, rows, plan.counts, stored=False)


# tickets -------------------------------------------------------------------------------------


@dataclass
class _Found:
    """A row before its columns are known."""

    state: str
    values: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)


def _of_tickets(command: ImportTickets, plan: ImportPlan, reader: Reader) -> Outcome:
    places = dict(reader.select("SELECT id, name FROM department"))
    found = [_Found(NEW, _words(ticket.values, places)) for ticket in command.new[:SHOWN]]
    stories: dict[int, int] = defaultdict(int)
    for event in command.events:
        stories[event[0]] += 1
    touched: dict[int, Mapping[str, Any]] = {key: {} for key in stories} | dict(command.changed)
    for key, values in list(touched.items())[:SHOWN]:
        now = _words(_stored(reader, "ticket", TICKET_STORED, key), places)
        later = _words(values, places)
        if stories[key]:
            later["history"] = nmsg("{n} more step", "{n} more steps", stories[key])
        before = {name: now.get(name) for name in later}
        found.append(_Found(CHANGED, now | later, before))
    titles = {name: Message(title) for name, title in TITLES.items()}
    return _table(found, TICKET_COLUMNS, {**titles, "history": msg("History")}, plan)


def _stored(reader: Reader, table: str, names: Sequence[str], key: int) -> dict[str, Any]:
    """What the project holds of one row, dates as dates."""
    row = reader.one(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", key)
    values = dict(zip(names, row or [None] * len(names), strict=True))
    for name, value in values.items():
        if value and name in MOMENTS:
            values[name] = dt.datetime.fromisoformat(value)
        elif value and name in DAYS:
            values[name] = dt.date.fromisoformat(value)
    return values


def _words(values: Mapping[str, Any], places: Mapping[int, str]) -> dict[str, Any]:
    """Values as they are shown: words of statuses and priorities, names of departments."""
    shown: dict[str, Any] = {}
    for name, value in values.items():
        if name == "department_id":
            shown["department"] = places.get(value) if value is not None else None
        elif name in WORDS and value is not None:
            shown[name] = Message(WORDS[name][value])
        else:
            shown[name] = value
    return shown


# people --------------------------------------------------------------------------------------


def _of_people(command: ImportPeople, plan: ImportPlan, reader: Reader) -> Outcome:
    places = dict(reader.select("SELECT id, name FROM department"))
    accounts = {account["person"]: account for account in command.accounts}
    found = []
    for number, values in enumerate(command.new[:SHOWN]):
        found.append(_Found(NEW, {**values, **_account(accounts.get(-1 - number))}))
    known = [key for key in accounts if key >= 0]
    touched: dict[int, Mapping[str, Any]] = {key: {} for key in known} | dict(command.changed)
    for key, values in list(touched.items())[:SHOWN]:
        now = _words(_stored(reader, "person", PERSON_STORED, key), places)
        later = {**values, **_account(accounts.get(key))}
        found.append(_Found(CHANGED, now | later, {name: now.get(name) for name in later}))
    titles = {wanted.name: Message(wanted.title) for wanted in PEOPLE.fields}
    return _table(found, PEOPLE_COLUMNS, titles, plan)


def _account(account: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: account[name] for name in ("username", "profile") if account and name in account}


def _of_stakeholders(command: ImportStakeholders, plan: ImportPlan, reader: Reader) -> Outcome:
    from crm_pilot.exchange import outcome_stakeholders as units

    found = [
        _Found(NEW if row.before is None else CHANGED, row.values, row.before or {})
        for row in units.rows(command, reader, SHOWN)
    ]
    return _table(found, units.COLUMNS, units.TITLES, plan)


# training ------------------------------------------------------------------------------------


def _of_training(command: ImportTraining, plan: ImportPlan, reader: Reader) -> Outcome:
    def of(table: str, made: Sequence[Mapping[str, Any]], key: int, *names: str) -> list[Any]:
        """Columns of a row: a new one by −1 − its number, or the project's."""
        if key < 0:
            return [made[-1 - key].get(name) for name in names]
        return list(reader.one(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", key) or ())

    def row(state: str, session: int, person: int, presence: Any) -> _Found:
        first, last = of("person", command.people, person, "first_name", "last_name")
        course, day = of("training_session", command.sessions, session, "course_id", "held_on")
        (title,) = of("course", command.courses, course, "title")
        day = dt.date.fromisoformat(day) if isinstance(day, str) else day
        word = Message(PRESENCES[presence])
        values = {"name": f"{first} {last}".strip(), "course": title, "held_on": day}
        return _Found(state, {**values, "presence": word})

    found = [
        row(NEW, one["session_id"], one["person_id"], one["presence"])
        for one in command.attendances[:SHOWN]
    ]
    for key, presence in command.changed[:SHOWN]:
        session, person, before = of("attendance", (), key, "session_id", "person_id", "presence")
        changed = row(CHANGED, session, person, presence)
        changed.before = {"presence": Message(PRESENCES[before])}
        found.append(changed)
    titles = {name: Message(title) for name, title in TRAINING.items()}
    return _table(found, ("name", "course", "held_on", "presence"), titles, plan)


# our own tables ------------------------------------------------------------------------------


def _of_tables(command: ImportRows, plan: ImportPlan, reader: Reader) -> Outcome:
    """One table with its columns; of several, which rows of which table."""
    from crm_pilot.exchange.tables_list import TABLES

    touched = [change for change in _with_links(command) if change.new or change.changed]
    several = len(touched) > 1
    found: list[_Found] = []
    titles: dict[str, Message] = {"@table": msg("Table"), "@count": msg("What changes")}
    order: list[str] = ["@table"] if several else []
    for change in touched:
        table = next(table for table in TABLES if table.table == change.table)
        known = _Shown(reader, table, command)
        new = [(NEW, values) for values in change.new[:SHOWN]]
        rows = new + [(CHANGED, {"id": key, **v}) for key, v in change.changed[:SHOWN]]
        found += [known.row(state, values, several=several) for state, values in rows]
        columns = [c for c in known.columns if not several or c.column == table.naming]
        columns.sort(key=lambda c: c.column != table.naming)  # what people know a row by
        titles |= {c.column if not several else "@name": Message(c.title) for c in columns}
        order += [c.column for c in columns if not several]
    order += ["@name", "@count"] if several else []
    return _table(found, order, titles, plan)


def _with_links(command: ImportRows) -> list[TableChange]:
    """What changes in each table; in the plan, also what lines wait for."""
    waits = dict(command.links)
    made = []
    for change in command.tables:
        if change.table == "task":
            new = tuple({**row, "links": waits.pop(row["id"], ())} for row in change.new)
            changed = {key: {"links": found} for key, found in waits.items()}
            for key, values in change.changed:
                changed[key] = {**values, **changed.get(key, {})}
            change = TableChange(change.table, new, tuple(sorted(changed.items())))
        made.append(change)
    return made


class _Shown:
    """Values of one table of ours as people read them."""

    def __init__(self, reader: Reader, table: ExportTable, command: ImportRows) -> None:
        from crm_pilot.exchange import tables
        from crm_pilot.exchange.tables_list import TABLES

        self._table = table
        self._stored = {record["id"]: record for record in tables.records(reader, table)}
        units, language = lengths(reader), current().language
        self.columns = [c for c in table.columns if c.kind not in ("shown", "card")]
        texts = {c.column: text_of(c.kind, language, units) for c in self.columns}
        self._texts = {name: text for name, text in texts.items() if text is not None}
        naming = {one.table: one.naming for one in TABLES}
        self._names: dict[str, dict[int, Any]] = {
            column.target: dict(
                reader.select(f"SELECT id, {naming[column.target]} FROM {column.target}")
            )
            for column in table.stored
            if column.kind == "refers"
        }
        for change in command.tables:  # rows may name rows that come with them
            if change.table in self._names:
                named = {row["id"]: row.get(naming[change.table]) for row in change.new}
                self._names[change.table] |= named

    def row(self, state: str, values: Mapping[str, Any], *, several: bool) -> _Found:
        """A row with what changes in it, or only its name where several tables are shown."""
        now = self._stored.get(values["id"], {})
        later = {**now, **values}
        columns = [c for c in self.columns if c.column in later]
        if several:
            count = len(values) - 1
            naming = next(c for c in columns if c.column == self._table.naming)
            told_by = self._value(naming, later[naming.column])
            name = {"@table": Message(self._table.title), "@name": told_by}
            told = nmsg("{n} field", "{n} fields", count) if state == CHANGED else None
            return _Found(state, {**name, "@count": told})
        shown = {c.column: self._value(c, later[c.column]) for c in columns}
        before = {
            c.column: self._value(c, now.get(c.column))
            for c in columns
            if state == CHANGED and c.column in values
        }
        return _Found(state, shown, before)

    def _value(self, column: TableColumn, value: Any) -> Any:
        if value is None:
            return None
        if column.column in self._texts:
            return self._texts[column.column](value)
        if column.words is not None:
            return Message(column.words[value]) if value in column.words else value
        if column.kind == "refers":
            return self._names[column.target].get(value)
        if column.kind == "truth":
            return msg("Yes") if value else msg("No")
        if column.kind == "money":
            return Decimal(value) / 100
        return value


# logins and records --------------------------------------------------------------------------


def _of_use(command: ImportUse, plan: ImportPlan) -> Outcome:
    """By week, because days of single users are not for showing before the time (DOMAIN.md 6)."""
    days: dict[int, int] = defaultdict(int)
    users: dict[int, set[int]] = defaultdict(set)
    records: dict[int, int] = defaultdict(int)
    for user, theirs in command.days:
        for day in theirs:
            week = day - (day - 1) % 7  # ordinal 1 is a Monday
            days[week] += 1
            users[week].add(user)
    for key, count in zip(command.keys, command.counts, strict=True):
        day = key >> DAY
        week = day - (day - 1) % 7
        records[week] += count % UPDATED + count // UPDATED
        users[week].add(user_of(key))
    columns = [msg("Week of"), msg("Accounts")]
    columns += [msg("Login days")] if days else []
    columns += [msg("Records created or updated")] if records else []
    rows = []
    for week in sorted(days.keys() | records.keys()):
        values: list[Any] = [dt.date.fromordinal(week), len(users[week])]
        values += [days[week]] if days else []
        values += [records[week]] if records else []
        rows.append(OutRow(NONE, tuple(values), {}))
    return Outcome(tuple(columns), tuple(rows), plan.counts)


def _table(
    found: Sequence[_Found], order: Sequence[str], titles: Mapping[str, Message], plan: ImportPlan
) -> Outcome:
    """Rows with the columns of `order` that hold anything, changed rows first."""
    filled = {name for row in found for name, value in row.values.items() if value not in EMPTY}
    filled |= {name for row in found for name in row.before}
    columns = [name for name in order if name in filled]
    place = {name: number for number, name in enumerate(columns)}
    rows = [
        OutRow(
            row.state,
            tuple(row.values.get(name) for name in columns),
            {place[name]: value for name, value in row.before.items() if name in place},
        )
        for row in sorted(found, key=lambda row: row.state != CHANGED)
    ]
    return Outcome(tuple(titles[name] for name in columns), tuple(rows), plan.counts)
