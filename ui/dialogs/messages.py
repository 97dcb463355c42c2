"""Dialogs that tell and ask: errors with what is still safe, unsaved edits, a changed file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from crm_pilot.errors import StorageError, StorageKind, UserError
from crm_pilot.i18n import N_, ntr, show, tr
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang

if TYPE_CHECKING:
    from crm_pilot.project import Recoverable

LIST_HEIGHT = 146
LINE_HEIGHT = 48  # two lines of text and their air


def moment_text(moment: dt.datetime) -> str:
    """`21 Nov 2026, 14:02`."""
    return formats.moment(moment, lang())


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


OUTSIDE = {  # what kept a save from writing, and the sentence of its dialog
    StorageKind.TAKEN: N_("This name is taken"),
    StorageKind.CHANGED: N_("The file was changed elsewhere"),
    StorageKind.EMPTY: N_("The file is empty at the moment"),
    StorageKind.GONE: N_("The file is no longer where it was"),
    StorageKind.UNREACHABLE: N_("The folder of the file cannot be reached"),
}


def changed_file_dialog(parent: QWidget | None, error: StorageError) -> Dialog:
    """The file was changed by someone else since it was opened, or its name is taken."""
    dialog = Dialog(parent, tr(OUTSIDE[error.kind]), show(error.message), icon="warning")
    if error.kind is StorageKind.GONE:
        dialog.add_button("again", tr("Write it there again"), left=True)
    elif error.kind is StorageKind.UNREACHABLE:
        dialog.add_button("retry", tr("Try again"), left=True)
    else:
        taken = error.kind is StorageKind.TAKEN
        dialog.add_button(
            "replace", tr("Replace the file") if taken else tr("Replace the file…"), left=True
        )
    dialog.add_button("cancel", tr("Cancel"))
    dialog.add_button("save_as", tr("Save under another name"), primary=True)
    return dialog


def replace_dialog(parent: QWidget | None, path: Path, words: tuple[str, str]) -> Dialog:
    """The second question before another's version is replaced; `words` say what it is."""
    kept = tr("The other version is kept among the dated copies of “{name}”.", name=path.name)
    dialog = Dialog(
        parent,
        tr("Replace the other version with yours?"),
        "\n".join(part for part in (*words, kept) if part),
        icon="warning",
    )
    dialog.add_button("replace", tr("Replace it"), left=True)
    dialog.add_button("cancel", tr("Leave it"), primary=True)
    return dialog


def open_theirs_dialog(parent: QWidget | None) -> Dialog:
    """Before the other version is opened while edits of mine are not saved."""
    dialog = Dialog(
        parent,
        tr("Open the other version?"),
        tr(
            "Your unsaved edits are kept in the working copy; CRM Pilot offers them again at its"
            " next start. To have them in a file at once, save yours as another file first."
        ),
    )
    dialog.add_button("cancel", tr("Cancel"))
    dialog.add_button("theirs", tr("Open theirs"), primary=True)
    return dialog


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
            item.setSizeHint(QSize(0, LINE_HEIGHT))
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
