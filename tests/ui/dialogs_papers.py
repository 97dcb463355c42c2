"""The dialogs of the papers of training, for the tests that walk every dialog."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QDialog

from crm_pilot.reports.training_pages import Paper
from crm_pilot.training.queries import sessions
from tests.ui.dialog_stage import Case, Open, Stage, front, wait_until
from ui.dialogs import print_training

PAPERS = "ui.dialogs.print_training"


def _papers(paper: Paper) -> Open:
    def opener(stage: Stage) -> QDialog:
        bridge = stage.window.bridge
        key = next(row.id for row in sessions(bridge.reader) if row.present > 2)
        print_training.ask_papers(stage.room("training"), bridge, [key], paper)
        made = cast(print_training.TrainingPapers, front())
        wait_until(lambda: made.settled)
        return made

    return opener


PAPER_CASES = (
    *(Case(f"paper-{one}", (f"{PAPERS}:TrainingPapers",), _papers(one)) for one in Paper),
    Case(
        "papers-ready",
        ("ui.dialogs.print_pages:offer",),
        lambda s: print_training._offer_papers(s.window, [s.folder / "papers.pdf"]),
    ),
    Case(
        "calendars-ready",
        ("ui.dialogs.print_pages:offer",),
        lambda s: print_training._offer_calendars(s.window, [s.folder / "a.ics"]),
    ),
)
