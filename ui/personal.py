"""What the window does with data on one person: hands them out whole, or erases them whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Translator, ntr, tr
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.language import lang

if TYPE_CHECKING:
    from crm_pilot.personal.identity import Subject
    from crm_pilot.personal.purging import Purged
    from crm_pilot.project import Reader
    from ui.files import Files

FILE, ERASE = "file", "erase"  # what may be asked of `Bridge.person_asked`


class Personal(QObject):
    """Answers `Bridge.person_asked` for one window."""

    def __init__(self, files: Files, window: QWidget, bridge: Bridge) -> None:
        super().__init__(files)
        self.files, self.window_, self.bridge = files, window, bridge
        bridge.person_asked.connect(self.answer)

    def answer(self, what: str, table: str, key: int) -> None:
        """`file` or `erase`, for a row of `person` or `stakeholder`."""
        from crm_pilot.personal import identity

        find = identity.of_person if table == "person" else identity.of_unit
        try:
            subject = find(self.bridge.reader, key)
        except UserError as error:
            self.bridge.failed.emit(error)
            return
        if what == FILE:
            self.ask_file(subject)
        elif self.bridge.may_edit():
            self.ask_erase(subject)

    # handing out -----------------------------------------------------------------------------

    def ask_file(self, subject: Subject) -> None:
        """Ask where the person file goes, then write it as PDF or JSON in a job."""
        folder = self.bridge.settings.last_folder or str(Path.home())
        title = tr("Person file")
        proposal = str(Path(folder) / f"{title} – {subject.name}.pdf")
        asked, _ = QFileDialog.getSaveFileName(
            self.window_, title, proposal, "PDF (*.pdf);;JSON (*.json)"
        )
        if asked:
            self.write_file(subject, Path(asked))

    def write_file(self, subject: Subject, path: Path) -> None:
        """Write everything held on `subject` to `path`."""
        today, language = self.bridge.today, lang()

        def work(reader: Reader, progress: Any, cancelled: Any) -> Path:
            return _write(reader, subject, today, path, language)

        self.files.jobs.run(
            tr("Person file"),
            work,
            reader=self.bridge.project.job_reader(),
            done=self._written,
        )

    def _written(self, path: Path) -> None:
        dialog = Dialog(
            self.window_,
            tr("The person file is written."),
            tr("{path}\nIt is for this person only.", path=path),
            icon="check-circle",
        )
        dialog.add_button("ok", tr("Close"), primary=True)
        dialog.open()

    # erasing ---------------------------------------------------------------------------------

    def ask_erase(self, subject: Subject) -> None:
        """Show what is held and what would go; erase after a clear yes."""
        from crm_pilot.i18n import current
        from crm_pilot.personal import held, texts
        from crm_pilot.personal.erasing import doubtful
        from ui.dialogs.erase_person import EraseDialog

        project, reader = self.bridge.project, self.bridge.reader
        dialog = EraseDialog(
            self.window_,
            held.person_file(reader, subject, self.bridge.today, current()),
            doubtful(texts.mentions(reader.select, subject), subject),
            file=project.path.name if project.path else "",
            copies=len(project.copies()),
        )
        dialog.chosen.connect(lambda key: self._erase(subject) if key == ERASE else None)
        dialog.open()

    def _erase(self, subject: Subject) -> None:
        from crm_pilot.personal import purging

        project = self.bridge.project
        try:
            purging.erase(project, subject, lang())
        except UserError as error:
            self.bridge.failed.emit(error)
            return
        self.bridge.history_changed.emit()
        if project.path is None:
            self._erased(None)
            return
        self.files.save(then=lambda: self._purge(subject))

    def _purge(self, subject: Subject) -> None:
        from crm_pilot.personal import purging

        project = self.bridge.project
        self.files.jobs.run(
            tr("Erase a person"),
            lambda progress, cancelled: purging.purge(project, subject),
            done=self._erased,
            cancellable=False,
        )

    def _erased(self, after: Purged | None) -> None:
        self.bridge.saved.emit()  # fewer dated copies: the sidebar counts them
        detail = tr("Save the project to write it without them.")
        if after is not None:
            copies = ntr(
                "{n} dated copy was deleted.", "{n} dated copies were deleted.", after.copies
            )
            detail = tr("The saved file was searched byte by byte: no trace is left.")
            if after.left:
                detail = tr("Still in the file: {list}", list=", ".join(after.left))
            detail = f"{detail} {copies}" if after.copies else detail
        fine = after is None or not after.left
        dialog = Dialog(
            self.window_,
            tr("The person is erased.") if fine else tr("A trace of the person is left."),
            detail,
            icon="check-circle" if fine else "warning",
        )
        dialog.add_button("ok", tr("Close"), primary=True)
        dialog.open()


def _write(reader: Reader, subject: Subject, today: Any, path: Path, language: str) -> Path:
    from crm_pilot.personal import held
    from crm_pilot.reports import person_file
    from crm_pilot.reports.output import put

    shown = Translator(language)
    found = held.person_file(reader, subject, today, shown)
    suffix = path.suffix.casefold()
    if suffix == ".json":
        data = json.dumps(found.plain(shown), ensure_ascii=False, indent=2).encode()
    elif suffix in ("", ".pdf"):
        path = path.with_suffix(".pdf")
        data = person_file.make(reader, found, language)
    else:
        raise UserError(
            N_(
                "A person file is written as .pdf or .json, not as “{suffix}”. Nothing was written."
            ),
            suffix=suffix,
        )
    put(data, path)
    return path
