"""What a line waits for, as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot import i18n
from crm_pilot.errors import UserError
from crm_pilot.planning.predecessors import Wait, format_waits, parse_waits
from crm_pilot.planning.terms import LagUnit, LinkKind

FS, SS, FF, SF = LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF
WORKING, ELAPSED = LagUnit.WORKING, LagUnit.ELAPSED
PERCENT, ELAPSED_PERCENT = LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT
NUMBERS = {str(number): number + 100 for number in range(30)} | {"1.2": 500, "1.2.3": 501}


def read(text: str) -> list[Wait]:
    return list(parse_waits(text, NUMBERS))


def wait(number: int, *more: object) -> Wait:
    return Wait(number + 100, *more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "waits"),
    [
        ("", []),
        (" ; ", []),
        ("12", [wait(12)]),
        ("12;14", [wait(12), wait(14)]),
        ("14, 12", [wait(14), wait(12)]),
        ("4 7\n8", [wait(4), wait(7), wait(8)]),
        ("12;12", [wait(12)]),
        ("1.2; 1.2.3FF", [Wait(500), Wait(501, FF)]),
        ("14FS+2d", [wait(14, FS, 960)]),
        ("14fs + 2 days", [wait(14, FS, 960)]),
        ("16 FD + 3 j", [wait(16, FS, 1440)]),
        ("16+3j", [wait(16, FS, 1440)]),
        ("16FD+3", [wait(16, FS, 1440)]),
        ("15DD-50%", [wait(15, SS, -50, PERCENT)]),
        ("15SS−50 %", [wait(15, SS, -50, PERCENT)]),
        ("15SS+25e%", [wait(15, SS, 25, ELAPSED_PERCENT)]),
        ("15DD+25 % écoulés", [wait(15, SS, 25, ELAPSED_PERCENT)]),
        ("17FF+2ed", [wait(17, FF, 2880, ELAPSED)]),
        ("17FF+2 jé", [wait(17, FF, 2880, ELAPSED)]),
        ("17FF+2 j écoulés", [wait(17, FF, 2880, ELAPSED)]),
        ("17FF+2 je, 18", [wait(17, FF, 2880, ELAPSED), wait(18)]),
        ("18DF-1,5 j", [wait(18, SF, -720)]),
        ("18SF-½ j", [wait(18, SF, -240)]),
        ("18SF+1/2d 19", [wait(18, SF, 240), wait(19)]),
        ("18FS+0d", [wait(18)]),
        ("18FS+1 sem; 19FS+4h", [wait(18, FS, 2400), wait(19, FS, 240)]),
        ("18FS+2, 19", [wait(18, FS, 960), wait(19)]),
    ],
)
def test_what_people_write_is_read(typed: str, waits: list[Wait]) -> None:
    assert read(typed) == waits


@pytest.mark.parametrize(
    ("typed", "piece"),
    [
        ("abc", "abc"),
        ("12; abc", "abc"),
        ("12; 14XX", "14XX"),
        ("12; 14FSS; 15", "14FSS"),
        ("12-14", "12-14"),
        ("12FS+2,13", "12FS+2,13"),
        ("14FS+2x", "14FS+2x"),
        ("14FS+", "14FS+"),
        ("14FS2d", "14FS2d"),
        ("14FS+2m", "14FS+2m"),
        ("14DD-1,5%", "14DD-1,5%"),
        ("14DD-99999%", "14DD-99999%"),
        ("14FS+9999999 sem", "14FS+9999999 sem"),
        ("14FS++2d", "14FS++2d"),
        ("-14", "-14"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_is_accepted(typed: str, piece: str) -> None:
    with pytest.raises(UserError, match=r"cannot be read\. Type the numbers") as said:
        read(typed)
    assert f"“{piece}”" in str(said.value)


def test_a_number_no_line_has_is_named() -> None:
    with pytest.raises(UserError, match="There is no line with the number 99"):
        read("12; 99FS+2d")
    assert parse_waits("12", lambda number: int(number) * 2) == (Wait(24),)


def test_a_line_waits_for_another_in_one_way_only() -> None:
    with pytest.raises(UserError, match="Line 12 is named twice"):
        read("12; 12SS")


def test_days_are_those_of_the_project() -> None:
    assert parse_waits("12FS+1 j; 13FS+1 sem", NUMBERS, 420, 2100) == (
        wait(12, FS, 420),
        wait(13, FS, 2100),
    )


def test_far_too_long_a_text_is_refused() -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read("1;" * 10_000)


def test_waits_are_written_in_either_language() -> None:
    waits = [Wait(12), Wait(14, FS, 960), Wait(15, SS, -50, PERCENT), Wait(17, FF, 2880, ELAPSED),
             Wait(18, SS), Wait(19, SF, -720), Wait(20, FS, 90), Wait(21, FS, 35),
             Wait(22, FF, 10, ELAPSED_PERCENT)]  # fmt: skip
    assert format_waits(waits, str, "fr").replace("\u00a0", " ") == (
        "12; 14FD+2 j; 15DD-50%; 17FF+2 jé; 18DD; 19DF-1,5 j; 20FD+1,5 h; 21FD+35 min; 22FF+10e%"
    )
    assert format_waits(waits, str, "en").replace("\u00a0", " ") == (
        "12; 14FS+2 d; 15SS-50%; 17FF+2 ed; 18SS; 19SF-1.5 d; 20FS+1.5 h; 21FS+35 min; 22FF+10e%"
    )


LAGS = st.one_of(
    st.just((0, WORKING)),
    st.tuples(
        st.integers(-500_000, 500_000) | st.integers(-40, 40).map(lambda n: n * 120),
        st.sampled_from([WORKING, ELAPSED]),
    ),
    st.tuples(st.integers(-10_000, 10_000), st.sampled_from([PERCENT, ELAPSED_PERCENT])),
).filter(lambda lag: lag[0] != 0 or lag[1] is WORKING)
WAITS = st.lists(
    st.builds(
        lambda before, kind, lag: Wait(before, kind, *lag),
        st.integers(1, 99_999),
        st.sampled_from(LinkKind),
        LAGS,
    ),
    max_size=6,
    unique_by=lambda found: found.before,
)


@given(WAITS, st.sampled_from(i18n.LANGUAGES), st.sampled_from([480, 420, 437, 1440]))
def test_what_is_written_reads_back(waits: list[Wait], language: str, day: int) -> None:
    written = format_waits(waits, {number: str(number) for number in range(100_000)}, language, day)
    assert list(parse_waits(written, int, day, day * 5)) == waits
    written.encode("cp1252")


@given(st.text(" 0123456789.,;fsdSFD+-%ejhé½/\n", max_size=16) | st.text(max_size=8))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    try:
        found = read(typed)
    except UserError:
        return
    assert len({each.before for each in found}) == len(found)
