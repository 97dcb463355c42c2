"""Weeks and windows by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.adoption import rules
from crm_pilot.people.working import OFFICE, Week, WorkingDays

D = dt.date


def calendars(country: str = "FR") -> WorkingDays:
    """Monday to Friday without the public holidays of a country."""
    return WorkingDays({}, Week(OFFICE, country))


def test_a_week_with_a_public_holiday_is_scaled_to_five_days() -> None:
    # 6 login days of 3 accounts in 4 working days each: 2 a head, 2.5 in a full week
    assert rules.days_per_week(6, 3 * 4) == pytest.approx(2.5)
    assert rules.days_per_week(6, 3 * 5) == pytest.approx(2.0)


def test_no_working_day_gives_no_figure() -> None:
    assert rules.days_per_week(6, 0) is None
    assert rules.regularity(6, 0.0) is None


def test_regularity_is_login_days_over_working_days_less_absences() -> None:
    assert rules.regularity(9, 21 - 2.5) == pytest.approx(9 / 18.5)


def test_expected_days_follow_the_working_days_of_the_period() -> None:
    assert rules.expected_days(3, 20) == pytest.approx(12.0)  # 3 a week, four full weeks
    assert rules.expected_days(5, 17.5) == pytest.approx(17.5)


def test_below_needs_a_figure_and_an_expectation() -> None:
    assert rules.is_below(2.9, 3)
    assert not rules.is_below(3.0, 3)
    assert not rules.is_below(None, 3)
    assert not rules.is_below(2.9, None)


def test_who_logged_in_before_the_days_kept_is_idle_and_not_a_stranger() -> None:
    day, kept = D(2026, 11, 20), D(2026, 11, 1)
    assert rules.idle_days(D(2026, 11, 13), None, None, day) == 7
    assert rules.idle_days(None, D(2026, 1, 5), None, day) is None
    assert rules.idle_days(None, D(2026, 1, 5), kept, day) == 20  # since 31 October at least
    assert rules.idle_days(None, None, kept, day) == 20
    assert rules.idle_days(None, kept, kept, day) is None  # opened when days were kept


@pytest.mark.parametrize(
    ("until", "country", "week"),
    [
        (D(2026, 11, 20), "FR", D(2026, 11, 16)),  # Friday: the week is full
        (D(2026, 11, 19), "FR", D(2026, 11, 9)),  # Thursday: the one before
        (D(2026, 11, 22), "FR", D(2026, 11, 16)),  # Sunday
        (D(2026, 12, 24), "FR", D(2026, 12, 21)),  # Christmas is the Friday: Thursday completes
        (D(2026, 12, 24), "ZZ", D(2026, 12, 14)),
    ],
)
def test_the_last_full_week_has_no_working_day_after_the_data(
    until: dt.date, country: str, week: dt.date
) -> None:
    assert rules.last_full_week(until, calendars(country)) == week


def test_an_account_counts_in_weeks_it_was_open_from_monday_to_friday() -> None:
    monday = D(2026, 11, 16)
    assert rules.is_open_all_week(None, None, monday)
    assert rules.is_open_all_week(monday, D(2026, 11, 21), monday)
    assert not rules.is_open_all_week(D(2026, 11, 17), None, monday)
    assert not rules.is_open_all_week(monday, D(2026, 11, 20), monday)
