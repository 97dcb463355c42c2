"""Printing the Gantt: to paper, PDF or SVG."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.reports import gantt_pages
from crm_pilot.reports.gantt_pages import Drawing
from crm_pilot.reports.gantt_pages_options import Options, Orientation, Paper
from crm_pilot.reports.sheets import Pages
from ui.bridge import Bridge
from ui.dialogs.print_gantt_form import PrintForm, Shown
from ui.dialogs.print_pages import PagesDialog, offer, paper
from ui.files import commit_pending
from ui.tasks import Jobs


def ask_print(parent: QWidget, bridge: Bridge, choice: Shown | None = None) -> None:
    """Open the printing of the Gantt; `choice` are the filters of the room it begins with."""
    commit_pending()
    PrintGantt(parent, bridge, choice=choice).open()


class PrintGantt(PagesDialog):
    """The choices of the printed Gantt beside its pages."""

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        jobs: Jobs | None = None,
        choice: Shown | None = None,
    ) -> None:
        super().__init__(parent, tr("Print the Gantt"), bridge, jobs)
        self.document = tr("Gantt chart")
        self.source = gantt_pages.gather(bridge.reader, bridge.today)
        self.form = PrintForm(self.source, bridge.today)
        self.build(
            self.form,
            [
                ("svg", tr("Save as SVG…")),
                ("pdf", tr("Save as PDF…")),
                ("print", tr("Print…")),
            ],
        )
        self.form.begin(bridge.settings.printing, choice)
        self.finished.connect(self._remember)
        self.start()

    @property
    def drawing(self) -> Drawing | None:
        """What the preview shows."""
        return cast("Drawing | None", self.pages)

    def wanted(self) -> tuple[Any, ...] | None:
        """Options, language and level."""
        options = self.form.options()
        if options is None:
            return None
        return options, str(self.form.language.currentData()), self.form.level.currentData()

    def drawer(self, wanted: tuple[Any, ...]) -> Callable[[], Pages]:
        """Lay out what was read when the dialog opened."""
        source = self.source
        return lambda: gantt_pages.draw(source, *wanted)

    def told(self, pages: Pages) -> tuple[str, str]:
        """How many pages, and whether more than asked for."""
        layout = cast(Drawing, pages).layout
        note = ""
        if layout.wanted_tall:
            note = tr(
                "{wanted} below each other would make the text smaller than 7 points;"
                " {used} are used.",
                wanted=layout.wanted_tall,
                used=len(layout.bands),
            )
        line = ntr(
            "{n} page, text of {size} points",
            "{n} pages, text of {size} points",
            pages.count,
            size=round(layout.density.text),
        )
        return line, note

    def page_layout(self) -> QPageLayout:
        """The paper that was chosen."""
        assert self.drawing is not None
        return page_layout(self.drawing.layout.options)

    def carry_out(self, action: str) -> None:
        """Write the pages to a PDF, or one SVG each; then offer to open them."""
        out = self.ask_path(f".{action}")
        drawing = self.drawing
        if out is not None and drawing is not None:
            self.save(
                tr("Writing the Gantt"),
                lambda: gantt_pages.write(drawing, out),
                out,
                lambda window, written: _offer(window, written),
            )

    def _remember(self) -> None:
        self.bridge.settings.printing = self.form.remembered()
        self.bridge.remember()


def page_layout(options: Options) -> QPageLayout:
    """The paper of some options."""
    sizes = {Paper.A4: QPageSize.PageSizeId.A4, Paper.A3: QPageSize.PageSizeId.A3}
    return paper(sizes[options.paper], lies=options.orientation is Orientation.LANDSCAPE)


def _offer(window: QWidget | None, written: list[Path]) -> None:
    sentence = ntr("The Gantt chart is ready", "The Gantt chart is ready: {n} files", len(written))
    offer(window, sentence, written)
