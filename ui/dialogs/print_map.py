"""Printing the map of the lateral project: to paper or PDF, and the map alone as a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.reports import map_pages
from crm_pilot.reports.map_pages_source import Source
from crm_pilot.reports.sheets import Pages
from ui.bridge import Bridge
from ui.dialogs.print_map_alone import to_clipboard, write_alone
from ui.dialogs.print_map_form import MapForm
from ui.dialogs.print_pages import PagesDialog, offer
from ui.files import commit_pending
from ui.tasks import Jobs


def ask_print(parent: QWidget, bridge: Bridge, day: dt.date) -> None:
    """Open the printing of the map as of a day."""
    commit_pending()
    PrintMapDialog(parent, bridge, day).open()


class PrintMapDialog(PagesDialog):
    """Level, language, day and comparison beside the pages of the map."""

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, day: dt.date, jobs: Jobs | None = None
    ) -> None:
        super().__init__(parent, tr("Print the map"), bridge, jobs)
        self.document = tr("Stakeholder map")
        self.form = MapForm(day, bridge.today)
        self.build(
            self.form,
            [
                ("copy", tr("Copy the map")),
                ("picture", tr("Save the map as a picture…")),
                ("pdf", tr("Save as PDF…")),
                ("print", tr("Print…")),
            ],
        )
        self.start()

    def wanted(self) -> tuple[Any, ...] | None:
        """Level, day, day compared with, language, and whether lists follow."""
        days = self.form.days()
        if days is None:
            return None
        level, language = self.form.level.currentData(), self.form.language.currentData()
        return Level(level), *days, str(language), self.form.whole.isChecked()

    def source(self, wanted: tuple[Any, ...]) -> Source:
        """What of the project the level lets out."""
        level, day, since = wanted[:3]
        if since is not None and since >= day:
            raise UserError(
                N_("The map of {day} cannot be compared with {since}: give an earlier day."),
                day=day,
                since=since,
            )
        return map_pages.gather(self.bridge.reader, self.bridge.today, level, on=day, since=since)

    def drawer(self, wanted: tuple[Any, ...]) -> Callable[[], Pages]:
        """Read as the level allows, at once; lay out in a job."""
        source = self.source(wanted)
        return partial(map_pages.draw, source, wanted[3], whole=wanted[4])

    def told(self, pages: Pages) -> tuple[str, str]:
        """How many pages, and what the level keeps back."""
        if self.form.level.currentData() == Level.OWN:
            note = tr("Names stand beside positions: not to be passed on.")
        else:
            note = tr("Persons are coded, groups under five are pooled, facts are left out.")
        return ntr("{n} page, A4 landscape", "{n} pages, A4 landscape", pages.count), note

    def carry_out(self, action: str) -> None:
        """Copy the map, or write the map alone or all pages."""
        drawing = self.pages
        if not isinstance(drawing, map_pages.Drawing):
            return
        source, language = drawing.source, drawing.words.language
        if action == "copy":
            to_clipboard(source, language)
            self.form.say(tr("The map is on the clipboard, as a drawing and as a picture."))
            return
        write: Callable[[Path], object]
        if action == "pdf":
            out = self.ask_path(map_pages.PDF)
            write = partial(map_pages.write_pages, drawing)
        else:
            out = self.ask_path(map_pages.SVG, map_pages.PNG)
            write = partial(write_alone, source, language)
        if out is not None:
            self.save(tr("Writing the map"), partial(_written, write, out), out, _offer)


def _written(write: Callable[[Path], object], out: Path) -> list[Path]:
    write(out)
    return [out]


def _offer(window: QWidget | None, written: list[Path]) -> None:
    offer(window, tr("The map is ready"), written)
