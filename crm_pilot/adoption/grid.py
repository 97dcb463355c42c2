"""The month grid: which share of a department, or which account, was connected on which day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from enum import StrEnum
from typing import Literal

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.curves import TABLES, WEEKS, WeeklyUse, weekly
from crm_pilot.adoption.scope import (
    EVERYONE,
    Scope,
    UserAccount,
    departments,
    user_names,
    within,
)
from crm_pilot.adoption.sums import Period, period
from crm_pilot.adoption.use_days import lanes, length, spread, stretch
from crm_pilot.adoption.worked import worked
from crm_pilot.folding import folded
from crm_pilot.people.calendar import holiday_name
from crm_pilot.people.working import DayOff, Week, working_days
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


class DayKind(StrEnum):
    """What a day of the grid is."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # or a closure of the project's calendar
    FUTURE = "future"  # after the last day known


@dataclass(frozen=True)
class GridDay:
    """A day of the month by the project's calendar; `name` is that of a holiday or closure."""

    day: dt.date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True)
class GridRow:
    """A department or an account; a cell a day, a part of 1: None where nobody was open, on days
    not known yet, and on days off on which nobody was connected."""

    key: int | None
    name: str
    accounts: int  # open on the last day known
    cells: tuple[float | None, ...]
    per_week: float | None  # login days ÷ working days × 5; of the week of the grid, if it has one
    low: float | None
    high: float | None
    below: bool


@dataclass(frozen=True)
class MonthGrid:
    """The days of a month and the rows over them. `week` is the Monday of the last full week up
    to the end of the month, of which departments tell their days a week, as everywhere; by user
    they are those of the month."""

    month: int
    until: dt.date | None
    days: tuple[GridDay, ...]
    rows: tuple[GridRow, ...]
    week: dt.date | None = None


@remembered(*TABLES)
def month_grid(
    reader: Reader,
    month: int,
    today: dt.date,
    scope: Scope = EVERYONE,
    by: Literal["department", "user"] = "department",
    language: str = "en",
) -> MonthGrid:
    """The grid of a month; `language` is that of the names of public holidays.

    A cell of a department = accounts connected that day ÷ accounts open that day. By user the
    rows are in the order of names, and only for the lead's own eyes. No row where the days of the
    month are no longer kept."""
    span = period(reader, month, today)
    kept = facts.kept_from(reader)
    if kept is not None and facts.first_of(month) < kept:
        span = None
    days = _days(reader, month, span.until if span else None, language)
    if span is None:
        return MonthGrid(month, None, days, ())
    month_days = _MonthDays(reader, span, days)
    chosen = within(reader, scope)
    if by == "user":
        return MonthGrid(month, span.until, days, month_days.users(reader, chosen))
    last = min(today, facts.last_of(month))
    use = weekly(reader, last, WEEKS if last == today else 1, scope)
    rows = tuple(_of_week(row, use) for row in month_days.places(reader, chosen))
    return MonthGrid(month, span.until, days, rows, use.weeks[-1] if use.weeks else None)


def _of_week(row: GridRow, use: WeeklyUse) -> GridRow:
    """A department with the figures of the last full week: those of curves, tiles and sentence."""
    place = use.by_department().get(row.key)
    value = place.weeks[-1].per_week if place and place.weeks else None
    low = place.low / place.expecting if place and place.expecting else None
    high = place.high / place.expecting if place and place.expecting else None
    return replace(row, per_week=value, low=low, high=high, below=rules.is_below(value, low))


def _days(reader: Reader, month: int, until: dt.date | None, language: str) -> tuple[GridDay, ...]:
    """The days of a month by the project's calendar."""
    week = working_days(reader).project
    first = facts.first_of(month)
    return tuple(
        _day(week, first + dt.timedelta(days=n), until, language)
        for n in range(length(first, facts.last_of(month)))
    )


def _day(week: Week, day: dt.date, until: dt.date | None, language: str) -> GridDay:
    off = week.off(day)
    if off is not None and off[0] is not DayOff.WEEKEND:
        name = off[1] or holiday_name(week.country, day, language)
        return GridDay(day, DayKind.HOLIDAY, name)
    if off is not None:
        return GridDay(day, DayKind.WEEKEND)
    return GridDay(day, DayKind.FUTURE if until is None or day > until else DayKind.WORKING)


class _MonthDays:
    """The days of a month of all accounts, from which rows are made."""

    def __init__(self, reader: Reader, span: Period, days: tuple[GridDay, ...]) -> None:
        self._first, self._until, self._count = span.first, span.until, len(days)
        self._known = length(span.first, span.until)
        self._logins = facts.login_days(reader, span.first, span.until).bits
        self._worked = worked(reader, span.first, span.until)
        self._off = [n for n, day in enumerate(days) if day.kind is not DayKind.WORKING]

    def places(self, reader: Reader, chosen: tuple[UserAccount, ...]) -> tuple[GridRow, ...]:
        """A row a department, and one for accounts of none."""
        members: dict[int | None, list[UserAccount]] = defaultdict(list)
        for account in chosen:
            members[account.department_id].append(account)
        named = [(place.id, place.name) for place in departments(reader)]
        every: list[tuple[int | None, str]] = [*named, (None, "")]
        return tuple(
            self._place(key, name, members[key])
            for key, name in every
            if any(self._opened(account) for account in members[key])
        )

    def _opened(self, account: UserAccount) -> int:
        """Bits of the days known on which an account was open."""
        return stretch(self._first, account.opened, account.closed, self._known)

    def _place(self, key: int | None, name: str, members: list[UserAccount]) -> GridRow:
        connected = opened = 0
        for account in members:
            here = self._opened(account)
            opened += spread(here)
            connected += spread(self._logins.get(account.id, 0) & here)
        many = zip(lanes(connected, self._known), lanes(opened, self._known), strict=True)
        cells: list[float | None] = [one / of if of else None for one, of in many]
        return self._row(key, name, members, cells)

    def users(self, reader: Reader, chosen: tuple[UserAccount, ...]) -> tuple[GridRow, ...]:
        """A row an account, by name: there is no ranking of persons (DOMAIN.md 6)."""
        named = user_names(reader)
        made = [
            self._user(account, named.get(account.id, ""))
            for account in chosen
            if self._opened(account)
        ]
        return tuple(sorted(made, key=lambda row: (folded(row.name), row.key or 0)))

    def _user(self, account: UserAccount, name: str) -> GridRow:
        opened, used = self._opened(account), self._logins.get(account.id, 0)
        cells = [float(used >> n & 1) if opened >> n & 1 else None for n in range(self._known)]
        return self._row(account.id, name, [account], cells)

    def _row(
        self, key: int | None, name: str, members: list[UserAccount], cells: list[float | None]
    ) -> GridRow:
        for n in self._off:
            if n < self._known and not cells[n]:
                cells[n] = None
        days = sum(self._logins.get(a.id, 0).bit_count() for a in members)
        per_week = rules.days_per_week(days, sum(self._worked.total(a.id) for a in members))
        opened = [a for a in members if rules.is_open(a.opened, a.closed, self._until)]
        low = rules.mean(a.low for a in opened if a.low is not None)
        return GridRow(
            key=key,
            name=name,
            accounts=len(opened),
            cells=(*cells, *(None,) * (self._count - self._known)),
            per_week=per_week,
            low=low,
            high=rules.mean(a.high for a in opened if a.high is not None),
            below=rules.is_below(per_week, low),
        )
