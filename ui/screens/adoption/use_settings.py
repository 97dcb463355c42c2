"""The settings of the room: retention, logins that count, time zone, what only the lead knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.adoption.retention import Due, FoldMonths, due
from crm_pilot.adoption.terms import Aspect
from crm_pilot.adoption.use_settings import MONTHS, SetUseSettings, UseSettings, settings
from crm_pilot.errors import UserError
from crm_pilot.exchange.login_words import Word, all_words
from crm_pilot.i18n import N_, ntr, show, tr
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.reading import Reading
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard, quiet_button
from ui.widgets.fields import TextArea
from ui.widgets.section import named
from ui.widgets.text import label, set_ink
from ui.widgets.tick_list import TickList

if TYPE_CHECKING:
    from ui.bridge import Bridge

LIST = 140  # pixels of a list of words
SAID = (
    (
        "sponsor_agreed",
        N_("The sponsor agrees that their own login days are looked at"),
        N_("Without it, an absent sponsor is told by decisions alone (warning D8)."),
    ),
    (
        "legacy_fed",
        N_("The old tool is still fed"),
        N_("It weighs on the warning of departments that live apart (D3)."),
    ),
    (
        "rival_bought",
        N_("A department bought a tool of its own"),
        N_("It weighs on the same warning (D3)."),
    ),
)


class UseSettingsDialog(Dialog):
    """Everything is saved as one step; folding months is asked on its own."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(parent, tr("Settings of adoption"))
        self.bridge = bridge
        self.setMinimumWidth(640)
        self._before = settings(bridge.reader)
        self._due: Due | None = None  # until it is read
        self._retention()
        self._logins()
        self._saying()
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save"), primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save)
        self.guard.add(self.fold, why=self._why_not_fold)
        self.chosen.connect(self._chosen)
        self.months.field.setFocus()
        self._read_due()

    def _read_due(self) -> None:
        """Ask what is past the retention: a job of the window below, this one has none."""
        self.reading = Reading(self.bridge, self.parentWidget() or self, kept=True)
        self.reading.setParent(self)
        self.reading.found.connect(self._show_due)
        self.reading.begun.connect(lambda: self.state.setText(tr("Reading the days of use…")))
        today = self.bridge.today
        self.reading.read(lambda reader: due(reader, today))

    def _retention(self) -> None:
        self._head(tr("How long days are kept"))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.months = Asked(tr("Months kept by the day"), _months)
        self.months.put(self._before.retention_months, str(self._before.retention_months))
        self.months.setFixedWidth(224)
        self.reason = TextArea()
        self.reason.setFixedHeight(48)
        self.reason.setPlainText(self._before.retention_reason)
        row.addWidget(self.months)
        row.addWidget(named(tr("Why so long"), self.reason), 1)
        self.body.addLayout(row)
        below = QHBoxLayout()
        self.state = label(theme.CAPTION, ink="muted", wrap=True)
        self.fold = quiet_button(tr("Keep totals only…"))
        self.fold.clicked.connect(self._ask_fold)
        below.addWidget(self.state, 1)
        below.addWidget(self.fold)
        self.body.addLayout(below)

    def _show_due(self, found: Due) -> None:
        """Say what is past the retention, once it is read."""
        self._due = found
        self.state.setText(self._state(found))
        self.guard.refresh()

    def _state(self, found: Due) -> str:
        advice = tr("The CNIL advises 6 to 12 months for logs; older months keep totals by"
                    " department and profile, of no person.")  # fmt: skip
        if not found.months:
            return advice
        day = formats.day(found.before, lang(), year=True)
        past = ntr(
            "{n} month before {day} is past it ({days} login days).",
            "{n} months before {day} are past it ({days} login days).",
            len(found.months),
            day=day,
            days=formats.number(found.user_days, lang()),
        )
        return f"{past} {advice}"

    def _logins(self) -> None:
        self._head(tr("Logins that count"))
        self._words: dict[Aspect, list[Word]] = {aspect: [] for aspect in Aspect}
        for word in all_words(self.bridge.reader):
            self._words[word.aspect].append(word)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.lists: dict[Aspect, TickList] = {}
        for aspect, title in (
            (Aspect.STATUS, tr("Status of a login that worked")),
            (Aspect.TYPE, tr("Types of a person at a screen")),
        ):
            made = self.lists[aspect] = TickList(title, tr("none counts"), 4)
            found = self._words[aspect]
            made.show_things(
                [(place, word.word) for place, word in enumerate(found)],
                [place for place, word in enumerate(found) if word.counts],
            )
            made.setMaximumHeight(LIST)
            made.setVisible(any(self._words.values()))
            row.addWidget(made, 1)
        self.body.addLayout(row)
        self.words_note = label(theme.CAPTION, ink="muted", wrap=True)
        self.words_note.setText(
            tr("Words met in earlier imports. A change counts for the next import.")
            if any(self._words.values())
            else tr("No login was imported yet: statuses and types come with the first import.")
        )
        self.body.addWidget(self.words_note)
        self.zone = Asked(tr("Time zone of the project"), str.strip, tr("that of the country"))
        self.zone.put(self._before.time_zone, self._before.time_zone)
        self.body.addWidget(self.zone)

    def _saying(self) -> None:
        self._head(tr("What only you can say"))
        self.said: dict[str, QCheckBox] = {}
        for name, title, why in SAID:
            made = self.said[name] = QCheckBox(tr(title))
            made.setChecked(getattr(self._before, name))
            made.setAccessibleDescription(tr(why))
            note = label(theme.CAPTION, ink="muted", wrap=True)
            note.setText(tr(why))
            note.setContentsMargins(26, 0, 0, 0)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(made)
            pair.addWidget(note)
            self.body.addLayout(pair)

    def _head(self, text: str) -> None:
        made = label(bold=True)
        made.setText(text)
        self.body.addWidget(made)

    # folding ---------------------------------------------------------------------------------

    def _why_not_fold(self) -> str:
        if self._due is None:
            return tr("Reading the days of use…")
        return "" if self._due.months else tr("No month is past the retention.")

    def _ask_fold(self) -> None:
        dialog = FoldDialog(self, self.bridge)
        dialog.accepted.connect(self._folded)
        dialog.open()

    # saving ----------------------------------------------------------------------------------

    def _folded(self) -> None:
        """Close as well. Both go at once: without this no window would have the keyboard."""
        below = self.parentWidget()
        self.accept()
        if below is not None:
            below.window().activateWindow()

    def wanted(self) -> UseSettings:
        """The settings as they stand here."""
        return UseSettings(
            self.months.value,
            self.reason.toPlainText(),
            self.zone.field.text().strip(),
            **{name: box.isChecked() for name, box in self.said.items()},
        )

    def changed_words(self) -> dict[tuple[Aspect, str], bool]:
        """Words whose tick is another than before."""
        found = {}
        for aspect, listed in self.lists.items():
            ticked = set(listed.ticked)
            for place, word in enumerate(self._words[aspect]):
                if (place in ticked) != word.counts:
                    found[aspect, word.word] = place in ticked
        return found

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence = self.months.wrong or ("" if self.months.value else tr("Fill in every field."))
        if not sentence:
            try:
                self.bridge.project.execute(SetUseSettings(self.wanted(), self.changed_words()))
            except UserError as error:
                sentence = show(error.message)
        if sentence:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()


class FoldDialog(Dialog):
    """Asks before days past the retention become totals."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        found = due(bridge.reader, bridge.today)
        day = formats.day(found.before, lang(), year=True)
        super().__init__(
            parent,
            tr("Keep totals only before {day}?", day=day),
            tr(
                "Months before it keep their sums by department and profile. Who logged in on which"
                " day leaves the file when it is saved; until the project is closed, undo brings"
                " it back."
            ),
            icon="warning",
        )
        self.bridge, self.before = bridge, found.before
        count = label(ink="muted", wrap=True)
        count.setText(
            ntr("{n} month, {days} login days", "{n} months, {days} login days",
                len(found.months), days=formats.number(found.user_days, lang()))
        )  # fmt: skip
        set_ink(count, "muted")
        self.body.addWidget(count)
        self.add_button("cancel", tr("Cancel"))
        self.keep = self.add_button("fold", tr("Keep totals only"), primary=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.keep)
        self.chosen.connect(self._chosen)

    def _chosen(self, key: str) -> None:
        if key == "fold":
            self.bridge.execute(FoldMonths(self.before))


def _months(text: str) -> int | None:
    plain = text.strip()
    if not plain:
        return None
    if not plain.isdigit() or not MONTHS[0] <= int(plain) <= MONTHS[1]:
        raise UserError(
            N_("“{text}” cannot be read; write a number of months from {low} to {high}."),
            text=text,
            low=MONTHS[0],
            high=MONTHS[1],
        )
    return int(plain)
