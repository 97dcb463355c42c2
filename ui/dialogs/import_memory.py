"""The corrections of imports that are remembered on this computer, to be seen and forgotten."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import tr
from crm_pilot.settings import SOURCE
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.dialogs.import_reading import (
    DATES,
    DELIMITER,
    DELIMITERS,
    ENCODING,
    ENCODINGS,
    HEADER,
    NO_HEADER,
    ORDERS,
    SHEET,
)
from ui.language import formats, lang
from ui.widgets.text import label
from ui.widgets.text_table import TextTable

HEIGHT = 240
WORDS = {ENCODING: ENCODINGS, DELIMITER: DELIMITERS, DATES: ORDERS}


class RememberedMappings(Dialog):
    """A list of remembered mappings, the newest first; each can be forgotten."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.setMinimumWidth(800)
        self.table = TextTable()
        self.table.setMinimumHeight(HEIGHT)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._selected())
        self.none = label(ink="muted", wrap=True)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.none)
        self.forget = self.add_button("forget", "", closes=False, left=True)
        self.add_button("ok", "", primary=True)
        self.chosen.connect(self._chosen)
        bridge.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(
            tr("Remembered mappings"),
            tr("How columns were read is remembered after an import, and used again for a file"
               " with the same columns."),
        )  # fmt: skip
        self.forget.setText(tr("Forget"))
        self.buttons["ok"].setText(tr("Close"))
        self.none.setText(tr("Nothing is remembered yet."))
        self.table.setAccessibleName(tr("Remembered mappings"))
        self._fill()

    @property
    def signatures(self) -> list[str]:
        """Of the rows, in their order."""
        return list(reversed(self.bridge.settings.mappings))

    def _fill(self) -> None:
        from crm_pilot.exchange.registry import KIND_TITLES

        rows = []
        for signature in self.signatures:
            mapping = self.bridge.settings.mappings[signature]
            title = KIND_TITLES.get(signature.partition(":")[0], "")
            day = self.bridge.settings.mapping_day(signature)
            when = formats.day(day, lang(), year=True) if day else "–"
            rows.append((mapping.get(SOURCE, "–"), tr(title), when, _corrections(mapping)))
        headings = [tr("File"), tr("Taken for"), tr("Remembered on"), tr("Corrections")]
        self.table.texts.show_rows(headings, rows)
        self.table.fit((220, 120, 130))
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        if rows:
            self.table.selectRow(0)
        self._selected()

    def _selected(self) -> None:
        chosen = self.table.selectionModel().hasSelection()
        self.forget.setEnabled(chosen)
        self.forget.setToolTip("" if chosen else tr("Choose a line first."))

    def _chosen(self, key: str) -> None:
        row = self.table.currentIndex().row()
        if key == "forget" and 0 <= row < len(self.signatures):
            del self.bridge.settings.mappings[self.signatures[row]]
            self.bridge.remember()
            self._fill()


def _corrections(mapping: dict[str, str]) -> str:
    """What was decided by hand: how the file is read, then the columns."""
    found = []
    for name, value in mapping.items():
        if name in WORDS:
            found.append(tr(WORDS[name][value]) if value in WORDS[name] else value)
        elif name == HEADER:
            none = value == NO_HEADER
            found.append(tr("No header line") if none else tr("Line {line}", line=value))
        elif name == SHEET or (name[0] != "@" and value):
            found.append(tr("“{one}”", one=value))
    return ", ".join(found) or "–"
