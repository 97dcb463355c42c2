"""Every gesture of the Gantt with real mouse events: done, undone, cancelled, and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_pilot.planning import queries
from crm_pilot.planning.outline_commands import DeleteTasks
from crm_pilot.planning.rows import LinkRow
from crm_pilot.planning.schedule_commands import SetLink, SetMode
from crm_pilot.planning.terms import LinkKind, Mode
from tests.ui.planning.conftest import Stage
from tests.ui.planning.gantt_hands import (
    LEFT,
    Mod,
    bar_of,
    drag,
    gantt_of,
    hold,
    hover,
    point,
    turn,
)
from ui.screens.planning.gantt_tag import words
from ui.screens.planning.gestures import BarDrag, LinkDrag, ProgressDrag

Key = Qt.Key


def links(stage: Stage) -> dict[tuple[str, str], LinkRow]:
    """Links by the short names of their ends."""
    names = {key: name for name, key in stage.keys.items() if name not in ("faure", "wave 3")}
    return {
        (names[link.predecessor_id], names[link.successor_id]): link
        for link in queries.links(stage.project.reader)
    }


def minutes(stage: Stage, name: str) -> tuple[int | None, int | None]:
    row = stage.row(name)
    return row.start_minute, row.finish_minute


def steps(stage: Stage) -> int:
    return len(stage.project.undo_labels)


def zoom(stage: Stage, name: str, bar: str) -> None:
    """Zoom, and bring a bar into the left part of the window."""
    gantt_of(stage).set_zoom(name)
    start = stage.row(bar).start
    assert start is not None
    gantt_of(stage).show_day(start, 0.3)


# progress ----------------------------------------------------------------------------------------


def test_the_mark_under_a_bar_sets_its_progress(stage: Stage) -> None:
    view, before = gantt_of(stage), steps(stage)
    bar = bar_of(stage, "dedup")
    wide = bar.extent.right - bar.extent.left
    at = point(stage, "dedup", "progress")
    drag(view, at, QPoint(round(bar.extent.left + 0.61 * wide), at.y()))
    assert stage.row("dedup").percent == 60  # in steps of five
    assert view.gesture is None and view.mouse.press is None
    assert steps(stage) == before + 1
    stage.bridge.undo()
    assert stage.row("dedup").percent == 30


def test_progress_stays_between_nothing_and_all(stage: Stage) -> None:
    view = gantt_of(stage)
    for far, percent in ((900, 100), (-900, 0)):
        at = point(stage, "dedup", "progress")
        drag(view, at, at + QPoint(far, 0))
        assert stage.row("dedup").percent == percent


def test_escape_leaves_the_progress(stage: Stage) -> None:
    view, before = gantt_of(stage), steps(stage)
    at = point(stage, "dedup", "progress")
    hold(view, at, at + QPoint(40, 0))
    assert isinstance(view.gesture, ProgressDrag)
    QTest.keyClick(view, Key.Key_Escape)
    QTest.mouseRelease(view, LEFT, pos=at + QPoint(40, 0))
    assert stage.row("dedup").percent == 30 and steps(stage) == before


def test_a_milestone_and_a_phase_have_no_mark(stage: Stage) -> None:
    view = gantt_of(stage)
    for name in ("ready", "data"):
        at = point(stage, name, "progress")
        hover(view, at)
        found = view.part_at(at.toPointF())
        assert found is None or found[1].value == "whole"


# links -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ("finish dot", "first half", LinkKind.FS),
        ("start dot", "first half", LinkKind.SS),
        ("finish dot", "second half", LinkKind.FF),
        ("start dot", "second half", LinkKind.SF),
    ],
)
def test_the_ends_that_are_touched_make_the_kind(
    stage: Stage, start: str, end: str, kind: LinkKind
) -> None:
    view, before = gantt_of(stage), steps(stage)
    stage.project.execute(SetMode((stage.keys["training"],), Mode.MANUAL))  # stays where it is
    drag(view, point(stage, "rights", start), point(stage, "training", end))
    assert links(stage)["rights", "training"].kind is kind
    assert steps(stage) == before + 2
    stage.bridge.undo()
    assert ("rights", "training") not in links(stage)


def test_a_link_to_a_milestone_ends_at_it(stage: Stage) -> None:
    drag(gantt_of(stage), point(stage, "rights", "finish dot"), point(stage, "ready"))
    assert links(stage)["rights", "ready"].kind is LinkKind.FS


def test_a_circle_is_refused_before_it_is_dropped(stage: Stage) -> None:
    view, before = gantt_of(stage), steps(stage)
    at, to = point(stage, "ready", "finish dot"), point(stage, "dedup", "first half")
    hold(view, at, to)
    gesture = view.gesture
    assert isinstance(gesture, LinkDrag)
    assert "Deduplicate" in gesture.refusal and "circle" in gesture.refusal
    assert words(gesture, view.scene.hours) == [gesture.refusal]
    QTest.mouseRelease(view, LEFT, pos=to)
    assert ("ready", "dedup") not in links(stage) and steps(stage) == before


def test_a_circle_through_a_closed_phase_is_seen(stage: Stage) -> None:
    """What is hidden counts: the phase waits for the bar that waits for a line inside it."""
    stage.project.execute(SetLink(stage.keys["checks"], stage.keys["rights"]))
    stage.screen.lines.fold(stage.keys["data"])
    view = gantt_of(stage)
    assert stage.keys["checks"] not in view.scene.rows
    hold(view, point(stage, "rights", "finish dot"), point(stage, "data", "first half"))
    assert isinstance(view.gesture, LinkDrag) and view.gesture.refusal
    view.cancel()


def test_a_line_does_not_wait_for_its_phase(stage: Stage) -> None:
    view = gantt_of(stage)
    hold(view, point(stage, "dedup", "finish dot"), point(stage, "data", "first half"))
    assert isinstance(view.gesture, LinkDrag) and "phase" in view.gesture.refusal
    view.cancel()


def test_a_link_dropped_on_nothing_is_nothing(stage: Stage) -> None:
    view, before = gantt_of(stage), steps(stage)
    at = point(stage, "dedup", "finish dot")
    drag(view, at, at + QPoint(0, 300))
    assert steps(stage) == before and view.gesture is None


@pytest.mark.parametrize("how", ["escape", "focus", "right button"])
def test_a_link_is_let_go(stage: Stage, how: str) -> None:
    view, before = gantt_of(stage), steps(stage)
    to = point(stage, "training", "first half")
    hold(view, point(stage, "rights", "finish dot"), to)
    assert isinstance(view.gesture, LinkDrag)
    if how == "escape":
        QTest.keyClick(view, Key.Key_Escape)
    elif how == "focus":
        QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut))
    else:
        QTest.mouseRelease(view, Qt.MouseButton.RightButton, pos=to)
    assert view.gesture is None
    QTest.mouseRelease(view, LEFT, pos=to)
    assert steps(stage) == before


# moving ------------------------------------------------------------------------------------------


def test_several_selected_lines_move_as_one_step(stage: Stage) -> None:
    view, before = gantt_of(stage), steps(stage)
    QTest.mouseClick(view, LEFT, pos=point(stage, "training"))
    QTest.mouseClick(view, LEFT, Mod.ControlModifier, point(stage, "rights"))
    assert view.selected == {stage.keys["training"], stage.keys["rights"]}
    at = point(stage, "rights")
    drag(view, at, at + QPoint(round(7 * view.scale.px), 0))
    assert stage.dates("training")[0] == "2026-12-14"
    assert stage.dates("rights")[0] == "2026-11-09"
    assert steps(stage) == before + 1
    assert len(view.selected) == 2  # a drag keeps the selection
    stage.bridge.undo()
    assert stage.dates("training")[0] == "2026-12-07" and stage.dates("rights")[0] == "2026-11-02"


def test_a_click_among_several_selected_picks_one(stage: Stage) -> None:
    view = gantt_of(stage)
    QTest.mouseClick(view, LEFT, pos=point(stage, "training"))
    QTest.mouseClick(view, LEFT, Mod.ControlModifier, point(stage, "rights"))
    QTest.mouseClick(view, LEFT, pos=point(stage, "rights"))
    assert view.selected == {stage.keys["rights"]}


def test_lines_inside_a_selected_phase_do_not_move_twice(stage: Stage) -> None:
    view = gantt_of(stage)
    QTest.mouseClick(view, LEFT, pos=point(stage, "rights"))
    place = view.scene.rows[stage.keys["wave"]]
    at = QPoint(point(stage, "rights").x(), view.top_of(place) + 11)
    QTest.mouseClick(view, LEFT, Mod.ControlModifier, at)
    assert len(view.selected) == 2
    drag(view, at, at + QPoint(round(7 * view.scale.px), 0))
    assert stage.dates("rights")[0] == "2026-11-09"


def test_half_a_day_can_be_seen_and_dragged(stage: Stage) -> None:
    zoom(stage, "day", "rights")
    view = gantt_of(stage)
    at = point(stage, "rights")
    drag(view, at, at + QPoint(round(view.scale.px / 2), 0))
    assert stage.dates("rights")[0] == "2026-11-02"
    assert minutes(stage, "rights")[0] == 780  # after the break
    stage.bridge.undo()
    assert minutes(stage, "rights") == (None, None)


def test_a_phase_of_one_line_moves_by_days(stage: Stage) -> None:
    for name in ("final", "live"):
        stage.project.execute(DeleteTasks((stage.keys[name],), name))
    zoom(stage, "day", "rights")
    view = gantt_of(stage)
    at = QPoint(point(stage, "rights").x(), round(bar_of(stage, "wave").y) + 11)
    drag(view, at, at + QPoint(round(view.scale.px * 1.4), 0))
    assert stage.dates("rights")[0] == "2026-11-03"
    assert minutes(stage, "rights") == (None, None)


def test_whole_days_stay_whole_days_at_day_zoom(stage: Stage) -> None:
    zoom(stage, "day", "rights")
    view = gantt_of(stage)
    at = point(stage, "rights")
    drag(view, at, at + QPoint(round(view.scale.px), 0))
    assert stage.dates("rights")[0] == "2026-11-03"
    assert minutes(stage, "rights") == (None, None)


def test_a_finish_is_stretched_by_hours(stage: Stage) -> None:
    zoom(stage, "hour", "checks")
    view = gantt_of(stage)
    finish = stage.row("checks").finish
    assert finish is not None
    view.show_day(finish, 0.1)
    at = point(stage, "checks", "finish")
    drag(view, at, at - QPoint(round(view.scale.px / 24 * 2), 0))  # from 17:00 to 15:00
    assert minutes(stage, "checks")[1] == 900
    assert stage.row("checks").duration is not None
    stage.bridge.undo()
    assert minutes(stage, "checks")[1] is None


def test_a_start_is_stretched_by_half_days(stage: Stage) -> None:
    zoom(stage, "day", "rights")
    view = gantt_of(stage)
    at = point(stage, "rights", "start")
    drag(view, at, at + QPoint(round(view.scale.px * 1.5), 0))
    assert stage.dates("rights") == ("2026-11-03", "2026-11-20")
    assert minutes(stage, "rights") == (780, None)


def test_a_held_bar_says_what_it_waits_for(stage: Stage) -> None:
    stage.project.execute(SetMode((stage.keys["checks"],), Mode.AUTO))
    view = gantt_of(stage)
    at = point(stage, "checks")
    to = at - QPoint(round(14 * view.scale.px), 0)
    hold(view, at, to)
    gesture = view.gesture
    assert isinstance(gesture, BarDrag)
    text = words(gesture, view.scene.hours)
    assert text[1] == "waits for “Deduplicate customers” until 2\u00a0Dec"
    assert str(gesture.shown and gesture.shown[0]) == "2026-12-03"  # where it will be
    QTest.keyClick(view, Key.Key_Escape)
    QTest.mouseRelease(view, LEFT, pos=to)
    hold(view, at, at + QPoint(round(7 * view.scale.px), 0))
    assert isinstance(view.gesture, BarDrag)
    assert len(words(view.gesture, view.scene.hours)) == 1  # nothing holds it there
    view.cancel()


def test_a_link_held_at_the_edge_scrolls_rows(stage: Stage) -> None:
    view = gantt_of(stage)
    hold(view, point(stage, "dedup", "finish dot"), QPoint(200, view.height() - 4))
    heard: list[tuple[int, int]] = []
    view.mouse.glided.connect(lambda x, y: heard.append((x, y)))
    view.mouse._glide_on()
    assert heard == [(0, 12)]
    view.cancel()


def test_a_frozen_gantt_offers_nothing(stage: Stage) -> None:
    view = gantt_of(stage)
    view.frozen = True
    before = steps(stage)
    drag(view, point(stage, "rights", "finish dot"), point(stage, "training", "first half"))
    at = point(stage, "dedup", "progress")
    drag(view, at, at + QPoint(50, 0))
    assert steps(stage) == before


# keys --------------------------------------------------------------------------------------------


def test_keys_move_by_what_can_be_seen(stage: Stage) -> None:
    view, key, before = gantt_of(stage), stage.keys["rights"], steps(stage)
    view.key_move(key, 1)
    assert stage.dates("rights")[0] == "2026-11-03"
    view.set_zoom("day")
    assert view.step == 120
    view.days_bar.zoom_to(14, 0)
    assert view.step == 240
    view.key_move(key, 1)
    assert minutes(stage, "rights")[0] == 780
    view.key_move(key, -1)
    assert minutes(stage, "rights")[0] is None and stage.dates("rights")[0] == "2026-11-03"
    view.key_stretch(key, -1)
    assert minutes(stage, "rights")[1] == 720
    view.key_percent(key, 2)
    assert stage.row("rights").percent == 70
    assert steps(stage) > before


def test_ctrl_wheel_and_keys_zoom_smoothly(stage: Stage) -> None:
    view = gantt_of(stage)
    heard: list[str] = []
    view.zoom_changed.connect(heard.append)
    at = QPoint(300, 200)
    day = view.scale.moment(at.x())
    for _ in range(30):
        turn(view, 1, at, Mod.ControlModifier)
    assert view.scale.zoom == "hour" and heard == ["day", "hour"]
    assert view.scale.moment(at.x()) == pytest.approx(day, abs=0.1)  # what was there stays
    for _ in range(90):
        turn(view, -1, at, Mod.ControlModifier)
    assert view.scale.zoom == "year"
    QTest.keyClick(view, Key.Key_Plus, Mod.ControlModifier)
    px = view.scale.px
    QTest.keyClick(view, Key.Key_Minus, Mod.ControlModifier)
    assert view.scale.px == pytest.approx(px / 1.25)
    QTest.keyClick(view, Key.Key_0, Mod.ControlModifier)
    dated = [line for line in view.lines if line.start and line.finish]
    first, last = min(line.start for line in dated), max(line.finish for line in dated)  # type: ignore[type-var]
    assert first is not None and last is not None
    assert view.scale.x(first) >= 0 and view.scale.end(last) <= view.width()
