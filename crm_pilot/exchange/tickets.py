"""Tickets of any source: rows become tickets with their history, compared with the project's."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from crm_pilot.exchange import ticket_terms as terms
from crm_pilot.exchange.apply import ImportTickets, NewTicket
from crm_pilot.exchange.columns import Cells, Setting
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Changes, Problems, Watch
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.exchange.ticket_formats import MOMENTS, TicketFormat
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.maintenance.terms import TicketKind, TicketStatus
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

OPEN = (TicketStatus.NEW, TicketStatus.IN_PROGRESS, TicketStatus.WAITING)
COMPARED = [
    "title",
    "description",
    "kind",
    "status",
    "priority",
    "impact",
    "urgency",
    "opened_at",
    "acknowledged_at",
    "resolved_at",
    "closed_at",
    "due_on",
    "requester",
    "assignee",
    "category",
    "department_id",
]
ODD_DATES = {
    "resolved_at": msg("resolved before it was opened"),
    "closed_at": msg("closed before it was opened"),
}


@dataclass
class Step:
    """One row of the file: the state of a ticket at a moment."""

    line: int
    values: dict[str, Any]
    updated_at: dt.datetime | None
    updated_by: str


@dataclass
class Read:
    """Every ticket of a file, and what there is to say about it."""

    tickets: dict[str, list[Step]] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)


class TicketReader:
    """Turns the rows of one table into tickets."""

    def __init__(
        self, form: TicketFormat, cells: Cells, problems: Problems, departments: Mapping[str, int]
    ) -> None:
        self._form = form
        self._cells = cells
        self._problems = problems
        self._departments = departments
        self._statuses = terms.statuses()
        self._priorities = terms.words(terms.PRIORITY_WORDS) | dict(form.priorities)
        self._levels = terms.words(terms.LEVEL_WORDS)
        self.read = Read()

    def take(self, row: Row) -> None:
        """Read one row."""
        number = self._number(row)
        opened = self._cells.moment(row, "opened_at", self._problems)
        if not number:
            self._missing(row, "number")
        if opened is None and not self._cells.raw(row, "opened_at"):
            self._missing(row, "opened_at")
        values = self._values(row, number, opened or dt.datetime.min)
        updated = self._cells.moment(row, "updated_at", self._problems)
        if number and opened is not None:
            step = Step(row.line, values, updated, self._cells.line(row, "updated_by"))
            self.read.tickets.setdefault(number, []).append(step)

    def _missing(self, row: Row, name: str) -> None:
        column = self._cells.mapping.get(name, "")
        self._problems.error(row.line, column, "", msg("must be filled"))

    def _number(self, row: Row) -> str:
        text = self._cells.line(row, "number")
        return "".join(text.split()) if self._form.spaced_numbers else text

    def _values(self, row: Row, number: str, opened: dt.datetime) -> dict[str, Any]:
        cells = self._cells
        values: dict[str, Any] = {"number": number, "opened_at": opened}
        for name in MOMENTS[1:4]:
            values[name] = cells.moment(row, name, self._problems)
        values["due_on"] = cells.day(row, "due_on", self._problems)
        values["status"] = self._status(row, values)
        values["kind"] = terms.guess_kind(cells.line(row, "kind"))
        values["priority"] = self._level(row, "priority", self._priorities, 5)
        values["impact"] = self._level(row, "impact", self._levels, 3)
        values["urgency"] = self._level(row, "urgency", self._levels, 3)
        values["description"] = cells.block(row, "description")
        for name in ("requester", "assignee"):
            values[name] = cells.line(row, name)
        parts = (cells.line(row, "category"), cells.line(row, "subcategory"))
        values["category"] = " › ".join(part for part in parts if part)
        values["title"] = self._title(row, values)
        values["department_id"] = self._department(row)
        return values

    def _title(self, row: Row, values: Mapping[str, Any]) -> str:
        title = self._cells.line(row, "title")
        if title:
            return title
        if self._cells.has("title"):
            self._problems.warn(
                row.line,
                self._cells.mapping["title"],
                "",
                msg("empty; the ticket takes its number as title"),
            )
            return str(values["number"])
        return str(values["category"] or values["number"])

    def _status(self, row: Row, values: Mapping[str, Any]) -> TicketStatus:
        text = self._cells.line(row, "status")
        known = self._statuses.get(normal(text))
        if known is None:
            category = self._cells.line(row, "status_category")
            known = terms.CATEGORIES.get(normal(category))
        if known is not None:
            return known
        if values["closed_at"]:
            taken = TicketStatus.CLOSED
        elif values["resolved_at"]:
            taken = TicketStatus.RESOLVED
        else:
            taken = TicketStatus.IN_PROGRESS if text else TicketStatus.NEW
        if text:
            self._unknown(row, "status", text, STATUS_WORDS)
        return taken

    def _level(self, row: Row, name: str, table: Mapping[str, int], highest: int) -> int | None:
        text = self._cells.line(row, name)
        if not text:
            return None
        level = terms.number_in(text, table, highest)
        if level is None:
            self._unknown(row, name, text, f"1–{highest}")
        return level

    def _unknown(self, row: Row, name: str, text: str, accepted: Message | str) -> None:
        self._problems.warn(
            row.line,
            self._cells.mapping[name],
            text,
            msg("not known here; accepted are: {values}", values=accepted),
        )

    def _department(self, row: Row) -> int | None:
        text = self._cells.line(row, "department")
        if not text:
            return None
        key = self._departments.get(normal(text))
        if key is None:
            self.read.departments[text] += 1
        return key

    def settle(self, steps: list[Step]) -> None:
        """Order the rows of one ticket and check the dates of its final state."""
        if len(steps) > 1:
            if all(step.updated_at for step in steps):
                steps.sort(key=lambda step: step.updated_at or dt.datetime.min)
            else:
                self._problems.warn(
                    steps[-1].line,
                    self._cells.mapping["number"],
                    steps[-1].values["number"],
                    msg("this number comes several times; its last row counts"),
                )
        values = steps[-1].values
        for name, message in ODD_DATES.items():
            moment = values[name]
            if moment is not None and values["status"] in OPEN:
                values[name] = None
                self.read.notes["open_with_end"] += 1
            elif moment is not None and moment < values["opened_at"]:
                self._problems.warn(steps[-1].line, self._cells.mapping[name], str(moment), message)


STATUS_WORDS = msg("new, in progress, waiting, resolved, closed, and their usual synonyms")


def read_tickets(
    form: TicketFormat,
    table: Table,
    cells: Cells,
    setting: Setting,
    departments: Mapping[str, int],
    problems: Problems,
    watch: Watch,
    forced: str,
) -> Read:
    """All tickets of a table, each with its rows in the order of their updates."""
    cells.decide_dates(MOMENTS, setting, forced=forced)
    reader = TicketReader(form, cells, problems, departments)
    for count, row in enumerate(table.rows):
        if not count % 500:
            watch.at(count, len(table.rows))
        reader.take(row)
    for steps in reader.read.tickets.values():
        reader.settle(steps)
    return reader.read


def events(steps: list[Step]) -> list[tuple[dt.datetime, str, str]]:
    """History of a ticket: (moment, status, by) in order, one an update."""
    return [(s.updated_at, s.values["status"].value, s.updated_by) for s in steps if s.updated_at]


def final(steps: list[Step]) -> dict[str, Any]:
    """The state after the last update; taken in charge when the status first left “new”."""
    values = dict(steps[-1].values)
    if values["acknowledged_at"] is None and steps[0].values["status"] is TicketStatus.NEW:
        later = (s.updated_at for s in steps if s.values["status"] is not TicketStatus.NEW)
        values["acknowledged_at"] = next(later, None)
    return values


def changes(
    form: TicketFormat,
    source: str,
    found: Read,
    cells: Cells,
    reader: Reader,
    imported: dt.datetime,
) -> Changes:
    """What is new, changed and unchanged beside the project's tickets."""
    known = _known(reader)
    history = any(len(steps) > 1 for steps in found.tickets.values())
    history = history and cells.has("updated_at")
    past = _known_events(reader) if history and known else {}
    new, changed, more, unchanged = [], [], [], 0
    for number, steps in found.tickets.items():
        values = final(steps)
        story = events(steps) if history else []
        if number not in known:
            new.append(NewTicket({**values, "source": form.name}, tuple(story)))
            continue
        key, before = known[number]
        differing = _differing(before, values, cells)
        added = list((Counter(story) - past.get(key, Counter())).elements())
        if differing:
            changed.append((key, differing))
        more += [(key, *event) for event in added]
        unchanged += not (differing or added)
    counts = {
        "rows": sum(len(steps) for steps in found.tickets.values()),
        "tickets": len(found.tickets),
        "new": len(new),
        "changed": len(found.tickets) - len(new) - unchanged,
        "unchanged": unchanged,
        "events": sum(len(ticket.events) for ticket in new) + len(more),
    }
    count = counts["new"] + counts["changed"]
    label = nmsg(
        "Import {n} ticket from {name}", "Import {n} tickets from {name}", count, name=source
    )
    if not count:
        return Changes(counts, label, None)
    command = ImportTickets(
        label, source, imported, counts["rows"], tuple(new), tuple(changed), tuple(more)
    )
    return Changes(counts, label, command)


def _known(reader: Reader) -> dict[str, tuple[int, dict[str, Any]]]:
    rows = reader.select(f"SELECT id, number, {', '.join(COMPARED)} FROM ticket")
    return {row[1]: (row[0], dict(zip(COMPARED, row[2:], strict=True))) for row in rows}


def _known_events(reader: Reader) -> dict[int, Counter[tuple[dt.datetime, str, str]]]:
    found: dict[int, Counter[tuple[dt.datetime, str, str]]] = {}
    for key, moment, status, by in reader.select(
        "SELECT ticket_id, happened_at, status, by FROM ticket_event"
    ):
        found.setdefault(key, Counter())[dt.datetime.fromisoformat(moment), status, by] += 1
    return found


def _differing(
    before: Mapping[str, Any], values: Mapping[str, Any], cells: Cells
) -> dict[str, Any]:
    """Columns to change. What the file does not have is left alone, and so is a type somebody
    has sorted by hand."""
    differing = {}
    for name in COMPARED:
        value = values[name]
        if name == "department_id":
            if value is None:
                continue
        elif name == "kind":
            if before["kind"] != TicketKind.UNSORTED or value is TicketKind.UNSORTED:
                continue
        elif name == "title" and not cells.has("title"):
            continue
        elif name == "acknowledged_at":
            if value is None:
                continue
        elif not cells.has(name):
            continue
        if _stored(value) != before[name]:
            differing[name] = value
    return differing


def _stored(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def summary(found: Read, counts: Mapping[str, int]) -> tuple[Message, ...]:
    """What the plan comes to, in sentences."""
    lines = [
        nmsg(
            "{n} ticket in {rows} rows",
            "{n} tickets in {rows} rows",
            counts["tickets"],
            rows=counts["rows"],
        ),
        msg(
            "{new} new, {changed} changed, {unchanged} unchanged",
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
        ),
    ]
    if counts["events"]:
        lines.append(nmsg("{n} step of history", "{n} steps of history", counts["events"]))
    unsorted = sum(1 for s in found.tickets.values() if s[-1].values["kind"] is TicketKind.UNSORTED)
    if unsorted:
        lines.append(
            nmsg("{n} ticket to be sorted by type", "{n} tickets to be sorted by type", unsorted)
        )
    if found.notes["open_with_end"]:
        lines.append(
            nmsg(
                "{n} date of an end is left out: its ticket is still open",
                "{n} dates of an end are left out: their tickets are still open",
                found.notes["open_with_end"],
            )
        )
    if found.departments:
        names = ", ".join(name for name, _ in found.departments.most_common(5))
        lines.append(
            nmsg(
                "{n} department is not known in this project and stays empty: {names}",
                "{n} departments are not known in this project and stay empty: {names}",
                len(found.departments),
                names=names,
            )
        )
    return tuple(lines)
