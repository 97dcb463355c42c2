"""Checkpoints 30 and 60 days after each go-live: day 60 is when habits slip (DOMAIN.md 2.1)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.active import active_accounts, active_day
from crm_pilot.adoption.scope import EVERYONE, Scope, UserAccount, WavePlace, waves, within
from crm_pilot.adoption.scope import TABLES as SCOPE_TABLES
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

RULE = "checkpoint"  # in the table of thresholds, per cent
TABLES = ("task", *SCOPE_TABLES, *facts.TABLES)
GOALS = {30: ("day_30", 70), 60: ("day_60", 75)}


@dataclass(frozen=True)
class Point:
    """The active share on a day after go-live. `share` and `met` None: not due yet, or no data of
    its 28 days (not imported yet, or no longer kept), or nobody was open."""

    days: int
    due_on: dt.date
    share: float | None
    goal: float
    met: bool | None


@dataclass(frozen=True)
class DepartmentCheckpoints:
    """The same of a department of the wave."""

    department_id: int
    department: str
    accounts: int
    points: tuple[Point, ...]


@dataclass(frozen=True)
class WaveCheckpoints:
    """A wave that is live, with its checkpoints; the share of the last day known beside them."""

    wave_id: int
    wave: str
    pilot: bool
    go_live: dt.date
    accounts: int  # open on the last day known
    points: tuple[Point, ...]
    departments: tuple[DepartmentCheckpoints, ...]
    now_share: float | None
    now_day: int | None  # days since go-live


@remembered("threshold")
def goals(reader: Reader) -> Mapping[int, float]:
    """Days after go-live → active share to be reached, as the lead set it."""
    stored = dict(reader.select("SELECT name, value FROM threshold WHERE rule = ?", RULE))
    return {days: stored.get(name, usual) / 100 for days, (name, usual) in GOALS.items()}


@remembered("threshold", *TABLES)
def checkpoints(
    reader: Reader, today: dt.date, scope: Scope = EVERYONE
) -> tuple[WaveCheckpoints, ...]:
    """The checkpoints of every wave that is live, by date.

    share = accounts active in the 28 days up to the checkpoint ÷ accounts open on it, of the
    departments of the wave (adoption rate, DOMAIN.md 2.1; the window is ours).
    """
    known = active_day(reader, today)
    members: dict[int, list[UserAccount]] = defaultdict(list)
    for account in within(reader, scope):
        if account.wave_id is not None:
            members[account.wave_id].append(account)
    live = [(w.go_live, w) for w in waves(reader) if w.go_live is not None and members[w.id]]
    return tuple(
        _wave(_Known(reader, today, known, goals(reader)), wave, day, members[wave.id])
        for day, wave in sorted(live, key=lambda one: one[0])
        if day <= today
    )


@dataclass(frozen=True)
class _Known:
    """What shares are read from: `known` is the last day of both logins and actions."""

    reader: Reader
    today: dt.date
    known: dt.date | None
    goals: Mapping[int, float]

    def share(self, accounts: Iterable[UserAccount], day: dt.date) -> float | None:
        """Active ÷ open accounts on a day; None when nobody was open, or nothing is known of it."""
        if self.known is None or day > self.known:
            return None
        active = active_accounts(self.reader, day)
        if not active or not self.kept(day):
            return None
        opened = [a.id for a in accounts if rules.is_open(a.opened, a.closed, day)]
        return sum(key in active for key in opened) / len(opened) if opened else None

    def kept(self, day: dt.date) -> bool:
        """Whether the days before a checkpoint are all kept."""
        start = facts.kept_from(self.reader)
        return start is None or day - dt.timedelta(days=rules.WINDOW_DAYS - 1) >= start

    def points(self, accounts: list[UserAccount], go_live: dt.date) -> tuple[Point, ...]:
        """The checkpoints of some accounts."""
        made = []
        for days, goal in self.goals.items():
            due = go_live + dt.timedelta(days=days)
            share = self.share(accounts, due)
            made.append(Point(days, due, share, goal, None if share is None else share >= goal))
        return tuple(made)


def _wave(
    known: _Known, wave: WavePlace, go_live: dt.date, accounts: list[UserAccount]
) -> WaveCheckpoints:
    places: dict[tuple[int | None, str], list[UserAccount]] = defaultdict(list)
    for account in accounts:  # in the order of the departments
        places[account.department_id, account.department].append(account)
    last = known.known
    after = (last - go_live).days if last is not None else None
    started = last is not None and after is not None and after >= 0
    return WaveCheckpoints(
        wave_id=wave.id,
        wave=wave.name,
        pilot=wave.pilot,
        go_live=go_live,
        accounts=_opened(accounts, last or known.today),
        points=known.points(accounts, go_live),
        departments=tuple(
            DepartmentCheckpoints(
                key or 0, name, _opened(some, last or known.today), known.points(some, go_live)
            )
            for (key, name), some in places.items()
        ),
        now_share=known.share(accounts, last) if started and last is not None else None,
        now_day=after if started else None,
    )


def _opened(accounts: Iterable[UserAccount], day: dt.date) -> int:
    return sum(rules.is_open(a.opened, a.closed, day) for a in accounts)
