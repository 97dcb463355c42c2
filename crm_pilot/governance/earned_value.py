"""Earned value (valeur acquise) as pure functions of amounts, in cents or any other unit.

PV is CBTP (budgeted cost of planned work), EV is CBTE (of done work), AC is CRTE (actual cost of
done work); DOMAIN.md 5 [W79] [W80] [W81]. Tested against two published worked examples: the fence
of R. Mulcahy, "PMP Exam Prep", p. 210 (https://studylib.net/doc/5898152/earned-value-exercise), and
the manual of the R package PRA (https://search.r-project.org/CRAN/refmans/PRA/html/sv.html).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

from crm_pilot.records import dataclass

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class EarnedValue:
    """The three values on a day, with the budget (BAC) and what is still needed (RAF, ETC).

    None is not known; every figure made from it is then not known either.
    """

    planned: float | None
    earned: float | None
    actual: float
    budget: float
    remaining: float | None = None

    @property
    def cost_variance(self) -> float | None:
        """CV, écart de coût = EV − AC; above 0 under budget."""
        return None if self.earned is None else self.earned - self.actual

    @property
    def schedule_variance(self) -> float | None:
        """SV, écart de délai = EV − PV; above 0 ahead."""
        if self.earned is None or self.planned is None:
            return None
        return self.earned - self.planned

    @property
    def cost_index(self) -> float | None:
        """CPI, IPC = EV ÷ AC; above 1 favourable."""
        return ratio(self.earned, self.actual)

    @property
    def schedule_index(self) -> float | None:
        """SPI, IPD = EV ÷ PV; above 1 favourable."""
        return ratio(self.earned, self.planned)

    @property
    def estimate(self) -> float | None:
        """EAC, ECA = AC + RAF, what is still needed being re-estimated by those who do it."""
        return None if self.remaining is None else self.actual + self.remaining

    @property
    def estimate_by_index(self) -> float | None:
        """EAC = BAC ÷ CPI: if the rest costs what the work done so far did. A cross-check."""
        return ratio(self.budget, self.cost_index)

    @property
    def variance_at_end(self) -> float | None:
        """VAC = BAC − EAC, the latter by index as in the published example."""
        by_index = self.estimate_by_index
        return None if by_index is None else self.budget - by_index


def ratio(over: float | None, under: float | None) -> float | None:
    """over ÷ under; None without either, or where nothing is there to divide by."""
    return over / under if over is not None and under else None


def done_share(spent: float, remaining: float, percent: int | None = None) -> float | None:
    """Share of the work that is done: as told in per cent, or spent ÷ (spent + RAF) [W78].

    7 hours done and 3 left are 0.7. None: nothing was spent and nothing is still needed.
    """
    if percent is not None:
        return percent / 100
    return ratio(spent, spent + remaining)


def planned(
    baseline: float,
    starts: dt.date | None,
    ends: dt.date | None,
    months: Mapping[int, float],
    day: dt.date,
) -> float | None:
    """Planned value of a line at the end of `day`.

    `months` (202611 → amount) where the plan was written by month, even within a month; otherwise
    the baseline evenly over the days from `starts` to `ends`, both worked. None: no plan known.
    """
    if months:
        return sum(amount * _part(month, day) for month, amount in months.items())
    if starts is None or ends is None:
        return 0.0 if not baseline else None
    return baseline * _share(starts, max(ends, starts), day)


def month_of(day: dt.date) -> int:
    """202611 for a day of November 2026."""
    return day.year * 100 + day.month


def last_day(month: int) -> dt.date:
    """The last day of 202611."""
    year, number = divmod(month, 100)
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def _part(month: int, day: dt.date) -> float:
    end = last_day(month)
    return _share(end.replace(day=1), end, day)


def _share(first: dt.date, last: dt.date, day: dt.date) -> float:
    """Part of the days from `first` to `last` that is over at the end of `day`."""
    if day < first:
        return 0.0
    over = min(day, last) - first + ONE_DAY
    return over / (last - first + ONE_DAY)
