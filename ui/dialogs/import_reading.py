"""How the file was read: encoding, separator, header line, sheet and order of dates, each with the
reason for it and a control to correct it; and the file as it is, to choose the header line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, Message, show, tr
from ui import theme
from ui.widgets.buttons import quiet_button, set_reason
from ui.widgets.text import label, set_ink
from ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from crm_pilot.exchange.plan import ImportPlan, Understood

# Keys of corrections beside the fields (crm_pilot.exchange.importing)
ENCODING, DELIMITER, SHEET = "@encoding", "@delimiter", "@sheet"
HEADER, DATES = "@header", "@dates"
OBJECT = "@object"  # of every record, where the file does not say it
DEPARTMENTS, GROUPS = "@departments", "@groups"  # settings of a list of stakeholders
TITLES = {
    SHEET: N_("Sheet"),
    ENCODING: N_("Encoding"),
    DELIMITER: N_("Separator"),
    HEADER: N_("Header"),
    DATES: N_("Order of dates"),
    OBJECT: N_("Records of"),
    DEPARTMENTS: N_("Unknown departments"),
    GROUPS: N_("Units of the map"),
}
SETTINGS = {
    DEPARTMENTS: {"": N_("Are a mistake"), "create": N_("Are created")},
    GROUPS: {"": N_("As the rows say"), "department": N_("One group a department")},
}
ENCODINGS = {
    "utf-8": N_("UTF-8"),
    "cp1252": N_("Windows-1252 (Excel)"),
    "utf-16": N_("UTF-16"),
    "mac_roman": N_("Mac Roman"),
}
DELIMITERS = {
    ";": N_("Semicolons"),
    ",": N_("Commas"),
    "\t": N_("Tabs"),
    "|": N_("Vertical bars"),
}
ORDERS = {"dmy": N_("Day before month"), "mdy": N_("Month before day")}
NO_HEADER = "0"
HEADER_LINES = 20  # offered; the file as it is shows fewer

Options = Mapping[str, str]


class Choice(QWidget):
    """One thing the program decided: name, control, reason."""

    chosen = Signal(str)  # empty: as the program finds it

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.title = label(theme.CAPTION, ink="muted")
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(12)
        self.box.activated.connect(lambda _: self.chosen.emit(str(self.box.currentData() or "")))
        self.fixed = label(wrap=True)
        self._either = QStackedWidget()
        self._either.addWidget(self.box)
        self._either.addWidget(self.fixed)
        self.why = label(theme.CAPTION, ink="muted", wrap=True)
        self.title.setBuddy(self.box)
        column.addWidget(self.title)
        column.addWidget(self._either)
        column.addWidget(self.why)
        column.addStretch(1)

    def show_choice(
        self, title: str, options: Options, value: str, why: str, *, corrected: bool
    ) -> None:
        """Offer `options` with `value` chosen; a corrected one can be given back to the program."""
        self.title.setText(tr("{title}, corrected", title=title) if corrected else title)
        set_ink(self.title, "accent" if corrected else "muted")
        self.box.clear()
        for key, text in options.items():
            self.box.addItem(text, key)
        self.box.setCurrentIndex(max(0, self.box.findData(value)))
        if corrected:
            self.box.insertSeparator(self.box.count())
            self.box.addItem(tr("As the program finds it"), "")
        self._say(title, why)
        self._either.setCurrentIndex(0)

    def show_fixed(self, title: str, text: str, why: str) -> None:
        """State what leaves no choice."""
        self.title.setText(title)
        set_ink(self.title, "muted")
        self.fixed.setText(text)
        self._say(title, why)
        self._either.setCurrentIndex(1)

    def _say(self, title: str, why: str) -> None:
        self.why.setText(why[:1].upper() + why[1:])
        self.why.setVisible(bool(why))
        self.box.setAccessibleName(title)
        self.box.setAccessibleDescription(self.why.text())


class ReadingStrip(QWidget):
    """The decisions side by side; `corrected(key, value)` when the person knows better."""

    corrected = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.choices: dict[str, Choice] = {}
        for key in TITLES:
            made = self.choices[key] = Choice()
            made.chosen.connect(lambda value, key=key: self.corrected.emit(key, value))
            made.hide()  # until a plan asks for it: all of them are wider than a small screen
            row.addWidget(made, 1)

    def retranslate(self) -> None:
        """Names in the language of the window; the rest comes with `show_plan`."""
        for key, choice in self.choices.items():
            choice.box.setAccessibleName(tr(TITLES[key]))

    def show_plan(self, plan: ImportPlan, corrections: Mapping[str, str]) -> None:
        """Show how a file was read; `corrections` says what the person decided."""
        found = plan.understood
        text_file = bool(found.delimiter)
        self._show(ENCODING, _encodings(found), encoding_key(found.encoding), found.encoding_why,
                   corrections, shown=text_file)  # fmt: skip
        delimiters = _delimiters(found.delimiter)
        self._show(DELIMITER, delimiters, found.delimiter, found.delimiter_why, corrections,
                   shown=text_file)  # fmt: skip
        sheets = {name: name for name in (found.sheets or (found.sheet,))}
        self._show(SHEET, sheets, found.sheet, None, corrections, shown=bool(found.sheet))
        lines = _lines(found.header_line)
        self._show(HEADER, lines, str(found.header_line), found.header_why, corrections,
                   shown=bool(found.lead))  # fmt: skip
        self._show_dates(found, corrections)
        objects = _objects(found.object or "")
        self._show(OBJECT, objects, found.object or "", None, corrections,
                   shown=found.object is not None)  # fmt: skip
        for key, texts in SETTINGS.items():
            shown = plan.kind == "stakeholders"
            options = {value: tr(text) for value, text in texts.items()}
            self.choices[key].setVisible(shown)
            if shown:
                value = corrections.get(key, "")
                self.choices[key].show_choice(tr(TITLES[key]), options, value, "", corrected=False)

    def _show(
        self,
        key: str,
        options: Options,
        value: str,
        why: Message | None,
        corrections: Mapping[str, str],
        *,
        shown: bool = True,
    ) -> None:
        choice = self.choices[key]
        choice.setVisible(shown)
        if shown:
            told = show(why) if why is not None else ""
            choice.show_choice(tr(TITLES[key]), options, value, told, corrected=key in corrections)

    def _show_dates(self, found: Understood, corrections: Mapping[str, str]) -> None:
        choice = self.choices[DATES]
        choice.setVisible(found.dates is not None)
        if found.dates is None:
            return
        if found.date_order:
            orders = {key: tr(text) for key, text in ORDERS.items()}
            why = found.dates.params.get("why", found.dates)
            choice.show_choice(
                tr(TITLES[DATES]),
                orders,
                found.date_order,
                show(why),
                corrected=DATES in corrections,
            )
        else:
            choice.show_fixed(tr("Dates"), tr("No doubt"), show(found.dates))


def encoding_key(encoding: str) -> str:
    """The encoding as it is offered: both byte orders of UTF-16 are one."""
    plain = encoding.casefold().replace("-sig", "")
    return "utf-16" if plain.startswith("utf-16") else plain


def _encodings(found: Understood) -> dict[str, str]:
    offered = {key: tr(text) for key, text in ENCODINGS.items()}
    offered.setdefault(encoding_key(found.encoding), found.encoding.upper())
    return offered


def _delimiters(found: str) -> dict[str, str]:
    offered = {key: tr(text) for key, text in DELIMITERS.items()}
    offered.setdefault(found, f"“{found}”")
    return offered


def _objects(found: str) -> dict[str, str]:
    """Objects to choose from: as found first."""
    from crm_pilot.exchange.use_objects import usual_objects

    offered = {found: tr(found) if found else tr("Choose…")}
    return offered | {name: tr(name) for name in usual_objects()}


def _lines(header: int) -> dict[str, str]:
    lines = {
        str(line): tr("Line {line}", line=line) for line in range(1, max(HEADER_LINES, header) + 1)
    }
    return {**lines, NO_HEADER: tr("No header line")}


class RawView(QWidget):
    """The first rows of the file as they are; one of them is chosen as the header."""

    corrected = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.hint = label(theme.CAPTION, ink="muted", wrap=True)
        self.table = TextTable()
        self.take = quiet_button()
        self.take.clicked.connect(self._take)
        self.none = quiet_button()
        self.none.clicked.connect(lambda: self.corrected.emit(HEADER, NO_HEADER))
        self.table.activated.connect(lambda _: self._take())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._moved())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.take)
        row.addWidget(self.none)
        row.addStretch(1)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addStretch(0)
        self._header = 0
        self._lines: Sequence[int] = ()  # of the file, by row

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the first rows with their line numbers, the header in bold."""
        found = plan.understood
        self._header = found.header_line
        chosen = tr(
            "The first lines of the file. Choose the line that names the columns, then Enter."
        )
        known = tr("CRM Pilot wrote this file: the names of its columns are known.")
        lines = tr("This file has no columns: its lines are under “What comes out”.")
        known = lines if plan.columnless else known
        self.hint.setText(chosen if found.lead else known)
        for widget in (self.table, self.take, self.none):
            widget.setVisible(bool(found.lead))
        self.none.setText(tr("There is no header line"))
        headless = tr("This file is read without a header line already.")
        set_reason(self.none, "" if found.header_line != 0 else headless)
        self._lines = found.lead_lines
        width = max((len(cells) for cells in found.lead), default=0)
        rows = [
            (str(line), *cells, *[""] * (width - len(cells)))
            for line, cells in zip(found.lead_lines, found.lead, strict=True)
        ]
        header = self._row_of_header()
        self.table.texts.show_rows(
            (tr("Line"), *letters(width)),
            rows,
            numbers=frozenset({0}),
            bold=frozenset((header, column) for column in range(width + 1)),
            muted=frozenset(range(header)),
        )
        self.table.setAccessibleName(tr("First lines of the file"))
        self.table.fit(widest=200)
        if header >= 0:
            self.table.selectRow(header)
        self._moved()

    def _row_of_header(self) -> int:
        return self._lines.index(self._header) if self._header in self._lines else -1

    @property
    def line(self) -> int:
        """Line of the file of the current row; 0 when there is none."""
        row = self.table.currentIndex().row()
        return self._lines[row] if 0 <= row < len(self._lines) else 0

    def _moved(self) -> None:
        self.take.setText(tr("Line {line} is the header", line=max(1, self.line)))
        is_it = tr("It is the header already.") if self.line == self._header else ""
        set_reason(self.take, is_it if self.line else tr("Choose a line first."))

    def _take(self) -> None:
        if self.line not in (0, self._header):
            self.corrected.emit(HEADER, str(self.line))


def letters(width: int) -> Sequence[str]:
    """Column letters of a spreadsheet: A, B, …"""
    from crm_pilot.exchange.headers import letter

    return [letter(number) for number in range(width)]
