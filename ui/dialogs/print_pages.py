"""Printing pages: choices at the left, the very pages at the right; to paper or into files.

The pages are laid out in a job, so that typing never waits; what is printed is what is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.reports.sheets import Pages
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.dialogs.print_choices import Choices
from ui.dialogs.print_pen import POINTS
from ui.dialogs.print_preview import Preview, painter_of
from ui.files import usual_folder
from ui.tasks import Jobs
from ui.widgets.buttons import set_reason
from ui.widgets.scroll import Scroll

SOON = 80  # milliseconds after a change, once for several in a row
FORM_WIDTH = 330
SIZE = (1240, 780)


class PagesDialog(Dialog):
    """Choices and preview. A document says what is wanted, draws it and tells about it."""

    document = ""  # its name, translated: of files and of the job of a printer

    def __init__(
        self, parent: QWidget | None, sentence: str, bridge: Bridge, jobs: Jobs | None = None
    ) -> None:
        super().__init__(parent, sentence)
        self.bridge = bridge
        window = parent.window() if parent is not None else None
        self.jobs = jobs or getattr(window, "jobs", None) or Jobs(self)
        self.pages: Pages | None = None
        self._drawn_for: tuple[Any, ...] | None = None
        self._running = self._again = False
        self.actions_: list[str] = []
        self.preview = Preview()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.lay_out)

    def build(self, form: Choices, actions: list[tuple[str, str]]) -> None:
        """Put the form beside the preview, and a button for each action; the last one is the
        first choice."""
        self.choices = form
        side = Scroll(form)
        side.setFixedWidth(FORM_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(side)
        row.addWidget(self.preview, 1)
        self.body.addLayout(row, 1)
        self.add_button("cancel", tr("Close"))
        self.actions_ = [name for name, _ in actions]
        for name, text in actions:
            self.add_button(name, text, primary=name == self.actions_[-1], closes=False)
        self.chosen.connect(self._chosen)

    def start(self) -> None:
        """Show the first pages; the choices are made."""
        self.choices.changed.connect(self._soon.start)
        self._grey(tr("The pages are being laid out."))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self.buttons[self.actions_[-1]])  # Enter elsewhere
        self.preview.page.setFocus()
        self.resize(*SIZE)
        self.lay_out()

    # what a document says --------------------------------------------------------------------

    def wanted(self) -> tuple[Any, ...] | None:
        """What is chosen, to be compared; None where it cannot be read, with `choices.problem`."""
        raise NotImplementedError

    def drawer(self, wanted: tuple[Any, ...]) -> Callable[[], Pages]:
        """What lays it out, in a job."""
        raise NotImplementedError

    def told(self, pages: Pages) -> tuple[str, str]:
        """A line about the pages, and a remark under the choices."""
        raise NotImplementedError

    def carry_out(self, action: str) -> None:
        """One of the actions, other than printing."""
        raise NotImplementedError

    def page_layout(self) -> QPageLayout:
        """The paper as the printer must know it; our pages have their own margins."""
        return paper(QPageSize.PageSizeId.A4, lies=True)

    # laying out ------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Lay the pages out as chosen, in a job; of several wishes the last one counts."""
        wanted = self.wanted()
        if wanted is None:
            self._refuse(self.choices.problem)
            return
        if self._running:
            self._again = True
            return
        if wanted == self._drawn_for:
            self._show()
            return
        try:
            draw = self.drawer(wanted)
        except UserError as error:
            self._refuse(show(error.message))
            return
        self._running = True

        def work(progress: Any, cancelled: Any) -> Pages:
            return draw()

        job = self.jobs.run(
            tr("Laying out the pages"),
            work,
            done=lambda pages: self._done(wanted, pages),
            failed=lambda error: self._failed(error),
            quiet=True,
        )
        job.broken.connect(lambda _: self._over())

    @property
    def settled(self) -> bool:
        """Whether the preview shows what is chosen now, so that it may be printed."""
        wanted = self.wanted()
        return wanted is not None and wanted == self._drawn_for

    def _done(self, wanted: tuple[Any, ...], pages: Pages) -> None:
        self.pages, self._drawn_for = pages, wanted
        if not self._over():
            self._show()

    def _failed(self, error: UserError) -> None:
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
        if self.pages is None:
            return
        self.preview.show_drawing(self.pages)
        line, note = self.told(self.pages)
        self.choices.say(note)
        self.detail.setText(line)
        self.detail.setVisible(True)
        self._grey("")

    def _refuse(self, reason: str) -> None:
        self.pages = None
        self._drawn_for = None
        self.choices.say("")
        self.detail.setText("")
        self.detail.hide()
        self.preview.show_reason(reason)
        self._grey(reason)

    def _grey(self, reason: str) -> None:
        for name in self.actions_:
            set_reason(self.buttons[name], reason)

    # carrying out ----------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        if key not in self.actions_:
            return
        if self.pages is None or not self.settled:  # Enter was quicker than the preview
            self._soon.start()
            return
        if key == "print":
            self.print_()
        else:
            self.carry_out(key)

    def ask_path(self, *suffixes: str) -> Path | None:
        """Where to write a file; the first suffix is the usual one."""
        return ask_path(self, self.bridge, self.document, *suffixes)

    def save(
        self, title: str, write: Callable[[], list[Path]], out: Path, done: Callable[..., object]
    ) -> None:
        """Write files in a job; then call `done` with the window and what was written."""
        window = self.parentWidget()
        self.bridge.settings.last_folder = str(out.parent)

        def work(progress: Any, cancelled: Any) -> list[Path]:
            return write()

        self.jobs.run(title, work, done=lambda written: done(window, written), cancellable=False)
        self._answered = True
        self.accept()

    def print_(self) -> None:
        """Ask for the printer as the system does, then print what the preview shows."""
        assert self.pages is not None
        try:
            printed = ask_printer(self, self.pages, self.document, self.page_layout())
        except UserError as error:
            self.bridge.failed.emit(error)
            return
        if printed:
            self._answered = True
            self.accept()


def ask_path(parent: QWidget, bridge: Bridge, document: str, *suffixes: str) -> Path | None:
    """Where to write a file of a document; the first suffix is the usual one. None: nowhere."""
    name = f"{document} {bridge.today.isoformat()}{suffixes[0]}"
    filters = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in suffixes)
    asked, kind = QFileDialog.getSaveFileName(
        parent, tr("Save the document as"), str(Path(usual_folder(bridge)) / name), filters
    )
    if not asked:
        return None
    path = Path(asked)
    if path.suffix.lower() in suffixes:
        return path
    meant = next((s for s in suffixes if f"*{s})" in kind), suffixes[0])
    return path.with_name(path.name + meant)


def ask_printer(parent: QWidget, pages: Pages, document: str, layout: QPageLayout) -> bool:
    """Ask for the printer as the system does, and print; whether something was printed. Raises
    `UserError` when the printer does not take it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setDocName(document)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages.count)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    if not dialog.exec():
        return False
    chosen = range(printer.fromPage(), printer.toPage() + 1) if printer.fromPage() else None
    print_pages(pages, printer, chosen)
    return True


def paper(size: QPageSize.PageSizeId, *, lies: bool) -> QPageLayout:
    """A paper without margins, lying or standing."""
    way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(size), way, QMarginsF(0, 0, 0, 0))


def print_pages(pages: Pages, printer: Any, chosen: range | None = None) -> int:
    """Draw the pages on a printer; how many. Raises `UserError` when it does not take them."""
    numbers = [n for n in range(1, pages.count + 1) if chosen is None or n in chosen]
    painter = QPainter()
    if not painter.begin(printer):
        raise _gone(printer, 0)
    scale, put = printer.resolution() / POINTS, painter_of(pages)
    for count, number in enumerate(numbers):
        if count and not printer.newPage():
            painter.end()
            raise _gone(printer, count)
        painter.save()
        painter.scale(scale, scale)
        put(painter, pages.page(number))
        painter.restore()
    if not painter.end():
        raise _gone(printer, len(numbers))
    return len(numbers)


def _gone(printer: Any, pages: int) -> UserError:
    """The printer vanished: what to do, and that the document is as it was."""
    name = printer.printerName() or printer.outputFileName() or tr("printer")
    if not pages:
        return UserError(
            N_(
                "“{printer}” does not answer: nothing was printed. The document is as it was;"
                " choose another printer, or save it as PDF."
            ),
            printer=name,
        )
    return UserError(
        N_(
            "“{printer}” stopped after page {pages}. The document is as it was; print it again,"
            " or save it as PDF."
        ),
        printer=name,
        pages=pages,
    )


def offer(window: QWidget | None, sentence: str, written: list[Path]) -> None:
    """Say what was written, and open it if wanted: of several files the folder."""
    text = str(written[0]) if len(written) == 1 else str(written[0].parent)
    dialog = Dialog(window, sentence, text, icon="check-circle")
    dialog.add_button("ok", tr("Close"))
    verb = tr("Open the document") if len(written) == 1 else tr("Open the folder")
    dialog.add_button("open", verb, primary=True)

    def chosen(key: str) -> None:
        if key == "open":
            QDesktopServices.openUrl(QUrl.fromLocalFile(text))

    dialog.chosen.connect(chosen)
    dialog.open()
