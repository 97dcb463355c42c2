"""What the papers of training print, read once: sessions with their half-days and trainees, and the
plan and coverage. After it, layout and drawing read nothing more.

Papers of a session name its trainees: they are handed to them, and say nothing of positions or
use. The plan and coverage page names departments, those under five users together (DOMAIN.md 6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.errors import UserError
from crm_pilot.figures_parts import pooled
from crm_pilot.i18n import N_
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.people.terms import RoleKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader
from crm_pilot.training import coverage, presence, queries
from crm_pilot.training.halves import HalfDay, halves
from crm_pilot.training.terms import Presence


@dataclass(frozen=True)
class Trainee:
    """Somebody enrolled; `presences` follow the half-days of the session."""

    name: str
    department: str
    presences: tuple[Presence, ...]
    minutes: int  # followed

    @property
    def excused(self) -> bool:
        """Whether they said that they do not come."""
        return all(one is Presence.EXCUSED for one in self.presences)

    @property
    def present(self) -> bool:
        """Whether they came on one half-day at least."""
        return Presence.PRESENT in self.presences


@dataclass(frozen=True)
class SessionPaper:
    """A session as its papers say it."""

    id: int
    course: str
    aim: str
    features: tuple[str, ...]
    halves: tuple[HalfDay, ...]
    place: str
    trainer: str
    seats: int
    cost_cents: int | None
    trainees: tuple[Trainee, ...]

    @property
    def minutes(self) -> int:
        """Of all half-days."""
        return sum(half.minutes for half in self.halves)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Its days, in order."""
        return tuple(sorted({half.day for half in self.halves}))


@dataclass(frozen=True)
class Bar:
    """Coverage of a department, wave or function."""

    name: str
    trained: int
    users: int
    share: float | None


@dataclass(frozen=True)
class Source:
    """Everything printed."""

    project: str
    company: str
    lead: str  # who signs for the project; empty: nobody is known
    issued: dt.date
    sessions: tuple[SessionPaper, ...]
    trained: int = 0
    users: int = 0
    departments: tuple[Bar, ...] = ()
    pooled: Bar | None = None  # departments under five users together
    waves: tuple[Bar, ...] = ()
    features: tuple[Bar, ...] = ()


def gather(reader: Reader, today: dt.date, wanted: Sequence[int] | None = None) -> Source:
    """Read what is printed of the sessions `wanted` (None: all), with plan and coverage.

    Raises `UserError` for a session that does not exist.
    """
    name, company = reader.one("SELECT name, company FROM project") or ("", "")
    known = _sessions(reader)
    missing = [key for key in wanted or () if key not in known]
    if missing:
        raise UserError(
            N_("There is no training session No. {number}. Nothing was written."),
            number=missing[0],
        )
    chosen = known.values() if wanted is None else [known[key] for key in dict.fromkeys(wanted)]
    figures = queries.figures(reader, today)
    named, rest = _departments(figures.departments)
    return Source(
        project=name,
        company=company,
        lead=_lead(reader),
        issued=today,
        sessions=tuple(chosen),
        trained=figures.trained,
        users=figures.users,
        departments=named,
        pooled=rest,
        waves=_bars(coverage.by_wave(reader, today)),
        features=_bars(
            [row for row in coverage.by_feature(reader, today) if row.id in _covered(reader)]
        ),
    )


def _covered(reader: Reader) -> frozenset[int]:
    """Functions that a course covers: of the others nobody can be trained."""
    return frozenset(key for (key,) in reader.select("SELECT feature_id FROM course_feature"))


def _lead(reader: Reader) -> str:
    """The internal project lead (the knight of the casting)."""
    found = reader.value(
        f"SELECT {FULL_NAME.format(table='p')} FROM role r JOIN person p ON p.id = r.person_id"
        " WHERE r.kind = ? ORDER BY r.position, r.id",
        RoleKind.LEAD.value,
    )
    return found or ""


def _sessions(reader: Reader) -> dict[int, SessionPaper]:
    parts = halves(reader)
    taught: dict[int, list[str]] = {}
    for course, feature in reader.select(
        "SELECT c.course_id, f.name FROM course_feature c JOIN feature f ON f.id = c.feature_id"
        " ORDER BY f.position, f.id"
    ):
        taught.setdefault(course, []).append(feature)
    rows = reader.select(
        "SELECT s.id, s.course_id, c.title, c.aim, s.place, coalesce(nullif(s.trainer, ''),"
        f" {FULL_NAME.format(table='p')}, ''), s.seats, s.cost_cents FROM training_session s"
        " JOIN course c ON c.id = s.course_id LEFT JOIN person p ON p.id = s.trainer_id"
        " ORDER BY s.held_on, s.begins, s.id"
    )
    return {
        key: SessionPaper(
            key,
            title,
            aim,
            tuple(taught.get(course, ())),
            parts[key],
            place,
            trainer,
            seats,
            cost,
            _trainees(reader, key),
        )
        for key, course, title, aim, place, trainer, seats, cost in rows
    }


def _trainees(reader: Reader, key: int) -> tuple[Trainee, ...]:
    """In the order of the sheet, so that the numbers on paper are those typed back."""
    return tuple(
        Trainee(row.name, row.department or "", row.presences, row.minutes)
        for row in presence.sheet(reader, key).rows
    )


def _departments(rows: Sequence[queries.CoverageRow]) -> tuple[tuple[Bar, ...], Bar | None]:
    """Departments that may be named, and the others together."""
    told, count, _ = pooled([(row, row.users) for row in rows])
    named = tuple(
        Bar(row.department or "", row.trained, row.users, row.share) for row, _ in told if row.users
    )
    if not count:
        return named, None
    others = [row for row in rows if row not in [one for one, _ in told]]
    trained, users = sum(row.trained for row in others), sum(row.users for row in others)
    return named, Bar("", trained, users, trained / users if users else None)


def _bars(rows: Sequence[coverage.Covered]) -> tuple[Bar, ...]:
    return tuple(
        Bar(row.name, row.trained, row.users, row.share) for row in rows if row.users and row.name
    )
