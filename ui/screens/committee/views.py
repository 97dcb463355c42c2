"""The views of the room, made when first shown (`ui/widgets/room_views.py`). A view that adds rows
answers to `add()` and `add_text()`; `filled`, told by `filled_changed`, says whether there is
anything; `search`, where it has one, is what Ctrl+F goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from crm_pilot.i18n import N_
from ui.widgets import room_views
from ui.widgets.room_views import ViewOf

if TYPE_CHECKING:
    from ui.bridge import Bridge

VIEWS: tuple[ViewOf, ...] = (
    ViewOf("meeting", N_("Meeting"), "ui.screens.committee.meeting_view:MeetingView"),
    ViewOf("decisions", N_("Decisions"), "ui.screens.committee.register_view:DecisionsView"),
    ViewOf("actions", N_("Actions"), "ui.screens.committee.register_view:ActionsView"),
    ViewOf("risks", N_("Risks"), "ui.screens.committee.risks_view:RisksView"),
    ViewOf("problems", N_("Problems"), "ui.screens.committee.register_view:ProblemsView"),
    ViewOf("highlights", N_("Highlights"), "ui.screens.committee.register_view:HighlightsView"),
    ViewOf("raci", N_("RACI"), "ui.screens.committee.raci_view:RaciView"),
    ViewOf("weather", N_("Weather"), "ui.screens.committee.weather_view:WeatherView"),
    ViewOf("budget", N_("Budget"), "ui.screens.committee.budget_view:BudgetView"),
)
VIEW_OF = {  # the view that shows a thing of a table
    "committee": "meeting",
    "agenda_item": "meeting",
    "participant": "meeting",
    "decision": "decisions",
    "committee_action": "actions",
    "risk": "risks",
    "problem": "problems",
    "highlight": "highlights",
    "raci_item": "raci",
    "raci_actor": "raci",
    "weather_record": "weather",
    "budget_line": "budget",
}


class RoomViews(room_views.RoomViews):
    """The views of the committee room; `filled_changed` when one began or ended to be empty."""

    filled_changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, VIEWS, ("filled_changed",))
