"""Working time: calendars that count in working minutes as fast as in plain numbers.

A *moment* is an `int`, `day.toordinal() * 1440 + minute of the day`. A calendar numbers its
working minutes one after the other; adding working time to a moment is two look-ups and a sum.
The tables of a calendar grow with the moments that are asked for.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_

DAY = 1440  # minutes
Shift = tuple[int, int]  # minutes of the day, from and to
Shifts = tuple[Shift, ...]

_FIRST_DAY = dt.date.min.toordinal()
_LAST_DAY = dt.date.max.toordinal()
_CHUNK = 800  # days a table grows by
# Before and after, time counts as on the clock: 9999 means never, and tables up to it take seconds.
_LOWEST, _HIGHEST = dt.date(1800, 1, 1).toordinal(), dt.date(2201, 1, 1).toordinal()
_AHEAD = 30  # days tabled before the first one asked for
_REMEMBERED = 200_000  # look-ups kept by a table


def at(day: dt.date, minute: int = 0) -> int:
    """The moment `minute` minutes after the begin of `day`."""
    return day.toordinal() * DAY + minute


def moment(value: int) -> dt.datetime:
    """A moment as local time; what lies outside the years 1 to 9999 is their first or last day."""
    day, minute = divmod(value, DAY)
    day = min(max(day, _FIRST_DAY), _LAST_DAY)
    return dt.datetime.combine(
        dt.date.fromordinal(day), dt.time(hour=minute // 60, minute=minute % 60)
    )


def of_datetime(when: dt.datetime) -> int:
    """The moment of a local time; seconds are dropped."""
    return when.toordinal() * DAY + when.hour * 60 + when.minute


def tidy(shifts: Sequence[Shift]) -> Shifts:
    """Shifts in order, those that touch or overlap joined, empty ones left out."""
    joined: list[Shift] = []
    for begin, end in sorted(shifts):
        begin, end = max(begin, 0), min(end, DAY)
        if end <= begin:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)


class _Table(dict[int, int]):
    """Answers of one question, remembered."""

    __slots__ = ("_answer",)

    def __init__(self, calendar: Calendar, question: str) -> None:
        super().__init__()
        self._answer = getattr(calendar, question)

    def __missing__(self, key: int) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        found: int = self._answer(key)
        self[key] = found
        return found


class Calendar:
    """When work is done: shifts of seven weekdays (Monday first) and of days that differ.

    Compared by identity. Raises `UserError` when it has no working time at all; after the last
    working day of a calendar whose week is empty, time counts as on the clock.

    `index[t]` is the number of working minutes before the moment `t`; `begins[n]` the moment at
    which working minute `n` begins, `ends[n]` the moment at which `n` minutes are done: they
    differ where work pauses (17:00 of a Friday, 08:00 of the Monday after).
    """

    __slots__ = (
        "__weakref__",
        "_before",
        "_exceptions",
        "_first",
        "_highest",
        "_last",
        "_lowest",
        "_starts",
        "_week",
        "begins",
        "ends",
        "index",
        "table",
    )

    def __init__(
        self, week: Sequence[Sequence[Shift]], exceptions: Mapping[int, Sequence[Shift]] = {}
    ) -> None:
        if len(week) != 7:
            raise ValueError("a week has seven days")
        self._week = tuple(tidy(day) for day in week)
        self._exceptions = {day: tidy(shifts) for day, shifts in exceptions.items()}
        if not any(self._week) and not any(self._exceptions.values()):
            raise UserError(N_("This calendar has no working time: give it at least one shift."))
        self._starts: list[int] = []  # moment at which each shift begins
        self._before: list[int] = [0]  # working minutes before each shift, and after the last
        self._first = self._last = 0  # days tabled: _first ≤ day < _last
        self._lowest, self._highest = _LOWEST, _HIGHEST  # days there can be work
        if not any(self._week):
            self._lowest, self._highest = min(self._exceptions), max(self._exceptions) + 1
        self.index = _Table(self, "_index")
        self.begins = _Table(self, "_begins")
        self.ends = _Table(self, "_ends")
        self.table = self.index, self.begins, self.ends

    @property
    def week(self) -> tuple[Shifts, ...]:
        """Shifts of the seven weekdays, Monday first."""
        return self._week

    @property
    def exceptions(self) -> Mapping[int, Shifts]:
        """Shifts of the days that differ from the week, by ordinal."""
        return self._exceptions

    def shifts(self, day: int) -> Shifts:
        """When work is done on a day, by ordinal."""
        found = self._exceptions.get(day)
        return self._week[(day - 1) % 7] if found is None else found

    def worked(self, day: int) -> int:
        """Working minutes of a day, by ordinal."""
        return sum(end - begin for begin, end in self.shifts(day))

    def between(self, begin: int, end: int) -> int:
        """Working minutes from one moment to another; negative when `end` comes first."""
        return self.index[end] - self.index[begin]

    def add(self, begin: int, minutes: int) -> int:
        """The moment at which `minutes` of work are done that start at `begin`."""
        if minutes > 0:
            return self.ends[self.index[begin] + minutes]
        return self.begins[self.index[begin] + minutes] if minutes else begin

    def subtract(self, end: int, minutes: int) -> int:
        """The moment at which work of `minutes` has to start to be done at `end`."""
        return self.add(end, -minutes)

    def next_work(self, when: int) -> int:
        """`when` itself if work goes on from there, else the begin of the next shift."""
        return self.begins[self.index[when]]

    def last_work(self, when: int) -> int:
        """`when` itself if work was done until there, else the end of the shift before."""
        return self.ends[self.index[when]]

    def _index(self, when: int) -> int:
        self._cover(when // DAY)
        place = bisect_right(self._starts, when) - 1
        if place < 0:
            outside = min(when - self._first * DAY, 0)  # before the first day there is
            return self._before[0] + outside
        before, after = self._before[place], self._before[place + 1]
        if place == len(self._starts) - 1 and when >= self._last * DAY:
            return after + when - self._last * DAY  # after the last day there is
        return min(before + when - self._starts[place], after)

    def _begins(self, minutes: int) -> int:
        while minutes >= self._before[-1] and self._grow_on():
            pass
        while minutes < self._before[0] and self._grow_back():
            pass
        place = bisect_right(self._before, minutes) - 1
        return self._moment(place, minutes)

    def _ends(self, minutes: int) -> int:
        while minutes > self._before[-1] and self._grow_on():
            pass
        while minutes <= self._before[0] and self._grow_back():
            pass
        return self._moment(bisect_left(self._before, minutes) - 1, minutes)

    def _moment(self, place: int, minutes: int) -> int:
        if place < 0:
            return self._first * DAY + minutes - self._before[0]
        if place >= len(self._starts):
            return self._last * DAY + minutes - self._before[-1]
        return self._starts[place] + minutes - self._before[place]

    def _cover(self, day: int) -> None:
        if not self._last:
            self._first = self._last = min(max(day - _AHEAD, self._lowest), self._highest)
        while day >= self._last and self._grow_on(day):
            pass
        while day < self._first and self._grow_back(day):
            pass

    def _grow_on(self, day: int = 0) -> bool:
        """Table the days after those tabled; False when there is nothing more to find."""
        if self._last >= self._highest:
            return False
        until = min(max(self._last + _CHUNK, day + 1), self._highest)
        total = self._before[-1]
        for each in range(self._last, until):
            for begin, end in self.shifts(each):
                self._starts.append(each * DAY + begin)
                total += end - begin
                self._before.append(total)
        self._last = until
        return True

    def _grow_back(self, day: int = _LAST_DAY) -> bool:
        """Table the days before those tabled; False when there is nothing more to find."""
        if self._first <= self._lowest:
            return False
        until = max(min(self._first - _CHUNK, day), self._lowest)
        starts: list[int] = []
        before: list[int] = []
        total = self._before[0]
        for each in range(self._first - 1, until - 1, -1):
            for begin, end in reversed(self.shifts(each)):
                starts.append(each * DAY + begin)
                total -= end - begin
                before.append(total)
        self._starts[:0] = starts[::-1]
        self._before[:0] = before[::-1]
        self._first = until
        return True


@lru_cache(maxsize=1024)
def intersection(one: Calendar, other: Calendar) -> Calendar:
    """When both calendars work. Raises `UserError` when they never do."""
    if one is other or one is ALWAYS:
        return other
    if other is ALWAYS:
        return one
    week = [_common(a, b) for a, b in zip(one.week, other.week, strict=True)]
    days = one.exceptions.keys() | other.exceptions.keys()
    exceptions = {day: _common(one.shifts(day), other.shifts(day)) for day in days}
    if not any(week) and not any(exceptions.values()):
        raise UserError(N_("These two calendars have no working time in common."))
    return Calendar(week, exceptions)


def _common(one: Shifts, other: Shifts) -> Shifts:
    return tuple((max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d))


ALWAYS = Calendar((((0, DAY),),) * 7)  # the clock: elapsed durations and lags
