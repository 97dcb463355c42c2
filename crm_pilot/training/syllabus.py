"""Courses with what they cover and for whom: the list of the courses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


@dataclass(frozen=True)
class CourseLine:
    """A course. `features` and `profiles` are ids, in their order; `held` and `coming` count its
    sessions, `trained` the persons who attended one."""

    id: int
    title: str
    minutes: int
    aim: str
    formal: bool
    valid_months: int | None
    features: tuple[int, ...]
    profiles: tuple[int, ...]
    covers: str
    meant_for: str
    held: int
    coming: int
    trained: int

    @property
    def aims(self) -> tuple[str, ...]:
        """Its objectives, one a line."""
        return tuple(line.strip() for line in self.aim.splitlines() if line.strip())


@dataclass(frozen=True)
class _Course:
    id: int
    title: str
    minutes: int
    aim: str
    formal: bool
    valid_months: int | None
    held: int
    coming: int
    trained: int


@remembered("feature")
def features(reader: Reader) -> tuple[tuple[int, str], ...]:
    """Functions of the CRM to choose from, in their order; those withdrawn left out."""
    found = reader.select(
        "SELECT id, name FROM feature WHERE withdrawn_on IS NULL ORDER BY position, name, id"
    )
    return tuple((row[0], row[1]) for row in found)


@remembered(
    *("course", "training_session", "attendance", "course_feature", "course_profile"),
    *("feature", "profile"),
)
def course_lines(reader: Reader, today: dt.date) -> tuple[CourseLine, ...]:
    """Every course by title."""
    covers = _linked(reader, "course_feature", "feature", "o.position, o.name")
    meant = _linked(reader, "course_profile", "profile", "o.name")
    rows = reader.rows(
        _Course,
        "SELECT c.id, c.title, c.minutes, c.aim, c.formal, c.valid_months,"
        " (SELECT COUNT(*) FROM training_session s WHERE s.course_id = c.id AND s.held_on <= ?1),"
        " (SELECT COUNT(*) FROM training_session s WHERE s.course_id = c.id AND s.held_on > ?1),"
        " (SELECT COUNT(DISTINCT t.person_id) FROM attendance t JOIN training_session s"
        "  ON s.id = t.session_id WHERE s.course_id = c.id AND t.presence = 'present'"
        "  AND s.held_on <= ?1)"
        " FROM course c ORDER BY c.title COLLATE NOCASE, c.id",
        today,
    )
    return tuple(_line(row, covers.get(row.id, ()), meant.get(row.id, ())) for row in rows)


Linked = tuple[tuple[int, str], ...]


def _line(row: _Course, covers: Linked, meant: Linked) -> CourseLine:
    return CourseLine(
        row.id,
        row.title,
        row.minutes,
        row.aim,
        row.formal,
        row.valid_months,
        tuple(key for key, _ in covers),
        tuple(key for key, _ in meant),
        ", ".join(name for _, name in covers),
        ", ".join(name for _, name in meant),
        row.held,
        row.coming,
        row.trained,
    )


def _linked(reader: Reader, table: str, other: str, order: str) -> Mapping[int, Linked]:
    """What a course is linked to in a table of links: ids and names, by course."""
    made: dict[int, list[tuple[int, str]]] = {}
    for course, key, name in reader.select(
        f"SELECT l.course_id, o.id, o.name FROM {table} l JOIN {other} o ON o.id = l.{other}_id"
        f" ORDER BY {order}, o.id"
    ):
        made.setdefault(course, []).append((key, name))
    return {course: tuple(some) for course, some in made.items()}
