"""Hours of a day, as people type them."""

from __future__ import annotations

import pytest

from crm_pilot.errors import UserError
from crm_pilot.planning.shifts import minutes_of, parse_shifts, shifts_text

OFFICE = ((480, 720), (780, 1020))


@pytest.mark.parametrize(
    "text",
    [
        "8:00-12:00, 13:00-17:00",
        "8:00–12:00, 13:00–17:00",
        "8h-12h 13h-17h",
        "8-12 13-17",
        "13:00-17:00; 8:00-12:00",
        "8h00 à 12h00 et 13h00 à 17h00",
        "8.00 to 12.00 and 13.00 to 17.00",
        "08:00\u202f–\u202f12:00 / 13:00 – 17:00",
    ],
)
def test_two_shifts(text: str) -> None:
    assert parse_shifts(text) == OFFICE


@pytest.mark.parametrize("text", ["", " ", "-", "fermé", "Closed", "off"])
def test_a_day_off(text: str) -> None:
    assert parse_shifts(text) == ()


def test_half_hours_midnight_and_three_shifts() -> None:
    assert parse_shifts("13h30-17h30") == ((810, 1050),)
    assert parse_shifts("22:00-24:00, 0:00-6:00") == ((0, 360), (1320, 1440))
    assert parse_shifts("6-8 9-12 13-15") == ((360, 480), (540, 720), (780, 900))


@pytest.mark.parametrize("shifts", [OFFICE, (), ((0, 1440),), ((525, 745), (810, 1050))])
def test_what_is_written_reads_back(shifts: tuple[tuple[int, int], ...]) -> None:
    assert parse_shifts(shifts_text(shifts)) == shifts


@pytest.mark.parametrize(
    "text", ["eight", "8", "8-", "17-8", "8-12 11-15", "25-26", "8:75-12", "8-12x13-17", "12-12"]
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_shifts(text)


def test_minutes() -> None:
    assert minutes_of(OFFICE) == 480
