"""Printing the Gantt: choices at the left, the very pages at the right; to paper, PDF or SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import ntr, show, tr
from crm_pilot.reports import gantt_pages
from crm_pilot.reports.gantt_pages import Drawing
from crm_pilot.reports.gantt_pages_options import Options, Orientation, Paper
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.dialogs.print_gantt_form import PrintForm, Shown
from ui.dialogs.print_pen import POINTS, paint
from ui.dialogs.print_preview import Preview
from ui.files import commit_pending, usual_folder
from ui.tasks import Jobs
from ui.widgets.buttons import set_reason
from ui.widgets.scroll import Scroll

SOON = 80  # milliseconds after a change, once for several in a row
FORM_WIDTH = 330
SIZE = (1240, 780)
ACTIONS = ("svg", "pdf", "print")


def ask_print(parent: QWidget, bridge: Bridge, choice: Shown | None = None) -> None:
    """Open the printing of the Gantt; `choice` are the filters of the room it begins with."""
    commit_pending()
    PrintGantt(parent, bridge, choice=choice).open()


class PrintGantt(Dialog):
    """Choices and preview. The pages are laid out in a job, so that typing never waits."""

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        jobs: Jobs | None = None,
        choice: Shown | None = None,
    ) -> None:
        super().__init__(parent, tr("Print the Gantt"))
        self.bridge = bridge
        window = parent.window() if parent is not None else None
        self.jobs = jobs or getattr(window, "jobs", None) or Jobs(self)
        self.source = gantt_pages.gather(bridge.reader, bridge.today)
        self.drawing: Drawing | None = None
        self._drawn_for: tuple[Any, ...] | None = None
        self._running = self._again = False
        self.form = PrintForm(self.source, bridge.today)
        self.preview = Preview()
        side = Scroll(self.form)
        side.setFixedWidth(FORM_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(side)
        row.addWidget(self.preview, 1)
        self.body.addLayout(row, 1)
        self.add_button("cancel", tr("Close"))
        self.add_button("svg", tr("Save as SVG…"), closes=False)
        self.add_button("pdf", tr("Save as PDF…"), closes=False)
        self.add_button("print", tr("Print…"), primary=True, closes=False)
        self.chosen.connect(self._chosen)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.lay_out)
        self.form.begin(bridge.settings.printing, choice)
        self.form.changed.connect(self._soon.start)
        self.finished.connect(self._remember)
        self._grey(tr("The pages are being laid out."))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self.buttons["print"])  # Enter elsewhere prints
        self.preview.page.setFocus()
        self.resize(*SIZE)
        self.lay_out()

    # laying out ------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Lay the pages out as chosen, in a job; of several wishes the last one counts."""
        options = self.form.options()
        if options is None:
            self._refuse(self.form.problem)
            return
        if self._running:
            self._again = True
            return
        wanted = self._wanted(options)
        if wanted == self._drawn_for:
            self._show()
            return
        self._running = True
        source = self.source

        def work(progress: Any, cancelled: Any) -> Drawing:
            return gantt_pages.draw(source, *wanted)

        job = self.jobs.run(
            tr("Laying out the pages"),
            work,
            done=lambda drawing: self._done(wanted, drawing),
            failed=lambda error: self._failed(wanted, error),
            quiet=True,
        )
        job.broken.connect(lambda _: self._over())

    def _wanted(self, options: Options) -> tuple[Any, ...]:
        return options, str(self.form.language.currentData()), self.form.level.currentData()

    @property
    def settled(self) -> bool:
        """Whether the preview shows what is chosen now, so that it may be printed."""
        options = self.form.options()
        return options is not None and self._wanted(options) == self._drawn_for

    def _done(self, wanted: tuple[Any, ...], drawing: Drawing) -> None:
        self.drawing, self._drawn_for = drawing, wanted
        if not self._over():
            self._show()

    def _failed(self, wanted: tuple[Any, ...], error: UserError) -> None:
        self._drawn_for = None
        if not self._over():
            self._refuse(show(error.message))

    def _over(self) -> bool:
        """The job has ended; whether something else is wanted meanwhile."""
        self._running = False
        again, self._again = self._again, False
        if again:
            self.lay_out()
        return again

    def _show(self) -> None:
        drawing = self.drawing
        if drawing is None:
            return
        self.preview.show_drawing(drawing)
        layout = drawing.layout
        note = ""
        if layout.wanted_tall:
            note = tr(
                "{wanted} below each other would make the text smaller than 7 points;"
                " {used} are used.",
                wanted=layout.wanted_tall,
                used=len(layout.bands),
            )
        self.form.say(note)
        pages = len(layout.pages)
        self.detail.setText(
            ntr("{n} page, text of {size} points", "{n} pages, text of {size} points", pages,
                size=round(layout.density.text))
        )  # fmt: skip
        self.detail.setVisible(True)
        self._grey("")

    def _refuse(self, reason: str) -> None:
        self.drawing = None
        self._drawn_for = None
        self.form.say("")
        self.detail.setText("")
        self.detail.hide()
        self.preview.show_reason(reason)
        self._grey(reason)

    def _grey(self, reason: str) -> None:
        for name in ACTIONS:
            set_reason(self.buttons[name], reason)

    def _remember(self) -> None:
        self.bridge.settings.printing = self.form.remembered()
        self.bridge.remember()

    # carrying out ----------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        if key not in ACTIONS:
            return
        if self.drawing is None or not self.settled:  # Enter was quicker than the preview
            self._soon.start()
            return
        if key == "print":
            self.print_()
            return
        suffix = f".{key}"
        name = f"{tr('Gantt chart')} {self.bridge.today.isoformat()}{suffix}"
        asked, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save the document as"),
            str(Path(usual_folder(self.bridge)) / name),
            f"{key.upper()} (*{suffix})",
        )
        if asked:
            path = Path(asked)
            self.save(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))

    def save(self, out: Path) -> None:
        """Write the pages to a PDF, or one SVG each, in a job; then offer to open them."""
        drawing, window = self.drawing, self.parentWidget()
        assert drawing is not None
        self.bridge.settings.last_folder = str(out.parent)

        def work(progress: Any, cancelled: Any) -> list[Path]:
            return gantt_pages.write(drawing, out)

        self.jobs.run(
            tr("Writing the Gantt"),
            work,
            done=lambda written: _offer(window, written),
            cancellable=False,
        )
        self._answered = True
        self.accept()

    def print_(self) -> None:
        """Ask for the printer as the system does, then print what the preview shows."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        assert self.drawing is not None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(self.drawing.layout.options))
        printer.setFullPage(True)
        printer.setDocName(tr("Gantt chart"))
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self.drawing.layout.pages))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec():
            chosen = range(printer.fromPage(), printer.toPage() + 1) if printer.fromPage() else None
            print_pages(self.drawing, printer, chosen)
            self._answered = True
            self.accept()


def page_layout(options: Options) -> QPageLayout:
    """The paper as the printer must know it; our pages have their own margins."""
    sizes = {Paper.A4: QPageSize.PageSizeId.A4, Paper.A3: QPageSize.PageSizeId.A3}
    lies = options.orientation is Orientation.LANDSCAPE
    way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(sizes[options.paper]), way, QMarginsF(0, 0, 0, 0))


def print_pages(drawing: Drawing, printer: Any, chosen: range | None = None) -> int:
    """Draw the pages on a printer; how many."""
    pages = [page for page in drawing.layout.pages if chosen is None or page.number in chosen]
    painter = QPainter(printer)
    scale = printer.resolution() / POINTS
    for count, page in enumerate(pages):
        if count:
            printer.newPage()
        painter.save()
        painter.scale(scale, scale)
        paint(painter, drawing.sheet(page))
        painter.restore()
    painter.end()
    return len(pages)


def _offer(window: QWidget | None, written: list[Path]) -> None:
    """Say what was written, and open it if wanted: of several files the folder."""
    text = str(written[0]) if len(written) == 1 else str(written[0].parent)
    sentence = ntr("The Gantt chart is ready", "The Gantt chart is ready: {n} files", len(written))
    dialog = Dialog(window, sentence, text, icon="check-circle")
    dialog.add_button("ok", tr("Close"))
    verb = tr("Open the document") if len(written) == 1 else tr("Open the folder")
    dialog.add_button("open", verb, primary=True)

    def chosen(key: str) -> None:
        if key == "open":
            QDesktopServices.openUrl(QUrl.fromLocalFile(text))

    dialog.chosen.connect(chosen)
    dialog.open()
