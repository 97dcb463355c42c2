"""Reads of training: sessions, trainees, who may be enrolled, coverage by department, figures.

`users.py` says who is a user and who is trained.
"""

from __future__ import annotations

import datetime as dt

from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import rules
from crm_pilot.training.terms import Presence
from crm_pilot.training.users import TRAINED, USERS

TABLES = (
    "attendance",
    "half_presence",
    "training_session",
    "course",
    "account",
    "profile",
    "person",
    "department",
    "wave",
)
NEXT_SESSIONS = 5


@dataclass(frozen=True)
class CourseRow:
    """A course and how many sessions it has."""

    id: int
    title: str
    minutes: int
    aim: str
    sessions: int


@dataclass(frozen=True)
class SessionRow:
    """A session. `enrolled` leaves the excused out; `waiting` are those whose presence is not
    typed yet for every half-day."""

    id: int
    course_id: int
    course: str
    held_on: dt.date
    begins: str
    minutes: int
    place: str
    trainer: str
    seats: int
    enrolled: int
    present: int
    waiting: int
    note: str


@dataclass(frozen=True)
class TraineeRow:
    """A person enrolled in a session; `id` is that of the attendance."""

    id: int
    person_id: int
    name: str
    department: str | None
    job: str
    presence: Presence


@dataclass(frozen=True)
class CandidateRow:
    """A person who may be enrolled. `planned_on` is the next session they are enrolled in."""

    id: int
    name: str
    department: str | None
    job: str
    user: bool
    trained: bool
    planned_on: dt.date | None


@dataclass(frozen=True)
class CoverageRow:
    """Trained users of a department; `department` is None for users without one."""

    department_id: int | None
    department: str | None
    wave: str | None
    trained: int
    users: int
    share: float | None


@dataclass(frozen=True)
class TrainingFigures:
    """Coverage and sessions on a day. `sheets_waiting` are sessions held whose attendance is not
    all typed; `unlinked_accounts` belong to nobody known and cannot be counted as trained."""

    trained: int
    users: int
    share: float | None
    departments: tuple[CoverageRow, ...]
    sessions_held: int
    sessions_planned: int
    places_open: int
    next_sessions: tuple[SessionRow, ...]
    sheets_waiting: int
    unlinked_accounts: int

    @property
    def low(self) -> tuple[CoverageRow, ...]:
        """Departments below the share that calls for action."""
        return tuple(row for row in self.departments if rules.is_low(row.share))


@remembered("course", "training_session")
def courses(reader: Reader) -> tuple[CourseRow, ...]:
    """Every course by title."""
    return tuple(
        reader.rows(
            CourseRow,
            "SELECT c.id, c.title, c.minutes, c.aim,"
            " (SELECT COUNT(*) FROM training_session s WHERE s.course_id = c.id)"
            " FROM course c ORDER BY c.title COLLATE NOCASE, c.id",
        )
    )


@remembered("training_session", "attendance", "half_presence", "course")
def sessions(reader: Reader) -> tuple[SessionRow, ...]:
    """Every session by date and hour."""
    return tuple(
        reader.rows(
            SessionRow,
            "SELECT s.id, s.course_id, c.title, s.held_on, s.begins, s.minutes, s.place,"
            " s.trainer, s.seats,"
            " COUNT(CASE WHEN t.presence <> 'excused' THEN 1 END),"
            " COUNT(CASE WHEN t.presence = 'present' THEN 1 END),"
            " COUNT(CASE WHEN t.presence = 'invited' OR t.id IN (SELECT attendance_id"
            "  FROM half_presence WHERE presence = 'invited') THEN 1 END), s.note"
            " FROM training_session s JOIN course c ON c.id = s.course_id"
            " LEFT JOIN attendance t ON t.session_id = s.id"
            " GROUP BY s.id ORDER BY s.held_on, s.begins, s.id",
        )
    )


@remembered("attendance", "person", "department")
def trainees(reader: Reader, session_id: int) -> tuple[TraineeRow, ...]:
    """Who is enrolled in a session, by family name."""
    return tuple(
        reader.rows(
            TraineeRow,
            f"SELECT t.id, p.id, {FULL_NAME.format(table='p')}, d.name, p.job, t.presence"
            " FROM attendance t JOIN person p ON p.id = t.person_id"
            " LEFT JOIN department d ON d.id = p.department_id WHERE t.session_id = ?"
            " ORDER BY p.last_name COLLATE NOCASE, p.first_name COLLATE NOCASE, p.id",
            session_id,
        )
    )


@remembered(*TABLES)
def candidates(reader: Reader, session_id: int, today: dt.date) -> tuple[CandidateRow, ...]:
    """Persons not enrolled in this session: untrained users first, then by family name."""
    return tuple(
        reader.rows(
            CandidateRow,
            f"WITH users AS ({USERS}), trained AS ({TRAINED})"
            f" SELECT p.id, {FULL_NAME.format(table='p')}, d.name, p.job,"
            " p.id IN users, p.id IN trained,"
            " (SELECT MIN(s.held_on) FROM attendance t JOIN training_session s"
            "  ON s.id = t.session_id WHERE t.person_id = p.id AND s.held_on > ?1"
            "  AND t.presence = 'invited')"
            " FROM person p LEFT JOIN department d ON d.id = p.department_id"
            " WHERE p.id NOT IN (SELECT person_id FROM attendance WHERE session_id = ?2)"
            " ORDER BY p.id IN trained, p.id NOT IN users,"
            " p.last_name COLLATE NOCASE, p.first_name COLLATE NOCASE, p.id",
            today,
            session_id,
        )
    )


@remembered(*TABLES)
def coverage(reader: Reader, today: dt.date) -> tuple[CoverageRow, ...]:
    """Coverage by department, by wave and in the lead's order; users without one come last.

    coverage = trained users ÷ users in scope (DOMAIN.md 3). Departments without users are left out.
    """
    counted = reader.select(
        f"WITH users AS ({USERS}), trained AS ({TRAINED})"
        " SELECT d.id, d.name, w.name, SUM(u.person_id IN trained), COUNT(*)"
        " FROM users u JOIN person p ON p.id = u.person_id"
        " LEFT JOIN department d ON d.id = p.department_id"
        " LEFT JOIN wave w ON w.id = d.wave_id GROUP BY d.id"
        " ORDER BY d.id IS NULL, w.position IS NULL, w.position, w.id, d.position, d.id",
        today,
    )
    return tuple(
        CoverageRow(number, name, wave, trained, users, rules.share(trained, users))
        for number, name, wave, trained, users in counted
    )


@remembered(*TABLES)
def figures(reader: Reader, today: dt.date) -> TrainingFigures:
    """Every figure of training on `today`; a session of that day counts as held."""
    departments = coverage(reader, today)
    every = sessions(reader)
    held = [row for row in every if row.held_on <= today]
    planned = [row for row in every if row.held_on > today]
    trained = sum(row.trained for row in departments)
    users = sum(row.users for row in departments)
    unlinked = reader.value(
        "SELECT COUNT(*) FROM account a LEFT JOIN profile f ON f.id = a.profile_id"
        " WHERE a.person_id IS NULL AND COALESCE(f.measured, 1) = 1"
        " AND (a.closed_on IS NULL OR a.closed_on > ?)",
        today,
    )
    return TrainingFigures(
        trained=trained,
        users=users,
        share=rules.share(trained, users),
        departments=departments,
        sessions_held=len(held),
        sessions_planned=len(planned),
        places_open=sum(rules.places_open(row.seats, row.enrolled) for row in planned),
        next_sessions=tuple(planned[:NEXT_SESSIONS]),
        sheets_waiting=sum(1 for row in held if row.waiting),
        unlinked_accounts=unlinked,
    )
