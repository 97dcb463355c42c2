"""Every view of the room in French, on a small screen: nothing cut, everything told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.i18n import set_language
from crm_pilot.project import Project
from tests.ui.committee.stage import shown
from tests.ui.seeing import cut, sticks_out, unnamed
from ui.screens.committee.screen import CommitteeScreen
from ui.screens.committee.views import VIEWS


@pytest.fixture
def french(qtbot: QtBot, demo_files: dict[str, Path]) -> Iterator[CommitteeScreen]:
    """The room over the French demonstration."""
    set_language("fr")
    with Project.open(demo_files["fr"], read_only=True) as project:
        project.read_only = False
        screen = shown(qtbot, project)
        screen.resize(1166, 712)
        yield screen
        screen.bridge.detach()
    set_language("en")


@pytest.mark.parametrize("name", [view.name for view in VIEWS])
def test_a_view_is_whole_and_told(french: CommitteeScreen, name: str) -> None:
    french.show_view(name)
    QTest.qWait(150)  # charts and sentences follow a moment after
    assert cut(french) == []
    assert unnamed(french) == []
    seen = [one for one in french.findChildren(QWidget) if one.isVisible()]
    assert not [one for one in seen if sticks_out(one)]
