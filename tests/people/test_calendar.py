"""The calendar: public holidays by country, working days, and countries that are not known."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest

from crm_pilot.errors import UserError
from crm_pilot.people import calendar


@pytest.mark.parametrize("year", range(2009, 2061))
def test_french_holidays_agree_with_the_package(year: int) -> None:
    expected = frozenset(holidays.country_holidays("FR", years=(year,)))
    assert calendar.public_holidays("FR", year) == expected


@pytest.mark.parametrize("language", ["fr", "en"])
def test_french_holidays_are_called_as_the_package_calls_them(language: str) -> None:
    wanted = {"fr": "fr", "en": "en_US"}[language]
    for year in range(2009, 2061):
        known = holidays.country_holidays("FR", years=(year,), language=wanted)
        for day, name in known.items():
            ours = calendar.holiday_name("FR", day, language)
            assert sorted(ours.split("; ")) == sorted(name.split("; ")), day
    assert calendar.holiday_name("FR", dt.date(2026, 11, 12), language) == ""


@pytest.mark.parametrize("country", calendar.COUNTRIES)
def test_every_accepted_country_has_holidays_and_a_name(country: str) -> None:
    assert len(calendar.public_holidays(country, 2027)) >= 4
    for language in ("fr", "en"):
        assert calendar.country_name(country, language) != country


def test_a_country_that_is_not_known_has_no_holidays_and_is_refused() -> None:
    assert calendar.public_holidays("ZZ", 2026) == frozenset()
    with pytest.raises(UserError, match="zz") as refused:
        calendar.known_country("zz")
    assert "FR" in refused.value.message.english()
    assert calendar.known_country(" be ") == "BE"


def test_working_days_jump_weekends_and_holidays() -> None:
    days = calendar.WorkingDays(dt.date(2027, 7, 13), "FR")  # a Tuesday before Bastille Day
    assert [days.day(n).day for n in range(4)] == [13, 15, 16, 19]
    assert calendar.next_working_day(dt.date(2027, 5, 1), "FR") == dt.date(2027, 5, 3)
    with pytest.raises(ValueError, match="before the start"):
        days.day(-1)


def test_holidays_are_named_in_french() -> None:
    assert calendar.holiday_name("FR", dt.date(2027, 7, 14), "fr") == "Fête nationale"
    assert calendar.holiday_name("FR", dt.date(2027, 7, 15), "fr") == ""
