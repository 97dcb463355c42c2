"""Columns and models of the training room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.governance.training_clashes import clashes
from crm_pilot.i18n import N_, tr
from crm_pilot.training import queries
from crm_pilot.training.commands import AddSession
from crm_pilot.training.course_commands import MoveSession
from crm_pilot.training.explained_lists import waiting_why
from crm_pilot.training.queries import SessionRow, TraineeRow
from crm_pilot.training.room import SessionLine, session_lines
from crm_pilot.training.terms import PRESENCES, Presence
from ui.language import lang
from ui.models.rows import Column, RowsModel
from ui.screens.training.words import euros, halves_text, seats_text
from ui.widgets.why import asks

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge
    from ui.models.grid import Index

PRESENCE_ICONS = {
    Presence.INVITED: ("clock", "muted"),
    Presence.PRESENT: ("check", "good"),
    Presence.ABSENT: ("close", "alert"),
    Presence.EXCUSED: ("calendar", "muted"),
}


def course_choices(bridge: Bridge) -> Callable[[], dict[int, str]]:
    """The courses to choose from, read when asked."""
    return lambda: {row.id: row.title for row in queries.courses(bridge.reader)}


def day_text(row: SessionRow) -> str:
    """`12 Nov 2026`: the year always, because sessions spread over two."""
    return formats.day(row.held_on, lang(), year=True)


def _overbooked(row: SessionRow) -> bool:
    return row.enrolled > row.seats


class SessionsModel(RowsModel):
    """The sessions by date; moving the date of one moves all its half-days."""

    def __init__(self, bridge: Bridge) -> None:
        self._clashing: Mapping[int, Any] = {}
        super().__init__(
            bridge,
            "training_session",
            self._columns(bridge),
            lambda: session_lines(bridge.reader),
            what=N_("session"),
            fresh=lambda values: AddSession(
                bridge.today,
                course_id=values.get("course_id"),
                course_title=tr("First steps in the CRM"),
            ),
        )

    def _columns(self, bridge: Bridge) -> tuple[Column, ...]:
        return (
            Column("held_on", N_("Date"), "date", "held_on", 104, align="left", optional=False),
            Column("length", N_("Half-days"), "text", None, 100, text=_halves, sort=_length),
            Column(
                "course",
                N_("Course"),
                "choice",
                "course_id",
                150,
                choices=course_choices(bridge),
                value_key="course_id",
                optional=False,
                grow=True,
            ),
            Column("place", N_("Room"), "text", "place", 124),
            Column("leader", N_("Trainer"), "text", None, 130, spare=1),
            Column("seats", N_("Seats"), "int", "seats", 56, low=1, high=999, hidden=True),
            Column("enrolled", N_("Enrolled"), "int", None, 66, text=seats_text, bold=_overbooked,
                   ink=lambda row: "alert" if _overbooked(row) else "",
                   icon=lambda row: ("warning", "alert") if _overbooked(row) else None,
                   tooltip=N_("Without the excused; a sign warns of more trainees than seats"),
                   why=asks(bridge, "training.next_sessions")),
            Column("listed", N_("Waiting"), "int", None, 78, spare=2, text=_listed,
                   why=lambda: waiting_why(bridge.reader, bridge.today),
                   tooltip=N_("How many wait for a seat")),
            Column("present", N_("Attended"), "int", None, 84, text=self._attended,
                   icon=lambda row: ("clock", "watch") if self.owed(row) else None,
                   tooltip=N_("A clock: the attendance sheet is to be typed"),
                   why=asks(bridge, "training.next_sessions")),
            Column("clash", N_("Clashes"), "text", None, 64, value_key="id", align="left",
                   text=self._clash_text, sort=lambda row: -self.count(row.id),
                   icon=lambda row: ("warning", "alert") if self.count(row.id) else None,
                   tooltip=N_("Holidays, absences, double bookings, too few seats")),
            Column("costs", N_("Cost"), "text", None, 84, hidden=True, align="right", text=_cost,
                   sort=lambda row: row.costs),
        )  # fmt: skip

    # what a row says -------------------------------------------------------------------------

    def owed(self, row: SessionLine) -> bool:
        """Whether its sheet is still to be typed."""
        return row.held_on <= self.bridge.today and row.waiting > 0

    def _attended(self, row: SessionLine) -> str:
        """How many came; a dash while nothing is typed, which is not zero."""
        if self.owed(row):
            return tr("to type")
        return formats.number(row.present, lang()) if row.waiting < row.enrolled else "–"

    def count(self, key: int) -> int:
        """How many clashes a session has."""
        return len(self._clashing.get(key, ()))

    def _clash_text(self, row: SessionLine) -> str:
        return formats.number(self.count(row.id), lang()) if self.count(row.id) else ""

    def check(self) -> None:
        """Look for clashes again: they come from calendars, absences and other sessions."""
        found = clashes(self.bridge.reader)
        if found != self._clashing:
            self._clashing = found
            if self.shown:
                last = len(self.columns) - 1
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, last))

    # edits -----------------------------------------------------------------------------------

    def commands(self, item: Any, values: Mapping[str, Any]) -> list[Command]:
        left = dict(values)
        day = left.pop("held_on", None)
        made = super().commands(item, left)
        if day is not None and day != item.held_on:
            made.append(MoveSession(item.id, day))
        return made

    def setData(self, index: Index, value: Any, role: int = 2) -> bool:  # 2: EditRole
        column = self.columns[index.column()]
        if column.key != "held_on":
            return super().setData(index, value, role)
        row = self.row(index)
        try:
            day = column.parse(value, self.bridge.today)
        except UserError as error:
            self.bridge.failed.emit(error)
            return False
        if day != row.held_on:
            self.bridge.execute(MoveSession(row.id, day))
        return True


def _halves(row: SessionLine) -> str:
    return halves_text(row.halves)


def _length(row: SessionLine) -> int:
    return row.length


def _listed(row: SessionLine) -> str:
    return formats.number(row.listed, lang()) if row.listed else ""


def _cost(row: SessionLine) -> str:
    return euros(row.costs) if row.costs is not None else ""


def trainee_columns() -> tuple[Column, ...]:
    """Columns of the trainees; presence is typed by one key, so no cell opens an editor."""
    return (
        Column("name", N_("Name"), width=142, grow=True),
        Column("department", N_("Department"), width=128),
        Column(
            "presence",
            N_("Presence"),
            "choice",
            width=96,
            choices=PRESENCES,
            icon=lambda row: PRESENCE_ICONS[row.presence],
            ink=lambda row: "muted" if row.presence is Presence.INVITED else "",
        ),
    )


def trainees_model(bridge: Bridge, session_id: Callable[[], int | None]) -> RowsModel:
    """The trainees of the session that `session_id()` names."""

    def load() -> tuple[TraineeRow, ...]:
        key = session_id()
        return queries.trainees(bridge.reader, key) if key is not None else ()

    return RowsModel(bridge, "attendance", trainee_columns(), load, copies=False)
