"""What a new project needs to be told: name, template, language, country, first day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.typed import parse_day
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.fields import LineEdit
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Command

COUNTRIES = {
    "FR": N_("France"),
    "BE": N_("Belgium"),
    "CH": N_("Switzerland"),
    "LU": N_("Luxembourg"),
    "CA": N_("Canada"),
    "GB": N_("United Kingdom"),
    "US": N_("United States"),
}
LANGUAGES = {"fr": N_("Français"), "en": N_("English")}


@dataclass(frozen=True)
class Wanted:
    """The new project that was asked for."""

    name: str
    template: str  # id, or "" for an empty project
    language: str
    country: str
    starts_on: dt.date

    def fill(self) -> Command | None:
        """The command that fills it from the template."""
        from crm_pilot.demo.templates import Wish, template_command

        wish = Wish(self.template, self.language, self.starts_on, self.country)
        made: Command = template_command(wish)
        return made


class NewProjectDialog(Dialog):
    """`wanted(Wanted)` is emitted when everything is filled in."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None, language: str) -> None:
        super().__init__(parent, tr("New project"))
        self.name = LineEdit()
        self.name.setPlaceholderText(tr("Salesforce roll-out – Sales France"))
        self.template = QComboBox()
        for key, title in _templates():
            self.template.addItem(title, key)
        self.language = _choice(LANGUAGES, language)
        self.country = _choice(COUNTRIES, "FR")
        self.start = LineEdit()
        today = dt.date.today()
        self.start.setText(formats.day(today, lang(), year=True))
        self._today = today
        form = QFormLayout()
        form.setSpacing(10)
        for title, widget in (
            (tr("Name"), self.name),
            (tr("Template"), self.template),
            (tr("Language of the project"), self.language),
            (tr("Country, for public holidays"), self.country),
            (tr("First day"), self.start),
        ):
            widget.setAccessibleName(title)
            form.addRow(title, widget)
        self.body.addLayout(form)
        self.complaint = label(ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("create", tr("Create the project"), primary=True, closes=False)
        self.chosen.connect(self._chosen)
        self.name.setFocus()

    def _chosen(self, key: str) -> None:
        if key != "create":
            return
        try:
            start = parse_day(self.start.text(), self._today) or self._today
        except UserError as error:
            self._complain(show(error.message), self.start)
            return
        name = self.name.text().strip()
        if not name:
            self._complain(tr("Give the project a name: it is printed on every report."), self.name)
            return
        wanted = Wanted(
            name,
            str(self.template.currentData()),
            str(self.language.currentData()),
            str(self.country.currentData()),
            start,
        )
        self._answered = True
        self.accept()
        self.wanted.emit(wanted)

    def _complain(self, sentence: str, field: LineEdit) -> None:
        field.mark_wrong(sentence)
        field.setFocus()
        self.complaint.setText(sentence)
        self.complaint.show()


def _templates() -> list[tuple[str, str]]:
    from crm_pilot.demo.templates import TEMPLATES

    return [(key, show(title)) for key, (title, _) in TEMPLATES.items()]


def _choice(values: dict[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    for value, text in values.items():
        box.addItem(tr(text), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
