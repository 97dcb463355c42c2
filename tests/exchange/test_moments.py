"""Dates as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.exchange.moments import Moments, Order, Unreadable, choose_order, zone_of

TODAY = dt.date(2026, 3, 20)


def read(text: str, order: Order = Order.DAY_FIRST, *, utc: bool = False) -> dt.datetime:
    return Moments(order, zone_of("FR"), TODAY, utc=utc).read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05-01-2026 16:24", "2026-01-05 16:24"),
        ("12/Mar/24 9:41 AM", "2024-03-12 09:41"),
        ("12/Mar/24 12:05 AM", "2024-03-12 00:05"),
        ("12/Mar/24 12:05 PM", "2024-03-12 12:05"),
        ("31/Mar/24", "2024-03-31 00:00"),
        ("12/3", "2026-03-12 00:00"),
        ("28/12", "2025-12-28 00:00"),  # the nearest to 20 March 2026
        ("12 mars 2026", "2026-03-12 00:00"),
        ("1er avril 2026 à 9h41", "2026-04-01 09:41"),
        ("jeu. 12 mars 2026 16:24", "2026-03-12 16:24"),
        ("12 de março de 2026", "2026-03-12 00:00"),
        ("March 12, 2026 4:05 PM", "2026-03-12 16:05"),
        ("2026-03-12T09:00:00Z", "2026-03-12 10:00"),  # Paris, winter
        ("2026-07-12T22:30:00.000+0000", "2026-07-13 00:30"),  # Paris, summer: the next day
        ("2026-03-12T09:00:00+01:00", "2026-03-12 09:00"),
        ("2026-03-12 09:00:00", "2026-03-12 09:00"),
        ("2026-03-12", "2026-03-12 00:00"),
        ("20231218", "2023-12-18 00:00"),
        ("12.03.26", "2026-03-12 00:00"),
        ("29-02-2016 01:16", "2016-02-29 01:16"),
    ],
)
def test_a_moment_is_read_as_written(text: str, expected: str) -> None:
    assert read(text) == dt.datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    ["", "hello", "31/02/2026", "29-02-2017", "25:00", "12", "12/13/2026", "2026-03-12T10",
     "12/Mar/24 13:41 PM", "12 foo 2026", "0000-00-00 00:00", "12/03/1726", "2026-03-12 24:00"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_compact_utc_moments_become_local_days() -> None:
    assert read("20231218234831.655", utc=True) == dt.datetime(2023, 12, 19, 0, 48, 31)


def test_a_value_above_twelve_decides_for_the_whole_column() -> None:
    found = choose_order(["01/02/2026", "03/04/2026", "13/04/2026"], "en")
    assert found is not None
    assert found.order is Order.DAY_FIRST
    assert "13/04/2026" in found.why.english()
    found = choose_order(["01/02/2026", "6/21/2025 16:14"], "fr")
    assert found is not None
    assert found.order is Order.MONTH_FIRST
    assert read("6/21/2025 16:14", found.order) == dt.datetime(2025, 6, 21, 16, 14)


def test_without_evidence_the_language_decides() -> None:
    french, english = choose_order(["01/02/2026"], "fr"), choose_order(["01/02/2026"], "en")
    assert french is not None
    assert english is not None
    assert (french.order, english.order) == (Order.DAY_FIRST, Order.MONTH_FIRST)
    dashed = choose_order(["01-02-2026"], "en")
    assert dashed is not None
    assert dashed.order is Order.DAY_FIRST
    forced = choose_order(["13/02/2026"], "en", forced=Order.MONTH_FIRST)
    assert forced is not None
    assert forced.order is Order.MONTH_FIRST
    assert choose_order(["2026-03-12", "12 mars 2026"], "fr") is None


@pytest.mark.parametrize(
    ("country", "zone"),
    [("FR", "Europe/Paris"), ("ES", "Europe/Madrid"), ("PT", "Europe/Lisbon"), ("ZZ", "Etc/GMT")],
)
def test_the_country_gives_the_time_zone(country: str, zone: str) -> None:
    assert zone_of(country).key == zone


def test_a_date_that_cannot_be_proves_no_order() -> None:
    found = choose_order(["32/11/2026", "05/11/2026"], "fr")
    assert found is not None and not found.sure
