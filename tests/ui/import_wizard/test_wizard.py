"""The import wizard with real files, in the real job queue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QComboBox
from pytestqt.qtbot import QtBot

from crm_pilot.settings import load_settings
from ui.bridge import Bridge
from ui.dialogs.import_pages import KINDS
from ui.dialogs.import_wizard import ImportWizard
from ui.tasks import Jobs

TICKETS = (
    "Ref;Objet;Statut;Ouvert le;Source IP\n"
    "1;Doublons;Ouvert;13/03/2026;203.0.113.7\n"
    "2;Export;Clos;14/03/2026;203.0.113.8\n"
)


def write(tmp_path: Path, text: str, name: str = "tickets.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def opened(qtbot: QtBot, bridge: Bridge, jobs: Jobs, path: Path | None) -> ImportWizard:
    wizard = ImportWizard(None, bridge, jobs, path)
    wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(wizard)
    wizard.show()
    settle(qtbot, wizard)
    return wizard


def settle(qtbot: QtBot, wizard: ImportWizard) -> None:
    qtbot.waitUntil(lambda: wizard._job is None, timeout=5000)


def choose(box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_a_file_is_understood_shown_and_imported_as_one_step(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path
) -> None:
    wizard = opened(qtbot, bridge, jobs, write(tmp_path, TICKETS))
    assert wizard.sentence.text() == "Import 2 tickets from tickets.csv"
    choices = wizard.page.strip.choices
    assert choices["@encoding"].box.currentText() == "UTF-8"
    assert choices["@delimiter"].box.currentText() == "Semicolons"
    assert choices["@header"].box.currentText() == "Line 1"
    assert choices["@dates"].box.currentText() == "Day before month"
    assert "“13/03/2026” leaves no doubt" in choices["@dates"].why.text()
    assert wizard.page.mapping.dropped.whole().endswith("a machine or a place: Source IP")
    assert wizard.page.mapping.form.samples["title"].whole() == "Doublons · Export"
    assert wizard.page.outcome.table.texts.rows[1] == [
        *("2", "Export", "Closed", "To be sorted", "14\xa0Mar\xa02026")
    ]
    assert bridge.reader.value("SELECT count(*) FROM ticket") == 0
    wizard.apply_button.click()
    assert wizard.sentence.text() == "2 tickets were imported from tickets.csv"
    assert bridge.reader.value("SELECT count(*) FROM ticket") == 2
    assert len(bridge.project.undo_labels) == 1
    bridge.undo()
    assert bridge.reader.value("SELECT count(*) FROM ticket") == 0


def test_problems_are_listed_and_keep_the_file_out(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path
) -> None:
    path = write(tmp_path, TICKETS + "3;x;Ensablé;32/03/2026;\n")
    wizard = opened(qtbot, bridge, jobs, path)
    assert wizard.page.view.value == "problems"
    assert [row[:3] for row in wizard.page.problems.table.texts.rows] == [
        ("4", "Ouvert le", "32/03/2026"),
        ("4", "Statut", "Ensablé"),
    ]
    assert "Line 4, column “Ouvert le”, value “32/03/2026”" in wizard.page.problems.problem.text()
    assert not wizard.apply_button.isEnabled()
    assert "1 problem must be mended first" in wizard.sentence.text()


def test_a_corrected_mapping_is_remembered_for_the_same_columns(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path
) -> None:
    first = write(tmp_path, "Machin,Truc,Quand\n7,Panne,13/03/2026\n")
    wizard = opened(qtbot, bridge, jobs, first)
    assert not wizard.apply_button.isEnabled()
    for field, column in (("number", "Machin"), ("title", "Truc"), ("opened_at", "Quand")):
        choose(wizard.page.mapping.form.boxes[field], column)
        settle(qtbot, wizard)
    assert wizard.apply_button.isEnabled()
    wizard.apply_button.click()
    assert len(load_settings().mappings) == 1
    second = write(tmp_path, "Machin,Truc,Quand\n8,Lenteur,14/03/2026\n", "b.csv")
    again = opened(qtbot, bridge, jobs, second)
    again._take_for("tickets")
    settle(qtbot, again)
    assert again.apply_button.isEnabled()
    assert again.sentence.text() == "Import 1 ticket from b.csv"


def test_the_order_of_dates_can_be_forced(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path
) -> None:
    path = write(tmp_path, "Ref;Objet;Ouvert le\n1;a;03/04/2026\n")
    wizard = opened(qtbot, bridge, jobs, path)
    choose(wizard.page.strip.choices["@dates"].box, "Day before month")
    settle(qtbot, wizard)
    wizard.apply_button.click()
    assert bridge.reader.value("SELECT opened_at FROM ticket") == "2026-04-03 00:00:00"


def test_the_kind_is_guessed_and_can_be_changed(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path
) -> None:
    path = write(tmp_path, "Matricule;Nom;Prénom\n1;Durand;Zoé\n")
    wizard = opened(qtbot, bridge, jobs, path)
    assert wizard.page.kind.value == "people"
    wizard.page.kind.chosen.emit("tickets")
    settle(qtbot, wizard)
    assert wizard.plan is not None
    assert wizard.plan.kind == "tickets"
    assert "It looks like a list of people" in wizard.page.problems.problem.text()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_kinds_fit_on_a_small_screen(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path, language: str
) -> None:
    """Every kind is offered, and neither before nor after a file is read is more asked for than
    a screen of 1366 points leaves."""
    bridge.set_language(language)
    wizard = opened(qtbot, bridge, jobs, None)
    kind = wizard.page.kind
    assert {kind.itemData(place) for place in range(kind.count())} == set(KINDS)
    box = wizard.layout()
    assert box is not None
    assert box.totalMinimumSize().width() <= 1200
    wizard.take([write(tmp_path, "Matricule;Nom;Prénom\n1;Durand;Zoé\n")])
    settle(qtbot, wizard)
    assert box.totalMinimumSize().width() <= 1200


def test_a_dropped_file_is_read(qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path) -> None:
    wizard = opened(qtbot, bridge, jobs, None)
    assert not wizard.apply_button.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path, TICKETS)))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(9, 9), action, data, button, Qt.KeyboardModifier.NoModifier)
    wizard.dropEvent(drop)
    settle(qtbot, wizard)
    assert wizard.apply_button.isEnabled()


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 500])
def test_what_is_no_table_is_told_in_a_sentence(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(data)
    wizard = opened(qtbot, bridge, jobs, path)
    assert "“odd.csv” is" in wizard.refused.words.text()
    assert wizard.refused.isVisible()


def test_reading_can_be_stopped_and_the_dialog_closed_meanwhile(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path
) -> None:
    rows = "".join(f"{n};x;Ouvert;13/03/2026;\n" for n in range(30_000))
    wizard = ImportWizard(None, bridge, jobs, write(tmp_path, TICKETS + rows))
    wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(wizard)
    wizard.show()
    assert wizard.waiting.stop.isVisible()
    wizard.waiting.stop.click()
    settle(qtbot, wizard)
    assert wizard.plan is None
    assert wizard.zone.isVisible()
    wizard.read(tmp_path / "tickets.csv")
    wizard.reject()
    qtbot.waitUntil(lambda: not jobs.busy, timeout=5000)
    assert wizard.plan is None


def test_a_bug_while_reading_ends_the_reading(
    desk: Any, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("ui.dialogs.import_job.Asked._kind", broken)
    path = desk.write(TICKETS)
    with qtbot.waitSignal(desk.jobs.broken):
        wizard = desk.open(path)
    assert wizard.zone.isVisible()


def test_the_language_can_be_switched_while_it_is_open(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path, monkeypatch: Any
) -> None:
    wizard = opened(qtbot, bridge, jobs, write(tmp_path, TICKETS))
    bridge.set_language("en", pseudo=True)
    bare = [
        button.text()
        for button in wizard.findChildren(QAbstractButton)
        if button.text() and not button.text().startswith("⟦")
    ]
    assert bare == []
    assert wizard.sentence.text().startswith("⟦")
    assert all(text.startswith("⟦") for text in wizard.page.outcome.table.texts.headings)
    bridge.set_language("en")


def test_every_control_has_a_name_and_the_tables_keep_the_rules_of_models(
    qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path
) -> None:
    wizard = opened(qtbot, bridge, jobs, write(tmp_path, TICKETS))
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    for table in (wizard.page.outcome.table, wizard.page.problems.table, wizard.page.raw.table):
        QAbstractItemModelTester(table.texts, mode, wizard)
        assert table.accessibleName()
    for box in wizard.findChildren(QComboBox):
        assert box.accessibleName()
    wizard.retranslate()
