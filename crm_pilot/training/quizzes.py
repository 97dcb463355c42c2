"""The quiz before and after a session: Kirkpatrick's second level (DOMAIN.md 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from statistics import fmean

from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training.terms import QuizMoment


@dataclass(frozen=True)
class Gain:
    """Mean shares of points (0 to 1) before and after, of those who took both (`pairs`).

    `befores` and `afters` count all quizzes; `gain` = after − before."""

    before: float | None = None
    after: float | None = None
    gain: float | None = None
    pairs: int = 0
    befores: int = 0
    afters: int = 0


def compared(results: Iterable[tuple[int, int, str, int, int]]) -> Gain:
    """What results tell: session, person, moment, points, out of. Who took one of the two quizzes
    only says nothing about what was learned."""
    shares: dict[QuizMoment, dict[tuple[int, int], float]] = {one: {} for one in QuizMoment}
    for session, person, moment, points, out_of in results:
        shares[QuizMoment(moment)][session, person] = points / out_of
    before, after = shares[QuizMoment.BEFORE], shares[QuizMoment.AFTER]
    both = before.keys() & after.keys()
    if not both:
        return Gain(befores=len(before), afters=len(after))
    first, second = fmean(before[one] for one in both), fmean(after[one] for one in both)
    return Gain(first, second, second - first, len(both), len(before), len(after))


@remembered("quiz_result", "training_session")
def gain(
    reader: Reader,
    *,
    session_id: int | None = None,
    course_id: int | None = None,
    today: dt.date | None = None,
) -> Gain:
    """What was learned in a session, in a course, or in all of them held by a day."""
    return compared(
        reader.select(
            "SELECT q.session_id, q.person_id, q.moment, q.points, q.out_of FROM quiz_result q"
            " JOIN training_session s ON s.id = q.session_id"
            " WHERE (?1 IS NULL OR s.id = ?1) AND (?2 IS NULL OR s.course_id = ?2)"
            " AND (?3 IS NULL OR s.held_on <= ?3)",
            session_id,
            course_id,
            today,
        )
    )
