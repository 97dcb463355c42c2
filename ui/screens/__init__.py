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
    "ui.screens.documents.screen:DocumentsScreen",
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
