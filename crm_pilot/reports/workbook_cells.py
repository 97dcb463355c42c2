"""Writes one value into a sheet of XlsxWriter in its own type and in the format of the language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from crm_pilot.formats import NARROW, NO_BREAK
from crm_pilot.palette import palette
from crm_pilot.reports.content import UNKNOWN, ContentCell, Money, Share
from crm_pilot.reports.typography import wrap

MOST_CHARACTERS = 32_767  # in a cell
LINE, MOST_HIGH = 15.0, 409.0  # points: a line of the workbook's font, the highest row
_AS_INTER = 10.2  # Inter at this size is a little wider than Calibri at 11, the font of workbooks
_FIRST_DAY = dt.date(1900, 3, 1)  # spreadsheets count days of 1900 that never were before it
_DAYS = {"fr": "dd/mm/yyyy", "en": "d mmm yyyy"}
_MONEY = {"fr": '#,##0{}\\ "€"', "en": '"€"#,##0{}'}
_SHARE = {"fr": "0{}\\ %", "en": "0{}%"}
# What a spreadsheet would take for a formula were the cell edited.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_DECIMALS = re.compile(r"[.,](\d+)\D*$")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(text: str) -> str:
    """A text as a spreadsheet wants it: ordinary spaces, so that people find what they type, and
    no character that XML cannot hold."""
    return _CONTROL.sub("", text.replace(NARROW, " ").replace(NO_BREAK, " "))


def row_height(texts: Iterable[tuple[str, float]]) -> float | None:
    """Points that a row needs whose wrapped texts stand in columns of a width in characters; None
    for a single line. Excel finds it when it opens a workbook, other programs do not."""
    count = max((_count(text, wide) for text, wide in texts), default=1)
    return min(count * LINE, MOST_HIGH) if count > 1 else None


def _count(text: str, wide: float) -> int:
    if len(text) <= wide * 0.8 and "\n" not in text:
        return 1
    room = (7 * wide + 1) * 0.75  # a character takes 7 pixels of 3/4 point
    lines = text[:MOST_CHARACTERS].splitlines()
    return sum(len(wrap(line, room, _AS_INTER)) or 1 for line in lines)


class Cells:
    """The formats of a workbook, and the one way into a cell."""

    def __init__(self, book: Any, language: str) -> None:
        self._book, self._language = book, language
        self._kept: dict[tuple[str, bool], Any] = {}
        light = palette("light")
        head = {"bold": True, "bg_color": light["raised"], "bottom": 1, "text_wrap": True}
        self.head = book.add_format({**head, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True})
        self.plain = book.add_format()
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format({"font_color": light["accent"], "valign": "top"})

    def write(self, page: Any, row: int, at: int, cell: ContentCell) -> None:
        """The value of a cell; its text where it has no value but words."""
        value = cell.value
        if isinstance(value, Money):
            pattern = _MONEY[self._language].format(".00" if value.cents % 100 else "")
            page.write_number(row, at, value.cents / 100, self._form(pattern, cell))
        elif isinstance(value, Share):
            pattern = _SHARE[self._language].format(_places(cell.text))
            page.write_number(row, at, value.value, self._form(pattern, cell))
        elif isinstance(value, bool):
            self.text(page, row, at, plain(cell.text), bold=cell.bold)
        elif isinstance(value, (int, float)):
            pattern = "#,##0" if isinstance(value, int) else f"#,##0{_places(cell.text)}"
            page.write_number(row, at, value, self._form(pattern, cell))
        elif isinstance(value, dt.date) and value >= _FIRST_DAY:
            page.write_datetime(row, at, value, self._form(_DAYS[self._language], cell))
        else:
            text = value if isinstance(value, str) else cell.text
            if text and text != UNKNOWN:
                self.text(page, row, at, plain(text), bold=cell.bold, wrapped=True)

    def text(
        self, page: Any, row: int, at: int, text: str, *, bold: bool = False, wrapped: bool = False
    ) -> None:
        """A text that never becomes a formula or a link."""
        marked = bool(_FORMULA.match(text))
        key = (f"text {wrapped} {marked}", bold)
        if key not in self._kept:
            form = {"text_wrap": wrapped, "valign": "top", "quote_prefix": marked, "bold": bold}
            self._kept[key] = self._book.add_format(form)
        page.write_string(row, at, text[:MOST_CHARACTERS], self._kept[key])

    def _form(self, pattern: str, cell: ContentCell) -> Any:
        key = (pattern, cell.bold)
        if key not in self._kept:
            align = "left" if pattern in _DAYS.values() else "right"
            self._kept[key] = self._book.add_format(
                {"num_format": pattern, "bold": cell.bold, "valign": "top", "align": align}
            )
        return self._kept[key]


def _places(text: str) -> str:
    """`.0` for each decimal that the text shows: a workbook shows as many."""
    found = _DECIMALS.search(text)
    return "." + "0" * len(found[1]) if found and len(found[1]) < 3 else ""
