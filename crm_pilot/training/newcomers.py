"""Newcomers: who got an account after the go-live of their wave, and how they were trained.

Intensity is training minutes per head; those who came early had hours, late arrivals may be given
minutes (DOMAIN.md 3 and sign D5, seed 004).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from crm_pilot.people.newcomers import is_newcomer
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered
from crm_pilot.training import presence
from crm_pilot.training.users import TRAINED_TABLES, USER_TABLES, User, trained, users

SOON = 30  # days from the opening of the account within which training is expected
TABLES = (
    *USER_TABLES,
    *TRAINED_TABLES,
    *("session_half", "half_presence", "task", "evaluation", "quiz_result"),
)


@dataclass(frozen=True)
class Cohort:
    """Users who got their account in the same quarter (`first` is its first day), or before
    go-live (`first` is None).

    `per_head` is training minutes followed per user; `evaluated` those of them with a signed
    evaluation or a quiz; `due` those whose account is open for 30 days or who had their first
    formal session within them, `in_time` those who did; `gap` is the median of the days from the
    opening of the account to the first formal session, of those who had one."""

    first: dt.date | None
    users: int
    minutes: int
    per_head: float | None
    trained: int
    evaluated: int
    due: int
    in_time: int
    gap: float | None

    @property
    def evaluated_share(self) -> float | None:
        """evaluated ÷ users."""
        return self.evaluated / self.users if self.users else None

    @property
    def in_time_share(self) -> float | None:
        """in_time ÷ due: formally trained within 30 days."""
        return self.in_time / self.due if self.due else None


@dataclass(frozen=True)
class Newcomers:
    """The first cohort, the later ones by quarter, and all newcomers together.

    `decay` = newcomers' minutes per head ÷ the first cohort's; `untrained` the share of newcomers
    due without a formal session within 30 days."""

    initial: Cohort
    later: tuple[Cohort, ...]
    newcomers: Cohort
    decay: float | None = None
    in_time_share: float | None = None
    untrained: float | None = None


@dataclass(frozen=True)
class Newcomer:
    """A user as cohorts count them: when the account was opened, minutes of training followed,
    the first formal session, and whether anything says how they did."""

    opened: dt.date | None
    minutes: int
    first_formal: dt.date | None
    trained: bool
    evaluated: bool

    @property
    def gap(self) -> int | None:
        """Days from the opening of the account to the first formal session; 0 when it came
        before. None: none yet, or the opening is not known."""
        if self.opened is None or self.first_formal is None:
            return None
        return max((self.first_formal - self.opened).days, 0)

    def in_time(self) -> bool:
        """Whether they were formally trained within 30 days."""
        return self.gap is not None and self.gap <= SOON

    def due(self, today: dt.date) -> bool:
        """Whether training is due: the account is open for 30 days, or it took place already."""
        if self.opened is None:
            return False
        return self.in_time() or (today - self.opened).days >= SOON


def quarter(day: dt.date) -> dt.date:
    """The first day of the quarter a day is in."""
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def cohort(first: dt.date | None, some: Sequence[Newcomer], today: dt.date) -> Cohort:
    """The figures of some users."""
    minutes, gaps = sum(one.minutes for one in some), [one.gap for one in some]
    due = [one for one in some if one.due(today)]
    known = [gap for gap in gaps if gap is not None]
    return Cohort(
        first=first,
        users=len(some),
        minutes=minutes,
        per_head=minutes / len(some) if some else None,
        trained=sum(one.trained for one in some),
        evaluated=sum(one.evaluated for one in some),
        due=len(due),
        in_time=sum(one.in_time() for one in due),
        gap=median(known) if known else None,
    )


def compared(early: Sequence[Newcomer], late: Sequence[Newcomer], today: dt.date) -> Newcomers:
    """The first cohort beside the newcomers, by quarter of their account and together.

    decay = minutes per head of the newcomers ÷ of the first cohort, over the newcomers who are
    `due`: who came last week had no time yet."""
    quarters: dict[dt.date, list[Newcomer]] = {}
    for one in late:
        if one.opened is not None:
            quarters.setdefault(quarter(one.opened), []).append(one)
    initial, together = cohort(None, early, today), cohort(None, late, today)
    settled = cohort(None, [one for one in late if one.due(today)], today)
    in_time = together.in_time_share
    return Newcomers(
        initial,
        tuple(cohort(first, quarters[first], today) for first in sorted(quarters)),
        together,
        _ratio(settled.per_head, initial.per_head),
        in_time,
        None if in_time is None else 1 - in_time,
    )


def _ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


@remembered(*TABLES)
def newcomers(reader: Reader, today: dt.date) -> Newcomers:
    """How the newcomers were trained until a day, beside the first cohort.

    Accounts that are still to open and waves that are still to go live do not count; without a
    go-live date nobody of a wave is new."""
    live = go_lives(reader)
    facts = _Facts(reader, today)
    early: list[Newcomer] = []
    late: list[Newcomer] = []
    for user in users(reader, today):
        start = live.get(user.wave_id or 0)
        if any(day is not None and day > today for day in (user.opened, start)):
            continue
        new = is_newcomer(user.opened, start)
        (late if new else early).append(facts.of(user))
    return compared(early, late, today)


@remembered("wave", "task")
def go_lives(reader: Reader) -> Mapping[int, dt.date]:
    """The go-live day of every wave whose milestone is dated."""
    rows = reader.select(
        "SELECT w.id, t.start FROM wave w JOIN task t ON t.id = w.milestone_id"
        " WHERE t.start IS NOT NULL"
    )
    return {wave: date_from_iso(day) for wave, day in rows}


# The first formal session somebody was present at by a day.
_FIRST_FORMAL = (
    "SELECT t.person_id, MIN(s.held_on) FROM attendance t"
    " JOIN training_session s ON s.id = t.session_id JOIN course c ON c.id = s.course_id"
    " WHERE t.presence = 'present' AND c.formal AND s.held_on <= ? GROUP BY t.person_id"
)


class _Facts:
    """What is known of everybody's training by a day."""

    def __init__(self, reader: Reader, today: dt.date) -> None:
        held = _people(reader.select("SELECT id FROM training_session WHERE held_on <= ?", today))
        self.minutes: dict[int, int] = {}
        for row in presence.minutes(reader):
            if row.session_id in held:
                self.minutes[row.person_id] = self.minutes.get(row.person_id, 0) + row.minutes
        self.formal = {
            person: date_from_iso(day) for person, day in reader.select(_FIRST_FORMAL, today)
        }
        self.trained = trained(reader, today).keys()
        self.evaluated = _people(
            reader.select(
                "SELECT person_id FROM evaluation WHERE person_id IS NOT NULL AND given_on <= ?"
                " UNION SELECT q.person_id FROM quiz_result q JOIN training_session s"
                " ON s.id = q.session_id WHERE s.held_on <= ?",
                today,
                today,
            )
        )

    def of(self, user: User) -> Newcomer:
        """A user with what is known of them."""
        return Newcomer(
            user.opened,
            self.minutes.get(user.id, 0),
            self.formal.get(user.id),
            user.id in self.trained,
            user.id in self.evaluated,
        )


def _people(rows: Iterable[tuple[int]]) -> frozenset[int]:
    return frozenset(row[0] for row in rows)
