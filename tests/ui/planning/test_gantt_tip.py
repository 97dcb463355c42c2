"""The note of a bar: what it says, where it stands, when it goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.terms import ConstraintKind, Mode
from tests.planning.example import TODAY
from tests.ui.planning.conftest import Stage
from tests.ui.planning.gantt_hands import LEFT, gantt_of, hover, point
from ui import language
from ui.screens.planning import tips
from ui.screens.planning.gantt_tip import BarTip, placed

ROOM = QRect(0, 40, 640, 420)
bars = st.builds(
    QRect, st.integers(-40, 600), st.integers(40, 430), st.integers(8, 250), st.just(26)
)


@given(
    st.integers(180, 380),
    st.integers(60, 180),
    st.integers(0, 639),
    st.integers(41, 459),
    st.lists(bars, min_size=1, max_size=1),
    st.lists(bars, max_size=3),
)
def test_a_note_stays_in_the_room_and_off_the_selected_bar(
    wide: int, high: int, x: int, y: int, selected: list[QRect], others: list[QRect]
) -> None:
    size = QSize(wide, high)
    box = QRect(placed(size, QPoint(x, y), ROOM, selected + others), size)
    assert ROOM.contains(box)
    assert not box.intersects(selected[0])


def test_a_note_stands_beside_the_pointer_where_nothing_is_in_its_way() -> None:
    pointer = QPoint(100, 100)
    box = QRect(placed(QSize(200, 80), pointer, ROOM, []), QSize(200, 80))
    assert not box.contains(pointer)
    assert 0 < box.left() - pointer.x() <= 24 or 0 < box.top() - pointer.y() <= 24


def asked(stage: Stage, name: str) -> BarTip | None:
    """The note of a bar, after resting on it."""
    view = gantt_of(stage)
    at = point(stage, name)
    hover(view, at)
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    return view._tip.note


def test_the_note_says_what_is_known(stage: Stage) -> None:
    stage.select("dedup")
    tip = asked(stage, "dedup")
    assert tip is not None and tip.isVisible()
    facts = dict(tip.facts)
    assert tip.title == "Deduplicate customers"
    assert facts["Forecast"].endswith("13 working days")
    assert facts["Progress"] == "30%, expected 38%"
    assert facts["Waits for"] == "2nd dry run"
    assert "Slack" in facts
    view = gantt_of(stage)
    bar = view.scene.bar(view.scene.rows[stage.keys["dedup"]], view.top_of(0))
    assert bar is not None
    left, right = bar.extent
    box = QRect(round(left), round(bar.y), round(right - left), 26)
    here = view.mapTo(view.window(), QPoint())
    assert not tip.geometry().intersects(box.translated(here))


@pytest.mark.parametrize("how", ["another bar", "press", "scroll", "zoom", "leave"])
def test_the_note_goes(stage: Stage, how: str) -> None:
    view = gantt_of(stage)
    tip = asked(stage, "dedup")
    assert tip is not None and tip.isVisible()
    if how == "another bar":
        hover(view, point(stage, "training"))
    elif how == "press":
        QTest.mouseClick(view, LEFT, pos=point(stage, "training"))
    elif how == "scroll":
        view.days_bar.setValue(view.days_bar.value() + 20)
    elif how == "zoom":
        view.zoom_in()
    else:
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert not tip.isVisible()


def test_slack_constraint_and_deadline_are_said(stage: Stage) -> None:
    line = stage.row("dedup")
    timing = Timing(0, 1, 0, 1, 0, 1, 960, 960, 960, 0, False, False)
    about = tips.About(timing)
    assert tips.slack(line, about) == "2\u00a0d"
    none = timing._replace(total_slack=0, critical=True)
    assert tips.slack(line, tips.About(none)) == "none, critical"
    late = timing._replace(total_slack=-480, critical=True)
    assert tips.slack(line, tips.About(late)) == "−1\u00a0d, critical"
    assert tips.slack(replace(line, percent=100), about) == ""
    at = dt.datetime(2026, 11, 16, 8)
    held = replace(line, constraint_kind=ConstraintKind.SNET, constraint_at=at)
    assert tips.constraint(held) == "Start no earlier than 16\u00a0Nov\u00a02026"
    assert tips.constraint(replace(line, mode=Mode.MANUAL)) == "planned by hand"
    due = replace(line, deadline_at=dt.datetime(2026, 12, 1, 17))
    assert tips.deadline(due) == "1\u00a0Dec\u00a02026, missed"
    assert dict(tips.facts(replace(line, active=False), TODAY))["State"].startswith("inactive")


def test_lengths_are_in_working_days_half_days_too(stage: Stage) -> None:
    line = stage.row("dedup")
    assert tips.length(replace(line, duration=13 * 480)) == "13 working days"
    assert tips.length(replace(line, duration=240)) == "0.5\u00a0d"
    assert tips.length(replace(line, duration=420), 420) == "1 working day"


def test_minutes_are_said_where_they_are_known() -> None:
    day, other = dt.date(2026, 11, 16), dt.date(2026, 11, 18)
    language.apply("en")
    assert tips.spoken_span((day, None), (other, None)) == "16\u00a0Nov → 18\u00a0Nov"
    assert tips.spoken_span((day, 480), (day, 720)) == "16\u00a0Nov 08:00 → 12:00"
    assert tips.spoken_span((day, 780), (other, None)) == "16\u00a0Nov 13:00 → 18\u00a0Nov"
