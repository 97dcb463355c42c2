"""Dialogs that tell and ask: errors with what is still safe, unsaved edits, a changed file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from crm_pilot.errors import StorageError, StorageKind, UserError
from crm_pilot.i18n import ntr, show, tr
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Copy, Recoverable

LIST_HEIGHT = 140


def moment_text(moment: dt.datetime) -> str:
    """`21 Nov 2026, 14:02`."""
    return f"{formats.day(moment.date(), lang(), year=True)}, {formats.clock(moment)}"


def error_dialog(parent: QWidget | None, error: UserError, *, safe: bool) -> Dialog:
    """The sentence of an error; `safe`: a project is open, so say that its edits are kept."""
    text = show(error.message)
    detail = tr("Your edits are safe: each one is already in the working copy.") if safe else ""
    dialog = Dialog(parent, text, detail, icon="warning")
    dialog.setWindowTitle("CRM Pilot")
    dialog.sentence.setFont(theme.font(theme.BODY, bold=True))
    dialog.add_button("ok", tr("Close"), primary=True)
    return dialog


def ask_save_dialog(parent: QWidget | None, name: str) -> Dialog:
    """Unsaved edits: save, keep them for next time, throw them away, or cancel."""
    dialog = Dialog(
        parent,
        tr("Save the edits to “{name}”?", name=name),
        tr("Without saving, the file stays as it was and the edits are thrown away."),
        icon="save",
    )
    dialog.add_button("discard", tr("Throw away the edits"), left=True)
    dialog.add_button("cancel", tr("Cancel"))
    dialog.add_button("save", tr("Save"), primary=True)
    return dialog


def changed_file_dialog(parent: QWidget | None, error: StorageError) -> Dialog:
    """The file was changed by someone else since it was opened, or its name is taken."""
    taken = error.kind is StorageKind.TAKEN
    sentence = tr("This name is taken") if taken else tr("The file was changed elsewhere")
    dialog = Dialog(parent, sentence, show(error.message), icon="warning")
    dialog.add_button("replace", tr("Replace the file"), left=True)
    dialog.add_button("cancel", tr("Cancel"))
    dialog.add_button("save_as", tr("Save under another name"), primary=True)
    return dialog


def damaged_dialog(parent: QWidget | None, error: UserError, copies: Sequence[Copy]) -> CopyList:
    """A file that cannot be read, and its dated copies to open instead."""
    return CopyList(parent, show(error.message), copies)


class CopyList(Dialog):
    """Dated copies of a file; `selected` is the one to open."""

    def __init__(self, parent: QWidget | None, detail: str, copies: Sequence[Copy]) -> None:
        super().__init__(parent, tr("This file is damaged"), detail, icon="warning")
        self.copies = list(copies)
        self.listed = QListWidget()
        self.listed.setAccessibleName(tr("Dated copies"))
        self.listed.setFixedHeight(LIST_HEIGHT)
        for copy in self.copies:
            size = tr("{size} KB", size=formats.number(copy.bytes / 1024, lang()))
            self.listed.addItem(f"{moment_text(copy.moment)}   {size}")
        self.add_button("cancel", tr("Close"))
        if self.copies:
            self.listed.setCurrentRow(0)
            hint = label(wrap=True)
            hint.setText(tr("These dated copies were checked when they were saved:"))
            self.body.addWidget(hint)
            self.body.addWidget(self.listed)
            self.add_button("open", tr("Open this copy"), primary=True)
        else:
            hint = label(wrap=True, ink="muted")
            hint.setText(tr("There is no dated copy of this file on this computer."))
            self.body.addWidget(hint)

    @property
    def selected(self) -> Path:
        """Path of the chosen copy."""
        return self.copies[self.listed.currentRow()].path


class RecoveryDialog(Dialog):
    """Work of sessions that did not end well: go on with it, or throw it away."""

    def __init__(self, parent: QWidget | None, left: Sequence[Recoverable]) -> None:
        super().__init__(
            parent,
            tr("Unsaved work was found"),
            tr("CRM Pilot did not end as it should. Nothing is lost: every edit was kept."),
            icon="check-circle",
        )
        self.left = list(left)
        self.listed = QListWidget()
        self.listed.setAccessibleName(tr("Unsaved work"))
        self.listed.setFixedHeight(LIST_HEIGHT)
        for one in self.left:
            count = ntr("{n} edit", "{n} edits", one.edits)
            where = one.original.name if one.original else tr("never saved")
            item = QListWidgetItem(f"{one.name}\n{moment_text(one.moment)} · {count} · {where}")
            item.setToolTip(str(one.original or ""))  # the whole path would be cut in the line
            self.listed.addItem(item)
        self.listed.setCurrentRow(0)
        self.body.addWidget(self.listed)
        self.add_button("discard", tr("Throw it away"), left=True)
        self.add_button("cancel", tr("Later"))
        self.add_button("recover", tr("Go on with this work"), primary=True)

    @property
    def selected(self) -> Recoverable:
        """The chosen session."""
        return self.left[self.listed.currentRow()]


class CrashDialog(Dialog):
    """One dialog for all bugs of a session: the count rises, the newest text is shown."""

    def __init__(self, parent: QWidget | None, *, safe: bool) -> None:
        super().__init__(parent, icon="warning")
        self._safe = safe
        self.times = 0
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(180)
        self.text.setAccessibleName(tr("Technical details"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.body.addWidget(self.text)
        self.add_button("copy", tr("Copy the details"), closes=False, left=True)
        self.add_button("ok", tr("Go on"), primary=True)
        self.chosen.connect(self._chosen)
        self.setMinimumWidth(640)

    def add(self, text: str) -> None:
        """Tell of one more."""
        self.times += 1
        sentence = ntr(
            "Something in CRM Pilot went wrong",
            "Something in CRM Pilot went wrong {n} times",
            self.times,
        )
        safe = (
            tr("Your project is safe: every edit up to now is in the working copy.")
            if self._safe
            else tr("No project was open.")
        )
        self.say(
            sentence,
            safe + " " + tr("This is a fault of the program; the details help to mend it."),
        )
        self.text.setPlainText(text)

    def _chosen(self, key: str) -> None:
        if key == "copy":
            QGuiApplication.clipboard().setText(self.text.toPlainText())


def notice(parent: QWidget | None, sentence: str, detail: str = "") -> Dialog:
    """Something to know, with one button."""
    dialog = Dialog(parent, sentence, detail)
    dialog.add_button("ok", tr("Close"), primary=True)
    dialog.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return dialog
