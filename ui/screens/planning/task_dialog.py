"""The dialog of a line: dates and duration, links, people and work, and what else is known of it.

Everything changed is one step. What cannot be read is said below its field, and why it cannot be
done by the button.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import show, tr
from crm_pilot.planning import queries
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import KINDS, PILLARS
from ui import theme
from ui.dialogs.base import Dialog
from ui.screens.planning import tips
from ui.screens.planning.changes import CellChanges
from ui.screens.planning.facts import PlanFacts
from ui.screens.planning.task_draft import Draft, DraftCommands, draft_of
from ui.screens.planning.task_pages import AboutPage, DatesPage, LinksPage, PeoplePage
from ui.widgets.buttons import segmented, set_reason
from ui.widgets.text import ElidedLabel, label

if TYPE_CHECKING:
    from ui.bridge import Bridge

PAGES = ("dates", "links", "people", "about")


class TaskDialog(Dialog):
    """Opened over one line; `page` is the part shown first."""

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, row: TaskRow, page: str = "dates"
    ) -> None:
        self.facts = PlanFacts(bridge, queries.tasks(bridge.reader))
        super().__init__(parent, row.title, self._place(row))
        self.bridge, self.row = bridge, row
        self.detail.setProperty("ink", "muted")
        self.before = draft_of(row, self.facts)
        self.holds = any(other.parent_id == row.id for other in self.facts.rows)
        self.pages = segmented(PAGES)
        self.pages.set_texts((tr("Dates"), tr("Links"), tr("People and work"), tr("About it")))
        self.pages.setAccessibleName(tr("Page"))
        self.pages.chosen.connect(self.turn)
        self.dates = DatesPage(self)
        self.links = LinksPage(self)
        self.people = PeoplePage(self)
        self.about = AboutPage(self)
        self.stack = QStackedWidget()
        for one in (self.dates, self.links, self.people, self.about):
            one.edited.connect(self._edited)
            self.stack.addWidget(one)
        self._lay_out()
        self._lock()
        self.pages.set_value(page)
        self.turn(page)
        self._edited()

    def _place(self, row: TaskRow) -> str:
        """Where it stands: pillar, phases, kind."""
        known = {one.id: one for one in self.facts.rows}
        above: list[str] = []
        parent = row.parent_id
        while parent in known:
            above.insert(0, known[parent].title)
            parent = known[parent].parent_id
        number = tr("No. {number}", number=self.facts.numbers.get(row.id, 0))
        return " · ".join(
            [number, tr(KINDS[row.kind]), " › ".join([tr(PILLARS[row.pillar]), *above])]
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.pages)
        top.addStretch(1)
        self.body.addLayout(top)
        self.body.addWidget(self.stack, 1)
        self.computed = ElidedLabel(theme.CAPTION, ink="muted")
        self.computed.set_whole(self._computed())
        self.body.addWidget(self.computed)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.ok = self.add_button("ok", tr("Apply"), primary=True, closes=False)
        self.ok.clicked.connect(self.apply)
        self.resize(800, 500)

    def _computed(self) -> str:
        """What the engine says of the line now."""
        about = tips.About(self.facts.timing(self.row.id), (), self.facts.sizes[0], self.holds)
        known = tips.facts(self.row, self.bridge.today, about)
        wanted = {tr("Forecast"), tr("Reference"), tr("Slack")}
        told = [(name, text) for name, text in known if name in wanted]
        return " · ".join(tr("{name}: {text}", name=name, text=text) for name, text in told)

    def _lock(self) -> None:
        reason = self.bridge.why_not_edit()
        for page in (self.dates, self.links, self.people, self.about):
            page.lock(reason)

    def turn(self, page: str) -> None:
        """Show a part, the keyboard in its first field."""
        self.stack.setCurrentIndex(PAGES.index(page))
        (self.dates, self.links, self.people, self.about)[PAGES.index(page)].begin()

    # applying --------------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """All fields as they are to be."""
        found = self.before
        for page in (self.dates, self.links, self.people, self.about):
            found = page.put_into(found)
        return found

    @property
    def wrong(self) -> str:
        """Why it cannot be applied; empty when it can."""
        for page in (self.dates, self.links, self.people, self.about):
            if page.wrong:
                return page.wrong
        return ""

    def _edited(self) -> None:
        self.complaint.hide()
        wrong = self.wrong
        nothing = "" if wrong or self.draft != self.before else tr("Nothing is changed yet.")
        set_reason(self.ok, self.bridge.why_not_edit() or wrong or nothing)

    def apply(self) -> None:
        """Carry out what changed; a rule it breaks is said, and the dialog stays."""
        changes = CellChanges(lambda: queries.hours(self.bridge.reader), lambda: self.bridge.today)
        hours = queries.hours(self.bridge.reader)
        try:
            made = DraftCommands(self.row, self.before, self.draft, changes, hours)
            command = made.command(self.facts)
            if command is not None:
                self.bridge.project.execute(command)
        except UserError as error:
            self.complaint.setText(show(error.message))
            self.complaint.show()
            return
        self._answered = True
        self.accept()
