"""Columns and model of the ticket table, quick with tens of thousands of rows.

Cells look their words up in a small table made once a language, and the text a search looks
through is made in slices while nothing else happens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from crm_pilot import formats
from crm_pilot.folding import folded
from crm_pilot.i18n import N_, tr
from crm_pilot.maintenance import queries
from crm_pilot.maintenance.commands import AddTicket
from crm_pilot.maintenance.queries import TicketRow
from crm_pilot.maintenance.terms import PRIORITIES, STATUSES, TICKET_KINDS
from crm_pilot.people.queries import departments
from crm_pilot.project import Changed
from ui.language import lang
from ui.models.rows import Column, RowsModel
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge

URGENT = 2  # priorities up to this one are bold
SLICE = 2000  # tickets prepared for the search at a time
UNKNOWN = "–"
LATE = "▲"


@lru_cache(maxsize=16)
def _words(language: str, table: str) -> Mapping[Any, str]:
    tables: dict[str, Mapping[Any, str]] = {
        "kind": TICKET_KINDS,
        "status": STATUSES,
        "priority": PRIORITIES,
    }
    return {value: tr(text) for value, text in tables[table].items()}


def kind_word(row: TicketRow) -> str:
    """Kind in the language of the window."""
    return _words(lang(), "kind")[row.kind]


def status_word(row: TicketRow) -> str:
    """Status in the language of the window."""
    return _words(lang(), "status")[row.status]


def priority_word(priority: int | None) -> str:
    """`1 Critical`: the figure is the sign that does not need colour."""
    return UNKNOWN if priority is None else _words(lang(), "priority")[priority]


def age_word(row: TicketRow) -> str:
    """`12 d`, with a sign before it when the ticket is past its due date."""
    days = formats.days(row.age_days, lang())
    return f"{LATE}{formats.NO_BREAK}{days}" if row.overdue else days


def department_choices(bridge: Bridge) -> dict[int, str]:
    """Departments to choose from."""
    return {row.id: row.name for row in departments(bridge.reader)}


def ticket_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Columns of the tickets. The status is changed in the form, which stamps its moments."""
    return (
        Column("number", N_("Number"), "text", "number", 98),
        Column("title", N_("Title"), "text", "title", 260, grow=True),
        Column(
            "kind",
            N_("Kind"),
            "choice",
            "kind",
            100,
            choices=TICKET_KINDS,
            text=kind_word,
            optional=False,
            ink=lambda row: "muted" if row.kind == "unsorted" else "",
        ),
        Column("status", N_("Status"), width=96, text=status_word),
        Column(
            "priority",
            N_("Priority"),
            width=98,
            text=lambda row: priority_word(row.priority),
            bold=lambda row: row.open and row.priority is not None and row.priority <= URGENT,
            tooltip=N_("Impact × urgency; the source's own while one of them is unknown"),
            why=asks(bridge, "maintenance.priority"),
        ),
        Column(
            "department",
            N_("Department"),
            "choice",
            "department_id",
            128,
            choices=lambda: department_choices(bridge),
            value_key="department_id",
            spare=2,
        ),
        Column(
            "opened_at",
            N_("Opened"),
            "date",
            width=76,
            spare=3,
            text=lambda row: opened_text(row, bridge.today),
        ),
        Column(
            "age_days",
            N_("Age"),
            "int",
            width=80,
            text=age_word,
            bold=lambda row: row.overdue,
            ink=lambda row: "alert" if row.overdue else "" if row.open else "muted",
            tooltip=N_("Days in the stock; a sign marks tickets past their due date"),
            why=asks(bridge, "maintenance.age_days"),
        ),
        Column("assignee", N_("Assignee"), "text", "assignee", 78, spare=1),
    )


def now_on(day: dt.date) -> dt.datetime:
    """The time of the clock on the project's day."""
    return dt.datetime.combine(day, dt.datetime.now().time().replace(microsecond=0))


def opened_text(row: TicketRow, today: dt.date) -> str:
    """`20 Nov`, and in another year `Nov 2025`: the age says the rest."""
    day = row.opened_at.date()
    if day.year == today.year:
        return formats.day(day, lang())
    return formats.month(day, lang(), year=True)


class TicketsModel(RowsModel):
    """All tickets. An edit re-reads only the tickets it touched."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(
            bridge,
            "ticket",
            ticket_columns(bridge),
            lambda: queries.tickets(bridge.reader, bridge.today),
            lambda ids: queries.tickets_by_id(bridge.reader, bridge.today, ids),
            what=N_("ticket"),
            fresh=lambda _: AddTicket(tr("New ticket"), now_on(bridge.today)),
        )
        self._preparing = QTimer(self)
        self._preparing.setInterval(0)
        self._preparing.timeout.connect(self._prepare)
        self.modelReset.connect(self._preparing.start)

    def refresh(self, changed: Changed | None = None) -> None:
        """Events belong to the form, not to the lines: they do not make the table re-read."""
        if changed is not None and "ticket" in changed.tables:
            tables = {t: ids for t, ids in changed.tables.items() if t != "ticket_event"}
            changed = Changed(tables, changed.origin, changed.label)
        super().refresh(changed)

    def _prepare(self) -> None:
        missing = [row for row in self._rows if row.id not in self._haystacks]
        for row in missing[:SLICE]:
            self._haystacks[row.id] = haystack(row)
        if len(missing) <= SLICE:
            self._preparing.stop()

    def haystack(self, row: TicketRow) -> str:
        return haystack(row)

    def counted(self, keys: Iterable[int]) -> list[tuple[int, ...]]:
        """What the figures count of these tickets, shown or not, by id."""
        return sorted(counted(row) for row in self.held(keys))

    def rows_by_id(self, keys: Iterable[int]) -> list[TicketRow]:
        """The shown rows with these ids."""
        places = (self.place(key) for key in keys)
        return [self.shown[place] for place in places if place is not None]


def counted(row: TicketRow) -> tuple[int, ...]:
    """Everything of a line that a figure of the room depends on, as a comparable value."""
    return (
        row.id,
        hash(row.kind),
        hash(row.status),
        row.priority or 0,
        hash(row.opened_at),
        hash(row.due_on),
        row.age_days,
        row.open,
    )


def haystack(row: TicketRow) -> str:
    """What a search looks through."""
    parts = (
        row.number,
        row.title,
        kind_word(row),
        status_word(row),
        priority_word(row.priority),
        row.department or "",
        row.assignee,
    )
    return folded(" ".join(parts))
