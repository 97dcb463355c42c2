"""Which links are seen, what they allow, which are critical, and what circle a new one closes."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from crm_pilot.planning.calendars import OFFICE_WEEK
from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.engine.worktime import Calendar, at
from crm_pilot.planning.rows import LinkRow, TaskRow
from crm_pilot.planning.terms import LagUnit, LinkKind, Pillar, TaskKind
from ui.screens.planning.gantt_data import Span
from ui.screens.planning.gantt_links import (
    MOST_PASSING,
    Circles,
    LinkIndex,
    as_rows,
    bound,
    contradicted,
    drives,
)

OFFICE = Calendar(OFFICE_WEEK)
MONDAY, TUESDAY = dt.date(2026, 11, 16), dt.date(2026, 11, 17)


def link(before: int, after: int, kind: LinkKind = LinkKind.FS, **more: object) -> LinkRow:
    return LinkRow(before * 1000 + after, before, after, False, kind, **more)  # type: ignore[arg-type]


def task(kind: TaskKind = TaskKind.TASK) -> TaskRow:
    day = MONDAY
    return TaskRow(
        1, None, 0, kind, Pillar.DEPLOYMENT, "A", day, day, 0, None, "", None, False, "", None, None
    )


# seen --------------------------------------------------------------------------------------------


def test_the_index_finds_what_a_look_at_all_finds() -> None:
    dice = random.Random(3)
    links = [link(dice.randrange(3000), dice.randrange(3000)) for _ in range(90)]
    links += [link(n, n + dice.randrange(1, 4)) for n in range(0, 2900, 7)]
    index = LinkIndex(links, {key: key for key in range(3000)})
    for first in range(0, 2980, 37):
        rows = range(first, first + 20)
        wanted = {
            one.id
            for one in links
            if min(one.predecessor_id, one.successor_id) < rows.stop
            and max(one.predecessor_id, one.successor_id) >= rows.start
        }
        assert {found.id for found, _, _ in index.seen(rows)} == wanted


def test_links_that_only_pass_are_limited_those_that_end_here_are_not() -> None:
    links = [link(n, 9_000 + n) for n in range(1_000)] + [link(5_000, n) for n in range(900)]
    index = LinkIndex(links, {key: key for key in range(10_000)})
    found = list(index.seen(range(5_000, 5_020)))
    assert len(found) == 900 + MOST_PASSING


def test_links_of_hidden_lines_are_left_out() -> None:
    assert LinkIndex([link(1, 2), link(2, 3)], {1: 0, 2: 1}).links == [(link(1, 2), 0, 1)]


def test_pairs_are_finish_to_start_links() -> None:
    assert as_rows([(1, 2)])[0].kind is LinkKind.FS


# allowed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "lag", "unit", "wanted"),
    [
        (LinkKind.FS, 0, LagUnit.WORKING, at(dt.date(2026, 11, 18), 480)),
        (LinkKind.FS, 480, LagUnit.WORKING, at(dt.date(2026, 11, 19), 480)),
        (LinkKind.FS, -240, LagUnit.WORKING, at(TUESDAY, 780)),
        (LinkKind.FS, 1440, LagUnit.ELAPSED, at(dt.date(2026, 11, 19), 480)),
        (LinkKind.FS, 50, LagUnit.PERCENT, at(dt.date(2026, 11, 19), 480)),
        (LinkKind.SS, 240, LagUnit.WORKING, at(MONDAY, 780)),
        (LinkKind.FF, 0, LagUnit.WORKING, at(TUESDAY, 780)),
        (LinkKind.SF, 480, LagUnit.WORKING, at(MONDAY, 780)),
    ],
)
def test_what_a_link_allows(kind: LinkKind, lag: int, unit: LagUnit, wanted: int) -> None:
    """A predecessor over two days, a successor of half a day."""
    ends = at(MONDAY, 480), at(TUESDAY, 1020)
    assert bound(link(1, 2, kind, lag=lag, lag_unit=unit), ends, 240, OFFICE) == wanted


def test_half_a_day_after_the_other_half_keeps_its_link() -> None:
    """By the day the two would be at odds."""
    morning, afternoon = Span(MONDAY, MONDAY, None, 720), Span(MONDAY, MONDAY, 780, None)
    plain = task()
    assert not contradicted(link(1, 2), (plain, morning), (plain, afternoon), OFFICE)
    assert contradicted(link(1, 2), (plain, afternoon), (plain, morning), OFFICE)
    assert not contradicted(link(1, 2, lag=-60), (plain, afternoon), (plain, morning), OFFICE)


def test_a_milestone_may_fall_on_the_last_day_of_what_it_waits_for() -> None:
    point, work = task(TaskKind.MILESTONE), task()
    days = Span(MONDAY, TUESDAY), Span(TUESDAY, TUESDAY), Span(MONDAY, MONDAY)
    assert not contradicted(link(1, 2), (work, days[0]), (point, days[1]), OFFICE)
    assert contradicted(link(1, 2), (work, days[0]), (point, days[2]), OFFICE)


def timing(begin: int, end: int, *, critical: bool = True) -> Timing:
    return Timing(begin, end, begin, end, begin, end, 0, 0, 0, 0, critical, False)


def test_only_a_tight_link_between_critical_lines_is_critical() -> None:
    first = timing(at(MONDAY, 480), at(MONDAY, 1020))
    next_day = timing(at(TUESDAY, 480), at(TUESDAY, 1020))
    later = timing(at(dt.date(2026, 11, 19), 480), at(dt.date(2026, 11, 19), 1020))
    assert drives(link(1, 2), first, next_day, OFFICE)
    assert not drives(link(1, 2), first, later, OFFICE)
    assert not drives(link(1, 2), first, next_day._replace(critical=False), OFFICE)
    assert drives(link(1, 2, lag=960), first, later, OFFICE)


# circles -----------------------------------------------------------------------------------------


def test_a_chain_closes_a_circle_at_its_begin_only() -> None:
    circles = Circles([link(1, 2), link(2, 3)], {1: None, 2: None, 3: None})
    assert circles.closes(3, 1) and circles.closes(2, 2)
    assert not circles.closes(1, 3)


def test_phases_pass_on_what_they_wait_for_and_what_waits_for_them() -> None:
    """10 holds 1 and 2; 3 stands alone."""
    parents = {10: None, 1: 10, 2: 10, 3: None}
    assert not Circles([], parents).closes(1, 2)  # brothers may wait for each other
    assert Circles([link(2, 3)], parents).closes(3, 10)  # the phase would wait for 3, that for 2
    assert Circles([link(3, 10)], parents).closes(1, 3)  # 3 would wait for 1, that for 3
    assert Circles([link(10, 3)], parents).closes(3, 1)
