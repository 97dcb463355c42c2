"""Dates and numbers as people read them."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot import formats

NB, NN = "\u00a0", "\u202f"


def test_dates() -> None:
    day = dt.date(2027, 1, 12)
    assert formats.day(day, "fr") == f"12{NB}janv."
    assert formats.day(day, "fr", year=True) == f"12{NB}janv.{NB}2027"
    assert formats.day(day, "en", year=True) == f"12{NB}Jan{NB}2027"
    assert formats.day(dt.date(2026, 4, 1), "fr") == f"1ᵉʳ{NB}avr."
    assert formats.long_day(dt.date(2026, 11, 21), "fr") == f"21{NB}novembre{NB}2026"
    assert formats.month(day, "fr") == "janv."
    assert formats.week(dt.date(2026, 11, 21), "fr") == "S47"
    assert formats.week(dt.date(2027, 1, 1), "en") == "W53"
    assert formats.clock(dt.datetime(2026, 1, 1, 4, 2)) == "04:02"


@pytest.mark.parametrize(
    ("value", "decimals", "fr", "en"),
    [
        (1234567.5, 1, f"1{NN}234{NN}567,5", "1,234,567.5"),
        (-2.4, 1, "−2,4", "−2.4"),
        (-0.04, 1, "0,0", "0.0"),
        (0.5, 0, "0", "0"),
    ],
)
def test_numbers(value: float, decimals: int, fr: str, en: str) -> None:
    assert formats.number(value, "fr", decimals) == fr
    assert formats.number(value, "en", decimals) == en


def test_units_and_signs() -> None:
    assert formats.percent(0.734, "fr") == f"73{NN}%"
    assert formats.percent(0.734, "en") == "73%"
    assert formats.percent(None, "fr") == "–"
    assert formats.days(7, "fr", sign=True) == f"+7{NB}j"
    assert formats.days(0, "fr", sign=True) == f"0{NB}j"
    assert formats.money(46_900_000, "fr") == f"469{NB}k€"
    assert formats.money(-200_000, "en") == "−€2k"
    assert formats.money(1_900_000, "fr", sign=True) == f"+19{NB}k€"
    assert formats.ordinal(1, "fr") == "1ᵉʳ"
    assert [formats.ordinal(n, "en") for n in (1, 2, 3, 11, 23)] == [
        "1st",
        "2nd",
        "3rd",
        "11th",
        "23rd",
    ]


def test_work_in_person_days() -> None:
    assert formats.person_days(4, "fr") == "4\u00a0j\u2011h"
    assert formats.person_days(4.52, "fr") == "4,5\u00a0j\u2011h"
    assert formats.person_days(19.5, "en") == "20\u00a0p\u2011d"
    assert formats.person_days(9.96, "en") == "10\u00a0p\u2011d"
    assert formats.person_days(3.97, "en", sign=True) == "+4\u00a0p\u2011d"
    assert formats.amount(0, "en") == "0"
