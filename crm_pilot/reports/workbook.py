"""A document as a workbook: one sheet for every table and chart, values in their types.

Made from `Content` alone. Texts stay texts, also those that begin like a formula; what is unknown
is an empty cell, never zero. Same content, same bytes.
"""

from __future__ import annotations

import io
from typing import Any

from crm_pilot.i18n import Translator
from crm_pilot.reports.content import Content
from crm_pilot.reports.imprint import Imprint
from crm_pilot.reports.parcel import fixed, property_of
from crm_pilot.reports.workbook_cells import Cells, row_height
from crm_pilot.reports.workbook_sheets import Leaf, leaves, plain

_SUMMARY = (24, 60, 31)  # widths of the columns of the first sheet, in characters


def xlsx(content: Content, imprint: Imprint | None = None) -> bytes:
    """The workbook."""
    import xlsxwriter

    imprint = imprint or Imprint()
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    shown = Translator(content.language)
    made = leaves(content, shown)
    cells = Cells(book, content.language)
    _summary(book.add_worksheet(made.summary), content, imprint, made.pages, cells, shown)
    for leaf in made.sheets:
        _sheet(book.add_worksheet(leaf.name), leaf, content, imprint, cells)
    book.set_properties(
        {
            "title": property_of(plain(content.title)),
            "subject": property_of(plain(content.subject)),
            "author": property_of(imprint.author),
            "comments": property_of(plain(content.mark)),
        }
    )
    book.close()
    return fixed(buffer.getvalue(), imprint.day)


def _summary(
    page: Any,
    content: Content,
    imprint: Imprint,
    rows: list[tuple[str, str, str]],
    cells: Cells,
    shown: Translator,
) -> None:
    """The first sheet: what this is, and which page says what on which sheet."""
    for at, wide in enumerate(_SUMMARY):
        page.set_column(at, at, wide)
    lines = [
        (content.title, cells.title),
        (content.subject, cells.plain),
        (" · ".join(filter(None, (imprint.foot, imprint.issued))), cells.plain),
        (imprint.fingerprint, cells.plain),
        (content.mark, cells.plain),
        (imprint.draft, cells.bold),
    ]
    row = 0
    for text, form in lines:
        if text:
            page.write_string(row, 0, plain(text), form)
            row += 1
    row += 1
    for at, title in enumerate((shown.tr("Page"), shown.tr("Message"), shown.tr("Sheet"))):
        page.write_string(row, at, title, cells.head)
    for name, text, sheet in rows:
        row += 1
        page.set_row(row, row_height([(plain(name), _SUMMARY[0]), (plain(text), _SUMMARY[1])]))
        page.write_string(row, 0, plain(name), cells.wrapped)
        cells.text(page, row, 1, plain(text), wrapped=True)
        if sheet:
            page.write_url(
                row, 2, f"internal:'{sheet.replace(chr(39), chr(39) * 2)}'!A1", cells.link, sheet
            )
    _printing(page, content, imprint)


def _sheet(page: Any, leaf: Leaf, content: Content, imprint: Imprint, cells: Cells) -> None:
    for at, (title, wide) in enumerate(zip(leaf.titles, leaf.widths, strict=True)):
        page.write_string(0, at, plain(title), cells.head)
        page.set_column(at, at, wide)
    for row, line in enumerate(leaf.rows, 1):
        seen = [plain(text) for text in map(leaf.seen, line)]
        page.set_row(row, row_height(zip(seen, leaf.widths, strict=True)))
        for at, cell in enumerate(line):
            cells.write(page, row, at, cell)
    page.freeze_panes(1, 0)
    if leaf.rows and leaf.titles:
        page.autofilter(0, 0, len(leaf.rows), len(leaf.titles) - 1)
    _printing(page, content, imprint, leaf.heading)


def _printing(page: Any, content: Content, imprint: Imprint, heading: str = "") -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    page.repeat_rows(0)
    page.set_header(f"&L{_escaped(heading or content.title)}&R{_escaped(content.mark)}")
    page.set_footer(f"&L{_escaped(imprint.foot or content.subject)}&R&P / &N")


def _escaped(text: str) -> str:
    return plain(text).replace("&", "&&")[:120]
