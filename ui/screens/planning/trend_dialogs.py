"""Everything announced for a milestone, with the reasons of its moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.planning import history
from crm_pilot.planning.announcements import AnnounceForecast, SetReason
from crm_pilot.planning.charts import reason_words
from crm_pilot.planning.trend import Announced, History, Origin
from ui import theme
from ui.charts.ink import shown
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.planning.dialogs import AnnounceDialog, ReasonBox
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.fields import LineEdit
from ui.widgets.text import label
from ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from crm_pilot.project import Changed
    from ui.bridge import Bridge

HEADINGS = (N_("Announced on"), N_("Date"), N_("Moved by"), N_("Reason"))
WIDTHS = (130, 130, 96, 300)
SHOWN = frozenset({"task", "wave", "baseline", "baseline_task", "forecast", "committee", "project"})


class HistoryDialog(Dialog):
    """Everything announced for a milestone; the reason of the row it stands on can be given."""

    def __init__(self, bridge: Bridge, parent: QWidget, key: int) -> None:
        super().__init__(parent)
        self.bridge, self.key = bridge, key
        self._history: History | None = None
        self.setMinimumWidth(720)
        self.table = TextTable()
        self.table.setAccessibleName(tr("Announced dates"))
        self.table.setMinimumHeight(220)
        self.body.addWidget(self.table, 1)
        self.code, self.words = ReasonBox(), LineEdit()
        self.words.setPlaceholderText(tr("In your words"))
        self.words.setAccessibleName(tr("In your words"))
        self.keep = quiet_button(tr("Keep the reason"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.code)
        row.addWidget(self.words, 1)
        row.addWidget(self.keep)
        self.body.addLayout(row)
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.addWidget(self.note)
        self.announce = self.add_button("announce", tr("Announce a date…"), closes=False, left=True)
        self.add_button("close", tr("Close"), primary=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.announce, why=self._why_not_announce)
        self.guard.add(self.keep, self.code, self.words, why=self._why_not_keep)
        self.keep.clicked.connect(self._keep)
        self.words.returnPressed.connect(self._keep)
        self.announce.clicked.connect(self._announce)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_reason())
        bridge.changed.connect(self._changed)
        self.refresh()
        self.table.setFocus()

    # showing ---------------------------------------------------------------------------------

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*SHOWN):
            self.refresh()

    def refresh(self) -> None:
        """Read again, the newest first, and stay on the row; at first on the newest of those
        without a reason."""
        place = self.table.currentIndex().row() if self._history is not None else -1
        found = history.histories(self.bridge.reader, self.bridge.today)
        self._history = next((one for one in found if one.id == self.key), None)
        known = self._history
        if known is None:
            self.reject()
            return
        self.say(known.title, summary(known))
        order = range(len(known.said) - 1, -1, -1)
        rows = [self._cells(number) for number in order]
        missing = [row for row, number in enumerate(order) if lacks_reason(known, number)]
        icons = [("warning", "watch") if n in missing else None for n in range(len(rows))]
        self.table.texts.show_rows(
            [tr(text) for text in HEADINGS],
            rows,
            icons=icons if missing else (),
            numbers=frozenset({2}),
            bold=frozenset((n, 3) for n in missing),
        )
        self.table.fit(WIDTHS)
        if not 0 <= place < len(rows):
            place = missing[0] if missing else 0
        if rows:
            self.table.selectRow(place)
        self._show_reason()

    def _cells(self, number: int) -> tuple[str, ...]:
        known = self._history
        assert known is not None
        said = known.said[number]
        moved = _moved(known, number)
        if moved is None:
            step = tr("first date")
        else:
            step = formats.days(moved, lang(), sign=True) if moved else tr("kept")
        day = formats.day(said.reported_on, lang(), year=True)
        if said.origin is Origin.PLAN:
            day = tr("not announced yet")
        reason = shown(reason_words(said, moved))
        return day, formats.day(said.expected_on, lang(), year=True), step, reason

    def _said(self) -> Announced | None:
        place = self.table.currentIndex().row()
        known = self._history
        if known is None or not 0 <= place < len(known.said):
            return None
        return known.said[len(known.said) - 1 - place]

    def _show_reason(self) -> None:
        said = self._said()
        if said is not None:
            self.code.choose(said.code)
            self.words.setText(said.reason)
        self.note.setText(self._why_not_keep() if self._history and self._history.said else "")
        self.guard.refresh()

    # reasons why not -------------------------------------------------------------------------

    def _why_not_keep(self) -> str:
        said = self._said()
        if said is None:
            return tr("Nothing was announced yet: set a reference plan first.")
        if said.origin is Origin.REFERENCE:
            return tr("The reason of a reference plan is written with the reference plan.")
        return ""

    def _why_not_announce(self) -> str:
        if self._history is not None and not self._history.said:
            return tr("Nothing was announced yet: set a reference plan first.")
        return ""

    # acting ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Keep the reason; a date that only the plan knows is announced with it."""
        said, known = self._said(), self._history
        if said is None or known is None or self._why_not_keep() or self.bridge.why_not_edit():
            return
        code, words = self.code.code, self.words.text().strip()
        if said.id is not None:
            self.bridge.execute(SetReason(said.id, code, words, known.title))
        else:
            today = self.bridge.today
            self.bridge.execute(
                AnnounceForecast(self.key, said.expected_on, today, words, known.title, code)
            )

    def _announce(self) -> None:
        from crm_pilot.planning import queries

        rows = queries.tasks(self.bridge.reader)
        row = next((one for one in rows if one.id == self.key), None)
        if row is None:
            return
        asked = AnnounceDialog(self, row, self.bridge.today)

        def answered() -> None:
            if asked.command is not None:
                self.bridge.execute(asked.command)

        asked.accepted.connect(answered)
        asked.open()


def _moved(known: History, number: int) -> int | None:
    """Days by which an announcement moved the date; None for the first."""
    return known.steps()[number - 1][1] if number else None


def lacks_reason(known: History, number: int) -> bool:
    """Whether an announcement put the date off without saying why."""
    moved = _moved(known, number)
    said = known.said[number]
    said_why = said.code is not None or (said.origin is Origin.REFERENCE and said.reason)
    return moved is not None and moved > 0 and not said_why


def summary(known: History) -> str:
    """First date, present date, and how often it was put off."""
    if known.first is None:
        return tr("Nothing was announced yet.")
    first = formats.day(known.first, lang(), year=True)
    now = formats.day(known.forecast, lang(), year=True)
    if not known.postponed:
        return tr("First announced for {first}, now {now}: never put off.", first=first, now=now)
    slip = formats.days(known.slip or 0, lang(), sign=True)
    return ntr(
        "First announced for {first}, now {now}: put off once, {slip} in all.",
        "First announced for {first}, now {now}: put off {n} times, {slip} in all.",
        known.postponed,
        first=first,
        now=now,
        slip=slip,
    )
