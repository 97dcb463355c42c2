"""What is drawn where, read off the pixels of a painted scene."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from crm_pilot.people.terms import DayPart
from crm_pilot.planning.calendars import OFFICE_WEEK, DayOff, FreeDays
from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.engine.worktime import Calendar, at
from crm_pilot.planning.rows import LinkRow, TaskRow
from crm_pilot.planning.terms import LinkKind, Mode, Pillar, TaskKind
from ui import language, theme
from ui.screens.planning.gantt_colours import SLOTS, Colouring
from ui.screens.planning.gantt_data import ColourBy, GanttOptions, WorkHours
from ui.screens.planning.gantt_header import HEADER
from ui.screens.planning.gantt_scene import Scene
from ui.screens.planning.lines import Line, line_of
from ui.screens.planning.timescale import DAY_PX, TimeScale
from ui.widgets.grid import ROW_HEIGHT

MONDAY = dt.date(2026, 11, 16)
TODAY = dt.date(2026, 11, 27)
SIZE = (700, 400)
BAR_MIDDLE = 11


class Hours:
    """Office hours, a closure on 25 and 26 November, and owner 1 away on the 18th."""

    default = Calendar(OFFICE_WEEK)

    def of(self, key: int | None) -> Calendar:
        return self.default

    def free(self, first: dt.date, last: dt.date) -> list[FreeDays]:
        made = [FreeDays(dt.date(2026, 11, 25), dt.date(2026, 11, 26), DayOff.CLOSURE, "Closed")]
        day = first
        while day <= last:
            if day.weekday() == 5:
                made.append(FreeDays(day, day + dt.timedelta(days=1), DayOff.WEEKEND))
            day += dt.timedelta(days=1)
        return made

    def absences(self, key: int) -> Sequence[tuple[dt.date, dt.date, DayPart]]:
        day = dt.date(2026, 11, 18)
        return ((day, day, DayPart.DAY),) if key == 1 else ()


def row(key: int, start: dt.date = MONDAY, days: int = 5, **more: Any) -> TaskRow:
    finish = start + dt.timedelta(days=days - 1)
    plain = TaskRow(
        *(key, None, key, TaskKind.TASK, Pillar.DEPLOYMENT, f"Task {key}", start, finish, 0),
        *(None, "", None, False, "", None, None),
    )
    return replace(plain, **more)


def timing(line: TaskRow, slack_days: int) -> Timing:
    assert line.start is not None
    assert line.finish is not None
    begin, end = at(line.start, 480), at(line.finish, 1020)
    slack = slack_days * 480
    late = end + slack_days * 1440
    return Timing(
        begin, end, begin, end, begin, late, slack, slack, slack, 0, not slack, slack == 480
    )


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    theme.start("light")
    language.apply("en")


class Picture:
    """A painted scene, asked for colours by day and row."""

    def __init__(self, rows: Sequence[TaskRow], zoom: str = "day", **more: Any) -> None:
        scale = TimeScale(MONDAY, MONDAY)
        scale.cover(MONDAY, MONDAY + dt.timedelta(days=60))
        scale.zoomed(DAY_PX[zoom], 0)
        scale.offset += scale.x(MONDAY - dt.timedelta(days=2))
        self.scene = scene = Scene(scale, TODAY)
        scene.take_hours(WorkHours(Hours()))
        scene.take_timings(more.get("timings", {}))
        scene.take_options(more.get("options", GanttOptions()))
        lines: list[Line] = [line_of(one, 1, False, False) for one in rows]
        scene.show(lines, more.get("links", ()), TODAY)
        scene.selected = more.get("selected", frozenset())
        self.image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(self.image)
        scene.paint(painter, *SIZE, 0)
        painter.end()

    def x(self, day: dt.date, part: float = 0.5) -> int:
        return round(self.scene.scale.x(day) + part * self.scene.scale.px)

    def at(self, day: dt.date, place: int, y: int = BAR_MIDDLE, part: float = 0.5) -> str:
        """The colour in a row, `y` pixels below its top."""
        return str(self.image.pixelColor(self.x(day, part), self.top(place) + y).name().upper())

    def top(self, place: int) -> int:
        return HEADER + place * ROW_HEIGHT

    def has(self, place: int, left: int, right: int, colour: str) -> bool:
        """Whether a colour is anywhere in a piece of a row."""
        wanted = QColor(colour)
        return any(
            self.image.pixelColor(x, y) == wanted
            for y in range(self.top(place), self.top(place) + ROW_HEIGHT - 1)
            for x in range(max(0, left), min(right, SIZE[0]))
        )


def token(name: str, part: float = 1.0) -> str:
    look = theme.theme()
    return str((look.colour(name) if part == 1 else look.mix(name, part)).name().upper())


SATURDAY = dt.date(2026, 11, 21)
AWAY = dt.date(2026, 11, 18)


def test_days_off_are_tinted_or_hatched() -> None:
    shown = Picture([row(1, days=2), row(2, days=2)])
    assert shown.at(SATURDAY, 1) == token("raised", 0.62)
    assert shown.at(dt.date(2026, 11, 23), 1) == token("surface")
    closed = {shown.at(dt.date(2026, 11, 25), 1, y, 0.3) for y in range(2, 20)}
    assert len(closed) > 2  # hatched


def test_the_name_of_a_closure_is_written_where_it_fits() -> None:
    wide = Picture([row(n, days=2) for n in range(1, 9)])
    first, last = wide.x(dt.date(2026, 11, 25), 0), wide.x(dt.date(2026, 11, 26), 1)
    written = [place for place in range(8) if wide.has(place, first + 20, last - 20, "#FFFFFF")]
    assert written and written == list(range(written[0], written[-1] + 1))
    assert written[-1] == 7  # at the bottom, where nothing else stands
    narrow = Picture([row(n, days=2) for n in range(1, 9)], "week")
    first, last = narrow.x(dt.date(2026, 11, 25), 0), narrow.x(dt.date(2026, 11, 26), 1)
    assert not any(narrow.has(place, first + 1, last - 1, "#FFFFFF") for place in range(8))


def test_hours_nobody_works_are_tinted_where_hours_can_be_read() -> None:
    shown = Picture([row(1, MONDAY - dt.timedelta(days=3), 1)], "hour")
    assert shown.at(MONDAY - 2 * dt.timedelta(days=1), 0, 24) == token("raised", 0.62)
    shown.scene.scale.offset += 2 * 480
    painter = QPainter(shown.image)
    shown.scene.paint(painter, *SIZE, 0)
    painter.end()
    hours = {hour: shown.at(MONDAY, 0, 24, hour / 24) for hour in (6.0, 10.0, 12.5, 15.0, 20.0)}
    off, on = token("raised", 0.62), token("surface")
    assert hours == {6.0: off, 10.0: on, 12.5: off, 15.0: on, 20.0: off}


def test_an_absence_shades_the_row_of_its_owner_only() -> None:
    shown = Picture([row(1, days=8, owner_id=1), row(2, days=8, owner_id=2)])
    assert shown.at(AWAY, 0, 20) != token("surface")
    assert shown.at(AWAY, 1, 20) == token("surface")
    assert shown.at(MONDAY, 0, 20) == token("surface")


def test_done_is_solid_and_to_do_is_tinted() -> None:
    shown = Picture([row(1, days=4, percent=50)])
    assert shown.at(MONDAY, 0) == token("deployment")
    assert shown.at(dt.date(2026, 11, 19), 0) == token("deployment", 0.32)


def test_half_a_day_is_half_as_wide() -> None:
    shown = Picture([row(1, days=1, percent=100, finish_minute=720)])
    assert shown.at(MONDAY, 0, part=0.25) == token("deployment")
    assert shown.at(MONDAY, 0, part=0.75) == token("surface")


def test_an_inactive_line_is_hollow_and_struck() -> None:
    shown = Picture([row(1, days=3, percent=50, active=False)])
    left, right = shown.x(MONDAY, 0) - 8, shown.x(dt.date(2026, 11, 18), 1) + 8
    assert not shown.has(0, left, right, token("deployment"))
    assert shown.at(MONDAY, 0, 9) == token("surface")
    strike = {shown.image.pixelColor(left + 5, shown.top(0) + y).name() for y in range(9, 15)}
    assert len(strike) > 1  # it goes beyond the end


def test_a_line_planned_by_hand_has_brackets() -> None:
    plain, by_hand = Picture([row(1)]), Picture([row(1, mode=Mode.MANUAL)])
    left = plain.x(MONDAY, 0)
    assert plain.image.pixelColor(left - 1, plain.top(0) + 6) != by_hand.image.pixelColor(
        left - 1, by_hand.top(0) + 6
    )


def test_critical_is_an_outline_in_the_ink_of_text_and_near_is_dashed() -> None:
    rows = [row(1), row(2), row(3)]
    timings = {1: timing(rows[0], 0), 2: timing(rows[1], 1), 3: timing(rows[2], 9)}
    shown = Picture(rows, timings=timings, options=GanttOptions(critical=True))
    ends = shown.x(MONDAY, 0) + 6, shown.x(dt.date(2026, 11, 20), 1) - 6
    top = [
        [shown.image.pixelColor(x, shown.top(place) + 6).name().upper() for x in range(*ends)]
        for place in range(3)
    ]
    assert set(top[0]) == {token("text")}
    assert token("text") in top[1] and len(set(top[1])) > 1
    assert token("text") not in top[2]
    off = Picture(rows, timings=timings)
    assert not off.has(0, *ends, token("text"))


def test_critical_links_are_heavier_than_the_others() -> None:
    rows = [row(1, days=2), row(2, dt.date(2026, 11, 18), 2), row(3, dt.date(2026, 11, 23), 2)]
    timings = {1: timing(rows[0], 0), 2: timing(rows[1], 0), 3: timing(rows[2], 0)}
    links = [LinkRow(1, 1, 2, False), LinkRow(2, 1, 3, False, LinkKind.SS)]
    shown = Picture(rows, links=links, timings=timings, options=GanttOptions(critical=True))
    after_first = shown.x(dt.date(2026, 11, 17), 1)
    assert shown.has(0, after_first, after_first + 8, token("text"))
    before = shown.x(MONDAY, 0) - 10
    assert shown.has(1, before, before + 6, token("muted"))  # the loose one


def test_the_reference_is_a_quiet_bar_under_and_can_be_left_out() -> None:
    base = {"baseline_start": MONDAY, "baseline_finish": MONDAY + dt.timedelta(days=2)}
    shown = Picture([row(1, **base)])
    assert shown.at(dt.date(2026, 11, 17), 0, 21) == token("muted", 0.75)
    hidden = Picture([row(1, **base)], options=GanttOptions(baseline=False))
    assert hidden.at(dt.date(2026, 11, 17), 0, 21) == token("surface")


def test_a_missed_deadline_is_filled_in_the_colour_of_alert() -> None:
    soon = dt.datetime(2026, 11, 17, 17)
    shown = Picture([row(1, deadline_at=soon), row(2, deadline_at=dt.datetime(2026, 11, 24, 17))])
    x = shown.x(soon.date(), 1)
    assert shown.has(0, x - 5, x + 6, token("alert"))
    x = shown.x(dt.date(2026, 11, 24), 1)
    assert not shown.has(1, x - 8, x + 8, token("alert"))
    assert shown.has(1, x - 8, x + 8, token("text"))


def test_slack_is_a_line_after_the_bar() -> None:
    line = row(1)
    wanted = {"timings": {1: timing(line, 4)}}
    day = dt.date(2026, 11, 22)
    shown = Picture([line], options=GanttOptions(slack=True), **wanted)
    assert shown.has(0, shown.x(day, 0), shown.x(day, 1), token("muted"))
    hidden = Picture([line], **wanted)
    assert not hidden.has(0, hidden.x(day, 0), hidden.x(day, 1), token("muted"))


def test_the_progress_line_bends_through_what_is_late() -> None:
    rows = [row(1, percent=20), row(2, dt.date(2026, 12, 7), 3)]
    shown = Picture(rows, options=GanttOptions(progress_line=True))
    reached = shown.x(MONDAY, 1)
    accent = token("accent")
    assert shown.has(0, reached - 3, reached + 4, accent)
    today = shown.x(TODAY)
    assert shown.has(1, today - 2, today + 3, accent)
    straight = Picture(rows)
    assert not straight.has(0, reached - 3, reached + 4, accent)


def test_a_deliverable_is_a_parcel_not_a_diamond() -> None:
    point = {"kind": TaskKind.MILESTONE, "percent": 100, "days": 1}
    shown = Picture([row(1, **point), row(2, **point, deliverable=True)])
    corner = shown.x(MONDAY) + 5  # inside a square, outside a diamond
    assert shown.image.pixelColor(corner, shown.top(0) + 9).name().upper() == token("surface")
    assert shown.image.pixelColor(corner, shown.top(1) + 9).name().upper() != token("surface")


# colours -----------------------------------------------------------------------------------------


def test_five_colours_at_most_and_each_with_its_pattern() -> None:
    rows = [row(n, owner_id=n % 7, owner=f"N. {n % 7}") for n in range(1, 60)]
    lines = [line_of(one, 1, False, False) for one in rows]
    found = Colouring(ColourBy.OWNER)
    found.take(lines)
    looks = {found.look(line) for line in lines}
    assert len(looks) == 5
    assert len({pattern for _, pattern in looks if pattern}) == 3
    assert [entry.text for entry in found.legend()][-1] == "Others"
    assert len({(entry.token, entry.pattern) for entry in found.legend()}) == 5


def test_who_has_a_colour_keeps_it() -> None:
    def lines(*names: str) -> list[Line]:
        return [
            line_of(row(n, owner_id=1, owner=name), 1, False, False) for n, name in enumerate(names)
        ]

    found = Colouring(ColourBy.OWNER)
    found.take(lines("A", "A", "B"))
    assert found.look(lines("B")[0]) == SLOTS[1]
    found.take(lines("B", "B", "B", "A", "C"))
    assert found.look(lines("A")[0]) == SLOTS[0] and found.look(lines("B")[0]) == SLOTS[1]


def test_departments_are_those_of_the_owners() -> None:
    lines = [line_of(row(n, owner_id=n), 1, False, False) for n in (1, 2, 3)]
    found = Colouring(ColourBy.DEPARTMENT, {1: "Sales", 2: "Sales"})
    found.take(lines)
    assert [entry.text for entry in found.legend()] == ["Sales", "Others"]
    assert found.look(lines[0]) == found.look(lines[1]) != found.look(lines[2])


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
@pytest.mark.parametrize("zoom", ["hour", "day", "week", "month", "year"])
def test_every_theme_and_zoom_is_painted(look: str, zoom: str) -> None:
    theme.start(look)
    options = GanttOptions(ColourBy.OWNER, True, True, True)
    rows = [row(n, percent=10 * n, owner_id=n, owner=f"N. {n}") for n in range(1, 9)]
    timings = {one.id: timing(one, one.id % 3) for one in rows}
    shown = Picture(rows, zoom, options=options, timings=timings, selected=frozenset({2}))
    assert len({shown.image.pixelColor(x, y).name() for x in range(700) for y in (60, 80)}) > 3
    theme.start("light")
