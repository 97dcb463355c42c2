"""Working hours as text: what is written reads back, what people write is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot import i18n
from crm_pilot.exchange.hours_text import read_day, read_hours, write_day, write_hours
from crm_pilot.planning.engine.worktime import Shifts, tidy

OFFICE = ((480, 720), (780, 1020))


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("08:00-12:00 13:00-17:00", OFFICE),
        ("8h-12h, 13h-17h", OFFICE),
        ("8 à 12 / 13 à 17", OFFICE),
        ("08:00 – 12:00 + 13:00 – 17:00", OFFICE),
        ("22:00-24:00", ((1320, 1440),)),
        ("00:00-24:00", ((0, 1440),)),
        ("08:00-12:00 12:00-17:00", ((480, 1020),)),
        ("", ()),
        ("non travaillé", ()),
        ("–", ()),
    ],
)
def test_the_shifts_of_a_day(text: str, shifts: Shifts) -> None:
    assert read_day(text) == shifts


@pytest.mark.parametrize(
    "text",
    ["8", "matin", "12:00-08:00", "08:00-12:00 11:00-13:00", "08:00-25:00", "8:70-9", "8-9x"],
)
def test_what_are_no_shifts(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_day(text)


def test_a_week_in_either_language() -> None:
    week = dict.fromkeys(range(5), OFFICE) | {5: (), 6: ()}
    french = "lun-ven 08:00-12:00 13:00-17:00; sam-dim non travaillé"
    assert write_hours(week, "fr") == french
    assert write_hours(week, "en") == "Mon-Fri 08:00-12:00 13:00-17:00; Sat-Sun not worked"
    assert read_hours(french) == week
    assert read_hours("Lundi à vendredi : 8h-12h, 13h-17h; sam. -; dim fermé") == week
    assert read_hours("Monday to Friday 8-12, 13-17; Sat-Sun off") == week
    assert read_hours("mer 08:00-12:00") == {2: ((480, 720),)}
    assert write_hours({0: OFFICE, 2: OFFICE}, "fr").count(";") == 1
    assert read_hours("") == {}
    assert write_hours({}, "fr") == ""


@pytest.mark.parametrize(
    "text", ["08:00-12:00", "foo 08:00-12:00", "ven-lun 8-12", "lun 8-12; lun 13-17", "lun 8"]
)
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_hours(text)


SHIFTS = st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=4).map(tidy)


@given(
    week=st.dictionaries(st.integers(0, 6), SHIFTS).map(lambda d: dict(sorted(d.items()))),
    language=st.sampled_from(i18n.LANGUAGES),
)
def test_what_is_written_reads_back(week: dict[int, Shifts], language: str) -> None:
    written = write_hours(week, language)
    assert read_hours(written) == week
    written.encode("cp1252")
    for shifts in week.values():
        assert read_day(write_day(shifts)) == shifts


@given(st.text(" 0123456789:h-;lunmarsaméàto", max_size=20))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        read_hours(text)
    except ValueError:
        return
