"""Functions, mandatory passages, completeness and objects: read, edited, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_pilot.adoption import features, passages, quality
from crm_pilot.adoption.feature_register import register
from crm_pilot.people.queries import profiles
from crm_pilot.project import Project
from ui.bridge import Bridge
from ui.screens.adoption.feature_dialogs import MeasureDialog, PassageDialog, TargetsDialog
from ui.screens.adoption.features_view import FEATURE, MEASURE, OBJECT, PASSAGE, FeaturesView
from ui.screens.adoption.filters import UseFilter


@pytest.fixture
def view(qtbot: QtBot, demo: Path) -> Iterator[FeaturesView]:
    with Project.open(demo, read_only=True) as project:
        project.read_only = False
        bridge = Bridge(project)
        made = FeaturesView(bridge)
        qtbot.addWidget(made)
        bridge.changed.connect(made.refresh)
        made.resize(1120, 520)
        made.retranslate()
        made.refresh(None)
        made.show()
        qtbot.waitExposed(made)
        yield made
        bridge.detach()


def open_(view: FeaturesView, name: str) -> None:
    view.choice.set_value(name)
    view._show(name)


def test_the_register_says_what_the_matrix_says(view: FeaturesView) -> None:
    reader, today = view.bridge.reader, view.bridge.today
    rows = {row.id: row for row in register(reader, today)}
    matrix = features.matrix(reader, today)
    assert len(rows) == reader.value("SELECT count(*) FROM feature")
    for row in matrix.rows:
        mine = rows[row.feature_id]
        assert (mine.users, mine.targets, mine.share) == (row.users, row.targets, row.share)
    assert view.tables[FEATURE].rows.total == len(rows)


def test_objects_and_profiles_are_ticked_and_counted_anew(view: FeaturesView) -> None:
    reader, today = view.bridge.reader, view.bridge.today
    row = next(one for one in register(reader, today) if not one.objects)
    view.tables[FEATURE].select(row.id)
    view.edit.click()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, TargetsDialog))
    item = dialog.objects.listed.item(0)
    item.setCheckState(Qt.CheckState.Checked)
    dialog._chosen("save")
    after = next(one for one in register(reader, today) if one.id == row.id)
    assert after.objects == (item.text(),)
    assert after.share is not None
    view.bridge.undo()
    assert next(one for one in register(reader, today) if one.id == row.id) == row


def test_a_passage_is_added_changed_and_refused(view: FeaturesView) -> None:
    reader, today = view.bridge.reader, view.bridge.today
    before = len(passages.use(reader, today))
    open_(view, PASSAGE)
    dialog = PassageDialog(view, view.bridge)
    dialog._chosen("save")
    assert dialog.complaint.text() == "Choose a profile."
    dialog.profile.choose(profiles(reader)[0].id)
    dialog.title.field.setText("Devis")
    dialog.target.field.setText("101")
    dialog.target._typed("101")
    dialog._chosen("save")
    assert "0 to 100" in dialog.complaint.text()
    dialog.target.field.setText("90 %")
    dialog.target._typed("90 %")
    dialog._chosen("save")
    added = [one for one in passages.use(reader, today) if one.title == "Devis"]
    assert len(passages.use(reader, today)) == before + 1
    assert (added[0].target_percent, added[0].met) == (90, None)
    view.tables[PASSAGE].select(added[0].id)
    view.edit.click()
    again = next(
        w for w in QApplication.topLevelWidgets()
        if isinstance(w, PassageDialog) and w.passage is not None
    )  # fmt: skip
    assert again.title.field.text() == "Devis"


def test_a_measure_moves_the_completeness(view: FeaturesView) -> None:
    reader = view.bridge.reader
    open_(view, MEASURE)
    before = quality.latest(reader)
    dialog = MeasureDialog(view, view.bridge)
    dialog.object.choose(before.rows[0].object_id)
    dialog.field.field.setText("Nouveau champ")
    for asked, text in ((dialog.records, "10"), (dialog.filled, "11")):
        asked.field.setText(text)
        asked._typed(text)
    dialog._chosen("save")
    assert "More records are filled" in dialog.complaint.text()
    dialog.filled.field.setText("4")
    dialog.filled._typed("4")
    dialog._chosen("save")
    row = next(one for one in quality.latest(reader).rows if one.field == "Nouveau champ")
    assert row.share == pytest.approx(0.4)


def test_the_filter_counts_the_users_of_a_department_only(view: FeaturesView) -> None:
    every = {row.id: row.targets for row in view.tables[FEATURE].rows.shown}
    view.show_scope(UseFilter(departments=frozenset({1})))
    assert all(row.targets <= every[row.id] for row in view.tables[FEATURE].rows.shown)
    assert any(row.targets < every[row.id] for row in view.tables[FEATURE].rows.shown)


def test_an_empty_project_says_what_to_do_first(qtbot: QtBot, project: Project) -> None:
    bridge = Bridge(project)
    made = FeaturesView(bridge)
    qtbot.addWidget(made)
    made.retranslate()
    made.refresh(None)
    made.show()
    for name in (FEATURE, PASSAGE, MEASURE, OBJECT):
        open_(made, name)
        assert made.empties[name].isVisible() and not made.add.isVisible()
    open_(made, FEATURE)
    made.empties[FEATURE].button.click()
    made.refresh(None)
    assert made.tables[FEATURE].isVisible()
    bridge.detach()
