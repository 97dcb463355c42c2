"""The dialogs of support: noting what keeps somebody from using the CRM, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from crm_pilot.adoption.commands import AddSupport, AnswerSupport
from crm_pilot.adoption.support import SupportCase
from crm_pilot.adoption.terms import CAUSES, Cause
from crm_pilot.errors import UserError
from crm_pilot.i18n import show, tr
from crm_pilot.people.queries import departments, owners
from crm_pilot.stakeholders.wording import CATEGORIES, delicate
from crm_pilot.typed import parse_day
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.fields import TextArea
from ui.widgets.picker import Picker
from ui.widgets.section import named
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge

LINES = 72  # pixels of a text of three lines


class CaseDialog(Dialog):
    """One gesture on a case: texts are checked by the word list, then one command."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, sentence: str, detail: str) -> None:
        super().__init__(parent, sentence, detail)
        set_ink(self.detail, "muted")
        self.setMinimumWidth(600)
        self.bridge = bridge
        self._warned = ""
        self.text = TextArea()
        self.text.setFixedHeight(LINES)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()

    def finish(self, verb: str) -> None:
        """The last rows: a hint on wording, complaints, buttons."""
        hint = label(theme.CAPTION, ink="muted", wrap=True)
        hint.setText(
            tr("Write what happened, not what you think of somebody: they may ask to read it.")
        )
        self.body.addWidget(hint)
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", verb, primary=True, closes=False)
        self.guard = Guard(self.bridge, self)
        self.guard.add(self.save)
        self.chosen.connect(self._chosen)

    @property
    def wrong(self) -> str:
        """Why what stands here cannot be taken; empty when it can."""
        raise NotImplementedError

    def command(self) -> Command:
        """What it comes to."""
        raise NotImplementedError

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence = self.wrong or self._delicate()
        if not sentence:
            try:
                self.bridge.project.execute(self.command())
            except UserError as error:
                sentence = show(error.message)
        if sentence:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()

    def _delicate(self) -> str:
        """A warning about delicate words, once for a text."""
        text = self.text.toPlainText()
        found = delicate(text)
        if not found or text == self._warned:
            return ""
        self._warned = text
        words = ", ".join(f"“{one.word}” ({tr(CATEGORIES[one.category])})" for one in found)
        return tr(
            "{words}: this does not belong here. Write it otherwise, or save once more to keep it.",
            words=words,
        )


class NoteCase(CaseDialog):
    """Cause, what was asked or found hard, of which department and function; a person if useful."""

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, department: int | None = None
    ) -> None:
        super().__init__(
            parent,
            bridge,
            tr("Note a case of support"),
            tr("People give a CRM up for three causes that can be mended: find out which it is."),
        )
        reader = bridge.reader
        self.causes = QButtonGroup(self)
        row = QGridLayout()
        for place, words in enumerate(CAUSES.values()):
            button = QRadioButton(tr(words))
            self.causes.addButton(button, place)
            row.addWidget(button, 0, place)
        self.causes.button(0).setChecked(True)
        self.body.addLayout(row)
        self.body.addWidget(named(tr("What was asked, or found hard"), self.text))
        self.department = Picker([(d.id, d.name) for d in departments(reader)], tr("department"))
        self.department.choose(department)
        self.feature = Picker(_features(bridge), tr("of the CRM"))
        self.person = Picker(owners(reader), tr("optional"))
        today = bridge.today
        self.day = Asked(tr("Noted on"), lambda text: parse_day(text, today))
        self.day.put(today, formats.day(today, lang(), year=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, (name, field) in enumerate(
            (
                (tr("Department"), self.department),
                (tr("Function"), self.feature),
                (tr("Person"), self.person),
            )
        ):
            grid.addWidget(named(name, field), place // 2, place % 2)
        grid.addWidget(self.day, 1, 1)
        self.body.addLayout(grid)
        self.finish(tr("Note it"))
        self.text.setFocus()

    @property
    def wrong(self) -> str:
        """Why the case cannot be noted."""
        if not self.text.toPlainText().strip():
            return tr("Write what was asked, or found hard.")
        for field in (self.department, self.feature, self.person):
            if field.typed and field.key is None:
                return tr("“{text}” is none of the names in the list.", text=field.typed)
        return self.day.wrong or ("" if self.day.value is not None else tr("Write a day."))

    def command(self) -> Command:
        """A case more."""
        return AddSupport(
            self.day.value,
            list(Cause)[self.causes.checkedId()],
            self.text.toPlainText(),
            department_id=self.department.key,
            person_id=self.person.key,
            feature_id=self.feature.key,
        )


class AnswerCase(CaseDialog):
    """What was done about a case, and when."""

    def __init__(self, parent: QWidget | None, bridge: Bridge, case: SupportCase) -> None:
        super().__init__(parent, bridge, tr("What was done?"), case.matter)
        self.case = case
        self.text.setPlainText(case.answer)
        self.body.addWidget(named(tr("What was done"), self.text))
        today = bridge.today
        self.day = Asked(tr("Done on"), lambda text: parse_day(text, today))
        self.day.put(today, formats.day(today, lang(), year=True))
        self.body.addWidget(self.day)
        self.finish(tr("Answer"))
        self.text.setFocus()

    @property
    def wrong(self) -> str:
        """Why it cannot be taken as answered."""
        if not self.text.toPlainText().strip():
            return tr("Write what was done.")
        return self.day.wrong or ("" if self.day.value is not None else tr("Write a day."))

    def command(self) -> Command:
        """The answer."""
        return AnswerSupport(self.case.id, self.text.toPlainText(), self.day.value)


def _features(bridge: Bridge) -> list[tuple[int, str]]:
    """Functions of the CRM, in the lead's order."""
    return [
        (key, name)
        for key, name in bridge.reader.select("SELECT id, name FROM feature ORDER BY position, id")
    ]
