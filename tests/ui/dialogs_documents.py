"""The dialogs of the documents room, for the tests that walk every dialog."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QDialog, QMenu

from crm_pilot.governance.terms import Document
from crm_pilot.i18n import tr
from tests.ui.dialog_stage import Case, Stage, front, popped, wait_until
from ui.dialogs import print_pages
from ui.screens.documents.issue_dialog import IssueDialog
from ui.screens.documents.screen import DocumentsScreen

ROOM = "ui.screens.documents"


def _room(stage: Stage) -> DocumentsScreen:
    room = cast(DocumentsScreen, stage.room("documents"))
    wait_until(lambda: room.settled)
    return room


def _issue(stage: Stage) -> QDialog:
    _room(stage).carrying.ask_issue(Document.COMMITTEE)
    return front()


def _correction(stage: Stage) -> QDialog:
    """As when an issue is corrected whose number was asked for."""
    made = cast(IssueDialog, _issue(stage))
    made.corrected.addItem(tr("no. {number}", number=1), 1)
    made.corrected.setCurrentIndex(made.corrected.findData(1))
    made.corrected.parentWidget().show()
    return made


def _formats(stage: Stage) -> QMenu:
    return popped(_room(stage).formats())


def _ready(stage: Stage) -> None:
    print_pages.offer(stage.window, tr("The document is ready"), [stage.folder / "copil.pdf"])


DOCUMENT_CASES = (
    Case("issue", (f"{ROOM}.issue_dialog:IssueDialog",), _issue),
    Case("issue-correction", (f"{ROOM}.issue_dialog:IssueDialog",), _correction,
         "Enter begins a line of the reason"),
    Case("menu-formats", (f"{ROOM}.screen:DocumentsScreen.formats",), _formats),
    Case("document-ready", ("ui.dialogs.print_pages:offer",), _ready),
)  # fmt: skip
