"""Earned value against published worked examples and by hand."""

import datetime as dt

import pytest

from crm_pilot.governance.earned_value import EarnedValue, done_share, last_day, planned

START = dt.date(2026, 3, 2)  # a Monday: the fence is built in four days
SIDE = 1000.0


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number - 1)


def test_the_fence_of_the_exam_book() -> None:
    """R. Mulcahy, "PMP Exam Prep", p. 210, as reproduced at
    https://studylib.net/doc/5898152/earned-value-exercise: a fence of four sides, a day and $1,000
    each. At the end of day three the first is complete for $1,000, the second for $1,200, the third
    half done for $600. Its results, rounded there: PV 3,000, EV 2,500, AC 2,800, CV −300, CPI .893,
    SV −500, SPI .833, EAC 4,479 (4,000 ÷ .893), ETC 1,679, VAC −479."""
    sides = [(1.0, 1000), (1.0, 1200), (0.5, 600), (0.0, 0)]
    plan = [planned(SIDE, day(n), day(n), {}, day(3)) for n in range(1, 5)]
    fence = EarnedValue(
        planned=sum(one or 0 for one in plan),
        earned=sum(SIDE * done for done, _ in sides),
        actual=sum(cost for _, cost in sides),
        budget=4 * SIDE,
        remaining=1679,
    )
    assert (fence.planned, fence.earned, fence.actual) == (3000, 2500, 2800)
    assert (fence.cost_variance, fence.schedule_variance) == (-300, -500)
    assert fence.cost_index == pytest.approx(0.893, abs=5e-4)
    assert fence.schedule_index == pytest.approx(0.833, abs=5e-4)
    assert fence.estimate_by_index == pytest.approx(4479, abs=1.5)  # the book divides by .893
    assert fence.variance_at_end == pytest.approx(-479, abs=1.5)
    assert fence.estimate == 4479  # AC + ETC


def test_the_manual_of_an_r_package() -> None:
    """PRA 0.3 (https://search.r-project.org/CRAN/refmans/PRA/html/sv.html and
    https://paulgovan.github.io/PRA/reference/cv.html): 100,000 planned as 10, 20, 40, 70 and 100 %
    over five periods, 35 % done and 36,000 spent after the third. CV is printed as −1,000."""
    months = {202601: 10_000, 202602: 10_000, 202603: 20_000, 202604: 30_000, 202605: 30_000}
    made = EarnedValue(
        planned=planned(100_000, None, None, months, dt.date(2026, 3, 31)),
        earned=100_000 * (done_share(0, 0, 35) or 0),
        actual=36_000,
        budget=100_000,
    )
    assert made.planned == pytest.approx(40_000)
    assert made.cost_variance == pytest.approx(-1000)
    assert made.schedule_variance == pytest.approx(-5000)
    assert made.estimate is None  # nobody said what is still needed


def test_progress_is_spent_over_spent_and_still_needed() -> None:
    """DOMAIN.md 5 [W78]: 7 hours done and 3 left are 70 %."""
    assert done_share(7, 3) == 0.7
    assert done_share(7, 3, 20) == 0.2  # as told, where it is
    assert done_share(0, 0) is None
    assert done_share(0, 12) == 0


def test_a_plan_is_spread_evenly_and_a_month_within_itself() -> None:
    first, last = dt.date(2026, 3, 1), dt.date(2026, 3, 10)
    spread = [planned(100, first, last, {}, first + dt.timedelta(days=n)) for n in (-1, 0, 4, 20)]
    assert spread == [0, 10, 50, 100]
    assert planned(5, None, None, {202611: 30, 202612: 10}, dt.date(2026, 11, 21)) == 21
    assert planned(5, None, None, {202611: 30, 202612: 10}, dt.date(2027, 5, 1)) == 40
    assert planned(100, None, last, {}, last) is None  # no plan is not a plan of nothing
    assert planned(0, None, None, {}, last) == 0
    assert last_day(202402) == dt.date(2024, 2, 29)


def test_what_is_not_known_stays_unknown() -> None:
    blank = EarnedValue(planned=None, earned=10, actual=0, budget=10)
    assert blank.schedule_index is None
    assert blank.schedule_variance is None
    assert blank.cost_index is None  # nothing spent: nothing to divide by
    assert blank.estimate_by_index is None
