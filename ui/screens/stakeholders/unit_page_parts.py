"""Sections of the page of one unit: lists of entries, ratings with their facts, the handling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders.advice import Advice
from crm_pilot.stakeholders.queries import RatingRow, UnitRow
from crm_pilot.stakeholders.terms import STYLES, ZONES
from crm_pilot.stakeholders.zones import RULE_OF_THUMB
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import link_button
from ui.widgets.marks import MarkIcon
from ui.widgets.section import ElidedLink, Section, cleared
from ui.widgets.text import ElidedLabel, label
from ui.widgets.tile import Tile
from ui.widgets.why import NoFigure, WhyButton, answers, show_why

MOST = 5  # entries before the rest is asked for


@dataclass(frozen=True)
class Entry:
    """One line: a text, or a link where `open` is given; muted words at the right and below."""

    text: str
    says: str = ""
    below: str = ""
    open: Callable[[], None] | None = None


class Entries(Section):
    """A section of entries with a quiet "?" and perhaps a link in its head."""

    def __init__(self, why: str = "", *, most: int = MOST) -> None:
        self.why = WhyButton()
        self.link = link_button(size=theme.CAPTION)
        self.link.hide()
        self.said = label(theme.CAPTION, ink="muted", right=True)
        right = QWidget()
        row = QHBoxLayout(right)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.said, self.link, self.why):
            row.addWidget(widget)
        super().__init__(right=right)
        self._key, self._most, self._whole = why, most, False
        self._entries: Sequence[Entry] = ()
        self.why.setVisible(bool(why))
        self.why.clicked.connect(self.explain)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(10)
        self._rows.setVerticalSpacing(2)
        self._rows.setColumnStretch(0, 1)
        self.nothing = label(ink="muted", wrap=True)
        self.more = link_button(size=theme.CAPTION)
        self.more.clicked.connect(self._switch)
        self.body.addWidget(self.nothing)
        self.body.addLayout(self._rows)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def explain(self) -> None:
        """Say why."""
        show_why(self.why, self.title.text(), answers(self, [self._key]))

    def show_entries(
        self, title: str, entries: Sequence[Entry], *, note: str = "", nothing: str = ""
    ) -> None:
        """Title, muted words at the right, the entries; `nothing` is said above them, or where
        there are none."""
        self.title.setText(title)
        self.why.say(title)
        self.said.setText(note)
        self.nothing.setText(nothing)
        self.nothing.setVisible(bool(nothing))
        self._entries = entries
        self._fill()

    def _switch(self) -> None:
        self._whole = not self._whole
        self._fill()

    def _fill(self) -> None:
        cleared(self._rows)
        place = 0
        for entry in self._entries if self._whole else self._entries[: self._most]:
            self._rows.addWidget(_named(entry), place, 0)
            says = label(theme.CAPTION, ink="muted", right=True)
            says.setText(entry.says)
            self._rows.addWidget(says, place, 1)
            place += 1
            if entry.below:
                below = label(theme.CAPTION, ink="muted", wrap=True)
                below.setText(entry.below)
                self._rows.addWidget(below, place, 0, 1, 2)
                place += 1
        rest = len(self._entries) - self._most
        self.more.setVisible(rest > 0)
        self.more.setText(
            tr("Show fewer") if self._whole else ntr("and {n} more", "and {n} more", rest)
        )


def _named(entry: Entry) -> QWidget:
    if entry.open is None:
        made = ElidedLabel()
        made.set_whole(entry.text)
        return made
    link = ElidedLink(entry.text)
    link.clicked.connect(entry.open)
    return link


def bare_tile(reason: str) -> Tile:
    """A ground without a head for sections that each say why by themselves."""
    made = Tile()
    made.title.hide()
    made.caption.hide()
    made.body.setSpacing(10)
    made.set_why(NoFigure(reason))
    return made


def without_rule(section: Section) -> None:
    """The first section of a tile needs no hairline above it."""
    layout = section.layout()
    item = layout.itemAt(0) if layout is not None else None
    above = item.widget() if item is not None else None
    if above is not None:
        above.hide()


class RatingsSection(Section):
    """Every rating with its fact, newest first; a wrong one can be taken away."""

    remove_asked = Signal(int)  # id of the rating

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.nothing = label(ink="muted", wrap=True)
        self.body.addWidget(self.nothing)

    def show_ratings(self, ratings: Sequence[RatingRow], why_not: str) -> None:
        """Ratings, newest first; `why_not` is why none can be taken away."""
        self.say(
            tr("Ratings and facts"),
            ntr("{n} rating", "{n} ratings", len(ratings)) if ratings else "",
        )
        self.nothing.setText(tr("Not rated yet: rate it with a fact that was seen or heard."))
        self.nothing.setVisible(not ratings)
        cleared(self._rows)
        self.buttons = []
        for row in ratings:
            self._rows.addWidget(self._made(row, why_not))

    def _made(self, row: RatingRow, why_not: str) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(6)
        date, cell, author = label(bold=True), label(), ElidedLabel(theme.CAPTION, ink="muted")
        date.setText(formats.day(row.rated_on, lang(), year=True))
        cell.setText(f"{row.synergy}/{row.antagonism} {tr(ZONES[row.zone])}")
        author.set_whole(" · ".join(self._said(row)))
        remove = link_button(tr("Remove"), size=theme.CAPTION)
        remove.setAccessibleName(tr("Remove the rating of {date}", date=date.text()))
        remove.setEnabled(not why_not)
        remove.setToolTip(why_not or tr("For one entered by mistake; it can be undone."))
        remove.clicked.connect(lambda: self.remove_asked.emit(row.id))
        self.buttons.append(remove)
        for widget in (date, MarkIcon(row.trio.value, 12), cell):
            head.addWidget(widget)
        head.addWidget(author, 1)
        head.addWidget(remove)
        fact = label(wrap=True)
        fact.setText(row.fact)
        fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addLayout(head)
        column.addWidget(fact)
        return made

    def _said(self, row: RatingRow) -> list[str]:
        said = [row.author] if row.author else []
        return [*said, tr("to refine")] if row.provisional else said


class HandlingSection(Section):
    """How its zone is handled, in what style, and the role on stage."""

    def __init__(self) -> None:
        super().__init__()
        self.advice = label(wrap=True)
        self.role = label(wrap=True)
        self.source = label(theme.CAPTION, ink="muted", wrap=True)
        for widget in (self.advice, self.role, self.source):
            self.body.addWidget(widget)

    def show_advice(self, unit: UnitRow, advice: Advice | None) -> None:
        """Hidden while the unit has no position."""
        self.setVisible(advice is not None and unit.zone is not None)
        if advice is None or unit.zone is None:
            return
        self.say(tr("Recommended handling"), tr("zone {zone}", zone=tr(ZONES[unit.zone])))
        self.advice.setText(advice.handling(lang()))
        role = unit.role or advice.role(lang())
        self.role.setText(tr("Role: {role}", role=role))
        self.role.setVisible(bool(role))
        rule = tr("In the lead's own words") if advice.edited else tr(RULE_OF_THUMB)
        style = tr(STYLES[advice.style]).lower()
        self.source.setText(tr("{rule} · style: {style}", rule=rule, style=style))
