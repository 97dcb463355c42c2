"""The settings of the adoption room: saved as one step, refused in words, folding asked apart."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_pilot.adoption import facts
from crm_pilot.adoption.retention import due
from crm_pilot.adoption.terms import Aspect
from crm_pilot.adoption.use_settings import settings
from crm_pilot.exchange.login_words import login_words
from crm_pilot.project import Project, SetField
from tests.adoption.facts import account, logins
from ui.bridge import Bridge
from ui.screens.adoption.use_settings import FoldDialog, UseSettingsDialog

D = dt.date
TODAY = D(2026, 11, 21)


@pytest.fixture
def bridge(project: Project) -> Iterator[Bridge]:
    project.execute(SetField("project", 1, "status_date", TODAY))
    key = account(project, "U1")
    batch = logins(project, [(key, D(2025, 3, 3)), (key, D(2025, 4, 7)), (key, D(2026, 11, 2))])
    note = {"status": {"Invalid Password": 2, "Mystery": 1}, "type": {"Other Apex API": 4}}
    project.execute(SetField("import_batch", batch, "note", json.dumps(note)))
    made = Bridge(project)
    yield made
    made.detach()


@pytest.fixture
def dialog(qtbot: QtBot, bridge: Bridge) -> UseSettingsDialog:
    made = UseSettingsDialog(None, bridge)
    qtbot.addWidget(made)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    return made


def typed(asked: Any, text: str) -> None:
    asked.field.setText(text)
    asked._typed(text)


def tick(dialog: UseSettingsDialog, aspect: Aspect, word: str) -> None:
    listed = dialog.lists[aspect].listed
    for place in range(listed.count()):
        item = listed.item(place)
        if item.text() == word:
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
            return
    raise AssertionError(word)


def test_all_is_one_step_that_undo_takes_back(dialog: UseSettingsDialog, bridge: Bridge) -> None:
    before = settings(bridge.reader)
    typed(dialog.months, "9")
    dialog.reason.setPlainText("Two seasons are compared")
    typed(dialog.zone, "Europe/Brussels")
    dialog.said["legacy_fed"].setChecked(True)
    tick(dialog, Aspect.STATUS, "Mystery")
    dialog._chosen("save")
    after = settings(bridge.reader)
    assert (after.retention_months, after.retention_reason, after.time_zone) == (
        9, "Two seasons are compared", "Europe/Brussels"
    )  # fmt: skip
    assert after.legacy_fed and not after.rival_bought
    assert login_words(bridge.reader).counts(Aspect.STATUS, "mystery")
    assert not login_words(bridge.reader).counts(Aspect.TYPE, "Other Apex API")
    bridge.undo()
    assert settings(bridge.reader) == before
    assert not login_words(bridge.reader).counts(Aspect.STATUS, "mystery")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [("months", "0", "from 1 to 120"), ("months", "many", "from 1 to 120"),
     ("months", "", "every field"), ("zone", "Mars/Olympus", "no time zone")],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(
    dialog: UseSettingsDialog, bridge: Bridge, field: str, text: str, said: str
) -> None:
    before = settings(bridge.reader)
    typed(getattr(dialog, field), text)
    dialog._chosen("save")
    assert said in dialog.complaint.text()
    assert settings(bridge.reader) == before


def test_folding_says_what_goes_and_keeps_the_totals(
    dialog: UseSettingsDialog, bridge: Bridge, qtbot: QtBot
) -> None:
    assert "past it (2 login days)" in dialog.state.text()
    assert dialog.fold.isEnabled()
    fold = FoldDialog(None, bridge)
    qtbot.addWidget(fold)
    assert "cannot" not in fold.sentence.text()
    fold._chosen("fold")
    assert due(bridge.reader, TODAY).months == ()
    assert facts.kept_from(bridge.reader) == D(2025, 11, 1)
    months = [m for (m,) in bridge.reader.select("SELECT month FROM use_total ORDER BY month")]
    assert {202503, 202504} <= set(months)
    bridge.undo()
    assert facts.kept_from(bridge.reader) is None


def test_nothing_past_the_retention_greys_the_button(qtbot: QtBot, project: Project) -> None:
    bridge = Bridge(project)
    made = UseSettingsDialog(None, bridge)
    qtbot.addWidget(made)
    assert not made.fold.isEnabled()
    assert made.fold.toolTip()
    bridge.detach()
