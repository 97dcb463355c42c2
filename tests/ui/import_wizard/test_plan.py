"""Plans of other planners in the wizard: shown line by line, imported as one step."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm_pilot.exchange.mspdi_write import write_mspdi
from crm_pilot.planning import queries
from crm_pilot.planning.document import DocTask, PlanDocument


@pytest.fixture
def plan(desk: Any) -> Path:
    """A plan of two lines."""
    document = PlanDocument(
        start=dt.datetime(2026, 1, 5, 8),
        tasks=(DocTask(1, "Phase"), DocTask(2, "Build", parent=1, duration=960)),
        source="mspdi",
    )
    path: Path = desk.folder / "plan.xml"
    write_mspdi(document, path)
    return path


def test_a_plan_is_known_shown_and_imported(desk: Any, plan: Path) -> None:
    wizard = desk.open(plan)
    assert wizard.page.kind.value == "plan"
    assert wizard.sentence.text() == "Import a plan of 2 lines from plan.xml"
    assert wizard.page.mapping.isHidden()
    assert wizard.page.strip.isHidden()
    assert [row[0] for row in wizard.page.outcome.table.texts.rows] == ["Phase", "› Build"]
    assert "this one becomes its plan" in wizard.page.outcome.notes.text()
    wizard.apply_button.click()
    assert wizard.sentence.text() == "A plan of 2 lines was imported from plan.xml"
    assert wizard.finish.open.text() == "Open “Plan”"
    assert [row.title for row in queries.tasks(desk.bridge.reader)] == ["Phase", "Build"]
    again = desk.open(plan)  # beside a plan: under a phase of its own
    assert "under a new phase “plan”" in again.page.outcome.notes.text()
    assert again.apply_button.isEnabled()


def test_other_files_show_their_columns_again(desk: Any, plan: Path) -> None:
    wizard = desk.open(plan)
    wizard.read(desk.write("Ref;Objet;Statut;Ouvert le\n1;A;Ouvert;13/03/2026\n"))
    desk.settle(wizard)
    assert wizard.page.kind.value == "tickets"
    assert not wizard.page.mapping.isHidden()
    assert not wizard.page.strip.isHidden()


def test_a_file_of_ms_project_itself_is_refused_with_advice(desk: Any) -> None:
    path = desk.folder / "plan.mpp"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    wizard = desk.open(path)
    assert "“Save as”, type “XML”" in wizard.refused.words.text()
    assert not wizard.apply_button.isVisible()
