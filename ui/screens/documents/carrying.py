"""Saving, printing and issuing what the documents room shows: each in a job, told when done."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance import issued
from crm_pilot.governance.terms import DOCUMENTS, Document
from crm_pilot.i18n import tr
from crm_pilot.reports.output import put
from ui.dialogs.print_pages import ask_path, ask_printer, offer, paper
from ui.files import commit_pending
from ui.screens.documents.issue_dialog import IssueDialog
from ui.screens.documents.wish import Wish, drawn

if TYPE_CHECKING:
    from crm_pilot.project import Reader
    from crm_pilot.reports.sheets import Pages
    from ui.bridge import Bridge
    from ui.tasks import Jobs

FORMATS = ("pdf", "pptx", "xlsx")


class Carrying(QObject):
    """Belongs to the room. `frozen` with the number of a new issue."""

    frozen = Signal(int)
    over = Signal()  # an issue was made, or refused

    def __init__(self, bridge: Bridge, owner: QWidget, jobs: Jobs | None = None) -> None:
        super().__init__(owner)
        self.bridge, self._owner, self._jobs = bridge, owner, jobs
        self.issuing = False  # one at a time: numbers follow each other

    @property
    def jobs(self) -> Jobs:
        """Those of the window."""
        from ui.tasks import Jobs

        found = self._jobs or getattr(self._owner.window(), "jobs", None)
        if found is None:
            found = self._jobs = Jobs(self)
        return found

    # files -----------------------------------------------------------------------------------

    def save(self, wish: Wish, format: str) -> None:
        """Ask where, and write the document there as it is now."""
        commit_pending()
        name = tr(DOCUMENTS[wish.document])
        if wish.issue is not None:
            name = tr("{document} no. {number}", document=name, number=wish.issue)
        out = ask_path(self._owner, self.bridge, f"{name} {wish.language}", f".{format}")
        if out is not None:
            self.write(wish, format, out)

    def write(self, wish: Wish, format: str, out: Path) -> None:
        """Write a file in a job, then offer to open it; an issue as it was frozen."""
        today, window = self.bridge.today, self._owner.window()
        self.bridge.settings.last_folder = str(out.parent)

        def work(reader: Reader, _progress: object, _cancelled: object) -> list[Path]:
            put(_bytes(reader, today, wish, format), out)
            return [out]

        self.jobs.run(
            tr("Writing the document"),
            work,
            reader=self.bridge.project.job_reader(),
            done=lambda written: offer(window, tr("The document is ready"), written),
            failed=self._refused,
            cancellable=False,
        )

    def _refused(self, error: UserError) -> None:
        """Tell why not; the document is as it was."""
        self.bridge.failed.emit(error)

    # paper -----------------------------------------------------------------------------------

    def print_(self, pages: Pages, document: Document) -> None:
        """Ask for a printer and print the pages that are shown."""
        layout = paper(QPageSize.PageSizeId.A4, lies=False)
        try:
            ask_printer(self._owner.window(), pages, tr(DOCUMENTS[document]), layout)
        except UserError as error:
            self.bridge.failed.emit(error)

    # issuing ---------------------------------------------------------------------------------

    def ask_issue(self, document: Document, corrects: int | None = None) -> None:
        """Ask whether to issue a document."""
        if self.issuing or not self.bridge.may_edit():
            return
        commit_pending()
        dialog = IssueDialog(self._owner.window(), self.bridge, document, corrects)
        dialog.chosen.connect(
            lambda key: (
                self.issue(document, dialog.corrects, dialog.reason) if key == "issue" else None
            )
        )
        dialog.open()

    def issue(self, document: Document, corrects: int | None, reason: str) -> None:
        """Make all files in a job, then freeze them."""
        today, now = self.bridge.today, dt.datetime.now()
        self.issuing = True

        def work(reader: Reader, _progress: object, _cancelled: object) -> Any:
            from crm_pilot.reports.issuing import prepare

            return prepare(reader, today, document, now=now, corrects=corrects), reason

        job = self.jobs.run(
            tr("Issuing the document"),
            work,
            reader=self.bridge.project.job_reader(),
            done=self._freeze,
            failed=self._not_issued,
            cancellable=False,
        )
        job.broken.connect(self._over)

    def _freeze(self, made: tuple[Any, str]) -> None:
        from crm_pilot.reports.issuing import FreezeReport

        self._over()
        if not self.bridge.has_project:
            return
        number = self.bridge.execute(FreezeReport(*made))
        if number is not None:
            self.frozen.emit(number)

    def _not_issued(self, error: UserError) -> None:
        self._over()
        self.bridge.failed.emit(error)

    def _over(self) -> None:
        self.issuing = False
        self.over.emit()


def _bytes(reader: Reader, today: dt.date, wish: Wish, format: str) -> bytes:
    from crm_pilot.reports.documents import as_file

    if wish.issue is not None:
        return issued.file(reader, wish.issue, wish.language, format)
    with reader.steady():  # one moment of the project
        return as_file(drawn(reader, today, wish), format)
