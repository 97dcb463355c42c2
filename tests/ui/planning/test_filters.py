"""What is shown of the plan: chips, persons, phases, critical lines, and what is remembered."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from crm_pilot.planning.schedule_commands import SetAssignments, SetDuration
from crm_pilot.project import Add, SetField
from tests.ui.planning.conftest import Stage
from ui.screens.planning.gantt_data import ColourBy, Labels
from ui.screens.planning.options import NAME, Options, Seen
from ui.screens.planning.screen import PlanningScreen


def shown(stage: Stage) -> set[str]:
    """Titles of the lines shown that hold no others."""
    lines = stage.screen.model.lines
    return {line.row.title for line in lines if line.row is not None and not line.holds}


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_the_tasks_of_one_person(stage: Stage) -> None:
    stage.bridge.execute(SetField("task", stage.keys["checks"], "owner_id", stage.keys["faure"]))
    other = stage.project.execute(Add("person", {"first_name": "Ana", "last_name": "Roy"}))
    stage.bridge.execute(SetAssignments(stage.keys["final"], ((stage.keys["faure"], 50),)))
    stage.screen.filters._choose_person("Nadia Faure")
    assert shown(stage) == {"3rd dry run", "Final migration"}
    chip = stage.screen.toolbar.filter
    assert chip.isChecked() and chip.text() == "N. Faure"
    stage.bridge.execute(SetAssignments(stage.keys["dedup"], ((stage.keys["faure"], 100),)))
    assert "Deduplicate customers" in shown(stage)
    people = stage.screen.filters.people()
    assert [(one.short, one.count) for one in people] == [("N. Faure", 3)]
    assert other not in {one.key for one in people}
    stage.screen.filters.clear()
    assert len(shown(stage)) == 8 and not chip.isChecked()


def test_the_person_is_remembered_by_name(stage: Stage) -> None:
    stage.screen.filters._choose_person("Nadia Faure")
    kept = stage.bridge.settings.views[NAME]
    assert kept["person"] == "Nadia Faure"
    again = PlanningScreen(stage.bridge)
    again.refresh(None)
    assert again.filters.person == stage.keys["faure"]
    again.deleteLater()
    stage.bridge.settings.views[NAME]["person"] = "Nobody Here"
    assert Options(stage.bridge).seen.person == "Nobody Here"
    stage.screen.options.set("person", "Nobody Here")
    assert stage.screen.filters.person is None  # of another project: everybody is shown


def test_one_phase(stage: Stage) -> None:
    stage.screen.filters._choose_phase(stage.keys["wave"])
    assert shown(stage) == {"Rights and sectors", "Final migration", "Go-live of wave 3"}
    stage.bridge.execute(SetDuration(stage.keys["final"], 960))
    assert len(shown(stage)) == 3
    stage.screen.empty.clicked.emit()
    assert len(shown(stage)) == 8


def test_critical_lines_only_follow_the_engine(stage: Stage) -> None:
    stage.screen.filters._choose_critical(True)
    facts = stage.screen.model.facts
    assert shown(stage) == {row.title for row in facts.leaves if facts.critical(row)}
    before = shown(stage)
    stage.bridge.execute(SetDuration(stage.keys["training"], 200 * 480))
    assert shown(stage) != before and "Sessions West and South" in shown(stage)
    assert stage.screen.filters.names == ["Critical lines"]


def test_the_chip_counts_critical_lines_and_highlights_them(stage: Stage, qtbot: QtBot) -> None:
    bar = stage.screen.toolbar
    facts = stage.screen.model.facts
    assert bar.critical.isChecked() and stage.screen.gantt.options.critical
    count = sum(facts.critical(row) for row in facts.leaves)
    assert count
    qtbot.waitUntil(lambda: bar.critical.text().endswith(f"  {count}"))
    bar.critical.click()
    assert not stage.screen.gantt.options.critical
    assert len(shown(stage)) == 8  # it highlights, and hides nothing


def test_the_caption_says_how_many_lines_are_left(stage: Stage) -> None:
    stage.screen.toolbar.late.click()
    assert "1 of 8 lines" in stage.screen.header.caption.text()
    stage.screen.toolbar.late.click()
    assert "lines" not in stage.screen.header.caption.text()


def test_the_menu_of_filters_names_persons_and_phases(stage: Stage) -> None:
    stage.bridge.execute(SetField("task", stage.keys["checks"], "owner_id", stage.keys["faure"]))
    menu = stage.screen.filters.menu()
    subs = [action.menu() for action in menu.actions() if action.menu() is not None]
    assert texts(subs[0]) == ["Everybody", "N. Faure  1"]  # type: ignore[arg-type]
    assert texts(subs[1]) == ["All phases", "Data migration", "Wave 3"]  # type: ignore[arg-type]
    away = menu.actions()[-1]
    assert not away.isEnabled() and away.toolTip()


def test_what_is_drawn_is_chosen_in_the_menu_and_kept(stage: Stage) -> None:
    menu = stage.screen.more.menu()
    show = menu.actions()[0].menu()
    assert show is not None
    colours = show.actions()[0].menu()  # type: ignore[attr-defined]
    assert colours is not None
    colours.actions()[2].trigger()
    for action in show.actions():  # type: ignore[attr-defined]
        if action.text() in ("Slack after the bars", "Progress line"):
            action.trigger()
    drawn = stage.screen.gantt.options
    assert (drawn.colour_by, drawn.slack, drawn.progress_line) == (ColourBy.OWNER, True, True)
    kept = Options(stage.bridge).seen
    assert (kept.colour_by, kept.slack, kept.progress_line) == ("owner", True, True)


@pytest.mark.parametrize(
    "stored",
    [
        {"colour_by": "rainbow"},
        {"critical": "yes"},
        {"person": 7},
        {"details": 3},
        {"labels": None},
    ],
)
def test_settings_that_do_not_fit_are_left_out(stage: Stage, stored: dict[str, object]) -> None:
    stage.bridge.settings.views[NAME] = stored
    assert Options(stage.bridge).seen == Seen()


def test_the_labels_of_all_choices_fit(stage: Stage) -> None:
    for colour in ColourBy:
        for label in Labels:
            stage.screen.options.set("colour_by", colour.value)
            stage.screen.options.set("labels", label.value)
            stage.screen.gantt.grab()
    assert stage.screen.gantt.options.labels is list(Labels)[-1]


def test_details_and_load_below_are_shown_when_wanted(stage: Stage) -> None:
    screen = stage.screen
    assert not screen.strip.isVisible()  # no room for them as long as nobody asks
    screen.toggle_details()
    assert screen.strip.isVisible() and screen.options.seen.details is True
    screen.toggle_details()
    assert not screen.strip.isVisible()
    assert screen.pane.load.bars.isVisible()
    screen.options.set("load", False)
    assert not screen.pane.load.bars.isVisible()
    screen.options.set("load", True)
    screen.options.set("details", None)
    screen.resize(1166, 1000)
    assert screen.strip.isVisible()


def test_the_views_take_turns_and_lead_back(stage: Stage) -> None:
    screen = stage.screen
    screen.switch._buttons["load"].click()
    assert screen.stack.currentWidget() is screen.others and not screen.toolbar.isVisible()
    load = screen.others.made["load"]
    assert load.isVisible()
    screen.switch._buttons["announced"].click()
    assert screen.others.currentWidget() is screen.others.made["announced"]
    stage.bridge.execute(SetDuration(stage.keys["final"], 960))
    assert "load" in screen.others._stale
    load.task_asked.emit(stage.keys["final"])  # type: ignore[attr-defined]
    assert screen.switch.value == "gantt" and screen.toolbar.isVisible()
    line = screen.view.current
    assert line is not None and line.key == stage.keys["final"]


def test_a_found_task_is_shown_in_the_gantt(stage: Stage) -> None:
    stage.screen.show_view("load")
    stage.screen.open_item("task", stage.keys["live"])
    assert stage.screen.switch.value == "gantt"
    line = stage.screen.view.current
    assert line is not None and line.key == stage.keys["live"]
