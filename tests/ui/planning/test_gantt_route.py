"""Links run at right angles from the right end to the right end, round what is in their way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.planning.terms import LinkKind
from ui.screens.planning.gantt_route import BAR, BAR_TOP, MIDDLE, End, Taken, route
from ui.widgets.grid import ROW_HEIGHT

FREE = Taken({}, 0.0)
ends = st.builds(
    lambda left, wide, row, point: End(
        left, left + (15 if point else wide), row * ROW_HEIGHT, point
    ),
    st.floats(0, 800),
    st.floats(3, 400),
    st.integers(0, 40),
    st.booleans(),
)


def bar(left: float, right: float, row: int, *, text: bool = False) -> End:
    return End(left, right, row * ROW_HEIGHT, False, text)


@given(st.sampled_from(LinkKind), ends, ends)
def test_every_link_turns_at_right_angles_and_meets_its_end(
    kind: LinkKind, before: End, after: End
) -> None:
    if before.y == after.y:
        return
    found = route(kind, before, after, FREE)
    for (x1, y1), (x2, y2) in zip(found.points, found.points[1:], strict=False):
        assert abs(x1 - x2) < 0.5 or abs(y1 - y2) < 0.5
    (x, y), tip = found.points[0], found.tip
    if kind in (LinkKind.FS, LinkKind.FF) and not (before.milestone and kind is LinkKind.FS):
        assert x == before.right
    elif kind in (LinkKind.SS, LinkKind.SF):
        assert x == before.left
    assert before.y <= y <= before.y + ROW_HEIGHT
    assert after.y <= tip[1] <= after.y + ROW_HEIGHT
    wanted = {LinkKind.SS: after.left, LinkKind.FF: after.right, LinkKind.SF: after.right}
    if kind in wanted:
        assert tip == (wanted[kind], after.middle)
    else:
        assert after.left <= tip[0] <= after.right
    last = found.points[-1]  # the arrow goes on where the line ends
    assert (tip[0] - last[0], tip[1] - last[1]) == pytest.approx(
        (found.way[0] * 5.0, found.way[1] * 5.0)
    )


def test_a_link_runs_along_its_own_bar_and_down_onto_the_next() -> None:
    found = route(LinkKind.FS, bar(10, 100, 0), bar(200, 300, 1), FREE)
    assert found.points == ((100, MIDDLE), (205, MIDDLE), (205, ROW_HEIGHT + BAR_TOP - 5.5))
    assert found.way == (0, 1)


def test_upwards_it_meets_the_bar_from_below() -> None:
    found = route(LinkKind.FS, bar(10, 100, 3), bar(200, 300, 1), FREE)
    assert found.way == (0, -1) and found.tip[1] == ROW_HEIGHT + BAR_TOP + BAR + 0.5


def test_a_link_goes_down_before_the_text_of_its_bar() -> None:
    found = route(LinkKind.FS, bar(10, 100, 0, text=True), bar(200, 300, 1), FREE)
    assert found.points[1] == (106, MIDDLE) and len(found.points) == 5


def test_a_link_takes_the_way_that_crosses_fewer_bars() -> None:
    before, after = bar(10, 100, 0), bar(200, 300, 4)
    under_tip = dict.fromkeys((1, 2, 3), (180.0, 240.0))
    near_start = dict.fromkeys((1, 2, 3), (95.0, 140.0))
    assert route(LinkKind.FS, before, after, Taken(under_tip, 0)).points[1][0] == 106
    assert route(LinkKind.FS, before, after, Taken(near_start, 0)).points[1][0] == 205


def test_a_successor_that_begins_earlier_is_met_from_above() -> None:
    """A lead, or a line planned by hand: round the end of the bar, back between the rows."""
    found = route(LinkKind.FS, bar(100, 300, 0), bar(50, 90, 1), FREE)
    assert found.points[1] == (306, MIDDLE)
    assert found.points[3] == (55, 26.0)
    assert found.way == (0, 1)


def test_crossed_counts_only_rows_between() -> None:
    taken = Taken({0: (0, 50), 1: (0, 50), 2: (0, 50), 5: (0, 50)}, 0.0)
    assert taken.crossed(25, 1, 3 * ROW_HEIGHT + 1) == 2
    assert taken.crossed(60, 1, 3 * ROW_HEIGHT + 1) == 0
    assert taken.crossed(25, 9_000_000, -9_000_000) == 4
