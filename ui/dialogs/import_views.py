"""What comes out of an import, row by row, and the problems to mend or to know of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import Message, ntr, show, tr
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import chip, quiet_button, set_reason
from ui.widgets.text import label
from ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from crm_pilot.exchange.outcome import Outcome, OutRow
    from crm_pilot.exchange.plan import ImportPlan, Problem

ALL, NEW, CHANGED = "", "new", "changed"
ERROR, WARNING = "error", "warning"
COUNTED = {"new", "unchanged"}  # a line of the summary that the chips say already
ICONS = {NEW: ("add", "good"), CHANGED: ("arrow-right", "accent")}


class Filter(QWidget):
    """Chips of which one is on; `chosen(value)`. A chip without anything behind it is hidden."""

    chosen = Signal(str)

    def __init__(self, values: Sequence[str]) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for value in values:
            made = self.chips[value] = chip()
            made.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            self._group.addButton(made)
            self._row.addWidget(made)
        self.note = label(ink="muted")
        self._row.addWidget(self.note)
        self._row.addStretch(1)

    @property
    def value(self) -> str:
        """The chip that is on."""
        return next(value for value, made in self.chips.items() if made.isChecked())

    def show_counts(self, texts: Mapping[str, str], counts: Mapping[str, int]) -> None:
        """Texts with their counts; a chip without any is hidden, the first is on."""
        for value, made in self.chips.items():
            made.setText(texts[value])
            made.setVisible(bool(counts[value]))
        next(iter(self.chips.values())).setChecked(True)


def number_of(n: int) -> dict[str, Any]:
    """`n` for the plural, `shown` as it is written."""
    return {"n": n, "shown": formats.number(n, lang())}


class OutcomeView(QWidget):
    """The rows as they will be stored, with what changes in those the project knows."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.notes = label(wrap=True, ink="muted")
        self.filter = Filter((ALL, NEW, CHANGED))
        self.filter.chosen.connect(lambda _: self._show_rows())
        self.table = TextTable()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_change())
        self.change = label(wrap=True)
        self.more = label(theme.CAPTION, ink="muted", wrap=True)
        for widget in (self.filter, self.notes):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.change)
        column.addWidget(self.more)
        self._outcome: Outcome | None = None
        self._rows: list[OutRow] = []

    def show_plan(self, plan: ImportPlan, outcome: Outcome) -> None:
        """Show what a plan comes to."""
        self._outcome = outcome
        counts = outcome.counts
        states = {row.state for row in outcome.rows}
        self.filter.setVisible(bool(states & {NEW, CHANGED}) or not outcome.rows)
        new, changed = counts.get("new", 0), counts.get("changed", 0)
        self.filter.show_counts(
            {
                ALL: tr("All {shown}", shown=formats.number(new + changed, lang())),
                NEW: ntr("{shown} new", "{shown} new", **number_of(new)),
                CHANGED: ntr("{shown} changed", "{shown} changed", **number_of(changed)),
            },
            {ALL: new + changed, NEW: new, CHANGED: changed},
        )
        same = counts.get("unchanged", 0)
        unchanged = ntr("{shown} unchanged", "{shown} unchanged", **number_of(same))
        self.filter.note.setText(unchanged if same else "")
        lines = [line for line in plan.summary if not line.params.keys() >= COUNTED]
        self.notes.setText(" · ".join(show(line) for line in lines))
        self.notes.setVisible(bool(lines))
        self.table.setAccessibleName(tr("What comes out"))
        self._show_rows()

    def _show_rows(self) -> None:
        outcome = self._outcome
        assert outcome is not None
        wanted = self.filter.value
        self._rows = [row for row in outcome.rows if wanted in (ALL, row.state)]
        rows = [[_cell(row, column) for column in range(len(outcome.columns))]
                for row in self._rows]  # fmt: skip
        bold = frozenset(
            (number, column) for number, row in enumerate(self._rows) for column in row.before
        )
        numbers = frozenset(
            column
            for column in range(len(outcome.columns))
            if any(isinstance(row.values[column], (int, Decimal)) for row in self._rows)
        )
        self.table.texts.show_rows(
            [show(title) for title in outcome.columns],
            rows,
            icons=[ICONS.get(row.state) for row in self._rows],
            bold=bold,
            numbers=numbers,
        )
        self.table.fit(widest=220)
        self._show_more(outcome)
        self._show_change()

    def _show_more(self, outcome: Outcome) -> None:
        counts, wanted = outcome.counts, self.filter.value
        whole = sum(counts.get(state, 0) for state in (NEW, CHANGED) if wanted in (ALL, state))
        texts = []
        if not outcome.stored:
            texts.append(tr("Values as the file has them."))
        elif any(row.state for row in self._rows) and whole > len(self._rows):
            first, all_ = (formats.number(n, lang()) for n in (len(self._rows), whole))
            texts.append(tr("The first {shown} of {all} rows are shown.", shown=first, all=all_))
        self.more.setText(" ".join(texts))
        self.more.setVisible(bool(texts))

    def _show_change(self) -> None:
        """What changes in the current row, whole."""
        number = self.table.currentIndex().row()
        row = self._rows[number] if 0 <= number < len(self._rows) else None
        told = _changes(row, self._outcome) if row is not None and self._outcome else ""
        self.change.setText(told)
        self.change.setVisible(bool(told))


def value_text(value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Message):
        return show(value)
    if isinstance(value, dt.datetime):
        day = formats.day(value.date(), lang(), year=True)
        midnight = value.time() == dt.time()
        return day if midnight else f"{day} {formats.clock(value)}"
    if isinstance(value, dt.date):
        return formats.day(value, lang(), year=True)
    if isinstance(value, Decimal):
        return formats.number(float(value), lang(), 2)
    if isinstance(value, int):
        return formats.number(value, lang())
    return " ".join(str(value).split())


def _cell(row: OutRow, column: int) -> str:
    now = value_text(row.values[column])
    if column not in row.before or row.before[column] in ("", None):
        return now
    return f"{value_text(row.before[column])} → {now or '–'}"


def _changes(row: OutRow, outcome: Outcome) -> str:
    parts = [
        tr(
            "{field}: {before} → {after}",
            field=show(outcome.columns[column]),
            before=value_text(before) or "–",
            after=value_text(row.values[column]) or "–",
        )
        for column, before in row.before.items()
    ]
    return " · ".join(parts)


class ProblemsView(QWidget):
    """Line, column, value and what is accepted; to be copied or saved for mending in Excel."""

    told = Signal(str)  # what came of copying or saving

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.filter = Filter((ALL, ERROR, WARNING))
        self.filter.chosen.connect(lambda _: self._show_rows())
        self.table = TextTable()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_problem())
        self.problem = label(wrap=True)
        self.copy, self.save = quiet_button(), quiet_button(icon="export")
        self.copy.clicked.connect(self.copy_all)
        self.save.clicked.connect(self._ask_where)
        self.said = label(theme.CAPTION, ink="muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.copy, self.save):
            buttons.addWidget(button)
        buttons.addWidget(self.said, 1)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        self.rows: list[Problem] = []
        self._plan: ImportPlan | None = None

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the problems of a plan."""
        self._plan = plan
        self.filter.show_counts(
            {
                ALL: tr("All {shown}", shown=formats.number(plan.errors + plan.warnings, lang())),
                ERROR: ntr("{shown} to mend", "{shown} to mend", **number_of(plan.errors)),
                WARNING: ntr("{shown} to know", "{shown} to know", **number_of(plan.warnings)),
            },
            {ALL: plan.errors + plan.warnings, ERROR: plan.errors, WARNING: plan.warnings},
        )
        self.filter.setVisible(bool(plan.errors and plan.warnings))
        self.copy.setText(tr("Copy the problems"))
        self.save.setText(tr("Save as CSV…"))
        none = not plan.problems
        for button in (self.copy, self.save):
            set_reason(button, tr("There is no problem.") if none else "")
        self.table.setAccessibleName(tr("Problems"))
        self.said.setText("")
        self._show_rows()

    def _show_rows(self) -> None:
        assert self._plan is not None
        wanted = self.filter.value
        self.rows = [p for p in self._plan.problems if wanted in (ALL, p.severity)]
        icons = [("warning", "alert" if p.severity == ERROR else "watch") for p in self.rows]
        texts = [tuple(problem_texts(problem)) for problem in self.rows]
        self.table.texts.show_rows(headings(), texts, icons=icons, numbers=frozenset({0}))
        self.table.fit((84, 120, 120))
        if self.rows:
            self.table.selectRow(0)
        self._show_problem()

    def _show_problem(self) -> None:
        """The whole sentence of the current problem."""
        row = self.table.currentIndex().row()
        shown = show(self.rows[row].sentence) if 0 <= row < len(self.rows) else ""
        if not self.rows:
            shown = tr("No problem: every line can be read.")
        self.problem.setText(shown)

    def copy_all(self) -> None:
        """Put the problems shown on the clipboard, as a table that Excel takes."""
        from crm_pilot.exchange.writing import guard

        lines = [headings(), *(problem_texts(problem) for problem in self.rows)]
        text = "\n".join("\t".join(guard(cell) for cell in line) for line in lines)
        QGuiApplication.clipboard().setText(text)
        count = number_of(len(self.rows))
        self.said.setText(ntr("{shown} problem copied", "{shown} problems copied", **count))

    def _ask_where(self) -> None:
        assert self._plan is not None
        name = tr("Problems of {name}", name=Path(self._plan.source).stem) + ".csv"
        dialog = QFileDialog(self, tr("Save the problems"), "", tr("CSV files") + " (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the problems shown as the CSV that Excel opens by a double click."""
        from crm_pilot.exchange.writing import Sheet, SheetColumn, write_csv

        columns = tuple(SheetColumn(title) for title in headings())
        sheet = Sheet(tr("Problems"), columns, [problem_texts(one) for one in self.rows])
        try:
            write_csv(sheet, path, language=lang())
        except UserError as error:
            self.said.setText(show(error.message))
            return
        self.said.setText(tr("Saved as {name}", name=path.name))


def headings() -> list[str]:
    """Headings of the problems."""
    return [tr("Line"), tr("Column"), tr("Value"), tr("Problem")]


def problem_texts(problem: Problem) -> list[str]:
    """Line, column, value and problem with what is accepted."""
    line = str(problem.line) if problem.line else ""  # as Excel numbers it
    cells = (line, problem.column, problem.value, show(problem.message))
    return [" ".join(cell.split()) for cell in cells]
