"""What the plan asks for and cannot keep, in words: each demand with the line it is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from crm_pilot.i18n import Message, msg
from crm_pilot.planning import queries
from crm_pilot.planning.engine.activity import CircleError, Problem, Trouble
from crm_pilot.planning.engine.worktime import moment
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import CONSTRAINTS, PLAN_TABLES, ConstraintKind, LinkKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.planning.live import LivePlan

_OF_STARTS = (ConstraintKind.MSO, ConstraintKind.SNET, ConstraintKind.SNLT)
_INTO_STARTS = (LinkKind.FS, LinkKind.SS)


@dataclass(frozen=True)
class Conflict:
    """One demand on the line `key`: what is asked for, and what the plan gives instead."""

    key: int
    title: str
    asked: Message
    given: Message

    @property
    def words(self) -> Message:
        """Both in one sentence."""
        return msg("{asked}: {given}", asked=self.asked, given=self.given)


@remembered(*PLAN_TABLES)
def conflicts(reader: Reader) -> tuple[Conflict, ...]:
    """Every constraint, deadline, link and calendar that the dates do not keep, in outline order;
    none while links go in a circle: then nothing has dates."""
    try:
        live = queries.live_plan(reader)
    except CircleError:
        return ()
    found = live.schedule.problems()
    if not found:
        return ()
    rows = {row.id: row for row in queries.tasks(reader)}
    kinds = {link.id: link.kind for link in queries.links(reader)}
    places = {key: place for place, key in enumerate(rows)}
    words = _Words(rows, kinds, live)
    ordered = sorted(found, key=lambda problem: places[problem.keys[-1]])
    return tuple(words.conflict(problem) for problem in ordered)


@dataclass(frozen=True)
class _Words:
    """Words for problems of one plan; `kinds` are those of its links."""

    rows: Mapping[int, TaskRow]
    kinds: Mapping[int, LinkKind]
    live: LivePlan

    def conflict(self, problem: Problem) -> Conflict:
        """A problem in words."""
        row = self.rows[problem.keys[-1]]
        if problem.trouble is Trouble.LINK:
            asked, given = self._of_link(problem)
        elif problem.trouble is Trouble.CALENDAR:
            asked = msg("Hours of its calendar and of those who work on it")
            given = msg("they have none in common")
        else:
            asked, given = _of_date(problem, row)
        return Conflict(row.id, row.title, asked, given)

    def _of_link(self, problem: Problem) -> tuple[Message, Message]:
        before = self.rows[problem.keys[0]].title
        if problem.link is not None and self.kinds[problem.link] in _INTO_STARTS:
            first = _day(self.live.hours.default.next_work(problem.wanted))
            asked = msg("Waits for “{title}” until {day}", title=before, day=first)
            return asked, msg("starts {day}", day=_day(problem.found))
        last = _day(problem.wanted, end=True)
        asked = msg("Waits for “{title}” and ends no earlier than {day}", title=before, day=last)
        return asked, msg("finishes {day}", day=_day(problem.found, end=True))


def _of_date(problem: Problem, row: TaskRow) -> tuple[Message, Message]:
    kind = problem.constraint
    if kind is None and row.deadline_at is None:
        kind = row.constraint_kind  # “no later than” reaches the engine as a deadline
    starts = kind in _OF_STARTS and problem.trouble is Trouble.CONSTRAINT
    given = (
        msg("starts {day}", day=_day(problem.found))
        if starts
        else msg("finishes {day}", day=_day(problem.found, end=True))
    )
    if kind is None:
        return msg("Deadline {day}", day=_day(problem.wanted, end=True)), given
    if row.constraint_at is not None:
        day = row.constraint_at.date()
    else:
        day = _day(problem.wanted, end=not starts)
    return msg("{constraint} {day}", constraint=Message(CONSTRAINTS[kind]), day=day), given


def _day(value: int, *, end: bool = False) -> dt.date:
    """The day of a moment; midnight ends the day before."""
    return moment(value - 1 if end else value).date()
