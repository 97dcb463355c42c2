"""Kirkpatrick's four levels side by side: reaction, learning, transfer, results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_pilot.governance import training_levels
from crm_pilot.i18n import ntr, tr, typeset
from ui import theme
from ui.language import formats, lang
from ui.screens.training.mark_bars import mean_text
from ui.screens.training.words import gain_points
from ui.widgets.page import GAP
from ui.widgets.text import label
from ui.widgets.tile import Tile

if TYPE_CHECKING:
    from crm_pilot.governance.training_levels import Levels
    from crm_pilot.governance.transfer import Transfer, TransferPoint
    from ui.bridge import Bridge

WHYS = (
    "training.levels.reaction",
    "training.levels.learning",
    "training.levels.transfer",
    "training.levels.results",
)


class LevelTile(Tile):
    """One level: its figure in words, and what it is made of."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.set_why(why)
        self.figure = label(theme.KEY_FIGURE, bold=True, numbers=True)
        self.words = label(theme.CAPTION, ink="muted", wrap=True)
        self.body.addWidget(self.figure)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def say(self, figure: str, words: str) -> None:
        """Figure and words."""
        self.figure.setText(figure)
        self.words.setText(words)


class LevelsRow(QWidget):
    """Four tiles; level 3 reads the use of the CRM against the untrained."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.tiles = tuple(LevelTile(why) for why in WHYS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for tile in self.tiles:
            row.addWidget(tile, 1)

    def retranslate(self) -> None:
        """Titles in the language of the window."""
        titles = (tr("1. Reaction"), tr("2. Learning"), tr("3. Transfer"), tr("4. Results"))
        captions = (tr("marks 1 to 4"), tr("quiz"), tr("use of the CRM"), tr("objectives"))
        for tile, title, caption in zip(self.tiles, titles, captions, strict=True):
            tile.set_title(title)
            tile.set_caption(caption)

    def refresh(self, course: int | None) -> None:
        """Read the levels of a course, or of all of them."""
        reader, today = self.bridge.reader, self.bridge.today
        found = training_levels.levels(reader, today, course)
        first, second, third, fourth = self.tiles
        first.say(mean_text(found.hot.overall.mean), _reaction(found))
        second.say(*_learning(found))
        third.say(*_transfer(found.transfer))
        fourth.say(*_results(found))


def _results(found: Levels) -> tuple[str, str]:
    rows = found.results
    measured = [row for row in rows if row.value is not None]
    if not measured:
        return "–", tr("no objective of the project is measured yet")
    reached = sum(1 for row in measured if row.reached)
    late = sum(1 for row in rows if row.late)
    words = ntr(
        "of {n} objective measured is reached",
        "of {n} objectives measured are reached",
        len(measured),
    )
    if late:
        words += ", " + ntr("{n} late", "{n} late", late)
    return formats.number(reached, lang()), words


def _reaction(found: Levels) -> str:
    hot = ntr(
        "{n} form of {asked} at the end",
        "{n} forms of {asked} at the end",
        found.hot.answered,
        asked=found.hot.asked,
    )
    if not found.cold.answered:
        return hot
    cold = tr(
        "after three months {mean} (n = {n})",
        mean=mean_text(found.cold.overall.mean),
        n=found.cold.answered,
    )
    return typeset(f"{hot}; {cold}", lang())


def _learning(found: Levels) -> tuple[str, str]:
    gain = found.gain
    if gain.gain is None:
        return "–", tr("nobody took a quiz before and after yet")
    points = gain_points(gain)
    words = tr(
        "points, from {before} to {after} (n = {n})",
        before=formats.percent(gain.before, lang()),
        after=formats.percent(gain.after, lang()),
        n=gain.pairs,
    )
    return points, words


def _transfer(found: Transfer) -> tuple[str, str]:
    known = [p for p in found.points if p.trained.enough and p.untrained.enough]
    if not known:
        return "–", tr("not enough data yet: 28 days of logins after a session, five users a side")
    point = known[-1]
    ours, theirs = point.trained.days_per_week, point.untrained.days_per_week
    if ours is None or theirs is None:
        return "–", tr("no login of these days is known")
    apart = round(ours, 1) - round(theirs, 1)  # as the two figures are shown
    return formats.signed(apart, lang(), 1), _against(point, ours, theirs)


def _against(point: TransferPoint, ours: float, theirs: float) -> str:
    return tr(
        "days a week at D+{days}: trained {ours} (n = {n}), untrained {theirs} (n = {m})",
        days=point.days,
        ours=formats.number(ours, lang(), 1),
        theirs=formats.number(theirs, lang(), 1),
        n=point.trained.users,
        m=point.untrained.users,
    )
