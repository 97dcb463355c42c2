"""The wizard over an empty project, with the real job queue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project
from ui.bridge import Bridge
from ui.dialogs.import_wizard import ImportWizard
from ui.tasks import Jobs


class Desk:
    """Opens wizards and works them as a person does."""

    def __init__(self, qtbot: QtBot, bridge: Bridge, jobs: Jobs, folder: Path) -> None:
        self.qtbot, self.bridge, self.jobs, self.folder = qtbot, bridge, jobs, folder

    def write(self, text: str, name: str = "tickets.csv", encoding: str = "utf-8") -> Path:
        """A file to import."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def open(self, path: Path | None) -> ImportWizard:
        """A wizard that has read `path`."""
        made = ImportWizard(None, self.bridge, self.jobs, path)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.qtbot.addWidget(made)
        made.show()
        self.settle(made)
        return made

    def settle(self, wizard: ImportWizard) -> None:
        """Wait until nothing is being read."""
        self.qtbot.waitUntil(lambda: wizard._job is None, timeout=10_000)

    def choose(self, wizard: ImportWizard, box: QComboBox, text: str) -> None:
        """Choose an entry and wait for the reading that follows."""
        row = box.findText(text)
        assert row >= 0, [box.itemText(number) for number in range(box.count())]
        box.setCurrentIndex(row)
        box.activated.emit(row)
        self.settle(wizard)

    def read_as(self, wizard: ImportWizard) -> dict[str, str]:
        """What the strip says of the reading: key → chosen text."""
        return {
            key: choice.box.currentText()
            for key, choice in wizard.page.strip.choices.items()
            if not choice.isHidden()
        }

    def count(self, table: str = "ticket") -> int:
        """Rows of a table."""
        found: int = self.bridge.reader.value(f"SELECT count(*) FROM {table}")
        return found


@pytest.fixture
def bridge(project: Project, qtbot: QtBot) -> Bridge:
    """A bridge over an empty project."""
    return Bridge(project)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """The real job queue."""
    made = Jobs()
    yield made
    made.wait()


@pytest.fixture
def desk(qtbot: QtBot, bridge: Bridge, jobs: Jobs, tmp_path: Path) -> Desk:
    """Where wizards are opened."""
    return Desk(qtbot, bridge, jobs, tmp_path)
