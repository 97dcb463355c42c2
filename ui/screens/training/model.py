"""Columns and models of the training room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crm_pilot import formats
from crm_pilot.i18n import N_, tr
from crm_pilot.training import queries
from crm_pilot.training.commands import AddSession
from crm_pilot.training.queries import SessionRow, TraineeRow
from crm_pilot.training.terms import PRESENCES, Presence
from ui.language import lang
from ui.models.rows import Column, RowsModel
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge

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


def attended_text(row: SessionRow) -> str:
    """How many came; a dash while nothing is typed, which is not zero."""
    return formats.number(row.present, lang()) if row.waiting < row.enrolled else "–"


def _overbooked(row: SessionRow) -> bool:
    return row.enrolled > row.seats


def session_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Columns of the sessions."""
    return (
        Column("held_on", N_("Date"), "date", "held_on", 110, align="left"),
        Column(
            "course",
            N_("Course"),
            "choice",
            "course_id",
            232,
            choices=course_choices(bridge),
            value_key="course_id",
            optional=False,
            grow=True,
        ),
        Column("place", N_("Place"), "text", "place", 150),
        Column("trainer", N_("Trainer"), "text", "trainer", 118, spare=1),
        Column("seats", N_("Seats"), "int", "seats", 54, low=1, high=999),
        Column(
            "enrolled",
            N_("Enrolled"),
            "int",
            width=60,
            bold=_overbooked,
            ink=lambda row: "alert" if _overbooked(row) else "",
            icon=lambda row: ("warning", "alert") if _overbooked(row) else None,
            tooltip=N_("Without the excused; a sign warns of more trainees than seats"),
            why=asks(bridge, "training.next_sessions"),
        ),
        Column(
            "present",
            N_("Attended"),
            "int",
            width=70,
            text=attended_text,
            why=asks(bridge, "training.next_sessions"),
        ),
    )


def session_fields(bridge: Bridge) -> tuple[Column, ...]:
    """Fields of the session's form: what the table has, and the rest."""
    return (
        Column(
            "course",
            N_("Course"),
            "choice",
            "course_id",
            choices=course_choices(bridge),
            value_key="course_id",
            optional=False,
        ),
        Column("held_on", N_("Date"), "date", "held_on"),
        Column("begins", N_("Begins at"), "text", "begins"),
        Column("minutes", N_("Length in minutes"), "int", "minutes", low=1, high=2400),
        Column("place", N_("Place"), "text", "place"),
        Column("trainer", N_("Trainer"), "text", "trainer"),
        Column("seats", N_("Seats"), "int", "seats", low=1, high=999),
        Column("note", N_("Note"), "long", "note"),
    )


def sessions_model(bridge: Bridge) -> RowsModel:
    """The sessions by date."""
    return RowsModel(
        bridge,
        "training_session",
        session_columns(bridge),
        lambda: queries.sessions(bridge.reader),
        what=N_("session"),
        fresh=lambda values: AddSession(
            bridge.today,
            course_id=values.get("course_id"),
            course_title=tr("First steps in the CRM"),
        ),
    )


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
