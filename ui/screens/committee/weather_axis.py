"""One axis of the weather: what it is now, what the rule proposes and why, the lead's verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.governance.terms import AXES, WEATHERS, Axis, Weather, weather_letter
from crm_pilot.i18n import show, tr
from ui import theme
from ui.screens.committee.weather_history import History
from ui.widgets.buttons import Segmented
from ui.widgets.fields import LineEdit
from ui.widgets.text import label, rule
from ui.widgets.weather import WeatherIcon, WeatherWord, trend_pixmap, trend_word, weather_word

if TYPE_CHECKING:
    from crm_pilot.governance.queries import WeatherRow

PROPOSAL = "proposal"
LEFT, RIGHT = 224, 330  # pixels of the outer columns; the middle takes the rest
BIG = 26  # pixels of the sign of now


class AxisPanel(QWidget):
    """`given(axis, weather or None, reason)`: the lead's verdict, or back to the proposal."""

    given = Signal(object, object, str)

    def __init__(self, axis: Axis) -> None:
        super().__init__()
        self.axis = axis
        self.row: WeatherRow | None = None
        self.now = WeatherWord(BIG, f"committee.weather.{axis}")
        self.letter = Letter()
        self.arrow, self.trend = QLabel(), label(theme.CAPTION, ink="muted")
        self.history = History()
        self.proposed = WeatherIcon(18)
        self.says = label(bold=True, wrap=True)
        self.line = label(wrap=True)
        self.rule = label(theme.CAPTION, ink="muted", wrap=True)
        self.yours = label(theme.CAPTION, ink="muted")
        self.choice = Segmented((PROPOSAL, *(one.value for one in Weather)))
        self.reason = LineEdit()
        self.asks = label(theme.CAPTION, ink="muted", wrap=True)
        self.choice.chosen.connect(self._chosen)
        self.reason.editingFinished.connect(self._reasoned)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LEFT)
        grid.setColumnMinimumWidth(2, RIGHT)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        grid.addWidget(rule(), 0, 0, 1, 3)
        for column, made in enumerate((self._state(), self._proposal(), self._verdict())):
            grid.addWidget(made, 1, column)

    def _state(self) -> QWidget:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.now)
        first.addWidget(self.letter)
        first.addStretch(1)
        second.setSpacing(4)
        second.addWidget(self.arrow)
        second.addWidget(self.trend, 1)
        return _column(first, second, self.history)

    def _proposal(self) -> QWidget:
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.proposed)
        first.addWidget(self.says, 1)
        return _column(first, self.line, self.rule)

    def _verdict(self) -> QWidget:
        return _column(self.yours, self.choice, self.reason, self.asks)

    # showing ---------------------------------------------------------------------------------

    def show_row(self, row: WeatherRow) -> None:
        """Show an axis as read; what is being typed stays."""
        before, self.row = self.row, row
        name = tr(AXES[row.axis])
        self.now.show_weather(name, row.weather)
        self.letter.show_weather(row.weather)
        if row.trend is None:
            self.arrow.clear()
            self.trend.setText(tr("first committee with a weather"))
        else:
            self.arrow.setPixmap(trend_pixmap(row.trend))
            self.trend.setText(tr("{trend} since the last committee", trend=trend_word(row.trend)))
        self.history.show_past(name, row.history)
        self.proposed.set_weather(row.proposed)
        self.says.setText(tr("The rule proposes: {weather}", weather=weather_word(row.proposed)))
        self.line.setText(show(row.line))
        self.rule.setText(show(row.rule))
        self._show_verdict(row, fresh=before is None or before.axis is not row.axis)

    def _show_verdict(self, row: WeatherRow, *, fresh: bool) -> None:
        if self.pending and not fresh:
            return
        self.choice.set_value(row.weather.value if row.given else PROPOSAL)
        if not self.reason.hasFocus() or row.reason:
            self.reason.setText(row.reason)
            self.reason.setCursorPosition(0)
        self.reason.mark_wrong("")
        self._say()

    @property
    def wanted(self) -> Weather | None:
        """The weather chosen; None: as proposed."""
        return None if self.choice.value == PROPOSAL else Weather(self.choice.value)

    @property
    def pending(self) -> bool:
        """Whether a verdict waits for its reason."""
        row = self.row
        return (
            row is not None
            and self.wanted is not None
            and self.wanted is not row.proposed
            and not self.reason.text().strip()
        )

    def retranslate(self) -> None:
        """The words that do not follow from figures."""
        name = tr(AXES[self.axis])
        self.yours.setText(tr("Your verdict"))
        self.choice.set_texts([tr("As proposed"), *(tr(WEATHERS[one]) for one in Weather)])
        self.choice.setAccessibleName(tr("Your verdict: {axis}", axis=name))
        self.reason.setPlaceholderText(tr("Reason, printed with the weather"))
        self.reason.setAccessibleName(tr("Reason of your verdict: {axis}", axis=name))
        for mark in (self.proposed, self.now.mark):
            mark.retranslate()
        self._say()

    def _say(self) -> None:
        """What the verdict waits for, or stands for; a proposal has no reason to type."""
        row = self.row
        self.reason.setVisible(self.wanted is not None)
        if self.pending:
            self.asks.setText(tr("Say why: the reason keeps your verdict."))
        elif row is not None and row.given and row.weather is not row.proposed:
            self.asks.setText(
                tr("Your verdict; the rule says {weather}.", weather=weather_word(row.proposed))
            )
        elif row is not None and row.given:
            self.asks.setText(tr("Kept with the committee, as proposed."))
        else:
            self.asks.setText("")

    # acting ----------------------------------------------------------------------------------

    def _chosen(self, _value: str) -> None:
        """Another weather waits for its reason; the proposal takes it back."""
        self._say()
        if self.pending:
            self.reason.mark_wrong(self.asks.text())
            self.reason.setFocus()
        else:
            self._give()

    def _reasoned(self) -> None:
        row = self.row
        if row is None or self.pending or self.wanted is None:
            return
        if (self.wanted, self.reason.text().strip()) != (row.weather, row.reason):
            self._give()

    def _give(self) -> None:
        self.reason.mark_wrong("")
        reason = self.reason.text().strip() if self.wanted is not None else ""
        self.given.emit(self.axis, self.wanted, reason)


class Letter(QLabel):
    """The initial of a weather in a frame: read where neither colour nor form is."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "letter")
        self.setFont(theme.font(theme.CAPTION, bold=True))
        self.setFixedSize(20, 20)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_weather(self, weather: Weather) -> None:
        """Its letter in the language of the window."""
        self.setText(weather_letter(weather_word(weather)))
        self.setAccessibleName(self.text())


def _column(*parts: QWidget | QHBoxLayout) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch(1)
    return made
