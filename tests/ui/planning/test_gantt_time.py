"""The scale and its header: labels that fit at every zoom, right ISO weeks, steps that snap."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication

from crm_pilot.planning.calendars import OFFICE_WEEK
from crm_pilot.planning.engine.worktime import Calendar, at
from ui import language, theme
from ui.screens.planning.gantt_data import Span, WorkHours, minute_of, share
from ui.screens.planning.gantt_ground import tag_of
from ui.screens.planning.gantt_header import LOWER, UPPER, HeaderPainter
from ui.screens.planning.gantt_inks import advance
from ui.screens.planning.gantt_places import Places
from ui.screens.planning.timescale import DAY_PX, LARGEST, SMALLEST, TimeScale, hour_step, months

OFFICE = Calendar(OFFICE_WEEK)
FIRST, LAST = dt.date(2026, 11, 2), dt.date(2027, 6, 30)
WIDTH = 637


class Recorder:
    """A painter that only remembers what was written."""

    def __init__(self) -> None:
        self.texts: list[tuple[float, float, str]] = []
        self.boxes: list[QRectF] = []

    def drawText(self, where: QPointF | QRectF, *rest: Any) -> None:
        if isinstance(where, QRectF):
            text = rest[1]
            x = where.center().x() - advance(text) / 2
            self.texts.append((x, LOWER, text))
        else:
            self.texts.append((where.x(), where.y(), rest[0]))

    def fillRect(self, box: QRectF, _colour: Any) -> None:
        self.boxes.append(box)

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


def scale_at(px: float, day: dt.date = FIRST) -> TimeScale:
    scale = TimeScale(day, day)
    scale.cover(FIRST, LAST)
    scale.zoomed(px, 0)
    scale.offset += scale.x(day)
    return scale


def header(scale: TimeScale, width: float = WIDTH) -> list[tuple[float, float, str]]:
    painter = Recorder()
    HeaderPainter(painter, scale, width).draw()  # type: ignore[arg-type]
    return painter.texts


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Any:
    theme.start("light")
    language.apply("en")
    yield
    language.apply("en")


def lower(scale: TimeScale) -> list[str]:
    return [text for _, y, text in header(scale) if y == LOWER]


def upper(scale: TimeScale) -> list[str]:
    return [text for _, y, text in header(scale) if y == UPPER]


def test_weeks_are_those_of_iso() -> None:
    """2026 has a week 53, which 2027 begins in."""
    names = lower(scale_at(6.5, dt.date(2026, 12, 14)))
    assert names[:5] == ["W51", "W52", "W53", "W1", "W2"]
    language.apply("fr")
    assert lower(scale_at(6.5, dt.date(2026, 12, 14)))[2] == "S53"


@pytest.mark.parametrize(
    ("zoom", "day", "above", "below"),
    [
        ("year", dt.date(2026, 10, 1), "2026", "Q4"),
        ("month", dt.date(2026, 12, 1), "2026", "Dec"),
        ("week", dt.date(2026, 11, 2), "Nov\u00a02026", "W45"),
        ("day", dt.date(2026, 11, 30), "W49 · Dec\u00a02026", "30"),
        ("hour", dt.date(2026, 12, 2), "Wednesday 2\u00a0Dec\u00a02026", "3:00"),
    ],
)
def test_each_zoom_has_its_two_rows(zoom: str, day: dt.date, above: str, below: str) -> None:
    scale = scale_at(DAY_PX[zoom], day)
    assert scale.zoom == zoom
    assert above in upper(scale) and below in lower(scale)


@settings(max_examples=150, deadline=None)
@given(st.floats(-2.3, 7.2), st.integers(0, 240), st.sampled_from(["en", "fr"]))
def test_no_two_labels_touch_and_none_is_cut(power: float, day: int, spoken: str) -> None:
    language.apply(spoken)
    scale = scale_at(2.718**power, FIRST + dt.timedelta(days=day))
    assert SMALLEST <= scale.px <= LARGEST
    for row, bold in ((UPPER, True), (LOWER, False)):
        texts = sorted(found for found in header(scale) if found[1] == row)
        for (x, _, text), (following, _, _) in itertools.pairwise(texts):
            assert x + advance(text, bold=bold) <= following, (scale.px, text)
        named = scale.zoom == "day" and row == LOWER  # days are centred, the first may be cut
        if texts and not named:
            x, _, text = texts[-1]
            assert x + advance(text, bold=bold) <= WIDTH
    assert lower(scale) or scale.px < 0.16


@given(st.floats(4.8, 18.0), st.integers(0, 200))
def test_the_line_of_a_month_cuts_no_week(px: float, day: int) -> None:
    scale = scale_at(px, FIRST + dt.timedelta(days=day))
    turns = [scale.x(month) for month in months(scale.day(0), scale.day(WIDTH))]
    painter = Recorder()
    HeaderPainter(painter, scale, WIDTH).draw()  # type: ignore[arg-type]
    for x, y, text in painter.texts:
        for turn in turns:
            if y == LOWER and x < turn < x + advance(text):  # then the line is taken away
                assert any(box.left() < turn < box.right() for box in painter.boxes[1:-1]), text


@given(st.floats(1.6, 6.0), st.integers(0, 60))
def test_the_tag_of_today_covers_no_label(power: float, day: int) -> None:
    scale = scale_at(2.718**power)
    today = FIRST + dt.timedelta(days=day)
    tag = tag_of(Places(scale, WorkHours()), today, WIDTH)
    painter = Recorder()
    HeaderPainter(painter, scale, WIDTH, tag).draw()  # type: ignore[arg-type]
    for x, y, text in painter.texts:
        if y == UPPER and tag is not None:
            assert x + advance(text, bold=True) < tag[0] or x > tag[1]


def test_quarters_begin_in_their_months() -> None:
    found = list(months(dt.date(2026, 11, 21), dt.date(2027, 5, 1), 3))
    assert found == [dt.date(2026, 10, 1), dt.date(2027, 1, 1), dt.date(2027, 4, 1)]


def test_hours_are_labelled_as_closely_as_they_fit() -> None:
    assert [hour_step(px, 34) for px in (110, 300, 480, 1440)] == [12, 3, 2, 1]


@pytest.mark.parametrize(
    ("px", "step"), [(2, 1440), (6.5, 1440), (14, 240), (28, 120), (60, 60), (200, 60), (480, 30)]
)
def test_a_step_is_as_fine_as_can_be_seen(px: float, step: int) -> None:
    assert scale_at(px).step == step


# places ------------------------------------------------------------------------------------------


def test_half_a_day_is_half_as_wide() -> None:
    monday = dt.date(2026, 11, 16)
    for zoom in ("week", "day"):
        scale = scale_at(DAY_PX[zoom], monday)
        places = Places(scale, WorkHours())
        whole = places.extent(None, Span(monday, monday))
        morning = places.extent(None, Span(monday, monday, None, 720))
        afternoon = places.extent(None, Span(monday, monday, 780, None))
        assert whole.right - whole.left == pytest.approx(scale.px)
        assert morning.right == afternoon.left == pytest.approx(whole.left + scale.px / 2)


def test_where_hours_can_be_read_a_bar_is_as_the_clock_says() -> None:
    monday = dt.date(2026, 11, 16)
    scale = scale_at(480, monday)
    left, right = Places(scale, WorkHours()).extent(None, Span(monday, monday, None, 900))
    assert left == pytest.approx(8 * 20) and right == pytest.approx(15 * 20)


@given(st.integers(0, 479))
def test_a_minute_of_work_is_found_again(done: int) -> None:
    monday = dt.date(2026, 11, 16)
    minute = minute_of(OFFICE, monday, done / 480, finish=False)
    assert share(OFFICE, monday, minute) == pytest.approx(done / 480, abs=1 / 480)


@given(st.sampled_from([6.5, 14, 28, 60, 480]), st.integers(0, 4), st.booleans())
def test_a_bar_that_is_put_back_where_it_was_has_not_moved(
    px: float, days: int, finish: bool
) -> None:
    """The moment under the end of a whole day's bar is the moment of that end."""
    day = dt.date(2026, 11, 16) + dt.timedelta(days=days)
    places = Places(scale_at(px), WorkHours())
    left, right = places.extent(None, Span(day, day))
    wanted = at(day, 1020 if finish else 480)
    assert places.moment(OFFICE, right if finish else left, finish=finish) == wanted
