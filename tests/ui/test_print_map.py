"""Printing the map from the window: the preview, its choices, files, paper and the clipboard."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from crm_pilot.figures import Level
from crm_pilot.project import Project
from crm_pilot.stakeholders.queries import units
from crm_pilot.stakeholders.terms import UnitKind
from ui.bridge import Bridge
from ui.dialogs import print_map
from ui.dialogs.print_map import PrintMapDialog
from ui.dialogs.print_pages import QFileDialog, print_pages
from ui.screens.stakeholders.copying import copy_map
from ui.tasks import Jobs

PATIENCE = 8000


@pytest.fixture
def bridge(demo: Path) -> Iterator[Bridge]:
    """The demonstration, opened."""
    with Project.open(demo, read_only=True) as project:
        made = Bridge(project)
        yield made
        made.detach()


@pytest.fixture
def opened(qtbot: QtBot, bridge: Bridge) -> Iterator[Callable[[], PrintMapDialog]]:
    """The dialog over it."""
    jobs = Jobs()

    def make() -> PrintMapDialog:
        made = PrintMapDialog(None, bridge, bridge.today, jobs)
        qtbot.addWidget(made)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        made.show()
        settled(qtbot, made)
        return made

    yield make
    jobs.wait()


def settled(qtbot: QtBot, dialog: PrintMapDialog) -> None:
    """Wait until the preview shows what is chosen, or says why it cannot."""
    qtbot.waitUntil(lambda: not dialog._soon.isActive() and not dialog._running, timeout=PATIENCE)


def persons(bridge: Bridge) -> list[str]:
    """Names of persons who are units of the map."""
    rows = units(bridge.reader, bridge.today)
    return [row.name for row in rows if row.kind is UnitKind.PERSON]


def test_it_begins_at_the_committees_level(opened: Callable[[], PrintMapDialog]) -> None:
    dialog = opened()
    assert dialog.form.level.currentData() == Level.COMMITTEE
    assert dialog.pages.source.level == Level.COMMITTEE
    assert dialog.preview.pages == dialog.pages.count
    assert "coded" in dialog.form.note.text()
    assert all(dialog.buttons[name].isEnabled() for name in dialog.actions_)


def test_a_choice_is_read_and_laid_out_anew(
    opened: Callable[[], PrintMapDialog], qtbot: QtBot
) -> None:
    dialog = opened()
    before = dialog.preview.pages
    dialog.form.level.setCurrentIndex(dialog.form.level.findData(Level.OWN))
    settled(qtbot, dialog)
    assert dialog.pages.source.own and dialog.preview.pages > before
    assert "not to be passed on" in dialog.form.note.text()
    dialog.form.whole.setChecked(False)
    settled(qtbot, dialog)
    assert dialog.preview.pages == 1
    dialog.form.language.setCurrentIndex(dialog.form.language.findData("fr"))
    settled(qtbot, dialog)
    assert dialog.pages.words.language == "fr"
    dialog.form.since.setText("1/9/2026")
    dialog.form.since.editingFinished.emit()
    settled(qtbot, dialog)
    assert dialog.pages.source.since.isoformat() == "2026-09-01"


def test_a_day_that_cannot_be_is_told(opened: Callable[[], PrintMapDialog], qtbot: QtBot) -> None:
    dialog = opened()
    for text, told in (("soonish", "soonish"), ("1/1/2030", "earlier day")):
        dialog.form.since.setText(text)
        dialog.form.since.editingFinished.emit()
        settled(qtbot, dialog)
        for name in dialog.actions_:
            assert not dialog.buttons[name].isEnabled()
            assert told in dialog.buttons[name].toolTip()
    dialog.form.since.setText("")
    dialog.form.since.editingFinished.emit()
    settled(qtbot, dialog)
    assert dialog.buttons["print"].isEnabled()


@pytest.mark.parametrize("suffix", ["pdf", "svg", "png"])
def test_it_is_saved(
    opened: Callable[[], PrintMapDialog],
    bridge: Bridge,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    offered: list[list[Path]] = []
    monkeypatch.setattr(print_map, "_offer", lambda _window, written: offered.append(written))
    dialog = opened()
    out = tmp_path / f"map.{suffix}"
    chosen = str(out.with_suffix("")), f"{suffix.upper()} (*.{suffix})"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    dialog.buttons["pdf" if suffix == "pdf" else "picture"].click()
    qtbot.waitUntil(lambda: bool(offered), timeout=PATIENCE)
    assert offered == [[out]]
    if suffix == "pdf":
        assert len(pypdf.PdfReader(out).pages) == dialog.pages.count
    elif suffix == "png":
        assert QImage(str(out)).width() > 1500
    else:
        text = out.read_text("utf-8")
        assert "Télévente" in text
        assert not any(name in text for name in persons(bridge))
    assert not dialog.isVisible()


def test_what_is_printed_is_what_is_shown(
    opened: Callable[[], PrintMapDialog], tmp_path: Path
) -> None:
    """A printer that writes a PDF: as many pages, lying A4."""
    dialog = opened()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(dialog.page_layout())
    printer.setFullPage(True)
    assert print_pages(dialog.pages, printer) == dialog.preview.pages
    pages = pypdf.PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes())).pages
    assert len(pages) == dialog.preview.pages
    assert round(float(pages[0].mediabox.width)) == 842


def test_the_map_is_copied_as_drawing_and_picture(
    opened: Callable[[], PrintMapDialog], bridge: Bridge
) -> None:
    dialog = opened()
    QGuiApplication.clipboard().clear()
    dialog.buttons["copy"].click()
    assert "clipboard" in dialog.form.note.text()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasFormat("image/svg+xml") and data.hasImage()
    assert bytes(data.data("image/png").data()).startswith(b"\x89PNG")
    assert dialog.isVisible()


def test_the_level_of_a_copy_is_respected(qtbot: QtBot, bridge: Bridge) -> None:
    known = persons(bridge)
    assert known
    copy_map(bridge, bridge.today)
    text = bytes(QGuiApplication.clipboard().mimeData().data("image/svg+xml").data()).decode()
    assert "Télévente" in text and not any(name in text for name in known)
    copy_map(bridge, bridge.today, Level.OWN)
    text = bytes(QGuiApplication.clipboard().mimeData().data("image/svg+xml").data()).decode()
    assert any(name in text for name in known)
    assert "do not pass on" in text
    copy_map(bridge, bridge.today, kind="png")
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage() and not data.hasFormat("image/svg+xml")


def test_french_is_whole(opened: Callable[[], PrintMapDialog]) -> None:
    from ui import language

    language.apply("fr")
    dialog = opened()
    assert dialog.buttons["copy"].text() == "Copier la carte"
    assert dialog.detail.text() == "1 page, A4 paysage"
