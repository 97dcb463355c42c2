"""Weeks and windows by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.adoption import rules

D = dt.date


def test_a_week_with_a_public_holiday_is_scaled_to_five_days() -> None:
    # 11 November 2026 is a Wednesday, a public holiday in France but not in Great Britain
    assert len(rules.working_days(D(2026, 11, 9), "FR")) == 4
    assert len(rules.working_days(D(2026, 11, 9), "GB")) == 5
    # 6 login days of 3 accounts in 4 working days: 2 a head, 2.5 in a full week
    assert rules.days_per_week(6, 3, 4) == pytest.approx(2.5)
    assert rules.days_per_week(6, 3, 5) == pytest.approx(2.0)


def test_no_accounts_or_no_working_day_gives_no_figure() -> None:
    assert rules.days_per_week(6, 0, 5) is None
    assert rules.days_per_week(6, 3, 0) is None


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
    assert rules.last_full_week(until, country) == week


def test_an_account_counts_in_weeks_it_was_open_from_monday_to_friday() -> None:
    monday = D(2026, 11, 16)
    assert rules.is_open_all_week(None, None, monday)
    assert rules.is_open_all_week(monday, D(2026, 11, 21), monday)
    assert not rules.is_open_all_week(D(2026, 11, 17), None, monday)
    assert not rules.is_open_all_week(monday, D(2026, 11, 20), monday)
