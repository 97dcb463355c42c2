"""Files dropped on the wizard or on the window, one, several, folders, projects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from crm_pilot.project import Project
from ui.dialogs.base import Dialog
from ui.dialogs.import_wizard import ImportWizard
from ui.drops import Veil

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
TICKETS = "Ref;Objet;Ouvert le\n1;Doublons;13/03/2026\n"


def drag(target: QWidget, *paths: Path) -> QMimeData:
    """Files hang over a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NO_KEY))
    return data


def drop(target: QWidget, *paths: Path) -> None:
    data = drag(target, *paths)
    QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NO_KEY))


def opened_dialog() -> QWidget:
    found = QApplication.activeModalWidget()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("a.csv", "b.csv"), "Only logins and actions are imported from several files at once"),
        (("a.csv", "plan.crmp"), "“plan.crmp” is a project of CRM Pilot. Drop it alone"),
        (("folder",), "“folder” is a folder without any file"),
        (("plan.crmp",), "“plan.crmp” is a project of CRM Pilot"),
        (("gone.csv",), "“gone.csv” is no longer there"),
        (("empty.csv",), "“empty.csv” is empty"),
    ],
)
def test_what_cannot_be_taken_is_told(desk: Any, names: tuple[str, ...], sentence: str) -> None:
    for name in ("a.csv", "b.csv"):
        desk.write(TICKETS, name)
    desk.write("", "empty.csv")
    (desk.folder / "folder").mkdir()
    (desk.folder / "plan.crmp").write_bytes(b"")
    wizard = desk.open(None)
    drop(wizard, *(desk.folder / name for name in names))
    desk.settle(wizard)
    assert wizard.refused.isVisible()
    assert wizard.refused.words.text().startswith(sentence)
    drop(wizard, desk.folder / "a.csv")
    desk.settle(wizard)
    assert wizard.apply_button.isEnabled()


def test_a_table_dropped_on_the_window_is_read_by_the_wizard(
    window: Any, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text(TICKETS, "utf-8")
    drag(window, path)
    veil = window.findChild(Veil)
    assert veil.isVisible()
    assert veil.words.text() == "Let go to see what is in “tickets.csv”"
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not veil.isVisible()
    drop(window, path)
    wizard = opened_dialog()
    assert isinstance(wizard, ImportWizard)
    qtbot.waitUntil(lambda: wizard._job is None)
    wizard.apply_button.click()
    assert window.bridge.reader.value("SELECT count(*) FROM ticket") == 1
    wizard.finish.open.click()
    assert window.current.name == "maintenance"


def test_a_project_dropped_on_the_window_is_opened(window: Any, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "other.crmp"
    with Project.create(name="Other", language="en") as other:
        other.save(path)
    drop(window, path)
    opened_dialog().chosen.emit("discard")  # the project of this window was never saved
    qtbot.waitUntil(lambda: window.bridge.has_project and window.bridge.project.name == "Other")
    opened = window.bridge.detach()
    opened.close()


def test_a_project_among_tables_dropped_on_the_window_is_refused(
    window: Any, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.crmp")]
    for path in paths:
        path.write_text(TICKETS, "utf-8")
    drop(window, *paths)
    told = opened_dialog()
    assert isinstance(told, Dialog)
    assert told.sentence.text().startswith("“b.crmp” is a project of CRM Pilot. Drop it alone")
    assert window.bridge.reader.value("SELECT count(*) FROM ticket") == 0


def test_several_logs_dropped_on_the_window_are_one_import(
    window: Any, qtbot: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "months"
    folder.mkdir()
    paths = [folder, tmp_path / "april.csv"]
    for number, path in enumerate((folder / "march.csv", paths[1]), 3):
        path.write_text(f"Email,Login timestamp\nzoe@x.fr,2026-{number:02d}-12\n", "utf-8")
    drop(window, *paths)
    wizard = opened_dialog()
    assert isinstance(wizard, ImportWizard)
    qtbot.waitUntil(lambda: wizard._job is None)
    assert wizard.plan is not None
    assert [file.name for file in wizard.plan.files] == ["march.csv", "april.csv"]
    wizard.apply_button.click()
    assert window.bridge.reader.value("SELECT count(*) FROM login_fact") == 2
    wizard.finish.undo.click()
    qtbot.waitUntil(lambda: wizard._job is None)
    assert window.bridge.reader.value("SELECT count(*) FROM import_batch") == 0


def test_records_without_an_object_ask_for_it(desk: Any) -> None:
    path = desk.write("Created By,Created Date\nZoé,2026-03-12\n", "export.csv")
    wizard = desk.open(path)
    assert wizard.plan is not None
    assert (wizard.plan.kind, wizard.plan.ok) == ("actions", False)
    box = wizard.page.strip.choices["@object"].box
    desk.choose(wizard, box, "Contact")
    assert wizard.apply_button.isEnabled()
    wizard.apply_button.click()
    assert wizard.sentence.text() == "1 record created or updated was imported from export.csv"
    assert desk.count("action_fact") == 1
