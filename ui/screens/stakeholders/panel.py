"""What is known of the selected unit: rating, handling, route, target; below, the project."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.stakeholders import charts, rules
from crm_pilot.stakeholders.queries import PositionsFigures, RatingRow, UnitRow, WaveMark
from crm_pilot.stakeholders.terms import (
    ANTAGONISM,
    STYLES,
    SYNERGY,
    TRIO,
    ZONES,
    Trio,
    UnitKind,
)
from crm_pilot.stakeholders.zones import HANDLING, RULE_OF_THUMB
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.parts import LevelBar, Section, TrioBar
from ui.screens.stakeholders.scene import day_text
from ui.widgets.buttons import link_button
from ui.widgets.marks import MarkIcon
from ui.widgets.scroll import Scroll
from ui.widgets.text import ElidedLabel, label
from ui.widgets.tile import Tile

ROUTE_ROWS = 4
WHYS = ("shares", "headcount_rated", "units", "zones", "crossings", "drift")
SINCE = {  # a unit of the trio, inside “■ opponents since 16 Nov.”
    Trio.LOCOMOTIVE: N_("locomotives since {day}"),
    Trio.HESITANT: N_("hesitants since {day}"),
    Trio.OPPONENT: N_("opponents since {day}"),
}


class UnitPanel(Tile):
    """Shows one unit, or what changed in the project when none is selected."""

    rate_asked = Signal(int)
    target_asked = Signal(int)
    listed = Signal(int)  # show it in the list
    picked = Signal(int)  # a unit named in the summary

    def __init__(self) -> None:
        super().__init__()
        self.fit(1166)
        self._unit: UnitRow | None = None
        self._names = False
        self.title.hide()
        self.name = ElidedLabel(theme.HEADING, bold=True)
        self.open = link_button(size=theme.CAPTION)
        self.open.clicked.connect(lambda: self._tell(self.listed))
        self.head.insertWidget(0, self.name, 100)  # as wide as it is, if there is room for it
        self.head.addWidget(self.open)
        self._facts = QWidget()
        facts = QVBoxLayout(self._facts)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(8)
        self._build_caption(facts)
        self._build_rating(facts)
        self._build_handling(facts)
        self._build_route(facts)
        self._build_target(facts)
        self.summary = Summary()
        self.summary.picked.connect(self.picked)
        self.summary.listed.connect(self.listed)
        facts.addWidget(self.summary)
        facts.addStretch(1)
        self.body.addWidget(_scrolled(self._facts), 1)
        self._distribution = Section()
        self._bar = TrioBar()
        self._distribution.body.addWidget(self._bar)
        self.body.addWidget(self._distribution)
        self.set_why(*(f"stakeholders.{key}" for key in WHYS))

    # building --------------------------------------------------------------------------------

    def _build_caption(self, facts: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(5)
        self._who = ElidedLabel(theme.CAPTION, ink="muted")
        self._marks = {trio: MarkIcon(trio.value, 12) for trio in Trio}
        self._since = label(theme.CAPTION, ink="muted")
        for mark in self._marks.values():
            row.addWidget(mark)
        row.addWidget(self._since)
        row.addStretch(1)
        facts.addWidget(self._who)
        facts.addLayout(row)

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
        self._rating.body.addLayout(grid)
        self._rating.body.addWidget(self._source)
        self._rating.body.addWidget(self._fact)
        facts.addWidget(self._rating)

    def _build_handling(self, facts: QVBoxLayout) -> None:
        self._handling = Section()
        self._advice = label(wrap=True)
        self._style = label(theme.CAPTION, ink="muted", wrap=True)
        self._handling.body.addWidget(self._advice)
        self._handling.body.addWidget(self._style)
        facts.addWidget(self._handling)

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
        self.set_target.clicked.connect(lambda: self._tell(self.target_asked))
        self._target = Section(right=self.set_target)
        self._aim = label(wrap=True)
        self._target.body.addWidget(self._aim)
        facts.addWidget(self._target)

    def _tell(self, signal: object) -> None:
        if self._unit is not None:
            signal.emit(self._unit.id)  # type: ignore[attr-defined]

    def fit(self, page: int) -> None:
        """Take 360 px of a page as wide as a small laptop's, less of a narrower one."""
        self.setFixedWidth(max(280, min(360, round(page * 0.31))))

    # showing ---------------------------------------------------------------------------------

    def show_project(self, figures: PositionsFigures) -> None:
        """The distribution of the whole project beside 20/60/20."""
        self.call(tr("Positions"))
        self._distribution.say(tr("Distribution"), tr("line: practitioner's rule of thumb"))
        self._distribution.setVisible(figures.headcount_rated > 0)
        self._bar.show_distribution(charts.distribution(figures))
        counted = ntr(
            "{n} person placed of {total}",
            "{n} people placed of {total}",
            figures.headcount_rated,
            total=figures.headcount_total,
        )
        self._bar.setToolTip(counted)

    def _call(self, name: str) -> None:
        self.name.set_whole(name)
        self.name.setMaximumWidth(self.name.fontMetrics().horizontalAdvance(name) + 2)

    def show_nobody(self, figures: PositionsFigures, *, names: bool) -> None:
        """What changed, and who has no position yet."""
        self._unit = None
        self._call(tr("Nobody selected"))
        self._show_sections(unit=False, rated=False)
        self.summary.show_figures(figures, names=names)

    def show_unit(
        self,
        unit: UnitRow,
        ratings: Sequence[RatingRow],
        waves: Sequence[WaveMark],
        *,
        names: bool,
    ) -> None:
        """One unit as of the day its row was read for; `ratings` up to that day."""
        self._unit, self._names = unit, names
        self._show_sections(unit=True, rated=unit.rated)
        self._call(unit.shown(names=names))
        self.open.setText(tr("Open in the list"))
        self._show_caption(unit, waves)
        if unit.rated:
            self._show_rating(unit)
            self._show_handling(unit)
            self._show_route(ratings)
        self._show_target(unit)

    def _show_sections(self, *, unit: bool, rated: bool) -> None:
        self.open.setVisible(unit)
        self._who.setVisible(unit)
        self._since.setVisible(unit)
        for mark in self._marks.values():
            mark.hide()
        for section in (self._rating, self._handling, self._route):
            section.setVisible(rated)
        self._target.setVisible(unit)
        self.summary.setVisible(not unit)

    def _show_caption(self, unit: UnitRow, waves: Sequence[WaveMark]) -> None:
        words = []
        if unit.kind == UnitKind.GROUP:
            words.append(ntr("{n} person", "{n} people", unit.headcount))
        elif unit.department:
            words.append(unit.department)
        words += [wave.name for wave in waves if wave.id == unit.wave_id]
        if unit.owner:
            words.append(tr("followed by {owner}", owner=unit.owner))
        if unit.trio is None:
            self._who.set_whole(" · ".join([*words, tr("not rated yet")]))
            self._since.setText("")
            return
        self._who.set_whole(" · ".join(words))
        self._who.setVisible(bool(words))
        self._marks[unit.trio].show()
        self._since.setText(tr(SINCE[unit.trio], day=unit.rated_on))

    def _show_rating(self, unit: UnitRow) -> None:
        assert unit.rated_on is not None
        date = formats.long_day(unit.rated_on, lang())
        self._rating.say(
            tr("Latest rating"), f"{date} · {tr('to refine')}" if unit.provisional else date
        )
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

    def _show_handling(self, unit: UnitRow) -> None:
        assert unit.zone is not None
        advice = HANDLING[unit.zone]
        self._handling.say(tr("Recommended handling"), tr("zone {zone}", zone=tr(ZONES[unit.zone])))
        self._advice.setText(tr(advice.advice))
        self._style.setText(
            tr(
                "{rule} · style: {style}",
                rule=tr(RULE_OF_THUMB),
                style=tr(STYLES[advice.style]).lower(),
            )
        )

    def _show_route(self, ratings: Sequence[RatingRow]) -> None:
        _clear(self._route_rows)
        pace = rules.drift([(r.rated_on, r.synergy, r.antagonism) for r in ratings])
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


class Summary(QWidget):
    """Without a selection: units that changed the trio, and units without a position."""

    picked = Signal(int)
    listed = Signal(int)  # show it, and those after it, in the list

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        self._hint = label(ink="muted", wrap=True)
        self._crossed, self._waiting = Section(), Section()
        for widget in (self._hint, self._crossed, self._waiting):
            column.addWidget(widget)

    def show_figures(self, figures: PositionsFigures, *, names: bool) -> None:
        """At most six rows each; the rest is counted."""
        self._hint.setText(
            tr(
                "Select a mark to see its rating and its route. Drag it to another cell, or press"
                " Ctrl and an arrow, to rate it again."
            )
        )
        crossed = [
            (row.id, row.shown(names=names), tr(TRIO[row.trio]).lower())
            for row in figures.crossings
            if row.trio is not None
        ]
        waiting = [
            (row.id, row.shown(names=names), _size(row)) for row in figures.units if not row.rated
        ]
        since = tr("since {day}", day=figures.since) if figures.since else ""
        self._fill(self._crossed, tr("Changed sides"), since, crossed)
        self._fill(self._waiting, tr("Not placed yet"), str(len(waiting)), waiting)

    def _fill(
        self, section: Section, title: str, note: str, rows: list[tuple[int, str, str]]
    ) -> None:
        _clear(section.body)
        section.setVisible(bool(rows))
        section.say(title, note)
        for key, name, words in rows[:6]:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            link = link_button(name)
            link.clicked.connect(lambda _=False, key=key: self.picked.emit(key))
            state = label(ink="muted", right=True)
            state.setText(words)
            row.addWidget(link)
            row.addStretch(1)
            row.addWidget(state)
            section.body.addWidget(line)
        if len(rows) > 6:
            more = link_button(ntr("and {n} more", "and {n} more", len(rows) - 6))
            more.clicked.connect(lambda _=False, key=rows[6][0]: self.listed.emit(key))
            section.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)


def _size(row: UnitRow) -> str:
    group = row.kind == UnitKind.GROUP
    return ntr("{n} pers.", "{n} pers.", row.headcount) if group else ""


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _scrolled(content: QWidget) -> Scroll:
    area = Scroll()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    content.setProperty("role", "page")
    area.setWidget(content)
    return area
