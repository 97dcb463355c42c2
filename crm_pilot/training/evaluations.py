"""Evaluations at the end (à chaud) and three months later (à froid): Kirkpatrick's first level.

Marks are 1 to 4, without a middle. Appreciations are collected with reminders and free words
(Qualiopi, indicator 30; DOMAIN.md 3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from crm_pilot.i18n import N_, Message, nmsg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered
from crm_pilot.training.halves import halves
from crm_pilot.training.terms import Evaluated

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

COLD_AFTER = 90  # days after the session (DOMAIN.md 3, design)
REMIND_AFTER = 97
LONG_AGO = 365  # days after which nobody is asked any more
ASPECTS = {
    "satisfaction": N_("Satisfaction"),
    "content": N_("Content"),
    "trainer": N_("Trainer"),
    "pace": N_("Pace"),
    "usefulness": N_("Usefulness"),
    "application": N_("I use it"),
}
TABLES = ("evaluation", "attendance", "training_session")


@dataclass(frozen=True)
class Mark:
    """The mean of marks 1 to 4 and how many were given; no mean without marks."""

    mean: float | None
    count: int


@dataclass(frozen=True)
class Evaluations:
    """What was answered: of `asked` trainees who came, `answered` forms; marks by aspect."""

    asked: int = 0
    answered: int = 0
    overall: Mark = Mark(None, 0)  # every mark of every form
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def rate(self) -> float | None:
        """answered ÷ asked, at most 1: unsigned forms may be more."""
        return min(self.answered / self.asked, 1.0) if self.asked else None


@dataclass(frozen=True)
class ColdDue:
    """A session whose trainees are to be asked what they use of it (`remind`: asked again)."""

    session_id: int
    course: str
    held_on: dt.date
    due_on: dt.date
    remind: bool
    asked_on: dt.date | None
    reminded_on: dt.date | None
    asked: int
    answered: int


def mark(values: Iterable[int | None]) -> Mark:
    """Mean and number of the marks that were given."""
    given = [value for value in values if value is not None]
    return Mark(sum(given) / len(given) if given else None, len(given))


def summed(asked: int, forms: Sequence[Sequence[int | None]]) -> Evaluations:
    """Forms (marks in the order of `ASPECTS`) as one."""
    columns = list(zip(*forms, strict=True)) or [()] * len(ASPECTS)
    marks = {name: mark(column) for name, column in zip(ASPECTS, columns, strict=True)}
    return Evaluations(asked, len(forms), mark(one for form in forms for one in form), marks)


# Of sessions s, those of one session (?1) or one course (?2), or all of them, held by a day (?3).
_WANTED = (
    "(?1 IS NULL OR s.id = ?1) AND (?2 IS NULL OR s.course_id = ?2)"
    " AND (?3 IS NULL OR s.held_on <= ?3)"
)


@remembered(*TABLES)
def evaluated(
    reader: Reader,
    kind: Evaluated = Evaluated.HOT,
    *,
    session_id: int | None = None,
    course_id: int | None = None,
    today: dt.date | None = None,
) -> Evaluations:
    """The evaluations of a session, of a course, or of everything held by a day.

    Asked are the trainees who were present; of the later kind, those of sessions that were asked
    about, or answered without."""
    asked = reader.value(
        "SELECT COUNT(*) FROM attendance t JOIN training_session s ON s.id = t.session_id"
        f" WHERE t.presence = 'present' AND {_WANTED} AND (?4 = 'hot' OR s.cold_asked_on IS NOT"
        " NULL OR EXISTS (SELECT 1 FROM evaluation e WHERE e.session_id = s.id AND e.kind = ?4))",
        session_id,
        course_id,
        today,
        kind,
    )
    forms = reader.select(
        f"SELECT {', '.join(f'e.{name}' for name in ASPECTS)} FROM evaluation e"
        f" JOIN training_session s ON s.id = e.session_id WHERE e.kind = ?4 AND {_WANTED}",
        session_id,
        course_id,
        today,
        kind,
    )
    return summed(asked, forms)


@remembered(*TABLES, "course", "session_half")
def cold_due(reader: Reader, today: dt.date) -> tuple[ColdDue, ...]:
    """Sessions to ask about 90 days after their last half-day, and to remind of 97 days after,
    oldest first; over once everybody answered, was reminded, or a year went by."""
    rows = reader.select(
        "SELECT s.id, c.title, s.held_on, s.cold_asked_on, s.cold_reminded_on,"
        " (SELECT COUNT(*) FROM attendance t WHERE t.session_id = s.id"
        "  AND t.presence = 'present') AS asked,"
        " (SELECT COUNT(*) FROM evaluation e WHERE e.session_id = s.id AND e.kind = 'cold')"
        "  AS answered FROM training_session s JOIN course c ON c.id = s.course_id"
        " WHERE asked > answered AND s.cold_reminded_on IS NULL ORDER BY s.held_on, s.id"
    )
    days = halves(reader)
    made = (
        _due(today, days[key][-1].day, key, title, held_on, asked_on, *counts)
        for key, title, held_on, asked_on, _reminded, *counts in rows
    )
    return tuple(one for one in made if one is not None)


def _due(
    today: dt.date,
    last: dt.date,
    key: int,
    title: str,
    held_on: str,
    asked_on: str | None,
    asked: int,
    answered: int,
) -> ColdDue | None:
    """What is due for a session today, if anything."""
    remind = asked_on is not None
    due = last + dt.timedelta(days=REMIND_AFTER if remind else COLD_AFTER)
    if not due <= today <= last + dt.timedelta(days=LONG_AGO):
        return None
    known = date_from_iso(asked_on) if asked_on else None
    held = date_from_iso(held_on)
    return ColdDue(key, title, held, due, remind, known, None, asked, answered)


def comments(reader: Reader, session_id: int | None = None) -> tuple[tuple[Evaluated, str], ...]:
    """Free words of the forms of a session, or of all, without names: for the lead's own eyes."""
    return tuple(
        (Evaluated(kind), text)
        for kind, text in reader.select(
            "SELECT kind, comment FROM evaluation WHERE comment <> ''"
            " AND (?1 IS NULL OR session_id = ?1) ORDER BY kind DESC, comment, id",
            session_id,
        )
    )


@dataclass(frozen=True)
class NoteCold:
    """Note that the trainees of sessions were asked three months later, or reminded."""

    session_ids: tuple[int, ...]
    day: dt.date
    remind: bool = False

    @property
    def label(self) -> Message:
        count = len(self.session_ids)
        if self.remind:
            return nmsg(
                "Note the reminder of {n} session", "Note the reminder of {n} sessions", count
            )
        return nmsg(
            "Note that {n} session was asked about",
            "Note that {n} sessions were asked about",
            count,
        )

    def apply(self, work: Work) -> None:
        column = "cold_reminded_on" if self.remind else "cold_asked_on"
        for key in self.session_ids:
            work.set("training_session", key, **{column: self.day})
