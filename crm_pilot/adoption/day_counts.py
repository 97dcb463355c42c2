"""Counting many days at once: how many accounts did something on each day of a window.

Days are whole numbers whose bits are days (`use_days.py`). A count of every day at once is a list
of such numbers, its binary digits: adding an account is an addition with carry on all days
together, a few operations instead of one a day.
"""

from __future__ import annotations


class DayCounts:
    """For every bit, how many of the numbers added have it set."""

    def __init__(self) -> None:
        self._digits: list[int] = []  # the lowest first

    def add(self, days: int) -> None:
        """Count the days of one more number."""
        for place, digit in enumerate(self._digits):
            self._digits[place], days = digit ^ days, digit & days
            if not days:
                return
        if days:
            self._digits.append(days)

    def at(self, bit: int) -> int:
        """The count of a bit."""
        return sum((digit >> bit & 1) << place for place, digit in enumerate(self._digits))


def reaching(days: int, length: int) -> int:
    """Days on which a stretch of `length` days ends that holds one of `days`."""
    found, done = days, 1
    while done < length:
        step = min(done, length - done)
        found |= found << step
        done += step
    return found
