"""Dialogs of the committee room, opened as a person opens them."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QDialog

from tests.ui.dialog_stage import Case, Stage, front, open_dialog
from ui.screens.committee.action_dialog import ActionDialog
from ui.screens.committee.budget_view import BudgetView
from ui.screens.committee.committee_dialog import CommitteeDialog
from ui.screens.committee.decision import DecisionDialog
from ui.screens.committee.meeting_view import MeetingView
from ui.screens.committee.raci_view import RaciView
from ui.screens.committee.reestimate import ReestimateDialog
from ui.screens.committee.screen import CommitteeScreen
from ui.screens.committee.weather_view import WeatherView

ROOM = "ui.screens.committee"


def _view(stage: Stage, name: str) -> CommitteeScreen:
    screen = cast(CommitteeScreen, stage.room("committee"))
    screen.show_view(name)
    return screen


def _action(stage: Stage) -> QDialog:
    made = ActionDialog(stage.window.bridge, stage.window)
    made.owner.field.setText("Personne Nouvelle")
    made.owner.field.textEdited.emit("Personne Nouvelle")
    return open_dialog(made)


def _plan(stage: Stage) -> QDialog:
    cast(MeetingView, _view(stage, "meeting").view).add()
    return front()


def _change(stage: Stage) -> QDialog:
    cast(MeetingView, _view(stage, "meeting").view).change()
    made = cast(CommitteeDialog, front())
    made.number.field.setText("1")  # that of another one
    made.number.field.textEdited.emit("1")
    return made


def _actor(stage: Stage) -> QDialog:
    cast(RaciView, _view(stage, "raci").view).ask_actor()
    return front()


def _limits(stage: Stage) -> QDialog:
    cast(WeatherView, _view(stage, "weather").view).ask_thresholds()
    return front()


def _reestimate(stage: Stage) -> QDialog:
    cast(BudgetView, _view(stage, "budget").view).reestimate()
    made = cast(ReestimateDialog, front())
    field = next(iter(made.fields.values()))["spent_cents"]
    field.setText("much")
    field.textEdited.emit("much")
    return made


def _months(stage: Stage) -> QDialog:
    cast(BudgetView, _view(stage, "budget").view).plan_months()
    return front()


CASES = (
    Case("decision", (f"{ROOM}.decision:DecisionDialog",),
         lambda s: open_dialog(DecisionDialog(s.window.bridge, s.window))),
    Case("action", (f"{ROOM}.action_dialog:ActionDialog",), _action),
    Case("committee-next", (f"{ROOM}.committee_dialog:PlanDialog",), _plan),
    Case("committee-change", (f"{ROOM}.committee_dialog:CommitteeDialog",), _change),
    Case("reestimate", (f"{ROOM}.reestimate:ReestimateDialog",), _reestimate),
    Case("month-plan", (f"{ROOM}.month_plan:MonthPlanDialog",), _months),
    Case("weather-thresholds", (f"{ROOM}.weather_thresholds:WeatherThresholdsDialog",), _limits),
    Case("raci-actor", (f"{ROOM}.actor_dialog:ActorDialog",), _actor),
)  # fmt: skip
