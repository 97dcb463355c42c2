"""The four key figures of announced dates, one under the other."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.planning import trend
from crm_pilot.planning.history import TrendFigures
from ui import theme
from ui.language import formats, lang
from ui.widgets.text import label, rule, set_ink


class Fact(QWidget):
    """A figure and what it counts."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.figure = label(theme.KEY_FIGURE, bold=True)
        self.words = label(theme.CAPTION, ink="muted", wrap=True)
        column.addWidget(self.figure)
        column.addWidget(self.words)

    def show_fact(self, figure: str, words: str, *, alert: bool = False) -> None:
        """Say it; an alert is written in its ink, and its words say so too."""
        self.figure.setText(figure)
        set_ink(self.figure, "alert" if alert else "")
        self.words.setText(words)
        self.setAccessibleName(f"{figure} {words}")


class Predictability(QWidget):
    """Postponements, mean slip, milestones held, and the slope of the next go-live."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.facts = tuple(Fact() for _ in range(4))
        for place, fact in enumerate(self.facts):
            if place:
                column.addWidget(rule())
            column.addWidget(fact)
        column.addStretch(1)

    def show_figures(self, told: TrendFigures) -> None:
        """Show the figures of one day."""
        moved, slip, held, slope = self.facts
        figure = ntr("{n} postponement", "{n} postponements", told.postponements)
        moved.show_fact(figure, postponements(told))
        if told.mean_slip is None or not told.go_lives:
            slip.show_fact("–", tr("mean slip: no go-live was announced yet"))
        else:
            count = len(told.go_lives)
            slips = ", ".join(formats.number(one.slip or 0, lang()) for one in told.go_lives)
            slip.show_fact(
                formats.days(round(told.mean_slip), lang(), sign=True),
                ntr(
                    "mean slip of {n} go-live ({slips} days)",
                    "mean slip of {n} go-lives ({slips} days)",
                    count,
                    slips=slips,
                ),
            )
        held.show_fact(*_held(told))
        self._show_slope(slope, told)

    def _show_slope(self, fact: Fact, told: TrendFigures) -> None:
        live = told.next_go_live
        if live is None:
            fact.show_fact("–", tr("slope: every go-live is reached"))
            return
        name = live.wave or live.title
        if told.slope is None:
            fact.show_fact("–", tr("slope of {title}: fewer than three reports", title=name))
            return
        params = {"title": name, "limit": formats.number(trend.SLOPE, lang(), 1)}
        text = tr(
            "slope of {title} over three reports; alert at {limit};"
            " at 1 the date never comes nearer",
            **params,
        )
        postponed = any(one.history.id == live.id for one in told.postponed)
        if postponed:
            text = tr("{title} keeps being postponed: {rest}", title=name, rest=text)
        fact.show_fact(formats.number(told.slope, lang(), 2), text, alert=postponed)


def postponements(told: TrendFigures) -> str:
    """Which go-lives were put off, and how often."""
    moved = [
        tr("{title}: {n}", title=one.wave or one.title, n=one.postponed)
        for one in told.go_lives
        if one.postponed
    ]
    reports = len(told.reports) + (told.number is not None)
    if not reports or not moved:
        return tr("of go-lives")
    return ntr(
        "of go-lives in {n} committee ({list})",
        "of go-lives in {n} committees ({list})",
        reports,
        list=", ".join(moved),
    )


def _held(told: TrendFigures) -> tuple[str, str]:
    if not told.due:
        return "–", tr("milestones held: none is due yet")
    text = tr("milestones due held to {days} working days", days=trend.TOLERANCE)
    if told.due_before:
        before = tr(
            "{n} of {all} at committee {number}",
            n=told.held_before,
            all=told.due_before,
            number=told.reports[-1][1],
        )
        text = tr("{first}; {second}", first=text, second=before)
    return tr("{n} of {all}", n=told.held, all=told.due), text
