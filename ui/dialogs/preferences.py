"""The settings: language, theme, your name. Each takes effect at once."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from crm_pilot.i18n import N_, tr
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

LANGUAGES = (("", N_("As the system")), ("fr", N_("Français")), ("en", N_("English")))
THEMES = (
    ("system", N_("As the system")),
    ("light", N_("Light")),
    ("dark", N_("Dark")),
    ("contrast", N_("High contrast")),
)


class Preferences(Dialog):
    """Settings of this person on this computer."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.language, self.theme, self.person = QComboBox(), QComboBox(), LineEdit()
        self._labels = (QLabel(), QLabel(), QLabel())
        form = QFormLayout()
        form.setSpacing(10)
        fields = (self.language, self.theme, self.person)
        for title, field in zip(self._labels, fields, strict=True):
            form.addRow(title, field)
        self.body.addLayout(form)
        self._hint = label(12, ink="muted", wrap=True)
        self.body.addWidget(self._hint)
        self.person.setText(bridge.settings.person)
        self.person.editingFinished.connect(self._named)
        self._memory = self.add_button("memory", "", closes=False, left=True)
        self._memory.clicked.connect(self._show_memory)
        self._close = self.add_button("ok", "", primary=True)
        self.retranslate()
        self.language.activated.connect(self._spoken)
        self.theme.activated.connect(self._coloured)
        bridge.language_changed.connect(self.retranslate)
        self.finished.connect(lambda _: bridge.remember())

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(tr("Settings"))
        texts = (tr("Language"), tr("Theme"), tr("Your name"))
        fields = (self.language, self.theme, self.person)
        for title, field, text in zip(self._labels, fields, texts, strict=True):
            title.setText(text)
            field.setAccessibleName(text)
        _fill(self.language, LANGUAGES, self.bridge.settings.language)
        _fill(self.theme, THEMES, self.bridge.settings.theme)
        self._hint.setText(
            tr("Your name is shown to a colleague who opens a file that you have open.")
        )
        self._close.setText(tr("Close"))
        self._memory.setText(tr("Remembered mappings…"))

    def _show_memory(self) -> None:
        from ui.dialogs.import_memory import RememberedMappings

        RememberedMappings(self, self.bridge).open()

    def _spoken(self) -> None:
        self.bridge.set_language(str(self.language.currentData()))

    def _coloured(self) -> None:
        self.bridge.set_theme(str(self.theme.currentData()))

    def _named(self) -> None:
        self.bridge.settings.person = self.person.text().strip()


def _fill(box: QComboBox, values: tuple[tuple[str, str], ...], chosen: str) -> None:
    box.clear()
    for value, text in values:
        box.addItem(tr(text), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
