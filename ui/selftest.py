"""The self-test with the real window: the sample is opened, edited, undone, saved and drawn.

It uses the present display, or draws in memory where the command line found none.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication

from crm_pilot import exchange, figures, selftest
from crm_pilot.i18n import show, tr
from crm_pilot.paths import sessions_dir
from crm_pilot.planning.commands import AddTask
from crm_pilot.project import Project, SetField
from crm_pilot.selftest import Bench, Failed, expect
from ui import theme
from ui.app import Options
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.sidebar import ROOMS
from ui.start import make_application

PATIENCE_S = 60.0
SETTLE_S = 0.12  # sentences and charts follow an edit within a tenth of a second
TITLE = "Essai ✓ « œuvre »"
LEAST_COLOURS = 8  # of a screen drawn 160 pixels wide


def run(write: Callable[[str], object]) -> int:
    """Carry out every step; the exit code is 0 when all is well, otherwise 1."""
    trial = _Trial()
    before, sys.excepthook = sys.excepthook, trial.caught
    try:
        return selftest.run(
            (
                ("program files", selftest.resources),
                ("libraries", selftest.libraries),
                ("make the sample", selftest.make_sample),
                ("open it in the window", trial.open),
                ("draw every screen", trial.draw),
                ("edit", trial.edit),
                ("undo and redo", trial.undo),
                ("import a CSV", trial.import_tickets),
                ("import a workbook", trial.import_people),
                ("save", trial.save),
                ("open again and compare", trial.compare),
                ("print the report", selftest.print_reports),
                ("switch the language", trial.switch_language),
                ("switch the theme", trial.switch_theme),
                ("close", trial.close),
                ("stay off the network", selftest.stay_offline),
                ("no error behind the scenes", trial.count_errors),
            ),
            write,
        )
    finally:
        sys.excepthook = before


class _Trial:
    """The steps that need the window, and what they hand on to each other."""

    def __init__(self) -> None:
        self._window: MainWindow | None = None
        self._known: dict[str, Any] = {}
        self._errors: list[str] = []

    @property
    def window(self) -> MainWindow:
        """The window with the sample. Raises `Failed` when it could not be opened."""
        if self._window is None or not self._window.bridge.has_project:
            raise Failed("needs the window with the sample, which did not open")
        return self._window

    @property
    def project(self) -> Project:
        """The open sample."""
        return self.window.bridge.project

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """What the event loop would only have printed."""
        traceback.print_exception(kind, error, trace)
        self._errors.append(f"{kind.__name__}: {error}")

    # steps -----------------------------------------------------------------------------------

    def open(self, bench: Bench) -> str:
        """The window, as at a start with a file."""
        app = make_application(Options("en", "light"))
        window = MainWindow(Bridge(), opening=True)
        window.bridge.settings.theme, window.bridge.settings.language = "light", "en"
        window.resize(QSize(1366, 768))
        window.show()
        window.complete()
        self._window = window
        expect(window.files.load(bench.project), "the sample does not open")
        expect(window.current is not None, "no screen is shown")
        expect(QFontInfo(theme.font()).family() == "Inter", "the font Inter is not used")
        expect(_colours(theme.pixmap("save").toImage()) > 1, "icons are not drawn")
        return f"{app.platformName()}, {app.devicePixelRatio():g} pixels a point"

    def draw(self, bench: Bench) -> str:
        """A picture of each screen; all differ and none is empty."""
        made: dict[bytes, str] = {}
        for room in ROOMS:
            self.window.show_screen(room.name)
            settle()
            path = bench.folder / f"{room.name}.png"
            expect(self.window.stack.grab().save(str(path)), f"{path.name} cannot be written")
            colours = _colours(QImage(str(path)))
            expect(colours >= LEAST_COLOURS, f"the screen {room.name} is empty")
            data = path.read_bytes()
            expect(data not in made, f"{room.name} shows what {made.get(data)} shows")
            made[data] = room.name
        return f"{len(made)} screens, {sum(map(len, made)) // 1024} KB"

    def edit(self, bench: Bench) -> str:
        """A line is added to the plan and renamed."""
        bridge = self.window.bridge
        self.window.show_screen("planning")
        before = self._titles()
        key = bridge.execute(AddTask("Essai", bridge.today))
        expect(key and self._titles() - before == {"Essai"}, "the line was not added")
        bridge.execute(SetField("task", key, "title", TITLE, "Title"))
        settle()
        expect(self._titles() - before == {TITLE}, "the title was not changed")
        expect(self.window.isWindowModified(), "the window does not say that it is unsaved")
        return ""

    def undo(self, bench: Bench) -> str:
        """Both edits are taken back, and done again, by the actions of the menu."""
        after = self._titles()
        expect(TITLE in after, "needs the edit, which failed")
        for action, times in (("undo", 2), ("redo", 2)):
            for _ in range(times):
                self.window.actions_.by_id[action].trigger()
                settle()
            expect((TITLE in self._titles()) is (action == "redo"), f"{action} did nothing")
        expect(self._titles() == after, "redo is not what was undone")
        return ""

    def import_tickets(self, bench: Bench) -> str:
        """Two tickets from a semicolon-separated file in cp1252."""
        self._import("tickets", selftest.write_tickets(bench))
        found = self.project.reader.value(
            "SELECT count(*) FROM ticket WHERE number LIKE 'ZZ-900_' AND opened_at < '2026-11-05'"
        )
        expect(found == 2, f"{found} of 2 tickets came in")
        return self._last_step()

    def import_people(self, bench: Bench) -> str:
        """Two colleagues from a workbook."""
        self._import("people", selftest.write_people(bench))
        found = self.project.reader.value("SELECT count(*) FROM person WHERE last_name = 'Ålund'")
        expect(found == 1, "the colleagues did not come in")
        return self._last_step()

    def save(self, bench: Bench) -> str:
        """Saved by the action of the menu."""
        window, project = self.window, self.project
        expect(project.unsaved, "there is nothing to save")
        window.actions_.by_id["save"].trigger()
        wait(lambda: not project.unsaved and not window.files.saving, "the save did not end")
        self._known = self._contents(project)
        return f"{bench.project.stat().st_size // 1024} KB"

    def compare(self, bench: Bench) -> str:
        """The file, opened again, holds what was saved."""
        expect(self._known, "needs the save, which failed")
        with Project.open(bench.project, read_only=True) as again:
            found = self._contents(again)
        differ = [name for name, value in self._known.items() if found.get(name) != value]
        expect(not differ and TITLE in found["titles"], f"differ: {', '.join(differ)}")
        return f"{len(found['titles'])} lines of the plan, {len(found)} groups of figures"

    def switch_language(self, bench: Bench) -> str:
        """French and back, Qt's own words included."""
        window, said = self.window, {}
        for action in ("french", "english"):
            window.actions_.by_id[action].trigger()
            settle()
            wanted = {tr(room.title) for room in ROOMS}
            shown = {button.accessibleName() for button in window.findChildren(QAbstractButton)}
            expect(wanted <= shown, f"not shown in {action}: {sorted(wanted - shown)}")
            said[action] = wanted, QApplication.translate("QPlatformTheme", "Cancel")
        expect(len(said["french"][0] - said["english"][0]) >= 3, "French is the same as English")
        expect(said["french"][1] == "Annuler", "the French texts of Qt are missing")
        return ""

    def switch_theme(self, bench: Bench) -> str:
        """Dark, high contrast and light look different."""
        seen = set()
        for wish in ("dark", "contrast", "light"):
            self.window.actions_.by_id[wish].trigger()
            settle()
            shown = self.window.grab().toImage()
            seen.add(shown.pixelColor(shown.width() - 4, shown.height() - 4).name())
        expect(len(seen) >= 2, "the themes look the same")
        return ""

    def close(self, bench: Bench) -> str:
        """Nothing is left behind: no lock, no working copy."""
        window = self.window
        window.files.drop()
        window.close()
        settle()
        self._window = None
        left = [path.name for path in bench.folder.glob(".*")]
        left += [path.name for path in sessions_dir().glob("*") if path.is_dir()]
        expect(not left, f"left behind: {', '.join(left)}")
        return ""

    def count_errors(self, bench: Bench) -> str:
        """Slots and painting raised nothing."""
        expect(not self._errors, f"{len(self._errors)} errors, first {self._errors[:1]}")
        return ""

    # helpers ---------------------------------------------------------------------------------

    def _titles(self) -> set[str]:
        return {row[0] for row in self.project.reader.select("SELECT title FROM task")}

    def _import(self, kind: str, path: Path) -> None:
        plan = exchange.plan_import(kind, path, self.project.reader, language="fr")
        expect(plan.ok, f"{path.name} is refused: {plan.problems[:1]}")
        self.window.bridge.execute(exchange.apply_command(plan))
        settle()

    def _last_step(self) -> str:
        return show(self.project.undo_labels[0])

    def _contents(self, project: Project) -> dict[str, Any]:
        found = figures.collect(project.reader, project.today(), figures.Level.OWN)
        titles = sorted(row[0] for row in project.reader.select("SELECT title FROM task"))
        return {**found, "titles": titles}


def settle() -> None:
    """Let events, late layouts and coalesced refreshes happen."""
    end = time.monotonic() + SETTLE_S
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def wait(until: Callable[[], bool], otherwise: str) -> None:
    """Handle events until the condition holds. Raises `Failed` when it takes too long."""
    end = time.monotonic() + PATIENCE_S
    while not until():
        expect(time.monotonic() < end, otherwise)
        settle()


def _colours(image: QImage) -> int:
    """How many colours a picture has, looked at 160 pixels wide."""
    small = image.scaledToWidth(160).convertToFormat(QImage.Format.Format_RGB32)
    return len(set(memoryview(small.constBits()).cast("I")))
