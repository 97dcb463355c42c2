"""What is known of the selected unit: rating, handling, actions, readiness, route, target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.governance.influence import ActionRow
from crm_pilot.governance.unit_readiness import Part, UnitReadiness
from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.stakeholders.advice import Advice
from crm_pilot.stakeholders.queries import RatingRow, UnitRow, WaveMark
from crm_pilot.stakeholders.terms import ANTAGONISM, STYLES, SYNERGY, ZONES, Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import RULE_OF_THUMB
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.parts import CountBar, LevelBar
from ui.screens.stakeholders.scene import day_text
from ui.widgets.buttons import link_button
from ui.widgets.marks import MarkIcon
from ui.widgets.section import ElidedLink, Section, cleared
from ui.widgets.text import ElidedLabel, label

ROUTE_ROWS, ACTION_ROWS = 4, 4
SINCE = {  # a unit of the trio, inside “■ opponents since 16 Nov.”
    Trio.LOCOMOTIVE: N_("locomotives since {day}"),
    Trio.HESITANT: N_("hesitants since {day}"),
    Trio.OPPONENT: N_("opponents since {day}"),
}


@dataclass(frozen=True)
class Known:
    """What the panel says of a unit beside its row, as of the day shown."""

    ratings: Sequence[RatingRow] = ()
    waves: Sequence[WaveMark] = ()
    actions: Sequence[ActionRow] = ()
    advice: Mapping[Zone, Advice] | None = None
    readiness: UnitReadiness | None = None
    old: int | None = None  # days since the rating, where it should be asked again


class UnitFacts(QWidget):
    """Sections one below the other. Signals carry no key: the panel knows whom it shows."""

    rate_asked = Signal()
    target_asked = Signal()
    action_asked = Signal()
    action_opened = Signal(int)  # id of the task
    advice_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._build_caption(column)
        self._build_rating(column)
        self._build_handling(column)
        self._build_actions(column)
        self._ready = Section()
        self._ready_rows = QGridLayout()
        self._ready_rows.setHorizontalSpacing(8)
        self._ready_rows.setVerticalSpacing(4)
        self._ready_rows.setColumnStretch(3, 1)
        self._ready.body.addLayout(self._ready_rows)
        column.addWidget(self._ready)
        self._build_target(column)
        self._build_route(column)

    # building --------------------------------------------------------------------------------

    def _build_caption(self, facts: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._who = label(theme.CAPTION, ink="muted")
        self._marks = {trio: MarkIcon(trio.value, 12) for trio in Trio}
        self._since = ElidedLabel(theme.CAPTION, ink="muted")
        row.addWidget(self._who)
        for mark in self._marks.values():
            row.addWidget(mark)
        row.addWidget(self._since, 1)
        self._place = ElidedLabel(theme.CAPTION, ink="muted")
        facts.addLayout(row)
        facts.addWidget(self._place)

    def _build_rating(self, facts: QVBoxLayout) -> None:
        self._rating = Section()
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        self._levels = []
        for row in range(2):
            words, bar = label(), LevelBar()
            number, name = label(bold=True), label(ink="muted")
            for column, widget in enumerate((words, bar, number, name)):
                grid.addWidget(widget, row, column)
            self._levels.append((words, bar, number, name))
        self._fact = label(wrap=True)
        self._fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._source = label(theme.CAPTION, ink="muted")
        self._still = label(theme.CAPTION, ink="alert", wrap=True)
        self.again = link_button(size=theme.CAPTION)
        self.again.clicked.connect(self.rate_asked)
        still = QHBoxLayout()
        still.setSpacing(8)
        still.addWidget(self._still, 1)
        still.addWidget(self.again)
        self._rating.body.addLayout(grid)
        self._rating.body.addWidget(self._source)
        self._rating.body.addWidget(self._fact)
        self._rating.body.addLayout(still)
        facts.addWidget(self._rating)

    def _build_handling(self, facts: QVBoxLayout) -> None:
        self._handling = Section()
        self._advice = label(wrap=True)
        self._role = label(wrap=True)
        self._style = ElidedLabel(theme.CAPTION, ink="muted")
        self.edit_advice = link_button(size=theme.CAPTION)
        self.edit_advice.clicked.connect(self.advice_asked)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._style, 1)
        below.addWidget(self.edit_advice)
        self._handling.body.addWidget(self._advice)
        self._handling.body.addWidget(self._role)
        self._handling.body.addLayout(below)
        facts.addWidget(self._handling)

    def _build_actions(self, facts: QVBoxLayout) -> None:
        self.add_action = link_button(size=theme.CAPTION)
        self.add_action.clicked.connect(self.action_asked)
        self._actions = Section(right=self.add_action)
        self._action_rows = QGridLayout()
        self._action_rows.setHorizontalSpacing(8)
        self._action_rows.setVerticalSpacing(4)
        self._action_rows.setColumnStretch(0, 1)
        self._actions.body.addLayout(self._action_rows)
        self._no_action = label(ink="muted", wrap=True)
        self._actions.body.addWidget(self._no_action)
        facts.addWidget(self._actions)

    def _build_route(self, facts: QVBoxLayout) -> None:
        self._route = Section()
        self._route_rows = QGridLayout()
        self._route_rows.setHorizontalSpacing(10)
        self._route_rows.setVerticalSpacing(3)
        self._route_rows.setColumnStretch(2, 1)
        self._route.body.addLayout(self._route_rows)
        facts.addWidget(self._route)

    def _build_target(self, facts: QVBoxLayout) -> None:
        self.set_target = link_button(size=theme.CAPTION)
        self.set_target.clicked.connect(self.target_asked)
        self._target = Section(right=self.set_target)
        self._aim = label(wrap=True)
        self._target.body.addWidget(self._aim)
        facts.addWidget(self._target)

    # showing ---------------------------------------------------------------------------------

    def show_unit(self, unit: UnitRow, known: Known) -> None:
        """One unit as of the day its row was read for; `known.ratings` up to that day."""
        self._show_caption(unit, known)
        for section in (self._rating, self._handling):
            section.setVisible(unit.rated)
        if unit.rated:
            self._show_rating(unit, known.old)
            self._show_handling(unit, known.advice)
        self._show_actions(known.actions)
        self._show_readiness(known.readiness)
        self._show_target(unit)
        self._show_route(unit, known.ratings)

    def _show_caption(self, unit: UnitRow, known: Known) -> None:
        words = []
        if unit.kind == UnitKind.GROUP:
            words.append(ntr("{n} person", "{n} people", unit.headcount))
        elif unit.department:
            words.append(unit.department)
        words += [wave.name for wave in known.waves if wave.id == unit.wave_id]
        for trio, mark in self._marks.items():
            mark.setVisible(trio == unit.trio)
        since = tr("not rated yet")
        if unit.trio is not None:
            since = tr(SINCE[unit.trio], day=_side_since(known.ratings) or unit.rated_on)
        marked = unit.trio is not None  # words stand in two labels only where a mark parts them
        self._who.setVisible(marked)
        self._who.setText("".join(f"{word} · " for word in words))
        self._since.set_whole(since if marked else " · ".join([*words, since]))
        group = unit.kind == UnitKind.GROUP
        more = [unit.department] if group and unit.department not in ("", unit.name) else []
        more += [unit.profile] if unit.profile else []
        more += [tr("followed by {owner}", owner=unit.owner)] if unit.owner else []
        self._place.set_whole(" · ".join(more))
        self._place.setVisible(bool(more))

    def _show_rating(self, unit: UnitRow, old: int | None) -> None:
        assert unit.rated_on is not None
        date = formats.long_day(unit.rated_on, lang())
        guess = tr("to refine") if unit.provisional else ""
        self._rating.say(tr("Rating"), f"{date} · {guess}" if guess else date)
        words = ((tr("Synergy"), SYNERGY), (tr("Antagonism"), ANTAGONISM))
        for level, (title, names), widgets in zip(unit.position, words, self._levels, strict=True):
            title_label, bar, number, name = widgets
            title_label.setText(title)
            bar.show_level(level)
            number.setText(str(level))
            name.setText(tr(names[level]))
        source = tr("Observed fact")
        self._source.setText(f"{source} · {unit.author}" if unit.author else source)
        self._fact.setText(unit.fact)
        self._still.setVisible(old is not None)
        self.again.setVisible(old is not None)
        if old is not None:
            self._still.setText(
                ntr("Still true? Rated {n} day ago.", "Still true? Rated {n} days ago.", old)
            )
            self.again.setText(tr("Rate again"))

    def _show_handling(self, unit: UnitRow, known: Mapping[Zone, Advice] | None) -> None:
        assert unit.zone is not None
        zone = tr("zone {zone}", zone=tr(ZONES[unit.zone]))
        self._handling.say(tr("Recommended handling"), zone)
        advice = (known or {}).get(unit.zone)
        if advice is None:
            self._handling.hide()
            return
        self._advice.setText(advice.handling(lang()))
        role = advice.role(lang())
        self._role.setText(tr("Role: {role}", role=_inside(role)))
        self._role.setVisible(bool(role))
        rule = tr("As this project words it") if advice.edited else tr(RULE_OF_THUMB)
        style = tr(STYLES[advice.style]).lower()
        self._style.set_whole(tr("{rule} · style: {style}", rule=rule, style=style))
        self.edit_advice.setText(tr("Edit"))
        self.edit_advice.setAccessibleName(tr("Edit the advice of the zones"))

    def _show_actions(self, actions: Sequence[ActionRow]) -> None:
        self._actions.say(tr("Influence actions"))
        self.add_action.setText(tr("Add an action"))
        cleared(self._action_rows)
        left = [row for row in actions if row.active and not row.done]
        self._no_action.setVisible(not left)
        done = sum(row.done for row in actions)
        self._no_action.setText(
            ntr("None planned; {n} done.", "None planned; {n} done.", done)
            if done
            else tr("None planned yet.")
        )
        for at, row in enumerate(left[:ACTION_ROWS]):
            self._add_action_row(at, row)
        if len(left) > ACTION_ROWS:
            more = label(theme.CAPTION, ink="muted")
            more.setText(ntr("and {n} more", "and {n} more", len(left) - ACTION_ROWS))
            self._action_rows.addWidget(more, ACTION_ROWS, 0)

    def _add_action_row(self, at: int, row: ActionRow) -> None:
        title = ElidedLink(row.title)
        title.setAccessibleName(tr("{task}: show it in the plan", task=row.title))
        title.clicked.connect(lambda _=False, key=row.task_id: self.action_opened.emit(key))
        who, when = label(theme.CAPTION, ink="muted"), label(bold=True, right=True)
        who.setText(_initial(row.owner))
        when.setText(day_text(row.start) if row.start is not None else tr("no date"))
        for column, widget in enumerate((title, who, when)):
            self._action_rows.addWidget(widget, at, column)

    def _show_readiness(self, known: UnitReadiness | None) -> None:
        cleared(self._ready_rows)
        self._ready.setVisible(known is not None and known.known)
        if known is None or not known.known:
            return
        before = known.before
        self._ready.say(tr("Across rooms"), tr("before {day}", day=before) if before else "")
        rows = (
            (tr("people trained"), known.trained),
            (tr("accounts ready"), known.accounts),
            (tr("allied relays"), known.relays),
        )
        for at, (words, part) in enumerate((w, p) for w, p in rows if p is not None):
            self._add_part(at, words, part)

    def _add_part(self, at: int, words: str, part: Part) -> None:
        count, of, what = label(bold=True, right=True), label(ink="muted"), label()
        count.setText(formats.number(part.done, lang()))
        of.setText(tr("of {total}", total=part.of))
        what.setText(words)
        bar = CountBar()
        bar.show_share(part.share)
        for column, widget in enumerate((count, of, what, bar)):
            self._ready_rows.addWidget(widget, at, column)

    def _show_route(self, unit: UnitRow, ratings: Sequence[RatingRow]) -> None:
        cleared(self._route_rows)
        pace = unit.drift
        self._route.say(
            tr("Route"),
            ""
            if pace is None
            else tr("drift {levels} levels a month", levels=formats.signed(pace, lang(), 1)),
        )
        self._route.setVisible(len(ratings) > 1)
        for row, rating in enumerate(reversed(ratings[-ROUTE_ROWS:])):
            day, where, what = label(ink="muted"), label(), ElidedLabel(ink="muted")
            day.setText(day_text(rating.rated_on))
            where.setText(f"{rating.synergy}/{rating.antagonism} {tr(ZONES[rating.zone])}")
            what.set_whole(rating.fact)
            for column, widget in enumerate((day, where, what)):
                self._route_rows.addWidget(widget, row, column)

    def _show_target(self, unit: UnitRow) -> None:
        self._target.say(tr("Target position"))
        if unit.target_synergy is None or unit.target_antagonism is None:
            self._aim.setText(tr("None: say where they should be, and by when."))
            self.set_target.setText(tr("Set a target"))
            return
        self.set_target.setText(tr("Change the target"))
        aim = tr(
            "Synergy {synergy}, antagonism {antagonism}",
            synergy=unit.target_synergy,
            antagonism=unit.target_antagonism,
        )
        by = tr("by {day}", day=unit.target_date) if unit.target_date else ""
        self._aim.setText(f"{aim}, {by}" if by else aim)


def _initial(name: str) -> str:
    """“C. Lambert” of “Christophe Lambert”."""
    first, _, rest = name.partition(" ")
    return f"{first[0]}. {rest}" if first and rest else name


def _inside(sentence: str) -> str:
    """A sentence as it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def _side_since(ratings: Sequence[RatingRow]) -> dt.date | None:
    """Day from which on all ratings (oldest first) are on the side of the last one."""
    since = None
    for rating in reversed(ratings):
        if rating.trio != ratings[-1].trio:
            break
        since = rating.rated_on
    return since
