"""Days of use in memory: whole numbers whose bits are days. Pure functions.

A month is the whole number `202611`; the days of an account are one number whose bit n is the n-th
day of a window, so that weeks, months and windows of 28 days are shifts and counts of bits.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from crm_pilot.records import dataclass

EPOCH = dt.date(1970, 1, 1).toordinal()


def month_of(day: dt.date) -> int:
    """2026-11-21 → 202611."""
    return day.year * 100 + day.month


def first_of(month: int) -> dt.date:
    """202611 → 2026-11-01."""
    return dt.date(month // 100, month % 100, 1)


def last_of(month: int) -> dt.date:
    """202611 → 2026-11-30."""
    return first_of(after(month)) - dt.timedelta(days=1)


def after(month: int, count: int = 1) -> int:
    """The month `count` later (earlier when negative): 202612 → 202701."""
    place = month // 100 * 12 + month % 100 - 1 + count
    return place // 12 * 100 + place % 12 + 1


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> dt.date:
    """The day of that number."""
    return dt.date.fromordinal(number + EPOCH)


@dataclass(frozen=True)
class UseDays:
    """Days on which accounts did something, from `first` to `last`: bit n is `first` + n days."""

    first: dt.date
    last: dt.date
    bits: Mapping[int, int]

    def of(self, account: int) -> int:
        """All days of an account."""
        return self.bits.get(account, 0)

    def between(self, account: int, first: dt.date, last: dt.date) -> int:
        """Days of an account from `first` to `last`, both included; bit 0 is `first` (the start
        of the window where that is later)."""
        start = max(0, (first - self.first).days)
        length = min(last, self.last).toordinal() - self.first.toordinal() - start + 1
        return self.bits.get(account, 0) >> start & (1 << length) - 1 if length > 0 else 0

    def count(self, account: int, first: dt.date, last: dt.date) -> int:
        """How many days of an account lie in a stretch."""
        return self.between(account, first, last).bit_count()

    def mask(self, days: Iterable[dt.date]) -> int:
        """The bits of some days; those outside the window are left out."""
        found = 0
        for day in days:
            if self.first <= day <= self.last:
                found |= 1 << (day - self.first).days
        return found

    def days(self, account: int) -> list[dt.date]:
        """The days of an account, in order."""
        bits, found = self.of(account), []
        while bits:
            low = bits & -bits
            found.append(self.first + dt.timedelta(days=low.bit_length() - 1))
            bits ^= low
        return found


NOTHING = UseDays(dt.date(1970, 1, 1), dt.date(1970, 1, 1), {})


def months_between(first: dt.date, last: dt.date) -> Iterator[int]:
    """Every month touched by the days `first` to `last`, in order."""
    month = month_of(first)
    while month <= month_of(last):
        yield month
        month = after(month)


def length(first: dt.date, last: dt.date) -> int:
    """How many days from `first` to `last`, both included; never below zero."""
    return max(0, (last - first).days + 1)


def stretch(first: dt.date, begin: dt.date | None, end: dt.date | None, count: int) -> int:
    """Bits of the days from `begin` to before `end` in a window of `count` days from `first` on;
    None: unbounded."""
    low = 0 if begin is None else min(max(0, (begin - first).days), count)
    high = count if end is None else min(max(0, (end - first).days), count)
    return (1 << high) - (1 << low) if high > low else 0


def window(
    months: Iterable[tuple[int, Mapping[int, int]]], first: dt.date, last: dt.date
) -> UseDays:
    """The months touched by `first` to `last` (month, days of each account) as one window."""
    if last < first:
        return UseDays(first, first, {})
    start = first.replace(day=1)
    bits: dict[int, int] = defaultdict(int)
    for month, days in months:
        offset = (first_of(month) - start).days
        for account, some in days.items():
            bits[account] |= some << offset
    skip, keep = (first - start).days, (1 << length(first, last)) - 1
    cut = {account: days >> skip & keep for account, days in bits.items()}
    return UseDays(first, last, {account: days for account, days in cut.items() if days})


def trailing(bits: int, days: int = 28) -> int:
    """Bit n is set where any of the `days` bits that end with n is."""
    reach = 1
    while reach < days:
        step = min(reach, days - reach)
        bits |= bits << step
        reach += step
    return bits


LANE = 16  # bits of a lane: a sum of up to 65,535 accounts


def spread(bits: int) -> int:
    """The same bits, a lane each: sums of such numbers count the accounts of every day at once."""
    return int(f"{bits:b}".replace("0", "0000").replace("1", "0001"), 16)


def lanes(total: int, count: int) -> list[int]:
    """The first `count` lanes of a sum."""
    raw = total.to_bytes(max(count * LANE // 8, total.bit_length() // 8 + 1), "little")
    return [raw[n] | raw[n + 1] << 8 for n in range(0, count * 2, 2)]
