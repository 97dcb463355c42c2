"""A dialog of thresholds: a typed number each, within its range, kept as one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.thresholds import UNITS, SetThreshold, ThresholdRow, Unit
from crm_pilot.i18n import Message, show, tr
from crm_pilot.project import Several
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.widgets.buttons import Guard, link_button
from ui.widgets.fields import LineEdit
from ui.widgets.scroll import Scroll
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

FIELD = 64  # pixels: three digits


class ThresholdLine:
    """The parts of one threshold: its words, the number, the unit and range, the way back."""

    def __init__(self, row: ThresholdRow, name: str) -> None:
        self.row = row
        unit = tr(UNITS[row.unit])
        self.words, self.field = label(wrap=True), LineEdit()
        self.words.setText(tr(row.words))
        self.words.setBuddy(self.field)
        self.field.setAccessibleName(f"{name}: {tr(row.words)} ({unit})")
        self.field.setFixedWidth(FIELD)
        self.field.setText(str(row.value))
        self.range = label(theme.CAPTION, ink="muted")
        self.range.setText(tr("{unit}, {low} to {high}", unit=unit, low=row.low, high=row.high))
        self.back: QPushButton = link_button(size=theme.CAPTION)
        shown = _value(row.default, row.unit)
        back = tr("Back to {value}", value=shown)
        self.back.setText(back)
        self.back.setAccessibleName(f"{back}: {tr(row.words)}")
        self.back.clicked.connect(self._reset)
        self.field.textChanged.connect(self._typed)
        self._typed()

    @property
    def value(self) -> int | None:
        """The number typed; None while it is none, or out of its range."""
        text = self.field.text().strip().rstrip("% ").strip()
        if not (text.isascii() and text.isdigit()):
            return None
        found = int(text)
        return found if self.row.low <= found <= self.row.high else None

    @property
    def wrong(self) -> str:
        """Why what is typed cannot be taken."""
        if self.value is not None:
            return ""
        return tr(
            "{words}: type a number from {low} to {high}.",
            words=tr(self.row.words),
            low=self.row.low,
            high=self.row.high,
        )

    def _typed(self) -> None:
        self.field.mark_wrong(self.wrong)
        self.back.setVisible(self.value != self.row.default)

    def _reset(self) -> None:
        self.field.setText(str(self.row.default))
        self.field.setFocus()


class ThresholdsForm(Dialog):
    """Thresholds by rule; what was typed is kept as one step, called `many` where it is several.

    `heading(rule)` is said over the thresholds of a rule, `called(rule)` names it in a word.
    """

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        rows: Sequence[ThresholdRow],
        *,
        title: str,
        detail: str,
        many: str,
    ) -> None:
        super().__init__(parent, title, detail)
        set_ink(self.detail, "muted")
        self._many = many
        self.bridge = bridge
        self.setMinimumSize(680, 460)
        self.lines = [ThresholdLine(row, self.called(row.rule)) for row in rows]
        self.body.addWidget(Scroll(self._page()), 1)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.guard = Guard(bridge, self)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save"), primary=True, closes=False)
        fields = [widget for line in self.lines for widget in (line.field, line.back)]
        self.guard.add(self.save, *fields)
        self.chosen.connect(self._chosen)
        self.lines[0].field.setFocus()

    def heading(self, rule: str) -> str:
        """What is said over the thresholds of a rule, translated."""
        return rule

    def called(self, rule: str) -> str:
        """The rule in a word, for who listens."""
        return rule

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "page")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 10, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        at, before = 0, ""
        for line in self.lines:
            if line.row.rule != before:
                before = line.row.rule
                grid.addWidget(_heading(self.heading(before)), at, 0, 1, 4)
                at += 1
            for column, widget in enumerate((line.words, line.field, line.range, line.back)):
                grid.addWidget(widget, at, column)
            at += 1
        grid.setRowStretch(at, 1)
        grid.setColumnMinimumWidth(3, 90)
        return page

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence = next((line.wrong for line in self.lines if line.wrong), "")
        made = self.commands()
        if not sentence and made:
            one = made[0] if len(made) == 1 else Several(tuple(made), Message(self._many))
            try:
                self.bridge.project.execute(one)
            except UserError as error:
                sentence = show(error.message)
        if sentence:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()

    def commands(self) -> list[SetThreshold]:
        """What saving comes to."""
        return [
            SetThreshold(line.row.rule, line.row.name, line.value)
            for line in self.lines
            if line.value is not None and line.value != line.row.value
        ]


def _value(number: int, unit: Unit) -> str:
    if unit is Unit.PERCENT:
        return formats.percent(number / 100, lang())
    return formats.number(number, lang())


def _heading(text: str) -> QLabel:
    made = label(bold=True)
    made.setText(text)
    made.setContentsMargins(0, 6, 0, 0)
    return made
