"""Durations as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot import i18n
from crm_pilot.errors import UserError
from crm_pilot.planning.durations import MOST, format_duration, parse_duration

DAY, WEEK, CLOCK = 480, 2400, 1440


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2 j", 2 * DAY),
        ("2j", 2 * DAY),
        ("2", 2 * DAY),
        ("0", 0),
        ("0 j", 0),
        ("0,5", DAY // 2),
        ("0,5 j", DAY // 2),
        (".5 d", DAY // 2),
        ("1/2 j", DAY // 2),
        ("½ j", DAY // 2),
        ("½", DAY // 2),
        ("1½ j", DAY * 3 // 2),
        ("2 1/2 jours", DAY * 5 // 2),
        ("2 jours et demi", DAY * 5 // 2),
        ("1 h et demie", 90),
        ("une demi-journée", DAY // 2),
        ("half a day", DAY // 2),
        ("1 jour", DAY),
        ("un jour", DAY),
        ("a week", WEEK),
        ("2 d", 2 * DAY),
        ("2 Days", 2 * DAY),
        ("2 jours ouvrés", 2 * DAY),
        ("2 working days", 2 * DAY),
        ("2 j?", 2 * DAY),
        ("3 jrs.", 3 * DAY),
        ("4 h", 240),
        ("4h", 240),
        ("4h30", 270),
        ("4 h 30", 270),
        ("4h30min", 270),
        ("4 h 5", 245),
        ("1,5 heure", 90),
        ("90 min", 90),
        ("90 mn", 90),
        ("90 minutes", 90),
        ("1 sem", WEEK),
        ("1 sem.", WEEK),
        ("3 semaines", 3 * WEEK),
        ("1.5 wk", WEEK * 3 // 2),
        ("2 mois", 40 * DAY),
        ("2 months", 40 * DAY),
        ("1 j 4 h", DAY + 240),
        ("1 sem, 2 j", WEEK + 2 * DAY),
        ("1 jour et 2 heures", DAY + 120),
        ("1\u202f000 h", 60_000),
        ("2\u00a0j", 2 * DAY),
        ("0,125 j", 60),
    ],
)
def test_working_durations(typed: str, minutes: int) -> None:
    assert parse_duration(typed) == (minutes, False)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2 j écoulés", 2 * CLOCK),
        ("2 j ecoules", 2 * CLOCK),
        ("2 je", 2 * CLOCK),
        ("2 jé", 2 * CLOCK),
        ("2 ed", 2 * CLOCK),
        ("2edays", 2 * CLOCK),
        ("2 elapsed days", 2 * CLOCK),
        ("2 jours calendaires", 2 * CLOCK),
        ("2 calendar days", 2 * CLOCK),
        ("48 eh", 2 * CLOCK),
        ("48 h écoulées", 2 * CLOCK),
        ("30 emin", 30),
        ("1 esem", 7 * CLOCK),
        ("1 ew", 7 * CLOCK),
        ("1 emo", 30 * CLOCK),
        ("1 j 12 h écoulés", CLOCK * 3 // 2),
        ("3 écoulés", 3 * CLOCK),
    ],
)
def test_elapsed_durations(typed: str, minutes: int) -> None:
    assert parse_duration(typed) == (minutes, True)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "j", "soon", "-2 j", "2 x", "2 m", "1/0 j", "2 j 3", "1,5,3 j", "12/3/4",
        "2 j 3 ed", "4h75", "2 working edays", "2 jours ouvrés écoulés", "1,200 h", "1.200 h",
        "2 j;", "9" * 70, "2 3 j", "4h99999", "+2 j",
    ],
)  # fmt: skip
def test_what_is_no_duration_is_said_with_what_is_accepted(typed: str) -> None:
    with pytest.raises(
        UserError, match=r"is not a duration\. Type for example 2 d, 0\.5 d"
    ) as said:
        parse_duration(typed)
    assert f"“{typed}”" in str(said.value)


def test_a_duration_of_centuries_is_a_slip() -> None:
    with pytest.raises(UserError, match="longer than a hundred years"):
        parse_duration("999999 sem")


def test_days_and_weeks_are_those_of_the_project() -> None:
    assert parse_duration("2 j", 420, 2100) == (840, False)
    assert parse_duration("1 sem 1 j", 420, 2100) == (2520, False)
    assert parse_duration("1 mois", 420, 2100) == (8400, False)
    assert parse_duration("2 ed", 420, 2100) == (2880, True)


@pytest.mark.parametrize(
    ("minutes", "french", "english"),
    [
        (13 * DAY, "13 j", "13 d"),
        (DAY // 2, "0,5 j", "0.5 d"),
        (0, "0 j", "0 d"),
        (120, "2 h", "2 h"),
        (45, "45 min", "45 min"),
        (270, "4 h 30 min", "4 h 30 min"),
        (DAY * 5 // 4, "1,25 j", "1.25 d"),
        (DAY + 80, "1 j 1 h 20 min", "1 d 1 h 20 min"),
        (1234 * DAY, "1234 j", "1234 d"),
        (-2 * DAY, "-2 j", "-2 d"),
    ],
)
def test_durations_are_written(minutes: int, french: str, english: str) -> None:
    assert format_duration(minutes, "fr").replace("\u00a0", " ") == french
    assert format_duration(minutes, "en").replace("\u00a0", " ") == english
    assert " " not in format_duration(minutes, "fr"), "never broken over two lines"


@pytest.mark.parametrize(
    ("minutes", "french"),
    [
        (2 * CLOCK, "2 j écoulés"),
        (CLOCK * 3 // 2, "1,5 j écoulé"),
        (CLOCK // 2, "0,5 j écoulé"),
        (240, "4 h écoulées"),
        (60, "1 h écoulée"),
        (CLOCK + 60, "1 j 1 h écoulés"),
    ],
)
def test_elapsed_durations_are_written(minutes: int, french: str) -> None:
    assert format_duration(minutes, "fr", elapsed=True).replace("\u00a0", " ") == french


def test_hours_where_the_day_is_not_eight() -> None:
    assert format_duration(240, "fr", 420).replace("\u00a0", " ") == "4 h"
    assert format_duration(210, "fr", 420).replace("\u00a0", " ") == "0,5 j"


@given(
    minutes=st.integers(0, MOST) | st.integers(0, 40).map(lambda n: n * 120),
    elapsed=st.booleans(),
    language=st.sampled_from(i18n.LANGUAGES),
    day=st.sampled_from([480, 420, 468, 1, 1440, 90]) | st.integers(1, 1440),
)
def test_what_is_written_reads_back(minutes: int, elapsed: bool, language: str, day: int) -> None:
    written = format_duration(minutes, language, day, elapsed)
    assert parse_duration(written, day, day * 5) == (minutes, elapsed)
    written.encode("cp1252")


@given(st.text(" 0123456789.,/½jdhwsemoinécoulé?+-", max_size=12) | st.text(max_size=8))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    try:
        minutes, _ = parse_duration(typed)
    except UserError:
        return
    assert 0 <= minutes <= MOST
