"""What training changed in use: level 3 of Kirkpatrick, read from login days.

After: 30, 60 and 90 days after each trainee's session, their days a week and active share beside
those of the users of the same departments who were not trained by then. Before and after: the 28
days before a session beside the 28 days after it. Groups under five users say "not enough".
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from crm_pilot.adoption import facts, facts_rare, rules
from crm_pilot.adoption.scope import UserAccount, accounts
from crm_pilot.adoption.use_days import length, stretch
from crm_pilot.adoption.worked import TABLES as WORKED_TABLES
from crm_pilot.adoption.worked import worked
from crm_pilot.people.calendar import ONE_DAY
from crm_pilot.store.reader import Reader, date_from_iso, remembered

AFTER_DAYS = (30, 60, 90)
WINDOW_DAYS = 28
OPEN_DAYS = 14  # of them, on which an account must be open
ENOUGH = 5  # users on each side, below which nothing is said


@dataclass(frozen=True)
class Side:
    """Trained or untrained users at a point: how many were counted, login days a week at five
    working days, regularity (login days ÷ working days) and active share. These are None under
    five users (`enough` False)."""

    users: int
    days_per_week: float | None
    regularity: float | None
    active_share: float | None

    @property
    def enough(self) -> bool:
        """Whether there are users enough to say something."""
        return self.users >= ENOUGH


@dataclass(frozen=True)
class TransferPoint:
    """`days` after the session: the 28 days that end there.

    Like is compared with like: trainees of departments where everybody is trained by then are
    `alone`, and left out. `waiting`: trainees whose day is still to come, or whose data are;
    `unknown`: whose days are before the first login known, or whose account was not open long."""

    days: int
    trained: Side
    untrained: Side
    alone: int
    waiting: int
    unknown: int


@dataclass(frozen=True)
class BeforeAfter:
    """The same users in the 28 days before their session and in the 28 days after it."""

    before: Side
    after: Side


@dataclass(frozen=True)
class Transfer:
    """Level 3 of a course, or of all formal ones (`course_id` None): the first session of each
    trainee counts."""

    course_id: int | None
    trainees: int  # accounts of persons who were present
    until: dt.date | None  # last day known, of logins and of actions
    by_actions: bool  # whether the active share asks for an action too
    points: tuple[TransferPoint, ...]
    change: BeforeAfter


TABLES = (
    *("attendance", "training_session", "session_half", "course"),
    *WORKED_TABLES,
    *facts.TABLES,
)
_NOBODY = Side(0, None, None, None)
Group = tuple[int, dt.date]  # department, last day of the session


@remembered(*TABLES)
def after(reader: Reader, today: dt.date, course_id: int | None = None) -> Transfer:
    """Level 3 on `today`.

    Regularity = login days ÷ (working days - absences) of the window while the account was open,
    14 days at least; days a week are five times that. The untrained are weighed as the trainees
    are: each department and window as much as it has trainees.
    """
    learned = _learned(reader, today, course_id)
    groups = _groups(accounts(reader), learned)
    trainees = sum(len(some) for some in groups.values())
    window = _window(reader, today, min((day for _, day in groups), default=None))
    if window is None:
        points = tuple(TransferPoint(days, _NOBODY, _NOBODY, 0, trainees, 0) for days in AFTER_DAYS)
        return Transfer(course_id, trainees, None, False, points, BeforeAfter(_NOBODY, _NOBODY))
    others = _by_department(accounts(reader))
    return Transfer(
        course_id,
        trainees,
        window.until,
        window.by_actions,
        tuple(_point(days, groups, others, learned, window) for days in AFTER_DAYS),
        _change(groups, window),
    )


def _learned(reader: Reader, today: dt.date, course_id: int | None) -> Mapping[int | None, dt.date]:
    """Person → last day of the first session they were present at."""
    rows = reader.select(
        "SELECT t.person_id, min(coalesce((SELECT max(h.day) FROM session_half h"
        " WHERE h.session_id = s.id), s.held_on)) FROM attendance t"
        " JOIN training_session s ON s.id = t.session_id JOIN course c ON c.id = s.course_id"
        " WHERE t.presence = 'present' AND s.held_on <= ?1"
        " AND CASE WHEN ?2 IS NULL THEN c.formal ELSE c.id = ?2 END GROUP BY t.person_id",
        today,
        course_id,
    )
    return {person: date_from_iso(day) for person, day in rows}


def _groups(
    every: Iterable[UserAccount], learned: Mapping[int | None, dt.date]
) -> Mapping[Group, list[UserAccount]]:
    """Accounts of trainees by department and day; without a department nobody compares."""
    found: dict[Group, list[UserAccount]] = defaultdict(list)
    for account in every:
        if account.person_id in learned and account.department_id is not None:
            found[account.department_id, learned[account.person_id]].append(account)
    return found


def _by_department(every: Iterable[UserAccount]) -> Mapping[int, list[UserAccount]]:
    found: dict[int, list[UserAccount]] = defaultdict(list)
    for account in every:
        if account.department_id is not None:
            found[account.department_id].append(account)
    return found


# windows -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Use:
    """An account in a window: login days, working days less absences."""

    logins: int
    working: float
    active: bool


class _Window:
    """The days known, and what an account did in a part of them."""

    def __init__(self, reader: Reader, first: dt.date, until: dt.date, since: dt.date) -> None:
        self.until, self.since = until, since
        self._logins = facts.login_days(reader, first, until)
        self._worked = worked(reader, first, until)
        self.by_actions = facts.last_action(reader, until) is not None
        self._actions = facts.acted_days(reader, first, until) if self.by_actions else None

    def use(self, account: UserAccount, first: dt.date, last: dt.date) -> _Use | None:
        """What an account did from `first` to `last`; None where that is not known, or the account
        was open for less than 14 of these days or not on the last."""
        begins = max(first, account.opened or first)
        if begins < self.since or last > self.until or not _is_open(account, begins, last):
            return None
        logins = self._logins.count(account.id, first, last)
        acted = self._actions is None or self._actions.count(account.id, first, last) > 0
        return _Use(
            logins, self._worked.within(account.id, self._days(first, last)), logins > 0 and acted
        )

    def _days(self, first: dt.date, last: dt.date) -> int:
        """The bits of a stretch."""
        begin = self._worked.first
        return stretch(begin, first, last + ONE_DAY, length(begin, self._worked.last))


def _is_open(account: UserAccount, begins: dt.date, last: dt.date) -> bool:
    """Whether an account was open long enough: people are often trained before it opens."""
    long_enough = (last - begins).days + 1 >= OPEN_DAYS
    return long_enough and rules.is_open(account.opened, account.closed, last)


def _window(reader: Reader, today: dt.date, session: dt.date | None) -> _Window | None:
    """The data from before the first session on; None without logins or trainees."""
    since = facts_rare.first_login(reader)
    until = max(facts.last_logins(reader, today).values(), default=None)
    acted = facts.last_action(reader, today)
    if session is None or since is None or until is None:
        return None
    first = session - dt.timedelta(days=WINDOW_DAYS)
    return _Window(reader, first, min(until, acted or until), since)


# sides ---------------------------------------------------------------------------------------

Weighted = tuple[_Use, float]


def _side(uses: Sequence[Weighted], users: int) -> Side:
    """The means of a side, None of fewer than five accounts."""
    if users < ENOUGH:
        return Side(users, None, None, None)
    logins, working, active, weight = (
        sum(value(use) * share for use, share in uses)
        for value in (_LOGINS, _WORKING, _ACTIVE, lambda _: 1)
    )
    regularity = logins / working if working else None
    return Side(
        users,
        None if regularity is None else regularity * rules.WEEK,
        regularity,
        active / weight,
    )


_LOGINS, _WORKING, _ACTIVE = (attrgetter(name) for name in ("logins", "working", "active"))


def _point(
    days: int,
    groups: Mapping[Group, list[UserAccount]],
    others: Mapping[int, list[UserAccount]],
    learned: Mapping[int | None, dt.date],
    window: _Window,
) -> TransferPoint:
    trained: list[Weighted] = []
    untrained: list[Weighted] = []
    compared: set[int] = set()
    alone = waiting = unknown = 0
    for (department, day), members in groups.items():
        last = day + dt.timedelta(days=days)
        first = last - dt.timedelta(days=WINDOW_DAYS - 1)
        if last > window.until:
            waiting += len(members)
            continue
        uses = list(_uses(window, members, first, last).values())
        unknown += len(members) - len(uses)
        rest = (a for a in others[department] if learned.get(a.person_id, dt.date.max) > last)
        beside = _uses(window, rest, first, last)
        if not beside:
            alone += len(uses)
        elif uses:
            trained += [(use, 1.0) for use in uses]
            untrained += [(use, len(uses) / len(beside)) for use in beside.values()]
            compared |= beside.keys()
    return TransferPoint(
        days,
        _side(trained, len(trained)),
        _side(untrained, len(compared)),
        alone,
        waiting,
        unknown,
    )


def _uses(
    window: _Window, accounts: Iterable[UserAccount], first: dt.date, last: dt.date
) -> dict[int, _Use]:
    """What accounts did from `first` to `last`, as far as known."""
    found = ((account.id, window.use(account, first, last)) for account in accounts)
    return {key: use for key, use in found if use is not None}


def _change(groups: Mapping[Group, list[UserAccount]], window: _Window) -> BeforeAfter:
    """The 28 days before the session and the 28 days after it, of whom both are known."""
    pairs = []
    span = dt.timedelta(days=WINDOW_DAYS)
    for (_, day), members in groups.items():
        before = _uses(window, members, day - span, day - ONE_DAY)
        following = _uses(window, members, day + ONE_DAY, day + span)
        pairs += [(before[key], following[key]) for key in before.keys() & following.keys()]
    sides = ([(pair[side], 1.0) for pair in pairs] for side in (0, 1))
    return BeforeAfter(*(_side(uses, len(uses)) for uses in sides))
