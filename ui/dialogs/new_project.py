"""The guided form for a new project: why, what it is, who will use the CRM; then what it will
hold, computed by the function that fills it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.people import calendar
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.dialogs.new_project_parts import Card, DepartmentTable, Line
from ui.language import formats, lang
from ui.widgets.buttons import quiet_button
from ui.widgets.fields import LineEdit
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from crm_pilot.demo.templates import Wish
    from crm_pilot.project import Command

LANGUAGES = {"fr": N_("Français"), "en": N_("English")}
STEPS = (
    N_("Why this project?"),
    N_("The project"),
    N_("Who will use the CRM?"),
)
SIZE = (760, 620)


@dataclass(frozen=True)
class Wanted:
    """The new project that was asked for."""

    name: str
    wish: Wish

    @property
    def language(self) -> str:
        """Language of the project."""
        return self.wish.language

    @property
    def country(self) -> str:
        """Country of its public holidays."""
        return self.wish.country

    @property
    def starts_on(self) -> dt.date:
        """Its first day."""
        return self.wish.start

    def fill(self) -> Command:
        """The command that fills it from the template."""
        from crm_pilot.demo.templates import template_command

        made: Command = template_command(self.wish)
        return made


class NewProjectDialog(Dialog):
    """Three steps; `wanted(Wanted)` is emitted when everything is filled in."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None, language: str) -> None:
        super().__init__(parent, tr("New project"))
        from crm_pilot.demo import templates

        self._templates = templates
        self._today = dt.date.today()
        self._shown_for = ("", "")
        self._named = False
        self.setFixedWidth(SIZE[0])
        self.setMinimumHeight(SIZE[1])
        self.pages = QStackedWidget()
        self.pages.addWidget(self._why_page())
        self.pages.addWidget(self._card_page(language))
        self.pages.addWidget(self._people_page())
        self.body.addWidget(self.pages, 1)
        self.summary = label(wrap=True)
        self.summary.setMinimumHeight(2 * self.summary.fontMetrics().lineSpacing() + 4)
        self.body.addWidget(self.summary)
        self.complaint = label(ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.add_button("back", tr("Back"), closes=False)
        self.add_button("next", tr("Next"), primary=True, closes=False)
        self.add_button("create", tr("Create the project"), primary=True, closes=False)
        self.chosen.connect(self._chosen)
        self._fill_departments()
        self._go(0)

    # pages -----------------------------------------------------------------------------------

    def _why_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.cards = [
            Card(key, show(title), show(about))
            for key, (title, about) in self._templates.TEMPLATES.items()
        ]
        for card in self.cards:
            column.addWidget(card)
            card.toggled.connect(self._changed)
        column.addStretch(1)
        self.cards[0].setChecked(True)
        return page

    def _card_page(self, language: str) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        self.name, self.company, self.crm = LineEdit(), LineEdit(), LineEdit()
        self.crm.setPlaceholderText(tr("Salesforce, Dynamics, HubSpot …"))
        self.name.textEdited.connect(self._name_typed)
        self.language = _choice({key: tr(text) for key, text in LANGUAGES.items()}, language)
        countries = calendar.country_names(lang())
        here = QLocale.system().name().rpartition("_")[2]  # fr_BE: BE
        self.country = _choice(countries, here if here in countries else "FR")
        self.start = LineEdit()
        self.start.setText(formats.day(_next_monday(self._today), lang(), year=True))
        self.start_note = label(theme.CAPTION, ink="muted", wrap=True)
        for title, widget in (
            (tr("Name"), self.name),
            (tr("Company"), self.company),
            (tr("CRM product"), self.crm),
            (tr("Language of the project"), self.language),
            (tr("Country, for public holidays"), self.country),
            (tr("First day"), self.start),
        ):
            widget.setAccessibleName(title)
            form.addRow(title, widget)
        form.addRow("", self.start_note)
        self.start.textChanged.connect(self._changed)
        self.country.currentIndexChanged.connect(self._changed)
        self.language.currentIndexChanged.connect(self._changed)
        return page

    def _people_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.table = DepartmentTable(self._templates.WAVES)
        self.table.departments.edited.connect(self._changed)
        self.table.departments.refused.connect(self._complain)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.total = label(bold=True)
        for text, icon, action in (
            (tr("Add a department"), "add", self.table.add_line),
            (tr("Remove"), "", self.table.remove_lines),
            (tr("Paste"), "", self.table.paste),
        ):
            button = quiet_button(text, icon)
            button.setAutoDefault(False)
            button.clicked.connect(action)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.total)
        column.addLayout(row)
        hint = label(theme.CAPTION, ink="muted", wrap=True)
        hint.setText(
            tr(
                "Tick those concerned, type over names and figures, or paste lines copied from"
                " Excel: department, users, wave."
            )
        )
        column.addWidget(hint)
        return page

    # what is asked for -----------------------------------------------------------------------

    @property
    def template(self) -> str:
        """The chosen template."""
        return next(card.key for card in self.cards if card.isChecked())

    def _start(self) -> dt.date:
        return parse_day(self.start.text(), self._today) or self._today

    def wish(self) -> Wish:
        """What is asked for as it stands. Raises `UserError` for a date that cannot be read."""
        departments = tuple(
            self._templates.Department(line.name, line.users, line.wave, line.key)
            for line in self.table.departments.ticked
        )
        return self._templates.Wish(
            self.template,
            str(self.language.currentData()),
            self._start(),
            str(self.country.currentData()),
            departments,
            company=self.company.text().strip(),
            crm=self.crm.text().strip(),
        )

    def _name_typed(self, text: str) -> None:
        self._named = bool(text.strip())

    def _fill_departments(self) -> None:
        """The template's departments and name, when the template or the language changes."""
        language = str(self.language.currentData())
        shown_for = (self.template, language)
        if shown_for == self._shown_for:
            return
        self._shown_for = shown_for
        found = self._templates.departments_of(*shown_for)
        self.table.departments.show_lines(
            [Line(one.name, one.users, one.wave, one.key) for one in found]
        )
        if not self._named:
            self.name.setText(self._templates.template_name(*shown_for))

    # steps -----------------------------------------------------------------------------------

    def _changed(self, *_: object) -> None:
        if not hasattr(self, "summary") or not any(card.isChecked() for card in self.cards):
            return  # still being built, or between two cards
        self._fill_departments()
        self.start.mark_wrong("")
        self.complaint.hide()
        users = sum(line.users for line in self.table.departments.ticked)
        self.total.setText(
            ntr("{count} user", "{count} users", users, count=formats.number(users, lang()))
        )
        try:
            start = self._start()
        except UserError as error:
            self.start_note.setText(show(error.message))
            set_ink(self.start_note, "muted")  # it may still be on its way
            self.summary.clear()
            return
        self._say_start(start)
        try:
            self._say_summary()
        except UserError as error:
            self.summary.setText(show(error.message))
            set_ink(self.summary, "alert")

    def _say_start(self, start: dt.date) -> None:
        country = str(self.country.currentData())
        sentence, ink = formats.weekday(start, lang()).capitalize(), "muted"
        if calendar.is_working_day(start, country):
            sentence += " " + formats.long_day(start, lang())  # which year was understood
        else:
            first = calendar.next_working_day(start, country)
            taken = f"{formats.weekday(first, lang())} {formats.long_day(first, lang())}"
            ink = "alert"
            if start.weekday() >= 5:
                sentence = tr(
                    "{weekday}, a day off: work begins on {day}.", weekday=sentence, day=taken
                )
            else:
                feast = calendar.holiday_name(country, start, lang()) or tr("public holiday")
                sentence = tr(
                    "{weekday}, {holiday}: work begins on {day}.",
                    weekday=sentence,
                    holiday=feast,
                    day=taken,
                )
        self.start_note.setText(sentence)
        set_ink(self.start_note, ink)

    def _say_summary(self) -> None:
        set_ink(self.summary, "")
        parts = self._templates.draft(self.wish()).summary(lang())
        said = ", ".join(show(part) for part in parts)
        self.summary.setText(
            tr("It will hold {list}.", list=said)
            if said
            else tr("It will be empty: everything is yours to type in.")
        )

    def _go(self, step: int) -> None:
        last = len(STEPS) - 1
        self.pages.setCurrentIndex(step)
        self.say(
            tr(STEPS[step]),
            tr("New project, step {step} of {steps}", step=step + 1, steps=last + 1),
        )
        self.setWindowTitle(tr("New project"))
        self.buttons["back"].setVisible(step > 0)
        self.buttons["next"].setVisible(step < last)
        self.buttons["create"].setVisible(step == last)
        self.buttons["next" if step < last else "create"].setDefault(True)
        (next(c for c in self.cards if c.isChecked()), self.name, self.table)[step].setFocus(
            Qt.FocusReason.TabFocusReason
        )
        if step == 1:
            self.name.selectAll()
        elif step == last and self.table.departments.rowCount():
            self.table.setCurrentIndex(self.table.departments.index(0, 1))
        self._changed()

    def _chosen(self, key: str) -> None:
        step = self.pages.currentIndex()
        if key == "back":
            self._go(step - 1)
        elif key == "next" and (step != 1 or self._card_is_filled()):
            self._go(step + 1)
        elif key == "create":
            self._create()

    def _card_is_filled(self) -> bool:
        try:
            self._start()
        except UserError as error:
            self.start.mark_wrong(show(error.message))
            set_ink(self.start_note, "alert")
            self.start.setFocus()
            return False
        if not self.name.text().strip():
            sentence = tr("Give the project a name: it is printed on every report.")
            self.name.mark_wrong(sentence)
            self.name.setFocus()
            self._complain(sentence)
            return False
        self.name.mark_wrong("")
        return True

    def _create(self) -> None:
        if not self._card_is_filled():
            self._go(1)
            self._card_is_filled()
            return
        try:
            wish = self.wish()
            self._templates.draft(wish)
        except UserError as error:
            self._complain(show(error.message))
            return
        self._answered = True
        self.accept()
        self.wanted.emit(Wanted(self.name.text().strip(), wish))

    def _complain(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.show()


def _next_monday(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=-today.weekday() % 7)


def _choice(values: dict[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    for value, text in values.items():
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
