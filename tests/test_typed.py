"""Dates and numbers as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.errors import UserError
from crm_pilot.typed import parse_day, parse_moment, parse_whole

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
        ("+3d", dt.date(2026, 11, 24)),
        ("+ 3 jours", dt.date(2026, 11, 24)),
        ("+3 sem", dt.date(2026, 12, 12)),
        ("3 sem", dt.date(2026, 12, 12)),
        ("3 sem.", dt.date(2026, 12, 12)),
        ("+2 semaines", dt.date(2026, 12, 5)),
        ("dans 2 semaines", dt.date(2026, 12, 5)),
        ("in 2 weeks", dt.date(2026, 12, 5)),
        ("2 weeks ago", dt.date(2026, 11, 7)),
        ("il y a 3 jours", dt.date(2026, 11, 18)),
        ("-1 mois", dt.date(2026, 10, 21)),
        ("+3 months", dt.date(2027, 2, 21)),
        ("+1 an", dt.date(2027, 11, 21)),
        ("fin nov", dt.date(2026, 11, 30)),
        ("fin nov.", dt.date(2026, 11, 30)),
        ("Fin février", dt.date(2027, 2, 28)),
        ("fin février 2028", dt.date(2028, 2, 29)),
        ("end of January", dt.date(2027, 1, 31)),
        ("mi-mars", dt.date(2027, 3, 15)),
        ("début avril", dt.date(2027, 4, 1)),
        ("fin de mois", dt.date(2026, 11, 30)),
        ("end of the month", dt.date(2026, 11, 30)),
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
        "3",
        "3 h",
        "+3 x",
        "+9999 mois",
        "fin 2026",
        "fin foo",
        "14h",
    ],
)
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_day(typed, TODAY)
    assert typed in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "day", "minute"),
    [
        ("12/3 14:00", dt.date(2027, 3, 12), 840),
        ("12 mars 14h", dt.date(2027, 3, 12), 840),
        ("12 mars 14 h 30", dt.date(2027, 3, 12), 870),
        ("12 mars à 14h30", dt.date(2027, 3, 12), 870),
        ("12 March at 2 pm", dt.date(2027, 3, 12), 840),
        ("March 12, 2:30pm", dt.date(2027, 3, 12), 870),
        ("12/3 12 am", dt.date(2027, 3, 12), 0),
        ("12/3 12 pm", dt.date(2027, 3, 12), 720),
        ("12/3 midi", dt.date(2027, 3, 12), 720),
        ("2026-03-12T14:05", dt.date(2026, 3, 12), 845),
        ("2026-03-12 14:05:59", dt.date(2026, 3, 12), 845),
        ("21 nov. 2026, 14:02", TODAY, 842),
        ("demain 9h", dt.date(2026, 11, 22), 540),
        ("samedi 0:00", dt.date(2026, 11, 28), 0),
        ("+2 sem 24:00", dt.date(2026, 12, 5), 1440),
        ("12 mars 14", dt.date(2014, 3, 12), None),
        ("12/3", dt.date(2027, 3, 12), None),
        ("fin nov", dt.date(2026, 11, 30), None),
        ("", None, None),
    ],
)
def test_a_time_may_follow(typed: str, day: dt.date | None, minute: int | None) -> None:
    assert parse_moment(typed, TODAY) == (day, minute)


@pytest.mark.parametrize("typed", ["12/3 25:00", "12/3 24:01", "12/3 14:60", "12/3 0 pm"])
def test_a_time_that_does_not_exist_is_said(typed: str) -> None:
    with pytest.raises(UserError, match="no time of day") as caught:
        parse_moment(typed, TODAY)
    assert typed in str(caught.value)


@pytest.mark.parametrize("typed", ["soon 14:00", "14:00", ", 14:00", "32/1 14h"])
def test_a_time_alone_is_no_date(typed: str) -> None:
    with pytest.raises(UserError, match="is not a date") as caught:
        parse_moment(typed, TODAY)
    assert typed in str(caught.value)


def test_moments_that_are_written_read_back() -> None:
    from crm_pilot import formats

    for step in range(0, 400 * 24 * 60, 7 * 24 * 60 + 61):
        at = dt.datetime(2026, 11, 21) + dt.timedelta(minutes=step)
        for language in ("fr", "en"):
            minute = at.hour * 60 + at.minute
            assert parse_moment(formats.moment(at, language), TODAY) == (at.date(), minute)


def test_a_month_on_keeps_to_the_month() -> None:
    assert parse_day("+1 mois", dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)
    assert parse_day("-1 mois", dt.date(2027, 3, 31)) == dt.date(2027, 2, 28)


@given(st.text(" 0123456789/.-:+,thdjsemainpfl'éû", max_size=18) | st.text(max_size=10))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    try:
        day, minute = parse_moment(typed, TODAY)
    except UserError:
        return
    assert day is None or 1900 <= day.year <= 2199
    assert minute is None or 0 <= minute <= 1440


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
