"""A phase shows the slack of its tightest open line, in its cell and in its note."""

from __future__ import annotations

from crm_pilot.project import SetFields
from tests.ui.planning.conftest import Stage
from ui.screens.planning import tips
from ui.screens.planning.model import SLACK


def shown(stage: Stage, name: str) -> str:
    """What the column says of a line."""
    model = stage.screen.model
    return str(model.index(model.places[stage.keys[name]], SLACK).data())


def noted(stage: Stage, name: str) -> str:
    """What the note says of a line."""
    return tips.slack(stage.row(name), stage.screen.gantt.about(stage.keys[name]))


def test_a_phase_can_slip_as_far_as_its_tightest_open_line(stage: Stage) -> None:
    inside = ("rights", "final", "live")
    said = [shown(stage, name) for name in inside]
    assert said[0] != said[1] == said[2]  # the chain to the go-live is tighter than the rights
    assert shown(stage, "wave") == said[1]
    assert noted(stage, "wave") == noted(stage, "final")


def test_done_and_inactive_lines_hold_no_phase(stage: Stage) -> None:
    stage.project.execute(SetFields("task", stage.keys["live"], {"active": False}))
    stage.project.execute(SetFields("task", stage.keys["final"], {"percent": 100}))
    stage.screen.refresh(None)
    assert shown(stage, "wave") == shown(stage, "rights") != ""
    stage.project.execute(SetFields("task", stage.keys["rights"], {"percent": 100}))
    stage.screen.refresh(None)
    assert shown(stage, "wave") == noted(stage, "wave") == ""
