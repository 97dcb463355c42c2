"""What training changed in use: level 3 of Kirkpatrick, read from login days.

After: 30, 60 and 90 days after each trainee's session, their days a week and active share beside
those of the users of the same departments who were not trained by then. Before and after: the 28
days before a session beside the 28 days after it. Groups under five users say "not enough".
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from crm_pilot.adoption import facts, facts_rare, rules
from crm_pilot.adoption.day_counts import DayCounts, reaching
from crm_pilot.adoption.scope import UserAccount, accounts
from crm_pilot.adoption.use_days import length, stretch
from crm_pilot.adoption.worked import TABLES as WORKED_TABLES
from crm_pilot.adoption.worked import worked
from crm_pilot.people.calendar import ONE_DAY
from crm_pilot.records import dataclass
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
    untrained = _untrained(accounts(reader), groups, learned, window)
    return Transfer(
        course_id,
        trainees,
        window.until,
        window.by_actions,
        tuple(_point(days, groups, untrained, window) for days in AFTER_DAYS),
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


# windows -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Use:
    """An account in a window: login days, working days less absences."""

    logins: int
    working: float
    active: bool


class _Window:
    """The days known, and what an account did in the 28 days up to one of them."""

    def __init__(self, reader: Reader, first: dt.date, until: dt.date, since: dt.date) -> None:
        self.first, self.until, self.since = first, until, since
        self._logins = facts.login_days(reader, first, until)
        self._worked = worked(reader, first, until)
        self.by_actions = facts.last_action(reader, until) is not None
        self._actions = facts.acted_days(reader, first, until) if self.by_actions else None

    def bit(self, day: dt.date) -> int:
        """The number of a day."""
        return (day - self.first).days

    def last_days(self, account: UserAccount, before: dt.date | None = None) -> int:
        """The days on which 28 days end that are known of an account, as bits: it was open on the
        last of them and for 14 of them, and the day is before `before`.

        People are often trained before their account opens: they count from then on.
        """
        begins = self.since + dt.timedelta(days=WINDOW_DAYS - 1)
        if account.opened is not None and account.opened >= self.since:
            begins = account.opened + dt.timedelta(days=OPEN_DAYS - 1)
        ends = [day for day in (account.closed, before) if day is not None]
        count = length(self.first, self.until)
        return stretch(self.first, begins, min(ends, default=None), count)

    def days(self, account: UserAccount) -> tuple[int, tuple[int, int]]:
        """Login days; days of which the morning was worked, and the afternoon."""
        worked, away = self._worked.bits.get(account.id, 0), self._worked.away.get(account.id)
        halves = (worked, worked) if away is None else (worked & ~away[0], worked & ~away[1])
        return self._logins.of(account.id), halves

    def active(self, account: UserAccount) -> int:
        """Days up to which an account was active in 28 days: a login, and an action where any was
        ever imported."""
        found = reaching(self._logins.of(account.id), WINDOW_DAYS)
        if self._actions is not None:
            found &= reaching(self._actions.of(account.id), WINDOW_DAYS)
        return found

    def use(self, account: UserAccount, last: dt.date) -> _Use | None:
        """What an account did in the 28 days up to `last`; None where that is not known."""
        bit = self.bit(last)
        if bit < 0 or not self.last_days(account) >> bit & 1:
            return None
        logins, halves = self.days(account)
        span = (1 << WINDOW_DAYS) - 1
        start = bit - WINDOW_DAYS + 1
        part = span << start if start >= 0 else span >> -start
        working = sum((half & part).bit_count() for half in halves) / 2
        return _Use((logins & part).bit_count(), working, bool(self.active(account) >> bit & 1))


def _window(reader: Reader, today: dt.date, session: dt.date | None) -> _Window | None:
    """The data from before the first session on; None without logins or trainees."""
    since = facts_rare.first_login(reader)
    until = max(facts.last_logins(reader, today).values(), default=None)
    acted = facts.last_action(reader, today)
    if session is None or since is None or until is None:
        return None
    first = min(session - dt.timedelta(days=WINDOW_DAYS), until)
    return _Window(reader, first, min(until, acted or until), since)


# sides ---------------------------------------------------------------------------------------


@dataclass
class _Sums:
    """What several accounts did together, each counted with a weight."""

    users: int = 0
    weight: float = 0.0
    logins: float = 0.0
    working: float = 0.0
    active: float = 0.0

    def add(self, use: _Use) -> None:
        """Count one more account."""
        self.users += 1
        self.weight += 1
        self.logins += use.logins
        self.working += use.working
        self.active += use.active

    def side(self) -> Side:
        """The means, None of fewer than five accounts."""
        if self.users < ENOUGH:
            return Side(self.users, None, None, None)
        regularity = self.logins / self.working if self.working else None
        per_week = None if regularity is None else regularity * rules.WEEK
        return Side(self.users, per_week, regularity, self.active / self.weight)


class _Untrained:
    """What the untrained of a department did in the 28 days up to any day: all days at once."""

    def __init__(self, window: _Window) -> None:
        self._window = window
        self._users, self._logins = DayCounts(), DayCounts()
        self._whole, self._half, self._active = DayCounts(), DayCounts(), DayCounts()
        self._last_days: list[int] = []  # of every account, those on which it can be compared

    def add(self, account: UserAccount, learned: dt.date | None) -> None:
        """Count an account on the days before its person was trained."""
        ends = self._window.last_days(account, learned)
        if not ends:
            return
        self._last_days.append(ends)
        self._users.add(ends)
        self._active.add(self._window.active(account) & ends)
        logins, (morning, afternoon) = self._window.days(account)
        whole, half = morning & afternoon, morning ^ afternoon
        for back in range(WINDOW_DAYS):
            self._logins.add(logins << back & ends)
            self._whole.add(whole << back & ends)
            if half:
                self._half.add(half << back & ends)

    def users(self, day: dt.date) -> int:
        """Accounts that can be compared in the 28 days up to a day."""
        return self._users.at(self._window.bit(day))

    def count_into(self, sums: _Sums, day: dt.date, weight: float) -> None:
        """Add what they did in the 28 days up to `day`, together as heavy as `weight`."""
        bit = self._window.bit(day)
        each = weight / self._users.at(bit)
        sums.weight += weight
        sums.logins += self._logins.at(bit) * each
        sums.working += (self._whole.at(bit) + self._half.at(bit) / 2) * each
        sums.active += self._active.at(bit) * each

    def distinct(self, days: Iterable[dt.date]) -> int:
        """Accounts that are compared on one of the days at least."""
        wanted = 0
        for day in days:
            wanted |= 1 << self._window.bit(day)
        return sum(bool(ends & wanted) for ends in self._last_days)


def _untrained(
    every: Iterable[UserAccount],
    groups: Mapping[Group, list[UserAccount]],
    learned: Mapping[int | None, dt.date],
    window: _Window,
) -> Mapping[int, _Untrained]:
    """The departments of the trainees."""
    found = {department: _Untrained(window) for department, _ in groups}
    for account in every:
        if account.department_id in found:
            found[account.department_id].add(account, learned.get(account.person_id))
    return found


def _point(
    days: int,
    groups: Mapping[Group, list[UserAccount]],
    untrained: Mapping[int, _Untrained],
    window: _Window,
) -> TransferPoint:
    trained, others = _Sums(), _Sums()
    compared: dict[int, list[dt.date]] = defaultdict(list)
    alone = waiting = unknown = 0
    for (department, day), members in groups.items():
        last = day + dt.timedelta(days=days)
        if last > window.until:
            waiting += len(members)
            continue
        uses = _uses(window, members, last)
        unknown += len(members) - len(uses)
        if not untrained[department].users(last):
            alone += len(uses)
        elif uses:
            for use in uses.values():
                trained.add(use)
            untrained[department].count_into(others, last, len(uses))
            compared[department].append(last)
    others.users = sum(untrained[key].distinct(ends) for key, ends in compared.items())
    return TransferPoint(days, trained.side(), others.side(), alone, waiting, unknown)


def _uses(window: _Window, accounts: Iterable[UserAccount], last: dt.date) -> dict[int, _Use]:
    """What accounts did in the 28 days up to `last`, as far as known."""
    found = ((account.id, window.use(account, last)) for account in accounts)
    return {key: use for key, use in found if use is not None}


def _change(groups: Mapping[Group, list[UserAccount]], window: _Window) -> BeforeAfter:
    """The 28 days before the session and the 28 days after it, of whom both are known."""
    before, following = _Sums(), _Sums()
    for (_, day), members in groups.items():
        early = _uses(window, members, day - ONE_DAY)
        late = _uses(window, members, day + dt.timedelta(days=WINDOW_DAYS))
        for key in early.keys() & late.keys():
            before.add(early[key])
            following.add(late[key])
    return BeforeAfter(before.side(), following.side())
