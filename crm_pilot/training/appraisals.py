"""Evaluations and quizzes of all sessions at once, and one by one: what the room lists and types.

The rules are those of `evaluations.py` and `quizzes.py`; everything is read once here.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import evaluations, quizzes
from crm_pilot.training.evaluations import ASPECTS, Evaluations
from crm_pilot.training.quizzes import Gain
from crm_pilot.training.room import SessionLine, session_lines
from crm_pilot.training.syllabus import course_lines
from crm_pilot.training.terms import Evaluated, QuizMoment

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

TABLES = ("evaluation", "quiz_result", "attendance", "training_session", "session_half", "course")
Marks = tuple[int | None, ...]  # in the order of `ASPECTS`


@dataclass(frozen=True)
class Appraised:
    """What is known of a session (or of a course: `held_on` None) from forms and quizzes.

    `asked` are the trainees who came to its `sessions`; `wrote` counts forms with free words."""

    id: int
    course: str
    held_on: dt.date | None
    asked: int
    hot: Evaluations
    cold: Evaluations
    gain: Gain
    wrote: int
    sessions: int

    @property
    def known(self) -> bool:
        """Whether anything was typed."""
        return bool(
            self.hot.answered or self.cold.answered or self.gain.befores or self.gain.afters
        )


@dataclass
class _Heap:
    """Forms and results as they are read, by session."""

    hot: dict[int, list[Marks]]
    cold: dict[int, list[Marks]]
    quiz: dict[int, list[tuple[int, int, str, int, int]]]
    wrote: dict[int, int]


@remembered(*TABLES)
def by_session(reader: Reader, today: dt.date) -> tuple[Appraised, ...]:
    """Every session held by a day, the latest first."""
    heap = _read(reader)
    held = [line for line in session_lines(reader) if line.held_on <= today]
    made = [_appraised(line.id, line.course, line.held_on, (line,), heap) for line in held]
    return tuple(reversed(made))


@remembered(*TABLES)
def by_course(reader: Reader, today: dt.date) -> tuple[Appraised, ...]:
    """Every course with a session held by a day, by title; all its sessions together."""
    heap = _read(reader)
    held: dict[int, list[SessionLine]] = defaultdict(list)
    for line in session_lines(reader):
        if line.held_on <= today:
            held[line.course_id].append(line)
    return tuple(
        _appraised(course.id, course.title, None, held[course.id], heap)
        for course in course_lines(reader, today)
        if course.id in held
    )


def _appraised(
    key: int, course: str, day: dt.date | None, lines: Iterable[SessionLine], heap: _Heap
) -> Appraised:
    some = tuple(lines)
    asked = sum(line.present for line in some)
    results = [row for line in some for row in heap.quiz.get(line.id, ())]
    return Appraised(
        key,
        course,
        day,
        asked,
        evaluations.summed(asked, [form for s in some for form in heap.hot.get(s.id, ())]),
        evaluations.summed(asked, [form for s in some for form in heap.cold.get(s.id, ())]),
        quizzes.compared(results),
        sum(heap.wrote.get(line.id, 0) for line in some),
        len(some),
    )


def _read(reader: Reader) -> _Heap:
    heap = _Heap(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(int))
    columns = ", ".join(ASPECTS)
    for session, kind, comment, *marks in reader.select(
        f"SELECT session_id, kind, comment, {columns} FROM evaluation"
    ):
        forms = heap.hot if kind == Evaluated.HOT else heap.cold
        forms[session].append(tuple(marks))
        heap.wrote[session] += bool(comment)
    for row in reader.select(
        "SELECT session_id, person_id, moment, points, out_of FROM quiz_result"
    ):
        heap.quiz[row[0]].append(row)
    return heap


@dataclass(frozen=True)
class Form:
    """A form as it was typed; `person` is None for an unsigned one."""

    id: int
    kind: Evaluated
    given_on: dt.date
    person: str | None
    comment: str
    marks: Marks


@remembered("evaluation", "person")
def forms(reader: Reader, session_id: int) -> tuple[Form, ...]:
    """The forms of a session, in the order they were typed."""
    columns = ", ".join(f"e.{name}" for name in ASPECTS)
    found = reader.select(
        f"SELECT e.id, e.kind, e.given_on, {FULL_NAME.format(table='p')}, e.comment, {columns}"
        " FROM evaluation e LEFT JOIN person p ON p.id = e.person_id"
        " WHERE e.session_id = ? ORDER BY e.kind DESC, e.id",
        session_id,
    )
    return tuple(
        Form(key, Evaluated(kind), dt.date.fromisoformat(day), person, comment, tuple(marks))
        for key, kind, day, person, comment, *marks in found
    )


@dataclass(frozen=True)
class QuizRow:
    """A trainee and their points in both quizzes; None: not taken. `id` is the person's."""

    id: int
    name: str
    before: int | None
    after: int | None
    out_of: int


@remembered("quiz_result", "attendance", "person")
def quiz_rows(reader: Reader, session_id: int) -> tuple[QuizRow, ...]:
    """The trainees of a session who were not away, by family name, with their points."""
    return tuple(
        reader.rows(
            QuizRow,
            f"SELECT p.id, {FULL_NAME.format(table='p')}, b.points, a.points,"
            " COALESCE(a.out_of, b.out_of, 10) FROM attendance t"
            " JOIN person p ON p.id = t.person_id"
            " LEFT JOIN quiz_result b ON b.session_id = t.session_id AND b.person_id = p.id"
            "  AND b.moment = 'before'"
            " LEFT JOIN quiz_result a ON a.session_id = t.session_id AND a.person_id = p.id"
            "  AND a.moment = 'after'"
            " WHERE t.session_id = ? AND (t.presence IN ('present', 'invited')"
            "  OR a.id IS NOT NULL OR b.id IS NOT NULL)"
            " ORDER BY p.last_name COLLATE NOCASE, p.first_name COLLATE NOCASE, p.id",
            session_id,
        )
    )


@dataclass(frozen=True)
class TypeQuiz:
    """Type the points of a session's quizzes: person → before and after, None: not taken."""

    session_id: int
    out_of: int
    points: tuple[tuple[int, int | None, int | None], ...]

    @property
    def label(self) -> Message:
        return msg("Type the quiz of a session")

    def apply(self, work: Work) -> None:
        high = max((p for _, *some in self.points for p in some if p is not None), default=0)
        if high > self.out_of:
            raise UserError(
                N_("{points} points are more than the {out_of} of the quiz. Nothing was changed."),
                points=high,
                out_of=self.out_of,
            )
        known = {
            (person, moment): key
            for key, person, moment in work.select(
                "SELECT id, person_id, moment FROM quiz_result WHERE session_id = ?",
                self.session_id,
            )
        }
        for person, before, after in self.points:
            self._write(work, known.get((person, "before")), person, QuizMoment.BEFORE, before)
            self._write(work, known.get((person, "after")), person, QuizMoment.AFTER, after)

    def _write(
        self, work: Work, key: int | None, person: int, moment: QuizMoment, points: int | None
    ) -> None:
        if points is None:
            if key is not None:
                work.remove("quiz_result", key)
        elif key is None:
            work.add(
                "quiz_result",
                session_id=self.session_id,
                person_id=person,
                moment=moment,
                points=points,
                out_of=self.out_of,
            )
        else:
            work.set("quiz_result", key, points=points, out_of=self.out_of)
