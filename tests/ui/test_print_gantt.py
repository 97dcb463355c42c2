"""Printing the Gantt from the window: the preview, its choices, paper, PDF and SVG."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project
from tests.reports.printed import plan
from ui.bridge import Bridge
from ui.dialogs import print_gantt
from ui.dialogs import print_pages as print_pages_
from ui.dialogs.print_gantt import PrintGantt, page_layout
from ui.dialogs.print_pages import print_pages
from ui.dialogs.print_pen import paint
from ui.screens.planning.lines import Choice
from ui.tasks import Jobs

PATIENCE = 5000


@pytest.fixture
def opened(
    qtbot: QtBot, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., PrintGantt]]:
    """The dialog over the demonstration."""
    jobs = Jobs()
    with Project.open(demo, read_only=True) as project:
        bridge = Bridge(project)

        def make(choice: Choice | None = None) -> PrintGantt:
            made = PrintGantt(None, bridge, jobs, choice)
            qtbot.addWidget(made)
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
            made.show()
            settled(qtbot, made)
            return made

        yield make
        jobs.wait()
        bridge.detach()


def settled(qtbot: QtBot, dialog: PrintGantt) -> None:
    """Wait until the preview shows what is chosen, or says why it cannot."""
    qtbot.waitUntil(lambda: not dialog._soon.isActive() and not dialog._running, timeout=PATIENCE)


def test_the_preview_shows_the_pages(opened: Callable[..., PrintGantt]) -> None:
    dialog = opened()
    assert dialog.preview.pages == len(dialog.drawing.layout.pages) > 1
    assert dialog.settled
    assert dialog.preview.where.text() == f"Page 1 of {dialog.preview.pages}"
    assert all(dialog.buttons[name].isEnabled() for name in ("svg", "pdf", "print"))


def test_a_choice_is_laid_out_anew(opened: Callable[..., PrintGantt], qtbot: QtBot) -> None:
    dialog = opened()
    before = dialog.preview.pages
    dialog.form.orientation._buttons["portrait"].click()
    settled(qtbot, dialog)
    assert dialog.drawing.layout.options.size[0] < 600
    dialog.form.wide.setCurrentIndex(dialog.form.wide.findData(3))
    dialog.form.skip_empty.setChecked(False)
    settled(qtbot, dialog)
    assert len(dialog.drawing.layout.columns) == 3
    assert dialog.preview.pages == 3 * len(dialog.drawing.layout.bands) != before


def test_too_few_pages_are_told(opened: Callable[..., PrintGantt], qtbot: QtBot) -> None:
    dialog = opened()
    dialog.form.tall.setCurrentIndex(dialog.form.tall.findData(1))
    settled(qtbot, dialog)
    assert not dialog.form.note.isHidden()
    assert "smaller than 7 points" in dialog.form.note.text()


def test_what_cannot_be_printed_is_grey_and_says_why(
    opened: Callable[..., PrintGantt], qtbot: QtBot
) -> None:
    dialog = opened()
    dialog.form.text.setText("zzzz")
    settled(qtbot, dialog)
    for name in ("svg", "pdf", "print"):
        assert not dialog.buttons[name].isEnabled()
        assert "nothing to print" in dialog.buttons[name].toolTip()
    assert "nothing to print" in dialog.preview.page.accessibleName()
    dialog.form.text.setText("")
    settled(qtbot, dialog)
    assert dialog.buttons["print"].isEnabled()
    dialog.form.first.setText("soonish")
    dialog.form.first.editingFinished.emit()
    settled(qtbot, dialog)
    assert not dialog.buttons["print"].isEnabled()
    assert dialog.form.first.property("wrong") == "true"


def test_days_are_typed_as_people_write_them(
    opened: Callable[..., PrintGantt], qtbot: QtBot
) -> None:
    dialog = opened()
    for field, text in ((dialog.form.first, "1/9/2026"), (dialog.form.last, "31 Dec 2026")):
        field.setText(text)
        field.editingFinished.emit()
    settled(qtbot, dialog)
    options = dialog.drawing.layout.options
    assert (options.first.isoformat(), options.last.isoformat()) == ("2026-09-01", "2026-12-31")
    assert dialog.form.last.text() == "31\xa0Dec\xa02026"


def test_it_begins_with_the_filters_of_the_room(opened: Callable[..., PrintGantt]) -> None:
    dialog = opened(Choice(hide_done=True))
    assert dialog.drawing.layout.options.filter.hide_done
    assert dialog.form.only["hide_done"].isChecked()
    phase = next(row.id for row in dialog.source.rows if row.parent_id is not None)
    phase = next(row.parent_id for row in dialog.source.rows if row.id == phase)
    inside = opened(Choice(phase=phase)).drawing.layout
    assert inside.options.filter.phase == phase and len(inside.lines) < len(dialog.source.rows) / 2


def test_paper_and_looks_are_remembered_and_lines_are_not(
    opened: Callable[..., PrintGantt], qtbot: QtBot
) -> None:
    dialog = opened()
    dialog.form.paper._buttons["a3"].click()
    dialog.form.ticks["owners"].setChecked(True)
    dialog.form.only["hide_done"].setChecked(True)
    settled(qtbot, dialog)
    dialog.reject()
    again = opened()
    options = again.drawing.layout.options
    assert (options.paper, options.owners, options.filter.hide_done) == ("a3", True, False)


def test_pages_are_turned_and_sized_by_keys(opened: Callable[..., PrintGantt]) -> None:
    dialog = opened()
    preview, page = dialog.preview, dialog.preview.page
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert preview.number == 2
    QTest.keyClick(page, Qt.Key.Key_End)
    assert preview.number == preview.pages
    assert not preview.after.isEnabled() and preview.after.toolTip() == "This is the last page."
    QTest.keyClick(page, Qt.Key.Key_Home)
    assert preview.number == 1 and not preview.before.isEnabled()
    whole = page.minimumWidth()
    QTest.keyClicks(page, "++")
    assert page.minimumWidth() > whole
    QTest.keyClicks(page, "0")
    assert page.minimumWidth() == whole


def test_it_is_saved_as_pdf_and_svg(
    opened: Callable[..., PrintGantt],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offered: list[list[Path]] = []
    monkeypatch.setattr(print_gantt, "_offer", lambda _window, written: offered.append(written))
    for suffix in ("pdf", "svg"):
        dialog = opened()
        pages = dialog.preview.pages
        out = tmp_path / f"plan.{suffix}"
        chosen = str(out.with_suffix("")) if suffix == "pdf" else str(out)
        monkeypatch.setattr(
            print_pages_.QFileDialog, "getSaveFileName", lambda *_, chosen=chosen: (chosen, "")
        )
        dialog.buttons[suffix].click()
        qtbot.waitUntil(lambda: bool(offered), timeout=PATIENCE)
        written = offered.pop()
        assert len(written) == (1 if suffix == "pdf" else pages)
        assert all(path.is_file() and path.suffix == f".{suffix}" for path in written)
        assert not dialog.isVisible()
    assert len(pypdf.PdfReader(tmp_path / "plan.pdf").pages) == pages


def test_what_is_printed_is_what_is_shown(
    opened: Callable[..., PrintGantt], tmp_path: Path, qtbot: QtBot
) -> None:
    """A printer that writes a PDF: as many pages, of the paper that was chosen."""
    dialog = opened()
    dialog.form.paper._buttons["a3"].click()
    settled(qtbot, dialog)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(page_layout(dialog.drawing.layout.options))
    printer.setFullPage(True)
    assert print_pages(dialog.drawing, printer) == dialog.preview.pages
    pages = pypdf.PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes())).pages
    assert len(pages) == dialog.preview.pages
    assert round(float(pages[0].mediabox.width)) == 1191


def test_texts_of_the_preview_are_as_wide_as_on_paper(qtbot: QtBot) -> None:
    """The two pens draw one page: what the PDF measured fits on the screen."""
    from PySide6.QtGui import QFontMetricsF, QPainter

    from crm_pilot.reports.gantt_pages import draw
    from crm_pilot.reports.gantt_pages_options import Options
    from crm_pilot.reports.sheets import Text
    from ui.dialogs.print_pen import _font

    drawing = draw(plan(60, 9), Options(), "fr")
    sheet = drawing.sheet(drawing.layout.pages[0])
    image = QImage(842, 595, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint(painter, sheet)
    painter.end()
    for item in sheet.items:
        if isinstance(item, Text):
            metrics = QFontMetricsF(_font(round(item.size), item.bold, item.tabular), image)
            wide = metrics.horizontalAdvance(item.text)
            assert wide == pytest.approx(item.wide, abs=1.0 + item.wide * 0.02), item.text
    assert image.pixelColor(2, 2) == Qt.GlobalColor.white


def test_french_is_whole(opened: Callable[..., PrintGantt]) -> None:
    from ui import language

    language.apply("fr")
    dialog = opened()
    assert dialog.buttons["print"].text() == "Imprimer…"
    assert dialog.preview.where.text().startswith("Page 1 sur ")
    assert "points" in dialog.detail.text() and "texte de" in dialog.detail.text()
