"""The sentence on top of a screen or page, written by the lead over the computed one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_pilot.governance.headline import headline, sentence, written
from crm_pilot.governance.headline_commands import SetSentence
from crm_pilot.i18n import current, show, tr
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.language import lang
from ui.widgets.fields import TextArea
from ui.widgets.text import label


class SentenceDialog(Dialog):
    """Edit the sentence of `place` in the language of the window, or go back to the computed."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, place: str) -> None:
        super().__init__(
            parent,
            tr("The sentence on top"),
            tr("Say what matters today, with the figure and its consequence."),
        )
        self.bridge, self.place = bridge, place
        reader, today = bridge.reader, bridge.today
        self.field = TextArea()
        self.field.setFixedHeight(72)
        self.field.setPlainText(sentence(place, reader, today, current()))
        self.field.setAccessibleName(tr("The sentence on top"))
        self.body.addWidget(self.field)
        computed = label(12, ink="muted", wrap=True)
        computed.setText(tr("Computed: {sentence}", sentence=show(headline(place, reader, today))))
        self.body.addWidget(computed)
        if written(place, reader, lang()) is not None:
            self.add_button("computed", tr("Use the computed sentence"), left=True)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("ok", tr("Use this sentence"), primary=True)
        self.chosen.connect(self._chosen)
        self.field.setFocus()

    def _chosen(self, key: str) -> None:
        text = " ".join(self.field.toPlainText().split())
        if key == "computed":
            self._write("")
        elif key == "ok" and text and text != written(self.place, self.bridge.reader, lang()):
            self._write(text)

    def _write(self, text: str) -> None:
        self.bridge.execute(SetSentence(self.place, lang(), text, self.bridge.today))
