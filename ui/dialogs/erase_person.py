"""Asks before a person is erased: what is held, what stays as counts, what to read oneself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPlainTextEdit, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.personal.frozen import ISSUES
from crm_pilot.personal.held import PersonFile
from crm_pilot.personal.texts import Mention
from ui import theme
from ui.dialogs.base import Dialog
from ui.widgets.buttons import set_reason
from ui.widgets.text import label

LIST_HEIGHT = 96


class EraseDialog(Dialog):
    """`chosen("erase")` once it was understood that there is no way back. `file`: where the
    project is saved, empty when it has no file yet; `copies`: dated copies that go too."""

    def __init__(
        self,
        parent: QWidget | None,
        found: PersonFile,
        left: Sequence[Mention],
        *,
        file: str,
        copies: int,
    ) -> None:
        super().__init__(
            parent,
            tr("Erase {name} from this project?", name=found.name),
            tr(
                "Ratings, observed facts, notes and every text that names them go. Attendances and"
                " login days stay as counts of nobody. This cannot be undone, and the steps before"
                " it cannot be undone any more either."
            ),
            icon="warning",
        )
        self.setWindowTitle(tr("Erase a person"))
        self.setMinimumWidth(560)
        self._list(found)
        self._withdrawn(found)
        if left:
            self._read_yourself(left)
        self._files(file, copies)
        self.understood = QCheckBox(tr("I have read this: it is for good"))
        self.understood.toggled.connect(self._check)
        self.body.addWidget(self.understood)
        self.add_button("cancel", tr("Cancel"))
        words = tr("Erase and save") if file else tr("Erase")
        self.erase = self.add_button("erase", words, primary=True)
        self._check()
        self.understood.setFocus()

    def _list(self, found: PersonFile) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        held = [part for part in found.parts if part.rows]
        for row, part in enumerate(held):
            count, name = label(right=True), label(ink="muted")
            count.setFont(theme.font(numbers=True))
            count.setText(str(len(part.rows)))
            name.setText(tr(part.title))
            grid.addWidget(count, row, 0)
            grid.addWidget(name, row, 1)
        self.body.addLayout(grid)

    def _withdrawn(self, found: PersonFile) -> None:
        """Which issued reports go: they cannot be kept with a gap."""
        numbers = [str(row[0]) for part in found.parts if part.key == ISSUES for row in part.rows]
        if not numbers:
            return
        words = label(wrap=True)
        words.setText(
            ntr(
                "Issue no. {list} names them and is withdrawn: its number, date and fingerprint"
                " stay, its files and texts go.",
                "Issues no. {list} name them and are withdrawn: their numbers, dates and"
                " fingerprints stay, their files and texts go.",
                len(numbers),
                list=", ".join(numbers),
            )
        )
        self.body.addWidget(words)

    def _read_yourself(self, left: Sequence[Mention]) -> None:
        words = label(wrap=True)
        words.setText(
            ntr(
                "{n} text holds the last name alone and is left as it is; read it yourself:",
                "{n} texts hold the last name alone and are left as they are; read them yourself:",
                len(left),
            )
        )
        lines = QPlainTextEdit("\n".join(one.text for one in left))
        lines.setReadOnly(True)
        lines.setTabChangesFocus(True)
        lines.setFixedHeight(LIST_HEIGHT)
        lines.setAccessibleName(words.text())
        lines.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(words)
        self.body.addWidget(lines)

    def _files(self, file: str, copies: int) -> None:
        words = label(wrap=True)
        if not file:
            words.setText(tr("The project has no file yet: nothing else is written or deleted."))
        elif copies:
            words.setText(
                ntr(
                    "“{file}” is saved at once, and its dated copy is deleted.",
                    "“{file}” is saved at once, and its {n} dated copies are deleted.",
                    copies,
                    file=file,
                )
            )
        else:
            words.setText(tr("“{file}” is saved at once.", file=file))
        self.body.addWidget(words)
        more = label(theme.CAPTION, ink="muted", wrap=True)
        more.setText(
            tr("Files sent to others, exports and printed reports are not in reach: see to them.")
        )
        self.body.addWidget(more)

    def _check(self) -> None:
        ready = self.understood.isChecked()
        set_reason(self.erase, "" if ready else tr("Tick the box first."))
