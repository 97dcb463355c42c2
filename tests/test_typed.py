"""Dates and numbers as people type them."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.typed import parse_day, parse_whole

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/3", dt.date(2027, 3, 12)),
        ("12/3/2026", dt.date(2026, 3, 12)),
        ("12.03.26", dt.date(2026, 3, 12)),
        ("12 mars", dt.date(2027, 3, 12)),
        ("1er déc.", dt.date(2026, 12, 1)),
        ("1ᵉʳ déc. 2026", dt.date(2026, 12, 1)),
        ("12 janv. 2027", dt.date(2027, 1, 12)),
        ("12 February 2027", dt.date(2027, 2, 12)),
        ("March 12th, 2027", dt.date(2027, 3, 12)),
        ("2026-03-12", dt.date(2026, 3, 12)),
        ("demain", dt.date(2026, 11, 22)),
        ("Aujourd’hui", TODAY),
        ("+2w", dt.date(2026, 12, 5)),
        ("-3j", dt.date(2026, 11, 18)),
        ("20/11", dt.date(2026, 11, 20)),
        ("lundi 11 janvier", dt.date(2027, 1, 11)),
        ("Lundi 11/1", dt.date(2027, 1, 11)),
        ("lun. 11 janv. 2027", dt.date(2027, 1, 11)),
        ("le mardi 24 novembre", dt.date(2026, 11, 24)),
        ("mar. 24 nov.", dt.date(2026, 11, 24)),
        ("Monday, January 11th, 2027", dt.date(2027, 1, 11)),
        ("Mon 11 Jan", dt.date(2027, 1, 11)),
        ("mar 3", dt.date(2027, 3, 3)),
        ("samedi", dt.date(2026, 11, 28)),
        ("dimanche", dt.date(2026, 11, 22)),
    ],
)
def test_dates_as_people_write_them(typed: str, day: dt.date) -> None:
    assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "soon",
        "32/1",
        "12/13",
        "2026-02-30",
        "12 mai mai",
        "7 foo",
        "31/12/9999",
        "1/1/0202",
        "mardi 11/1",
    ],
)
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_day(typed, TODAY)
    assert typed in str(caught.value)


def test_nothing_typed_is_no_date() -> None:
    assert parse_day("  ", TODAY) is None


def test_the_product_reads_the_dates_it_writes() -> None:
    from crm_pilot import formats

    for offset in range(0, 400, 7):
        day = TODAY + dt.timedelta(days=offset)
        for language in ("fr", "en"):
            assert parse_day(formats.day(day, language, year=True), TODAY) == day


@pytest.mark.parametrize(
    ("typed", "value"), [("12", 12), ("73 %", 73), ("1\u202f234", 1234), ("−4", -4), ("", None)]
)
def test_whole_numbers(typed: str, value: int | None) -> None:
    assert parse_whole(typed) == value


def test_numbers_out_of_range_are_said() -> None:
    with pytest.raises(UserError, match="between"):
        parse_whole("120", 0, 100)
    with pytest.raises(UserError):
        parse_whole("1,5")
