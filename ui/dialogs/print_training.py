"""Printing the papers of training: sign-in sheet, convocations, evaluation forms, certificates,
and the training plan with the coverage; calendars of the sessions as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWidgets import QFileDialog, QFormLayout, QWidget

from crm_pilot.exchange.calendar_sessions import CalendarFile, session_calendars
from crm_pilot.figures import Level
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.reports import training_pages
from crm_pilot.reports.output import put
from crm_pilot.reports.sheets import Pages
from crm_pilot.reports.training_pages import OF_SESSIONS, PAPERS, Drawing, Paper
from crm_pilot.reports.training_source import gather
from crm_pilot.training.agenda import printable
from ui.bridge import Bridge
from ui.dialogs.print_choices import LANGUAGES, Choices
from ui.dialogs.print_pages import PagesDialog, offer, paper
from ui.files import commit_pending, usual_folder
from ui.language import lang
from ui.tasks import Jobs

CHOSEN, EVERY = "chosen", "every"
GUESTS = N_("With names and addresses")


def ask_papers(
    parent: QWidget, bridge: Bridge, sessions: Sequence[int], first: Paper = Paper.SIGN_IN
) -> None:
    """Open the printing of the papers of some sessions, the paper `first` shown."""
    commit_pending()
    TrainingPapers(parent, bridge, sessions, first).open()


class PaperForm(Choices):
    """Which paper, of which sessions, in which language."""

    def __init__(self, today: dt.date, count: int, first: Paper) -> None:
        super().__init__(today)
        self._whole = False
        self.title(tr("What is printed"))
        form = self.rows()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)  # names of papers are long
        papers = [(one, tr(name)) for one, (name, _) in PAPERS.items()]
        self.paper = self.combo(form, tr("Paper"), papers)
        self.paper.setCurrentIndex(self.paper.findData(first))
        chosen = ntr("The session chosen", "The {n} sessions chosen", count)
        offered = [(CHOSEN, chosen)] if count else []
        self.sessions = self.combo(form, tr("Sessions"), [*offered, (EVERY, tr("Every session"))])
        self.language = self.combo(form, tr("Language"), [(v, tr(t)) for v, t in LANGUAGES])
        self.language.setCurrentIndex(self.language.findData(lang()))
        self.column.addWidget(self.note)
        self.title(tr("Calendars"))
        self.guests = self.tick(tr(GUESTS))
        self.complete()
        self._whole = True

    def tell(self) -> None:
        """Tell that something was chosen, once all of the form is there."""
        if self._whole:
            self.changed.emit()


class TrainingPapers(PagesDialog):
    """Paper, sessions and language beside the pages."""

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        sessions: Sequence[int],
        first: Paper = Paper.SIGN_IN,
        jobs: Jobs | None = None,
    ) -> None:
        super().__init__(parent, tr("Papers of training"), bridge, jobs)
        self._sessions = tuple(sessions)
        self.form = PaperForm(bridge.today, len(self._sessions), first)
        self.build(
            self.form,
            [
                ("calendar", tr("Save calendars…")),
                ("pdf", tr("Save as PDF…")),
                ("print", tr("Print…")),
            ],
        )
        self.start()

    @property
    def chosen_sessions(self) -> tuple[int, ...] | None:
        """The sessions printed; None: all."""
        return self._sessions if self.form.sessions.currentData() == CHOSEN else None

    def wanted(self) -> tuple[Any, ...] | None:
        """Paper, language and sessions."""
        kind = Paper(self.form.paper.currentData())
        self.form.sessions.setEnabled(kind in OF_SESSIONS)
        return kind, str(self.form.language.currentData()), self.chosen_sessions

    def drawer(self, wanted: tuple[Any, ...]) -> Callable[[], Pages]:
        """Read at once; lay out in a job."""
        kind, language, sessions = wanted
        self.document = tr(PAPERS[kind][0])
        of = sessions if kind in OF_SESSIONS else None
        source = gather(self.bridge.reader, self.bridge.today, of)
        return partial(training_pages.draw, kind, source, language)

    def told(self, pages: Pages) -> tuple[str, str]:
        """How many pages, and what would make a signed sheet worth little."""
        note = ""
        if self.form.paper.currentData() == Paper.SIGN_IN:
            for key in self.chosen_sessions or ():
                for clash in printable(self.bridge.reader, key):
                    note = f"{note} {show(clash.what)}".strip()
        return ntr("{n} page, A4", "{n} pages, A4", pages.count), note

    def page_layout(self) -> QPageLayout:
        """A4, standing."""
        return paper(QPageSize.PageSizeId.A4, lies=False)

    def carry_out(self, action: str) -> None:
        """Write the pages, or a calendar a session."""
        if action == "calendar":
            self._calendars()
            return
        drawing = self.pages
        out = self.ask_path(".pdf")
        if out is not None and isinstance(drawing, Drawing):
            write = partial(_pages, drawing, out)
            self.save(tr("Writing the papers"), write, out, _offer_papers)

    def _calendars(self) -> None:
        asked = QFileDialog.getExistingDirectory(
            self, tr("Save the calendars in"), usual_folder(self.bridge)
        )
        if not asked:
            return
        level = Level.OWN if self.form.guests.isChecked() else Level.COMMITTEE
        files = session_calendars(
            self.bridge.reader,
            self.chosen_sessions,
            language=str(self.form.language.currentData()),
            level=level,
            made=dt.datetime.now(dt.UTC),
        )
        write = partial(_files, files, Path(asked))
        self.save(tr("Writing the calendars"), write, Path(asked) / "x.ics", _offer_calendars)


def _pages(drawing: Drawing, out: Path) -> list[Path]:
    training_pages.write_pages(drawing, out)
    return [out]


def _files(files: Sequence[CalendarFile], folder: Path) -> list[Path]:
    written = []
    for one in files:
        put(one.content, folder / one.name)
        written.append(folder / one.name)
    return written


def _offer_papers(window: QWidget | None, written: list[Path]) -> None:
    offer(window, tr("The papers are ready"), written)


def _offer_calendars(window: QWidget | None, written: list[Path]) -> None:
    offer(
        window,
        ntr("{n} calendar is ready", "{n} calendars are ready", len(written)),
        written,
    )
