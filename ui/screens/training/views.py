"""The views of the room, made when first shown (`ui/widgets/room_views.py`). Signals of their own:
`enrol_asked(wish)` for a group to be enrolled, `session_asked(id)` for a session to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from crm_pilot.i18n import N_
from ui.widgets import room_views
from ui.widgets.room_views import ViewOf

if TYPE_CHECKING:
    from ui.bridge import Bridge

VIEWS: tuple[ViewOf, ...] = (
    ViewOf("sessions", N_("Sessions"), "ui.screens.training.sessions_view:SessionsView"),
    ViewOf("courses", N_("Courses"), "ui.screens.training.courses_view:CoursesView"),
    ViewOf("coverage", N_("Coverage"), "ui.screens.training.coverage_view:CoverageView"),
    ViewOf("newcomers", N_("Newcomers"), "ui.screens.training.newcomers_view:NewcomersView"),
    ViewOf("evaluation", N_("Evaluation"), "ui.screens.training.evaluation_view:EvaluationView"),
)


class RoomViews(room_views.RoomViews):
    """The views of the training room; `narrowed` tells of the sessions to be shown."""

    enrol_asked = Signal(object)  # a Wish: whom, and for what
    session_asked = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, VIEWS, ("enrol_asked", "session_asked"))
