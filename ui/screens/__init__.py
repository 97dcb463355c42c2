"""The screens, by name, in the order of the sidebar; each is imported when first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.screens.base import Screen

SCREENS: tuple[str, ...] = (
    "ui.screens.cockpit.screen:CockpitScreen",
    "ui.screens.planning.screen:PlanningScreen",
    "ui.screens.stakeholders.screen:StakeholdersScreen",
    "ui.screens.training.screen:TrainingScreen",
    "ui.screens.adoption.screen:AdoptionScreen",
    "ui.screens.people.screen:PeopleScreen",
    "ui.screens.maintenance.screen:MaintenanceScreen",
    "ui.screens.committee.screen:CommitteeScreen",
)

LATER: tuple[str, ...] = (  # views and dialogs of rooms that import them when first asked for
    *(
        f"ui.screens.adoption.{name}"
        for name in (
            *("overview", "month_view", "needs_view", "features_view", "transfer_view"),
            *("users_view", "signs_view", "use_settings", "feature_dialogs", "support_dialog"),
            *("thresholds", "council_dialog"),
        )
    ),
    *(
        f"ui.screens.training.{name}"
        for name in (
            *("courses_view", "coverage_view", "newcomers_view", "evaluation_view", "sheet"),
            *("session_dialog", "course_dialog", "enrol", "waiting_list"),
        )
    ),
    "ui.dialogs.print_training",
    "holidays.countries",  # which names the days off of a month: a quarter of a second
    "ui.screens.stakeholders.entry_view",
    "ui.screens.stakeholders.lateral_view",
    "ui.screens.stakeholders.crossings_view",
    "ui.screens.stakeholders.unit_page",
    "ui.screens.stakeholders.rating_queue",
    "ui.screens.stakeholders.trio_dialog",
    "ui.screens.stakeholders.zones_dialog",
    "ui.screens.stakeholders.map_settings",
)


def screen_name(path: str) -> str:
    """`planning` for `ui.screens.planning.screen:PlanningScreen`."""
    return path.split(":")[0].split(".")[-2]


def screen_class(path: str) -> type[Screen]:
    """Import the class of a screen."""
    from importlib import import_module

    module, name = path.split(":")
    found: type[Screen] = getattr(import_module(module), name)
    return found
