"""Writes sheets into a workbook of a spreadsheet program."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.plan import Watch
from crm_pilot.exchange.writing_parts import EVERY, FORMULA, NUL, Sheet, SheetColumn, replacing
from crm_pilot.i18n import N_, Translator

MOST_CHARACTERS = 32_767  # in a cell
MOST_ROWS = 1_048_576
TOO_LONG = N_(
    "“{sheet}”, row {row}, column “{column}”: the text is longer than a cell of a spreadsheet can"
    " hold. Nothing was written; export to CSV."
)
_DAYS = {"fr": "dd/mm/yyyy", "en": "d mmm yyyy"}
_FORMATS = {
    "whole": "#,##0",
    "int": "#,##0",
    "share": "0 %",
    "percent": '0" %"',
    "decimal": "#,##0.0",
    "money": "#,##0.00",
}
_FIRST_DAY = dt.date(1900, 3, 1)  # spreadsheets count days of 1900 that never were before it
_WIDEST = 60
_WIDTHS = {"date": 12, "moment": 17, "percent": 9, "whole": 8, "money": 14, "truth": 8}


def write_xlsx(
    sheets: Sequence[Sheet],
    path: Path,
    *,
    language: str,
    title: str = "",
    notes: Sequence[str] = (),
    watch: Watch | None = None,
) -> None:
    """Write sheets into one workbook: typed cells, header frozen and filtered, printable.

    Texts stay texts, never formulas or links. `notes` become a last sheet to read. Raises
    `UserError` for what a spreadsheet cannot hold and for a place that cannot be written; then
    `path` is as it was.
    """
    import xlsxwriter

    watch = watch or Watch()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": _DAYS[language],
    }
    shown = Translator(language)
    with replacing(path) as handle:
        book = xlsxwriter.Workbook(handle, options)
        book.set_properties({"title": title, "comments": "\n".join(s.remark for s in sheets[:1])})
        pen = _Pen(book, language)
        taken: set[str] = set()
        for number, sheet in enumerate(sheets):
            name = _tab(sheet.name, taken)
            pen.write(book.add_worksheet(name), sheet, _Part(watch, number, len(sheets)))
        if notes:
            page = book.add_worksheet(_tab(shown.tr("Read me"), taken))
            page.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
            for row, line in enumerate(notes):
                page.write_string(row, 0, line)
        book.close()
    watch.at(1, 1)


class _Part:
    """Progress of one sheet among several."""

    def __init__(self, watch: Watch, number: int, total: int) -> None:
        self._watch, self._number, self._total = watch, number, total

    def at(self, done: int, rows: int) -> None:
        self._watch.at(self._number + done / max(rows, 1), self._total)


class _Pen:
    """Writes sheets into a workbook of XlsxWriter."""

    def __init__(self, book: Any, language: str) -> None:
        self._language = language
        shown = Translator(language)
        self._truth = (shown.tr("no"), shown.tr("yes"))
        day = _DAYS[language]
        top = {"valign": "top"}
        self._head = book.add_format(
            {"bold": True, "bg_color": "#EDF0F4", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._formats = {
            kind: book.add_format({"num_format": form, **top}) for kind, form in _FORMATS.items()
        }
        self._formats["date"] = book.add_format({"num_format": day, "align": "left", **top})
        self._formats["moment"] = book.add_format(
            {"num_format": f"{day} hh:mm", "align": "left", **top}
        )
        self._plain = book.add_format(top)
        # the spreadsheet's own mark of a text, so that editing the cell does not wake a formula
        self._marked = book.add_format({"quote_prefix": True, **top})

    def write(self, page: Any, sheet: Sheet, part: _Part) -> None:
        if len(sheet.rows) >= MOST_ROWS:
            raise UserError(
                N_(
                    "“{sheet}” has more rows than a spreadsheet can hold. Nothing was written;"
                    " export it to CSV."
                ),
                sheet=sheet.name,
            )
        for at, column in enumerate(sheet.columns):
            page.write_string(0, at, column.title, self._head)
            page.set_column(at, at, _width(sheet, at))
        for number, row in enumerate(sheet.rows, 1):
            if not number % EVERY:
                part.at(number, len(sheet.rows))
            for at, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
                if value is not None and value != "":
                    self._cell(page, sheet, number, at, value, column)
        page.freeze_panes(1, 0)
        if sheet.columns:
            page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_header(f"&L {_escaped(sheet.name)}&R{_escaped(sheet.remark)}")
        page.set_footer("&R&P / &N")

    def _cell(
        self, page: Any, sheet: Sheet, row: int, at: int, value: Any, column: SheetColumn
    ) -> None:
        if isinstance(value, bool):
            page.write_string(row, at, self._truth[value], self._plain)
        elif isinstance(value, (int, float)):
            page.write_number(row, at, value, self._formats.get(column.kind, self._plain))
        elif isinstance(value, dt.date):
            self._date(page, row, at, value)
        elif len(value) > MOST_CHARACTERS or "\0" in value:
            template = NUL if "\0" in value else TOO_LONG
            raise UserError(
                template,
                sheet=sheet.name,
                row=row + 1,
                column=column.title,
            )
        else:
            form = self._marked if FORMULA.match(value) else self._plain
            page.write_string(row, at, value, form)

    def _date(self, page: Any, row: int, at: int, value: dt.date) -> None:
        moment = isinstance(value, dt.datetime)
        day = value.date() if isinstance(value, dt.datetime) else value
        if day < _FIRST_DAY:
            page.write_string(row, at, value.isoformat(), self._plain)
        else:
            page.write_datetime(row, at, value, self._formats["moment" if moment else "date"])


def _width(sheet: Sheet, at: int) -> float:
    """Width in characters: of the title, and of the texts of the first rows."""
    column = sheet.columns[at]
    least = _WIDTHS.get(column.kind, 6)
    longest = len(column.title) + 4  # the arrow of the filter
    for row in sheet.rows[:200]:
        if isinstance(row[at], str):
            longest = max(longest, *(len(line) for line in row[at].splitlines() or [""]))
    return min(_WIDEST, max(least, longest + 1))


def _tab(name: str, taken: set[str]) -> str:
    """A name a sheet may have, not taken yet."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:31] or "1"
    tab, number = clean, 2
    while tab.casefold() in taken:
        tab = f"{clean[:27]} ({number})"
        number += 1
    taken.add(tab.casefold())
    return tab


def _escaped(text: str) -> str:
    return text.replace("&", "&&")[:120]
